"""The submission engine: intake → senders → followers, each stage bounded.

    source ──intake──▶ [chunks] ──senders──▶ [opened] ──followers──▶ outcomes
             1 task              concurrency            4 × concurrency

The intake takes records, refuses bad ones and cuts chunks. A sender sends one chunk at a time; what the API accepted
goes on to a follower, which waits for its batch, so that slow batches do not occupy senders. The number of chunks under
way is bounded, and so is memory, however long the source is.

Each chunk under way is a `Flight` in one table, with its stage. A flight leaves the table when its records are settled,
and whatever is in the table when all tasks have ended is settled by its stage: so no record can be lost between two
stages, whether a run ends, is cancelled or breaks.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from typing import Any, Final, Protocol
from uuid import UUID

from attrs import evolve, frozen

from amili_async.bulk.admission import Admission, Refusal
from amili_async.bulk.channel import Channel
from amili_async.bulk.chunks import Chunk, Chunker, Entry
from amili_async.bulk.flight import Flight, Stage, left_over
from amili_async.bulk.kinds import Kind
from amili_async.bulk.matching import FinalBatch, match
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.reasons import hide, reason_in
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.report import BulkReport, Tally
from amili_async.bulk.settings import Settings
from amili_async.bulk.source import read
from amili_async.bulk.tasks import ended
from amili_async.bulk.verdicts import attempts_of, verdict
from amili_async.clock import Clock
from amili_async.errors import AmiliError, BulkError, RateLimitedError, ResponseError
from amili_async.operations import Requester

__all__ = ["BulkClient", "Engine"]

_FOLLOWERS_PER_SENDER: Final = 4


class BulkClient(Requester, Protocol):
    """What the engine needs of a client."""

    @property
    def clock(self) -> Clock:
        """Its source of time."""
        ...

    async def wait_for_batch(
        self, organization_id: UUID | str, batch_id: UUID | str, *, max_wait_s: float | None = 300
    ) -> FinalBatch:
        """Poll a batch until it is final."""
        ...


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


class Engine:
    """One run.

    Args:
        client: Sends.
        kind: What the records are.
        organization_id: Whose they are.
        source: The records.
        settings: How to go about it.
        tally: Counts.
        recorder: Takes the outcomes.
        outbox: Says whether the reader of the stream has caught up; None without a reader.
        new_key: Makes idempotency keys.
    """

    def __init__(
        self,
        client: BulkClient,
        kind: Kind,
        organization_id: UUID | str,
        source: Iterable[Any] | AsyncIterable[Any],
        *,
        settings: Settings,
        tally: Tally,
        recorder: Recorder,
        outbox: Outbox | None,
        new_key: Callable[[], str],
    ) -> None:
        self._client = client
        self._kind = kind
        self._organization_id = organization_id
        self._source = source
        self._settings = settings
        self._tally = tally
        self._recorder = recorder
        self._outbox = outbox
        self._new_key = new_key
        self._chunks: Channel[Flight] = Channel(settings.concurrency)
        self._opened: Channel[Flight] = Channel(settings.concurrency)
        self._flights: dict[Flight, None] = {}  # in order, so that what is left over is settled in order
        self._tasks: list[asyncio.Task[None]] = []
        self._stop: Stop | None = None
        self._reached = False
        self._started = client.clock.monotonic()
        self._ended: float | None = None

    def report(self) -> BulkReport:
        """What has come of it so far."""
        ended = self._ended if self._ended is not None else self._client.clock.monotonic()
        return self._tally.report(ended - self._started)

    def failure(self) -> Exception | None:
        """What the run ended with, if it is to be raised."""
        stop = self._stop
        if stop is None or (stop.only_if_unreached and self._reached):
            return None
        return stop.error

    def stop(self, stop: Stop) -> None:
        """Take no more records and send no more chunks; what is under way goes on. The first reason counts."""
        if self._stop is not None:
            return
        self._stop = stop
        self._tally.stopped = stop.reason
        if self._tasks and self._tasks[0] is not asyncio.current_task():
            self._tasks[0].cancel()

    def abort(self) -> None:
        """End everything at once."""
        for task in self._tasks:
            task.cancel()

    async def run(self) -> None:
        """Submit everything. Nothing that becomes of a record is raised here; see `failure`."""
        self._started = self._client.clock.monotonic()
        intake = asyncio.create_task(self._take_in())
        senders = [asyncio.create_task(self._work(self._chunks, self._send)) for _ in range(self._settings.concurrency)]
        followers = [
            asyncio.create_task(self._work(self._opened, self._follow))
            for _ in range(self._settings.concurrency * _FOLLOWERS_PER_SENDER)
        ]
        self._tasks = [intake, *senders, *followers]
        try:
            await asyncio.wait([intake])
            self._chunks.close()
            await asyncio.wait(senders)
            self._opened.close()
            await asyncio.wait(followers)
        except asyncio.CancelledError:
            self.stop(Stop("it was cancelled"))
            self.abort()
            raise
        finally:
            try:
                await ended(self._tasks)
            finally:
                for flight in list(self._flights):
                    self._settle_left(flight)
                self._ended = self._client.clock.monotonic()
                self._recorder.close()

    # Intake

    async def _take_in(self) -> None:
        settings = self._settings
        chunker = Chunker(
            max_records=settings.chunk_size, max_bytes=settings.max_chunk_bytes, overhead=self._kind.overhead
        )
        admission = Admission(self._kind, key=settings.key, chunker=chunker)
        last: Flight | None = None
        try:
            async with aclosing(read(self._source)) as records:
                await self._take_all(records, admission, chunker)
        except Exception as error:  # noqa: BLE001  # it is the caller's source: it can fail in any way
            self._broke_off(f"reading the source failed with {type(error).__name__}", error)
        finally:
            rest = chunker.flush()
            last = self._cut(rest) if rest is not None else None
        if last is not None:
            await self._chunks.put(last)

    async def _take_all(self, records: AsyncGenerator[Any, None], admission: Admission, chunker: Chunker) -> None:
        while self._stop is None:
            if self._outbox is not None:
                await self._outbox.room()
            try:
                record = await anext(records)
            except StopAsyncIteration:
                return
            admitted = admission.admit(self._tally.taken, record)
            self._tally.taken += 1
            if isinstance(admitted, Refusal):
                self._refuse(admitted)
            elif (chunk := chunker.add(admitted)) is not None:
                await self._chunks.put(self._cut(chunk))

    def _refuse(self, refusal: Refusal) -> None:
        self._recorder.refuse(refusal)
        if self._settings.on_invalid == "raise":
            error = BulkError(f"record {refusal.index} is invalid: {refusal.problem}")
            self.stop(Stop(f"record {refusal.index} is invalid, and on_invalid is 'raise'", error))
        self._check_files()

    def _cut(self, chunk: Chunk) -> Flight:
        flight = Flight(chunk)
        self._flights[flight] = None
        return flight

    # Senders and followers

    async def _work(self, channel: Channel[Flight], step: Callable[[Flight], Awaitable[None]]) -> None:
        while (flight := await channel.get()) is not None:
            try:
                await step(flight)
            except Exception as error:  # noqa: BLE001  # a defect must cost neither records nor the end of the run
                self._broke_off(f"{type(error).__name__} while a chunk was under way", error)
                self._settle_left(flight)

    async def _send(self, flight: Flight) -> None:
        if self._stop is not None:
            self._settle_left(flight)
            return
        flight.key = self._new_key()
        flight.stage = Stage.SENDING
        try:
            response = await self._client.call(
                self._kind.operation,
                self._organization_id,
                body=self._kind.content(flight.chunk.entries),  # the very bytes that were counted
                options=evolve(self._settings.options, idempotency_key=flight.key),
            )
        except AmiliError as error:
            self._not_accepted(flight, error)
            return
        flight.batch_id = response.parsed.data.batch_id
        flight.stage = Stage.OPEN
        self._reached = True
        self._tally.batches += 1
        self._tally.retries += response.attempts - 1
        await self._opened.put(flight)

    def _not_accepted(self, flight: Flight, error: AmiliError) -> None:
        entries = flight.chunk.entries
        told = reason_in(error.body) if isinstance(error, ResponseError) else None
        judged = verdict(error, len(entries), self._clean(entries, told) if told else None)
        self._reached = self._reached or judged.reached
        self._tally.retries += max(0, attempts_of(error) - 1)
        self._tally.throttled += isinstance(error, RateLimitedError)
        problem = judged.problem
        if judged.status is OutcomeStatus.UNKNOWN:
            problem = f"{problem} (idempotency key {flight.key})"
        self._settle_all(flight, judged.status, problem)
        if judged.stops:
            self.stop(Stop(str(error), error, only_if_unreached=True))

    async def _follow(self, flight: Flight) -> None:
        assert flight.batch_id is not None  # noqa: S101  # for the type checker: set before it came here
        try:
            batch = await self._client.wait_for_batch(
                self._organization_id, flight.batch_id, max_wait_s=self._settings.max_wait_s
            )
        except AmiliError as error:
            problem = (
                f"Batch {flight.batch_id} was accepted, but what came of it is not known ({error}); "
                "wait_for_batch will tell"
            )
            self._settle_all(flight, OutcomeStatus.UNKNOWN, problem)
            return
        self._settle(flight, match(batch, flight.batch_id, flight.chunk, clean=lambda e, text: self._clean([e], text)))

    # Outcomes

    def _settle(self, flight: Flight, outcomes: Sequence[Outcome]) -> None:
        del self._flights[flight]
        self._recorder.settle(flight.chunk.entries, outcomes)
        self._check_files()

    def _settle_all(self, flight: Flight, status: OutcomeStatus, problem: str) -> None:
        self._settle(
            flight,
            [
                Outcome(index=e.index, key=e.key, status=status, batch_id=flight.batch_id, problem=problem)
                for e in flight.chunk.entries
            ],
        )

    def _settle_left(self, flight: Flight) -> None:
        """Settle a chunk that goes no further, by how far it came."""
        if flight not in self._flights:
            return
        reason = self._stop.reason if self._stop is not None else "it was broken off"
        self._settle_all(flight, *left_over(flight, reason))

    def _broke_off(self, reason: str, cause: Exception) -> None:
        error = BulkError(f"{reason}; {self._tally.taken} records were taken, the report says what became of them")
        error.__cause__ = cause
        self.stop(Stop(reason, error))

    def _check_files(self) -> None:
        if self._recorder.trouble is not None:
            self.stop(Stop(str(self._recorder.trouble), self._recorder.trouble))

    def _clean(self, entries: Iterable[Entry], text: str) -> str:
        try:
            return hide(text, set().union(*(self._kind.secrets(entry.content) for entry in entries)))
        except AmiliError:
            return "(its reason is not shown, since it may hold personal data)"
