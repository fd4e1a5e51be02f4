"""Invoices from JSON Lines files."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from amili_async import codec
from amili_async.bulk.settings import Settings
from amili_async.importers.jsonl_source import JsonLinesRecords
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.models.collection import CreateInvoiceItem
from tests.cli.files import write

INVOICE = CreateInvoiceItem(
    invoice_number="1001",
    original_invoice_amount=Decimal("1249.50"),
    currency="NOK",
    invoice_date=dt.date(2026, 9, 1),
    due_date=dt.date(2026, 9, 15),
    additional_properties={"creditorReference": "7"},
)


def read(path: Path) -> list[CreateInvoiceItem | RowProblem]:
    """Everything a file gives."""
    source = JsonLinesRecords(path)
    try:
        return [row for row in source if isinstance(row, CreateInvoiceItem | RowProblem)]
    finally:
        source.close()


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """An invoice comes back as it was, with the fields that the spec does not name; blank lines do not matter."""
    line = codec.encode(INVOICE)
    assert read(write(tmp_path / "in.jsonl", line + b"\n\n" + line)) == [INVOICE, INVOICE]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ('{"invoiceNumber": 7}', None, "expected a string, found a number at $.invoiceNumber"),
        ("[]", None, "expected an object, found a list at $"),
        ("{", None, "not readable as JSON"),
        ("x" * 2_200_000, None, "longer than 2,097,152 characters"),
        ('{"currency": "NOK"}', "invoiceNumber", "is missing; every invoice needs it"),
        ('{"invoiceNumber": ""}', "invoiceNumber", "is missing; every invoice needs it"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_on(
    tmp_path: Path, line: str, column: str | None, reason: str
) -> None:
    """A line that is no invoice is told with its number and the field; its neighbours are read."""
    good = codec.encode(INVOICE).decode()
    path = write(tmp_path / "in.jsonl", f"{good}\n\n{line}\n{good}\n")
    before, problem, after = read(path)
    assert (before, after) == (INVOICE, INVOICE)
    assert isinstance(problem, RowProblem)
    assert (problem.file, problem.line, problem.column) == (str(path), 3, column)
    assert reason in problem.reason


def test_a_record_as_large_as_a_request_is_read(tmp_path: Path) -> None:
    """The largest invoice that can be sent, and so can be written by --failures, can be read again."""
    large = evolve(INVOICE, description="")
    large.description = "ø" * ((Settings().max_chunk_bytes - len(codec.encode(large))) // 2)
    assert len(codec.encode(large)) >= 999_999
    assert read(write(tmp_path / "in.jsonl", codec.encode(large) + b"\n" + codec.encode(INVOICE))) == [large, INVOICE]


def test_memory_does_not_grow_with_the_line(tmp_path: Path) -> None:
    """A line of 64 MB is passed over with less than 16 MB."""
    path = tmp_path / "in.jsonl"
    with path.open("wb") as file:
        for _ in range(64):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + codec.encode(INVOICE))
    tracemalloc.start()
    try:
        problem, invoice = read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(problem, RowProblem)
    assert invoice == INVOICE
    assert peak < 16_000_000


def test_no_personal_data_in_messages(tmp_path: Path) -> None:
    """A value that does not fit is not repeated, whatever it is."""
    line = '{"invoiceNumber": "1", "debtors": [{"firstname": {"is": "Kari"}}], "dueDate": "Kari Eksempel"}'
    (problem,) = read(write(tmp_path / "in.jsonl", line))
    assert "Kari" not in str(problem)


def test_an_unusable_file_is_refused(tmp_path: Path) -> None:
    """The same checks as for CSV come before the first line."""
    with pytest.raises(SourceError, match="is empty"):
        JsonLinesRecords(write(tmp_path / "in.jsonl", b""))


def test_what_is_added_while_reading_is_not_read(tmp_path: Path) -> None:
    """A file that grows under our hands is read as far as it was checked, and the rest is reported."""
    line = codec.encode(INVOICE) + b"\n"
    path = write(tmp_path / "in.jsonl", line)
    source = JsonLinesRecords(path)
    write(path, line + line)
    invoice, problem = source
    source.close()
    assert invoice == INVOICE
    assert "was changed while it was read" in str(problem)
