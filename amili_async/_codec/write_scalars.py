"""Scalars of the models to values that go out as JSON, refusing what would arrive as something else.

Each function takes the value of one field and returns what to send, or raises `MismatchError` with the fix.
What it returns is left to the JSON encoder where that writes it as we want it (`UUID`, `date`, `datetime`, `bytes`);
`TO_TEXT` turns those into text for whoever wants plain values.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

import msgspec

from amili_async._codec.hooks import Shortcut, Writer
from amili_async._codec.problems import MismatchError, not_python, with_article
from amili_async.types import OpenIntEnum, OpenStrEnum

__all__ = [
    "CENTS",
    "TO_TEXT",
    "UTC_DATETIME",
    "check_digits",
    "check_text",
    "datetime_text",
    "enum_writer",
    "write_bool",
    "write_bytes",
    "write_date",
    "write_datetime",
    "write_decimal",
    "write_float",
    "write_int",
    "write_none",
    "write_plain_decimal",
    "write_str",
    "write_uuid",
]

_CENTS = Decimal("0.01")
_UNITS = Decimal("1")
#: Plain notation spells out every zero; beyond this it is a mistake, not an amount.
_MAX_EXPONENT = 1000
_MAX_INT_BITS = 14_000
#: Below this exponent of the first digit, str() of a Decimal turns to scientific notation.
_LEAST_PLAIN = -6

#: Most amounts have two decimals, and most instants are in UTC.
CENTS: Final = Shortcut(
    "{v}.__class__ is {exact} and {is_cents}({v})", names={"exact": Decimal, "is_cents": _CENTS.same_quantum}
)
UTC_DATETIME: Final = Shortcut(
    "{v}.__class__ is {exact} and {v}.tzinfo is {utc}", names={"exact": dt.datetime, "utc": dt.UTC}
)

_USE_DECIMAL = "use Decimal('10.50')"
_USE_ZONE = "give it a time zone, e.g. tzinfo=datetime.UTC or ZoneInfo('Europe/Oslo')"


def write_none(value: Any) -> None:
    """Send null."""
    if value is not None:
        raise not_python("None", value)


def write_str(value: Any) -> str:
    """Send a string."""
    if value.__class__ is str:
        return str(value)
    if isinstance(value, Enum) and isinstance(value, str):
        return str(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    raise not_python("a str", value)


def check_text(value: Any) -> None:
    """Say whether a string can be encoded. The JSON encoder finds out by itself, but not where."""
    try:
        write_str(value).encode()
    except UnicodeEncodeError:
        raise MismatchError(
            "valid text", "a str with a lone surrogate", "read the source with its own charset"
        ) from None


def check_digits(value: Any) -> None:
    """Say whether an int can be encoded: Python does not write very long ones."""
    if write_int(value).bit_length() > _MAX_INT_BITS:
        raise MismatchError("a number", "an int with too many digits")


def write_bool(value: Any) -> bool:
    """Send true or false."""
    if value.__class__ is bool:
        return value
    raise not_python("a bool", value)


def write_int(value: Any) -> int:
    """Send a whole number."""
    if isinstance(value, int) and value.__class__ is not bool:
        return int(value)
    raise not_python("an int", value)


def write_float(value: Any) -> float:
    """Send a number that is no money."""
    if isinstance(value, (int, float)) and value.__class__ is not bool:
        number = float(value)
        if number - number == 0:  # false for infinities and NaN
            return number
        raise MismatchError("a finite float", "an infinite one or NaN")
    raise not_python("a float", value)


def write_decimal(value: Any) -> Decimal:
    """Take a finite number without rounding; a positive exponent is spelled out."""
    if value.__class__ is not Decimal:
        if isinstance(value, Decimal) or (isinstance(value, int) and value.__class__ is not bool):
            return write_decimal(Decimal(value))
        raise not_python("a Decimal", value, _USE_DECIMAL)
    if value.same_quantum(_CENTS) or value.same_quantum(_UNITS):  # amounts: two decimals, or none
        return value
    if not value.is_finite():
        raise MismatchError("a finite Decimal", "an infinite one or NaN", _USE_DECIMAL)
    if max(abs(value.adjusted()), abs(_exponent(value))) > _MAX_EXPONENT:
        raise MismatchError("an amount", "a Decimal with an exponent out of range", _USE_DECIMAL)
    return Decimal(format(value, "f")) if _exponent(value) > 0 else value


def write_plain_decimal(value: Any) -> Decimal | msgspec.Raw:
    """Send a number in plain notation; also a small one, which str() would write as 1E-7."""
    number = write_decimal(value)
    if number.adjusted() >= _LEAST_PLAIN:
        return number
    return msgspec.Raw(format(number, "f").encode())


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def write_uuid(value: Any) -> UUID:
    """Send a UUID."""
    if isinstance(value, UUID):
        return value
    raise not_python("a UUID", value, "use uuid.UUID(...)")


def write_datetime(value: Any) -> dt.datetime:
    """Send an instant. Without a zone it would be read as another instant than was meant, so it is refused."""
    if not isinstance(value, dt.datetime):
        raise not_python("a datetime", value, "use datetime.datetime(2024, 1, 31, 12, 0, tzinfo=datetime.UTC)")
    offset = value.utcoffset()
    if offset is None:
        raise MismatchError("a datetime with a time zone", "one without", _USE_ZONE)
    instant: dt.datetime = value
    if value.__class__ is not dt.datetime:  # pandas and the like; the encoder takes no subclasses
        instant = dt.datetime.fromisoformat(value.isoformat())
    if offset.seconds % 60 or offset.microseconds:  # local mean time of old dates; offsets on the wire have no seconds
        try:
            return instant.astimezone(dt.UTC)
        except OverflowError:
            raise MismatchError("a datetime within years 1 to 9999 UTC", "one outside") from None
    return instant


def write_date(value: Any) -> dt.date:
    """Send a day. A datetime is refused: which day it is depends on the zone."""
    if isinstance(value, dt.datetime):
        raise not_python("a date", value, "use its .date()")
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    raise not_python("a date", value, "use datetime.date(2024, 1, 31)")


def write_bytes(value: Any) -> bytes:
    """Send bytes, as base64 text."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    raise not_python("bytes", value)


def datetime_text(value: dt.datetime) -> str:
    """Write an instant as the JSON encoder does."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def enum_writer(cls: type[Enum]) -> Writer:
    """Make the writer of an enum. For an open one a plain value will do: the wire knows no difference."""
    open_kind = int if issubclass(cls, int) else str
    is_open = issubclass(cls, (OpenStrEnum, OpenIntEnum))
    expected = with_article(cls.__name__) + (f" or {open_kind.__name__}" if is_open else "")

    def write_enum(value: Any) -> Any:
        if isinstance(value, cls):
            return value.value
        if is_open and isinstance(value, open_kind) and not isinstance(value, (bool, Enum)):
            return open_kind(value)
        raise not_python(expected, value)

    def native(value: Any) -> Any:
        return value if value.__class__ is cls else write_enum(value)

    return Writer(write_enum, native, shortcut=Shortcut.of_class(cls))


#: How scalars that JSON does not have become text.
TO_TEXT: Final[Mapping[type, Callable[[Any], str]]] = {
    UUID: str,
    dt.datetime: datetime_text,
    dt.date: dt.date.isoformat,
    bytes: lambda value: base64.b64encode(value).decode("ascii"),
}
