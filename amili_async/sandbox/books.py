"""One organization's books: its invoices, cases, batches and settlements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from amili_async.sandbox.entities import (
    ZERO,
    Batch,
    Case,
    Claim,
    Debtor,
    Happening,
    Invoice,
    LedgerEntry,
    Organization,
    Settlement,
)
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.table import Table

__all__ = ["Books"]

_FIRST_CASE_NUMBER = 5000001
_LIST = "debt collection list"
_NOTICES = ("COLLECTION_NOTICE", "NOTICE")


class Books:
    """What an organization has, and the changes that can be made to it.

    Args:
        organization: Whose books they are.
        ids: Where new ids come from.
        join_cases: Whether an invoice joins the open case of its debtor.
    """

    def __init__(self, organization: Organization, ids: Ids, *, join_cases: bool = False) -> None:
        self.organization = organization
        self._ids = ids
        self._join_cases = join_cases
        self.invoices: Table[Invoice] = Table("number", "source_id", "customer_number")
        self.cases: Table[Case] = Table("number", "source_id", "customer_number")
        self.batches: Table[Batch] = Table("idempotency_key")
        self.settlements: Table[Settlement] = Table()

    def new_id(self) -> str:
        """An id that nothing has yet."""
        return self._ids.uuid()

    def uses_number(self, number: str) -> bool:
        """Whether an invoice with this number was accepted before."""
        return bool(self.invoices.find("number", number))

    def open_invoice(self, item: Mapping[str, Any], *, batch_id: str, at: datetime) -> Invoice:
        """Take an invoice in, and open a case for it or put it into one."""
        invoice_type = item.get("type") or "PAYMENT_REMINDER"
        currency = item["currency"].upper()
        case = self._joinable(item, invoice_type, currency) or self._open_case(item, invoice_type, at)
        original = Decimal(item["originalInvoiceAmount"])
        invoice = Invoice(
            id=self._ids.uuid(),
            number=item["invoiceNumber"],
            type=invoice_type,
            original=original,
            currency=currency,
            invoice_date=item.get("invoiceDate"),
            due_date=item.get("dueDate"),
            source_id=item.get("uniqueSourceInvoiceId"),
            description=item.get("description"),
            ocr=item.get("ocrReferenceNumber") or f"{case.number:010d}",
            claims=_claims(item, original, currency),
            debtors=self._debtors(item),
            batch_id=batch_id,
            registered_at=at,
            case=case,
        )
        case.invoices.append(invoice)
        self.invoices.add(invoice.id, invoice)
        self.invoices.index(invoice, "number", [invoice.number])
        self.invoices.index(invoice, "source_id", [invoice.source_id])
        self.invoices.index(invoice, "customer_number", invoice.customer_numbers)
        self.cases.index(case, "source_id", [invoice.source_id])
        self.cases.index(case, "customer_number", set(invoice.customer_numbers) - case.customer_numbers)
        case.customer_numbers.update(invoice.customer_numbers)
        _note_what_is_owed(invoice)
        return invoice

    def pause(self, case: Case, *, at: datetime) -> None:
        """Let a case rest."""
        case.status = "PAUSED"
        case.history.append(Happening(at=at, message="paused"))

    def resume(self, case: Case, *, at: datetime) -> None:
        """Let a case go on."""
        case.status = "OPEN"
        case.history.append(Happening(at=at, message="resumed"))
        _review(case, at)

    def withdraw(self, case: Case, *, at: datetime) -> None:
        """End a case, whatever is owed."""
        case.status, case.closed_at, case.is_withdrawn, case.sub_status = "CLOSED", at, True, None
        case.history.append(Happening(at=at, message="withdrawn"))

    def decide(self, case: Case, subject: str, *, accepted: bool, at: datetime) -> None:
        """Note what the creditor has decided; a decision on the debt collection list takes the case out of it."""
        if subject == _LIST:
            case.sub_status = None
        case.history.append(Happening(at=at, message=f"{subject} {'accepted' if accepted else 'rejected'}"))

    def take_step(self, case: Case, *, at: datetime) -> str | None:
        """Move an open case on: from a reminder to a notice, and from there into the debt collection list.

        Returns:
            The field that has changed, or None if there is no further step.
        """
        if case.type not in _NOTICES:
            case.type = "COLLECTION_NOTICE"
            case.history.append(Happening(at=at, message="collection notice"))
            return "type"
        if any(happening.message.startswith(_LIST) for happening in case.history):
            return None
        case.sub_status = "DEBT_COLLECTION_LIST_MANUAL"
        case.history.append(Happening(at=at, message=f"{_LIST} reached"))
        return "status"

    def _open_case(self, item: Mapping[str, Any], case_type: str, at: datetime) -> Case:
        case = Case(
            id=self._ids.uuid(),
            number=_FIRST_CASE_NUMBER + len(self.cases),
            type=case_type,
            description=item.get("description"),
            registered_at=at,
            invoices=[],
        )
        self.cases.add(case.id, case)
        self.cases.index(case, "number", [str(case.number)])
        return case

    def _joinable(self, item: Mapping[str, Any], case_type: str, currency: str) -> Case | None:
        if not self._join_cases:
            return None
        numbers = [debtor.get("customerNumber") for debtor in item["debtors"] if debtor]
        for case in self.cases.find("customer_number", numbers[0]) if numbers and numbers[0] else ():
            if case.status == "OPEN" and case.type == case_type and case.invoices[0].currency == currency:
                return case
        return None

    def book_payment(self, invoice: Invoice, amount: Decimal, *, at: datetime) -> Settlement:
        """Book a payment on an invoice, first claim first, and settle it."""
        parts = {"principal": ZERO, "fees": ZERO, "interest": ZERO}
        rest = amount
        for claim in invoice.claims:
            part = min(rest, claim.remaining)
            claim.paid += part
            parts[claim.heading] += part
            rest -= part
        parts["principal"] += rest  # an overpayment is the creditor's to give back
        invoice.paid += amount
        _note_what_is_owed(invoice)
        _review(invoice.case, at)
        settlement = Settlement(
            id=self._ids.uuid(),
            number=len(self.settlements) + 1,
            invoice=invoice,
            amount=amount,
            currency=invoice.currency,
            settled_at=at,
            **parts,
        )
        self.settlements.add(settlement.id, settlement)
        return settlement

    def book_correction(self, invoice: Invoice, amount: Decimal, *, at: datetime) -> None:
        """Lower an invoice by a positive amount, or raise it by a negative one."""
        rest = amount
        for claim in invoice.claims:
            part = min(rest, claim.current)
            claim.credited += part
            rest -= part
        invoice.credited += amount
        _note_what_is_owed(invoice)
        _review(invoice.case, at)

    def ledger(self) -> dict[str, LedgerEntry]:
        """What was accepted, by invoice number."""
        grouped: dict[str, list[Invoice]] = {}
        for invoice in self.invoices.rows:
            grouped.setdefault(invoice.number, []).append(invoice)
        return {number: _entry(number, invoices) for number, invoices in grouped.items()}

    def _debtors(self, item: Mapping[str, Any]) -> list[Debtor]:
        return [
            Debtor(id=self._ids.uuid(), number=f"D{len(self.invoices) + 1:07d}-{position}", given=given)
            for position, given in enumerate(item["debtors"], start=1)
            if given
        ]


def _claims(item: Mapping[str, Any], original: Decimal, currency: str) -> list[Claim]:
    given = [claim for claim in item.get("claims") or () if claim]
    if not given:
        return [Claim(type="PRINCIPAL", original=original, currency=currency)]
    return [
        Claim(
            type=claim.get("type") or "PRINCIPAL",
            original=Decimal(claim.get("originalAmount") or 0),
            currency=(claim.get("currency") or currency).upper(),
        )
        for claim in given
    ]


def _note_what_is_owed(invoice: Invoice) -> None:
    if invoice.remaining:
        invoice.case.unpaid.add(invoice.id)
    else:
        invoice.case.unpaid.discard(invoice.id)


def _review(case: Case, at: datetime) -> None:
    is_paid = not case.unpaid
    if is_paid and case.status == "OPEN":
        case.status, case.closed_at = "CLOSED", at
    elif not is_paid and case.status == "CLOSED" and not case.is_withdrawn:
        case.status, case.closed_at = "OPEN", None


def _entry(number: str, invoices: Iterable[Invoice]) -> LedgerEntry:
    rows = list(invoices)
    return LedgerEntry(
        invoice_number=number,
        amounts=tuple(invoice.original for invoice in rows),
        currency=rows[0].currency,
        accepted=len(rows),
        paid=sum((invoice.paid for invoice in rows), ZERO),
        credited=sum((invoice.credited for invoice in rows), ZERO),
        remaining=sum((invoice.remaining for invoice in rows), ZERO),
    )
