"""A document that is a credit note, as a correction of the invoice it names."""

from __future__ import annotations

from typing import Final

from amili_async.importers.ehf.elements import Element, FieldProblemError
from amili_async.importers.ehf.invoice import CREDITS
from amili_async.importers.ehf.totals import PAYABLE, totals_of
from amili_async.importers.ehf.values import currency_of, date_at
from amili_async.importers.options import CreditSign
from amili_async.importers.records import ByInvoiceNumber
from amili_async.models.collection import CreateCorrectionItem

__all__ = ["correction_from"]

_REFERENCE: Final = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
_PREPAID: Final = "cac:LegalMonetaryTotal/cbc:PrepaidAmount"


def correction_from(document: Element, sign: CreditSign) -> ByInvoiceNumber:
    """The correction that a credit note makes. Its description names the credit note, which has no field of its own.

    Args:
        document: The credit note.
        sign: That of the amount.

    Raises:
        FieldProblemError: Something keeps it from being one.
    """
    kind = document.required("cbc:CreditNoteTypeCode")
    if kind.text not in CREDITS:
        raise FieldProblemError("cbc:CreditNoteTypeCode", kind.line, "is not the type of a credit note, which is 381")
    currency = currency_of(document)
    totals = totals_of(document, currency)
    if totals.payable <= 0:
        reason = f"is {totals.payable}: such a credit note takes nothing off its invoice"
        raise FieldProblemError(PAYABLE, totals.line, reason)
    if totals.prepaid:
        reason = "is not zero: how much of the credit is still to be taken off the invoice cannot be told"
        raise FieldProblemError(_PREPAID, document.required(_PREPAID).line, reason)
    number = document.required("cbc:ID").text
    return ByInvoiceNumber(
        invoice_number=_invoice_number(document),
        record=CreateCorrectionItem(
            amount=totals.payable if sign == "positive" else -totals.payable,
            currency=currency,
            date=date_at(document, "cbc:IssueDate"),
            description=f"Kreditnota {number}",
        ),
    )


def _invoice_number(document: Element) -> str:
    found = {element.text: element.line for element in document.all(_REFERENCE)}
    if not found:
        raise FieldProblemError(_REFERENCE, document.line, "is missing: which invoice is credited is not said")
    if len(found) > 1:
        reason = f"names {len(found)} invoices: how much is credited on which is not said"
        raise FieldProblemError(_REFERENCE, max(found.values()), reason)
    return next(iter(found))
