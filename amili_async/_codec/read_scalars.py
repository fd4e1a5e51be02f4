"""Plain JSON values to the scalars of the models, without guessing.

Strict where a guess could change money or meaning: no number from a string, no string from a number, no boolean from
either. Tolerant where nothing can be lost: a whole number however it is written (`3`, `3.0`), instants without a zone
(read as UTC), a date-time where a date is meant (cut), a date where a date-time is meant (midnight UTC).
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

import msgspec

from amili_async._codec.hooks import Reader, Shortcut
from amili_async._codec.problems import not_json

__all__ = [
    "FINITE_DECIMAL",
    "enum_reader",
    "read_bool",
    "read_bytes",
    "read_date",
    "read_date_or_datetime",
    "read_datetime",
    "read_decimal",
    "read_float",
    "read_int",
    "read_none",
    "read_str",
    "read_uuid",
]

_DATE_LENGTH = len("2024-01-31")
_UUID_LENGTH = len("cfa69f56-2faf-4a1f-a011-1980d4e385b0")
_SEPARATORS = ("T", "t", " ")
_decode_uuid = msgspec.json.Decoder(UUID).decode
_parse_datetime = dt.datetime.fromisoformat
_parse_date = dt.date.fromisoformat
#: A Decimal of more digits than this is no count of anything; turning 1E999999999 into an int would eat the memory.
_MAX_INT_DIGITS = 100
_MAX_ENUM_TABLE = 1000

#: All that comes from JSON text.
FINITE_DECIMAL: Final = Shortcut("{v}.__class__ is {exact} and {v}.is_finite()", names={"exact": Decimal})


def read_none(value: Any) -> None:
    """Take null."""
    if value is not None:
        raise not_json("null", value)


def read_str(value: Any) -> str:
    """Take a string."""
    if value.__class__ is str:
        return value
    raise not_json("a string", value)


def read_bool(value: Any) -> bool:
    """Take true or false."""
    if value.__class__ is bool:
        return value
    raise not_json("a boolean", value)


def read_int(value: Any) -> int:
    """Take a whole number, however it is written."""
    if value.__class__ is int:
        return int(value)
    if value.__class__ is Decimal and value.adjusted() < _MAX_INT_DIGITS and value == value.to_integral_value():
        return int(value)
    raise not_json("a whole number", value, same_kind=Decimal)


def read_float(value: Any) -> float:
    """Take a number."""
    if value.__class__ is int or value.__class__ is Decimal or value.__class__ is float:
        try:
            number = float(value)
        except OverflowError:  # an int; a Decimal gives infinity
            number = float("inf")
        if number - number == 0:  # false for infinities and NaN
            return number
        raise not_json("a number that fits a float", value, same_kind=object)
    raise not_json("a number", value)


def read_decimal(value: Any) -> Decimal:
    """Take a number, digit for digit."""
    if value.__class__ is Decimal:
        if value.is_finite():
            return value
        raise not_json("a number", value, same_kind=Decimal)
    if value.__class__ is int:
        return Decimal(value)
    fix = "parse JSON with codec.decode_json, which keeps every digit" if value.__class__ is float else ""
    raise not_json("a number", value, fix=fix)


def read_uuid(value: Any) -> UUID:
    """Take the text of a UUID, with or without hyphens."""
    try:
        if len(value) <= _UUID_LENGTH:  # longer ones could spell it with escapes
            return _decode_uuid('"' + value + '"')  # an eighth of the time of UUID(value), and takes no braces
    except (msgspec.DecodeError, TypeError, UnicodeError):
        pass
    raise not_json("a UUID", value, same_kind=str)


def read_datetime(value: Any) -> dt.datetime:
    """Take an ISO instant. No zone means UTC; digits beyond the microsecond are cut, as .NET writes seven."""
    try:
        instant = _parse_datetime(value)
    except (ValueError, TypeError):
        raise not_json("a date-time", value, same_kind=str) from None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=dt.UTC)


def read_date(value: Any) -> dt.date:
    """Take an ISO date; of a date-time, the date as it is written."""
    try:
        return _parse_date(value)
    except (ValueError, TypeError):
        pass
    if value.__class__ is str and value[_DATE_LENGTH : _DATE_LENGTH + 1] in _SEPARATORS:
        with contextlib.suppress(ValueError):
            return _parse_date(value[:_DATE_LENGTH])
    raise not_json("a date", value, same_kind=str)


def read_date_or_datetime(value: Any) -> dt.datetime | dt.date:
    """Take an ISO date or instant: ten characters are a date."""
    try:
        return read_date(value) if len(value) == _DATE_LENGTH else read_datetime(value)
    except (ValueError, TypeError):
        raise not_json("a date or a date-time", value, same_kind=str) from None


def read_bytes(value: Any) -> bytes:
    """Take base64 text."""
    try:
        return base64.b64decode(value, validate=True)
    except (ValueError, TypeError):
        raise not_json("base64 text", value, same_kind=str) from None


def enum_reader(cls: type[Enum]) -> Reader:
    """Make the reader of an enum. An open one keeps values it does not know; any other refuses them."""
    raw, expected = (int, "a whole number") if issubclass(cls, int) else (str, "a string")
    # Calling an enum costs ten times as much as this table. Values that were not known are added, up to a limit: they
    # come from outside.
    table: dict[Any, Enum] = {member.value: member for member in cls}

    def read_enum(value: Any) -> Enum:
        if value.__class__ is not raw:
            raise not_json(expected, value)
        member = table.get(value)
        if member is None:
            try:
                member = cls(value)
            except ValueError:
                raise not_json(f"one of the values of {cls.__name__}", value, same_kind=raw) from None
            if len(table) < _MAX_ENUM_TABLE:
                table[value] = member
        return member

    known = Shortcut("{v}.__class__ is {raw} and {v} in {table}", "{table}[{v}]", {"raw": raw, "table": table})
    return Reader(read_enum, shortcut=known)
