"""A webhook wakes those who wait for its batch, and nothing depends on it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from uuid import UUID

import pytest

from amili_async import AmiliClient, BatchTimeoutError, RequestOptions
from amili_async.batches import BatchWaiter, Bells
from amili_async.models.collection import Batch, BatchResponse, BatchStatus, WebhookBatchCompleted, WebhookEventType
from amili_async.models.collection import WebhookBatchCompletedData as Data
from amili_async.webhooks import UNVERIFIED, BatchCompleted, parse_event
from tests.fakes import Answer, FakeClock, scripted, settle
from tests.webhooks import BATCH_COMPLETED

BATCH = UUID("db6a7ff4-3a20-4042-b271-a9485ded6333")  # of the documented event
ORGANIZATION = UUID("db6a7ff4-3a20-4042-b271-a9485ded6334")


class StandingClock(FakeClock):
    """Time stands still: whoever sleeps, sleeps until `pass_time`."""

    def __init__(self) -> None:
        super().__init__()
        self._passing = asyncio.Event()
        self.sleeping = 0

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.sleeping += 1
        try:
            await self._passing.wait()
        finally:
            self.sleeping -= 1
        self.elapsed += seconds

    async def pass_time(self) -> None:
        """Let all who sleep now wake up."""
        self._passing.set()
        self._passing = asyncio.Event()
        await settle()


class Server:
    """Answers with the state that is set, after the doors open."""

    def __init__(self, status: str = "QUEUED") -> None:
        self.status = status
        self.polls = 0
        self.door = asyncio.Event()
        self.door.set()

    async def get(self, organization_id: str, batch_id: str, options: RequestOptions | None = None) -> BatchResponse:
        self.polls += 1
        status = self.status  # as it is when the request comes in
        await self.door.wait()
        return BatchResponse(data=Batch(batch_id=UUID(batch_id), status=BatchStatus(status)))


@pytest.fixture
def standing() -> StandingClock:
    return StandingClock()


def start(
    server: Server, clock: FakeClock, bells: Bells, batch_id: str = str(BATCH), max_wait_s: float | None = 300
) -> asyncio.Task[Batch]:
    waiter = BatchWaiter(server.get, clock, random.Random(1), bells)
    return asyncio.create_task(waiter.wait(str(ORGANIZATION), batch_id, max_wait_s))


async def test_a_bell_ends_the_wait_at_once(standing: StandingClock) -> None:
    """No time passes, and the batch is read, not guessed from the event."""
    server, bells = Server(), Bells()
    waiting = start(server, standing, bells)
    await settle()
    assert (server.polls, standing.sleeping) == (1, 1)
    server.status = "PARTIAL"
    bells.ring(BATCH)
    assert (await waiting).status == "PARTIAL"
    assert (server.polls, standing.elapsed) == (2, 0)
    assert standing.sleeping == 0  # nothing of the wait stays behind


async def test_all_who_wait_for_a_batch_are_woken(standing: StandingClock) -> None:
    """And nobody else."""
    server, bells = Server(), Bells()
    waiting = [start(server, standing, bells) for _ in range(3)]
    other = start(server, standing, bells, str(UUID(int=1)))
    await settle()
    server.status = "SUCCESS"
    bells.ring(BATCH)
    assert [(await task).status for task in waiting] == ["SUCCESS"] * 3
    assert not other.done()
    await standing.pass_time()
    assert (await other).status == "SUCCESS"


@pytest.mark.parametrize("spelling", [str(BATCH), str(BATCH).upper(), BATCH.hex])
async def test_a_batch_may_be_spelled_in_any_way(standing: StandingClock, spelling: str) -> None:
    """Callers may keep ids as text."""
    server, bells = Server(), Bells()
    waiting = start(server, standing, bells, spelling)
    await settle()
    server.status = "SUCCESS"
    bells.ring(BATCH)
    await settle()
    assert waiting.done()


async def test_a_lost_webhook_costs_nothing_but_time(clock: FakeClock) -> None:
    """Polling goes on in the same intervals."""
    server = Server()
    waiting = start(server, clock, Bells())
    while clock.elapsed < 30:
        await clock.sleep(0)
    server.status = "SUCCESS"
    assert (await waiting).status == "SUCCESS"


async def test_a_bell_before_the_wait_does_no_harm(standing: StandingClock) -> None:
    """The first look comes at once anyway; nothing is kept of an event that nobody waits for."""
    server, bells = Server("SUCCESS"), Bells()
    for number in range(1000):
        bells.ring(UUID(int=number))
    bells.ring(BATCH)
    assert (await start(server, standing, bells)).status == "SUCCESS"
    server.status = "QUEUED"
    waiting = start(server, standing, bells)
    await settle()
    assert standing.sleeping == 1  # and a later wait is not cut short by it
    waiting.cancel()


async def test_a_bell_during_a_look_is_heard(standing: StandingClock) -> None:
    """The answer on its way may be older than the event."""
    server, bells = Server(), Bells()
    server.door.clear()
    waiting = start(server, standing, bells)
    await settle()
    server.status = "SUCCESS"  # after the request was read
    bells.ring(BATCH)
    server.door.set()
    assert (await waiting).status == "SUCCESS"
    assert (server.polls, standing.sleeps) == (2, [])


async def test_after_a_bell_it_looks_often_again(standing: StandingClock) -> None:
    """The event may be ahead of what can be read: no busy loop, and no long wait either."""
    server, bells = Server(), Bells()
    waiting = start(server, standing, bells)
    await settle()
    for _ in range(10):
        await standing.pass_time()
    assert standing.sleeps[-1] > 5
    bells.ring(BATCH)
    await settle()
    assert standing.sleeping == 1
    assert standing.sleeps[-1] < 0.5
    server.status = "SUCCESS"
    await standing.pass_time()
    assert (await waiting).status == "SUCCESS"


async def test_bells_do_not_prolong_the_wait(clock: FakeClock) -> None:
    """The limit is for the whole wait."""
    server, bells = Server(), Bells()
    waiting = start(server, clock, bells, max_wait_s=60)
    while not waiting.done():
        bells.ring(BATCH)
        clock.advance(1)
        await settle(5)
    with pytest.raises(BatchTimeoutError):
        await waiting
    assert clock.elapsed < 70


async def test_a_cancelled_wait_leaves_nothing_behind(standing: StandingClock) -> None:
    """Neither a sleeper nor a bell; who still waits for the same batch keeps theirs."""
    server, bells = Server(), Bells()
    waiting = [start(server, standing, bells) for _ in range(2)]
    await settle()
    waiting[0].cancel()
    await settle()
    assert waiting[0].cancelled()
    assert standing.sleeping == 1
    server.status = "SUCCESS"
    bells.ring(BATCH)
    await waiting[1]
    assert standing.sleeping == 0


async def test_a_clock_that_fails_is_heard() -> None:
    """An error in the background must not turn the wait into a busy loop."""

    class Broken(FakeClock):
        async def sleep(self, seconds: float) -> None:
            raise RuntimeError("the clock is broken")

    with pytest.raises(RuntimeError, match="clock is broken"):
        await start(Server(), Broken(), Bells())


def states(*names: str) -> Sequence[Answer]:
    return [Answer(body={"data": {"batchId": str(BATCH), "status": name}}) for name in names]


async def test_the_client_is_woken_by_the_documented_event(standing: StandingClock) -> None:
    """From the bytes of the webhook to the batch, over HTTP."""
    event = parse_event({}, BATCH_COMPLETED, verifier=UNVERIFIED)
    assert isinstance(event, BatchCompleted)
    async with scripted(states("QUEUED", "SUCCESS")) as server:
        async with AmiliClient(server.config(), clock=standing) as amili:
            amili.batch_finished(event)  # nobody waits yet
            waiting = asyncio.create_task(amili.wait_for_batch(ORGANIZATION, str(BATCH).upper()))
            while not standing.sleeping:  # noqa: ASYNC110  # a real answer is on its way
                await asyncio.sleep(0)
            amili.batch_finished(event)
            assert (await waiting).status == "SUCCESS"
    assert len(server.requests) == 2
    assert standing.elapsed == 0


async def test_an_event_without_a_batch_wakes_nobody(standing: StandingClock) -> None:
    """It could be any."""
    event = BatchCompleted(
        type=WebhookEventType.BATCH_COMPLETED, model=WebhookBatchCompleted(data=Data()), batch_id=None
    )
    async with scripted(states("QUEUED")) as server:
        async with AmiliClient(server.config(), clock=standing) as amili:
            waiting = asyncio.create_task(amili.wait_for_batch(ORGANIZATION, BATCH))
            while not standing.sleeping:  # noqa: ASYNC110  # a real answer is on its way
                await asyncio.sleep(0)
            amili.batch_finished(event)
            await settle()
            assert not waiting.done()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
    assert len(server.requests) == 1
