"""JSON bytes to Python and back, exact with numbers."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any, Final

import msgspec

__all__ = ["MalformedJsonError", "canonical", "decode_json", "encode_json"]

# A few bytes of JSON (1e999999999) can stand for a number that no arithmetic survives.
_MAX_MAGNITUDE: Final = 30
_CONTEXT: Final = Context(prec=_MAX_MAGNITUDE + 1)


class MalformedJsonError(ValueError):
    """The bytes are not JSON, or hold a number that no amount of money can be."""


def _number(text: str) -> Decimal:
    value = Decimal(text)
    if abs(value.adjusted()) > _MAX_MAGNITUDE:
        raise ValueError("a number is out of range")
    if value.as_tuple().exponent > 0:  # type: ignore[operator]  # JSON has no infinities
        return value.quantize(
            Decimal(1), context=_CONTEXT
        )  # 1E+5 becomes 100000, so that it is written back in plain notation
    return value


_DECODER: Final = msgspec.json.Decoder(float_hook=_number)
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_CANONICAL: Final = msgspec.json.Encoder(decimal_format="number", order="sorted")


def decode_json(data: bytes) -> Any:
    """Read JSON; numbers with a fraction come as Decimal.

    Raises:
        MalformedJsonError: The bytes are not JSON.
    """
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, ValueError) as error:
        raise MalformedJsonError(str(error)) from error


def encode_json(value: Any) -> bytes:
    """Write JSON; Decimals go out digit by digit."""
    return _ENCODER.encode(value)


def canonical(value: Any) -> bytes:
    """Write JSON in which the order of fields does not matter."""
    return _CANONICAL.encode(value)
