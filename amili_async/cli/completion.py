"""What the shell offers while `amili call` is being typed.

It has to come between two strokes of a key, so the operation tables are read as text and not imported: with their
models that would take many times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

__all__ = ["Row", "complete_operation", "complete_parameter", "rows"]

_ENDPOINTS: Final = Path(__file__).parent.parent / "endpoints"
_ROW: Final = re.compile(r'^(\w+): Final\[.*\] = Operation\(\n    id="(\w+)",$', re.MULTILINE)
_SUMMARY: Final = re.compile(r'^    summary="(.*)",$', re.MULTILINE)
_PARAM: Final = re.compile(r'Param\(name="(\w+)", wire="([^"]+)"')


@frozen
class Row:
    """What completion needs of an operation.

    Attributes:
        id: The documentation's name.
        python: The name in Python.
        summary: What it does.
        parameters: Python name and wire name of each parameter.
    """

    id: str
    python: str
    summary: str
    parameters: list[tuple[str, str]]


def complete_operation(incomplete: str) -> list[tuple[str, str]]:
    """The operations that begin so, with what they do: under their own names, or as in Python."""
    return [
        (name, row.summary)
        for row in rows()
        for name in ([row.python] if incomplete[:1].islower() else [row.id])
        if name.startswith(incomplete)
    ]


def complete_parameter(operation: str, incomplete: str) -> list[str]:
    """The parameters of an operation that begin so, ready for their value; in Python's spelling if on the wire none."""
    wanted = operation.replace("_", "").lower()
    pairs = next((row.parameters for row in rows() if row.id.lower() == wanted), [])
    for names in ([wire for _, wire in pairs], [name for name, _ in pairs]):
        found = [f"{name}=" for name in names if name.startswith(incomplete)]
        if found:
            return found
    return []


def rows() -> Iterator[Row]:
    """All operations."""
    for table in sorted(_ENDPOINTS.glob("*/_operations.py")):
        text = table.read_text(encoding="utf-8")
        starts = list(_ROW.finditer(text))
        ends = [start.start() for start in starts[1:]] + [len(text)]
        for start, end in zip(starts, ends, strict=True):
            row = text[start.end() : end]
            summary = _SUMMARY.search(row)
            yield Row(start[2], start[1].lower(), summary[1] if summary else "", _PARAM.findall(row))
