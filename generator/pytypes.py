"""How types are spelled in generated code, and which imports that takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from generator.ir import Field, ListOf, Named, Nullable, Scalar, TypeRef, UnionOf

__all__ = ["IN_ENDPOINTS", "IN_MODELS", "IN_TEXT", "Spelling", "is_plain_json", "walk", "without_none"]


def walk(types: Iterable[TypeRef]) -> Iterator[Scalar | Named]:
    """All leaves of some types."""
    for type_ in types:
        match type_:
            case ListOf(item=inner) | Nullable(inner=inner):
                yield from walk([inner])
            case UnionOf(members=members):
                yield from walk(members)
            case _:
                yield type_


def without_none(type_: TypeRef) -> TypeRef:
    """The type without the null that it allows."""
    return type_.inner if isinstance(type_, Nullable) else type_


def is_plain_json(type_: TypeRef | None) -> bool:
    """Whether values of this type are plain JSON values, of which no shape is known."""
    return type_ is not None and without_none(type_) in (Scalar.ANY, Scalar.OPEN_OBJECT)


@frozen
class Spelling:
    """The spelling of one kind of module.

    Attributes:
        scalars: Type to expression.
        imports: Type to the import it takes.
        unset: The type of a value that was not given.
        unknown: The type of a value of none of the kinds of a union; empty where that is not told apart.
    """

    scalars: Mapping[Scalar, str]
    imports: Mapping[Scalar, str]
    unset: str
    unknown: str = ""

    def annotation(self, type_: TypeRef) -> str:
        """The type of a value as the library gives it."""
        match type_:
            case Named(name=name):
                return name
            case ListOf(item=item):
                return f"list[{self.annotation(item)}]"
            case UnionOf(members=members):
                return " | ".join(filter(None, (*(self.annotation(member) for member in members), self.unknown)))
            case Nullable(inner=inner):
                return _or_none(self.annotation(inner))
            case _:
                return self.scalars[type_]

    def optional(self, type_: TypeRef) -> str:
        """The type of a value that may be left out."""
        return _or_none(self.annotation(type_))

    def field(self, field: Field) -> str:
        """The type of a field of a model."""
        if field.required or field.const is not None:
            return self.annotation(field.type)
        if field.unset:
            return f"{self.annotation(without_none(field.type))} | {self.unset} | None"
        return self.optional(field.type)

    def argument(self, type_: TypeRef) -> str:
        """The type of a parameter: wider, so that enums and ids may be given as strings."""
        match type_:
            case Named(kind="enum"):
                return f"{self.annotation(type_)} | str"
            case Scalar.UUID:
                return f"{self.annotation(type_)} | str"
            case ListOf(item=item):
                return f"Sequence[{self.argument(item)}]"
            case _:
                return self.annotation(type_)

    def imports_for(self, types: Iterable[TypeRef]) -> list[str]:
        """Import lines for the scalars among some types."""
        leaves = {leaf for leaf in walk(types) if isinstance(leaf, Scalar)}
        return sorted({self.imports[leaf] for leaf in leaves if leaf in self.imports})


def _or_none(annotation: str) -> str:
    parts = annotation.split(" | ")
    # `Any` takes None already.
    if annotation.lstrip("_") == "Any" or parts[-1] == "None":
        return annotation
    return f"{annotation} | None"


def _spelling(prefix: str) -> Spelling:
    dt, decimal, uuid, any_ = f"{prefix}dt", f"{prefix}Decimal", f"{prefix}UUID", f"{prefix}Any"
    datetime_import = f"import datetime as {dt}"
    any_import = f"from typing import Any as {any_}" if prefix else "from typing import Any"
    return Spelling(
        scalars={
            Scalar.STR: "str",
            Scalar.INT: "int",
            Scalar.FLOAT: "float",
            Scalar.BOOL: "bool",
            Scalar.DECIMAL: decimal,
            Scalar.DATE: f"{dt}.date",
            Scalar.DATETIME: f"{dt}.datetime",
            Scalar.DATE_OR_DATETIME: f"{dt}.datetime | {dt}.date",
            Scalar.UUID: uuid,
            Scalar.ANY: any_,
            Scalar.OPEN_OBJECT: f"dict[str, {any_}]",
        },
        imports={
            Scalar.DECIMAL: f"from decimal import Decimal as {decimal}" if prefix else "from decimal import Decimal",
            Scalar.DATE: datetime_import,
            Scalar.DATETIME: datetime_import,
            Scalar.DATE_OR_DATETIME: datetime_import,
            Scalar.UUID: f"from uuid import UUID as {uuid}" if prefix else "from uuid import UUID",
            Scalar.ANY: any_import,
            Scalar.OPEN_OBJECT: any_import,
        },
        unset=f"{prefix}Unset",
    )


# A property called `date` would hide an import of that name from the annotations after it, so models hide theirs.
IN_MODELS = evolve(_spelling("_"), unknown="_UnknownVariant")
IN_ENDPOINTS = _spelling("")
# For people, who know what a date is without its module.
IN_TEXT = evolve(
    IN_ENDPOINTS, scalars={scalar: spelt.replace("dt.", "") for scalar, spelt in IN_ENDPOINTS.scalars.items()}
)
