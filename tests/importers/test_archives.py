"""Folders and zip files of EHF documents."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from amili_async.importers.archives import FolderDocuments, ZipDocuments, open_archive
from amili_async.importers.ehf import zips
from amili_async.importers.kinds import CORRECTIONS, INVOICES, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import ByInvoiceNumber
from amili_async.models.collection import CreateInvoiceItem
from tests.importers.ehf.documents import COMPANY, CREDIT_NOTE, PERSON, SIGNED, changed

RESPONSE = '<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"/>'
MIXED = {"b.xml": CREDIT_NOTE, "a.xml": COMPANY, "sub/c.XML": PERSON, "response.xml": RESPONSE, "readme.txt": "hello"}


def numbered(number: int) -> str:
    """An invoice of its own."""
    return changed(PERSON, ("<cbc:ID>26002<", f"<cbc:ID>{number}<"))


def folder(path: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    return path


def zipped(path: Path, files: dict[str, str] | Iterable[tuple[str, str]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip file with these entries."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, text)
    return path


def read(path: Path, kind: RecordKind[Any] = INVOICES) -> tuple[list[str], list[str]]:
    """Numbers of invoices, or problems, in their order; and the notes."""
    source = open_archive(path, kind, SIGNED)
    try:
        return list(map(shown, source)), source.notes
    finally:
        source.close()


def shown(row: object) -> str:
    """One row in a word."""
    if isinstance(row, CreateInvoiceItem | ByInvoiceNumber):
        return str(row.invoice_number)
    assert isinstance(row, RowProblem)
    return str(row)


@pytest.fixture(params=["folder", "zip"])
def mixed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same documents in a folder and in a zip file."""
    return folder(tmp_path / "in", MIXED) if request.param == "folder" else zipped(tmp_path / "in.zip", MIXED)


def test_documents_come_in_the_order_of_their_names(mixed: Path) -> None:
    """With the folders inside; what is of another kind is left, and told with the command that takes it."""
    rows, notes = read(mixed)
    assert rows == ["F-26001", "26002"]
    assert notes == [
        f"{mixed}: credit notes left: 1 (`amili push corrections {mixed}` takes them)",
        f"{mixed}: response messages left: 1 (they hold no invoices)",
        f"{mixed}: files not named .xml left: 1",
    ]


def test_the_same_files_give_the_corrections(mixed: Path) -> None:
    """The second push takes what the first one left."""
    rows, notes = read(mixed, CORRECTIONS)
    assert rows == ["F-26001"]
    assert notes[0] == f"{mixed}: invoices left: 2 (`amili push invoices {mixed}` takes them)"


def test_a_command_can_be_copied(tmp_path: Path) -> None:
    """Also where the name of the folder has a space in it."""
    inside = folder(tmp_path / "in here", {"1.xml": CREDIT_NOTE})
    assert f"`amili push corrections '{inside}'` takes them" in read(inside)[1][0]


def test_what_is_expected_becomes_exact(mixed: Path) -> None:
    """Documents are counted at first, and those that are left are taken off as they come."""
    source = open_archive(mixed, INVOICES, SIGNED)
    assert (source.expected, source.line, source.name) == (4, 0, str(mixed))
    assert len(list(source)) == 2
    assert (source.expected, source.line) == (2, 4)
    source.close()


def test_the_sign_of_credits_is_asked_for_first(mixed: Path) -> None:
    """Before anything is read."""
    with pytest.raises(SourceError, match="--credit-sign negative"):
        open_archive(mixed, CORRECTIONS, ReadOptions())


