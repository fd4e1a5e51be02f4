"""How the items of a batch are processed, by kind of batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from amili_async.sandbox import rules
from amili_async.sandbox.books import Books
from amili_async.sandbox.entities import Batch, Invoice

__all__ = ["BATCH_TYPES", "process"]

# INVOICE is documented; the other two are the sandbox's guess.
BATCH_TYPES: Final[Mapping[str, str]] = {"invoices": "INVOICE", "payments": "PAYMENT", "corrections": "CORRECTION"}


@frozen(kw_only=True)
class _Job:
    books: Books
    batch: Batch
    at: datetime
    reject_duplicates: bool


def process(
    books: Books, batch: Batch, items: Sequence[Mapping[str, Any]], *, at: datetime, reject_duplicates: bool
) -> None:
    """Work a batch off and give it its final status."""
    job = _Job(books=books, batch=batch, at=at, reject_duplicates=reject_duplicates)
    step = _STEPS[batch.kind]
    for index, item in enumerate(items):
        step(job, index, item)
    if not batch.failed:
        batch.status = "SUCCESS"
    elif batch.succeeded:
        batch.status = "PARTIAL"
    else:
        batch.status = "FAILED"
    batch.finished_at = at


def _invoice(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    def is_used(number: str) -> bool:
        return job.reject_duplicates and job.books.uses_number(number)

    reasons = rules.invoice_reasons(item, is_used=is_used)
    if reasons:
        _fail(job, index, "invoice", _named(item, "invoiceNumber", "uniqueSourceInvoiceId"), reasons)
        return
    _succeed(job, job.books.open_invoice(item, batch_id=job.batch.id, at=job.at))


def _payment(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    invoice = job.books.invoices.get(item.get("invoiceId") or "")
    reasons = rules.payment_reasons(item, invoice)
    if reasons or invoice is None:
        _fail(job, index, "payment", _named(item, "invoiceId"), reasons)
        return
    job.books.book_payment(invoice, Decimal(item["amount"]), at=job.at)
    _succeed(job, invoice)


def _correction(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    invoice = job.books.invoices.get(item.get("invoiceId") or "")
    reasons = rules.correction_reasons(item, invoice)
    if reasons or invoice is None:
        _fail(job, index, "correction", _named(item, "invoiceId"), reasons)
        return
    job.books.book_correction(invoice, Decimal(item["amount"]), at=job.at)
    _succeed(job, invoice)


def _succeed(job: _Job, invoice: Invoice) -> None:
    job.batch.succeeded.append(
        {"invoiceId": invoice.id, "invoiceNumber": invoice.number, "caseId": invoice.case.id},
    )


def _fail(job: _Job, index: int, name: str, identity: Mapping[str, Any], reasons: Sequence[str]) -> None:
    # No failed item was ever seen. This borrows the one error shape that was, that of the 2025-09 batch status.
    errors = [{"objectname": name, "objectindex": index, "message": reason} for reason in reasons]
    job.batch.failed.append({**identity, "errors": errors})


def _named(item: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: item[name] for name in names if item.get(name)}


_STEPS: Final[Mapping[str, Callable[[_Job, int, Mapping[str, Any]], None]]] = {
    "invoices": _invoice,
    "payments": _payment,
    "corrections": _correction,
}
