"""Reads that the newest documentation has dropped. Where no body was ever seen, it is the sandbox's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from amili_async.sandbox.call import Answer, Call, Handler, single
from amili_async.sandbox.entities import Invoice, timestamp
from amili_async.sandbox.filters import all_of, equals
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.problems import not_found
from amili_async.sandbox.views import batch_view

__all__ = ["HANDLERS"]


def get_batch(call: Call) -> Answer:
    """One batch, whoever's it is."""
    for books in call.state.all_books:
        batch = books.batches.get(call.path["batchId"])
        if batch is not None:
            return single(batch_view(batch, books.organization))
    raise not_found("the batch")


def list_batches(call: Call) -> Answer:
    """The batches of all organizations, in the envelope of 2025-09."""
    query = call.query
    rows = [(batch, books.organization) for books in call.state.all_books for batch in books.batches.rows]
    rows.sort(key=lambda row: row[0].created_at)
    page = page_of(
        rows,
        scope=call.scope,
        size=call.page_size(),
        token=query.get("PageToken"),
        matches=all_of(
            equals(query.get("State"), lambda row: row[0].status),
            equals(query.get("Type"), lambda row: row[0].type),
        ),
        newest_first=str(query.get("SortDirection", "")).lower().startswith("desc"),
    )
    summary = {"status": "SUCCESS", **({"nextPageToken": page.next_token} if page.next_token else {})}
    return Answer(200, {"summary": summary, "data": [batch_view(*row) for row in page.items]})


def get_payments(call: Call) -> Answer:
    """What was paid on an invoice."""
    invoice = _invoice(call)
    settlements = [row for row in call.books.settlements.rows if row.invoice is invoice]
    return _rows(
        [
            {"amount": row.amount, "currency": row.currency, "date": timestamp(row.settled_at), "settlementId": row.id}
            for row in settlements
        ]
    )


def get_documents(call: Call) -> Answer:
    """No documents: the sandbox writes no letters."""
    _invoice(call)
    return _rows([])


def get_history(call: Call) -> Answer:
    """What was done with the case of an invoice."""
    history = _invoice(call).case.history
    return _rows([{"loggedAt": timestamp(row.at), "message": row.message} for row in history])


def get_reports(call: Call) -> Answer:
    """No reports: the sandbox makes none."""
    _ = call.books
    return _rows([])


def ping(call: Call) -> Answer:
    """It is there."""
    return Answer(200, {"status": "OK", "time": timestamp(call.state.now)})


def _invoice(call: Call) -> Invoice:
    invoice = call.books.invoices.get(call.path["invoiceId"])
    if invoice is None:
        raise not_found("the invoice")
    return invoice


def _rows(rows: Sequence[Any]) -> Answer:
    return Answer(200, {"summary": {"status": "SUCCESS"}, "data": rows})


HANDLERS: Final[Mapping[str, Handler]] = {
    "GetBatchByIdLegacy": get_batch,
    "GetAllBatches": list_batches,
    "GetInvoicePayments": get_payments,
    "GetInvoiceDocuments": get_documents,
    "GetInvoiceHistory": get_history,
    "GetOrganizationReports": get_reports,
    "Ping": ping,
    "PingAuthorized": ping,
    "GetHealth": ping,
    "GetArHealth": ping,
    "LegacyPing": ping,
}
