"""Readers of attrs classes: a function per class, written out field by field and compiled on first use.

A loop over the fields would look every name, default and hook up again for each of a page's thousands of objects; the
written-out function is three times as fast, and as cattrs and attrs do the same, nothing new to debuggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from cattrs import Converter

from amili_async._codec.hooks import Convert, Reader, reader_of
from amili_async._codec.plans import FieldPlan, ModelPlan, plan_of
from amili_async._codec.problems import MismatchError, Problem, child, json_kind, not_json
from amili_async._codec.source import compile_function, converting

__all__ = ["model_lists", "model_reader"]


def model_reader(cls: type, converter: Converter) -> Reader:
    """Make the reader of an attrs class. The work is done at the first value, as models may refer to each other."""

    def compile_and_read(value: Any) -> Any:
        if reader.read is compile_and_read:  # a list looks `read` up once for all of its items
            reader.read = _compile(plan_of(cls), converter)
        return reader.read(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return _walk(plan_of(cls), converter, value, path)

    reader = Reader(compile_and_read, walk, late=True)
    return reader


def model_lists(cls: type, converter: Converter) -> frozenset[str]:
    """Wire names of a model's fields that are lists of models."""
    readers = {field.wire: reader_of(converter, field.type) for field in plan_of(cls).fields}
    items = {wire: (reader.inner or reader).item for wire, reader in readers.items()}
    return frozenset(wire for wire, item in items.items() if item is not None and item.late)


def _compile(plan: ModelPlan, converter: Converter) -> Convert:
    env: dict[str, Any] = {"cls": plan.cls, "new": object.__new__, "mismatch": not_json, "known": plan.wires}
    fields = [field for field in plan.fields if field.settable]
    body = ["if obj.__class__ is not dict: raise mismatch('an object', obj)", "get = obj.get"]
    values: list[tuple[str, str]] = []
    for number, field in enumerate(fields):
        local = f"v{number}"
        body += _read_field(field, local, reader_of(converter, field.type), env)
        values.append((field.name if plan.is_plain else field.argument, local))
    if plan.extra is not None:
        body.append(
            "extra = {} if known.issuperset(obj) else {k: v for k, v in obj.items() if k not in known}",
        )
        values.append((plan.extra, "extra"))
    if plan.is_plain:
        body += ["made = new(cls)", *(f"made.{name} = {local}" for name, local in values), "return made"]
    else:
        body.append(f"return cls({', '.join(f'{name}={local}' for name, local in values)})")
    return compile_function("read", "obj", body, env, plan.cls)


def _read_field(field: FieldPlan, local: str, reader: Reader, env: dict[str, Any]) -> list[str]:
    """Lines that set a local variable to the value of a field."""
    core, wire = reader.inner or reader, repr(field.wire)
    env[f"read_{local}"] = core if core.late else core.read
    call = f"read_{local}.read" if core.late else f"read_{local}"
    convert = converting(local, call, core.shortcut, [None] if reader.inner else [], env)
    if field.required:
        return [f"{local} = obj[{wire}]", *convert]
    if field.default is None and reader.inner is not None:
        return [f"{local} = get({wire})", *convert]
    env[f"default_{local}"] = _default_of(field)
    return [
        f"if {wire} in obj:",
        f"    {local} = obj[{wire}]",
        *(f"    {line}" for line in convert),
        f"else: {local} = default_{local}()",
    ]


def _default_of(field: FieldPlan) -> Any:
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class, but typed as a function
        if default.takes_self:
            raise TypeError(f"default of {field.name} takes self: not supported in models")
        return default.factory
    return lambda: default


def _walk(plan: ModelPlan, converter: Converter, value: Any, path: str) -> Iterator[Problem]:
    if value.__class__ is not dict:
        yield Problem(path, MismatchError("an object", json_kind(value)))
        return
    for field in plan.fields:
        place = child(path, field.wire)
        if field.wire in value:
            yield from reader_of(converter, field.type).walk(value[field.wire], place)
        elif field.required:
            yield Problem(place, MismatchError("a value", "nothing"))
