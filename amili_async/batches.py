"""Waiting for a batch. Writes are accepted at once and processed later; the batch tells how it went.

Source: docs.amili.dev/example-workflow-359631m0. It names the final states and no polling interval.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from amili_async.clock import Clock
from amili_async.errors import BatchTimeoutError, NotFoundError, TransportError
from amili_async.options import RequestOptions

if TYPE_CHECKING:
    from amili_async.models.collection import Batch, BatchResponse

__all__ = ["FINAL_STATUSES", "BatchWaiter", "Bells", "is_final"]

FINAL_STATUSES: Final = frozenset({"SUCCESS", "PARTIAL", "FAILED"})

_FIRST_WAIT_S: Final = 0.25
_GROWTH: Final = 1.5
_LONGEST_WAIT_S: Final = 10.0
# However little time is left, a poll gets as much as it normally needs.
_SHORTEST_POLL_S: Final = 1.0
# A batch that was accepted a moment ago may not be readable everywhere at once.
_MAY_BE_MISSING_S: Final = 10.0


def is_final(batch: Batch) -> bool:
    """Whether Amili has finished a batch.

    By its status; answers of 2025-09 have an object there, so `finishedAt` counts as well. An unknown status alone does
    not: states between QUEUED and the end were neither shown nor excluded.
    """
    return (isinstance(batch.status, str) and batch.status in FINAL_STATUSES) or batch.finished_at is not None


def _timed_out(organization_id: str, batch_id: str, waited: float, last: object) -> BatchTimeoutError:
    return BatchTimeoutError(
        f"batch {batch_id} was not finished after {waited:.0f} s; it goes on at Amili's side: "
        "wait again with the same ids",
        organization_id=organization_id,
        batch_id=batch_id,
        waited_s=waited,
        last_status=str(last) if isinstance(last, str) else None,
    )


class Bells:
    """One per batch that somebody waits for. A webhook rings it; where nobody waits, nothing is kept."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    @contextmanager
    def listen(self, batch_id: str) -> Iterator[asyncio.Event]:
        """Have a bell for a batch for as long as one waits."""
        bell = asyncio.Event()
        key = _spelling(batch_id)
        self._waiting.setdefault(key, set()).add(bell)
        try:
            yield bell
        finally:
            self._waiting[key].remove(bell)
            if not self._waiting[key]:
                del self._waiting[key]

    def ring(self, batch_id: UUID | str) -> None:
        """Wake everybody who waits for a batch."""
        for bell in self._waiting.get(_spelling(batch_id), ()):
            bell.set()


def _spelling(batch_id: UUID | str) -> str:
    # Callers may write a UUID in capitals or without hyphens; what is no UUID stands for itself.
    try:
        return str(batch_id if isinstance(batch_id, UUID) else UUID(batch_id))
    except ValueError:
        return str(batch_id)


class BatchWaiter:
    """Polls with growing intervals, a little spread so that many waiters do not ask in step.

    A bell ends the wait between two polls, no more: the batch is read all the same, and without a bell it is polled.
    """

    def __init__(
        self,
        get_batch: Callable[..., Awaitable[BatchResponse]],
        clock: Clock,
        rng: random.Random,
        bells: Bells | None = None,
        deadline_s: float = 120.0,
    ) -> None:
        self._deadline_s = deadline_s
        self._get_batch = get_batch
        self._clock = clock
        self._rng = rng
        self._bells = bells or Bells()

    async def wait(self, organization_id: str, batch_id: str, max_wait_s: float | None) -> Batch:
        """Poll until the batch is final.

        Raises:
            BatchTimeoutError: `max_wait_s` ran out.
        """
        with self._bells.listen(batch_id) as bell:
            return await self._poll(organization_id, batch_id, max_wait_s, bell)

    async def _poll(self, organization_id: str, batch_id: str, max_wait_s: float | None, bell: asyncio.Event) -> Batch:
        started = self._clock.monotonic()
        interval = _FIRST_WAIT_S
        last: Any = None
        while True:
            # Before the batch is read: a bell that rings meanwhile may be newer than the answer.
            bell.clear()
            waited = self._clock.monotonic() - started
            try:
                batch = (await self._get_batch(organization_id, batch_id, options=self._limit(max_wait_s, waited))).data
            except NotFoundError:
                if waited >= _MAY_BE_MISSING_S:
                    raise
            except TransportError as error:
                # A poll that was cut short because the time was up is no trouble with the API.
                waited = self._clock.monotonic() - started
                if max_wait_s is None or waited < max_wait_s:
                    raise
                raise _timed_out(organization_id, batch_id, waited, last) from error
            else:
                if is_final(batch):
                    return batch
                last = batch.status
            delay = interval * self._rng.uniform(0.8, 1.2)
            if max_wait_s is not None:
                waited = self._clock.monotonic() - started
                if waited >= max_wait_s:
                    raise _timed_out(organization_id, batch_id, waited, last)
                delay = min(delay, max_wait_s - waited)
            interval = min(_LONGEST_WAIT_S, interval * _GROWTH)
            if await self._sleep(delay, bell):
                interval = _FIRST_WAIT_S  # if the batch does not say so yet, it will in a moment

    def _limit(self, max_wait_s: float | None, waited: float) -> RequestOptions | None:
        """So that no single poll outlasts the whole wait."""
        if max_wait_s is None:
            return None
        return RequestOptions(deadline_s=min(self._deadline_s, max(_SHORTEST_POLL_S, max_wait_s - waited)))

    async def _sleep(self, seconds: float, bell: asyncio.Event) -> bool:
        """Wait, for the bell at most so long; whether it rang."""
        if bell.is_set():
            return True
        tasks = asyncio.ensure_future(self._clock.sleep(seconds)), asyncio.ensure_future(bell.wait())
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if tasks[0].done():
                tasks[0].result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return bell.is_set()
