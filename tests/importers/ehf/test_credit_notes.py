"""Credit notes from EHF documents: corrections of the invoices they name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from amili_async.importers.ehf import EhfDocuments
from amili_async.importers.kinds import CORRECTIONS, INVOICES, PAYMENTS
from amili_async.importers.options import CreditSign, ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber
from amili_async.models.collection import CreateCorrectionItem
from tests.importers.ehf.documents import CREDIT_NOTE, DATA, changed, correction, problem, read, read_text

REFERENCE = """    <cac:InvoiceDocumentReference>
      <cbc:ID>F-26001</cbc:ID>
      <cbc:IssueDate>2026-08-31</cbc:IssueDate>
    </cac:InvoiceDocumentReference>
"""
PAYABLE = '<cbc:PayableAmount currencyID="NOK">500.00</cbc:PayableAmount>'


@pytest.mark.parametrize(("sign", "amount"), [("negative", "-500.00"), ("positive", "500.00")])
def test_a_credit_note_corrects_its_invoice(sign: CreditSign, amount: str) -> None:
    """Every field, under the sign that was chosen; the invoice is named by its number."""
    row = read(DATA / "credit-note.xml", CORRECTIONS, ReadOptions(credit_sign=sign))
    assert row == ByInvoiceNumber(
        invoice_number="F-26001",
        record=CreateCorrectionItem(
            amount=Decimal(amount), currency="NOK", date=dt.date(2026, 9, 20), description="Kreditnota K-3001"
        ),
    )


def test_the_sign_has_to_be_chosen() -> None:
    """What Amili takes for a reduction is not documented, and the wrong sign would raise the claim."""
    with pytest.raises(SourceError) as caught:
        EhfDocuments(DATA / "credit-note.xml", CORRECTIONS, ReadOptions())
    assert "is not documented" in str(caught.value)
    assert "--credit-sign negative or --credit-sign positive" in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("", "is missing: which invoice is credited is not said"),
        (
            REFERENCE + REFERENCE.replace("26001", "26002"),
            "names 2 invoices: how much is credited on which is not said",
        ),
    ],
)
def test_a_credit_note_names_one_invoice(tmp_path: Path, reference: str, reason: str) -> None:
    """Otherwise it cannot be known what is corrected by how much."""
    row = read_text(tmp_path, changed(CREDIT_NOTE, (REFERENCE, reference)), CORRECTIONS)
    assert problem(row) == ("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", reason)


def test_an_invoice_that_is_named_twice_is_one(tmp_path: Path) -> None:
    """As systems do that write a reference for each line."""
    assert correction(tmp_path, changed(CREDIT_NOTE, (REFERENCE, REFERENCE * 2))).invoice_number == "F-26001"


@pytest.mark.parametrize("amount", ["0.00", "-500.00"])
def test_a_credit_note_takes_something_off(tmp_path: Path, amount: str) -> None:
    """One below zero would raise the claim."""
    text = changed(CREDIT_NOTE, ("500.00", amount), ("400.00", amount), (">100.00", ">0.00"))
    assert problem(read_text(tmp_path, text, CORRECTIONS)) == (
        "cac:LegalMonetaryTotal/cbc:PayableAmount",
        f"is {amount}: such a credit note takes nothing off its invoice",
    )


def test_a_credit_that_was_paid_out_in_part_is_refused(tmp_path: Path) -> None:
    """How much of it is still to be taken off the invoice cannot be told."""
    prepaid = '<cbc:PrepaidAmount currencyID="NOK">200.00</cbc:PrepaidAmount>'
    text = changed(CREDIT_NOTE, (PAYABLE, prepaid + PAYABLE.replace("500", "300")))
    element, _ = problem(read_text(tmp_path, text, CORRECTIONS))
    assert element == "cac:LegalMonetaryTotal/cbc:PrepaidAmount"


def test_only_credit_notes_are_taken_for_them(tmp_path: Path) -> None:
    """By their type as well."""
    text = changed(CREDIT_NOTE, ("TypeCode>381<", "TypeCode>380<"))
    assert problem(read_text(tmp_path, text, CORRECTIONS)) == (
        "cbc:CreditNoteTypeCode",
        "is not the type of a credit note, which is 381",
    )


def test_a_document_of_the_other_kind_is_told_with_its_command() -> None:
    """It does not become the wrong thing, and the user learns what takes it."""
    path = DATA / "credit-note.xml"
    reason = "the document is a credit note, which `amili push corrections` takes"
    assert read(path, INVOICES) == RowProblem(str(path), 1, None, reason)
    path = DATA / "person-invoice.xml"
    reason = "the document is an invoice, which `amili push invoices` takes"
    assert read(path, CORRECTIONS) == RowProblem(str(path), 1, None, reason)


def test_there_are_no_payments_in_documents() -> None:
    """Asking for them is a mistake that is told before anything is read."""
    with pytest.raises(SourceError, match="there are no payments in them"):
        EhfDocuments(DATA / "credit-note.xml", PAYMENTS, ReadOptions())


@pytest.mark.parametrize("name", ["in.csv", "in.jsonl", "in.json"])
def test_a_sign_that_would_do_nothing_is_refused(tmp_path: Path, name: str) -> None:
    """Amounts of tables keep theirs: whoever relies on the option would raise a debt instead of lowering it."""
    path = tmp_path / name
    path.write_text("invoice_number,amount,currency\n1001,50.00,NOK\n" if name == "in.csv" else "[]")
    with pytest.raises(SourceError, match="keep the signs that they have there"):
        Reading(path, CORRECTIONS, ReadOptions(credit_sign="negative"))
