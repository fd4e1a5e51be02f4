"""Payments and corrections: batches of their own that change what is owed, exact to the øre."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.sandbox.clock import VirtualClock
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.settings import Settings
from amili_async.sandbox.state import State
from tests.sandbox.api import Api, invoice


async def owed(api: Api, *changes: Any) -> str:
    """Hand an invoice over; its id."""
    batch = await api.push([invoice(**dict(changes))])
    return str(batch["succeeded"][0]["invoiceId"])


def payment(invoice_id: str, amount: Any) -> dict[str, Any]:
    """A payment as the documentation shows it."""
    return {"invoiceId": invoice_id, "type": "DIRECT_PAYMENT", "amount": amount, "currency": "NOK"}


async def test_a_payment_reduces_what_remains(api: Api) -> None:
    """Case, invoice and claim show the payment; the batch names the invoice."""
    invoice_id = await owed(api)
    batch = await api.finished("/payments", {"payments": [payment(invoice_id, Decimal("1500.05"))]})
    assert (batch["type"], batch["status"]) == ("PAYMENT", "SUCCESS")
    assert batch["succeeded"][0]["invoiceId"] == invoice_id
    case = (await api.get("/cases")).body["data"][0]
    assert (case["status"], case["remainingAmount"]) == ("OPEN", Decimal("2999.95"))
    assert case["invoices"][0]["paidAmount"] == case["claims"][0]["paidAmount"] == Decimal("1500.05")
    assert (await api.get(f"/invoices/{invoice_id}")).body["data"]["paidAmount"] == Decimal("1500.05")


async def test_what_is_paid_in_full_is_closed(api: Api) -> None:
    """The last øre closes the case and its invoice; too much leaves nothing to pay."""
    invoice_id = await owed(api)
    await api.finished("/payments", {"payments": [payment(invoice_id, Decimal("4499.99"))]})
    assert (await api.get("/cases", Status="OPEN")).body["skipSummary"]["totalCount"] == 1
    await api.finished("/payments", {"payments": [payment(invoice_id, 100)]})
    (case,) = (await api.get("/cases", Status="CLOSED")).body["data"]
    assert (case["remainingAmount"], case["invoices"][0]["paidAmount"]) == (0, Decimal("4599.99"))
    assert "closedAt" in case
    assert (await api.get(f"/invoices/{invoice_id}")).body["data"]["status"] == "CLOSED"


async def test_a_correction_reduces_the_claim(api: Api) -> None:
    """A positive correction lowers the amount, a negative one raises it and opens a closed case again."""
    invoice_id = await owed(api)
    correction = {"invoiceId": invoice_id, "amount": 4500, "currency": "NOK", "description": "Kreditnota"}
    batch = await api.finished("/corrections", {"corrections": [correction]})
    assert (batch["type"], batch["status"]) == ("CORRECTION", "SUCCESS")
    data = (await api.get(f"/invoices/{invoice_id}")).body["data"]
    assert (data["status"], data["currentAmount"], data["paidAmount"]) == ("CLOSED", 0, 0)
    await api.finished("/corrections", {"corrections": [{**correction, "amount": Decimal("-0.50")}]})
    case = (await api.get("/cases")).body["data"][0]
    assert (case["status"], case["remainingAmount"]) == ("OPEN", Decimal("0.50"))
    assert case["invoices"][0]["creditedAmount"] == Decimal("4499.50")
    assert "closedAt" not in case
    assert (await api.get("/settlements")).body["data"] == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"invoiceId": "00000000-0000-4000-8000-000000000000"}, "invoiceId is unknown"),
        ({"invoiceId": None}, "invoiceId is missing"),
        ({"amount": None}, "amount is missing"),
        ({"amount": 0}, "amount must"),
        ({"currency": "SEK"}, "currency is not that of the invoice"),
        ({"currency": None}, "currency is missing"),
    ],
)
@pytest.mark.parametrize("kind", ["payments", "corrections"])
async def test_what_cannot_be_booked_is_rejected(api: Api, kind: str, changes: dict[str, Any], message: str) -> None:
    """A payment or correction that fits no invoice fails alone, with the reason and its place."""
    invoice_id = await owed(api)
    bad = {n: v for n, v in {**payment(invoice_id, 5), **changes}.items() if v is not None}
    batch = await api.finished(f"/{kind}", {kind: [payment(invoice_id, 1), bad]})
    assert batch["status"] == "PARTIAL"
    (error,) = batch["failed"][0]["errors"]
    assert (error["objectname"], error["objectindex"]) == (kind[:-1], 1)
    assert error["message"].startswith(message)


async def test_a_negative_payment_is_rejected(api: Api) -> None:
    """Money that goes back is a correction."""
    invoice_id = await owed(api)
    assert (await api.finished("/payments", {"payments": [payment(invoice_id, -1)]}))["status"] == "FAILED"


async def test_a_payment_is_settled(api: Api) -> None:
    """Each payment gives one settlement for its invoice, shared between creditor and collector by claim."""
    claims = [{"type": "REMINDER_FEE", "originalAmount": 35}, {"type": "PRINCIPAL", "originalAmount": 100}]
    invoice_id = await owed(api, ("claims", claims), ("originalInvoiceAmount", 135))
    await api.finished("/payments", {"payments": [payment(invoice_id, Decimal("85.50"))]})
    (settlement,) = (await api.get("/settlements")).body["data"]
    assert settlement["paymentAmount"] == Decimal("85.50")
    assert settlement["feeDistribution"] == {"collector": 35, "creditor": 0}
    assert settlement["principalDistribution"] == {"collector": 0, "creditor": Decimal("50.50")}
    assert settlement["interestDistribution"] == {"collector": 0, "creditor": 0}
    assert settlement["invoice"]["id"] == invoice_id
    one = await api.get(f"/settlements/{settlement['id']}")
    assert one.body["data"] == settlement


_ORE = st.integers(1, 10**12).map(lambda ore: Decimal(ore) / 100)


@given(original=_ORE, payments=st.lists(_ORE, max_size=8), corrections=st.lists(_ORE, max_size=8))
def test_sums_are_exact_to_the_ore(original: Decimal, payments: list[Decimal], corrections: list[Decimal]) -> None:
    """Whatever is paid and corrected in whatever amounts, not an øre is lost."""
    clock = VirtualClock()
    state = State(Settings(), clock, Ids(1))
    organization = state.organizations[0].id
    batch = state.submit(organization, "invoices", [invoice("F-1", originalInvoiceAmount=original)])
    clock.advance(1)
    state.catch_up()
    invoice_id = batch.succeeded[0]["invoiceId"]
    state.submit(organization, "payments", [payment(invoice_id, amount) for amount in payments])
    state.submit(organization, "corrections", [payment(invoice_id, amount) for amount in corrections])
    clock.advance(1)
    entry = state.ledger(organization)["F-1"]
    assert entry.amounts == (original,)
    assert entry.paid == sum(payments)
    assert entry.credited == sum(corrections)
    assert entry.remaining == max(original - sum(payments) - sum(corrections), 0)
    settlements = state.books(organization).settlements.rows
    assert sum(row.principal + row.fees + row.interest for row in settlements) == sum(payments)
