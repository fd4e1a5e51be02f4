"""What is wrong with a value, and where, without ever saying the value itself: it may be personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

__all__ = [
    "MismatchError",
    "Problem",
    "child",
    "json_kind",
    "not_json",
    "not_python",
    "python_kind",
    "summarize",
    "with_article",
]

_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.-]{0,63}")

_JSON_KINDS = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    Decimal: "a number",
    float: "a float",
    str: "a string",
    list: "a list",
    dict: "an object",
}


class MismatchError(ValueError):
    """A value is not what its place calls for.

    Attributes:
        expected: With article: `a number`.
        found: Its kind, never the value.
        fix: What to write instead, where that is not obvious.
    """

    def __init__(self, expected: str, found: str, fix: str = "") -> None:
        super().__init__(f"expected {expected}, found {found}" + (f"; {fix}" if fix else ""))
        self.expected = expected
        self.found = found
        self.fix = fix


class Problem(NamedTuple):
    """A mismatch and its place, in wire names."""

    path: str
    mismatch: MismatchError

    def __str__(self) -> str:
        what = self.mismatch
        return f"expected {what.expected}, found {what.found} at {self.path}" + (f"; {what.fix}" if what.fix else "")


def with_article(name: str) -> str:
    """Put the article before a name."""
    return f"an {name}" if name[:1] in "AEIOaeio" else f"a {name}"


def json_kind(value: Any) -> str:
    """Say what kind of JSON a value is."""
    return _JSON_KINDS.get(type(value)) or f"a Python {type(value).__name__}"


def python_kind(value: Any) -> str:
    """Say what class a value is of."""
    return "None" if value is None else type(value).__name__


def not_json(expected: str, value: Any, *, same_kind: type | None = None, fix: str = "") -> MismatchError:
    """Describe a value that was read; a `same_kind` value is of the right JSON kind but has the wrong content."""
    kind = json_kind(value)
    return MismatchError(
        expected, f"{kind} that is not one" if same_kind and isinstance(value, same_kind) else kind, fix
    )


def not_python(expected: str, value: Any, fix: str = "") -> MismatchError:
    """Describe a value that was to be sent."""
    return MismatchError(expected, python_kind(value), fix)


def child(path: str, key: Any) -> str:
    """Go one step down: an index, or a key. A key that does not look like a field's name may be data: it is masked."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if isinstance(key, str) and _NAME.fullmatch(key) else f"{path}[*]"


def summarize(problems: Iterator[Problem]) -> tuple[str, str] | None:
    """Path and text of the first problem, with the number of the others; None if there is none."""
    try:
        first = next(problems, None)
        if first is None:
            return None
        others = sum(1 for _ in problems)
    except RecursionError:
        return "$", "expected less nesting, found a value that is nested too deeply or holds itself"
    return first.path, f"{first} (and {others} more)" if others else str(first)
