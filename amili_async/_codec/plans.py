"""What the converter needs to know of a model, a union or a scalar, read off its annotations once."""

from __future__ import annotations

import datetime as dt
import types
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

import attrs

from amili_async.types import Unset

__all__ = ["ANYTHING", "FieldPlan", "ModelPlan", "is_union", "json_classes", "plan_of", "python_classes", "split_union"]

#: Annotations that promise nothing.
ANYTHING: Final = (Any, object)

_EXTRA = "additional_properties"
_JSON_STRINGS = (str, UUID, dt.date, dt.datetime, bytes)
_JSON_NUMBERS = (int, Decimal, float)


@attrs.frozen
class FieldPlan:
    """One field of a model.

    Attributes:
        name: Python name.
        argument: Its name as an argument of the class.
        wire: Name in JSON.
        type: Annotation, resolved.
        default: As attrs has it: `NOTHING`, a value or a `Factory`.
        settable: Whether the class takes it as an argument.
    """

    name: str
    argument: str
    wire: str
    type: Any
    default: Any
    settable: bool

    @property
    def required(self) -> bool:
        """Whether it must be there."""
        return self.default is attrs.NOTHING

    @property
    def absent(self) -> Any:
        """The value that means "leave it out": None, UNSET where absent and null differ, or `NOTHING` if none does."""
        if self.default is None or isinstance(self.default, Unset):
            return self.default
        return attrs.NOTHING


@attrs.frozen
class ModelPlan:
    """A model: its fields, and the name of the attribute that holds what the spec does not name."""

    cls: type
    fields: tuple[FieldPlan, ...]
    extra: str | None

    @property
    def wires(self) -> frozenset[str]:
        """The JSON names of all fields."""
        return frozenset(field.wire for field in self.fields)

    @property
    def is_plain(self) -> bool:
        """Whether setting the attributes one by one equals calling the class."""
        cls: Any = self.cls
        return (
            cls.__setattr__ is object.__setattr__
            and cls.__new__ is object.__new__
            and not any(hasattr(cls, f"__attrs_{hook}__") for hook in ("pre_init", "post_init", "init"))
            and not any(a.validator or a.converter or not a.init for a in attrs.fields(cls))
        )


def plan_of(cls: type) -> ModelPlan:
    """Read a model's fields. Forward references are resolved in the model's module."""
    attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    extra = next((a.name for a in fields if a.name == _EXTRA and "wire" not in a.metadata), None)
    named = (a for a in fields if a.name != extra)
    return ModelPlan(
        cls,
        tuple(
            FieldPlan(a.name, a.alias or a.name, a.metadata.get("wire", a.name), a.type, a.default, a.init)
            for a in named
        ),
        extra,
    )


def is_union(type_: Any) -> bool:
    """Whether it is `A | B`, in either spelling."""
    return get_origin(type_) in (Union, types.UnionType)


def split_union(type_: Any) -> tuple[tuple[Any, ...], bool]:
    """Members of a union without null and UNSET, and whether null is among them."""
    members = get_args(type_)
    return tuple(m for m in members if m not in (type(None), Unset)), type(None) in members


def json_classes(type_: Any) -> tuple[type, ...]:
    """Classes of the JSON values a type is read from."""
    origin = get_origin(type_) or type_
    if origin in (list, dict):
        return (origin,)
    if isinstance(origin, type):
        if issubclass(origin, bool):
            return (bool,)
        if issubclass(origin, _JSON_STRINGS):
            return (str,)
        if issubclass(origin, _JSON_NUMBERS):
            return _JSON_NUMBERS
        if attrs.has(origin):
            return (dict,)
    raise TypeError(f"a union cannot hold {type_}: it does not say what its JSON looks like")


def python_classes(type_: Any) -> tuple[type, ...]:
    """Classes of the Python values that may be sent as a type."""
    origin: Any = get_origin(type_) or type_
    if origin is list:
        return (list, tuple)
    if issubclass(origin, Enum):
        return (origin, *(base for base in (str, int) if issubclass(origin, base)))
    return {Decimal: (Decimal, int), float: (float, int)}.get(origin, (origin,))
