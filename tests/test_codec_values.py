"""Single values through the codec: what is taken, what is refused, and how it is written."""

from __future__ import annotations

import base64
import datetime as dt
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async import codec
from amili_async._codec.read_scalars import enum_reader
from amili_async.errors import DecodeError, RequestError
from amili_async.types import OpenIntEnum, OpenStrEnum
from tests import strategies


class Color(OpenStrEnum):
    """An open vocabulary of the wire."""

    RED = "RED"


class Size(OpenIntEnum):
    """An open vocabulary of numbers."""

    BIG = 1


class Closed(StrEnum):
    """A vocabulary that does not grow."""

    ONE = "ONE"


class ClosedNumber(IntEnum):
    """A vocabulary of numbers that does not grow."""

    ONE = 1


class Plain(Enum):
    """An enum that is no string."""

    ONE = "ONE"


HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
ID = UUID("cfa69f56-2faf-4a1f-a011-1980d4e385b0")


@pytest.mark.parametrize(
    "type_",
    [
        *(str, bool, int, Decimal, UUID, dt.datetime, dt.date, dt.datetime | dt.date, bytes),
        *(Color, Size, Closed, ClosedNumber, Plain, Color | None, list[Decimal | None], dict[str, dt.date]),
    ],
    ids=str,
)
@given(data=st.data())
def test_every_kind_of_value_survives_the_wire(type_: Any, data: st.DataObject) -> None:
    """What was written is read back as the same value, of the same class."""
    value = data.draw(strategies.values(type_))
    [back] = codec.decode(codec.encode([value]), list[type_])
    assert back == value
    assert type(back) is type(value)
    assert codec.structure(codec.unstructure([value]), list[type_]) == [back]


@given(value=strategies.json_values)
def test_open_values_survive_the_wire(value: Any) -> None:
    """Where anything may stand, it comes back as it was, whatever it is."""
    assert codec.decode_json(codec.encode(value)) == value


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("3", int, 3),
        ("3.0", int, 3),
        ("30e-1", int, 3),
        ("-0", int, 0),
        ("123456789012345678901234567890", int, 123456789012345678901234567890),
        ("3", Decimal, Decimal(3)),
        ("0.1", Decimal, Decimal("0.1")),
        ("99999999999999.99", Decimal, Decimal("99999999999999.99")),
        ("12345678901234567.89", Decimal, Decimal("12345678901234567.89")),
        ("1E400", Decimal, Decimal("1E400")),
        ("1e-400", Decimal, Decimal("1E-400")),
        ("0.5", float, 0.5),
        ("5", float, 5.0),
        ("true", bool, True),
        ('"cfa69f56-2faf-4a1f-a011-1980d4e385b0"', UUID, ID),
        ('"CFA69F56-2FAF-4A1F-A011-1980D4E385B0"', UUID, ID),
        ('"cfa69f562faf4a1fa0111980d4e385b0"', UUID, ID),
        ('"2024-01-15T10:00:00"', dt.datetime, dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC)),
        ('"2024-01-15 10:00"', dt.datetime, dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC)),
        ('"2024-01-15"', dt.datetime, dt.datetime(2024, 1, 15, tzinfo=dt.UTC)),
        ('"2024-01-15T10:00:00.1234567Z"', dt.datetime, dt.datetime(2024, 1, 15, 10, 0, 0, 123456, dt.UTC)),
        ('"2024-01-15T12:00:00+02:00"', dt.datetime, dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC)),
        ('"9999-12-31T23:59:59.9999999Z"', dt.datetime, dt.datetime(9999, 12, 31, 23, 59, 59, 999999, dt.UTC)),
        ('"0001-01-01T00:00:00+02:00"', dt.datetime, dt.datetime(1, 1, 1, tzinfo=dt.timezone(2 * HOUR))),
        ('"0001-01-01T00:00:00"', dt.datetime, dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
        ('"2024-01-15"', dt.date, dt.date(2024, 1, 15)),
        ('"2024-01-15T23:30:00Z"', dt.date, dt.date(2024, 1, 15)),
        ('"2024-01-15 23:30"', dt.date, dt.date(2024, 1, 15)),
        ('"2024-01-15"', dt.datetime | dt.date, dt.date(2024, 1, 15)),
        ('"2024-01-15T10:00:00Z"', dt.date | dt.datetime, dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC)),
        ('"YWJj"', bytes, b"abc"),
        ('"RED"', Color, Color.RED),
        ('"BLUE"', Color, "BLUE"),
        ('""', Color, ""),
        ("7", Size, 7),
        ('"\\u00e5 \\ud83d\\ude00"', str, "å 😀"),
        ("null", str | None, None),
        ('[{"a": 1.50}, null]', Any, [{"a": Decimal("1.50")}, None]),
        ('{"a": [1]}', dict[str, Any], {"a": [1]}),
    ],
)
def test_what_is_read(text: str, type_: Any, value: Any) -> None:
    """Values that real services send are read as what they mean, whatever their spelling."""
    back = codec.decode(text.encode(), type_)
    assert back == value
    assert str(back) == str(value) or isinstance(back, dt.datetime)


