"""Polls and look-ups, held back with everything else while the API asks for time."""

from __future__ import annotations

import logging
from typing import Any, TypeVar
from uuid import UUID

from attrs import evolve

from amili_async.batches import LONGEST_OUTAGE_S
from amili_async.bulk.client import BulkClient
from amili_async.bulk.limiter import Limiter
from amili_async.bulk.matching import FinalBatch
from amili_async.bulk.report import Tally
from amili_async.errors import AmiliError, ResponseError, TransportError
from amili_async.operations import Operation
from amili_async.options import RequestOptions
from amili_async.request import Response
from amili_async.retry import Budget, Failure, Knowledge, RetryPolicy, status_failure

__all__ = ["PacedReads"]

T = TypeVar("T")
log = logging.getLogger("amili_async")

_NO_OPTIONS = RequestOptions()


class PacedReads:
    """Sends reads when no pause is on, and lets a Retry-After to one of them pause everybody.

    The client sends each request once; it is repeated from here, by the client's own rules, so that the pause is known
    here. Reads do not count among the requests that may be under way: waiting for a batch must not keep others from
    being sent.

    Args:
        client: Sends.
        limiter: Of the client.
        tally: Counts.
    """

    def __init__(self, client: BulkClient, limiter: Limiter, tally: Tally) -> None:
        config = client.config
        self._client = client
        self._limiter = limiter
        self._tally = tally
        self._policy = RetryPolicy(max_retry_after_s=config.max_retry_after_s)
        self._told = False

    async def wait_for_batch(
        self, organization_id: UUID | str, batch_id: UUID | str, *, max_wait_s: float | None
    ) -> FinalBatch:
        """Poll a batch until it is final, over failures that may pass as well."""
        from amili_async.bulk.plain_batches import PlainBatches  # loads the models

        via = PlainBatches(self)
        return await self._client.wait_for_batch(organization_id, batch_id, max_wait_s=max_wait_s, via=via)

    async def call(
        self,
        operation: Operation[T],
        /,
        *path_args: Any,
        body: Any = None,
        options: RequestOptions | None = None,
        **params: Any,
    ) -> Response[T]:
        """Send one request and decode its answer."""
        options = options or _NO_OPTIONS
        budget, once = self._budget(options), evolve(options, max_attempts=1)
        clock = self._client.clock
        attempt, spent_s = 0, 0.0
        while True:
            await self._limiter.pause_over()
            started = clock.monotonic()
            try:
                return await self._client.call(operation, *path_args, body=body, options=once, **params)
            except AmiliError as error:
                attempt += 1
                spent_s += clock.monotonic() - started
                failure = _failure(error)
                decision = self._policy.decide(
                    failure,
                    idempotency="safe",
                    attempt=attempt,
                    elapsed_s=spent_s,
                    budget=budget,
                    was_unclear=False,
                    rng=self._client.rng,
                )
                if failure.knowledge is Knowledge.NOT_ACTED_ON and isinstance(error, ResponseError):
                    self._tally.throttled += 1
                delay_s = decision.delay_s
                asked_s = failure.retry_after_s
                if asked_s is not None and asked_s <= self._policy.max_retry_after_s:
                    # Also if this one is not repeated: the others have been asked for time as well.
                    self._limiter.pause(asked_s if delay_s is None else delay_s)
                if delay_s is None:
                    self._tell(failure, error)
                    raise
                spent_s += delay_s
                if asked_s is None:
                    await clock.sleep(delay_s)

    def _tell(self, failure: Failure, error: AmiliError) -> None:
        """A run that is silent for half an hour looks as if it hung. Once is enough."""
        if failure.knowledge is not Knowledge.FINAL and not self._told:
            self._told = True
            log.warning(
                "what became of requests cannot be asked just now (%s); batches are asked for again, for %.0f minutes "
                "without an answer at most, or for max_wait_s",
                error.message.rstrip("."),
                LONGEST_OUTAGE_S / 60,
            )

    def _budget(self, options: RequestOptions) -> Budget:
        config = self._client.config
        return Budget(
            max_attempts=config.max_attempts if options.max_attempts is None else options.max_attempts,
            deadline_s=config.deadline_s if options.deadline_s is None else options.deadline_s,
        )


def _failure(error: AmiliError) -> Failure:
    if isinstance(error, ResponseError):
        return status_failure(error.status, getattr(error, "retry_after_s", None))
    return Failure(Knowledge.UNCLEAR if isinstance(error, TransportError) else Knowledge.FINAL)
