"""The body of a call: read, and checked against its model before anything is sent."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from amili_async import codec
from amili_async.errors import ConfigError, DecodeError, RequestError
from amili_async.operations import Operation

__all__ = ["read_body", "unknown_fields"]

_LARGEST: Final = 64 * 1024 * 1024


def read_body(operation: Operation[Any], given: str | None) -> Any:
    """The body as a model, or as plain JSON values where the spec knows no more.

    Args:
        operation: What is called.
        given: `@FILE`, `-` for stdin, or JSON itself; None for no body.

    Raises:
        ConfigError: There is none where one is needed, or one where none is taken, or it cannot be read.
        RequestError: It is not JSON, or not of the shape that the spec says.
    """
    spec = operation.request_body
    if given is None:
        if spec is not None and spec.required:
            raise ConfigError(f"{operation.id} needs --body; `amili call {operation.id} --describe` shows its fields")
        return None
    if spec is None:
        raise ConfigError(f"{operation.id} takes no body")
    data = _read(given)
    try:
        value = codec.decode_json(data) if spec.model is None else codec.decode(data, spec.model)
    except DecodeError as error:
        raise RequestError(f"--body: {error.message}", path=error.path) from None
    codec.encode(value)  # what cannot be written is found before anything is asked or sent
    return value


def unknown_fields(value: Any, path: str = "$") -> Iterator[str]:
    """Where a body holds fields that the spec does not name: slips of the pen, or what the documentation hides."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from unknown_fields(item, f"{path}[{number}]")
    elif attrs.has(type(value)):
        for name in value.additional_properties:
            yield f"{path}.{name}"
        for field in attrs.fields(type(value)):
            if "wire" in field.metadata:
                yield from unknown_fields(getattr(value, field.name), f"{path}.{field.metadata['wire']}")


def _read(given: str) -> bytes:
    if given == "-":
        return _limited(sys.stdin.buffer.read(_LARGEST + 1), "stdin")
    if not given.startswith("@"):
        return given.encode()
    path = Path(given[1:])
    try:
        with path.open("rb") as file:
            return _limited(file.read(_LARGEST + 1), str(path))
    except OSError as error:
        raise ConfigError(f"--body: {path} cannot be read ({error.strerror})") from None


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > _LARGEST:
        raise ConfigError(f"--body: {name} is larger than {_LARGEST // 1024**2} MiB; `amili push` sends many records")
    return data
