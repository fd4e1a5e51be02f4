"""The submission engine: intake → senders → followers, each stage bounded, and resolvers beside them.

    source ──intake──▶ [chunks] ──senders──▶ [opened] ──followers──▶ outcomes
             1 task              concurrency     ▲      4 × concurrency
                │                    │ unclear   │ found
                └────────────────▶ [doubts] ──resolvers──▶ outcomes
                 of an earlier run           concurrency

The intake takes records, refuses bad ones and cuts chunks. A sender sends one chunk at a time; what the API accepted
goes on to a follower, which waits for its batch, so that slow batches do not occupy senders. What may have been acted
on goes to a resolver. The number of chunks under way is bounded, and so is memory, however long the source is.

Each chunk under way is a `Flight` on one `Desk`, with its stage. A flight leaves the desk when its records are settled,
and whatever is there when all tasks have ended is settled by its stage: so no record can be lost between two stages,
whether a run ends, is cancelled or breaks.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from typing import Any, Final
from uuid import UUID

from amili_async.bulk.admission import Admission
from amili_async.bulk.channel import Channel
from amili_async.bulk.chunks import Chunker
from amili_async.bulk.client import BulkClient
from amili_async.bulk.courier import Courier, End
from amili_async.bulk.desk import Desk, Stop
from amili_async.bulk.digests import Digester
from amili_async.bulk.failures import FailureFiles
from amili_async.bulk.flight import ABSENT, Flight, Stage
from amili_async.bulk.history import History
from amili_async.bulk.intake import Intake
from amili_async.bulk.journal import Journal, MemoryJournal, Scope, Started
from amili_async.bulk.journal_sqlite import SqliteJournal
from amili_async.bulk.kinds import Kind
from amili_async.bulk.limiter import Limiter
from amili_async.bulk.lookups import LookUps
from amili_async.bulk.matching import all_accepted, match
from amili_async.bulk.memory import KeyMemory
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.bulk.paced import PacedReads
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.report import BulkReport, Tally
from amili_async.bulk.resolver import Resolver
from amili_async.bulk.settings import Settings
from amili_async.bulk.tasks import ended, was_cancelled
from amili_async.errors import AmiliError, NotFoundError

__all__ = ["Engine", "Stop"]

_FOLLOWERS_PER_SENDER: Final = 4
_DOUBTS_PER_SENDER: Final = 4


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
        limiter: Shared by all runs of the client.
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
        limiter: Limiter,
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
        self._limiter = limiter
        self._chunks: Channel[Flight] = Channel(settings.concurrency)
        self._opened: Channel[Flight] = Channel(settings.concurrency)
        self._doubts: Channel[Flight] = Channel(settings.concurrency * _DOUBTS_PER_SENDER)
        self._desk = Desk(kind, tally, recorder, journal=_journal(settings), on_stop=self._on_stop)
        self._memory = memory = KeyMemory(client.clock, settings.key_lifetime_s, client.config.trust_idempotency_key)
        self._courier = Courier(
            client,
            kind,
            organization_id,
            settings=settings,
            desk=self._desk,
            limiter=limiter,
            memory=memory,
            new_key=new_key,
        )
        self._reads = PacedReads(client, limiter, tally)
        self._lookups = LookUps(self._reads, organization_id, new_key=new_key)
        self._resolver = Resolver(
            client.clock,
            kind,
            desk=self._desk,
            courier=self._courier,
            lookups=self._lookups,
            memory=memory,
            settle_s=settings.settle_s,
        )
        self._history = History()
        self._tasks: list[asyncio.Task[None]] = []
        self._started = client.clock.monotonic()
        self._ended: float | None = None

    def report(self) -> BulkReport:
        """What has come of it so far."""
        ended = self._ended if self._ended is not None else self._client.clock.monotonic()
        return self._tally.report(ended - self._started)

    def failure(self) -> Exception | None:
        """What the run ended with, if it is to be raised."""
        stop = self._desk.stopped
        if stop is None or (stop.only_if_unreached and self._desk.reached):
            return None
        return stop.error

    def stop(self, stop: Stop) -> None:
        """Take no more records and send no more chunks; what is under way goes on. The first reason counts."""
        self._desk.stop(stop)

    def abort(self) -> None:
        """End everything at once."""
        for task in self._tasks:
            task.cancel()

    async def open(self) -> None:
        """Open the journal and the failure files.

        Raises:
            BulkError: One of them cannot be used.
        """
        host = self._client.config.host_url
        scope = Scope(
            host=host,
            organization_id=str(self._organization_id).lower(),
            kind=self._kind.name,
            keys="own" if self._settings.key is None else "given",
        )
        self._history = await self._desk.logbook.open(scope)
        self._memory.latest = self._history.latest
        try:
            if self._settings.failures is not None:
                self._recorder.write_to(FailureFiles(self._settings.failures, resuming=not self._history.empty))
                if self._history.empty:
                    # Before anything is in the files: killed now, the next run is to know them for its own.
                    await self._desk.logbook.ensure(Started())
        except BaseException:
            self._recorder.close()
            await self._desk.logbook.close()
            raise

    async def run(self) -> None:
        """Submit everything. Nothing that becomes of a record is raised here; see `failure`."""
        settings = self._settings
        self._started = self._client.clock.monotonic()
        self._limiter.join(settings.concurrency)
        intake = asyncio.create_task(self._intake().run(self._pass_on))
        senders = self._crew(settings.concurrency, self._chunks, self._send)
        resolvers = self._crew(settings.concurrency, self._doubts, self._resolve)
        followers = self._crew(settings.concurrency * _FOLLOWERS_PER_SENDER, self._opened, self._follow)
        self._tasks = [intake, *senders, *resolvers, *followers]
        try:
            await asyncio.wait([intake])
            self._chunks.close()
            await asyncio.wait(senders)
            self._resolver.hurry()  # nobody is left to give it a batch to try the look-up on
            self._doubts.close()
            await asyncio.wait(resolvers)
            self._opened.close()
            await asyncio.wait(followers)
        except asyncio.CancelledError:
            self.stop(Stop("it was cancelled"))
            self.abort()
            raise
        finally:
            await self._finish()

    def _crew(
        self, size: int, channel: Channel[Flight], step: Callable[[Flight], Awaitable[None]]
    ) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._work(channel, step)) for _ in range(size)]

    async def _finish(self) -> None:
        try:
            await ended(self._tasks)
        finally:
            self._limiter.leave(self._settings.concurrency)
            self._desk.settle_rest()
            try:
                # Also when cancelled once more: what was settled is to be in the journal.
                closing = asyncio.create_task(self._desk.logbook.close())
                await ended([closing])
                closing.result()
            except Exception as error:  # noqa: BLE001  # a journal of the caller's own can fail in any way
                self._desk.broke_off(f"closing the journal failed with {type(error).__name__}", error)
            finally:
                self._ended = self._client.clock.monotonic()
                self._recorder.close()

    def _on_stop(self) -> None:
        self._courier.dismiss()
        self._resolver.hurry()
        if self._tasks and self._tasks[0] is not asyncio.current_task():
            self._tasks[0].cancel()

    def _intake(self) -> Intake:
        settings = self._settings
        chunker = Chunker(
            max_records=settings.chunk_size, max_bytes=settings.max_chunk_bytes, overhead=self._kind.overhead
        )
        admission = Admission(
            self._kind,
            key=settings.key,
            chunker=chunker,
            register=self._history.register,
            digester=Digester(self._desk.logbook.salt),
        )
        return Intake(
            self._source,
            kind=self._kind,
            settings=settings,
            admission=admission,
            chunker=chunker,
            history=self._history,
            desk=self._desk,
            recorder=self._recorder,
            outbox=self._outbox,
            now_s=self._started,
        )

    async def _pass_on(self, flight: Flight) -> None:
        """Where a chunk goes from the intake; those of an earlier run go where they were."""
        match flight.stage:
            case Stage.CUT:
                await self._chunks.put(flight)
            case Stage.SENDING:
                await self._doubt(flight)
            case Stage.OPEN:
                self._tally.batches_resumed += 1
                await self._opened.put(flight)

    async def _doubt(self, flight: Flight) -> None:
        if self._doubts.is_full:
            self._resolver.hurry()  # waiting for better evidence would hold up everything
        await self._doubts.put(flight)

    async def _work(self, channel: Channel[Flight], step: Callable[[Flight], Awaitable[None]]) -> None:
        while (flight := await channel.get()) is not None:
            try:
                await step(flight)
            except (Exception, asyncio.CancelledError) as error:  # a defect must cost neither records nor the run's end
                if isinstance(error, asyncio.CancelledError) and was_cancelled():
                    raise
                self._desk.broke_off(f"{type(error).__name__} while a chunk was under way", error)
                self._desk.settle_left(flight)

    async def _send(self, flight: Flight) -> None:
        if self._desk.stopped is not None:
            self._desk.settle_left(flight)
            return
        end = await self._courier.send(flight)
        if end is End.OPEN:
            await self._has_opened(flight)
        elif end is End.UNCLEAR:
            await self._doubt(flight)

    async def _resolve(self, flight: Flight) -> None:
        found = await self._resolver.resolve(flight)
        if found is not None:
            await self._opened.put(found)

    async def _has_opened(self, flight: Flight) -> None:
        assert flight.key is not None  # noqa: S101  # for the type checker: sent and accepted
        assert flight.batch_id is not None  # noqa: S101
        self._lookups.know(flight.key, flight.batch_id)
        self._resolver.hurry()
        await self._opened.put(flight)

    async def _follow(self, flight: Flight) -> None:
        assert flight.batch_id is not None  # noqa: S101  # for the type checker: set before it came here
        try:
            batch = await self._reads.wait_for_batch(
                self._organization_id, flight.batch_id, max_wait_s=self._settings.max_wait_s
            )
        except AmiliError as error:
            problem = (
                f"Batch {flight.batch_id} was accepted, but what came of it is not known ({error}); "
                "wait_for_batch will tell"
            )
            if isinstance(error, NotFoundError):
                await self._resolver.batch_is_gone(flight, problem)
            else:
                self._desk.settle_all(flight, OutcomeStatus.UNKNOWN, problem)
            return
        found = all_accepted(batch, flight.chunk)
        if found is not None:
            self._desk.accept(flight, found)
            return
        clean = self._desk.clean
        told = match(batch, flight.batch_id, flight.chunk, clean=lambda entry, text: clean([entry], text))
        self._desk.settle(
            flight,
            [outcome for entry, outcome in zip(flight.chunk.entries, told, strict=True) if entry is not ABSENT],
        )


def _journal(settings: Settings) -> Journal:
    given = settings.journal
    if given is None:
        return MemoryJournal()
    return SqliteJournal(given) if isinstance(given, (str, os.PathLike)) else given
