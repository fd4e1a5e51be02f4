"""Which encoding a text file is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from amili_async.importers.csv_source import CsvRecords
from amili_async.importers.files import TextFile
from amili_async.importers.kinds import INVOICES
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from tests.cli.files import write

TEXT = "Bjørk Ærlig, Ås\nÅse Eksempel\n"


def lines(path: Path, encoding: str | None = None) -> tuple[list[str | None], list[str]]:
    """The lines of a file, and what is said about it."""
    file = TextFile(path, longest_line=1000, encoding=encoding)
    try:
        found = []
        while (line := file.read_line()) != "":
            found.append(line)
        assert len(found) == file.count
        return found, file.notes
    finally:
        file.close()


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        (TEXT.encode(), False),
        (TEXT.encode("utf-8-sig"), False),
        (TEXT.encode("utf-16"), False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
        (TEXT.encode("cp1252"), True),
        (TEXT.rstrip().encode("cp1252"), True),
    ],
    ids=["utf-8", "with a mark", "utf-16", "big endian", "windows", "without an end"],
)
def test_encodings_are_found_out(tmp_path: Path, content: bytes, *, noted: bool) -> None:
    """From the mark or from all bytes; that it was not UTF-8 is said."""
    found, notes = lines(write(tmp_path / "in.csv", content))
    assert "".join(line or "" for line in found).rstrip() == TEXT.rstrip()
    assert ["read as Windows-1252" in note for note in notes] == [True] * noted


@pytest.mark.parametrize(
    "encoding", ["windows-1252", "cp865", "mac-roman", "utf-16-le", "utf-16-be", "iso-8859-15", "UTF8"]
)
def test_an_encoding_can_be_given(tmp_path: Path, encoding: str) -> None:
    """Then it is that one."""
    found, notes = lines(write(tmp_path / "in.csv", TEXT.encode(encoding)), encoding)
    assert ("".join(line or "" for line in found), notes) == (TEXT, [])


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    """It has to be said, and is then as Windows writes it."""
    path = write(tmp_path / "in.csv", TEXT.encode("utf-16-le"))
    assert lines(path, "utf-16")[0] == TEXT.splitlines(keepends=True)
    with pytest.raises(SourceError, match="say --encoding utf-16"):
        lines(path)


@pytest.mark.parametrize(
    ("content", "given", "message"),
    [
        ("Åse\nBjørk\n".encode() + "Åse\n".encode("cp1252"), None, "line 1 is in UTF-8 and line 3 is not"),
        ("Bjørk\nok\n".encode("cp1252") + "Åse\n".encode(), None, "line 3 is in UTF-8 and line 1 is not"),
        ("ø".encode() + "ø og ø\n".encode("cp1252"), None, "line 1 holds UTF-8 and something else"),
        ("ok\nBjørk\n".encode("cp865"), None, "line 2 is neither UTF-8 nor Windows-1252 (byte 0x9B)"),
        ("Bjørk\n".encode("mac-roman"), None, "line 1 is neither UTF-8 nor Windows-1252 (byte 0xBF)"),
        (b"ok\n\x81\n", None, "line 2 is neither UTF-8 nor Windows-1252 (byte 0x81)"),
        ("ok\nBjørk\n".encode("cp1252"), "utf-8", "line 2 is not UTF-8 (byte 0xF8); save the file as UTF-8"),
        (b"ok\n", "utf-ate", 'there is no encoding "utf-ate"'),
        (b"ok\n", "base64", 'there is no encoding "base64"'),
        ("ok\n".encode("utf-8-sig"), "windows-1252", "begins with the mark of UTF-8, and is not in windows-1252"),
    ],
)
def test_what_is_in_no_single_encoding_is_refused(
    tmp_path: Path, content: bytes, given: str | None, message: str
) -> None:
    """Names would come out wrong, so both lines or the byte are named, and nothing is read."""
    with pytest.raises(SourceError) as caught:
        lines(write(tmp_path / "in.csv", content), given)
    assert message in caught.value.message


def test_a_long_file_with_one_wrong_letter_at_its_end(tmp_path: Path) -> None:
    """The whole file is looked at before anything is given out, whatever its length."""
    content = ("Bjørk\n" * 400_000).encode() + b"Bj\xf8rk\n"
    with pytest.raises(SourceError, match="line 1 is in UTF-8 and line 400,001 is not"):
        lines(write(tmp_path / "in.csv", content))


def test_the_choice_is_told_to_who_reads(tmp_path: Path) -> None:
    """A source says what its file was taken for."""
    header = "invoice_number;original_invoice_amount;currency;invoice_date;due_date;lastname"
    path = write(tmp_path / "in.csv", f"{header}\n1;1,50;NOK;1.9.2026;15.9.2026;Ås\n".encode("cp1252"))
    source = CsvRecords(path, INVOICES, ReadOptions())
    source.close()
    assert [str(path) in note for note in source.notes] == [True]