def test_unknown_enum_values_are_kept_as_members() -> None:
    """A value that the enum does not know is still of the enum's class, so that code can ask it."""
    value = codec.decode(b'"BLUE"', Color)
    assert isinstance(value, Color)
    assert not value.is_known
    assert codec.encode([value]) == b'["BLUE"]'


def test_unknown_enum_values_do_not_pile_up() -> None:
    """They come from outside, so only so many are remembered; the others are read all the same."""
    reader = enum_reader(Color)
    assert [reader.read(f"C{n}") for n in range(3000)] == [f"C{n}" for n in range(3000)]
    assert reader.shortcut is not None
    assert len(reader.shortcut.names["table"]) <= 1000


@pytest.mark.parametrize(
    ("text", "type_", "message"),
    [
        ("1", str, "expected a string, found a number"),
        ("null", str, "expected a string, found null"),
        ('"1"', int, "expected a whole number, found a string"),
        ("1.5", int, "expected a whole number, found a number that is not one"),
        ("1E999999999", int, "expected a whole number, found a number that is not one"),
        ("true", int, "expected a whole number, found a boolean"),
        ('"10.50"', Decimal, "expected a number, found a string"),
        ("false", Decimal, "expected a number, found a boolean"),
        ("1E400", float, "expected a number that fits a float, found a number that is not one"),
        (f"1{'0' * 400}", float, "expected a number that fits a float, found a number that is not one"),
        ('"1"', float, "expected a number, found a string"),
        ("0", bool, "expected a boolean, found a number"),
        ('"false"', bool, "expected a boolean, found a string"),
        ('"garbage"', UUID, "expected a UUID, found a string that is not one"),
        ('"{cfa69f56-2faf-4a1f-a011-1980d4e385b0}"', UUID, "expected a UUID, found a string that is not one"),
        ("5", UUID, "expected a UUID, found a number"),
        ('"soon"', dt.datetime, "expected a date-time, found a string that is not one"),
        ('""', dt.datetime, "expected a date-time, found a string that is not one"),
        ("1705312800", dt.datetime, "expected a date-time, found a number"),
        ('"0000-01-01T00:00:00Z"', dt.datetime, "expected a date-time, found a string that is not one"),
        ('"2024-01-15T10:00:00+24:00"', dt.datetime, "expected a date-time, found a string that is not one"),
        ('"2024-02-30"', dt.date, "expected a date, found a string that is not one"),
        ('"2024-01-15x"', dt.date, "expected a date, found a string that is not one"),
        ("{}", dt.date, "expected a date, found an object"),
        ("[]", dt.date, "expected a date, found a list"),
        ('"2024-13-01"', dt.datetime | dt.date, "expected a date or a date-time, found a string that is not one"),
        ("1", dt.datetime | dt.date, "expected a date or a date-time, found a number"),
        ('"a"', bytes, "expected base64 text, found a string that is not one"),
        ("1", bytes, "expected base64 text, found a number"),
        ("1", Color, "expected a string, found a number"),
        ("[1]", Color, "expected a string, found a list"),
        ("true", Size, "expected a whole number, found a boolean"),
        ('"TWO"', Closed, "expected one of the values of Closed, found a string that is not one"),
        ("[1]", dict[str, Any], "expected an object, found a list"),
        ("1", Color | dict[str, Any] | None, "expected a string or an object, found a number"),
        ("[1]", int | bool | None, "expected a boolean or a number, found a list"),
        ("0", None, "expected null, found a number"),
    ],
)
def test_what_is_not_guessed(text: str, type_: Any, message: str) -> None:
    """A value of another kind is refused, and the message says what was expected and what kind it is."""
    with pytest.raises(DecodeError) as caught:
        codec.decode(text.encode(), type_)
    assert str(caught.value) == f"{message} at $"
    assert caught.value.path == "$"


