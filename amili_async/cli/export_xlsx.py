"""A list as an Excel workbook, written row by row in constant memory (openpyxl keeps the rows in a temporary file)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from amili_async import codec
from amili_async.cli.export_columns import Column, Kind, cells
from amili_async.cli.export_rows import json_text
from amili_async.errors import ConfigError

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

__all__ = ["Workbook"]

MOST_ROWS: Final = 1_048_576
"""Of one sheet, header included. What is over goes to a further sheet."""

LONGEST_TEXT: Final = 32_767
"""Characters in a cell."""

# Excel counts in binary floating point; what has more digits would be changed, so it is written as text.
_MOST_DIGITS: Final = 15
_DATE_LENGTH: Final = len("2026-01-31")


class Workbook:
    """Writes items into a workbook; see `RowWriter`.

    Args:
        sink: Where the file goes, once it is finished.
        columns: Its columns.
        title: Name of the sheet.
        most_rows: Rows of one sheet at most, for tests.

    Raises:
        ConfigError: openpyxl is not installed.
    """

    def __init__(self, sink: BinaryIO, columns: Sequence[Column], *, title: str, most_rows: int = MOST_ROWS) -> None:
        try:
            import openpyxl
            from openpyxl.cell import WriteOnlyCell
            from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        except ModuleNotFoundError:
            raise ConfigError("--format xlsx needs one more package: pip install 'amili-async[cli]'") from None
        self._sink = sink
        self._columns = columns
        self._title = title
        self._most_rows = most_rows
        self._new_cell = WriteOnlyCell
        self._illegal = ILLEGAL_CHARACTERS_RE
        self._book = openpyxl.Workbook(write_only=True)
        self._sheets = 0
        self._sheet = self._next_sheet()

    def write(self, item: Any) -> None:
        """Write one row."""
        if self._rows == self._most_rows:
            self._sheet = self._next_sheet()
        values = cells(codec.unstructure(item), self._columns)
        self._sheet.append([self._cell(*pair) for pair in zip(self._columns, values, strict=True)])
        self._rows += 1

    def finish(self) -> None:
        """Write the file."""
        self._book.save(self._sink)

    def discard(self) -> None:
        """Leave it unfinished: without this, openpyxl would complain when it is thrown away."""
        for sheet in self._book.worksheets:
            with suppress(Exception):  # whatever the half of a sheet is good for
                sheet.close()

    def _next_sheet(self) -> WriteOnlyWorksheet:
        self._sheets += 1
        sheet: WriteOnlyWorksheet = self._book.create_sheet(self._title + (f" {self._sheets}" * (self._sheets > 1)))
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in self._columns])
        self._rows = 1
        return sheet

    def _cell(self, column: Column, value: Any) -> Any:
        match value:
            case None | bool():
                return value
            case Decimal() | int():
                return value if _fits(value) else self._text(format(value, "f"))
            case str():
                return (_instant(value) if column.kind is Kind.INSTANT else None) or self._text(value)
            case _:
                return self._text(json_text(value))

    def _text(self, text: str) -> Any:
        if len(text) > LONGEST_TEXT:
            # Excel would cut it, and half a JSON text is none.
            text = f"({len(text):,} characters, more than Excel takes in a cell: use --format csv or jsonl)"
        cell = self._new_cell(self._sheet, value=self._illegal.sub(" ", text))
        cell.data_type = "s"  # text, whatever it begins with: never a formula
        return cell


def _fits(number: Decimal | int) -> bool:
    return len(Decimal(number).normalize().as_tuple().digits) <= _MOST_DIGITS


def _instant(text: str) -> dt.datetime | dt.date | None:
    """A date or an instant, in UTC: Excel knows no time zones."""
    value: dt.datetime | dt.date
    try:
        if len(text) == _DATE_LENGTH:
            value = dt.date.fromisoformat(text)
        else:
            value = dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):  # the second for the last hours of the year 9999
        return None
    # Excel counts its days from 1900, in milliseconds.
    return value if value.year > 1900 else None
