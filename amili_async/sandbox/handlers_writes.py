"""The writes that are carried out later: invoices, payments, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler, accepted
from amili_async.sandbox.problems import Flaw, Problem

__all__ = ["HANDLERS"]


def create_invoices(call: Call) -> Answer:
    """Accept invoices."""
    return _accept(call, "invoices")


def create_payments(call: Call) -> Answer:
    """Accept payments."""
    return _accept(call, "payments")


def create_corrections(call: Call) -> Answer:
    """Accept corrections."""
    return _accept(call, "corrections")


def _accept(call: Call, kind: str) -> Answer:
    items = call.body[kind]
    limit = call.settings.max_items
    if len(items) > limit:
        raise Problem(400, "too many items in one request", [Flaw(f"$.{kind}", f"more than {limit} items")])
    organization = call.books.organization.id
    batch = call.state.submit(organization, kind, items, key=call.idempotency_key)
    return accepted(call, organization, batch.id)


HANDLERS: Final[Mapping[str, Handler]] = {
    "CreateInvoices": create_invoices,
    "CreatePayments": create_payments,
    "CreateCorrections": create_corrections,
}
