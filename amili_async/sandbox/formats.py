"""The formats of the spec that JSON Schema does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

__all__ = ["FORMATS"]

_DATE_LENGTH: Final = len("2025-03-09")


def _is_date_or_date_time(text: str) -> bool:
    """A plain date, or an instant with its zone: without one, nobody knows which instant it is."""
    try:
        if len(text) == _DATE_LENGTH:
            date.fromisoformat(text)
            return True
        return "T" in text.upper() and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_decimal(text: str) -> bool:
    """An amount written as a string; amounts written as numbers never come here."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "date-or-date-time": _is_date_or_date_time,
    "decimal": _is_decimal,
}
