"""A document that is an invoice, as a record."""

from __future__ import annotations

import re
from typing import Final

from amili_async.importers.ehf.debtor import debtor_of
from amili_async.importers.ehf.elements import Element, FieldProblemError
from amili_async.importers.ehf.totals import PAYABLE, totals_of
from amili_async.importers.ehf.values import currency_of, date_at
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["CLAIMS", "CREDITS", "invoice_from"]

# Types of invoices (UNCL1001) that claim an amount from the customer: metered services and other debit notes, partial,
# plain, debit note, prepayment, tax invoice, factored, consignment, of insurers, forwarders, carriers and builders.
CLAIMS: Final = frozenset(
    {"80", "82", "84", "326", "380", "383", "386", "388", "393", "395", "575", "623", "780", "875", "876", "877"}
)
# Those that credit one: of goods, of money, plain, factored, of forwarders.
CREDITS: Final = frozenset({"81", "83", "381", "396", "532"})
# Means of payment (UNCL4461) for which the payment's reference is one for bank transfers.
_TRANSFERS: Final = frozenset({"1", "30", "31", "42", "50", "56", "58"})
_REFERENCE: Final = re.compile(r"[0-9]{1,24}[0-9-]", re.ASCII)


def invoice_from(document: Element) -> CreateInvoiceItem:
    """The invoice of a document. What it does not say stays out.

    Raises:
        FieldProblemError: Something keeps it from being one.
    """
    _check_type(document)
    currency = currency_of(document)
    totals = totals_of(document, currency)
    if totals.payable < 0:
        reason = f"is {totals.payable}: an invoice below zero credits something; correct the invoice it is about"
        raise FieldProblemError(PAYABLE, totals.line, reason)
    if not totals.payable:
        reason = f"is {totals.payable}: there is nothing to collect"
        raise FieldProblemError(PAYABLE, totals.line, reason)
    return CreateInvoiceItem(
        invoice_number=document.required("cbc:ID").text,
        original_invoice_amount=totals.payable,
        currency=currency,
        invoice_date=date_at(document, "cbc:IssueDate"),
        due_date=date_at(document, "cbc:DueDate"),
        ocr_reference_number=_payment_reference(document),
        debtors=[debtor_of(document)],
    )


def _check_type(document: Element) -> None:
    element = document.required("cbc:InvoiceTypeCode")
    if element.text in CLAIMS:
        return
    if element.text in CREDITS:
        reason = "is that of a credit note, but the document is written as an invoice; have it written anew"
    else:
        reason = "is that of a document that may claim nothing from the customer; 380 is that of plain invoices"
    raise FieldProblemError("cbc:InvoiceTypeCode", element.line, reason)


def _payment_reference(document: Element) -> str | None:
    """The KID: the one reference for bank transfers that consists of digits.

    References of cards and direct debits are no KID, nor are texts.
    """
    found: dict[str, int] = {}
    for means in document.all("cac:PaymentMeans"):
        code = means.text_of("cbc:PaymentMeansCode")
        if code is not None and code not in _TRANSFERS:
            continue
        for element in means.all("cbc:PaymentID"):
            number = element.text.replace(" ", "")
            if _REFERENCE.fullmatch(number):
                found.setdefault(number, element.line)
    if len(found) > 1:
        reason = "differs between the means of payment, and which one is the KID is not said; push it from a CSV file"
        raise FieldProblemError("cac:PaymentMeans/cbc:PaymentID", max(found.values()), reason)
    return next(iter(found), None)
