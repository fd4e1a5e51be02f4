"""From an operation and its arguments to a request: pure, and refusing what cannot be sent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, cast
from urllib.parse import quote, urlencode
from uuid import UUID

from attrs import evolve

from amili_async import codec
from amili_async.errors import RequestError
from amili_async.operations import Operation, Param
from amili_async.options import RequestOptions, is_header_text, is_unicode
from amili_async.request import Request

__all__ = ["build_request", "finish_request", "path_text"]

_FORM = "application/x-www-form-urlencoded"
# Set by the client itself; a stray one would send the token elsewhere or garble the body.
_PATH = re.compile(r"(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_RESERVED_HEADERS = frozenset({"authorization", "host", "content-length", "transfer-encoding"})


def build_request(
    operation: Operation[Any],
    path_args: Sequence[Any],
    params: Mapping[str, Any],
    body: Any,
    options: RequestOptions,
) -> Request:
    """Put the arguments of a call into a request.

    Args:
        operation: What is called.
        path_args: Path parameters, in the order of the path.
        params: Query and header parameters by Python name; None means not given.
        body: A model; where the spec knows none, anything the codec encodes; or bytes, which are sent as they are.
        options: Extra headers and query parameters are taken from here.

    Raises:
        TypeError: A parameter is missing or not known to the operation.
        RequestError: A value cannot be sent.
    """
    query: list[tuple[str, str]] = []
    headers: dict[str, str] = {"Accept": "application/json"}
    known = {p.name: p for p in operation.params if p.location != "path"}
    unknown = sorted(set(params) - set(known))
    if unknown:
        raise TypeError(f"{operation.id} has no parameter {unknown[0]!r}; it has: {', '.join(known) or 'none'}")
    for param in known.values():
        value = params.get(param.name)
        if value is None:
            if param.required:
                raise TypeError(f"{operation.id} needs the parameter {param.name!r}")
        elif param.location == "query":
            values = value if isinstance(value, (list, tuple)) else (value,)
            query += [(param.wire, _text(param, item)) for item in values]
        else:
            headers[param.wire] = _text(param, value)
    content, content_type = _body(operation, body)
    if content_type is not None:
        headers["Content-Type"] = content_type
    request = Request(
        method=operation.method,
        path=operation.prefix + _path(operation, path_args),
        query=query,
        headers=headers,
        content=content,
    )
    return finish_request(request, options)


def finish_request(request: Request, options: RequestOptions) -> Request:
    """Put the headers and query parameters of the options into a request, and check that it can go to the API.

    Raises:
        RequestError: The path does not begin with one slash, or a header belongs to the client.
    """
    if not request.path.startswith("/") or request.path.startswith("//"):
        raise RequestError(
            "the path must begin with one slash and hold no host; the request goes to base_url", path="path"
        )
    if not _HEADER_NAME.fullmatch(request.method):
        raise RequestError("the method is no word such as GET or POST", path="method")
    # A stream would be read up by the first attempt, and the next one would send an empty body.
    if request.content is not None and not isinstance(request.content, bytes):
        raise RequestError(
            f"the content must be bytes, not {type(cast('object', request.content)).__name__}, so that it can be sent "
            "again; encode text, and read files and streams first",
            path="content",
        )
    if not _PATH.fullmatch(request.path):
        raise RequestError(
            "the path holds characters that must be quoted; quote its values with urllib.parse.quote(value, safe=''), "
            "and give the query apart",
            path="path",
        )
    headers = {**request.headers, **options.headers}
    for name, text in headers.items():
        if name.lower() in _RESERVED_HEADERS:
            raise RequestError(f"the header {name} is set by the client and cannot be given", path=name)
        if not _HEADER_NAME.fullmatch(name) or not (text == "" or is_header_text(text)):
            raise RequestError(
                f"the header {name!r} cannot be sent: names and values are visible ASCII without line breaks", path=name
            )
    query = (*request.query, *options.query.items())
    for name, text in query:
        _check_text(name, "query")
        _check_text(text, name)
    return evolve(request, headers=headers, query=query)


def _path(operation: Operation[Any], path_args: Sequence[Any]) -> str:
    wanted = operation.path_params
    if len(path_args) != len(wanted):
        names = ", ".join(p.name for p in wanted) or "no path arguments"
        raise TypeError(f"{operation.id} takes {names}; {len(path_args)} given")
    path = operation.path
    for param, value in zip(wanted, path_args, strict=True):
        path = path.replace("{" + param.wire + "}", quote(path_text(param, value), safe=""))
    return path


def path_text(param: Param, value: Any) -> str:
    """A value as it stands in a path, before it is quoted.

    Raises:
        RequestError: It cannot stand there.
    """
    text = _text(param, value)
    _check_text(text, param.name)
    # Quoting leaves dots alone, and servers walk up the path on them.
    if text in ("", ".", ".."):
        raise RequestError(f"{param.name} is {text!r}, which is no id", path=param.name)
    return text


def _check_text(text: object, name: object) -> None:
    if not isinstance(text, str):
        raise RequestError(f"{name} must be text, not {type(text).__name__}", path=str(name))
    if not is_unicode(text):
        raise RequestError(f"{name} holds a lone surrogate; read its source with its own charset", path=str(name))


def _text(param: Param, value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case str():
            return str(value)
        case int() | UUID():
            return str(value)
        case Decimal() if value.is_finite():
            return format(value, "f")
        case dt.datetime():
            if value.tzinfo is None:
                raise RequestError(
                    f"{param.name} has no time zone; write e.g. datetime(2026, 1, 31, tzinfo=UTC)", path=param.name
                )
            try:
                return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
            except OverflowError:
                raise RequestError(f"{param.name} is outside of the years 1 to 9999 in UTC", path=param.name) from None
        case dt.date():
            return value.isoformat()
        case _:
            raise RequestError(f"{param.name} cannot be a {type(value).__name__}", path=param.name)


def _body(operation: Operation[Any], body: Any) -> tuple[bytes | None, str | None]:
    spec = operation.request_body
    if spec is None:
        if body is not None:
            raise TypeError(f"{operation.id} takes no body")
        return None, None
    if body is None:
        if spec.required:
            raise TypeError(f"{operation.id} needs a body")
        return None, None
    if isinstance(body, bytes):
        return body, spec.content_type  # encoded already, by somebody who counted the bytes
    if isinstance(spec.model, type) and not isinstance(body, spec.model):
        raise RequestError(
            f"the body of {operation.id} must be a {spec.model.__name__}, not a {type(body).__name__}", path="$"
        )
    if spec.content_type == _FORM:
        return urlencode(codec.unstructure(body)).encode(), _FORM
    return codec.encode(body), spec.content_type
