"""Writers of attrs classes: a function per class, compiled on first use as in `read_models`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import attrs
from cattrs import Converter

from amili_async._codec.hooks import Convert, Writer, writer_of
from amili_async._codec.plans import FieldPlan, ModelPlan, plan_of
from amili_async._codec.problems import MismatchError, Problem, child, not_python, python_kind, with_article
from amili_async._codec.source import compile_function
from amili_async.types import UNSET

__all__ = ["model_writer"]

Mode = Literal["plain", "native"]


def model_writer(cls: type, converter: Converter) -> Writer:
    """Make the writer of an attrs class. The work is done at the first value, as models may refer to each other."""

    def compile_plain(value: Any) -> Any:
        writer.plain = _compile(plan_of(cls), converter, "plain")
        return writer.plain(value)

    def compile_native(value: Any) -> Any:
        writer.native = _compile(plan_of(cls), converter, "native")
        return writer.native(value)

    def walk(value: Any, path: str) -> Iterator[Problem]:
        return _walk(plan_of(cls), converter, value, path)

    writer = Writer(compile_plain, compile_native, walk, late=True)
    return writer


def _compile(plan: ModelPlan, converter: Converter, mode: Mode) -> Convert:
    def other(value: Any) -> Any:
        if isinstance(value, plan.cls):  # a subclass has more fields, and a writer of its own
            return getattr(writer_of(converter, type(value)), mode)(value)
        raise not_python(with_article(plan.cls.__name__), value, f"build one: {plan.cls.__name__}(...)")

    env: dict[str, Any] = {"cls": plan.cls, "other": other, "UNSET": UNSET}
    body = ["if obj.__class__ is not cls: return other(obj)", "made = {}"]
    for number, field in enumerate(plan.fields):
        body += _write_field(field, number, writer_of(converter, field.type), mode, env)
    if plan.extra is not None:
        env["add"] = _extra_adder(plan, converter, mode)
        body.append(f"if obj.{plan.extra}: add(made, obj.{plan.extra})")
    return compile_function("write", "obj", [*body, "return made"], env, plan.cls)


def _write_field(field: FieldPlan, number: int, writer: Writer, mode: Mode, env: dict[str, Any]) -> list[str]:
    """Lines that put one field into `made`, unless its value means that it is absent."""
    core = writer.inner or writer
    hook = f"write_{number}"
    env[hook] = core if core.late else getattr(core, mode)
    convert = f"{hook}.{mode}(v)" if core.late else f"{hook}(v)"
    exact = core.exact if mode == "plain" else core.native_exact
    if exact is not None:
        env[f"class_{number}"] = exact
        convert = f"v if v.__class__ is class_{number} else {convert}"
    put = f"made[{field.wire!r}] = "
    if field.absent is None and writer.inner is not None:
        return [f"v = obj.{field.name}", f"if v is not None: {put}{convert}"]
    if writer.inner is not None:
        convert = f"None if v is None else {convert}"
    if field.absent is UNSET:
        return [f"v = obj.{field.name}", f"if v is not UNSET: {put}{convert}"]
    return [f"v = obj.{field.name}", f"{put}{convert}"]


def _extra_adder(plan: ModelPlan, converter: Converter, mode: Mode) -> Any:
    """Make the function that adds what the spec does not name. It may not stand in for a field of the model."""
    write = getattr(writer_of(converter, dict[str, Any]), mode)
    wires = plan.wires

    def add(made: dict[str, Any], extra: Any) -> None:
        written = write(extra)
        if not wires.isdisjoint(written):
            raise MismatchError("names that the model has no field for", "one that it has")
        made.update(written)

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
