"""Readers of attrs classes: a function per class, written out field by field and compiled on first use.

A loop over the fields would look every name, default and hook up again for each of a page's thousands of objects; the
written-out function is three times as fast, and as cattrs and attrs do the same, nothing new to debuggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from cattrs import Converter

from amili_async._codec.hooks import Convert, Reader, holds_models, reader_of
from amili_async._codec.plans import FieldPlan, ModelPlan, plan_of
from amili_async._codec.problems import MismatchError, Problem, child, json_kind, not_json
from amili_async._codec.source import Branch, compile_function, converting, looping, shortcut_branch

__all__ = ["model_lists", "model_reader"]


def model_reader(cls: type, converter: Converter) -> Reader:
    """Make the reader of an attrs class. The work is done at the first value, as models may refer to each other."""

    def compile_and_read(value: Any) -> Any:
        if reader.read is compile_and_read:  # a list looks `read` up once for all of its items
            reader.read = _compile(plan_of(cls), converter)
        return reader.read(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return _walk(plan_of(cls), converter, value, path)

    reader = Reader(compile_and_read, walk, model=cls)
    return reader


def model_lists(cls: type, converter: Converter) -> frozenset[str]:
    """Wire names of a model's fields that are lists of models."""
    readers = {field.wire: reader_of(converter, field.type) for field in plan_of(cls).fields}
    items = {wire: reader.core.item for wire, reader in readers.items()}
    return frozenset(wire for wire, item in items.items() if item is not None and item.model is not None)


def _compile(plan: ModelPlan, converter: Converter) -> Convert:
    env: dict[str, Any] = {"mismatch": not_json}
    body = [
        "if obj.__class__ is not dict: raise mismatch('an object', obj)",
        *_read_fields(plan, "obj", "v", "made", converter, env),
        "return made",
    ]
    return compile_function("read", "obj", body, env, plan.cls)


def _read_fields(
    plan: ModelPlan, obj: str, prefix: str, made: str, converter: Converter, env: dict[str, Any]
) -> list[str]:
    """Lines that make a model out of a dict.

    Args:
        plan: Of the model.
        obj: Name of the variable that holds the dict.
        prefix: What the names of the variables for the fields begin with.
        made: Name of the variable that is set to the model.
        converter: Knows the readers.
        env: Globals of the function, to be added to.
    """
    lines = [f"get_{prefix} = {obj}.get"]
    values: list[tuple[str, str]] = []
    for number, field in enumerate(field for field in plan.fields if field.settable):
        local = f"{prefix}{number}"
        lines += _read_field(field, obj, f"get_{prefix}", local, converter, env)
        values.append((field.name if plan.is_plain else field.argument, local))
    if plan.extra is not None:
        known = f"known_{prefix}"
        env[known] = plan.wires
        lines.append(
            f"extra = {{}} if {known}.issuperset({obj}) else {{k: v for k, v in {obj}.items() if k not in {known}}}",
        )
        values.append((plan.extra, "extra"))
    cls = f"cls_{prefix}"
    env[cls] = plan.cls
    if plan.is_plain:
        env["new"] = object.__new__
        return [*lines, f"{made} = new({cls})", *(f"{made}.{name} = {local}" for name, local in values)]
    return [*lines, f"{made} = {cls}({', '.join(f'{name}={local}' for name, local in values)})"]


def _read_field(
    field: FieldPlan, obj: str, get: str, local: str, converter: Converter, env: dict[str, Any]
) -> list[str]:
    """Lines that set a local variable to the value of a field."""
    reader, wire = reader_of(converter, field.type), repr(field.wire)
    convert = _read_value(reader, local, converter, env)
    if field.required:
        return [f"{local} = {obj}[{wire}]", *convert]
    if field.default is None and reader.inner is not None:
        return [f"{local} = {get}({wire})", *convert]
    env[f"default_{local}"] = _default_of(field)
    return [
        f"if {wire} in {obj}:",
        f"    {local} = {obj}[{wire}]",
        *(f"    {line}" for line in convert),
        f"else: {local} = default_{local}()",
    ]


def _read_value(reader: Reader, local: str, converter: Converter, env: dict[str, Any]) -> list[str]:
    """Lines that convert a local variable in place."""
    core = reader.core
    env[f"read_{local}"] = core if core.model is not None else core.read
    call = f"read_{local}.read" if core.model is not None else f"read_{local}"
    return converting(local, call, _branch(core, local, converter, env), [None] if reader.inner else [])


def _branch(core: Reader, local: str, converter: Converter, env: dict[str, Any]) -> Branch | None:
    """What spares a call: lists of models are gone through in place, and models without models are read in place."""
    if core.item is not None and core.item.core.model is not None:
        each = _read_value(core.item, f"each_{local}", converter, env)
        return looping(local, f"{local}.__class__ is list", each)
    if core.model is None:
        return shortcut_branch(local, core.shortcut, env)
    plan = plan_of(core.model)
    if any(holds_models(reader_of(converter, field.type)) for field in plan.fields):
        return None
    lines = _read_fields(plan, local, f"{local}_", local, converter, env)
    return Branch(f"{local}.__class__ is dict", lines)


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
