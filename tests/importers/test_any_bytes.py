"""Whatever stands in a file: it is read or refused, and nothing else happens."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from amili_async.importers.kinds import INVOICES
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from amili_async.importers.reading import Reading

HEADER = "invoice_number,original_invoice_amount,currency,invoice_date,due_date,lastname"
ROW = ["1001", 1249.5, "NOK", "2026-09-01", "2026-09-15", "Eksempel"]
GOOD = f"{HEADER}\n{','.join(map(str, ROW))}\n".encode()


def spreadsheet() -> bytes:
    """A good file."""
    workbook = Workbook()
    assert workbook.active is not None
    rows: list[list[Any]] = [HEADER.split(","), ROW, ROW]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            workbook.active.cell(number, column, value)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


SPREADSHEET = spreadsheet()


def read(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str, options: ReadOptions) -> None:
    """Read all of a file, if it can be."""
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    try:
        with Reading(path, INVOICES, options) as reading:
            for _ in reading:
                pass
    except SourceError:
        pass


options = st.builds(
    ReadOptions,
    encoding=st.sampled_from([None, "utf-8", "utf-16", "windows-1252", "utf-7"]),
    delimiter=st.sampled_from([None, ";", "tab"]),
)
pieces = st.sampled_from(
    [GOOD, b"\n", b'"', b"{", b"[", b"]", b"}", b'{"invoices": [', b"\xf8", "ø".encode(), b"\0", b","]
)


@settings(deadline=None, max_examples=150)
@given(
    content=st.binary(max_size=60) | st.lists(pieces, max_size=8).map(b"".join),
    name=st.sampled_from(["in.csv", "in.jsonl", "in.json", "in.xlsx", "in.xml", "in.zip", "in"]),
    options=options,
)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str, options: ReadOptions) -> None:
    """No error but the one that names the file, under any name."""
    read(tmp_path_factory, content, name, options)


@settings(deadline=None, max_examples=100)
@given(changes=st.lists(st.tuples(st.integers(0, len(SPREADSHEET) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_spreadsheet(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]) -> None:
    """The same for a package with wrong bytes."""
    content = bytearray(SPREADSHEET)
    for position, byte in changes:
        content[position] = byte
    read(tmp_path_factory, bytes(content), "in.xlsx", ReadOptions())


with zipfile.ZipFile(io.BytesIO(SPREADSHEET)) as _package:
    PARTS = {name: _package.read(name) for name in _package.namelist()}


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from([name for name in PARTS if name.startswith(("xl/", "[", "_rels"))]),
    data=st.data(),
    new=st.sampled_from([b"", b"x", b"9", b"-1", b"1e999", b"<v/>", b"&a;", b'"', b"<is/>", b'<c t="s"><v>0</v></c>']),
)
def test_a_spreadsheet_with_other_parts(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject, new: bytes
) -> None:
    """The same for one that was made wrong, and not only damaged."""
    content = PARTS[name]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 12)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in PARTS.items():
            package.writestr(part, text if part != name else content[:start] + new + content[end:])
    read(tmp_path_factory, file.getvalue(), "in.xlsx", ReadOptions())
