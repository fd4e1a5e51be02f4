"""Payments and corrections, and the bodies that all kinds are sent as."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from amili_async import codec
from amili_async.bulk import Bulk, Outcome, kinds
from amili_async.bulk.chunks import Entry
from amili_async.bulk.kinds import Kind
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateCorrectionsRequest,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    CreatePaymentItem,
    CreatePaymentsRequest,
)
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, invoice
from tests.bulk.virtual_time import run

ONE, TWO = UUID(int=1, version=4), UUID(int=2, version=4)


def payment(invoice_id: UUID, amount: str = "100.00") -> CreatePaymentItem:
    return CreatePaymentItem(invoice_id=invoice_id, amount=Decimal(amount), currency="NOK", date=dt.date(2026, 1, 31))


def test_payments_of_one_invoice_never_share_a_request() -> None:
    """An answer names payments by their invoice, so two for the same one are sent apart."""
    amili = FakeAmili()
    report = run(Bulk(amili).submit_payments(ORGANIZATION, [payment(ONE), payment(TWO), payment(ONE, "50.00")]))
    assert [[record["invoiceId"] for record in sent.records] for sent in amili.sent] == [
        [str(ONE), str(TWO)],
        [str(ONE)],
    ]
    assert report.kind == "payments"
    assert sum(report.totals["NOK"].values()) == Decimal("250.00")


def test_equal_instalments_are_two_payments() -> None:
    """A payment has no number; two that say the same are both sent, under keys of their own."""

    async def scenario() -> list[Outcome]:
        async with Bulk(FakeAmili()).stream_payments(ORGANIZATION, [payment(ONE), payment(ONE)]) as bulk_run:
            return [outcome async for outcome in bulk_run]

    first, second = run(scenario())
    assert first.key is not None
    assert second.key is not None
    assert first.key[:-2] == second.key[:-2]
    assert (first.key[-2:], second.key[-2:]) == ("-1", "-2")


def test_corrections_are_submitted_too() -> None:
    """The same engine sends corrections."""
    amili = FakeAmili()
    correction = CreateCorrectionItem(invoice_id=ONE, amount=Decimal("-5.00"), currency="NOK")

    async def scenario() -> int:
        async with Bulk(amili).stream_corrections(ORGANIZATION, [correction]) as bulk_run:
            return len([outcome async for outcome in bulk_run])

    assert run(scenario()) == 1
    assert run(Bulk(amili).submit_corrections(ORGANIZATION, [correction])).accepted == 1
    assert [list(sent.records[0]) for sent in amili.sent] == [["invoiceId", "amount", "currency"]] * 2


@pytest.mark.parametrize(
    ("kind", "wrapper", "records"),
    [
        (kinds.invoices, CreateInvoicesRequest, [invoice(1), CreateInvoiceItem(invoice_number="blåbær")]),
        (kinds.payments, CreatePaymentsRequest, [payment(ONE)]),
        (kinds.corrections, CreateCorrectionsRequest, [CreateCorrectionItem(invoice_id=ONE), CreateCorrectionItem()]),
    ],
)
def test_a_body_is_what_the_model_would_have_been(
    kind: Callable[[], Kind], wrapper: Callable[..., Any], records: list[Any]
) -> None:
    """Records that were encoded one by one are sent as the very bytes of the whole, and counted as that many."""
    made = kind()
    content = made.content(Entry(index=0, key="", content=made.encode(record)) for record in records)
    whole = codec.encode(wrapper(**{made.name: records}))
    assert content == whole
    assert made.overhead == len(codec.encode(wrapper(**{made.name: []})))
    assert json.loads(whole)[made.operation.batch or ""]


def test_personal_data_is_known_from_the_model() -> None:
    """What the spec marks as personal in a record is what a server's text about it is stripped of."""
    made = kinds.invoices()
    secrets = made.secrets(made.encode(invoice(1)))
    assert {"Fiktiva", "Testesen"} <= secrets
    assert "1" not in secrets
