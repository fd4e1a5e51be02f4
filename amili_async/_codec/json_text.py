"""JSON text to plain Python values and back, with every number exact."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from amili_async.errors import DecodeError

__all__ = ["Pieces", "dumps", "dumps_list", "loads", "loads_in_pieces"]

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
_ENCODER = msgspec.json.Encoder(decimal_format="number")

dumps = _ENCODER.encode


def dumps_list(values: Iterable[Any]) -> msgspec.Raw:
    """Write a list value by value, so that each is encoded while it is still in the processor's cache."""
    text = bytearray(b"[")
    encode_into = _ENCODER.encode_into
    for value in values:
        encode_into(value, text, -1)
        text += b","
    text[-1 if len(text) > 1 else 1 :] = b"]"
    return msgspec.Raw(text)


class Pieces(list[msgspec.Raw]):
    """A list whose items are still text."""

    def values(self) -> Iterator[Any]:
        """Read one after the other."""
        return map(_DECODER.decode, self)


def loads(data: bytes) -> Any:
    """Read JSON text. Numbers become int or Decimal.

    Raises:
        DecodeError: It is not JSON. The message says where, and shows nothing of the text.
    """
    data = data.removeprefix(codecs.BOM_UTF8)  # .NET writes one at times, and RFC 8259 lets a reader skip it
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


def loads_in_pieces(data: bytes, lists: Collection[str]) -> dict[str, Any]:
    """Read the text of an object, but leave the items of some of its lists for later.

    Raises:
        Exception: Of any kind, if something is wrong; `loads` tells what.
    """
    members = _MEMBERS.decode(data.removeprefix(codecs.BOM_UTF8))
    return {key: Pieces(_ITEMS.decode(raw)) if key in lists else _DECODER.decode(raw) for key, raw in members.items()}