@pytest.mark.parametrize("number", [1.5, float("nan")])
def test_a_float_is_no_amount_on_the_way_in(number: float) -> None:
    """Plain values that were parsed with floats have lost digits already, and the error says how to keep them."""
    with pytest.raises(DecodeError, match=r"found a float at \$; parse JSON with codec.decode_json"):
        codec.structure(number, Decimal)


def test_non_finite_decimals_are_no_amounts_on_the_way_in() -> None:
    """NaN is no number that could be booked."""
    with pytest.raises(DecodeError, match="expected a number"):
        codec.structure(Decimal("NaN"), Decimal)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"NaN", "invalid character"),
        (b"[1,]", "trailing comma"),
        (b"{} {}", "trailing characters"),
        (b'"\xff"', "not UTF-8"),
        (b'"\\ud800"', "truncated"),
        (b"1E9999999999999999999999", "exponent out of range"),
        (b"1" * 5000, "too many digits"),
        (b"[" * 100_000, "nested too deeply"),
        (b"<html>", "invalid character"),
        ("{}".encode("utf-16"), "malformed"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_json(data: bytes, reason: str) -> None:
    """Text that is not JSON is refused with the reason, and never with another kind of error."""
    with pytest.raises(DecodeError, match="not readable as JSON") as caught:
        codec.decode(data, dict[str, Any])
    assert reason in str(caught.value)
    assert caught.value.__context__ is None


def test_a_byte_order_mark_is_skipped() -> None:
    """Some .NET services begin their answers with one."""
    assert codec.decode(b'\xef\xbb\xbf{"a":1}', dict[str, int]) == {"a": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("10.50"), "10.50"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1.5E+3"), "1500"),
        (Decimal("-1E+2"), "-100"),
        (Decimal("0E+5"), "0"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("0E-10"), "0.0000000000"),
        (Decimal("-0.00"), "-0.00"),
        (Decimal("12345678901234567890.123456789"), "12345678901234567890.123456789"),
        (10**30, str(10**30)),
        (True, "true"),
        (None, "null"),
        ("å", '"å"'),
        (Color.RED, '"RED"'),
        (Color("BLUE"), '"BLUE"'),
        (Size(7), "7"),
        (Plain.ONE, '"ONE"'),
        (ID, '"cfa69f56-2faf-4a1f-a011-1980d4e385b0"'),
        (dt.date(2024, 1, 15), '"2024-01-15"'),
        (dt.datetime(2024, 1, 15, 10, tzinfo=dt.UTC), '"2024-01-15T10:00:00Z"'),
        (dt.datetime(2024, 1, 15, 10, 0, 0, 5, tzinfo=dt.UTC), '"2024-01-15T10:00:00.000005Z"'),
        (dt.datetime(2024, 7, 15, 10, tzinfo=ZoneInfo("Europe/Oslo")), '"2024-07-15T10:00:00+02:00"'),
        (dt.datetime(2024, 1, 15, 10, tzinfo=dt.timezone(-HOUR / 2)), '"2024-01-15T10:00:00-00:30"'),
        (dt.datetime(1890, 1, 1, tzinfo=dt.timezone(43 * 60 * SECOND + SECOND)), '"1889-12-31T23:16:59Z"'),
        (dt.datetime(1, 1, 1, tzinfo=dt.timezone(2 * HOUR)), '"0001-01-01T00:00:00+02:00"'),
        (b"abc", f'"{base64.b64encode(b"abc").decode()}"'),
        ((1, [2]), "[1,[2]]"),
        ({"a": Decimal("1E+1")}, '{"a":10}'),
    ],
    ids=repr,
)
def test_how_values_are_written(value: Any, text: str) -> None:
    """Numbers are plain, instants end in Z or their offset, and `unstructure` says the same in plain values."""
    assert codec.encode(value) == text.encode()
    assert codec.encode(codec.unstructure(value)) == text.encode()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0.1, "expected an int or a Decimal, found float at $; use Decimal('10.50'), which keeps every digit"),
        (Decimal("NaN"), "expected a finite Decimal, found an infinite one or NaN at $; use Decimal('10.50')"),
        (Decimal("-Infinity"), "expected a finite Decimal, found an infinite one or NaN at $; use Decimal('10.50')"),
        (Decimal("sNaN"), "expected a finite Decimal, found an infinite one or NaN at $; use Decimal('10.50')"),
        (Decimal("1E+999999999"), "expected an amount, found a Decimal with an exponent out of range"),
        (Decimal("1E-999999"), "expected an amount, found a Decimal with an exponent out of range"),
        (Decimal("0E+999999999"), "expected an amount, found a Decimal with an exponent out of range"),
        (dt.datetime(2024, 1, 15, 10), "expected a datetime with a time zone, found one without"),  # noqa: DTZ001  # the point
        (
            dt.datetime.min.replace(tzinfo=dt.timezone(HOUR + dt.timedelta(seconds=1))),
            "within years 1 to 9999",
        ),  # the point
        ("\ud800", "expected valid text, found a str with a lone surrogate"),
        ({"\ud800": 1}, "expected a key of valid characters, found a lone surrogate"),
        ({"\ud800"}, "expected a value that JSON can hold, found set"),
        (object(), "expected a value that JSON can hold, found object"),
        ({1: 2}, "expected a str as key, found int"),
        (10**5000, "expected a number, found an int with too many digits"),
    ],
    ids=lambda value: str(type(value)),
)
def test_what_is_not_sent(value: Any, message: str) -> None:
    """What JSON cannot hold, or what would arrive as something else, is refused with the fix."""
    with pytest.raises(RequestError) as caught:
        codec.encode([value])
    assert message.replace("$", "$[0]") in str(caught.value)
    assert caught.value.path == "$[0]"


class Timestamp(dt.datetime):
    """A datetime as pandas and freezers of time make them."""


class Day(dt.date):
    """A date of the same kind."""


def test_subclasses_of_scalars_are_written_like_their_bases() -> None:
    """Other libraries have datetimes and numbers of their own, which are sent as what they are."""
    values = {Timestamp(2024, 1, 31, tzinfo=dt.UTC): "2024-01-31T00:00:00Z", Day(2024, 1, 31): "2024-01-31"}
    for value, text in values.items():
        assert codec.encode(value) == f'"{text}"'.encode()
        assert codec.unstructure(value) == text


def test_a_value_that_holds_itself_is_refused() -> None:
    """A loop cannot be written, and says so instead of ending in a RecursionError."""
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(RequestError, match="nested too deeply"):
        codec.encode(loop)
