"""Readers of lists, maps, unions and open values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, get_args

from cattrs import Converter

from amili_async._codec.hooks import Reader, reader_of
from amili_async._codec.json_text import Pieces
from amili_async._codec.plans import json_classes, split_union
from amili_async._codec.problems import MismatchError, Problem, child, json_kind, not_json
from amili_async._codec.read_scalars import read_date_or_datetime
from amili_async.types import UnknownVariant

__all__ = ["dict_reader", "list_reader", "read_anything", "union_reader"]

_EXPECTED = {str: "a string", bool: "a boolean", int: "a number", list: "a list", dict: "an object"}


def read_anything(value: Any) -> Any:
    """Take whatever there is."""
    return value


def list_reader(type_: Any, converter: Converter) -> Reader:
    """Make the reader of `list[X]`."""
    item = reader_of(converter, (get_args(type_) or (Any,))[0])

    def read(value: Any) -> list[Any]:
        read_item = item.read
        if value.__class__ is list:
            return [read_item(each) for each in value]
        if value.__class__ is Pieces:
            return [read_item(each) for each in value.values()]
        raise not_json("a list", value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        if value.__class__ is not list:
            yield Problem(path, MismatchError("a list", json_kind(value)))
            return
        for index, each in enumerate(value):
            yield from item.walk(each, child(path, index))

    return Reader(read, walk, item=item)


def dict_reader(type_: Any, converter: Converter) -> Reader:
    """Make the reader of `dict[str, X]`."""
    item = reader_of(converter, (get_args(type_) or (str, Any))[1])

    def read(value: Any) -> dict[str, Any]:
        if value.__class__ is not dict:
            raise not_json("an object", value)
        read_item = item.read
        return {key: read_item(each) for key, each in value.items()}

    def walk(value: Any, path: str) -> Iterator[Problem]:
        if value.__class__ is not dict:
            yield Problem(path, MismatchError("an object", json_kind(value)))
            return
        for key, each in value.items():
            yield from item.walk(each, child(path, key))

    return Reader(read, walk)


def union_reader(type_: Any, converter: Converter) -> Reader:
    """Make the reader of a union: the kind of JSON decides which member it is.

    Raises:
        TypeError: Two members look alike in JSON.
    """
    members, nullable = split_union(type_)
    if len(members) == 1:
        reader = reader_of(converter, members[0])
    elif set(members) == {dt.date, dt.datetime}:
        reader = Reader(read_date_or_datetime)
    else:
        reader = _by_kind(type_, members, converter)
    return _optional(reader) if nullable else reader


def _optional(inner: Reader) -> Reader:
    def read(value: Any) -> Any:
        return None if value is None else inner.read(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return iter(()) if value is None else inner.walk(value, path)

    return Reader(read, walk, inner=inner)


def _by_kind(type_: Any, members: tuple[Any, ...], converter: Converter) -> Reader:
    if {dt.date, dt.datetime} <= set(members):
        members = (dt.date | dt.datetime, *(m for m in members if m not in (dt.date, dt.datetime)))
    readers: dict[type, Reader] = {}
    is_open = UnknownVariant in members
    for member in members:
        if member is UnknownVariant:
            continue
        for cls in (str,) if member == dt.date | dt.datetime else json_classes(member):
            if cls in readers:
                raise TypeError(f"{type_}: two members are {_EXPECTED.get(cls, 'a number')} in JSON; nothing decides")
            readers[cls] = reader_of(converter, member)
    expected = " or ".join(text for cls, text in _EXPECTED.items() if cls in readers)

    def read(value: Any) -> Any:
        reader = readers.get(value.__class__)
        if reader is None:
            if is_open and value is not None:
                return UnknownVariant(value)
            raise not_json(expected, value)
        return reader.read(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        reader = readers.get(value.__class__)
        if reader is not None:
            yield from reader.walk(value, path)
        elif not is_open or value is None:
            yield Problem(path, MismatchError(expected, json_kind(value)))

    return Reader(read, walk)
