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
    Invoice,
    LedgerEntry,
    Organization,
    Settlement,
)
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.table import Table

__all__ = ["Books"]

_FIRST_CASE_NUMBER = 5000001


class Books:
    """What an organization has, and the changes that can be made to it.

    Args:
        organization: Whose books they are.
        ids: Where new ids come from.
    """

    def __init__(self, organization: Organization, ids: Ids) -> None:
        self.organization = organization
        self._ids = ids
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
        """Take an invoice in, and open a case for it."""
        invoice_type = item.get("type") or "PAYMENT_REMINDER"
        case = Case(
            id=self._ids.uuid(),
            number=_FIRST_CASE_NUMBER + len(self.cases),
            type=invoice_type,
            description=item.get("description"),
            registered_at=at,
            invoices=[],
        )
        currency = item["currency"].upper()
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
        self.cases.add(case.id, case)
        self.cases.index(case, "number", [str(case.number)])
        self.cases.index(case, "source_id", [invoice.source_id])
        self.cases.index(case, "customer_number", invoice.customer_numbers)
        return invoice

    def book_payment(self, invoice: Invoice, amount: Decimal, *, at: datetime) -> Settlement:
        """Book a payment on an invoice, first claim first, and settle it."""
        parts = {"principal": ZERO, "fees": ZERO, "interest": ZERO}
        rest = amount
        for claim in invoice.claims:
            part = min(rest, claim.remaining)
            claim.paid += part
            parts[_heading(claim)] += part
            rest -= part
        parts["principal"] += rest  # an overpayment is the creditor's to give back
        invoice.paid += amount
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


def _heading(claim: Claim) -> str:
    # Only PRINCIPAL is documented; of the others the name has to say what they are.
    name = claim.type.upper()
    if "FEE" in name:
        return "fees"
    return "interest" if "INTEREST" in name else "principal"


def _review(case: Case, at: datetime) -> None:
    is_paid = not any(invoice.remaining for invoice in case.invoices)
    if is_paid and case.status == "OPEN":
        case.status, case.closed_at = "CLOSED", at
    elif not is_paid and case.status == "CLOSED":
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
