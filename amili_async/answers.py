"""From raw answers to models and errors: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

from amili_async import codec
from amili_async.errors import DecodeError, RateLimitedError, ResponseError, ServerError, response_error
from amili_async.operations import Operation
from amili_async.request import RawResponse

__all__ = ["error_for", "parsed", "request_id"]

T = TypeVar("T")

# Which header Amili's answers carry is not documented; the first is the one of its webhooks, the others are common.
_REQUEST_ID_HEADERS: Final = ("x-amili-request-id", "x-request-id", "x-correlation-id", "request-id")

# Ids are short and plain. What is not would break logs and terminals: a header may hold any byte but a line break.
_REQUEST_ID: Final = re.compile(r"[!-~]([ -~]{0,198}[!-~])?")

_ADVICE: Final[Mapping[int, str]] = {
    400: "error.body may say which field",
    401: "the token was not accepted: check that the credentials and base_url belong to the same environment",
    403: "this client may not do that for this organization: check the organization id, and the permissions with Amili",
    404: "check the ids and base_url",
    409: "it contradicts what is there already: look that up before sending again",
    422: "the content was refused; error.body may say which field",
    429: "too many requests: send fewer at a time",
}


def request_id(headers: Mapping[str, str]) -> str | None:
    """The server's id of a request, where it sent one."""
    return next((headers[name] for name in _REQUEST_ID_HEADERS if _REQUEST_ID.fullmatch(headers.get(name, ""))), None)


def parsed(operation: Operation[T], raw: RawResponse, key: str | None = None) -> T:
    """Decode the body of a good answer.

    A success status that the documentation does not list is read like the one it does list.

    Args:
        operation: What was called.
        raw: The answer.
        key: The idempotency key it was sent with.

    Raises:
        DecodeError: The body has another shape.
    """
    model = operation.responses.get(raw.status, next(iter(operation.responses.values()), None))
    try:
        if model is not None:
            answer: T = codec.decode(raw.content, model)
            return answer
        return _open_answer(raw)  # type: ignore[no-any-return]  # T is Any where the answer has no model
    except DecodeError as error:
        number = request_id(raw.headers)
        accepted = "" if operation.is_read else ". The API has accepted the request: do not send it again"
        raise DecodeError(
            f"{operation.id}: the answer (status {raw.status}{_quoted(number)}) is not what the documentation shows: "
            f"{error.message}{accepted}",
            path=error.path,
            operation=operation.id,
            status=raw.status,
            request_id=number,
            idempotency_key=key,
        ) from error.with_traceback(None)  # its frames hold the body


def error_for(
    raw: RawResponse, name: str, operation: str | None, attempts: int, retry_after_s: float | None
) -> ResponseError:
    """The error for an answer that is not a success.

    Args:
        raw: The answer.
        name: What was called, for the message.
        operation: operationId, if it was an operation.
        attempts: How often the request was sent.
        retry_after_s: What the server asked to wait.
    """
    number = request_id(raw.headers)
    try:
        phrase = f" {HTTPStatus(raw.status).phrase}"
    except ValueError:
        phrase = ""  # statuses such as 520 are known to no standard
    if 300 <= raw.status < 400:
        advice = "redirects are not followed, since they could carry the token away: check base_url"
    else:
        advice = _ADVICE.get(raw.status, "the server failed: try again later" if raw.status >= 500 else "")
    error = response_error(raw.status)(
        f"{name}: the API answered {raw.status}{phrase}{_quoted(number)}" + (f"; {advice}" if advice else ""),
        status=raw.status,
        operation=operation,
        request_id=number,
        attempts=attempts,
        headers=raw.headers,
        body=_body(raw),
    )
    if isinstance(error, (RateLimitedError, ServerError)):
        error.retry_after_s = retry_after_s
    return error


def _open_answer(raw: RawResponse) -> Any:
    """Whatever came, where nothing is known of it: JSON values, text (a ping), bytes (a file), or None."""
    if not raw.content.strip():
        return None
    content_type = raw.headers.get("content-type", "")
    try:
        return codec.decode_json(raw.content)
    except DecodeError:
        if "json" in content_type:
            raise
    return raw.content.decode(errors="replace") if content_type.startswith("text/") else raw.content


def _quoted(number: str | None) -> str:
    return f", request {number}" if number else ""


def _body(raw: RawResponse) -> Any:
    try:
        return codec.decode_json(raw.content)
    except DecodeError:
        return raw.content