def test_a_document_that_cannot_be_read_keeps_none_back(tmp_path: Path) -> None:
    """It is told with its place, in the folder and in the zip file."""
    files = {
        "1.xml": PERSON[:500],
        "2.xml": changed(PERSON, ("2026-09-15", "soon")),
        "3.xml": numbered(3),
        "4.zip": "PK",
        "5.xml": '<html xmlns="http://www.w3.org/1999/xhtml"/>',
    }
    said = [
        "1.xml:7: the document breaks off before its end; get it anew",
        "2.xml:9: cbc:DueDate: is not a date; UBL writes it like 2026-01-31",
        "3",
        "4.zip:1: the document is a zip file inside another folder or zip file; push it by itself",
        "5.xml:1: the document is a web page; only EHF Billing 3 and Peppol BIS Billing 3 are read",
    ]
    inside, archive = folder(tmp_path / "in", files), zipped(tmp_path / "in.zip", files)
    assert read(inside)[0] == [text if text == "3" else f"{inside}/{text}" for text in said]
    assert read(archive)[0] == [text if text == "3" else f"{archive}!{text}" for text in said]


def test_names_in_messages_are_printable(tmp_path: Path) -> None:
    """An entry's name may hold what would colour the terminal or delete lines in it."""
    path = zipped(tmp_path / "in.zip", {"\x1b[2Ja\n.xml": "x"})
    assert read(path)[0] == [f"{path}!?[2Ja?.xml:1: the document is not XML"]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_memory_does_not_grow_with_documents(tmp_path: Path, kind: str) -> None:
    """Each is let go before the next is read."""
    padded = changed(numbered(1), ("<cbc:IssueDate>", f"<cbc:Note>{'x' * 20_000}</cbc:Note><cbc:IssueDate>"))
    files = {f"{number}.xml": padded for number in range(300)}
    path = folder(tmp_path / "in", files) if kind == "folder" else zipped(tmp_path / "in.zip", files)
    del files
    source = open_archive(path, INVOICES, SIGNED)
    tracemalloc.start()
    try:
        rows = iter(source)
        next(rows)
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert sum(1 for _ in rows) == 299
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        source.close()
    assert peak - before < 1_000_000


# Folders


def test_links_do_not_lead_round_in_circles(tmp_path: Path) -> None:
    """Linked files are read, linked folders are not."""
    inside = folder(tmp_path / "in", {"a/1.xml": numbered(1)})
    (inside / "a" / "round").symlink_to(inside)
    (inside / "2.xml").symlink_to(folder(tmp_path / "else", {"x.xml": numbered(2)}) / "x.xml")
    (inside / "3.xml").symlink_to(inside / "nowhere")
    rows, notes = read(inside)
    assert rows == ["2", f"{inside}/3.xml:1: the document is not there", "1"]
    assert notes == [f"{inside}: links to folders left: 1"]


@pytest.mark.parametrize("name", ["loop.xml", "loop"])
def test_a_link_to_itself_leads_nowhere(tmp_path: Path, name: str) -> None:
    """It keeps the documents beside it from nothing."""
    inside = folder(tmp_path / "in", {"x.xml": numbered(1)})
    (inside / name).symlink_to(name)
    rows, _ = read(inside)
    assert rows[-1] == "1"
    assert (len(rows) == 2) == name.endswith(".xml")  # what is named as a document is told


@pytest.mark.parametrize("name", ["a.xml.gz", "a.7z", "A.TAR", "a.rar"])
def test_what_is_compressed_is_told_as_a_problem(tmp_path: Path, name: str) -> None:
    """It may hold invoices, and those must not be lost silently."""
    for path in (
        folder(tmp_path / "in", {name: "", "b.xml": numbered(1)}),
        zipped(tmp_path / "in.zip", {name: "", "b.xml": numbered(1)}),
    ):
        rows, notes = read(path)
        assert rows[0].endswith(f"{name}:1: the document is compressed, and may hold invoices; unpack it, and push it")
        assert (rows[1:], notes) == (["1"], [])


