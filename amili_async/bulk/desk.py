"""The one table of chunks under way, where every record gets its one outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from attrs import frozen

from amili_async.bulk.chunks import Chunk, Entry
from amili_async.bulk.flight import Flight, Stage, left_over
from amili_async.bulk.history import UNKNOWN_LETTER
from amili_async.bulk.journal import Disputed, Journal, Opened, Settled
from amili_async.bulk.kinds import Kind
from amili_async.bulk.logbook import Logbook
from amili_async.bulk.matching import accepted
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.reasons import hide
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.report import Tally
from amili_async.errors import AmiliError, BulkError, JournalError

__all__ = ["Desk", "Stop"]


@frozen
class Stop:
    """Why a run ends before its source does.

    Attributes:
        reason: For the report.
        error: What to raise at the end.
        only_if_unreached: Raise it only if no chunk got through to the API: then nothing has happened yet, and the
            error says all there is to say.
    """

    reason: str
    error: Exception | None = None
    only_if_unreached: bool = False


class Desk:
    """Keeps the chunks under way. A chunk leaves when its records are settled, and only then.

    Args:
        kind: What the records are.
        tally: Counts.
        recorder: Takes the outcomes.
        journal: Keeps what another run needs to go on.
        on_stop: Called when the run is to end early.
    """

    def __init__(
        self, kind: Kind, tally: Tally, recorder: Recorder, *, journal: Journal, on_stop: Callable[[], None]
    ) -> None:
        self._kind = kind
        self._recorder = recorder
        self._on_stop = on_stop
        self._flights: dict[Flight, None] = {}  # in order, so that what is left over is settled in order
        self.tally = tally
        self.logbook = Logbook(journal, self._journal_failed)
        self.stopped: Stop | None = None
        self.reached = False

    def stop(self, stop: Stop) -> None:
        """Take no more records and send no more chunks; what is under way goes on. The first reason counts."""
        if self.stopped is None:
            self.stopped = stop
            self.tally.stopped = stop.reason
            self._on_stop()

    def is_stopped(self) -> bool:
        """Whether the run is to end early."""
        return self.stopped is not None

    def broke_off(self, reason: str, cause: BaseException) -> None:
        """Stop because of something that nobody foresaw."""
        error = BulkError(f"{reason}; {self.tally.taken} records were taken, the report says what became of them")
        error.__cause__ = cause
        self.stop(Stop(reason, error))

    def check_files(self) -> None:
        """Stop if the failure files cannot be written any more."""
        if self._recorder.trouble is not None:
            self.stop(Stop(str(self._recorder.trouble), self._recorder.trouble))

    def add(self, flight: Flight) -> Flight:
        """Take a chunk in."""
        self._flights[flight] = None
        return flight

    def opened(self, flight: Flight, batch_id: UUID, *, found: bool = False) -> None:
        """The API has accepted a chunk, just now, or as a look-up has found out."""
        flight.batch_id = batch_id
        flight.stage = Stage.OPEN
        flight.unclear = None
        self.reached = True
        if found and flight.known is not None:
            self.tally.batches_resumed += 1
        else:
            self.tally.batches += 1
        if flight.number is not None:
            self.logbook.note(Opened(chunk=flight.number, batch_id=batch_id))

    async def disputed(self, flight: Flight) -> None:
        """The API has answered 409 to a key that it may have had before: no run may take the chunk for lost now."""
        flight.disputed = True
        if flight.number is not None:
            with suppress(JournalError):  # the run ends then, and the chunk stays unclear
                await self.logbook.ensure(Disputed(chunk=flight.number))

    def settle(self, flight: Flight, outcomes: Sequence[Outcome]) -> None:
        """Say what became of a chunk's records."""
        del self._flights[flight]
        # Refused as a whole, by status: nobody has judged the single record, so another run may send it as it is.
        # Not after a 409, which says that something of it is there already.
        as_a_whole = flight.batch_id is None and not flight.conflict
        self._write_down(flight, flight.letters(outcomes, rejected=b"U" if as_a_whole else b"R"))
        self._recorder.settle(flight.entries, outcomes)
        self.check_files()

    def accept(self, flight: Flight, found: Sequence[Mapping[str, Any]]) -> None:
        """All of a chunk's records were accepted, and this is what the answer holds of each."""
        entries, batch_id = flight.chunk.entries, flight.batch_id

        def outcomes() -> Iterator[Outcome]:
            return (accepted(entry, item, batch_id) for entry, item in zip(entries, found, strict=True))

        del self._flights[flight]
        self._write_down(flight, b"A" * len(entries))
        self._recorder.accept(entries, outcomes)
        self.check_files()

    def settle_all(self, flight: Flight, status: OutcomeStatus, problem: str) -> None:
        """The same became of all of a chunk's records."""
        self.settle(
            flight,
            [
                Outcome(index=e.index, key=e.key, status=status, batch_id=flight.batch_id, problem=problem)
                for e in flight.entries
            ],
        )

    def settle_left(self, flight: Flight) -> None:
        """Settle a chunk that goes no further, by how far it came."""
        if flight in self._flights:
            reason = self.stopped.reason if self.stopped is not None else "it was broken off"
            self.settle_all(flight, *left_over(flight, reason))

    def settle_rest(self) -> None:
        """Settle everything that is left."""
        for flight in list(self._flights):
            self.settle_left(flight)

    def recut(self, flight: Flight) -> Flight:
        """Make a chunk that certainly never arrived, and is not whole any more, into a new one."""
        del self._flights[flight]
        known = flight.known or b"?" * len(flight.chunk)
        self._write_down(flight, bytes(ord("U") if letter == UNKNOWN_LETTER else letter for letter in known))
        # Its key is a new one, so that it has not left; that its records have been sent before counts all the same.
        return self.add(Flight(Chunk(entries=tuple(flight.entries)), tries=flight.tries))

    def clean(self, entries: Iterable[Entry], text: str) -> str:
        """A server's text about some records, fit to be shown."""
        try:
            return hide(text, set().union(*(self._kind.secrets(entry.content) for entry in entries)))
        except AmiliError:
            return "(its reason is not shown, since it may hold personal data)"

    def _write_down(self, flight: Flight, letters: bytes) -> None:
        # What is still unknown stands as such in the journal already.
        if flight.number is not None and letters.strip(b"?"):
            self.logbook.note(Settled(chunk=flight.number, outcomes=letters))

    def _journal_failed(self, error: BulkError) -> None:
        self.stop(Stop(str(error), error))
