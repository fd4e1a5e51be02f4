"""From a journal's events to where a run has to go on: pure."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from attrs import define

from amili_async.bulk.digests import KEY_BYTES, RECORD_BYTES, records_in
from amili_async.bulk.journal import Began, ChunkEvent, Disputed, Ended, Event, Held, Opened, Sent, Settled, Started
from amili_async.bulk.register import Register, Standing
from amili_async.errors import JournalError

__all__ = ["UNKNOWN_LETTER", "History", "KnownBatch", "OpenChunk"]

UNKNOWN_LETTER: Final = ord("?")
_STANDINGS: Final = {
    ord("A"): Standing.ACCEPTED,
    ord("R"): Standing.REJECTED,
    ord("U"): Standing.FREE,
}


class KnownBatch(NamedTuple):
    """A batch of ours that the API certainly has had: something to try the look-up on."""

    key: str
    batch_id: UUID


@define(eq=False, kw_only=True)
class OpenChunk:
    """A chunk whose end is not known.

    Attributes:
        number: Its number in the journal.
        key: Its idempotency key.
        records: Digests of its records.
        outcomes: A letter per record, as far as known.
        began_at: When it was sent first, by the wall clock.
        batch_id: Its batch, if it was accepted.
        held: Turned away, and not sent since.
        disputed: A 409 said that it may have arrived.
        older: The latest batch that was there before it was sent first, so that it is at least as old.
        younger: The first batch that was made after that.
    """

    number: int
    key: str
    records: bytes
    outcomes: bytes
    began_at: float
    batch_id: UUID | None = None
    held: bool = False
    disputed: bool = False
    older: KnownBatch | None = None
    younger: KnownBatch | None = None


class History:
    """What earlier runs came to.

    Attributes:
        register: How each record stands.
        next_number: For the next chunk.
        empty: There was no earlier run.
        latest: The latest time at which a chunk was sent first, by the wall clock.
        listed: How many records the source of an earlier run had, if that was read to its end and noted.
    """

    def __init__(self) -> None:
        self.register = Register()
        self.next_number = 1
        self.empty = True
        self.latest = 0.0
        self.listed: int | None = None
        self._open: dict[int, OpenChunk] = {}
        self._latest: KnownBatch | None = None
        self._without_younger: list[OpenChunk] = []
        self._places: dict[bytes, tuple[OpenChunk, int]] = {}

    def apply(self, event: Event) -> None:
        """Take one event in, in the journal's order.

        Raises:
            JournalError: No run can have written this.
        """
        self.empty = False
        if isinstance(event, Started):
            return
        if isinstance(event, Ended):
            self.listed = event.taken
            return
        if isinstance(event, Began):
            self._begin(event)
            return
        chunk = self._open.get(event.chunk)
        if chunk is None:
            raise _nonsense(event)
        match event:
            case Held():
                chunk.held = True
            case Sent():
                chunk.held = False
            case Disputed():
                chunk.disputed = True
            case Opened(batch_id=batch_id):
                chunk.batch_id, chunk.held = batch_id, False
                self._latest = KnownBatch(chunk.key, batch_id)
                for other in self._without_younger:
                    other.younger = self._latest
                self._without_younger.clear()
            case Settled(outcomes=outcomes):
                self._settle(chunk, outcomes, event)

    def _begin(self, event: Began) -> None:
        size, rest = divmod(len(event.records), RECORD_BYTES)
        if event.chunk < self.next_number or rest or not size:
            raise _nonsense(event)
        self.next_number = event.chunk + 1
        self.latest = max(self.latest, event.at)
        chunk = self._open[event.chunk] = OpenChunk(
            number=event.chunk,
            key=event.key,
            records=event.records,
            outcomes=b"?" * size,
            began_at=event.at,
            older=self._latest,
        )
        self._without_younger.append(chunk)

    def _settle(self, chunk: OpenChunk, outcomes: bytes, event: ChunkEvent) -> None:
        if len(outcomes) != len(chunk.outcomes):
            raise _nonsense(event)
        for record, before, now in zip(records_in(chunk.records), chunk.outcomes, outcomes, strict=True):
            if now in (UNKNOWN_LETTER, before):
                continue
            if now not in _STANDINGS:
                raise _nonsense(event)
            self.register.note(record, _STANDINGS[now])
        chunk.outcomes, chunk.held = outcomes, False
        if UNKNOWN_LETTER not in outcomes:
            del self._open[chunk.number]

    def finish(self) -> None:
        """All events are in: note where the records of open chunks belong."""
        for chunk in self._open.values():
            if chunk.held:
                continue  # its records may be sent like new ones
            for at, (record, letter) in enumerate(zip(records_in(chunk.records), chunk.outcomes, strict=True)):
                if letter == UNKNOWN_LETTER:
                    self.register.note(record, Standing.PENDING)
                    self._places[record[:KEY_BYTES]] = (chunk, at)

    def place(self, record: bytes) -> tuple[OpenChunk, int]:
        """The chunk of a pending record, and its position there."""
        return self._places[record[:KEY_BYTES]]


def _nonsense(event: ChunkEvent) -> JournalError:
    return JournalError(
        f"the journal holds {type(event).__name__} for chunk {event.chunk} where it cannot be: it is damaged; "
        "use a backup of it, or look up what was sent before starting with a new one"
    )
