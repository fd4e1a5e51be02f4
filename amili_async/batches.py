"""Waiting for a batch. Writes are accepted at once and processed later; the batch tells how it went.

Source: docs.amili.dev/example-workflow-359631m0. It names the final states and no polling interval.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from amili_async.clock import Clock
from amili_async.errors import BatchTimeoutError, NotFoundError

if TYPE_CHECKING:
    from amili_async.models.collection import Batch, BatchResponse

__all__ = ["FINAL_STATUSES", "BatchWaiter", "is_final"]

FINAL_STATUSES: Final = frozenset({"SUCCESS", "PARTIAL", "FAILED"})

_FIRST_WAIT_S: Final = 0.25
_GROWTH: Final = 1.5
_LONGEST_WAIT_S: Final = 10.0
# A batch that was accepted a moment ago may not be readable everywhere at once.
_MAY_BE_MISSING_S: Final = 10.0


def is_final(batch: Batch) -> bool:
    """Whether Amili has finished a batch.

    By its status; answers of 2025-09 have an object there, so `finishedAt` counts as well. An unknown status alone does
    not: states between QUEUED and the end were neither shown nor excluded.
    """
    return (isinstance(batch.status, str) and batch.status in FINAL_STATUSES) or batch.finished_at is not None


class BatchWaiter:
    """Polls with growing intervals, a little spread so that many waiters do not ask in step."""

    def __init__(self, get_batch: Callable[..., Awaitable[BatchResponse]], clock: Clock, rng: random.Random) -> None:
        self._get_batch = get_batch
        self._clock = clock
        self._rng = rng

    async def wait(self, organization_id: str, batch_id: str, max_wait_s: float | None) -> Batch:
        """Poll until the batch is final.

        Raises:
            BatchTimeoutError: `max_wait_s` ran out.
        """
        started = self._clock.monotonic()
        interval = _FIRST_WAIT_S
        last: Any = None
        while True:
            waited = self._clock.monotonic() - started
            try:
                batch = (await self._get_batch(organization_id, batch_id)).data
            except NotFoundError:
                if waited >= _MAY_BE_MISSING_S:
                    raise
            else:
                if is_final(batch):
                    return batch
                last = batch.status
            delay = interval * self._rng.uniform(0.8, 1.2)
            if max_wait_s is not None:
                waited = self._clock.monotonic() - started
                if waited >= max_wait_s:
                    raise BatchTimeoutError(
                        f"batch {batch_id} was not finished after {waited:.0f} s; it goes on at Amili's side: "
                        "wait again with the same ids",
                        organization_id=organization_id,
                        batch_id=batch_id,
                        waited_s=waited,
                        last_status=str(last) if isinstance(last, str) else None,
                    )
                delay = min(delay, max_wait_s - waited)
            await self._clock.sleep(delay)
            interval = min(_LONGEST_WAIT_S, interval * _GROWTH)
