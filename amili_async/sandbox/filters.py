"""Filters of the lists: which rows to look at, and which of them belong to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from amili_async.sandbox.table import Table

__all__ = ["all_of", "candidates", "contains", "equals", "includes", "instant", "not_after", "not_before"]

T = TypeVar("T")

_DATE_LENGTH: Final = len("2025-03-09")


def candidates(table: Table[T], query: Mapping[str, Any], **indexes: str) -> Sequence[T]:
    """The rows to look at: those of the most selective index that the query names, else all.

    Args:
        table: The rows.
        query: The query parameters.
        **indexes: Index of the table to the name of its parameter.
    """
    found = [table.find(index, query[name]) for index, name in indexes.items() if query.get(name)]
    return min(found, key=len, default=table.rows)


def includes(wanted: str | None, values: Callable[[T], Iterable[str | None]]) -> Callable[[T], bool] | None:
    """Rows that have exactly this among their values."""
    return None if not wanted else lambda row: wanted in values(row)


def contains(term: str | None, texts: Callable[[T], Iterable[str | None]]) -> Callable[[T], bool] | None:
    """Rows in one of whose texts the term is found, however the letters are cased."""
    if not term:
        return None
    lowered = term.lower()
    return lambda row: any(text and lowered in text.lower() for text in texts(row))


def equals(wanted: str | None, value: Callable[[T], str | None]) -> Callable[[T], bool] | None:
    """Rows with this word of a vocabulary, however its letters are cased: 2025-09 wrote `Open` for `OPEN`."""
    if not wanted:
        return None
    lowered = wanted.lower()
    return lambda row: (value(row) or "").lower() == lowered


def not_before(text: str | None, value: Callable[[T], datetime]) -> Callable[[T], bool] | None:
    """Rows of that instant or later."""
    if not text:
        return None
    bound = instant(text)
    return lambda row: value(row) >= bound


def not_after(text: str | None, value: Callable[[T], datetime]) -> Callable[[T], bool] | None:
    """Rows of that instant or earlier; a plain date means the whole of its day."""
    if not text:
        return None
    bound = instant(text)
    if len(text) == _DATE_LENGTH:
        bound += timedelta(days=1) - timedelta(microseconds=1)
    return lambda row: value(row) <= bound


def all_of(*conditions: Callable[[T], bool] | None) -> Callable[[T], bool] | None:
    """Rows that meet every condition that is there; None if none is."""
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return None
    return lambda row: all(condition(row) for condition in given)


def instant(text: str) -> datetime:
    """A date or date-time of a query as an instant; a plain date begins at midnight UTC."""
    if len(text) == _DATE_LENGTH:
        return datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
    return datetime.fromisoformat(text)
