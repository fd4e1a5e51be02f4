"""JSON bytes to Python and back, exact with numbers."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Any, Final

import msgspec

__all__ = ["MAX_DEPTH", "MalformedJsonError", "canonical", "decode_json", "encode_json"]

# A few bytes of JSON (1e999999999) can stand for a number that no arithmetic survives.
_MAX_MAGNITUDE: Final = 30
# No request comes near; what is nested deeper would exhaust the stack of whoever walks through it.
MAX_DEPTH: Final = 100
_CONTEXT: Final = Context(prec=_MAX_MAGNITUDE + 1)
_TOO_DEEP: Final = "it is nested too deeply"


class MalformedJsonError(ValueError):
    """The bytes are not JSON, are nested too deeply, or hold a number that no amount of money can be."""


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


def decode_json(data: bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read JSON; numbers with a fraction come as Decimal.

    Args:
        data: What was sent.
        max_depth: How many objects and lists may be inside of one another.

    Raises:
        MalformedJsonError: The bytes are not JSON, or are nested too deeply.
    """
    try:
        value = _DECODER.decode(data)
    except RecursionError:
        raise MalformedJsonError(_TOO_DEEP) from None
    except (msgspec.DecodeError, ValueError) as error:
        raise MalformedJsonError(str(error)) from error
    if _is_too_deep(value, max_depth):
        raise MalformedJsonError(_TOO_DEEP)
    return value


def _is_too_deep(value: Any, max_depth: int) -> bool:
    level: list[Any] = [[value]]
    for _ in range(max_depth + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def encode_json(value: Any) -> bytes:
    """Write JSON; Decimals go out digit by digit."""
    return _ENCODER.encode(value)


def canonical(value: Any) -> bytes:
    """Write JSON in which the order of fields does not matter."""
    return _CANONICAL.encode(value)
