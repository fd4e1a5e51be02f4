"""JSON text to plain Python values and back, with every number exact."""

from __future__ import annotations

import codecs
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from amili_async.errors import DecodeError

__all__ = ["dumps", "loads"]

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")

dumps = _ENCODER.encode


def loads(data: bytes) -> Any:
    """Read JSON text. Numbers become int or Decimal.

    Raises:
        DecodeError: It is not JSON. The message says where, and shows nothing of the text.
    """
    if data.startswith(codecs.BOM_UTF8):  # .NET writes one at times, and RFC 8259 lets a reader skip it
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return _DECODER.decode(data)
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except RecursionError:
        reason = "it is nested too deeply"
    except InvalidOperation:
        reason = "it has a number with an exponent out of range"
    except msgspec.ValidationError:
        reason = "it has a number with too many digits"
    except msgspec.DecodeError as error:
        reason = str(error) if data.strip() else "it is empty"
    # Raised out here, so that the error does not drag along one that holds the text.
    raise DecodeError(f"not readable as JSON: {reason}")
