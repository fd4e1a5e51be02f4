"""UNSET and the open enums."""

from __future__ import annotations

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from amili_async.types import UNSET, OpenIntEnum, OpenStrEnum


class Colour(OpenStrEnum):
    """A small vocabulary."""

    RED = "RED"
    LIGHT_BLUE = "LIGHT_BLUE"


class Level(OpenIntEnum):
    """Another."""

    LOW = 1


def test_unset_is_one_object_and_false() -> None:
    """Whatever is done to it: identity is how it is recognised."""
    assert copy.copy(UNSET) is UNSET
    assert copy.deepcopy([UNSET])[0] is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


def test_known_values_are_the_members() -> None:
    """By value, as always with enums."""
    assert Colour("RED") is Colour.RED
    assert Colour.RED.is_known
    assert Level(1) is Level.LOW


@given(st.text())
def test_any_text_is_a_value(text: str) -> None:
    """An unknown one compares, hashes and travels as the text it came as."""
    value = Colour(text)
    assert value == text
    assert hash(value) == hash(text)
    assert str(value) == text
    assert value.is_known is (text in {"RED", "LIGHT_BLUE"})
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


@given(st.integers())
def test_any_number_is_a_value(number: int) -> None:
    """The same for integer enums."""
    value = Level(number)
    assert value == number
    assert value.is_known is (number == 1)
    assert pickle.loads(pickle.dumps(value)) == value


def test_unknown_values_leave_no_trace() -> None:
    """The enum does not grow with what the server sends."""
    Colour("GREEN")
    assert [member.value for member in Colour] == ["RED", "LIGHT_BLUE"]
    assert not Colour("").is_known
