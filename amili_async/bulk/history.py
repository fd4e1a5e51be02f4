"""From a journal's events to where a run has to go on: pure."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from attrs import define

from amili_async.bulk.digests import KEY_BYTES, RECORD_BYTES, records_in
from amili_async.bulk.journal import Began, ChunkEvent, Event, Held, Opened, Sent, Settled, Started
from amili_async.bulk.register import Register, Standing
from amili_async.errors import JournalError

__all__ = ["UNKNOWN_LETTER", "History", "OpenChunk"]

UNKNOWN_LETTER: Final = ord("?")
_STANDINGS: Final = {
    ord("A"): Standing.ACCEPTED,
    ord("R"): Standing.REJECTED,
    ord("U"): Standing.FREE,
}


@define(eq=False, kw_only=True)
class OpenChunk:
    """A chunk whose end is not known.

    Attributes:
        number: Its number in the journal.
        key: Its idempotency key.
        records: Digests of its records.
        outcomes: A letter per record, as far as known.
        batch_id: Its batch, if it was accepted.
        held: Turned away, and not sent since.
    """

    number: int
    key: str
    records: bytes
    outcomes: bytes
    batch_id: UUID | None = None
    held: bool = False


class History:
    """What earlier runs came to.

    Attributes:
        register: How each record stands.
        witness: The latest chunk of which the batch is known, by key: something to try the look-up on.
        next_number: For the next chunk.
        empty: There was no earlier run.
        settled: Records that ended accepted or rejected.
    """

    def __init__(self) -> None:
        self.register = Register()
        self.witness: tuple[str, UUID] | None = None
        self.next_number = 1
        self.empty = True
        self.settled = 0
        self._open: dict[int, OpenChunk] = {}
        self._places: dict[bytes, tuple[OpenChunk, int]] = {}

    def apply(self, event: Event) -> None:
        """Take one event in, in the journal's order.

        Raises:
            JournalError: No run can have written this.
        """
        self.empty = False
        if isinstance(event, Started):
            return
        if isinstance(event, Began):
            size, rest = divmod(len(event.records), RECORD_BYTES)
            if event.chunk < self.next_number or rest or not size:
                raise _nonsense(event)
            self.next_number = event.chunk + 1
            self._open[event.chunk] = OpenChunk(
                number=event.chunk, key=event.key, records=event.records, outcomes=b"?" * size
            )
            return
        chunk = self._open.get(event.chunk)
        if chunk is None:
            raise _nonsense(event)
        match event:
            case Held():
                chunk.held = True
            case Sent():
                chunk.held = False
            case Opened(batch_id=batch_id):
                chunk.batch_id, chunk.held = batch_id, False
                self.witness = (chunk.key, batch_id)
            case Settled(outcomes=outcomes):
                self._settle(chunk, outcomes, event)

    def _settle(self, chunk: OpenChunk, outcomes: bytes, event: ChunkEvent) -> None:
        if len(outcomes) != len(chunk.outcomes):
            raise _nonsense(event)
        for record, before, now in zip(records_in(chunk.records), chunk.outcomes, outcomes, strict=True):
            if now in (UNKNOWN_LETTER, before):
                continue
            if now not in _STANDINGS:
                raise _nonsense(event)
            self.register.note(record, _STANDINGS[now])
            self.settled += _STANDINGS[now] is not Standing.FREE
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
