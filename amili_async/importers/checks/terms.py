"""Checks of how much is claimed, in what, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from amili_async.importers.checks.codes import CURRENCIES, decimals_of
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["age", "amount", "currency", "dates", "decimals"]

_Findings = Iterator[tuple[str, str]]
_YEARS: Final = 3
# Where somebody is, it may be tomorrow already.
_TOMORROW: Final = timedelta(days=1)


def currency(record: Any, today: date) -> _Findings:
    """Currencies, also of the parts of a claim."""
    if record.currency and record.currency not in CURRENCIES:
        yield "currency", "is not the code of a currency like NOK (ISO 4217)"
    for field, claim in _claims(record):
        if claim.currency and claim.currency not in CURRENCIES:
            yield f"{field}.currency", "is not the code of a currency like NOK (ISO 4217)"


def decimals(record: Any, today: date) -> _Findings:
    """Amounts that nobody can pay."""
    field, value = _amount(record)
    yield from _too_many(field, value, record.currency)
    for claim_field, claim in _claims(record):
        yield from _too_many(f"{claim_field}.original_amount", claim.original_amount, claim.currency or record.currency)


def _too_many(field: str, value: Decimal | None, code: str | None) -> _Findings:
    if value is not None and code and _decimals(value) > (allowed := decimals_of(code)):
        yield field, f"has more decimals than its currency, which has {allowed}"


def _decimals(value: Decimal) -> int:
    """How many decimals a number has, without zeros at its end; exact for any number of digits."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not value:
        return 0
    zeros = next(index for index, digit in enumerate(reversed(digits)) if digit)
    return max(-exponent - zeros, 0)


def amount(record: Any, today: date) -> _Findings:
    """Amounts that cannot be meant. Whether a correction is positive or negative is not known, so both are."""
    field, value = _amount(record)
    if value is None or not value.is_finite():
        return
    if isinstance(record, CreateInvoiceItem) and not value > 0:
        yield field, "is not more than zero: there is nothing to collect"
    elif not value:
        yield field, "is zero: it would change nothing"


def dates(record: Any, today: date) -> _Findings:
    """Dates that contradict each other or have not come yet."""
    if not isinstance(record, CreateInvoiceItem):
        if (day := _day(record.date)) and day > today + _TOMORROW:
            yield "date", "is in the future"
        return
    issued, due = _day(record.invoice_date), _day(record.due_date)
    if issued and due and due < issued:
        yield "due_date", "is before the invoice's date"
    if issued and issued > today + _TOMORROW:
        yield "invoice_date", "is in the future"


def age(record: Any, today: date) -> _Findings:
    """Claims that may be time-barred. Whether they are depends on what happened since."""
    if isinstance(record, CreateInvoiceItem) and (due := _day(record.due_date)) and due < _years_before(today):
        yield "due_date", f"is more than {_YEARS} years ago: the claim may be time-barred (foreldet)"


def _years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - _YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year - _YEARS, day=28)


def _day(value: datetime | date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _amount(record: Any) -> tuple[str, Decimal | None]:
    if isinstance(record, CreateInvoiceItem):
        return "original_invoice_amount", record.original_invoice_amount
    return "amount", record.amount


def _claims(record: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(record, CreateInvoiceItem):
        for index, claim in enumerate(record.claims or ()):
            yield f"claims[{index}]", claim
