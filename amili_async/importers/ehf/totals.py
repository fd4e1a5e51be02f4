"""What is to be paid, by a document whose own sums agree.

Sums that contradict each other say two amounts, and which one is owed cannot be known here. Access points refuse such
documents too (rules BR-CO-13, BR-CO-15 and BR-CO-16 of EN 16931), so nothing that was delivered is lost by it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import frozen

from amili_async.importers.ehf.elements import Element, FieldProblemError
from amili_async.importers.ehf.values import amount_at

__all__ = ["PAYABLE", "Totals", "totals_of"]

_TOTAL: Final = "cac:LegalMonetaryTotal"
PAYABLE: Final = f"{_TOTAL}/cbc:PayableAmount"
_INCLUSIVE: Final = f"{_TOTAL}/cbc:TaxInclusiveAmount"
_EXCLUSIVE: Final = f"{_TOTAL}/cbc:TaxExclusiveAmount"
_NOTHING: Final = Decimal(0)
# More than any currency is rounded by that invoices are often written in.
_MOST_ROUNDING: Final = Decimal(10)


@frozen(kw_only=True)
class Totals:
    """The sums that matter.

    Attributes:
        payable: What is to be paid, after rounding and what was paid before. Above zero.
        prepaid: What was paid before.
        line: Where `payable` stands.
    """

    payable: Decimal
    prepaid: Decimal
    line: int


def totals_of(document: Element, currency: str) -> Totals:
    """Read the sums and see that they agree.

    Raises:
        FieldProblemError: One is missing, they do not agree, or nothing is to be paid.
    """
    exclusive = amount_at(document, _EXCLUSIVE, currency)
    _check_lines(document, currency, exclusive)
    inclusive = amount_at(document, _INCLUSIVE, currency)
    prepaid = amount_at(document, f"{_TOTAL}/cbc:PrepaidAmount", currency, default=_NOTHING)
    rounding = amount_at(document, f"{_TOTAL}/cbc:PayableRoundingAmount", currency, default=_NOTHING)
    payable = amount_at(document, PAYABLE, currency)
    tax = amount_at(_in_currency(document, currency), "cbc:TaxAmount", currency)
    line = document.required(PAYABLE).line
    if inclusive != exclusive + tax:
        reason = f"is {inclusive}, but {exclusive} and {tax} of tax make {exclusive + tax}; {_ASK}"
        raise FieldProblemError(_INCLUSIVE, document.required(_INCLUSIVE).line, reason)
    if payable != inclusive - prepaid + rounding:
        reason = (
            f"is {payable}, but {inclusive} less {prepaid} paid before, rounded by {rounding}, "
            f"make {inclusive - prepaid + rounding}; {_ASK}"
        )
        raise FieldProblemError(PAYABLE, line, reason)
    if payable > inclusive + _MOST_ROUNDING:
        reason = (
            f"is {payable}, more than the {inclusive} of this invoice: what else it claims may be claimed elsewhere"
        )
        raise FieldProblemError(PAYABLE, line, reason)
    if payable != payable.quantize(Decimal("0.01")):
        raise FieldProblemError(PAYABLE, line, f"is {payable}: it has more than two decimals; {_ASK}")
    return Totals(payable=payable, prepaid=prepaid, line=line)


def _check_lines(document: Element, currency: str, exclusive: Decimal) -> None:
    """See that the lines, less allowances, plus charges, make the amount without tax."""
    lines, allowances, charges = (
        amount_at(document, f"{_TOTAL}/cbc:{name}", currency, default=_NOTHING)
        for name in ("LineExtensionAmount", "AllowanceTotalAmount", "ChargeTotalAmount")
    )
    if document.one(f"{_TOTAL}/cbc:LineExtensionAmount") is None or exclusive == lines - allowances + charges:
        return
    reason = (
        f"is {exclusive}, but lines of {lines} less {allowances} of allowances, plus {charges} of charges, "
        f"make {lines - allowances + charges}; {_ASK}"
    )
    raise FieldProblemError(_EXCLUSIVE, document.required(_EXCLUSIVE).line, reason)


_ASK: Final = "have the document written anew"


def _in_currency(document: Element, currency: str) -> Element:
    """The total of the tax in the document's currency; a second one may tell it in the currency of the tax office."""
    found = [
        total
        for total in document.all("cac:TaxTotal")
        for amount in total.all("cbc:TaxAmount")
        if amount.attributes.get("currencyID", "").strip() == currency
    ]
    if len(found) == 1:
        return found[0]
    reason = "stands there twice" if found else "is missing"
    raise FieldProblemError("cac:TaxTotal/cbc:TaxAmount", (found or [document])[-1].line, f"{reason} in {currency}")
