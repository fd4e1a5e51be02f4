"""From models to rows: which columns a list has, and what stands in them. The same for every run, whatever came."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from amili_async.errors import ConfigError
from amili_async.types import UnknownVariant, Unset

__all__ = ["OTHER", "Column", "Kind", "cells", "chosen", "columns_of"]

OTHER: Final = "additionalProperties"
"""The column of everything that the spec does not name, so that nothing the API sends is lost."""

_SEPARATOR: Final = "; "
# Objects inside objects inside objects; nothing in the API goes deeper, but a model may one day hold itself.
_DEEPEST: Final = 5


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    INSTANT = "instant"
    FLAG = "flag"
    JSON = "json"
    ANY = "any"


@frozen
class Column:
    """One column.

    Attributes:
        name: Its header: the wire name, dotted where the value stands in an object (`organization.name`).
        kind: What it holds.
        joined: Whether it was chosen from within a list, whose values are put side by side.
    """

    name: str
    kind: Kind
    joined: bool = False

    @property
    def path(self) -> list[str]:
        """The wire names on the way to the value."""
        return self.name.split(".")


def columns_of(model: type) -> list[Column]:
    """The columns of a model: its fields in the order of the spec, objects taken apart, lists whole."""
    return [*_flat(model, ""), Column(OTHER, Kind.JSON)]


def chosen(model: type, names: Sequence[str]) -> list[Column]:
    """The columns that were asked for, also from within lists (`debtors.fullName`).

    Raises:
        ConfigError: There is no such column.
    """
    if not any(names):
        raise ConfigError("--columns names no column")
    known = {column.name: column for column in [*columns_of(model), *_deep(model, "")]}
    found = []
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 3, 0.5) or sorted(n for n in known if "." not in n)
            raise ConfigError(f"--columns: there is no column {name!r}; there are e.g. {', '.join(near)}")
        found.append(known[name])
    return found


def cells(plain: Mapping[str, Any], columns: Sequence[Column]) -> list[Any]:
    """The values of one item, in the order of the columns.

    Args:
        plain: The item as plain JSON values.
        columns: The columns.
    """
    return [_rest(plain, columns) if column.name == OTHER else _value(plain, column) for column in columns]


def _value(plain: Any, column: Column) -> Any:
    if column.joined:
        return _SEPARATOR.join(plain_text(value) for value in _through(plain, column.path))
    for part in column.path:
        plain = plain.get(part) if isinstance(plain, dict) else None
    return plain


def plain_text(value: Any) -> str:
    """A text, a number or nothing, as a cell has it: amounts digit for digit."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _through(node: Any, path: Sequence[str]) -> Iterator[Any]:
    if isinstance(node, list):
        for item in node:
            yield from _through(item, path)
    elif not path:
        yield node
    elif isinstance(node, dict):
        yield from _through(node.get(path[0]), path[1:])


def _rest(plain: Mapping[str, Any], columns: Sequence[Column]) -> Any:
    """What no column shows, or None."""
    shown: dict[str, Any] = {}
    for column in columns:
        _mark(shown, column.path)
    return _without(plain, shown) or None


def _mark(shown: dict[str, Any], path: Sequence[str]) -> None:
    if len(path) == 1:
        shown[path[0]] = None
    elif shown.setdefault(path[0], {}) is not None:  # else another column shows it whole
        _mark(shown[path[0]], path[1:])


def _without(plain: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    rest = {}
    for name, value in plain.items():
        if name not in shown:
            rest[name] = value
        elif shown[name] and isinstance(value, dict):
            inner = _without(value, shown[name])
            if inner:
                rest[name] = inner
    return rest


def _flat(model: type, prefix: str, depth: int = 0) -> Iterator[Column]:
    for wire, kinds in _fields(model):
        inner = _object_in(kinds)
        if inner is not None and depth < _DEEPEST:
            yield from _flat(inner, f"{prefix}{wire}.", depth + 1)
        else:
            yield Column(prefix + wire, _kind(kinds))


def _deep(model: type, prefix: str, depth: int = 0) -> Iterator[Column]:
    """The columns that lie within lists."""
    for wire, kinds in _fields(model):
        inner = _object_in(kinds) or _item_in(kinds)
        if inner is None or depth >= _DEEPEST:
            continue
        yield from _deep(inner, f"{prefix}{wire}.", depth + 1)
        if _item_in(kinds) is not None:
            for column in _flat(inner, f"{prefix}{wire}.", depth + 1):
                yield Column(column.name, Kind.TEXT, joined=True)


def _fields(model: type) -> Iterator[tuple[str, list[Any]]]:
    """Wire name and possible types of each field."""
    hints = get_type_hints(model)
    for attribute in attrs.fields(model):
        if "wire" in attribute.metadata:
            yield attribute.metadata["wire"], _options(hints[attribute.name])


def _options(hint: Any) -> list[Any]:
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return [kind for kind in kinds if kind not in (NoneType, Unset, UnknownVariant)]


def _object_in(kinds: Sequence[Any]) -> type | None:
    """The model, if the field holds one and nothing else."""
    return kinds[0] if len(kinds) == 1 and attrs.has(kinds[0]) else None


def _item_in(kinds: Sequence[Any]) -> type | None:
    """The model of the items, if the field is a list of them."""
    if len(kinds) != 1 or get_origin(kinds[0]) is not list:
        return None
    return _object_in(_options(get_args(kinds[0])[0]))


def _kind(kinds: Sequence[Any]) -> Kind:
    if any(get_origin(kind) in (list, dict) or attrs.has(kind) for kind in kinds):
        # One kind of value may be a word, like the status of a batch; an object among them is written as JSON.
        return Kind.JSON if len(kinds) == 1 else Kind.ANY
    names = set(kinds)
    if names <= {Decimal, int}:
        return Kind.NUMBER
    if names <= {dt.datetime, dt.date}:
        return Kind.INSTANT
    if names == {bool}:
        return Kind.FLAG
    return Kind.ANY if Any in names or object in names else Kind.TEXT
