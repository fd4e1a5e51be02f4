"""What a run writes down so that another one can take it up: events, and the protocol of what keeps them.

A run that begins files of failures in an empty journal writes `Started`, so that the next one knows whose files they
are. A chunk's life, as written down:

    Began ──▶ Opened ──▶ Settled
      │ ▲
      ▼ │ Sent
     Held

`Disputed` may come anywhere between. `Began`, `Sent` and `Disputed` are durable before the run goes on; the others
follow when they can, and what is lost of them by a kill is found out again by the next run. `Ended` is written where a
journal belongs to one list of records, when that was read to its end.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from typing import Literal, Protocol
from uuid import UUID

from attrs import frozen

from amili_async.bulk.digests import SALT_BYTES

__all__ = [
    "Began",
    "ChunkEvent",
    "Disputed",
    "Ended",
    "Event",
    "Held",
    "Journal",
    "MemoryJournal",
    "Opened",
    "Scope",
    "Sent",
    "Settled",
    "Started",
]


@frozen(kw_only=True)
class Scope:
    """What a journal is about. A journal serves one scope only: elsewhere the same key is another record.

    Attributes:
        host: The API.
        organization_id: The creditor.
        kind: `invoices`, `payments` or `corrections`.
        keys: Where records have their keys from: their `own`, or `given` by the caller's `key=`.
    """

    host: str
    organization_id: str
    kind: str
    keys: Literal["own", "given"] = "own"


@frozen
class Started:
    """The first run has begun, and from now on what it leaves behind is its own."""


@frozen(kw_only=True)
class Ended:
    """The source of a run was read to its end.

    Attributes:
        taken: How many records it gave.
    """

    taken: int


@frozen(kw_only=True)
class Began:
    """A chunk is about to be sent for the first time.

    Attributes:
        chunk: Number of the chunk.
        key: Its idempotency key.
        records: Digests of its records, 20 bytes each, in the order of the request.
        at: When, by the wall clock, in seconds since 1970.
    """

    chunk: int
    key: str
    records: bytes
    at: float


@frozen(kw_only=True)
class Held:
    """The API turned the chunk away without acting on it; it waits."""

    chunk: int


@frozen(kw_only=True)
class Sent:
    """A chunk that was held is about to be sent again."""

    chunk: int


@frozen(kw_only=True)
class Disputed:
    """The API answered 409 to the chunk's key, which had been sent before: the first request may have arrived."""

    chunk: int


@frozen(kw_only=True)
class Opened:
    """The API has accepted the chunk as a batch."""

    chunk: int
    batch_id: UUID


@frozen(kw_only=True)
class Settled:
    """What became of the chunk's records.

    Attributes:
        chunk: Number of the chunk.
        outcomes: A letter per record: `A`ccepted, `R`ejected, `U`nsent, `?` still unknown.
    """

    chunk: int
    outcomes: bytes


ChunkEvent = Began | Held | Sent | Disputed | Opened | Settled
Event = Started | Ended | ChunkEvent


class Journal(Protocol):
    """Keeps the events of one scope, in order. `SqliteJournal` is the one that comes with the library.

    One run uses it at a time: `open` refuses another one. Methods raise `JournalError` when they cannot do their work.
    One that can be lost while it is open, as a hold over a network can, has a method `confirm()` besides: it is called
    right before each request leaves, and raises if somebody else may have the journal now.
    """

    async def open(self, scope: Scope) -> bytes:
        """Make it ready, for this run alone.

        Returns:
            16 random bytes, made when the journal was and the same ever since.
        """
        ...

    def replay(self) -> AsyncIterator[Event]:
        """Give back all events, in the order in which they were appended. Called once, after `open`."""
        ...

    async def append(self, events: Sequence[Event]) -> None:
        """Keep events: all of them or none, and durably so when it returns. Calls do not overlap."""
        ...

    async def close(self) -> None:
        """Let go of it."""
        ...


class MemoryJournal:
    """Forgets everything: for runs that are not to be taken up again."""

    _none: tuple[Event, ...] = ()

    async def open(self, scope: Scope) -> bytes:  # nothing to compare it with
        """Make a salt."""
        return secrets.token_bytes(SALT_BYTES)

    async def replay(self) -> AsyncIterator[Event]:
        """Nothing."""
        for event in self._none:
            yield event

    async def append(self, events: Sequence[Event]) -> None:
        """Forget them."""

    async def close(self) -> None:
        """Do nothing."""
