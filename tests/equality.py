"""When two JSON documents say the same.

Instants to the microsecond, null the same as absent (except in lists), numbers exact, however they are spelled.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_MICROSECOND = dt.timedelta(microseconds=1)


def normal(value: Any) -> Any:
    """Bring a document into the one form that all its equals share."""
    if isinstance(value, dict):
        return {key: normal(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [normal(each) for each in value]
    if isinstance(value, str) and _INSTANT.match(value):
        return _microseconds(dt.datetime.fromisoformat(value))
    # Numbers keep their type apart from booleans and text, as 1 == True and equal numbers are equal already.
    return (type(value) is bool, value) if isinstance(value, int | Decimal) else value


def _microseconds(instant: dt.datetime) -> str:
    # Counted by hand: an instant near year 1 or 9999 has no representation in UTC.
    offset = instant.utcoffset() or dt.timedelta(0)
    since = (instant.replace(tzinfo=None) - dt.datetime.min) // _MICROSECOND - offset // _MICROSECOND  # noqa: DTZ901  # a zero point, no instant
    return f"instant {since}"
