"""Events as rows of a table: the same in every store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from amili_async.bulk.journal import Began, Disputed, Ended, Event, Held, Opened, Sent, Settled, Started

__all__ = ["COLUMNS", "event_of", "row_of", "sealed"]

COLUMNS: Final = ("chunk", "what", "idempotency_key", "batch_id", "records", "outcomes", "at", "taken")
"""Besides these a row has `seal`."""
_NO_CHUNK: Final = 0
_SEAL_BYTES: Final = 8


def sealed(salt: bytes, before: bytes, row: Sequence[Any]) -> bytes:
    """What proves that a row is as it was written, and in its place: it builds on the row before."""
    seal = hashlib.blake2b(before, digest_size=_SEAL_BYTES, key=salt)
    for value in row:
        part = value if isinstance(value, bytes) else b"" if value is None else str(value).encode()
        kind = type(value).__name__
        seal.update(f"{kind} {len(part)} ".encode())
        seal.update(part)
    return seal.digest()


def row_of(event: Event) -> tuple[Any, ...]:
    """An event as a row of `COLUMNS`."""
    what = type(event).__name__.upper()
    match event:
        case Started():
            return _NO_CHUNK, what, None, None, None, None, None, None
        case Ended():
            return _NO_CHUNK, what, None, None, None, None, None, event.taken
        case Began():
            return event.chunk, what, event.key, None, event.records, None, float(event.at), None
        case Opened():
            return event.chunk, what, None, str(event.batch_id), None, None, None, None
        case Settled():
            return event.chunk, what, None, None, None, event.outcomes.decode(), None, None
        case Held() | Sent() | Disputed():
            return event.chunk, what, None, None, None, None, None, None


def event_of(
    chunk: int,
    what: str,
    key: str | None,
    batch_id: str | None,
    records: bytes | None,
    outcomes: str | None,
    at: float | None,
    taken: int | None,
) -> Event:
    """The event of a row.

    Raises:
        ValueError: No version of this library wrote it.
    """
    match what:
        case "STARTED":
            return Started()
        case "ENDED" if taken is not None:
            return Ended(taken=taken)
        case "BEGAN" if key is not None and records is not None and at is not None:
            return Began(chunk=chunk, key=key, records=records, at=at)
        case "OPENED" if batch_id is not None:
            return Opened(chunk=chunk, batch_id=UUID(batch_id))
        case "SETTLED" if outcomes is not None:
            return Settled(chunk=chunk, outcomes=outcomes.encode())
        case "HELD":
            return Held(chunk=chunk)
        case "SENT":
            return Sent(chunk=chunk)
        case "DISPUTED":
            return Disputed(chunk=chunk)
        case _:
            raise ValueError(what)
