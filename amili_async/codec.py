"""JSON bytes to models and back.

    case = decode(b'{"caseId": "..."}', Case)
    data = encode(CreateInvoicesRequest(invoices=[...]))

Reading is tolerant where nothing can be lost, and strict where a guess could change money or meaning:

- Numbers are exact: amounts are `Decimal`, digit for digit. A string is never taken for a number or the reverse.
- Instants without a zone are read as UTC; digits beyond the microsecond are cut. Where a date is meant and a date-time
  came, the date is taken as written. Where both may come, ten characters are a date.
- Unknown enum values are kept, and so are unknown fields, in `additional_properties`. Both are sent back unchanged.
- For an optional field null is the same as absent; a required one has to be there, and not null.

Writing is strict, as what goes out are legal claims. It refuses a float or a text as an amount, a datetime without time
zone, a datetime or a text as a date, and an entry of `additional_properties` that names a field of the model. `None`
is left out, except in lists and where null means something else than absent (`UNSET` is left out there). A plain string
will do for an open enum. Decimals go out in plain notation, never as `1E+5`. Also in dicts and other open places floats
are refused: what stands there may well be an amount.

Errors name the place in wire names (`$.invoices[3].dueDate`) and never the value.

JSON text is read and written by msgspec; `converter`, a cattrs `Converter`, does the rest. Hooks may be registered
there to change or add a type, before the first value of a model that has it.
"""

from __future__ import annotations

import contextlib
from typing import Any, Final, TypeVar

import attrs
from cattrs import Converter

from amili_async._codec.build import build_converter
from amili_async._codec.hooks import Convert, Walk, Writer, reader_of, writer_of
from amili_async._codec.json_text import dumps, loads, loads_in_pieces
from amili_async._codec.problems import summarize
from amili_async._codec.read_models import model_lists
from amili_async.errors import DecodeError, RequestError

__all__ = ["converter", "decode", "decode_json", "encode", "structure", "unstructure"]

T = TypeVar("T")

#: Bytes from which on it pays to read lists item by item.
_LARGE = 50_000
converter: Final[Converter] = build_converter()
#: Writers of models that were encoded before: a push encodes one after the other, and looking its writer up takes as
#: long as half of the encoding.
_MODELS: Final[dict[type, Writer]] = {}


def decode(data: bytes, type_: type[T]) -> T:
    """Read JSON text as a value of a type: a model, `list[Model]`, `Any`.

    Raises:
        DecodeError: It is not JSON, or not of that shape; `path` says where.
    """
    reader = reader_of(converter, type_)
    if reader.model is not None and len(data) >= _LARGE:
        # A page is mostly one list. Read item by item, its plain values live only for a moment, which nearly halves the
        # memory at the peak and a good part of the time. If anything is wrong, the text as a whole tells what.
        with contextlib.suppress(Exception):
            page: T = reader.read(loads_in_pieces(data, model_lists(type_, converter)))
            return page
    return structure(loads(data), type_)


def decode_json(data: bytes) -> Any:
    """Read JSON text as dicts, lists and scalars. Numbers become int or `Decimal`, with every digit.

    Raises:
        DecodeError: It is not JSON.
    """
    return loads(data)


def structure(obj: Any, type_: type[T]) -> T:
    """Turn plain JSON values, as `decode_json` gives them, into a value of a type.

    Raises:
        DecodeError: It has another shape; `path` says where.
    """
    reader = reader_of(converter, type_)
    result: T = _convert(reader.read, obj, reader.walk, DecodeError)
    return result


def encode(value: Any) -> bytes:
    """Write a model, or plain values with models, Decimals, UUIDs and dates in them, as JSON text.

    Raises:
        RequestError: Something in it must not or cannot be sent; `path` says where.
    """
    writer = _MODELS.get(value.__class__) or _writer_for(value)
    try:
        return dumps(writer.native(value))
    except Exception as caught:  # noqa: BLE001  # what is not the value's fault is raised again
        failure = caught
    # Outside of the except block, so that the new error does not drag along one that may quote the value.
    raise _explained(failure, value, writer.walk, RequestError)


def unstructure(model: Any) -> Any:
    """Turn a model into plain JSON values: dicts, lists, strings, numbers (`Decimal` for amounts), booleans, None.

    Raises:
        RequestError: Something in it must not or cannot be sent; `path` says where.
    """
    writer = writer_of(converter, Any)
    return _convert(writer.plain, model, writer.walk, RequestError)


def _writer_for(value: Any) -> Writer:
    cls = value.__class__
    if attrs.has(cls) and (writer := writer_of(converter, cls)).model is not None:
        _MODELS[cls] = writer
        return writer
    return writer_of(converter, Any)


def _convert(convert: Convert, value: Any, walk: Walk, error: type[DecodeError | RequestError]) -> Any:
    try:
        return convert(value)
    except Exception as caught:  # noqa: BLE001  # as in `encode`
        failure = caught
    raise _explained(failure, value, walk, error)


def _explained(failure: Exception, value: Any, walk: Walk, error: type[DecodeError | RequestError]) -> Exception:
    """What to raise: where the value is at fault, and how; or the failure itself, if the value is not."""
    found = summarize(walk(value, "$"))
    if found is None:
        return failure
    path, message = found
    return error(message, path=path)
