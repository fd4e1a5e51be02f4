"""Writers of attrs classes: a function per class, compiled on first use as in `read_models`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Literal

import attrs
import msgspec
from cattrs import Converter

from amili_async._codec.hooks import Convert, Writer, holds_models, writer_of
from amili_async._codec.plans import FieldPlan, ModelPlan, plan_of
from amili_async._codec.problems import MismatchError, Problem, child, not_python, python_kind, with_article
from amili_async._codec.source import Branch, compile_function, converting, looping, shortcut_branch
from amili_async._codec.write_types import MANY
from amili_async.types import UNSET

__all__ = ["model_writer"]

Mode = Literal["plain", "native"]


def model_writer(cls: type, converter: Converter) -> Writer:
    """Make the writer of an attrs class. The work is done at the first value, as models may refer to each other."""

    def compile_plain(value: Any) -> Any:
        if writer.plain is compile_plain:
            writer.plain = _compile(plan_of(cls), converter, "plain")
        return writer.plain(value)

    def compile_native(value: Any) -> Any:
        if writer.native is compile_native:
            writer.native = _compile(plan_of(cls), converter, "native")
        return writer.native(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return _walk(plan_of(cls), converter, value, path)

    writer = Writer(compile_plain, compile_native, walk, model=cls)
    return writer


def _compile(plan: ModelPlan, converter: Converter, mode: Mode) -> Convert:
    def other(value: Any) -> Any:
        if isinstance(value, plan.cls):  # a subclass has more fields, and a writer of its own
            return getattr(writer_of(converter, type(value)), mode)(value)
        raise not_python(with_article(plan.cls.__name__), value, f"build one: {plan.cls.__name__}(...)")

    env: dict[str, Any] = {"cls": plan.cls, "other": other, "UNSET": UNSET}
    body = ["if obj.__class__ is not cls: return other(obj)"]
    locals_ = [f"v{number}" for number in range(len(plan.fields))]
    for field, local in zip(plan.fields, locals_, strict=True):
        body += _write_field(field, "obj", local, converter, mode, env)
    extra = "" if plan.extra is None else f"obj.{plan.extra}"
    if mode == "native":
        env["struct"] = _struct_of(plan.cls)
        body.append((f"if not {extra}: " if extra else "") + f"return struct({', '.join(locals_)})")
    body.append("made = {}")
    for field, local in zip(plan.fields, locals_, strict=True):
        present = "" if field.absent is attrs.NOTHING else f"if {local} is not {field.absent!r}: "
        body.append(f"{present}made[{field.wire!r}] = {local}")
    if extra:
        env["add"] = _extra_adder(plan, converter, mode)
        body.append(f"if {extra}: add(made, {extra})")
    return compile_function("write", "obj", [*body, "return made"], env, plan.cls)


def _write_field(
    field: FieldPlan, obj: str, local: str, converter: Converter, mode: Mode, env: dict[str, Any]
) -> list[str]:
    """Lines that set a local variable to what is sent for a field, or to the value that means absent."""
    writer = writer_of(converter, field.type)
    passing = [UNSET] if field.absent is UNSET else []
    return [f"{local} = {obj}.{field.name}", *_write_value(writer, local, converter, mode, env, passing)]


def _write_value(
    writer: Writer, local: str, converter: Converter, mode: Mode, env: dict[str, Any], passing: Sequence[Any] = ()
) -> list[str]:
    """Lines that turn a local variable into what is sent."""
    core = writer.core
    env[f"write_{local}"] = core if core.model is not None else getattr(core, mode)
    call = f"write_{local}.{mode}" if core.model is not None else f"write_{local}"
    if mode == "native":
        branch = _native_branch(core, local, converter, env)
    else:
        branch = shortcut_branch(local, core.shortcut if core.native is core.plain else None, env)
    return converting(local, call, branch, [*([None] if writer.inner else []), *passing])


def _native_branch(core: Writer, local: str, converter: Converter, env: dict[str, Any]) -> Branch | None:
    """What spares a call: lists of models are gone through in place, and models without models are written in place."""
    if core.item is not None and core.item.core.model is not None:
        each = _write_value(core.item, f"each_{local}", converter, "native", env)
        return looping(local, f"{local}.__class__ is list and len({local}) < {MANY}", each)
    if core.model is None:
        return shortcut_branch(local, core.shortcut, env)
    plan = plan_of(core.model)
    if any(holds_models(writer_of(converter, field.type)) for field in plan.fields):
        return None
    env[f"cls_{local}"], env[f"struct_{local}"] = plan.cls, _struct_of(plan.cls)
    locals_ = [f"{local}_{number}" for number in range(len(plan.fields))]
    lines: list[str] = []
    for field, inner in zip(plan.fields, locals_, strict=True):
        lines += _write_field(field, local, inner, converter, "native", env)
    lines.append(f"{local} = struct_{local}({', '.join(locals_)})")
    no_extra = "" if plan.extra is None else f" and not {local}.{plan.extra}"
    return Branch(f"{local}.__class__ is cls_{local}{no_extra}", lines)


@cache
def _struct_of(cls: type) -> Any:
    """Make a class that holds a model's values on their way to the encoder, which leaves out those that are absent.

    Compared with a dict it is made in half the time, takes a quarter of the memory and is nothing to the garbage
    collector.
    """
    plan = plan_of(cls)
    # No value is `...`, so a field that must be there is never left out.
    absent = [... if field.absent is attrs.NOTHING else field.absent for field in plan.fields]
    fields = [(f"f{number}", object, default) for number, default in enumerate(absent)]
    wires = {f"f{number}": field.wire for number, field in enumerate(plan.fields)}
    return msgspec.defstruct(cls.__name__, fields, rename=wires, omit_defaults=True, gc=False)


def _extra_adder(plan: ModelPlan, converter: Converter, mode: Mode) -> Callable[[dict[str, Any], Any], None]:
    """Make the function that adds what the spec does not name. It may not stand in for a field of the model."""
    write_dict, write = (getattr(writer_of(converter, type_), mode) for type_ in (dict[str, Any], Any))
    wires = plan.wires

    def add(made: dict[str, Any], extra: Any) -> None:
        if not wires.isdisjoint(extra):
            raise MismatchError("names that the model has no field for", "one that it has")
        if extra.__class__ is not dict:
            extra = write_dict(extra)
        for key, value in extra.items():
            if key.__class__ is not str:
                raise not_python("a str as key", key)
            made[key] = write(value)

    return add


def _walk(plan: ModelPlan, converter: Converter, value: Any, path: str) -> Iterator[Problem]:
    if type(value) is not plan.cls:
        if isinstance(value, plan.cls):
            yield from writer_of(converter, type(value)).walk(value, path)
        else:
            name = plan.cls.__name__
            yield Problem(path, MismatchError(with_article(name), python_kind(value), f"build one: {name}(...)"))
        return
    for field in plan.fields:
        held = getattr(value, field.name)
        if field.absent is attrs.NOTHING or held is not field.absent:
            yield from writer_of(converter, field.type).walk(held, child(path, field.wire))
    extra = getattr(value, plan.extra) if plan.extra is not None else None
    if not extra:
        return
    yield from writer_of(converter, dict[str, Any]).walk(extra, path)
    for field in plan.fields:
        if isinstance(extra, dict) and field.wire in extra:
            instead = f"set {field.name} instead"
            mismatch = MismatchError("a name without a field of its own", f"it in {plan.extra}", instead)
            yield Problem(child(path, field.wire), mismatch)
