"""What the shell offers while `amili call` is being typed.

It has to come between two strokes of a key, so the operation tables are read as text and not imported: with their
models they take a hundred times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["complete_operation", "complete_parameter", "names_of_operations", "names_of_parameters"]

_ENDPOINTS: Final = Path(__file__).parent.parent / "endpoints"
_ROW: Final = re.compile(r'^    id="(\w+)",$', re.MULTILINE)
_SUMMARY: Final = re.compile(r'^    summary="(.*)",$', re.MULTILINE)
_PARAM: Final = re.compile(r'Param\(name="\w+", wire="([^"]+)"')


def complete_operation(incomplete: str) -> list[tuple[str, str]]:
    """The operations that begin so, whatever the case of the letters, with what they do."""
    start = incomplete.lower()
    return [(name, summary) for name, summary in names_of_operations() if name.lower().startswith(start)]


def complete_parameter(operation: str, incomplete: str) -> list[str]:
    """The parameters of an operation that begin so, ready for their value."""
    start = incomplete.lower()
    return [f"{name}=" for name in names_of_parameters(operation) if name.lower().startswith(start)]


def names_of_operations() -> Iterator[tuple[str, str]]:
    """Each operation with its summary."""
    for name, row in _rows():
        summary = _SUMMARY.search(row)
        yield name, summary[1] if summary else ""


def names_of_parameters(operation: str) -> list[str]:
    """The wire names of an operation's parameters."""
    wanted = operation.replace("_", "").lower()
    return next((_PARAM.findall(row) for name, row in _rows() if name.lower() == wanted), [])


def _rows() -> Iterator[tuple[str, str]]:
    for table in sorted(_ENDPOINTS.glob("*/_operations.py")):
        text = table.read_text(encoding="utf-8")
        starts = list(_ROW.finditer(text))
        ends = [start.start() for start in starts[1:]] + [len(text)]
        for start, end in zip(starts, ends, strict=True):
            yield start[1], text[start.end() : end]
