"""A run as its user sees it: a context manager, a stream of outcomes, a report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Iterable
from types import TracebackType
from typing import Any, Final, Self
from uuid import UUID

from amili_async.bulk.client import BulkClient
from amili_async.bulk.engine import Engine, Stop
from amili_async.bulk.kinds import Kind
from amili_async.bulk.limiter import Limiter
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Outcome
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.report import BulkReport, Tally
from amili_async.bulk.settings import Settings
from amili_async.bulk.tasks import ended, ended_within
from amili_async.errors import BulkError

__all__ = ["BulkRun"]

# Outcomes that wait for a slow reader before the source is held back.
_BACKLOG: Final = 1000


class BulkRun:
    """One submission under way.

        async with amili.bulk.stream_invoices(organization_id, invoices) as run:
            async for outcome in run:
                ...
        print(run.report)

    Outcomes come as they are known, not in the order of the source. A slow reader holds the source back. Leaving the
    block early, by `break`, an error or cancellation, ends the run: no more records are taken or sent, what is under
    way may finish within `grace_s`, and the rest is UNSENT or UNKNOWN in the report and the failure files.

    Made by `amili.bulk.stream_invoices` and its siblings.
    """

    def __init__(
        self,
        client: BulkClient,
        kind: Kind,
        organization_id: UUID | str,
        source: Iterable[Any] | AsyncIterable[Any],
        settings: Settings,
        *,
        limiter: Limiter,
        new_key: Callable[[], str],
        streamed: bool,
    ) -> None:
        self._client = client
        self._settings = settings
        self._kind = kind
        self._organization_id = organization_id
        self._source = source
        self._limiter = limiter
        self._new_key = new_key
        self._streamed = streamed
        self._outbox: Outbox | None = None
        self._started: tuple[Engine, asyncio.Task[None]] | None = None

    @property
    def report(self) -> BulkReport:
        """What came of the run; while it goes on, what has come of it so far."""
        engine, _ = self._running()
        return engine.report()

    async def __aenter__(self) -> Self:
        if self._started is not None:
            raise BulkError("this run was started already; call the method again for another one")
        self._outbox = Outbox(_BACKLOG) if self._streamed else None
        tally = Tally(self._kind.name)
        engine = Engine(
            self._client,
            self._kind,
            self._organization_id,
            self._source,
            settings=self._settings,
            tally=tally,
            recorder=Recorder(
                tally,
                outbox=self._outbox,
                progress=self._settings.progress,
            ),
            outbox=self._outbox,
            limiter=self._limiter,
            new_key=self._new_key,
        )
        await engine.open()
        self._started = engine, asyncio.create_task(engine.run())
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        engine, task = self._running()
        if task.done():
            return
        engine.stop(Stop(_why(exc_type)))
        try:
            await ended_within(task, self._settings.grace_s, self._client.clock)
        finally:
            # Also when cancelled once more: then patience has ended before the time of grace has.
            engine.abort()
            await ended([task])

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Outcome:
        self._running()
        outcome = await self._outbox.get() if self._outbox is not None else None
        if outcome is None:
            await self.finish()
            raise StopAsyncIteration
        return outcome

    async def finish(self) -> None:
        """Wait for the end of the run.

        Raises:
            AmiliError: The run could not start or go on.
        """
        engine, task = self._running()
        # Not awaited itself: our own cancellation would cancel it, and with it what is under way.
        await asyncio.wait([task])
        task.result()
        failure = engine.failure()
        if failure is not None:
            raise failure

    def _running(self) -> tuple[Engine, asyncio.Task[None]]:
        if self._started is None:
            raise BulkError("the run has not started; use `async with`")
        return self._started


def _why(left_by: type[BaseException] | None) -> str:
    if left_by is None:
        return "its reader left"
    if issubclass(left_by, asyncio.CancelledError):
        return "it was cancelled"
    return f"its reader failed with {left_by.__name__}"
