"""Models of pydantic and msgspec, made at run time from the same spec as the library's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
import pydantic

from benchmarks.contenders import Codec
from generator import adapter, load, passes
from generator.ir import Api, Field, ListOf, Model, Named, Nullable, Scalar, TypeRef, UnionOf

__all__ = ["pydantic_codec", "struct_codec"]

ROOT: Final = Path(__file__).parents[2]
_SCALARS: Final[Mapping[Scalar, Any]] = {
    Scalar.STR: str,
    Scalar.INT: int,
    Scalar.FLOAT: float,
    Scalar.BOOL: bool,
    Scalar.DECIMAL: Decimal,
    Scalar.DATE: dt.date,
    Scalar.DATETIME: dt.datetime,
    Scalar.UUID: UUID,
    Scalar.ANY: Any,
    Scalar.OPEN_OBJECT: dict[str, Any],
}

# Made at run time, which type checkers do not follow.
_make_enum: Any = Enum
_list_of: Any = list


@cache
def _api() -> Api:
    path = ROOT / "openapi" / "collection.yaml"
    return passes.complete(adapter.build(load.parse(path.read_text(encoding="utf-8"), "collection", path.name)))


class _Maker:
    """Makes a class for every model of the spec, those that it refers to first.

    Args:
        make_model: Class of a model, given the types of its fields.
        scalars: Types that differ from the usual ones.
    """

    def __init__(self, make_model: Callable[[Model, dict[str, Any]], type], scalars: Mapping[Scalar, Any]) -> None:
        api = _api()
        self._models = {model.name: model for model in api.models}
        self._enums = {enum.name: enum for enum in api.enums}
        self._make_model = make_model
        self._scalars = {**_SCALARS, **scalars}
        self.made: dict[str, Any] = {}

    def all(self) -> dict[str, type]:
        """The classes of all models, by name."""
        return {name: self.model(name) for name in self._models}

    def model(self, name: str) -> type:
        """The class of a model."""
        if name not in self.made:
            model = self._models[name]
            self.made[name] = self._make_model(model, {field.name: self._field(field) for field in model.fields})
        made: type = self.made[name]
        return made

    def _field(self, field: Field) -> Any:
        type_ = self.type(field.type)
        return type_ if field.required else type_ | None

    def type(self, ref: TypeRef) -> Any:
        """The Python type."""
        match ref:
            case Named(name=name, kind="model"):
                return self.model(name)
            case Named(name=name):
                if name not in self.made:
                    # Closed, which neither library need be with more work: less to do for them, not more.
                    members = self._enums[name].members
                    self.made[name] = _make_enum(name, {member.name: member.value for member in members}, type=str)
                return self.made[name]
            case ListOf(item=item):
                return _list_of[self.type(item)]
            case UnionOf(members=members):
                return reduce(or_, [self.type(member) for member in members])
            case Nullable(inner=inner):
                return self.type(inner) | None
            case _:
                return self._scalars[ref]


@cache
def pydantic_models(*, numbers: bool = False) -> dict[str, type[pydantic.BaseModel]]:
    """Models of pydantic v2 that keep unknown fields, as ours do.

    Args:
        numbers: Write amounts as numbers, as the API takes them. By itself pydantic writes a Decimal as text.
    """
    config = pydantic.ConfigDict(extra="allow", populate_by_name=True)
    as_number = pydantic.PlainSerializer(float, return_type=float, when_used="json")
    amount = Annotated[Decimal, as_number] if numbers else Decimal

    def make(model: Model, types: dict[str, Any]) -> type:
        fields: dict[str, Any] = {
            field.name: (types[field.name], pydantic.Field(... if field.required else None, alias=field.wire))
            for field in model.fields
        }
        made: type = pydantic.create_model(model.name, __config__=config, **fields)
        return made

    return _Maker(make, {Scalar.DECIMAL: amount, Scalar.DATE_OR_DATETIME: dt.date | dt.datetime}).all()


@cache
def structs() -> dict[str, type[msgspec.Struct]]:
    """Structs of msgspec: no unknown fields, no open enums, nothing but speed."""

    def make(model: Model, types: dict[str, Any]) -> type:
        fields: list[Any] = [
            (field.name, types[field.name]) if field.required else (field.name, types[field.name], None)
            for field in model.fields
        ]
        wires = {field.name: field.wire for field in model.fields}
        return msgspec.defstruct(model.name, fields, rename=wires, omit_defaults=True, kw_only=True)

    # msgspec refuses `date | datetime`; what stands there is text for it.
    return _Maker(make, {Scalar.DATE_OR_DATETIME: str}).all()


def pydantic_codec(*, numbers: bool = False) -> Codec:
    """Pydantic v2."""
    models = pydantic_models(numbers=numbers)
    page, body = models["InvoiceList"], models["CreateInvoicesRequest"]

    def write(model: pydantic.BaseModel) -> str:
        return model.model_dump_json(by_alias=True, exclude_none=True)

    return Codec(
        name="pydantic v2, amounts as numbers" if numbers else "pydantic v2",
        read_page=page.model_validate_json,
        write_page=write,
        read_body=body.model_validate_json,
        write_body=write,
        plain=lambda model: model.model_dump(by_alias=True, exclude_none=True),
        writes_only=numbers,
    )


def struct_codec() -> Codec:
    """The limit: msgspec alone."""
    models = structs()
    encoder = msgspec.json.Encoder(decimal_format="number")
    page, body = (msgspec.json.Decoder(models[name]) for name in ("InvoiceList", "CreateInvoicesRequest"))
    return Codec(
        name="msgspec Structs (limit)",
        read_page=page.decode,
        write_page=encoder.encode,
        read_body=body.decode,
        write_body=encoder.encode,
        plain=lambda struct: msgspec.to_builtins(struct, builtin_types=(Decimal, UUID, dt.datetime, dt.date)),
    )
