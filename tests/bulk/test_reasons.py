"""Why a record was refused, without personal data."""

from __future__ import annotations

from typing import Any

import pytest

from amili_async.bulk.reasons import hide, reason_in, sensitive_texts
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, EmailAddress


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"message": " too old "}, "too old"),
        ({"code": "E17", "message": "too old"}, "E17: too old"),
        ({"errorCode": 17}, "17"),
        ({"errors": [{"message": "too old"}, {"message": "too small"}]}, "too old; too small"),
        ({"errors": ["too old", "too old"]}, "too old"),
        ({"errors": [{"path": "$.invoices[3]", "message": "too old"}]}, "$.invoices[3]: too old"),
        ({"error": {"detail": "too old"}}, "too old"),
        (
            {"title": "Invalid", "errors": {"invoices[3].dueDate": ["is missing"]}},
            "Invalid; invoices[3].dueDate: is missing",
        ),
        ({"errors": ["a", "b", "c", "d"]}, "a; b; c"),
        ({"message": "", "errors": None, "invoiceNumber": "F-1"}, None),
        (b"<html>", None),
        (None, None),
    ],
)
def test_a_reason_is_found_wherever_it_stands(answer: Any, reason: str | None) -> None:
    """What a failed item looks like is not documented, so the usual places are tried."""
    assert reason_in(answer) == reason


@pytest.mark.parametrize(
    "text",
    [
        "debtor 01010112345 is unknown",
        "debtor 010101 12345 is unknown",
        "cannot reach fiktiva@example.no",
        "no answer from +47 99 99 99 99",
        "no answer from 004799999999",
    ],
)
def test_personal_data_is_masked_by_its_form(text: str) -> None:
    """Personal numbers, e-mail addresses and phone numbers do not get through, whoever they belong to."""
    hidden = hide(text, set())
    assert "***" in hidden
    assert not any(secret in hidden for secret in ("0101", "12345", "fiktiva", "9999", "99 99"))


def test_what_the_record_says_of_people_is_masked() -> None:
    """Values of the record's personal fields do not get through, in any case of letters."""
    record = CreateInvoiceItem(
        invoice_number="F-1",
        debtors=[
            CreateInvoiceDebtor(
                firstname="Fiktiva", lastname="Testesen", emails=[EmailAddress(value="fiktiva@example.no")]
            )
        ],
    )
    secrets = sensitive_texts(record)
    assert {"Fiktiva", "Testesen", "fiktiva@example.no"} <= secrets
    assert "F-1" not in secrets
    assert hide("F-1: FIKTIVA Testesen has moved", secrets) == "F-1: *** *** has moved"


def test_initials_are_not_masked() -> None:
    """Very short values, such as a country code, would take half of the text with them."""
    assert sensitive_texts(CreateInvoiceItem(additional_properties={"country": "NO", "street": "Sagnveien"})) == {
        "Sagnveien"
    }


def test_invoice_numbers_and_words_that_contain_a_name_stay() -> None:
    """Only whole words are masked, and numbers that are no personal numbers stay readable."""
    assert hide("invoice 2026000123: Olsenbanden", {"Olsen"}) == "invoice 2026000123: Olsenbanden"


def test_a_reason_is_one_short_line() -> None:
    """Line breaks, control characters and endless texts do not reach a log."""
    hidden = hide("first\nsecond\x1b[31m " + "x" * 1000, set())
    assert hidden.startswith("first second[31m x")
    assert len(hidden) == 300
