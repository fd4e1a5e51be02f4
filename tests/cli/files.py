"""Input files for the tests of the command line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

GOOD: Mapping[str, str] = {
    "invoice_number": "1001",
    "original_invoice_amount": "1249.50",
    "currency": "NOK",
    "invoice_date": "2026-09-01",
    "due_date": "2026-09-15",
    "lastname": "Eksempel",
}


def rows(*changes: Mapping[str, str]) -> list[dict[str, str]]:
    """Good rows with these cells changed, numbered from 1001."""
    return [{**GOOD, "invoice_number": str(1001 + index), **change} for index, change in enumerate(changes)]


def as_csv(lines: Iterable[Mapping[str, str]], columns: Iterable[str] = GOOD) -> str:
    """The text of a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def write(path: Path, text: str | bytes) -> Path:
    """Write a file, in UTF-8 if it is text."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
