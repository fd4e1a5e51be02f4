"""Records from an Excel file, a row at a time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from defusedxml import DefusedXmlException
from openpyxl import load_workbook

from amili_async.importers.columns import TABLES, Column
from amili_async.importers.files import CHANGED, open_file, was_changed
from amili_async.importers.header import bind_header
from amili_async.importers.kinds import RecordKind
from amili_async.importers.mapping import ColumnMap, read_mapping
from amili_async.importers.names import shown
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import Record, Row
from amili_async.importers.rows import Cell, CellProblemError
from amili_async.importers.values import ValueProblemError
from amili_async.importers.xlsx_cells import cell_of, title_of
from amili_async.importers.xlsx_package import BROKEN, ENTITIES, check_package
from amili_async.importers.xlsx_sheet import check_sheet

__all__ = ["ExcelRecords"]

_AT_ONCE: Final = 100


class ExcelRecords:
    """The records of one sheet of an Excel file, whose first row that is not empty names its columns.

    Attributes:
        name: The file, as the user named it.
        expected: How many rows there are.
        line: The last row that was read.
        notes: What the user should know about how it is read.
    """

    def __init__(self, path: Path | str, kind: RecordKind[Record], options: ReadOptions) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used, its header is wrong, or the mapping file is.
        """
        table = TABLES[kind.name]
        mapping = read_mapping(options.mapping, table) if options.mapping is not None else ColumnMap()
        self.name = str(path)
        self.line = 0
        self._file = open_file(path)
        try:
            self._status = os.fstat(self._file.fileno())
            check_package(self._file, self.name)
            self._book = _load(self._file, self.name)
            sheet, self.notes = _sheet_of(self._book, options.sheet or mapping.sheet, self.name)
            # These have no public names, and there is no other way to see what openpyxl passes over.
            with self._book._archive.open(sheet._worksheet_path) as part:
                rows = check_sheet(part, self.name, texts=len(sheet._shared_strings))
            # What a sheet says of its own size is often wrong, and what comes after the rows does not matter.
            sheet.reset_dimensions()
            self._cells = _quietly(islice(sheet.iter_rows(max_row=rows.last), rows.last), self.name)
            header = self._header()
            self._width = len(header)
            self._rows = bind_header(header, table, mapping, self.name)
            self._columns: Sequence[Column | None] = self._rows.columns
            self.notes += mapping.notes(header, self.name)
        except BaseException:
            self._file.close()
            raise
        self.expected = max(rows.count - 1, 0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Row]:
        for row in self._cells:
            self.line += 1
            if any(cell.value is not None for cell in row):
                yield self._record(row)
        if was_changed(self._file, self._status):
            yield RowProblem(self.name, self.line, None, CHANGED)

    def _header(self) -> list[str]:
        for row in self._cells:
            self.line += 1
            titles = [title_of(cell.value) for cell in row]
            while titles and not titles[-1]:
                titles.pop()
            if titles:
                return titles
        raise SourceError(f"{self.name}: the sheet is empty")

    def _record(self, row: Sequence[Any]) -> Row:
        if any(cell.value is not None for cell in row[self._width :]):
            return self._problem(None, "has a value to the right of the last column of the header")
        cells: list[Cell] = []
        for position, column in enumerate(self._columns):
            cell = row[position] if position < len(row) else None
            if column is None or cell is None or cell.value is None:
                cells.append("")
                continue
            try:
                cells.append(cell_of(cell, column))
            except ValueProblemError as problem:
                return self._problem(self._rows.title(position), str(problem))
        if not any(cell != "" for cell in cells):
            return self._problem(None, "has no value in any column that is read")
        try:
            return self._rows.record(cells)
        except CellProblemError as problem:
            return self._problem(problem.column, problem.reason)

    def _problem(self, column: str | None, reason: str) -> RowProblem:
        return RowProblem(self.name, self.line, column, reason)


def _load(file: Any, name: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about formats and extensions, which are not read
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001  # whatever is wrong inside, the file is
        # openpyxl wraps some errors in its own.
        defused = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
        raise SourceError(f"{name} {ENTITIES if defused else BROKEN}") from None


def _sheet_of(book: Any, wanted: str | None, name: str) -> tuple[Any, list[str]]:
    """The sheet to read, and what to say of the choice.

    Raises:
        SourceError: There is none, or none of this name.
    """
    if wanted is not None:
        for sheet in book.worksheets:
            if sheet.title.casefold() == wanted.casefold():
                return sheet, []
        names = ", ".join(shown(sheet.title) for sheet in book.worksheets[:10])
        raise SourceError(f"{name} has no sheet {shown(wanted)}; it has {names}")
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not seen:
        raise SourceError(f"{name} has no sheet that is shown; name one with --sheet")
    if len(seen) == 1:
        return seen[0], []
    return seen[0], [f"{name} has {len(seen)} sheets, of which {shown(seen[0].title)} is read; --sheet takes another"]


def _quietly(rows: Iterator[Sequence[Any]], name: str) -> Iterator[Sequence[Any]]:
    """The rows, without warnings about cells that are reported anyway."""
    rows = iter(rows)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                block = list(islice(rows, _AT_ONCE))
        except Exception:  # noqa: BLE001  # it was sound when it was looked through
            why = "it was changed, or is no sound spreadsheet"
            raise SourceError(f"{name} broke off while it was read; {why}") from None
        if not block:
            return
        yield from block
