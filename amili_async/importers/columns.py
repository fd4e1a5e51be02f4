"""The columns of an invoice file: what each is called, where it goes and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from attrs import frozen

from amili_async.models.collection import (
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    DebtorType,
    EmailAddress,
    InvoiceType,
    PhoneNumber,
    PostalAddress,
)

__all__ = ["COLUMNS", "Column", "ValueProblemError", "invoice_from"]

Place = Literal["invoice", "debtor", "address", "email", "phone"]


class ValueProblemError(ValueError):
    """A cell cannot be read. The message quotes it only if it cannot be about a person."""


@frozen(kw_only=True)
class Column:
    """One column.

    Attributes:
        name: Its name in the header of a CSV file; the same as the field of the model where that is unambiguous.
        place: The part of the invoice it belongs to.
        field: The field there.
        read: Makes the value from the cell's text, which is not empty.
        required: Whether a row without it cannot be an invoice.
        personal: Whether it holds personal data, which no message may repeat.
    """

    name: str
    place: Place
    field: str
    read: Callable[[str], Any]
    required: bool = False
    personal: bool = False


def _text(cell: str) -> str:
    return cell


# A row that has slipped sideways has a telephone number where an amount should be, or a day of birth where an invoice's
# date should be. So a cell is repeated only if it is a slip that is common in its own column, and nothing else.
_AMOUNT_SLIPS: Final = re.compile(
    r"[+-]?(?:[0-9]{1,5}[.,][0-9]{1,3}"  # 1249,50
    r"|[0-9]{1,3}(?: [0-9]{3}[.,]|\.[0-9]{3},|,[0-9]{3}\.)[0-9]{1,2}"  # 1 249,50
    r"|[0-9]{1,3}[.,][0-9]?[A-Za-z][0-9]{0,2})"  # 12,3x4
    r"|NaN|nan|inf"
)
_CURRENCY_SLIPS: Final = re.compile(r"kr\.?|Kr\.?|KR|€|\$|£|nok|sek|dkk|eur|usd|gbp|chf|isk")
_YES_OR_NO_SLIPS: Final = re.compile(r"yes|no|ja|nei|[yYjJnNxX01]", re.IGNORECASE)
# Later than anybody was born who has debts.
_YEAR: Final = r"20[2-9][0-9]"
_DATE_SLIPS: Final = re.compile(rf"[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-]{_YEAR}|{_YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}")


def _amount(cell: str) -> Decimal:
    shown = _shown(cell, _AMOUNT_SLIPS)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]+)?", cell, re.ASCII):
        raise ValueProblemError(f"{shown} is not an amount; write it like 1249.50")
    if len(cell.partition(".")[2]) > 2:
        raise ValueProblemError(f"{shown} has more than two decimals; round it where it comes from")
    return Decimal(cell)


def _currency(cell: str) -> str:
    if not re.fullmatch("[A-Z]{3}", cell):
        raise ValueProblemError(f"{_shown(cell, _CURRENCY_SLIPS)} is not a currency code; write it like NOK")
    return cell


def _date(cell: str) -> date:
    shown = _shown(cell, _DATE_SLIPS)
    # `fromisoformat` alone also takes 20260131 and week dates, which are more often a slip than meant.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell, re.ASCII):
        raise ValueProblemError(f"{shown} is not a date; write it like 2026-01-31")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueProblemError(f"{shown} is not a day of the calendar") from None


def _yes_or_no(cell: str) -> bool:
    try:
        return {"true": True, "false": False}[cell.lower()]
    except KeyError:
        raise ValueProblemError(f"{_shown(cell, _YES_OR_NO_SLIPS)} is neither true nor false") from None


def _shown(cell: str, slips: re.Pattern[str]) -> str:
    return f'"{cell}"' if slips.fullmatch(cell) else "this"


COLUMNS: Final[Mapping[str, Column]] = {
    column.name: column
    for column in (
        Column(name="invoice_number", place="invoice", field="invoice_number", read=_text, required=True),
        Column(name="unique_source_invoice_id", place="invoice", field="unique_source_invoice_id", read=_text),
        Column(name="type", place="invoice", field="type", read=InvoiceType),
        Column(
            name="original_invoice_amount",
            place="invoice",
            field="original_invoice_amount",
            read=_amount,
            required=True,
        ),
        Column(name="currency", place="invoice", field="currency", read=_currency, required=True),
        Column(name="invoice_date", place="invoice", field="invoice_date", read=_date, required=True),
        Column(name="due_date", place="invoice", field="due_date", read=_date, required=True),
        Column(name="collection_notice_date", place="invoice", field="collection_notice_date", read=_date),
        Column(name="vat", place="invoice", field="vat", read=_yes_or_no),
        Column(name="fees", place="invoice", field="fees", read=_yes_or_no),
        Column(name="description", place="invoice", field="description", read=_text),
        Column(name="ocr_reference_number", place="invoice", field="ocr_reference_number", read=_text),
        Column(name="debtor_type", place="debtor", field="type", read=DebtorType),
        Column(name="customer_number", place="debtor", field="customer_number", read=_text),
        Column(name="firstname", place="debtor", field="firstname", read=_text, personal=True),
        Column(name="lastname", place="debtor", field="lastname", read=_text, personal=True),
        Column(name="name", place="debtor", field="name", read=_text, personal=True),
        Column(name="identification_number", place="debtor", field="identification_number", read=_text, personal=True),
        Column(name="organization_number", place="debtor", field="organization_number", read=_text),
        Column(name="date_of_birth", place="debtor", field="date_of_birth", read=_text, personal=True),
        Column(name="email", place="email", field="value", read=_text, personal=True),
        Column(name="phone", place="phone", field="value", read=_text, personal=True),
        Column(name="street", place="address", field="street", read=_text, personal=True),
        Column(name="zip_code", place="address", field="zip_code", read=_text, personal=True),
        Column(name="city", place="address", field="city", read=_text, personal=True),
        Column(name="country_code", place="address", field="country_code", read=_text),
    )
}


def invoice_from(parts: Mapping[Place, Mapping[str, Any]]) -> CreateInvoiceItem:
    """The invoice whose parts these are; parts without a value are left out.

    Args:
        parts: Values by field name, for each place that has any.
    """
    debtor: dict[str, Any] = dict(parts.get("debtor", {}))
    if "email" in parts:
        debtor["emails"] = [EmailAddress(**parts["email"])]
    if "phone" in parts:
        debtor["phone_numbers"] = [PhoneNumber(**parts["phone"])]
    if "address" in parts:
        debtor["addresses"] = [PostalAddress(**parts["address"])]
    debtors = [CreateInvoiceDebtor(**debtor)] if debtor else None
    return CreateInvoiceItem(**parts.get("invoice", {}), debtors=debtors)
