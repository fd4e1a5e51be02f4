"""The writes that are carried out later: invoices, payments, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import Flaw, Problem

__all__ = ["HANDLERS"]


def accept_batch(call: Call) -> Answer:
    """Accept the items of a write, and say which batch they are in."""
    kind = call.operation.batch or ""
    items = call.body[kind]
    limit = call.settings.max_items
    if len(items) > limit:
        raise Problem(400, "too many items in one request", [Flaw(f"$.{kind}", f"more than {limit} items")])
    organization = call.books.organization.id
    batch = call.state.submit(organization, kind, items, key=call.idempotency_key)
    url = f"{call.url}/collection/v1/orgs/{organization}/batches/{batch.id}"
    return Answer(202, {"summary": {"status": "SUCCESS"}, "data": {"batchId": batch.id, "batchUrl": url}})


HANDLERS: Final[Mapping[str, Handler]] = {
    "CreateInvoices": accept_batch,
    "CreatePayments": accept_batch,
    "CreateCorrections": accept_batch,
}
