"""Small types that generated and hand-written code share."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Any, Final, Literal, Self

from attrs import field, frozen

__all__ = ["UNSET", "OpenIntEnum", "OpenStrEnum", "UnknownVariant", "Unset"]


class Unset(Enum):
    """The type of `UNSET`: a value that was not given, where that differs from null.

    An enum, because type checkers narrow on `is UNSET`, and because its one member survives copy, deepcopy and pickle
    as the same object.
    """

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET


@frozen
class UnknownVariant:
    """A value where one of several kinds was expected, and it is none of them: kept as it came, and sent back so.

    The documentation shows two kinds of `Batch.status`, for example; a third one must not make a page unreadable.

    Attributes:
        value: The JSON value.
    """

    value: Any = field(repr=False)


class OpenStrEnum(StrEnum):
    """A string enum that keeps values it does not know.

    Amili's documentation shows few of the members of most enums, and new ones must not need a release of this
    library. An unknown value becomes an unregistered member: it compares, hashes and encodes as the string it came as.
    Compare with `==`; identity (`is`) holds for known members only, and a `match` needs a default branch.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the documentation shows this value."""
        return self._name_ in type(self).__members__

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        # By value: an unknown member has no name to be found under.
        return (type(self), (str(self.value),))


class OpenIntEnum(IntEnum):
    """An integer enum that keeps values it does not know; see `OpenStrEnum`."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether the documentation shows this value."""
        return self._name_ in type(self).__members__

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return (type(self), (int(self.value),))
