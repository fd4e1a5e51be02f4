"""Cutting a stream of records into requests: pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen

__all__ = ["Chunk", "Chunker", "Entry", "Name"]

Name = tuple[str, str]
"""A wire name and a value under which an answer may name a record: `("invoiceNumber", "1001")`."""


@frozen(kw_only=True)
class Entry:
    """One record on its way: what is needed of it, instead of the record itself.

    It holds the bytes that were encoded when the record was taken, so that a source may use one object again and again,
    and so that what was measured is what is sent.

    Attributes:
        index: Position in the source.
        key: The record's key.
        names: What answers may call it by.
        content: The record as JSON.
        amount: What it is about, for the report's totals.
        currency: Of the amount.
        record: What stands for it in the journal.
    """

    index: int
    key: str
    names: Sequence[Name] = ()
    content: bytes = field(repr=False)
    amount: Decimal | None = None
    currency: str | None = None
    record: bytes = field(default=b"", repr=False)


@frozen(kw_only=True)
class Chunk:
    """Records that go out in one request, in the order of the source."""

    entries: Sequence[Entry]

    def put(self, at: int, entry: Entry) -> None:
        """Fill a place, in a chunk of an earlier run whose records come back one by one."""
        assert isinstance(self.entries, list)  # noqa: S101  # made so
        self.entries[at] = entry

    def __len__(self) -> int:
        return len(self.entries)


class Chunker:
    """Collects records until the next one would not fit.

    A record does not fit if the chunk would hold too many records or bytes, or already holds one with the same name:
    the answer to a half-failed chunk could not tell the two apart.

    Args:
        max_records: Records a chunk may hold.
        max_bytes: Bytes its request body may have.
        overhead: Bytes of the body around the records; the commas between them are counted here.
    """

    def __init__(self, *, max_records: int, max_bytes: int, overhead: int) -> None:
        self._max_records = max_records
        self.max_bytes = max_bytes
        self._overhead = overhead
        self._entries: list[Entry] = []
        self._names: set[Name] = set()
        self._bytes = overhead

    def fits_alone(self, content: bytes) -> bool:
        """Whether the record can be sent at all."""
        return self._overhead + len(content) <= self.max_bytes

    def add(self, entry: Entry) -> Chunk | None:
        """Take a record. Returns the chunk before it if the record did not fit in."""
        full = self.flush() if not self._has_room(entry) else None
        self._bytes += len(entry.content) + (1 if self._entries else 0)
        self._entries.append(entry)
        self._names.update(entry.names)
        return full

    def flush(self) -> Chunk | None:
        """Give what was collected so far, or None if that is nothing."""
        if not self._entries:
            return None
        chunk = Chunk(entries=tuple(self._entries))
        self._entries = []
        self._names = set()
        self._bytes = self._overhead
        return chunk

    def _has_room(self, entry: Entry) -> bool:
        return not self._entries or (
            len(self._entries) < self._max_records
            and self._bytes + 1 + len(entry.content) <= self.max_bytes
            and self._names.isdisjoint(entry.names)
        )
