"""Invoices from a CSV file, a row at a time, in constant memory.

The file is looked through once before its first invoice is given out, so that a wrong encoding on the last line stops
the run before anything is sent. A row that cannot be an invoice is reported with its place, and the next one is read.
"""

from __future__ import annotations

import codecs
import csv
import os
import stat
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from amili_async.cli.columns import COLUMNS, Column, Place, ValueProblemError, invoice_from
from amili_async.cli.problems import RowProblem, SourceError
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["CsvInvoices"]

_BLOCK: Final = 1 << 20
_LONGEST_LINE: Final = 1 << 16
# A cell may hold line breaks. But a quotation mark that is never closed must not swallow the rest of the file.
_MOST_LINES_PER_ROW: Final = 40
_DELIMITER: Final = ","
_UNCLOSED: Final = "unexpected end of data"  # the words of the csv module


class CsvInvoices:
    """The invoices of one CSV file: UTF-8, comma separated, with a header of known column names.

    Iterate over it once to get, for each row, the invoice or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: About how many rows there are (cells with line breaks count for more than one).
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used: missing, a directory, empty, binary, not UTF-8, or its header is wrong.
        """
        self.name = str(path)
        self._file = _open(path, self.name)
        try:
            self._status = os.fstat(self._file.fileno())
            lines = _look_through(self._file, self.name)
            self._file.seek(0)
            self._lines = _Lines(self._file, self._status.st_size)
            self._reader = csv.reader(self._lines, strict=True, delimiter=_DELIMITER)
            self._columns = _columns(self._header(), self.name)
        except BaseException:
            self._file.close()
            raise
        self.expected = max(lines - self._lines.number, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

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
            if not any(cells):
                continue  # a blank line, or the empty rows that spreadsheets leave at the end
            if len(cells) != len(self._columns):
                reason = _why_not_as_many(len(cells), len(self._columns), self._lines.row_lines)
                self._lines.back_to_second_line()
                yield self._problem(line, None, reason)
                continue
            yield self._invoice(cells, line)
        now = os.fstat(self._file.fileno())
        if (now.st_size, now.st_mtime_ns) != (self._status.st_size, self._status.st_mtime_ns):
            reason = "the file was changed while it was read; what was added was not read: run it again"
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
            raise SourceError(
                f"{self.name}: the first line is not a header: {_why_not_csv(error, self._lines.row_lines)}."
            ) from None
        return [cell.strip().lower() for cell in cells]


class _Lines:
    """The lines of the file as text, some of which can be read again."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size  # what is added later was not checked, so it is not read
        self._row: list[str | None] = []  # the lines of this row; None for one that is too long
        self._again: deque[str | None] = deque()
        self.number = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self._row) == _MOST_LINES_PER_ROW:
            raise csv.Error(_UNCLOSED)
        line = self._again.popleft() if self._again else self._read()
        self._row.append(line)
        self.number += 1
        if line is None:
            raise csv.Error(_UNCLOSED if self.row_lines > 1 else f"the line is longer than {_LONGEST_LINE:,} bytes")
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

    def _read(self) -> str | None:
        raw = self._take()
        if not raw:
            raise StopIteration
        if len(raw) > _LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = self._take()
            return None
        # The bytes were checked when the file was opened; `replace` only matters if it was changed since.
        return raw.decode("utf-8-sig" if self.number == 0 else "utf-8", "replace")

    def _take(self) -> bytes:
        raw = self._file.readline(min(_LONGEST_LINE + 1, self._left))
        self._left -= len(raw)
        return raw


def _open(path: Path | str, name: str) -> BinaryIO:
    try:
        file = open(path, "rb")  # noqa: SIM115  # closed by the class that asked for it
    except FileNotFoundError:
        raise SourceError(f"{name}: there is no such file.") from None
    except IsADirectoryError:
        raise SourceError(f"{name} is a directory; name the files in it.") from None
    except PermissionError:
        raise SourceError(f"{name}: you may not read this file.") from None
    except OSError as error:
        raise SourceError(f"{name} cannot be opened: {error.strerror}.") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise SourceError(f"{name} is not a regular file; save what it gives to one first, since it is read twice.")
    return file


def _look_through(file: BinaryIO, name: str) -> int:
    """Check every byte; count the lines."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    lines, block, last = 0, file.read(_BLOCK), b"\n"
    if not block:
        raise SourceError(f"{name} is empty.")
    if block.startswith(b"PK\x03\x04"):
        raise SourceError(f"{name} is a spreadsheet or a zip file, not CSV; save it as CSV (UTF-8) first.")
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(f"{name} is in UTF-16; save it as UTF-8.")
    while block:
        if b"\0" in block:
            raise SourceError(f"{name} is a binary file, not CSV.")
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            line = lines + error.object[: error.start].count(b"\n") + 1
            byte = error.object[error.start]
            raise SourceError(
                f"{name}: line {line:,} is not UTF-8 (byte 0x{byte:02X}); save the file as UTF-8."
            ) from None
        lines += block.count(b"\n")
        last = block[-1:]
        block = file.read(_BLOCK)
    if decoder.getstate()[0]:
        raise SourceError(f"{name}: line {lines + 1:,} breaks off in the middle of a letter; write the file anew.")
    return lines + (last != b"\n")


def _columns(header: Sequence[str], name: str) -> list[Column]:
    if len(header) <= 1 and any(other in "".join(header) for other in ";\t|"):
        raise SourceError(f"{name}: the columns of the header are not separated by commas; save the file with commas.")
    for position, title in enumerate(header, 1):
        if not title:
            raise SourceError(f"{name}: column {position} of the header has no name.")
        if title not in COLUMNS:
            raise SourceError(f"{name}: {_shown(title)} is no known column. Known are: {', '.join(COLUMNS)}.")
        if header.index(title) != position - 1:
            raise SourceError(f"{name}: the column {title} is there twice.")
    if missing := [column.name for column in COLUMNS.values() if column.required and column.name not in header]:
        noun = "column is" if len(missing) == 1 else "columns are"
        raise SourceError(f"{name}: the {noun} missing: {', '.join(missing)}.")
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
