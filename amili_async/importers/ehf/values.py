"""Amounts, dates and codes as UBL writes them. No message repeats what cannot be read: it might be about a person."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from amili_async.importers.checks.numbers import is_national_identity
from amili_async.importers.ehf.elements import Element, FieldProblemError

__all__ = ["amount_at", "currency_of", "date_at"]

# xsd:decimal, which knows no exponent. So many digits that sums of a few are exact in the default context.
_AMOUNT: Final = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,8})?|\.[0-9]{1,8})", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def amount_at(document: Element, path: str, currency: str, *, default: Decimal | None = None) -> Decimal:
    """The amount at a path.

    Args:
        document: The document.
        path: Where the amount is.
        currency: What it has to be in.
        default: What it is if there is none; None if it has to be there.

    Raises:
        FieldProblemError: It is missing, cannot be read, or is in another currency.
    """
    element = document.one(path) if default is not None else document.required(path)
    if element is None:
        assert default is not None  # noqa: S101  # for the type checker: `required` never gives None
        return default
    # Amounts are repeated in messages, and this one would be somebody's number in the wrong place.
    if not _AMOUNT.fullmatch(element.text) or is_national_identity(element.text):
        raise FieldProblemError(path, element.line, "is not an amount; UBL writes it like 1249.50")
    if element.attributes.get("currencyID", "").strip() != currency:
        raise FieldProblemError(path, element.line, f"is not in {currency}, the currency of the document")
    return Decimal(element.text)


def currency_of(document: Element) -> str:
    """The currency of the document.

    Raises:
        FieldProblemError: It is missing or no code of three letters.
    """
    element = document.required("cbc:DocumentCurrencyCode")
    if not re.fullmatch("[A-Z]{3}", element.text):
        raise FieldProblemError("cbc:DocumentCurrencyCode", element.line, "is not a currency code like NOK")
    return element.text


def date_at(document: Element, path: str) -> date:
    """The date at a path.

    Raises:
        FieldProblemError: It is missing or no day of the calendar.
    """
    element = document.required(path)
    if not _DATE.fullmatch(element.text):
        raise FieldProblemError(path, element.line, "is not a date; UBL writes it like 2026-01-31")
    try:
        return date.fromisoformat(element.text)
    except ValueError:
        raise FieldProblemError(path, element.line, "is not a day of the calendar") from None
