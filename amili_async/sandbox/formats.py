"""The formats of the spec that JSON Schema does not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

__all__ = ["FORMATS"]

# RFC 3339, like JSON Schema's own `date` and `date-time`; Python alone would let much more pass.
_SHAPE: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII | re.IGNORECASE)


def _is_date_or_date_time(text: str) -> bool:
    """A plain date, or an instant with its zone: without one, nobody knows which instant it is."""
    if not _SHAPE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


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
