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
from amili_async.sandbox.events import Event, batch_completed, case_opened, case_updated, settlement_created

__all__ = ["BATCH_TYPES", "process"]

# INVOICE and NONE are documented; the other two, and which one actions have, are the sandbox's guess.
BATCH_TYPES: Final[Mapping[str, str]] = {
    "invoices": "INVOICE",
    "payments": "PAYMENT",
    "corrections": "CORRECTION",
    "actions": "NONE",
}


@frozen(kw_only=True)
class _Job:
    books: Books
    batch: Batch
    at: datetime
    reject_duplicates: bool
    listener: Callable[[Event], None] | None

    def tell(self, make: Callable[..., Event], *what: Any) -> None:
        """Make an event if somebody wants it: that of a case names all its invoices, which may be thousands."""
        if self.listener is not None:
            self.listener(make(*what, at=self.at))


def process(
    books: Books,
    batch: Batch,
    items: Sequence[Mapping[str, Any]],
    *,
    at: datetime,
    reject_duplicates: bool,
    tell: Callable[[Event], None] | None,
) -> None:
    """Work a batch off and give it its final status.

    Args:
        books: Whose batch it is.
        batch: The batch.
        items: What it holds.
        at: When it ends.
        reject_duplicates: Reject an invoice whose number was used before.
        tell: Gets what has happened; None if nobody wants to know.
    """
    job = _Job(books=books, batch=batch, at=at, reject_duplicates=reject_duplicates, listener=tell)
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
    job.tell(batch_completed, batch, books.organization)


def _invoice(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    def is_used(number: str) -> bool:
        return job.reject_duplicates and job.books.uses_number(number)

    reasons = rules.invoice_reasons(item, is_used=is_used)
    if reasons:
        _fail(job, index, "invoice", _named(item, "invoiceNumber", "uniqueSourceInvoiceId"), reasons)
        return
    invoice = job.books.open_invoice(item, batch_id=job.batch.id, at=job.at)
    organization = job.books.organization
    if len(invoice.case.invoices) == 1:
        job.tell(case_opened, invoice.case, organization)
    else:
        job.tell(case_updated, invoice.case, organization, ["amounts"])
    _succeed(job, invoice)


def _payment(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    invoice = job.books.invoices.get(item.get("invoiceId") or "")
    reasons = rules.payment_reasons(item, invoice)
    if reasons or invoice is None:
        _fail(job, index, "payment", _named(item, "invoiceId"), reasons)
        return
    before = invoice.case.status
    settlement = job.books.book_payment(invoice, Decimal(item["amount"]), at=job.at)
    _tell_amounts(job, invoice, before)
    job.tell(settlement_created, settlement, job.books.organization)
    _succeed(job, invoice)


def _correction(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    invoice = job.books.invoices.get(item.get("invoiceId") or "")
    reasons = rules.correction_reasons(item, invoice)
    if reasons or invoice is None:
        _fail(job, index, "correction", _named(item, "invoiceId"), reasons)
        return
    before = invoice.case.status
    job.books.book_correction(invoice, Decimal(item["amount"]), at=job.at)
    _tell_amounts(job, invoice, before)
    _succeed(job, invoice)


def _action(job: _Job, index: int, item: Mapping[str, Any]) -> None:
    case = job.books.cases.get(item["caseId"])
    identity = _named(item, "caseId", "invoiceId")
    if case is None or case.status == "CLOSED":
        _fail(job, index, "case", identity, ["the case is closed"])
        return
    match item["action"]:
        case "pause":
            job.books.pause(case, at=job.at)
        case "resume":
            job.books.resume(case, at=job.at)
        case "withdraw":
            job.books.withdraw(case, at=job.at)
        case verdict:
            job.books.decide(case, item["subject"], accepted=verdict == "accept", at=job.at)
    job.tell(case_updated, case, job.books.organization, ["status"])
    job.batch.succeeded.append(identity)


def _tell_amounts(job: _Job, invoice: Invoice, before: str) -> None:
    fields = ["amounts"] if invoice.case.status == before else ["amounts", "status"]
    job.tell(case_updated, invoice.case, job.books.organization, fields)


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
    "actions": _action,
}