def test_hidden_files_are_left(tmp_path: Path) -> None:
    """Those of version control and of file managers."""
    files = {".x.xml": "", ".git/y.xml": "", "__MACOSX/._1.xml": "", "1.xml": numbered(1)}
    rows, notes = read(folder(tmp_path / "in", files))
    assert rows == ["1"]
    assert notes == [f"{tmp_path}/in: hidden files left: 1", f"{tmp_path}/in: hidden folders left: 2"]
    rows, notes = read(zipped(tmp_path / "in.zip", files))
    assert rows == ["1"]
    assert notes == [f"{tmp_path}/in.zip: hidden files left: 3"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """It is told, and the next document read."""
    inside = folder(tmp_path / "in", {"b.xml": numbered(1)})
    os.mkfifo(inside / "a.xml")
    rows, _ = read(inside)
    assert rows[0].startswith(f"{inside}/a.xml:1: the document is not a regular file")
    assert rows[1:] == ["1"]


def test_a_file_that_comes_later_is_not_read(tmp_path: Path) -> None:
    """What is pushed is what was there when it was opened; what was deleted since is missed."""
    inside = folder(tmp_path / "in", {"1.xml": numbered(1), "2.xml": numbered(2)})
    source = FolderDocuments(inside, INVOICES, SIGNED)
    folder(inside, {"3.xml": numbered(3)})
    (inside / "2.xml").unlink()
    assert list(map(shown, source)) == ["1", f"{inside}/2.xml:1: the document is not there"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "has no XML documents in it"),
        (
            {"a.csv": "", "b.csv": ""},
            "has no XML documents in it, only 2 other files; name those that you want to push",
        ),
    ],
)
def test_without_documents_there_is_nothing_to_push(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """That is a mistake, not a push of nothing."""
    (tmp_path / "in").mkdir()
    for path in (folder(tmp_path / "in", files), zipped(tmp_path / "in.zip", files)):
        with pytest.raises(SourceError) as caught:
            read(path)
        assert str(caught.value) == f"{path} {said}"


def test_a_folder_that_may_not_be_read_stops_the_push(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would be lost silently."""
    inside = folder(tmp_path / "in", {"1.xml": numbered(1), "closed/2.xml": numbered(2)})
    scan = os.scandir

    def closed(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)  # the superuser may read everything
    with pytest.raises(SourceError, match="in/closed cannot be read: Permission denied"):
        read(inside)


# Zip files


def test_a_name_that_comes_twice_is_read_twice(tmp_path: Path) -> None:
    """As programs do that replace an entry; the engine refuses the second if it is the same invoice."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "in.zip", [("1.xml", numbered(1)), ("1.xml", numbered(2))])
    assert read(path)[0] == ["1", "2"]


def said_of(path: Path) -> str:
    """What is said of a zip file that is refused."""
    with pytest.raises(SourceError) as caught:
        ZipDocuments(path, INVOICES, SIGNED)
    return str(caught.value).removeprefix(f"{path} ")


def test_what_is_no_zip_file_is_told(tmp_path: Path) -> None:
    """Also one of which the end is missing, and one that is not there."""
    path = zipped(tmp_path / "in.zip", MIXED)
    whole = path.read_bytes()
    for content in (b"", b"PK\3\4", whole[: len(whole) // 2], whole[:-10], b"\0" * 100):
        path.write_bytes(content)
        assert said_of(path) == "is no zip file that can be read, or only a part of one; get it anew"
    assert said_of(tmp_path / "none.zip") == "cannot be opened: No such file or directory"


def test_a_spreadsheet_is_no_zip_file_of_documents(tmp_path: Path) -> None:
    """Although it is a zip file with XML in it."""
    path = zipped(tmp_path / "in.zip", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    assert said_of(path) == "is an Office file, not a zip file of documents"


def test_an_encrypted_zip_file_is_refused(tmp_path: Path) -> None:
    """As a whole: there is no password to ask for."""
    path = zipped(tmp_path / "in.zip", {"1.xml": PERSON})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert said_of(path) == "is encrypted; unpack it, and push the folder"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path: Path, method: int) -> None:
    """It can give out any amount at once."""
    path = zipped(tmp_path / "in.zip", {"1.xml": PERSON}, method)
    assert said_of(path) == "is packed in an unusual way; pack it with deflate, as zip programs do by default"


def test_a_damaged_entry_keeps_none_back(tmp_path: Path) -> None:
    """Its checksum is looked at before its record is given out."""
    path = zipped(tmp_path / "in.zip", {"1.xml": numbered(1), "2.xml": numbered(2)}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    assert data.count(b"999.50") == 4
    path.write_bytes(data.replace(b"999.50", b"899.50", 2).replace(b"799.60", b"699.60", 3))
    assert read(path)[0] == [f"{path}!1.xml:1: the document is damaged in the zip file; get it anew", "2"]


def test_damaged_bytes_are_told(tmp_path: Path) -> None:
    """Wherever they are: a record or a sentence, and never anything else."""
    path = zipped(tmp_path / "in.zip", MIXED)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            rows, _ = read(path)
        except SourceError:
            continue
        assert rows


def test_bombs_are_refused(tmp_path: Path) -> None:
    """One that is all bomb as a whole, and one entry among others by itself."""
    bomb = PERSON.replace("<cbc:IssueDate>", "<cbc:Note>" + " " * 5_000_000 + "</cbc:Note><cbc:IssueDate>")
    path = zipped(tmp_path / "in.zip", {"1.xml": bomb})
    assert said_of(path) == "would become too large when unpacked, as attacks do; it is not read"
    noise = os.urandom(50_000).hex()
    path = zipped(tmp_path / "in.zip", {"1.xml": bomb, "2.xml": numbered(2), "noise.txt": noise})
    assert read(path)[0] == [
        f"{path}!1.xml:1: the document would become too large when unpacked, as attacks do; it is not read",
        "2",
    ]


def test_entries_that_lie_about_their_size_are_not_unpacked_further(tmp_path: Path) -> None:
    """A directory that says 100 bytes gets 100 bytes, which is no document."""
    path = zipped(tmp_path / "in.zip", {"1.xml": PERSON})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\1\2") + 24, 100)
    path.write_bytes(data)
    assert read(path)[0] == [f"{path}!1.xml:1: the document is damaged in the zip file; get it anew"]


def test_there_are_limits_to_entries_and_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By number, by the size of the directory, and by what all of them would be together."""
    path = zipped(tmp_path / "in.zip", {f"{number}.xml": PERSON for number in range(20)})
    monkeypatch.setattr(zips, "_MOST_ENTRIES", 19)
    assert "entries; split it" in said_of(path)
    monkeypatch.setattr(zips, "_MOST_ENTRIES", 20)
    assert len(read(path)[0]) == 20
    monkeypatch.setattr(zips, "_LARGEST_DIRECTORY", 1000)
    assert "entries; split it" in said_of(path)
    monkeypatch.setattr(zips, "_LARGEST_DIRECTORY", 10_000)
    monkeypatch.setattr(zips, "_LARGEST_TOTAL", 10_000)
    assert "GB in it; split it" in said_of(path)


def test_a_directory_of_millions_is_not_even_read(tmp_path: Path) -> None:
    """The end of the file says how large it is, and that is believed before memory is taken for it."""
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFE, 0xFFFE, 100_000_000, 0, 0)
    path = tmp_path / "in.zip"
    with path.open("wb") as file:
        file.truncate(100_000_000)
        file.seek(0, io.SEEK_END)
        file.write(end)
    tracemalloc.start()
    try:
        assert said_of(path) == "has more than 100,000 entries; split it"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_entries_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    """A small file could be unpacked without end: many entries that all are the same bytes."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.xml", PERSON)
        archive.filelist *= 50
        archive.comment = b"so that the directory is written anew"
    assert said_of(path) == "would become too large when unpacked, as attacks do; it is not read"
