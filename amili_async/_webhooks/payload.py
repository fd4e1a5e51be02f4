"""Bytes of a webhook to plain JSON values, with errors that say where and show nothing."""

from __future__ import annotations

import codecs
import re
from typing import Any, Final, TypeVar

from amili_async.codec import decode_json, structure
from amili_async.errors import DecodeError, WebhookError

__all__ = ["read_field", "read_model", "read_payload"]

T = TypeVar("T")

_POSITION: Final = re.compile(r"\(byte (\d+)\)")


def read_payload(body: bytes) -> dict[str, Any]:
    """Read the body as a JSON object.

    Raises:
        WebhookError: It is none; the message says in which line and column.
    """
    try:
        payload = decode_json(body)
    except DecodeError as error:
        text = body.removeprefix(codecs.BOM_UTF8)
        reason = _POSITION.sub(lambda match: _place(text, int(match[1])), error.message)
        raise WebhookError(f"the webhook's body is {reason}") from None
    if not isinstance(payload, dict):
        raise WebhookError("the webhook's body is JSON, but not an object at $")
    return payload


def read_model(payload: dict[str, Any], model: type[T]) -> T:
    """Read a payload as a model of the spec.

    Raises:
        WebhookError: A field has another type; the message has its path in wire names.
    """
    try:
        return structure(payload, model)
    except DecodeError as error:
        raise WebhookError(f"the webhook's body has another shape than documented: {error.message}") from None


def read_field(payload: dict[str, Any], type_: type[T], *path: str) -> T | None:
    """Read one field, by its names from the outside in; None if it is not there or null.

    Raises:
        WebhookError: It is of another type.
    """
    value: Any = payload
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return None
    try:
        return structure(value, type_)
    except DecodeError as error:
        place = ".".join(("$", *path))
        message = error.message.replace("at $", f"at {place}")
        raise WebhookError(f"the webhook's body has another shape than documented: {message}") from None


def _place(text: bytes, offset: int) -> str:
    before = text[:offset]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    return f"(line {line}, column {column})"
