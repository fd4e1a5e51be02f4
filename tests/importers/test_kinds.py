"""Payments and corrections from CSV and JSON Lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import attrs
import pytest

from amili_async.importers.columns import TABLES
from amili_async.importers.kinds import CORRECTIONS, KINDS, PAYMENTS, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import open_source
from amili_async.importers.records import ByInvoiceNumber, Record, Row
from amili_async.models.collection import CreateCorrectionItem, CreatePaymentItem, PaymentType
from tests.cli.files import write

INVOICE_ID = UUID("0b6ddd50-31fa-4c2e-9bc1-9c8b2a9ad7fb")
PAYMENT = CreatePaymentItem(
    invoice_id=INVOICE_ID,
    type=PaymentType.DIRECT_PAYMENT,
    amount=Decimal("500.25"),
    currency="NOK",
    date=dt.date(2026, 10, 1),
    description="Betalt i bank",
)
CORRECTION = CreateCorrectionItem(
    invoice_id=INVOICE_ID, amount=Decimal("-20.00"), currency="NOK", date=dt.date(2026, 10, 1), description="Kreditnota"
)


def read(tmp_path: Path, kind: RecordKind[Record], text: str, name: str = "in.csv") -> list[Row]:
    """Everything a file of this kind gives."""
    source = open_source(write(tmp_path / name, text), kind, ReadOptions())
    try:
        return list(source)
    finally:
        source.close()


def test_every_column_of_a_payment_finds_its_place(tmp_path: Path) -> None:
    """A payment by Amili's id of the invoice is whole; its number, if it is there too, is not needed."""
    header = "invoice_id,invoice_number,type,amount,currency,date,description"
    assert set(header.split(",")) == set(TABLES["payments"].columns)
    text = f"{header}\n{INVOICE_ID},1001,DIRECT_PAYMENT,500.25,NOK,2026-10-01,Betalt i bank\n"
    assert read(tmp_path, PAYMENTS, text) == [PAYMENT]


def test_every_column_of_a_correction_finds_its_place(tmp_path: Path) -> None:
    """A correction has no type, and its sign is taken as it stands."""
    header = "invoice_id,invoice_number,amount,currency,date,description"
    assert set(header.split(",")) == set(TABLES["corrections"].columns)
    text = f"{header}\n{INVOICE_ID},,-20.00,NOK,2026-10-01,Kreditnota\n"
    assert read(tmp_path, CORRECTIONS, text) == [CORRECTION]


@pytest.mark.parametrize(("kind", "record"), [(PAYMENTS, PAYMENT), (CORRECTIONS, CORRECTION)], ids=["payment", "corr"])
def test_an_invoice_may_be_named_by_its_number(
    tmp_path: Path, kind: RecordKind[Record], record: CreatePaymentItem | CreateCorrectionItem
) -> None:
    """Without Amili's id the record comes with the number, to be looked up; the id is left open."""
    wanted = [ByInvoiceNumber(invoice_number="1001", record=attrs.evolve(record, invoice_id=None))]
    typed = "" if kind is CORRECTIONS else ',"type": "DIRECT_PAYMENT"'
    line = (
        f'{{"invoiceNumber": "1001", "amount": {record.amount}, "currency": "NOK", "date": "2026-10-01",'
        f' "description": "{record.description}"{typed}}}'
    )
    assert read(tmp_path, kind, line, "in.jsonl") == wanted
    titles, cells = ("", "") if kind is CORRECTIONS else (",type", ",DIRECT_PAYMENT")
    header = f"invoice_number,amount,currency,date,description{titles}"
    text = f"{header}\n1001,{record.amount},NOK,1.10.2026,{record.description}{cells}\n"
    assert read(tmp_path, kind, text) == wanted


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",,1.00,NOK", "invoice_id and invoice_number", "are both empty; every row needs one of them"),
        ("1001,,1.00,NOK", "invoice_id", "this is not an id of Amili's"),
        (f"{INVOICE_ID},,,NOK", "amount", "is empty; every row needs it"),
        (",1001,1.00,", "currency", "is empty; every row needs it"),
    ],
)
def test_a_payment_that_cannot_be_one_is_reported(tmp_path: Path, row: str, column: str, reason: str) -> None:
    """The column and the reason are told, and the next row is read."""
    text = f"invoice_id,invoice_number,amount,currency\n{row}\n,1002,1.00,NOK\n"
    problem, good = read(tmp_path, PAYMENTS, text)
    assert isinstance(problem, RowProblem)
    assert (problem.line, problem.column) == (2, column)
    assert reason in problem.reason
    assert isinstance(good, ByInvoiceNumber)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ('{"amount": 1, "currency": "NOK"}', "invoiceId", "is missing, and invoiceNumber too"),
        ('{"amount": 1, "currency": "NOK", "invoiceNumber": 7}', None, "expected a string at $.invoiceNumber"),
        ('{"invoiceNumber": "7", "currency": "NOK"}', "amount", "is missing; every payment needs it"),
        ('{"invoiceId": "7", "amount": 1, "currency": "NOK"}', None, "at $.invoiceId"),
    ],
)
def test_a_line_that_is_no_payment_is_reported(tmp_path: Path, line: str, column: str | None, reason: str) -> None:
    """The field and the reason are told."""
    (problem,) = read(tmp_path, PAYMENTS, line, "in.jsonl")
    assert isinstance(problem, RowProblem)
    assert problem.column == column
    assert reason in problem.reason


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """Payments need an amount and an invoice; a file of invoices has the one under another name."""
    with pytest.raises(SourceError, match='"original_invoice_amount" is no known column'):
        read(tmp_path, PAYMENTS, "invoice_number,original_invoice_amount,currency\n")
    with pytest.raises(SourceError, match="one of these columns has to be there: invoice_id, invoice_number"):
        read(tmp_path, PAYMENTS, "amount,currency\n")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_columns_are_fields_of_the_model(kind: RecordKind[Record]) -> None:
    """Each column of the record itself is named after its field."""
    fields = attrs.fields_dict(kind.model)
    own = [column for column in TABLES[kind.name].columns.values() if column.place in ("invoice", "record")]
    assert [column.name for column in own if column.name != column.field or column.field not in fields] == []
