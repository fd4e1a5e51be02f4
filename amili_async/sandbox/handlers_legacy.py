"""The legacy `/webapi` API: the same organizations, cases and settlements, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from amili_async.sandbox.books import Books
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.entities import ZERO, Case, Settlement, timestamp
from amili_async.sandbox.filters import instant
from amili_async.sandbox.problems import Problem
from amili_async.sandbox.views import instant_of, settlement_view

__all__ = ["HANDLERS"]

_ATTACHMENTS: Final = "/webapi/api/Attachment"


def get_batch(call: Call) -> Answer:
    """Creditors, open cases and settlements; `lastsettlementid` leaves out what was fetched before."""
    wanted = call.query.get("creditorid")
    books = [row for row in call.state.all_books if wanted in (None, "", row.organization.number)]
    return Answer(
        200,
        {
            "batchid": "0",  # a read must not use up ids
            "offline": False,
            "creditor": [_creditor(row) for row in books],
            "case": [_case(case) for row in books for case in row.cases.rows if _is_wanted(case, call.query)],
            "settlement": [
                settlement_view(settlement, row.organization)
                for row in books
                for settlement in row.settlements.rows
                if _is_new(settlement, call.query)
            ],
        },
    )


def post_batch(call: Call) -> Answer:
    """Keep what was sent and confirm every object of every list in it.

    The body was never seen; the answer is the one that 2025-09 printed in a place where it does not belong.
    """
    call.state.records.put(call.location, call.state.new_id(), call.body)
    responses = [
        {
            "objectname": name,
            "objectindex": index,
            **({"ledgerref": str(item["ledgerref"])} if item.get("ledgerref") is not None else {}),
            "status_statuscode": "OK",
        }
        for name, items in call.body.items()
        if isinstance(items, list)
        for index, item in enumerate(items)
        if isinstance(item, dict)
    ]
    return Answer(200, {"statuscode": 0, "errors": [], "responses": responses})


def get_attachment(call: Call) -> Answer:
    """An attachment that was put into `sandbox.state.records`; the sandbox makes none itself."""
    found = call.state.records.get(_ATTACHMENTS, call.query["attachmentid"])
    if found is None:
        raise Problem(404, "there is no attachment with this attachmentid")
    return Answer(200, found)


def _is_wanted(case: Case, query: Mapping[str, Any]) -> bool:
    if case.status == "CLOSED" and not query.get("includeclosed"):
        return False
    refs = [number for invoice in case.invoices for number in invoice.customer_numbers]
    ledger = [invoice.source_id for invoice in case.invoices]
    return (not query.get("customerref") or query["customerref"] in refs) and (
        not query.get("ledgerref") or query["ledgerref"] in ledger
    )


def _is_new(settlement: Settlement, query: Mapping[str, Any]) -> bool:
    last = str(query.get("lastsettlementid") or "0")
    if last.isdecimal() and settlement.number <= int(last):
        return False
    day = query.get("remittancedate")
    return not day or settlement.settled_at.date() == instant(day).date()


def _creditor(books: Books) -> dict[str, Any]:
    organization = books.organization
    return {
        "idnumber": organization.number,
        "fullname": organization.name,
        "disabled": False,
        "lastsettlementid": str(len(books.settlements)),
    }


def _case(case: Case) -> dict[str, Any]:
    first = case.invoices[0]
    fields: dict[str, Any] = {
        "customerref": next(iter(first.customer_numbers), None),
        "ledgerref": first.source_id,
        "referencenumber": first.number,
        "casenumber": str(case.number),
        "currencycode": first.currency,
        "regdate": timestamp(case.registered_at),
        "closuredate": timestamp(case.closed_at) if case.closed_at is not None else None,
        "billdate": instant_of(first.invoice_date),
        "duedate": instant_of(first.due_date),
        **_sums(case),
        "status_statuscode": case.status,
        "history": [{"loggedat": timestamp(row.at), "message": row.message} for row in case.history],
        "paymentDetails": {
            "paymentValue": sum((invoice.remaining for invoice in case.invoices), ZERO),
            "currency": first.currency,
            "kid": first.ocr,
        },
    }
    return {name: value for name, value in fields.items() if value is not None or name == "closuredate"}


def _sums(case: Case) -> dict[str, Decimal]:
    sums = {
        f"{part}{heading}": ZERO
        for heading in ("sum", "principal", "fee", "interest")
        for part in ("original", "paid", "remaining")
    }
    for invoice in case.invoices:
        for claim in invoice.claims:
            heading = {"principal": "principal", "fees": "fee", "interest": "interest"}[claim.heading]
            for name, amount in (("original", claim.original), ("paid", claim.paid), ("remaining", claim.remaining)):
                sums[f"{name}{heading}"] += amount
        sums["originalsum"] += invoice.original
        sums["paidsum"] += invoice.paid
        sums["remainingsum"] += invoice.remaining
    return sums


HANDLERS: Final[Mapping[str, Handler]] = {
    "LegacyGetBatch": get_batch,
    "LegacyPostBatch": post_batch,
    "LegacyAttachment": get_attachment,
}
