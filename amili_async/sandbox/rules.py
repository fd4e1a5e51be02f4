"""Why an item of a batch is rejected.

All of these are the sandbox's own: Amili's validation rules are not documented. They are few and obvious on purpose, so
that a test that meets one knows at once what it did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from amili_async.sandbox.entities import Invoice, day_of

__all__ = ["correction_reasons", "invoice_reasons", "payment_reasons"]

_CURRENCY: Final = re.compile(r"[A-Za-z]{3}")


def invoice_reasons(item: Mapping[str, Any], *, is_used: Callable[[str], bool]) -> list[str]:
    """Say why an invoice is rejected; nothing means it is accepted.

    Args:
        item: The invoice as sent.
        is_used: Whether the organization has an invoice with this number already.
    """
    reasons = []
    number = item.get("invoiceNumber")
    if not number:
        reasons.append("invoiceNumber is missing")
    elif is_used(number):
        reasons.append("invoiceNumber was used before in this organization")
    if not any(item.get("debtors") or ()):
        reasons.append("debtors is missing: an invoice needs at least one")
    amount = item.get("originalInvoiceAmount")
    if amount is None:
        reasons.append("originalInvoiceAmount is missing")
    elif amount <= 0:
        reasons.append("originalInvoiceAmount must be more than 0")
    reasons += _currency_reasons(item)
    invoiced, due = item.get("invoiceDate"), item.get("dueDate")
    if invoiced and due and day_of(due) < day_of(invoiced):
        reasons.append("dueDate is before invoiceDate")
    return reasons


def payment_reasons(item: Mapping[str, Any], invoice: Invoice | None) -> list[str]:
    """Say why a payment is rejected; nothing means it is booked."""
    reasons = _booking_reasons(item, invoice)
    amount = item.get("amount")
    if amount is not None and amount <= 0:
        reasons.append("amount must be more than 0")
    return reasons


def correction_reasons(item: Mapping[str, Any], invoice: Invoice | None) -> list[str]:
    """Say why a correction is rejected; nothing means it is booked."""
    reasons = _booking_reasons(item, invoice)
    if item.get("amount") == 0:
        reasons.append("amount must not be 0")
    return reasons


def _booking_reasons(item: Mapping[str, Any], invoice: Invoice | None) -> list[str]:
    reasons = []
    if not item.get("invoiceId"):
        reasons.append("invoiceId is missing")
    elif invoice is None:
        reasons.append("invoiceId is unknown in this organization")
    if item.get("amount") is None:
        reasons.append("amount is missing")
    reasons += _currency_reasons(item)
    if invoice is not None and not reasons and item["currency"].upper() != invoice.currency:
        reasons.append("currency is not that of the invoice")
    return reasons


def _currency_reasons(item: Mapping[str, Any]) -> list[str]:
    currency = item.get("currency")
    if not currency:
        return ["currency is missing: give an ISO 4217 code such as NOK"]
    if not _CURRENCY.fullmatch(currency):
        return ["currency is not an ISO 4217 code of three letters"]
    return []
