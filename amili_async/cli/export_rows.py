"""How a list is written, item by item: a JSON array, JSON Lines, or CSV."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, Protocol

from amili_async import codec
from amili_async.cli.export_columns import Column, cells, plain_text
from amili_async.cli.state import DataFormat

__all__ = ["RowWriter", "json_text", "left_off", "open_writer"]

# What a spreadsheet takes for the beginning of a formula, the wide forms of East Asian keyboards included. A cell does
# not only begin where we begin it: where commas are decimal, as in Norway, Excel splits at semicolons, quotes or not.
_SIGNS: Final = "=+-@＝＋－＠"
_BREAKS: Final = ";\t\r\n"
_FIRST: Final = tuple(f"{_SIGNS}\t\r\n")
_INNER: Final = re.compile(rf"(?<=[{_BREAKS}])(?=[{re.escape(_SIGNS)}])")
_SEMICOLON: Final = re.compile(rf";(?=[{re.escape(_SIGNS)}])")


# `csv` puts what is in the ending of a line into quotes, and so a lone carriage return only with this one.
_ENDING: Final = "\r\n"


class RowWriter(Protocol):
    """Writes items as they come."""

    def write(self, item: Any) -> None:
        """Write one item."""
        ...

    def finish(self) -> None:
        """Write what comes after the last one."""
        ...

    def discard(self) -> None:
        """Leave off in the middle."""
        return


def open_writer(
    format_: DataFormat,
    sink: BinaryIO,
    columns: Sequence[Column],
    *,
    title: str,
    header: bool = True,
    bom: bool = False,
    guard: bool = True,
) -> RowWriter:
    """The writer for a format.

    Args:
        format_: The format.
        sink: Where the bytes go.
        columns: The columns, for CSV and Excel.
        title: What the rows are, for the sheet of a workbook.
        header: Whether to begin with the names of the columns (CSV).
        bom: Whether to begin with a byte order mark (CSV).
        guard: Whether to disarm texts that look like formulas (CSV).
    """
    match format_:
        case DataFormat.JSON:
            return _JsonArray(sink)
        case DataFormat.JSONL:
            return _JsonLines(sink)
        case DataFormat.XLSX:
            from amili_async.cli.export_xlsx import Workbook

            return Workbook(sink, columns, title=title)
        case _:
            return _Csv(sink, columns, header=header, bom=bom, guard=guard)


@contextmanager
def left_off(writer: RowWriter) -> Iterator[RowWriter]:
    """A writer that is discarded if something goes wrong."""
    try:
        yield writer
    except BaseException:
        writer.discard()
        raise


class _JsonLines(RowWriter):
    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def write(self, item: Any) -> None:
        self._sink.write(codec.encode(item) + b"\n")

    def finish(self) -> None:
        return


class _JsonArray(RowWriter):
    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._before = b"[\n"

    def write(self, item: Any) -> None:
        self._sink.write(self._before + codec.encode(item))
        self._before = b",\n"

    def finish(self) -> None:
        self._sink.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


class _Lines:
    """What `csv` writes to, a row at a time."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def write(self, text: str) -> int:
        return self._sink.write(text.removesuffix(_ENDING).encode() + b"\n")


class _Csv(RowWriter):
    def __init__(self, sink: BinaryIO, columns: Sequence[Column], *, header: bool, bom: bool, guard: bool) -> None:
        self._columns = columns
        self._writer = csv.writer(_Lines(sink), lineterminator=_ENDING)
        self._guard = guard
        if header:
            sink.write(codecs.BOM_UTF8 if bom else b"")
            self._writer.writerow([column.name for column in columns])

    def write(self, item: Any) -> None:
        self._writer.writerow([self._cell(value) for value in cells(codec.unstructure(item), self._columns)])

    def finish(self) -> None:
        return

    def _cell(self, value: Any) -> str:
        match value:
            case str():
                return _guarded(value) if self._guard else value
            case list() | dict():
                text = json_text(value)
                # In JSON a semicolon stands only within texts, and may be written so: nothing is changed.
                return _SEMICOLON.sub(r"\\u003b", text) if self._guard else text
            case _:
                return plain_text(value)


def _guarded(text: str) -> str:
    if any(char in text for char in _BREAKS):
        text = _INNER.sub("'", text)
    return f"'{text}" if text.startswith(_FIRST) else text


def json_text(value: Any) -> str:
    """A list or an object in a single cell."""
    return codec.encode(value).decode()
