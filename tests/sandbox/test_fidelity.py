"""Whatever the spec lets in, the sandbox answers within the spec."""

from __future__ import annotations

from datetime import timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amili_async.sandbox.clock import VirtualClock
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.jsonio import decode_json, encode_json
from amili_async.sandbox.settings import Settings
from amili_async.sandbox.spec import load_documents, operations_of
from amili_async.sandbox.state import State
from amili_async.sandbox.views import batch_view, case_view, invoice_view, settlement_view

OPERATIONS = {operation.id: operation for operation in operations_of(load_documents())}

text = st.text(max_size=8)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
dates = st.dates().map(str) | st.datetimes(timezones=zones).map(lambda at: at.isoformat())
amounts = st.decimals(-(10**12), 10**12, places=2)
value = st.fixed_dictionaries({}, optional={"value": text})


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


debtors = some(
    type=text,
    firstname=text,
    lastname=text,
    name=text,
    customerNumber=text,
    identificationNumber=text,
    emails=st.lists(value, max_size=2),
    phoneNumbers=st.lists(value, max_size=2),
    unknown=st.none() | st.integers(),
)
invoices = some(
    type=text,
    invoiceNumber=text,
    vat=st.booleans(),
    originalInvoiceAmount=amounts,
    currency=st.sampled_from(["NOK", "sek", "", "kroner"]),
    invoiceDate=dates,
    dueDate=dates,
    collectionNoticeDate=st.none() | dates,
    uniqueSourceInvoiceId=text,
    description=text,
    ocrReferenceNumber=text,
    debtors=st.lists(debtors, max_size=2),
    claims=st.lists(some(type=text, originalAmount=amounts, currency=text), max_size=2),
    unknown=st.none() | text,
)
good = invoices.map(
    lambda fields: {
        **fields,
        "originalInvoiceAmount": Decimal("10.10"),
        "currency": "NOK",
        "debtors": [*fields.get("debtors", []), {"name": "Prøve"}],
        "invoiceNumber": "F" + fields.get("invoiceNumber", ""),
        "dueDate": "9999-01-01",
    }
)


@given(items=st.lists(invoices | good, max_size=4), paid=amounts, corrected=amounts)
def test_whatever_is_let_in_is_answered_within_the_spec(items: list[Any], paid: Decimal, corrected: Decimal) -> None:
    """No request that passes the spec leads to an answer that breaks it, and every item has one outcome."""
    body = decode_json(encode_json({"invoices": items}))
    assert OPERATIONS["CreateInvoices"].body_flaws(body) == []
    clock = VirtualClock()
    state = State(Settings(), clock, Ids(1))
    books = state.books(state.organizations[0].id)
    organization = books.organization
    batch = state.submit(organization.id, "invoices", body["invoices"])
    clock.advance(1)
    state.catch_up()
    assert len(batch.succeeded) + len(batch.failed) == len(items)
    for item in batch.succeeded:
        state.submit(organization.id, "payments", [{**item, "amount": paid, "currency": "NOK"}])
        state.submit(organization.id, "corrections", [{**item, "amount": corrected, "currency": "NOK"}])
    clock.advance(1)
    state.catch_up()
    answers = {
        "GetBatchesByOrganization": [batch_view(row, organization) for row in books.batches.rows],
        "GetInvoicesByOrganization": [invoice_view(row, organization) for row in books.invoices.rows],
        "GetCasesByOrganization": [case_view(row, organization) for row in books.cases.rows],
        "GetSettlements": [settlement_view(row, organization) for row in books.settlements.rows],
    }
    for operation_id, rows in answers.items():
        answer = decode_json(encode_json({"data": rows}))
        assert OPERATIONS[operation_id].answer_flaws(200, answer) == []


@given(
    invoice=good,
    name=st.sampled_from(["invoiceNumber", "currency", "originalInvoiceAmount", "dueDate", "debtors"]),
    wrong=st.sampled_from([7, True, {"x": 1}, ["x"], None]),
)
def test_a_field_of_the_wrong_kind_never_passes(invoice: dict[str, Any], name: str, wrong: Any) -> None:
    """The validator that the sandbox trusts does find what the spec forbids."""
    if name == "originalInvoiceAmount" and wrong == 7 and wrong is not True:
        wrong = "7"
    if name == "debtors" and wrong == ["x"]:
        wrong = "x"
    flaws = OPERATIONS["CreateInvoices"].body_flaws({"invoices": [{**invoice, name: wrong}]})
    assert f"$.invoices[0].{name}" in {flaw.path for flaw in flaws}
