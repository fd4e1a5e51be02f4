"""Taking records from the source: to be sent, to be taken up again, known already, or refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import Any, Final

from amili_async.bulk.admission import Admission, Recalled, Rejected
from amili_async.bulk.chunks import Chunk, Chunker, Entry
from amili_async.bulk.desk import Desk, Stop
from amili_async.bulk.flight import ABSENT, Flight, Stage
from amili_async.bulk.history import UNKNOWN_LETTER, History
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.register import Known
from amili_async.bulk.settings import Settings
from amili_async.bulk.source import read
from amili_async.errors import BulkError

__all__ = ["Intake"]

_STATUSES: Final = {Known.ACCEPTED: OutcomeStatus.ACCEPTED, Known.REJECTED: OutcomeStatus.REJECTED}
_REJECTED_BEFORE: Final = "An earlier run got it rejected, with this body; mend it and send it again"


class Intake:
    """Reads the source of one run.

    Args:
        source: The records.
        settings: Of the run.
        admission: Decides on each record.
        chunker: Cuts requests.
        history: What earlier runs came to.
        desk: Keeps the chunks.
        recorder: Takes outcomes that are known at once.
        outbox: Says whether the reader of the stream has caught up; None without a reader.
        now_s: The beginning of the run, on the client's clock.
    """

    def __init__(
        self,
        source: Iterable[Any] | AsyncIterable[Any],
        *,
        settings: Settings,
        admission: Admission,
        chunker: Chunker,
        history: History,
        desk: Desk,
        recorder: Recorder,
        outbox: Outbox | None,
        now_s: float,
    ) -> None:
        self._source = source
        self._settings = settings
        self._admission = admission
        self._chunker = chunker
        self._history = history
        self._desk = desk
        self._recorder = recorder
        self._outbox = outbox
        self._now_s = now_s
        self._rejoining: dict[int, Flight] = {}
        self._recalled: list[tuple[Entry, Outcome]] = []

    async def run(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """Take all records, and pass chunks on as they are complete."""
        last: Flight | None = None
        try:
            async with aclosing(read(self._source)) as records:
                await self._take_all(records, pass_on)
        except Exception as error:  # noqa: BLE001  # it is the caller's source: it can fail in any way
            self._desk.broke_off(f"reading the source failed with {type(error).__name__}", error)
        finally:
            self._tell_recalled()
            rest = self._chunker.flush()
            last = self._desk.add(Flight(rest)) if rest is not None else None
        if last is not None:
            await pass_on(last)
        # The source does not hold all their records any more; what it does hold is followed up.
        for flight in list(self._rejoining.values()):
            await pass_on(flight)

    async def _take_all(self, records: AsyncGenerator[Any, None], pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        desk = self._desk
        while desk.stopped is None:
            if self._outbox is not None:
                await self._outbox.room()
            try:
                record = await anext(records)
            except StopAsyncIteration:
                return
            admitted = self._admission.admit(desk.tally.taken, record)
            desk.tally.taken += 1
            if isinstance(admitted, Rejected):
                self._refuse(admitted)
                continue
            if isinstance(admitted, Recalled):
                ready = self._recall(admitted)
            else:
                full = self._chunker.add(admitted)
                ready = None if full is None else self._cut(full)
            if ready is not None:
                await pass_on(ready)

    def _cut(self, chunk: Chunk) -> Flight:
        self._tell_recalled()
        return self._desk.add(Flight(chunk))

    def _refuse(self, rejected: Rejected) -> None:
        self._recorder.refuse(rejected)
        if self._settings.on_invalid == "raise":
            error = BulkError(f"record {rejected.index} is invalid: {rejected.problem}")
            self._desk.stop(Stop(f"record {rejected.index} is invalid, and on_invalid is 'raise'", error))
        self._desk.check_files()

    def _recall(self, recalled: Recalled) -> Flight | None:
        entry = recalled.entry
        if recalled.known is Known.PENDING:
            return self._rejoin(entry)
        status = _STATUSES[recalled.known]
        problem = _REJECTED_BEFORE if status is OutcomeStatus.REJECTED else None
        outcome = Outcome(index=entry.index, key=entry.key, status=status, problem=problem, resumed=True)
        self._recalled.append((entry, outcome))
        if len(self._recalled) >= self._settings.chunk_size:
            self._tell_recalled()
        return None

    def _tell_recalled(self) -> None:
        recalled, self._recalled = self._recalled, []
        if recalled:
            self._recorder.settle([entry for entry, _ in recalled], [outcome for _, outcome in recalled])
            self._desk.check_files()

    def _rejoin(self, entry: Entry) -> Flight | None:
        """Put a record back into the chunk that an earlier run sent it in; give the chunk when it is complete."""
        chunk, at = self._history.place(entry.record)
        flight = self._rejoining.get(chunk.number)
        if flight is None:
            flight = self._rejoining[chunk.number] = self._desk.add(
                Flight(
                    Chunk(entries=[ABSENT] * len(chunk.outcomes)),
                    stage=Stage.OPEN if chunk.batch_id is not None else Stage.SENDING,
                    key=chunk.key,
                    batch_id=chunk.batch_id,
                    number=chunk.number,
                    known=chunk.outcomes,
                    unclear="An earlier run ended before it was known whether the API acted on it; "
                    "look it up before sending it again",
                    since_s=self._now_s,
                )
            )
        flight.chunk.put(at, entry)
        if any(
            there is ABSENT and letter == UNKNOWN_LETTER
            for there, letter in zip(flight.chunk.entries, chunk.outcomes, strict=True)
        ):
            return None
        del self._rejoining[chunk.number]
        return flight
