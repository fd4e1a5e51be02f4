"""Auto postings, all or nothing, and payment reservations."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from amili_async.sandbox.arm.batches import items_of
from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import Flaw, Problem

__all__ = ["HANDLERS"]

_DOCUMENT: Final = ("arItemId", "documentNo", "documentUuid", "referenceNo", "kid")
_CUSTOMER: Final = ("accountNo", "customerNo")


def create_auto_postings(call: Call) -> Answer:
    """Carry out postings: all of them, or none if one cannot be or if one says `validateOnly`.

    Of the body nothing was seen. Here a posting is any object with an `amount`; it lowers the AR item that it names.
    """
    client = call.client
    postings = items_of(call.body, "autoPostings")
    found = [_reasons(client, posting) for posting in postings]
    failed = any(found)
    only = any(isinstance(posting, dict) and posting.get("validateOnly") is True for posting in postings)
    results = []
    for index, (posting, reasons) in enumerate(zip(postings, found, strict=True)):
        result: dict[str, Any] = {"index": index, "resultType": "FAILED" if reasons else "OK", "errors": reasons}
        if failed and not reasons:
            result["resultType"] = "BATCH-REJECTED"
        elif not failed and not only:
            result["glItemId"] = _post(client, posting, call.path["autopostingmethod"])
        results.append(result)
    client.log(call.operation.id, call.state.now)
    return Answer(200, {"validateOnly": only, "autoPostings": results})


def create_reservation(call: Call) -> Answer:
    """Reserve a payment for a document or a customer; a `paymentId` can be used once."""
    client, body = call.client, call.body
    payment_id = body["paymentId"]
    names = [name for name in (*_DOCUMENT, *_CUSTOMER) if body.get(name) is not None]
    if not payment_id or not names:
        what = "paymentId is empty" if not payment_id else f"one of {', '.join((*_DOCUMENT, *_CUSTOMER))} is wanted"
        raise Problem(422, "the reservation names no payment or nothing to pay", [Flaw("$", what)])
    if payment_id in client.reservations:
        raise Problem(409, "there is a reservation with this paymentId already")
    if not _names_something(client, body):
        raise Problem(422, "what the reservation names is not there", [Flaw(f"$.{names[0]}", "it is unknown")])
    client.reservations[payment_id] = dict(body)
    client.log(call.operation.id, call.state.now)
    return Answer(200, {"paymentId": payment_id, "result": "CREATED"})


def _reasons(client: ClientBooks, posting: Any) -> list[str]:
    if not isinstance(posting, dict):
        return ["a posting must be an object"]
    reasons = []
    amount = posting.get("amount")
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        reasons.append("amount is missing or no number")
    named = any(posting.get(name) is not None for name in (*_DOCUMENT, *_CUSTOMER))
    if named and not _names_something(client, posting):
        reasons.append("what it names is not there")
    return reasons


def _post(client: ClientBooks, posting: Mapping[str, Any], method: str) -> int:
    item = client.find_ar_item(posting)
    if item is not None:
        item["balance"] -= posting["amount"]
    gl_item = client.add_gl_item({**posting, "autoPostingMethod": method})
    return int(gl_item["glItemId"])


def _names_something(client: ClientBooks, names: Mapping[str, Any]) -> bool:
    if any(names.get(name) is not None for name in _DOCUMENT):
        return client.find_ar_item(names) is not None
    return any(
        names.get(name) is not None and str(customer.get(name)) == str(names[name])
        for customer in client.customers.values()
        for name in _CUSTOMER
    )


HANDLERS: Final[Mapping[str, Handler]] = {
    "CreateAutoPostings": create_auto_postings,
    "CreatePaymentReservation": create_reservation,
}
