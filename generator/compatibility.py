"""Whether values of one type do where another is expected, as a user's code meets them in Python."""

from __future__ import annotations

from attrs import frozen

from generator.ir import Api, Field, ListOf, Named, Nullable, Param, Response, Scalar, TypeRef, UnionOf
from generator.operation_views import result_of

__all__ = ["Shape", "Shapes", "fits"]

_NONE, _UNSET = "None", "Unset"

# JSON values that decoding leaves as they are, so that nothing changes when their type becomes known.
_PLAIN = frozenset({Scalar.STR, Scalar.INT, Scalar.BOOL, Scalar.ANY, Scalar.OPEN_OBJECT, _NONE})


@frozen
class _List:
    items: frozenset[object]


Shape = frozenset[object]
"""The kinds of values that a type allows: scalars, `Named` ones, lists of a shape, null and not being given."""


def fits(given: Shape, wanted: Shape) -> bool:
    """Whether each value of one shape is one of another."""
    return all(any(_fits(kind, other) for other in wanted) for kind in given)


def _fits(kind: object, other: object) -> bool:
    if isinstance(kind, _List) and isinstance(other, _List):
        return fits(kind.items, other.items)
    if other is Scalar.ANY:
        return kind in _PLAIN or (isinstance(kind, _List) and fits(kind.items, frozenset({Scalar.ANY})))
    return kind == other or (other is Scalar.STR and isinstance(kind, _StrEnum))


@frozen
class _StrEnum:
    """An open enum of strings: its values are strings too."""

    name: str


@frozen
class Shapes:
    """Works out shapes in one document."""

    api: Api

    def of(self, type_: TypeRef) -> Shape:
        """The shape of a type."""
        match type_:
            case Nullable(inner=inner):
                return self.of(inner) | {_NONE}
            case UnionOf(members=members):
                return frozenset().union(*(self.of(member) for member in members))
            case ListOf(item=item):
                return frozenset({_List(self.of(item))})
            case Named(name=name, kind="enum") if self._is_text(name):
                return frozenset({_StrEnum(name)})
            case Scalar.DATE_OR_DATETIME:
                return frozenset({Scalar.DATE, Scalar.DATETIME})
            case _:
                return frozenset({type_})

    def _is_text(self, enum: str) -> bool:
        return any(known.name == enum and known.base == "str" for known in self.api.enums)

    def of_field(self, field: Field) -> Shape:
        """What a field can hold."""
        shape = self.of(field.type)
        if field.unset:
            return shape | {_NONE, _UNSET}
        return shape if field.required or field.const is not None else shape | {_NONE}

    def of_argument(self, param: Param) -> Shape:
        """What a parameter takes: ids and enums may be given as strings."""
        return self._widened(param.type) | (frozenset() if param.required else {_NONE})

    def _widened(self, type_: TypeRef) -> Shape:
        if isinstance(type_, ListOf):
            return frozenset({_List(self._widened(type_.item))})
        shape = self.of(type_)
        takes_text = type_ is Scalar.UUID or (isinstance(type_, Named) and type_.kind == "enum")
        return shape | {Scalar.STR} if takes_text else shape

    def of_result(self, responses: tuple[Response, ...]) -> Shape:
        """What a call gives."""
        spelling, types = result_of(responses)
        if not types:
            return frozenset({Scalar.ANY})
        shape: Shape = frozenset().union(*(self.of(type_) for type_ in types))
        return shape | {_NONE} if spelling.endswith(" | None") else shape
