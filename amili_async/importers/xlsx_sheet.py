"""A sheet of an Excel file, looked through as a whole before its rows are read."""

from __future__ import annotations

import re
from typing import IO, Any, Final
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from attrs import frozen
from defusedxml import DefusedXmlException
from defusedxml.sax import parse
from openpyxl.utils.datetime import from_ISO8601

from amili_async.importers.problems import SourceError
from amili_async.importers.xlsx_package import BROKEN, ENTITIES

__all__ = ["Rows", "check_sheet"]

_MOST_ROWS: Final = 1_048_576  # of Excel itself
_MOST_CELLS: Final = 16_384
# What is held at once: a row, and what is not in rows, like formats.
_MOST_IN_A_ROW: Final = 4 << 20
_MOST_ELSEWHERE: Final = 40 << 20
_PER_ELEMENT: Final = 100  # bytes, about
_CELL: Final = re.compile(r"[A-Za-z]{1,3}[1-9][0-9]{0,6}", re.ASCII)
_STYLE: Final = re.compile("[0-9]{1,6}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{0,400})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


@frozen
class Rows:
    """The rows of a sheet.

    Attributes:
        count: How many have a value.
        last: The last of them.
    """

    count: int
    last: int


def check_sheet(sheet: IO[bytes], name: str, *, texts: int) -> Rows:
    """Look through a sheet.

    Args:
        sheet: Its part of the package.
        name: The file.
        texts: How many texts the package has for cells to refer to.

    Raises:
        SourceError: It holds something that cannot be read as rows of values, or would be read otherwise than it looks.
    """
    handler = _Handler(name, texts)
    try:
        parse(sheet, handler, forbid_dtd=True)
    except DefusedXmlException:
        raise SourceError(f"{name} {ENTITIES}") from None
    except SourceError:
        raise
    except Exception:  # noqa: BLE001  # the parser, zipfile and zlib have many, and each means the same
        raise SourceError(f"{name} {BROKEN}") from None
    return Rows(handler.rows, handler.last)


class _Handler(ContentHandler):
    def __init__(self, name: str, texts: int) -> None:
        super().__init__()
        self.rows = self.last = 0
        self._name = name
        self._texts = texts
        self._row = 0
        self._hidden = False
        self._in_row = False
        self._held = 0
        self._elsewhere = 0
        self._cells = 0
        self._cell = ""
        self._type = ""
        self._formula = self._value = self._empty_text = False
        self._text: list[str] | None = None
        self._values = 0

    def startElement(self, name: str, attrs: AttributesImpl[str] | Any) -> None:  # noqa: N802  # of the base class
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._in_row = True
            self._held = self._cells = self._values = 0
            row = self._number(str(attrs["r"])) if "r" in attrs else self._row + 1
            # openpyxl passes over rows that are not in order.
            if not self._row < row <= _MOST_ROWS:
                raise SourceError(f"{self._name} {BROKEN}")
            self._row = row
            self._hidden = attrs.get("hidden") in ("1", "true")
            return
        self._hold(_PER_ELEMENT)
        if tag == "c":
            self._cells += 1
            if self._cells > _MOST_CELLS:
                raise SourceError(f"{self._name} {BROKEN}")
            self._cell = attrs.get("r") or f"number {self._cells} of row {self._row}"
            self._type = attrs.get("t") or "n"
            if ("r" in attrs and not _CELL.fullmatch(self._cell)) or not _STYLE.fullmatch(attrs.get("s") or "0"):
                raise SourceError(f"{self._name} {BROKEN}")
            self._formula = self._value = self._empty_text = False
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "is"):
            self._value = True
            self._text = [] if tag == "v" else None
        elif tag == "mergeCell":
            where = attrs.get("ref", "")
            raise SourceError(f"{self._name}: the cells {_place(where)} are merged; unmerge them, and fill each")

    def endElement(self, name: str) -> None:  # noqa: N802  # of the base class
        tag = name.rpartition(":")[2]
        if tag == "v" and self._text is not None:
            text = "".join(self._text)
            self._text = None
            self._value = bool(text)
            self._empty_text = not text and self._type == "str"
            if text and not self._is_sound(text):
                raise SourceError(f"{self._name}: the cell {_place(self._cell)} is damaged; mend it in Excel")
        elif tag == "c":
            self._values += self._value
            # A formula may give an empty text, and then it says so.
            if self._formula and not self._value and not self._empty_text:
                where = f"{self._name}: the cell {_place(self._cell)}"
                raise SourceError(f"{where} has a formula without a result; open the file in Excel and save it")
        elif tag == "row":
            self._in_row = False
            if self._hidden and self._values:
                # Somebody who filters the list means to send what can be seen.
                raise SourceError(f"{self._name}: row {self._row:,} is hidden; show all rows, or delete what is hidden")
            self.rows += bool(self._values)
            self.last = self._row if self._values else self.last

    def characters(self, content: str) -> None:
        self._hold(len(content))
        if self._text is not None:
            self._text.append(content)

    def _is_sound(self, text: str) -> bool:
        if self._type == "n":
            return _NUMBER.fullmatch(text) is not None
        if self._type == "s":
            return text.isdecimal() and len(text) < 10 and int(text) < self._texts
        if self._type == "b":
            return text in ("0", "1")
        if self._type == "d":
            try:
                from_ISO8601(text)  # type: ignore[no-untyped-call]  # openpyxl's stubs leave it open
            except ValueError:
                return False
        return True

    def _hold(self, size: int) -> None:
        if self._in_row:
            self._held += size
            if self._held > _MOST_IN_A_ROW:
                raise SourceError(f"{self._name}: row {self._row:,} is too long")
        else:
            self._elsewhere += size
            if self._elsewhere > _MOST_ELSEWHERE:
                raise SourceError(f"{self._name} is too large to be read as a spreadsheet; save it as CSV")

    def _number(self, text: str) -> int:
        if not re.fullmatch("[0-9]{1,7}", text):
            raise SourceError(f"{self._name} {BROKEN}")
        return int(text)


def _place(text: str) -> str:
    """The name of a cell or range; it comes from the file."""
    return text if re.fullmatch(r"[A-Za-z0-9: ]{1,40}", text) else "of a range"
