"""What the sandbox keeps, as the API prints it. Fields that are not set are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from amili_async.sandbox.entities import ZERO, Batch, Case, Claim, Debtor, Invoice, Organization, Settlement, timestamp

__all__ = ["batch_view", "case_view", "instant_of", "invoice_view", "settlement_view"]


def batch_view(batch: Batch, organization: Organization) -> dict[str, Any]:
    """A batch; `finishedAt` comes with the final status."""
    return _without_none(
        {
            "batchId": batch.id,
            "type": batch.type,
            "status": batch.status,
            "createdAt": timestamp(batch.created_at),
            "finishedAt": timestamp(batch.finished_at) if batch.finished_at is not None else None,
            "organizationId": organization.id,
            "createdBy": batch.created_by,
            "succeeded": batch.succeeded,
            "failed": batch.failed,
        }
    )


def invoice_view(invoice: Invoice, organization: Organization) -> dict[str, Any]:
    """An invoice as the invoice operations print it; debtors as they were sent."""
    case = invoice.case
    return _without_none(
        {
            "id": invoice.id,
            "organization": _organization(organization),
            "invoiceNumber": invoice.number,
            "collectionCaseNumber": str(case.number),
            "type": invoice.type,
            "status": case.status,
            "createdAt": timestamp(invoice.registered_at),
            "closedAt": timestamp(case.closed_at) if case.closed_at is not None else None,
            "originalInvoiceAmount": invoice.original,
            "currency": invoice.currency,
            "invoiceDate": instant_of(invoice.invoice_date),
            "dueDate": instant_of(invoice.due_date),
            "ocrReferenceNumber": invoice.ocr,
            "uniqueSourceInvoiceId": invoice.source_id,
            "currentAmount": invoice.current,
            "paidAmount": invoice.paid,
            "claims": [
                {
                    "type": claim.type,
                    "originalAmount": claim.original,
                    "currentAmount": claim.current,
                    "paidAmount": claim.paid,
                    "currency": claim.currency,
                }
                for claim in invoice.claims
            ],
            "debtors": [_without_none(debtor.given) for debtor in invoice.debtors],
        }
    )


def case_view(case: Case, organization: Organization) -> dict[str, Any]:
    """A case with its invoices, debtors and claims."""
    return _without_none(
        {
            "caseId": case.id,
            "caseNumber": case.number,
            "organizationId": organization.id,
            "creditorId": organization.creditor_id,
            "creditorNumber": organization.creditor_number,
            "status": case.status,
            "subStatus": case.sub_status,
            "type": case.type,
            "description": case.description,
            "registeredAt": timestamp(case.registered_at),
            "closedAt": timestamp(case.closed_at) if case.closed_at is not None else None,
            "invoices": [_case_invoice(invoice) for invoice in case.invoices],
            "debtors": [_case_debtor(debtor) for debtor in _debtors(case)],
            "remainingAmount": sum((invoice.remaining for invoice in case.invoices), ZERO),
            "remainingPrincipal": sum((invoice.remaining_principal for invoice in case.invoices), ZERO),
            "claims": [_case_claim(claim, invoice) for invoice in case.invoices for claim in invoice.claims],
            "caseAccountDetails": {
                # No account number: one that looks real could be paid to.
                "bankAccountDetails": {"accountType": "UNKNOWN"},
                "paymentReference": case.invoices[0].ocr,
            },
        }
    )


def settlement_view(settlement: Settlement, organization: Organization) -> dict[str, Any]:
    """A settlement in the current shape (`settlementDate`, not the 2025-09 `date`)."""
    invoice = settlement.invoice
    case = invoice.case
    settled_at = timestamp(settlement.settled_at)
    return _without_none(
        {
            "caseNumber": str(case.number),
            "collectionType": "REMINDER",  # the only known value
            "currency": settlement.currency,
            "customerReference": next(iter(invoice.customer_numbers), None),
            "exchangeRate": 1,
            "feeDistribution": _distribution(collector=settlement.fees),
            "id": settlement.id,
            "interestDistribution": _distribution(creditor=settlement.interest),
            "invoice": _without_none(
                {
                    "id": invoice.id,
                    "invoiceNumber": invoice.number,
                    "uniqueSourceInvoiceId": invoice.source_id,
                    "collectionCaseNumber": str(case.number),
                    "type": "REMINDER" if invoice.type == "PAYMENT_REMINDER" else invoice.type,
                    "status": case.status,
                    "closureDate": timestamp(case.closed_at) if case.closed_at is not None else None,
                }
            ),
            "ledgerRef": invoice.source_id,
            "organization": _organization(organization),
            "paymentAmount": settlement.amount,
            "principalDistribution": _distribution(creditor=settlement.principal),
            "remittanceDate": settled_at,
            "settlementDate": settled_at,
            "settlementNumber": settlement.number,
            "settlementType": "COLLECTOR_PAYMENT",  # the only known value
            "vat": ZERO,
        }
    )


def _case_invoice(invoice: Invoice) -> dict[str, Any]:
    return _without_none(
        {
            "invoiceId": invoice.id,
            "invoiceNumber": invoice.number,
            "caseId": invoice.case.id,
            "invoiceDate": instant_of(invoice.invoice_date),
            "dueDate": instant_of(invoice.due_date),
            "batchId": invoice.batch_id,
            "registeredAt": timestamp(invoice.registered_at),
            "originalAmount": invoice.original,
            "remainingAmount": invoice.remaining,
            "remainingPrincipal": invoice.remaining_principal,
            "uniqueSourceInvoiceId": invoice.source_id,
            "paidAmount": invoice.paid,
            "creditedAmount": invoice.credited,
            "currency": invoice.currency,
        }
    )


def _debtors(case: Case) -> Iterable[Debtor]:
    """Every debtor of a case; who is on several of its invoices comes once."""
    seen = set()
    for invoice in case.invoices:
        for debtor in invoice.debtors:
            number = debtor.given.get("customerNumber")
            if not number or number not in seen:
                yield debtor
            seen.add(number)


def _case_debtor(debtor: Debtor) -> dict[str, Any]:
    given = debtor.given
    first, last = given.get("firstname"), given.get("lastname")
    full = given.get("name") or " ".join(part for part in (first, last) if part) or None
    return _without_none(
        {
            "debtorId": debtor.id,
            "type": given.get("type"),
            "debtorNumber": debtor.number,
            "customerNumber": given.get("customerNumber"),
            "firstName": first,
            "lastName": last,
            "fullName": full,
            "identificationNumber": given.get("identificationNumber"),
            "email": _first_value(given.get("emails")),
            "phone": _first_value(given.get("phoneNumbers")),
        }
    )


def _case_claim(claim: Claim, invoice: Invoice) -> dict[str, Any]:
    return {
        "type": claim.type,
        "originalAmount": claim.original,
        "currentAmount": claim.current,
        "remainingAmount": claim.remaining,
        "paidAmount": claim.paid,
        "creditedAmount": claim.credited,
        "currency": claim.currency,
        "invoiceId": invoice.id,
    }


def _organization(organization: Organization) -> dict[str, Any]:
    return {"id": organization.id, "organizationNumber": organization.number, "name": organization.name}


def _distribution(*, collector: Decimal = ZERO, creditor: Decimal = ZERO) -> dict[str, Decimal]:
    return {"collector": collector, "creditor": creditor}


def _first_value(entries: Iterable[Mapping[str, Any] | None] | None) -> str | None:
    for entry in entries or ():
        if entry and entry.get("value"):
            return str(entry["value"])
    return None


def instant_of(text: str | None) -> str | None:
    """A date as an instant; instants stay as they are."""
    return f"{text}T00:00:00Z" if text is not None and len(text) == len("2025-03-09") else text


def _without_none(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
