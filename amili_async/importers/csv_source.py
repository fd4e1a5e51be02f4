"""Records from a CSV file, a row at a time.

A row that cannot be a record is reported with its place, and the next one is read. That holds for a quotation mark
that is never closed as well: it must not swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from amili_async.importers.columns import TABLES
from amili_async.importers.delimiters import delimiter_of
from amili_async.importers.files import CHANGED, TextFile
from amili_async.importers.header import bind_header, known_titles
from amili_async.importers.kinds import INVOICES, RecordKind
from amili_async.importers.mapping import ColumnMap, read_mapping
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import Record, Row
from amili_async.importers.rows import CellProblemError

__all__ = ["CsvRecords"]

# A cell may hold line breaks, but not as many as this.
_MOST_LINES_PER_ROW: Final = 40
_LONGEST_LINE: Final = 1 << 16
_UNCLOSED: Final = "unexpected end of data"  # the words of the csv module


class CsvRecords:
    """The records of one CSV file, whose header names its columns.

    Iterate over it once to get, for each row, the record or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: About how many rows there are; a cell with line breaks counts for more than one.
        notes: What the user should know about how it is read.
    """

    def __init__(
        self,
        path: Path | str,
        kind: RecordKind[Record] = INVOICES,
        options: ReadOptions = ReadOptions(),  # noqa: B008  # it cannot be changed
    ) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used, its header is wrong, or the mapping file is.
        """
        table = TABLES[kind.name]
        mapping = read_mapping(options.mapping, table) if options.mapping is not None else ColumnMap()
        self._file = TextFile(path, longest_line=_LONGEST_LINE, encoding=options.encoding or mapping.encoding)
        self.name = self._file.name
        self.notes = self._file.notes
        try:
            self._lines = _Lines(self._file)
            self._delimiter = delimiter_of(
                self._lines, known_titles(table, mapping), options.delimiter or mapping.delimiter, self.name
            )
            self._reader = csv.reader(self._lines, strict=True, delimiter=self._delimiter)
            header = self._header()
            self._width = len(header)
            self._rows = bind_header(header, table, mapping, self.name)
            self.notes += mapping.notes(header, self.name)
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

    def __iter__(self) -> Iterator[Row]:
        while True:
            line = self._lines.number + 1
            self._lines.start_row()
            try:
                cells = [cell.strip() for cell in next(self._reader)]
            except StopIteration:
                break
            except csv.Error as error:
                reason = _why_not_csv(error, self._lines.row_lines)
                self._lines.back_to_second_line()
                yield self._problem(line, None, reason)
                continue
            if not any(cells):
                continue  # a blank line, or the empty rows that spreadsheets leave at the end
            if len(cells) != self._width:
                reason = self._why_not_as_many(len(cells), self._lines.row_lines)
                self._lines.back_to_second_line()
                yield self._problem(line, None, reason)
                continue
            try:
                record = self._rows.record(cells)
            except CellProblemError as problem:
                yield self._problem(line, problem.column, problem.reason)
                continue
            yield record
        if self._file.was_changed():
            yield self._problem(self._lines.number, None, CHANGED)

    def _problem(self, line: int, column: str | None, reason: str) -> RowProblem:
        return RowProblem(self.name, line, column, reason)

    def _header(self) -> list[str]:
        self._lines.start_row()
        try:
            return next(self._reader, [])
        except csv.Error as error:
            why = _why_not_csv(error, self._lines.row_lines)
            raise SourceError(f"{self.name}: the first line is not a header: {why}") from None

    def _why_not_as_many(self, cells: int, lines: int) -> str:
        counts = f"has {cells} columns, the header has {self._width}"
        if lines > 1:
            return f"runs over {lines} lines and {counts}; is a quotation mark not closed?"
        if cells < self._width:
            return f"{counts}; does the line break off?"
        sign = {",": "comma", ";": "semicolon", "\t": "tab"}.get(self._delimiter, f'"{self._delimiter}"')
        return f"{counts}; a cell with a {sign} in it needs quotation marks"


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

    def peek(self) -> str | None:
        """The next line, which is still to come; empty at the end of the file, None if it is too long."""
        line = self._file.read_line()
        if line != "":
            self._again.append(line)
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


def _why_not_csv(error: csv.Error, lines: int) -> str:
    text = str(error)
    if text == _UNCLOSED or lines > 1:
        return "a quotation mark is opened and not closed"
    if "expected after" in text:
        return 'a quotation mark inside a quoted cell must be doubled ("")'
    if "new-line" in text:
        return "a carriage return stands in the middle of the line"
    return text
