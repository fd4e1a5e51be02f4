"""Which format a file is in."""

from __future__ import annotations

import os
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from amili_async.importers import formats
from amili_async.importers.csv_source import CsvRecords
from amili_async.importers.formats import open_source
from amili_async.importers.json_source import JsonRecords
from amili_async.importers.jsonl_source import JsonLinesRecords
from amili_async.importers.kinds import INVOICES
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from amili_async.importers.xlsx_source import ExcelRecords
from tests.cli.files import as_csv, rows, write

DOCUMENT = Path(__file__).parent / "data" / "ehf" / "person-invoice.xml"
GOOD = as_csv(rows({}))


def spreadsheet(path: Path) -> Path:
    """A file with a good header."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "invoice_number"
    for column, name in enumerate(("original_invoice_amount", "currency", "invoice_date", "due_date"), 2):
        workbook.active.cell(1, column, name)
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [
        ("in.csv", GOOD, CsvRecords),
        ("in.txt", GOOD.replace(",", "\t"), CsvRecords),
        ("in", GOOD, CsvRecords),
        ("in.jsonl", "{}", JsonLinesRecords),
        ("in.NDJSON", "{}", JsonLinesRecords),
        ("in.json", "[]", JsonRecords),
    ],
)
def test_texts_are_told_by_their_names(tmp_path: Path, name: str, text: str, source: type) -> None:
    """CSV is what has no name of another format."""
    opened = open_source(str(write(tmp_path / name, text)), INVOICES, ReadOptions())
    opened.close()
    assert type(opened) is source


@pytest.mark.parametrize("name", ["in.xlsx", "in.XLSM", "export.dat"])
def test_spreadsheets_are_told_by_their_content(tmp_path: Path, name: str) -> None:
    """Whatever their names."""
    workbook = spreadsheet(tmp_path / "in.xlsx").read_bytes()
    opened = open_source(write(tmp_path / name, workbook), INVOICES, ReadOptions())
    opened.close()
    assert type(opened) is ExcelRecords


def test_documents_are_read_alone_in_folders_and_in_zip_files(tmp_path: Path) -> None:
    """XML is EHF, whatever the name of its file, and so is what lies in a folder or zip file."""
    document = write(tmp_path / "export.dat", DOCUMENT.read_bytes())
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "1.xml", DOCUMENT.read_bytes())
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as package:
        package.write(DOCUMENT, "1.xml")
    with Reading([document, folder, tmp_path / "in.zip"], INVOICES) as reading:
        first, second, third = reading
    assert first == second == third
    assert first.currency == "NOK"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.xlsx", GOOD.encode(), "has the name of a spreadsheet and is none; give it the name of what it is"),
        ("in.xlsx", b"", "is empty"),
        ("in.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Excel file (.xls) or one with a pass"),
        ("in.xls", b"<html><table>", "is a web page (HTML), whatever its name"),
        ("in.json", GOOD.encode(), "is neither a list of records nor"),
        ("in.jsonl", b"[]", "is a JSON list and not JSON Lines; give it a name that ends in .json"),
        ("in.jsonl", GOOD.encode(), "does not begin with {, as JSON Lines do"),
        ("in.csv", b"%PDF-1.7", "is a PDF document"),
        ("in.csv", bytes(5_000_000), "is a binary file"),
        ("in.zip", GOOD.encode(), "is no zip file that can be read"),
        ("in.xml", b"", "is empty"),
    ],
)
def test_names_that_say_something_else(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """A file that is not what it is called is refused, with what it is."""
    path = write(tmp_path / name, content)
    with pytest.raises(SourceError) as caught:
        open_source(path, INVOICES, ReadOptions())
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a pipe nobody writes to, and a name that cannot be one: at once, each with its sentence."""
    os.mkfifo(tmp_path / "pipe")
    for name, message in [("no.csv", "there is no such file"), ("pipe", "not a regular file"), ("a\0b", "null")]:
        with pytest.raises(SourceError, match=message):
            open_source(f"{tmp_path}/{name}", INVOICES, ReadOptions())


def test_some_formats_need_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its packages the command names what to install."""
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "defusedxml" else sys)
    for path in (spreadsheet(tmp_path / "in.xlsx"), tmp_path, write(tmp_path / "in.xml", "<Invoice/>")):
        with pytest.raises(SourceError, match=r"needs more packages: pip install 'amili-async\[cli\]'"):
            open_source(path, INVOICES, ReadOptions())


def test_one_path_is_enough(tmp_path: Path) -> None:
    """As a path or as a text, alone or in a list."""
    path = write(tmp_path / "in.csv", GOOD)
    for paths in (path, str(path), [str(path)], [path]):
        with Reading(paths, INVOICES) as reading:
            assert [invoice.invoice_number for invoice in reading] == ["1001"]


@pytest.mark.parametrize("content", ["long lines", "short lines"])
def test_a_large_file_is_refused_for_its_last_line_in_little_memory(tmp_path: Path, content: str) -> None:
    """As far as memory goes, 60 MB and 2 GB are the same: a file is looked through in blocks."""
    path = tmp_path / "in.csv"
    row = "1,1.00,NOK,2026-09-01,2026-09-15,"
    line = f"{row}{'ø' * (30_000 if content == 'long lines' else 5)}\n".encode()
    with path.open("wb") as file:
        file.write(GOOD.encode())
        for _ in range(60):
            file.write(line * (1_000_000 // len(line)))
        file.write(b"\xf8")
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="mixes encodings"):
            open_source(path, INVOICES, ReadOptions())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


def test_a_file_of_holes_is_binary(tmp_path: Path) -> None:
    """A sparse file of 2 GB is refused by its first block."""
    path = tmp_path / "in.csv"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(SourceError, match="is a binary file"):
        open_source(path, INVOICES, ReadOptions())


def test_a_file_with_lines_of_excel(tmp_path: Path) -> None:
    """`sep=;` on the first line is Excel's own way to say what stands between the columns."""
    text = "sep=;\r\n" + GOOD.replace(",", ";").replace("\n", "\r\n") + "x;\r\n"
    with Reading(write(tmp_path / "in.csv", text), INVOICES) as reading:
        assert [invoice.invoice_number for invoice in reading] == ["1001"]
    (problem,) = reading.problems
    assert isinstance(problem, RowProblem)
    assert problem.line == 4
