"""Answers as a later version of the API might give them: a new value of a vocabulary, a new field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

from amili_async.sandbox.spec import OperationSpec

__all__ = ["drifted"]

_VALUE: Final = "SANDBOX_NEW_VALUE"
_FIELD: Final = "sandboxNewField"


def drifted(operation: OperationSpec, status: int, body: Any, what: Literal["enum", "field"]) -> Any:
    """A copy of an answer with something new in it: each known value of an enum replaced, or each object extended."""
    if what == "field":
        return _extended(body)
    words = set(operation.vocabulary(status))
    return _renamed(body, words)


def _extended(value: Any) -> Any:
    if isinstance(value, dict):
        return {**{name: _extended(inner) for name, inner in value.items()}, _FIELD: {"since": "tomorrow"}}
    return [_extended(inner) for inner in value] if isinstance(value, list) else value


def _renamed(value: Any, words: set[tuple[str, str]]) -> Any:
    if isinstance(value, dict):
        return dict(_fields(value, words))
    return [_renamed(inner, words) for inner in value] if isinstance(value, list) else value


def _fields(value: dict[str, Any], words: set[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        yield name, _VALUE if isinstance(inner, str) and (name, inner) in words else _renamed(inner, words)
