"""Plain storage for operations of which little more than the name is known: what was written can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["Records"]


class Records:
    """Records by the path of their collection (`/arm/v1/clients/2218/clientconfigs`) and their id."""

    def __init__(self) -> None:
        self._collections: dict[str, dict[str, Any]] = {}

    def put(self, path: str, record_id: str, record: Any) -> None:
        """Store a record, in place of the one with this id."""
        self._collections.setdefault(path, {})[str(record_id)] = record

    def get(self, path: str, record_id: str) -> Any:
        """The record with this id; None if there is none."""
        return self._collections.get(path, {}).get(str(record_id))

    def remove(self, path: str, record_id: str) -> Any:
        """Forget a record and give it back; None if there was none."""
        return self._collections.get(path, {}).pop(str(record_id), None)

    def all(self, path: str) -> Sequence[Any]:
        """The records of a collection, oldest first."""
        return list(self._collections.get(path, {}).values())

    def counts(self) -> dict[str, int]:
        """How many records each collection has."""
        return {path: len(records) for path, records in self._collections.items()}
