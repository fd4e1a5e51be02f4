"""Cutting a stream of records into requests: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from attrs import field, frozen

__all__ = ["Chunk", "Chunker", "Entry", "Name", "Places"]

Name = tuple[str, str]
"""A wire name and a value under which an answer may name a record: `("invoiceNumber", "1001")`."""
Places = Mapping[str, Mapping[str, int]]
"""By wire name and value, the position of the record in its chunk."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One record on its way: what is needed of it, instead of the record itself.

    It holds the bytes that were encoded when the record was taken, so that a source may use one object again and again,
    and so that what was measured is what is sent.

    A Struct, since there is one for each record: it is made in a tenth of the time of a frozen attrs object, and the
    garbage collector need not look at it, as nothing in it can refer to it.

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
    names: tuple[Name, ...] = ()
    content: bytes
    amount: Decimal | None = None
    currency: str | None = None
    record: bytes = b""

    def __repr__(self) -> str:
        # The content is personal data, and a digest says nothing to anybody.
        return f"Entry(index={self.index!r}, key={self.key!r}, names={self.names!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        # That of a Struct shows everything, and Rich prefers it to the one above.
        return [("index", self.index), ("key", self.key), ("names", self.names)]


@frozen(kw_only=True)
class Chunk:
    """Records that go out in one request, in the order of the source.

    Attributes:
        entries: The records.
        places: Where the record of each name stands, if that was found out while the chunk was filled.
    """

    entries: Sequence[Entry]
    places: Places | None = field(default=None, repr=False, eq=False)

    def places_of_names(self) -> Places:
        """Where the record of each name stands."""
        if self.places is not None:
            return self.places
        places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for at, entry in enumerate(self.entries):
            for wire, text in entry.names:
                places[wire][text] = at
        return places

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
        self.largest = max_bytes - overhead
        """Bytes that a record may have to be sent at all."""
        self._overhead = overhead
        self._entries: list[Entry] = []
        self._places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._bytes = overhead

    def add(self, entry: Entry) -> Chunk | None:
        """Take a record. Returns the chunk before it if the record did not fit in."""
        full = None
        at, size = len(self._entries), len(entry.content)
        if at and (at >= self._max_records or self._bytes + 1 + size > self.max_bytes or self._has_names_of(entry)):
            full, at = self.flush(), 0
        self._bytes += size + (at > 0)
        places = self._places
        for wire, text in entry.names:
            places[wire][text] = at
        self._entries.append(entry)
        return full

    def flush(self) -> Chunk | None:
        """Give what was collected so far, or None if that is nothing."""
        if not self._entries:
            return None
        # Not a wire name that only the next record has, which did not fit in: no record here goes by it.
        places = {wire: by_name for wire, by_name in self._places.items() if by_name}
        chunk = Chunk(entries=tuple(self._entries), places=places)
        self._entries = []
        self._places = defaultdict(dict)
        self._bytes = self._overhead
        return chunk

    def _has_names_of(self, entry: Entry) -> bool:
        places = self._places
        for wire, text in entry.names:  # noqa: SIM110  # done for each record: a generator takes four times as long
            if text in places[wire]:
                return True
        return False
