"""Invoices from a CSV file, a row at a time.

A row that cannot be an invoice is reported with its place, and the next one is read. That holds for a quotation mark
that is never closed as well: it must not swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

from amili_async.importers.columns import COLUMNS, Column, Place, ValueProblemError, invoice_from
from amili_async.importers.files import TextFile
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["CsvInvoices"]

# A cell may hold line breaks, but not as many as this.
_MOST_LINES_PER_ROW: Final = 40
_LONGEST_LINE: Final = 1 << 16
_UNCLOSED: Final = "unexpected end of data"  # the words of the csv module


class CsvInvoices:
    """The invoices of one CSV file: UTF-8, comma separated, with a header of known column names.

    Iterate over it once to get, for each row, the invoice or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: About how many rows there are; a cell with line breaks counts for more than one.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used, or its header is wrong.
        """
        self._file = TextFile(path, longest_line=_LONGEST_LINE)
        self.name = self._file.name
        try:
            self._lines = _Lines(self._file)
            self._reader = csv.reader(self._lines, strict=True)
            self._columns = _columns(self._header(), self.name)
        except BaseException:
            self.close()
            raise
        self.expected = max(self._file.count - self._lines.number, 0)

    @property
    def line(self) -> int:
        """The last line that was read."""
        return self._lines.number

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[CreateInvoiceItem | RowProblem]:
        while True:
            line = self._lines.number + 1
            self._lines.start_row()
            try:
                cells = next(self._reader)
            except StopIteration:
                break
            except csv.Error as error:
                reason = _why_not_csv(error, self._lines.row_lines)
                self._lines.back_to_second_line()
                yield self._problem(line, None, reason)
                continue
            if not any(map(str.strip, cells)):
                continue  # a blank line, or the empty rows that spreadsheets leave at the end
            if len(cells) != len(self._columns):
                reason = _why_not_as_many(len(cells), len(self._columns), self._lines.row_lines)
                self._lines.back_to_second_line()
                yield self._problem(line, None, reason)
                continue
            yield self._invoice(cells, line)
        if self._file.was_changed():
            reason = "the file was changed while it was read; what was added was not read"
            yield self._problem(self._lines.number, None, reason)

    def _invoice(self, cells: Sequence[str], line: int) -> CreateInvoiceItem | RowProblem:
        parts: defaultdict[Place, dict[str, Any]] = defaultdict(dict)
        for column, cell in zip(self._columns, cells, strict=True):
            text = cell.strip()
            if not text:
                if column.required:
                    return self._problem(line, column, "is empty; an invoice needs it")
                continue
            try:
                parts[column.place][column.field] = column.read(text)
            except ValueProblemError as problem:
                return self._problem(line, column, "cannot be read" if column.personal else str(problem))
        return invoice_from(parts)

    def _problem(self, line: int, column: Column | None, reason: str) -> RowProblem:
        return RowProblem(self.name, line, column.name if column else None, reason)

    def _header(self) -> list[str]:
        self._lines.start_row()
        try:
            cells = next(self._reader, [])
        except csv.Error as error:
            why = _why_not_csv(error, self._lines.row_lines)
            raise SourceError(f"{self.name}: the first line is not a header: {why}") from None
        return [cell.strip().lower() for cell in cells]


class _Lines:
    """The lines of the file for the csv reader; those of a row can be taken back."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self._row: list[str | None] = []  # the lines of this row; None for one that is too long
        self._again: deque[str | None] = deque()
        self.number = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self.row_lines == _MOST_LINES_PER_ROW:
            raise csv.Error(_UNCLOSED)
        line = self._again.popleft() if self._again else self._file.read_line()
        if line == "":
            raise StopIteration
        self._row.append(line)
        self.number += 1
        if line is None:
            raise csv.Error(self._file.too_long)
        return line

    @property
    def row_lines(self) -> int:
        """How many lines the row has taken so far."""
        return len(self._row)

    def start_row(self) -> None:
        """A new row begins with the next line."""
        self._row.clear()

    def back_to_second_line(self) -> None:
        """The row was none: go on after its first line."""
        self._again.extendleft(reversed(self._row[1:]))
        self.number -= len(self._row) - 1


def _columns(header: Sequence[str], name: str) -> list[Column]:
    if header and header[0].startswith("{"):
        raise SourceError(f"{name} looks like JSON Lines; give it a name that ends in .jsonl")
    if len(header) <= 1 and any(other in "".join(header) for other in ";\t|"):
        raise SourceError(f"{name}: the columns of the header are not separated by commas; save the file with commas")
    if not any(title in COLUMNS for title in header):
        # It may be the first invoice, and so nothing of it is repeated.
        raise SourceError(f"{name}: the first line is not a header; it has to name the columns: {', '.join(COLUMNS)}")
    for position, title in enumerate(header, 1):
        if not title:
            raise SourceError(f"{name}: column {position} of the header has no name")
        if title not in COLUMNS:
            raise SourceError(f"{name}: {_shown(title)} is no known column; known are {', '.join(COLUMNS)}")
        if header.index(title) != position - 1:
            raise SourceError(f"{name}: the column {title} is there twice")
    if missing := [column.name for column in COLUMNS.values() if column.required and column.name not in header]:
        these = "this column is" if len(missing) == 1 else "these columns are"
        raise SourceError(f"{name}: {these} missing: {', '.join(missing)}")
    return [COLUMNS[title] for title in header]


def _shown(title: str) -> str:
    text = "".join(char if char.isprintable() else "?" for char in title)
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'


def _why_not_csv(error: csv.Error, lines: int) -> str:
    text = str(error)
    if text == _UNCLOSED or lines > 1:
        return "a quotation mark is opened and not closed"
    if "expected after" in text:
        return 'a quotation mark inside a quoted cell must be doubled ("")'
    if "new-line" in text:
        return "a carriage return stands in the middle of the line"
    return text


def _why_not_as_many(cells: int, columns: int, lines: int) -> str:
    counts = f"has {cells} columns, the header has {columns}"
    if lines > 1:
        return f"runs over {lines} lines and {counts}; is a quotation mark not closed?"
    if cells < columns:
        return f"{counts}; does the line break off?"
    return f"{counts}; a cell with a comma in it needs quotation marks"
