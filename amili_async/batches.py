"""Waiting for a batch. Writes are accepted at once and processed later; the batch tells how it went.

Source: docs.amili.dev/example-workflow-359631m0. It names the final states and no polling interval.

Amili goes on with the batch while its API cannot be asked, so a poll that fails in a way that may pass is not the end
of the wait: it is made again, for as long as the wait may take, or for `LONGEST_OUTAGE_S` where that has no end.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from amili_async.clock import Clock
from amili_async.errors import (
    AmiliError,
    AuthError,
    BatchTimeoutError,
    ConfigError,
    NotFoundError,
    RequestError,
    ResponseError,
    TransportError,
)
from amili_async.options import RequestOptions
from amili_async.retry import Knowledge, status_failure

if TYPE_CHECKING:
    from amili_async.models.collection import Batch, BatchResponse

__all__ = ["FINAL_STATUSES", "LONGEST_OUTAGE_S", "BatchWaiter", "Bells", "is_final"]

FINAL_STATUSES: Final = frozenset({"SUCCESS", "PARTIAL", "FAILED"})

LONGEST_OUTAGE_S: Final = 1800.0
"""For how long polls may fail without a break where the wait itself has no end."""

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


def _may_pass(error: AmiliError) -> bool:
    """Whether a poll that failed so may go through later."""
    if isinstance(error, ResponseError):
        return status_failure(error.status, None).knowledge is not Knowledge.FINAL
    return isinstance(error, TransportError) or (
        isinstance(error, AuthError) and not error.refused and not isinstance(error.__cause__, ConfigError)
    )


def _timed_out(
    organization_id: str, batch_id: str, waited: float, last: object, trouble: AmiliError | None
) -> BatchTimeoutError:
    how = "was not finished" if trouble is None else f"could not be read any more ({trouble.message.rstrip('.')})"
    return BatchTimeoutError(
        f"batch {batch_id} {how} after {waited:.0f} s; it goes on at Amili's side: wait again with the same ids",
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

    async def wait(
        self, organization_id: str, batch_id: str, max_wait_s: float | None, *, accepted: bool = False
    ) -> Batch:
        """Poll until the batch is final.

        Args:
            organization_id: Its owner.
            batch_id: Its id.
            max_wait_s: Seconds for the whole wait; None for as long as it takes.
            accepted: The API has named this batch to us, so that trouble with the first poll may pass as well. Else
                that may be the wrong host.

        Raises:
            BatchTimeoutError: `max_wait_s` ran out.
            RequestError: `max_wait_s` is no number.
            AmiliError: The batch could not be read: by a failure that does not pass, or not for `LONGEST_OUTAGE_S`.
        """
        if max_wait_s is not None and math.isnan(max_wait_s):
            raise RequestError("max_wait_s is not a number of seconds; None waits without end", path="max_wait_s")
        with self._bells.listen(batch_id) as bell:
            return await self._poll(organization_id, batch_id, max_wait_s, bell, accepted=accepted)

    async def _poll(
        self, organization_id: str, batch_id: str, max_wait_s: float | None, bell: asyncio.Event, *, accepted: bool
    ) -> Batch:
        started = self._clock.monotonic()
        interval = _FIRST_WAIT_S
        last: Any = None
        trouble: AmiliError | None = None
        failing_since = started
        while True:
            # Before the batch is read: a bell that rings meanwhile may be newer than the answer.
            bell.clear()
            asked = self._clock.monotonic()
            pause_s = 0.0
            try:
                limit = self._limit(max_wait_s, asked - started)
                batch = (await self._get_batch(organization_id, batch_id, options=limit)).data
            except NotFoundError:
                if asked - started >= _MAY_BE_MISSING_S:
                    raise
                trouble = None
            except AmiliError as error:
                now = self._clock.monotonic()
                # A poll that was cut short because the time was up is no trouble with the API.
                if isinstance(error, TransportError) and max_wait_s is not None and now - started >= max_wait_s:
                    raise _timed_out(organization_id, batch_id, now - started, last, trouble) from error
                if not accepted or not _may_pass(error):
                    raise
                failing_since = asked if trouble is None else failing_since
                trouble, pause_s = error, getattr(error, "retry_after_s", None) or 0.0
                if max_wait_s is None and now + pause_s - failing_since >= LONGEST_OUTAGE_S:
                    raise
            else:
                if is_final(batch):
                    return batch
                last, accepted, trouble = batch.status, True, None
            delay = interval * self._rng.uniform(0.8, 1.2)
            if max_wait_s is not None:
                waited = self._clock.monotonic() - started
                if waited + pause_s >= max_wait_s:
                    raise _timed_out(organization_id, batch_id, waited, last, trouble) from trouble
                delay = min(delay, max_wait_s - waited - pause_s)
            interval = min(_LONGEST_WAIT_S, interval * _GROWTH)
            if pause_s:
                await self._clock.sleep(pause_s)  # whatever rings meanwhile
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
