"""Rows in the order they came, found by id and by some of their values without a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

__all__ = ["Table"]

T = TypeVar("T")


class Table(Generic[T]):
    """A list that only grows, with indexes. That it only grows is what makes a page token safe to keep.

    Args:
        *indexes: Names of the values that rows are looked up by.
    """

    def __init__(self, *indexes: str) -> None:
        self.rows: list[T] = []
        self._by_id: dict[str, T] = {}
        self._indexes: dict[str, dict[str, list[T]]] = {name: {} for name in indexes}

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, row_id: str, row: T) -> None:
        """Append a row."""
        self.rows.append(row)
        self._by_id[row_id] = row

    def index(self, row: T, index: str, values: Iterable[str | None]) -> None:
        """Let a row be found under these values; None is none."""
        entries = self._indexes[index]
        for value in {value for value in values if value is not None}:
            entries.setdefault(value, []).append(row)

    def get(self, row_id: str) -> T | None:
        """The row with this id."""
        return self._by_id.get(row_id.lower())

    def find(self, index: str, value: str) -> Sequence[T]:
        """The rows under this value, oldest first."""
        return self._indexes[index].get(value, ())
