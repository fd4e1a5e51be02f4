"""Sending one chunk, as often as is safe: written down first, at the pace that all runs share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TypeVar
from uuid import UUID

from attrs import evolve

from amili_async.bulk.client import BulkClient
from amili_async.bulk.desk import Desk, Stop
from amili_async.bulk.flight import Flight, Stage
from amili_async.bulk.journal import Began, Held, Sent
from amili_async.bulk.kinds import Kind
from amili_async.bulk.limiter import Limiter, Permit
from amili_async.bulk.memory import KeyMemory
from amili_async.bulk.reasons import reason_in
from amili_async.bulk.settings import Settings
from amili_async.bulk.verdicts import Verdict, attempts_of, failure_of, is_too_much, verdict
from amili_async.errors import (
    AmiliError,
    ConflictError,
    JournalError,
    OutcomeUnknownError,
    ResponseError,
    TransportError,
)
from amili_async.retry import Budget, Failure, Knowledge, RetryPolicy

__all__ = ["Courier", "End"]

T = TypeVar("T")


class End(Enum):
    """How sending a chunk ended."""

    OPEN = "accepted as a batch"
    SETTLED = "its records have their outcomes"
    UNCLEAR = "it may have been acted on"


class _StoppedError(Exception):
    """The run ends while a chunk waits for its turn."""


class Courier:
    """Sends chunks of one run.

    The client sends each request once; 429, 503 and failures to connect are dealt with here, so that one answer slows
    down everybody.

    Args:
        client: Sends.
        kind: What the records are.
        organization_id: Whose they are.
        settings: Of the run.
        desk: Keeps the chunks.
        limiter: Of the client.
        memory: Says for how long a key can be relied on.
        new_key: Makes idempotency keys.
    """

    def __init__(
        self,
        client: BulkClient,
        kind: Kind,
        organization_id: UUID | str,
        *,
        settings: Settings,
        desk: Desk,
        limiter: Limiter,
        memory: KeyMemory,
        new_key: Callable[[], str],
    ) -> None:
        config, options = client.config, settings.options
        self._client = client
        self._kind = kind
        self._organization_id = organization_id
        self._options = evolve(options, max_attempts=1)
        self._desk = desk
        self._limiter = limiter
        self._pacer = limiter.pacer(settings.rate_limit)
        self._memory = memory
        self._new_key = new_key
        self._policy = RetryPolicy(trust_key=config.trust_idempotency_key, max_retry_after_s=config.max_retry_after_s)
        self._budget = Budget(
            max_attempts=config.max_attempts if options.max_attempts is None else options.max_attempts,
            deadline_s=config.deadline_s if options.deadline_s is None else options.deadline_s,
        )
        self._waiting: set[asyncio.Task[object]] = set()
        self._dismissed: set[asyncio.Task[object]] = set()

    def dismiss(self) -> None:
        """Let those who wait for their turn wait no longer: the run ends."""
        for task in self._waiting:
            self._dismissed.add(task)
            task.cancel()

    async def send(self, flight: Flight) -> End:
        """Send a chunk until it is accepted, refused, or unclear."""
        attempts, spent_s = 0, 0.0
        delay_s = 0.0
        while True:
            if self._desk.stopped is not None:
                return self._left(flight)
            try:
                permit = await self._leave(flight, delay_s)
            except _StoppedError:
                return self._left(flight)
            if flight.unclear is not None and not self._memory.vouches(flight):
                self._limiter.release(permit)
                return End.UNCLEAR  # its key has become too old while it waited
            started = self._client.clock.monotonic()
            error = await self._once(flight, permit)
            if error is None:
                return End.OPEN if flight.stage is Stage.OPEN else self._left(flight)
            attempts += max(1, attempts_of(error))
            spent_s += self._client.clock.monotonic() - started
            failure, judged = self._judge(flight, error)
            decision = self._policy.decide(
                failure,
                idempotency="keyed",
                attempt=attempts,
                elapsed_s=spent_s,
                budget=self._budget,
                was_unclear=flight.unclear is not None,
                rng=self._client.rng,
            )
            asked_s, delay_s = failure.retry_after_s, decision.delay_s or 0.0
            if asked_s is not None and asked_s <= self._policy.max_retry_after_s:
                # Also if this chunk does not go again: the others have been asked for time as well.
                self._limiter.pause(max(asked_s, delay_s))
            if decision.delay_s is None or (flight.unclear is not None and not self._memory.vouches(flight)):
                return self._give_up(flight, error, failure, judged)
            spent_s += delay_s
            if asked_s is not None:
                delay_s = 0.0

    async def _leave(self, flight: Flight, delay_s: float) -> Permit:
        """Wait for our turn, unless the run ends."""
        return await self._unless_stopped(self._wait(flight, delay_s))

    async def _wait(self, flight: Flight, delay_s: float) -> Permit:
        if delay_s:
            await self._client.clock.sleep(delay_s)
        return await self._pacer.wait(len(flight.chunk), self._limiter.acquire)

    async def _unless_stopped(self, waiting: Awaitable[T]) -> T:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # for the type checker: a coroutine runs in a task
        self._waiting.add(task)
        try:
            return await waiting
        except asyncio.CancelledError:
            if task in self._dismissed and not task.uncancel():
                raise _StoppedError from None
            raise
        finally:
            self._waiting.discard(task)
            self._dismissed.discard(task)

    async def _once(self, flight: Flight, permit: Permit) -> AmiliError | None:
        """Write down and send. None if it was accepted, or if the run ended before it left."""
        good = cut = False
        try:
            try:
                await self._write_down(flight)
                await self._desk.logbook.confirm()
            except JournalError:
                return None  # the desk knows, and the run ends
            if self._desk.stopped is not None:
                return None
            flight.stage = Stage.SENDING
            again, flight.left = flight.left, True
            self._desk.tally.retries += flight.tries > 0
            flight.tries += 1
            try:
                response = await self._client.call(
                    self._kind.operation,
                    self._organization_id,
                    body=self._kind.content(flight.chunk.entries),  # the very bytes that were counted
                    options=evolve(self._options, idempotency_key=flight.key),
                )
            except AmiliError as error:
                cut = is_too_much(error)
                self._desk.tally.retries += max(0, attempts_of(error) - 1)
                flight.left = again or not (isinstance(error, TransportError) and not error.sent)
                return await self._conflict(flight, error, again) if isinstance(error, ConflictError) else error
            good = True
        finally:
            self._limiter.release(permit, good=good, cut=cut)
        self._desk.tally.retries += response.attempts - 1
        self._desk.opened(flight, response.parsed.data.batch_id)
        return None

    async def _conflict(self, flight: Flight, error: ConflictError, again: bool) -> AmiliError:  # noqa: FBT001
        """What HTTP 409 means: a refusal of the records, unless the key was sent before; then it may be what is known.

        That goes for a key that was turned away (429) as well: whoever did that need not be who keeps the keys.
        """
        flight.conflict = True
        if not again and attempts_of(error) <= 1:
            return error
        await self._desk.disputed(flight)
        unclear = OutcomeUnknownError(
            "it was sent again and met with HTTP 409: the first request with its key may have arrived after all"
        )
        unclear.__cause__ = error
        return unclear

    async def _write_down(self, flight: Flight) -> None:
        logbook = self._desk.logbook
        if flight.number is None:
            flight.key = self._new_key()
            flight.number = logbook.number()
            flight.began_at = self._memory.now()
            records = b"".join(entry.record for entry in flight.chunk.entries)
            await logbook.ensure(Began(chunk=flight.number, key=flight.key, records=records, at=flight.began_at))
        elif flight.held:
            flight.held = False
            await logbook.ensure(Sent(chunk=flight.number))

    def _judge(self, flight: Flight, error: AmiliError) -> tuple[Failure, Verdict]:
        entries = flight.entries
        told = reason_in(error.body) if isinstance(error, ResponseError) else None
        judged = verdict(error, len(entries), self._desk.clean(entries, told) if told else None)
        self._desk.reached = self._desk.reached or judged.reached
        failure = failure_of(error, judged, pointless=flight.disputed)
        if failure.knowledge is Knowledge.UNCLEAR:
            flight.unclear = flight.unclear or judged.problem
            flight.since_s = self._client.clock.monotonic()
        elif failure.knowledge is Knowledge.NOT_ACTED_ON:
            self._desk.tally.throttled += isinstance(error, ResponseError)
            if flight.unclear is None and flight.number is not None:
                flight.stage, flight.held = Stage.CUT, True
                self._desk.logbook.note(Held(chunk=flight.number))
        return failure, judged

    def _give_up(self, flight: Flight, error: AmiliError, failure: Failure, judged: Verdict) -> End:
        wait_s = failure.retry_after_s
        if wait_s is not None and wait_s > self._policy.max_retry_after_s:
            limit_s = self._policy.max_retry_after_s
            reason = f"the API asks to wait {wait_s:.0f} s, and max_retry_after_s is {limit_s:.0f}; go on later"
            self._desk.stop(Stop(reason))
        if flight.unclear is not None:
            # An earlier attempt may have been acted on, whatever became of this one.
            if judged.stops:
                self._desk.stop(Stop(str(error), error, only_if_unreached=True))
            return End.UNCLEAR
        self._desk.settle_all(flight, judged.status, judged.problem)
        if judged.stops:
            self._desk.stop(Stop(str(error), error, only_if_unreached=True))
        return End.SETTLED

    def _left(self, flight: Flight) -> End:
        if flight.unclear is not None:
            return End.UNCLEAR
        self._desk.settle_left(flight)
        return End.SETTLED
