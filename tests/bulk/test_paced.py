"""One Retry-After pauses all: those who wait for batches and look things up as well, and also if it came to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from attrs import define

from amili_async import AmiliClient
from amili_async.bulk.limiter import Limiter
from amili_async.bulk.paced import PacedReads
from amili_async.bulk.report import Tally
from amili_async.clock import Clock
from amili_async.endpoints.collection import Collection
from amili_async.errors import NotFoundError, RateLimitedError, ServerError
from amili_async.hooks import Hooks, RequestEvent, ResponseEvent
from amili_async.sandbox import Faults, Sandbox, VirtualClock
from amili_async.sandbox.faults import Rule
from tests.bulk.fake_amili import invoices

PAUSE_S = 40.0
STARTED = VirtualClock().now()


@define
class Rig:
    sandbox: Sandbox
    amili: AmiliClient
    clock: VirtualClock

    def times(self, operation: str) -> list[float]:
        """When the requests for an operation came, in seconds."""
        return [(entry.at - STARTED).total_seconds() for entry in self.sandbox.requests.where(operation=operation)]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    clock = VirtualClock()
    async with Sandbox(seed=1, clock=clock, batch_delay_s=5) as sandbox:
        async with AmiliClient(sandbox.config(), clock=clock) as amili:
            yield Rig(sandbox, amili, clock)


def reads(rig: Rig) -> tuple[PacedReads, Limiter, Tally]:
    clock: Clock = rig.clock
    limiter, tally = Limiter(clock), Tally("invoices")
    limiter.join(4)
    return PacedReads(rig.amili, limiter, tally), limiter, tally


async def batches(rig: Rig, paced: PacedReads) -> None:
    await Collection(paced).get_batches_by_organization(rig.sandbox.organization_id)


async def test_a_read_waits_for_the_end_of_a_pause(rig: Rig) -> None:
    """Nothing is asked while the API has asked for time."""
    paced, limiter, _ = reads(rig)
    limiter.pause(PAUSE_S)
    await batches(rig, paced)
    assert rig.times("GetBatchesByOrganization") == pytest.approx([PAUSE_S], abs=1)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_retry_after_to_a_read_pauses_senders(rig: Rig, status: int) -> None:
    """It is waited for and asked again; and nobody gets leave to send meanwhile."""
    paced, limiter, tally = reads(rig)
    rig.sandbox.fail_next(status=status, retry_after=PAUSE_S, operation="GetBatchesByOrganization")
    await batches(rig, paced)
    first, second = rig.times("GetBatchesByOrganization")
    assert second - first >= PAUSE_S - 0.01
    limiter.release(await limiter.acquire())
    assert rig.clock.monotonic() >= PAUSE_S - 0.01
    assert tally.throttled == 1


async def test_a_pause_outlasts_a_read_that_gives_up(rig: Rig) -> None:
    """What was asked of one is asked of all, also if that one is not repeated."""
    paced, limiter, tally = reads(rig)
    rig.sandbox.fail_next(status=429, retry_after=PAUSE_S, operation="GetBatchesByOrganization", times=9)
    with pytest.raises(RateLimitedError):
        await batches(rig, paced)
    asked = rig.times("GetBatchesByOrganization")
    assert len(asked) == tally.throttled < 9
    limiter.release(await limiter.acquire())
    assert rig.clock.monotonic() - asked[-1] >= PAUSE_S - 0.01


async def test_other_failures_are_repeated_as_the_client_would(rig: Rig) -> None:
    """A server error passes; one that stays is raised after as many attempts; a refusal at once."""
    paced, _, tally = reads(rig)
    rig.sandbox.fail_next(status=500, operation="GetBatchesByOrganization", times=2)
    rig.sandbox.fail_next(drop="before", operation="GetBatchesByOrganization")
    await batches(rig, paced)
    assert len(rig.times("GetBatchesByOrganization")) == 4
    rig.sandbox.fail_next(status=500, operation="GetBatchesByOrganization", times=9)
    with pytest.raises(ServerError):
        await batches(rig, paced)
    assert len(rig.times("GetBatchesByOrganization")) == 4 + rig.amili.config.max_attempts
    rig.sandbox.set_faults(Faults())
    with pytest.raises(NotFoundError):
        await Collection(paced).get_batch_by_id(rig.sandbox.organization_id, "00000000-0000-4000-8000-000000000000")
    assert len(rig.times("GetBatchById")) == 1
    assert tally.throttled == 0


async def test_batches_are_followed_through_an_outage(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """However many polls fail in a row: nothing is UNKNOWN for that, and the log has said once what is going on."""
    rig.sandbox.set_faults(Faults(rules=[Rule(kind="status", status=503, operation="GetBatchById", times=100)]))
    report = await rig.amili.bulk.submit_invoices(rig.sandbox.organization_id, invoices(40), chunk_size=10)
    assert (report.accepted, report.unknown) == (40, 0)
    assert len(rig.times("GetBatchById")) > 100
    (told,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert "batches are asked for again, for 30 minutes" in told.getMessage()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_many_failures_and_slow_batches_leave_nothing_unknown(seed: int) -> None:
    """With nearly half of all reads turned away or failing, a slow batch is still followed to its end."""
    clock = VirtualClock()
    kinds = {429: 0.3, 503: 0.1, 500: 0.2}
    rules = [Rule(kind="status", status=status, operation="GetBatchById", probability=p) for status, p in kinds.items()]
    async with Sandbox(seed=seed, clock=clock, batch_delay_s=1800, faults=Faults(rules=rules)) as sandbox:
        async with AmiliClient(sandbox.config(), clock=clock) as amili:
            report = await amili.bulk.submit_invoices(sandbox.organization_id, invoices(60), chunk_size=10)
    assert (report.accepted, report.unknown) == (60, 0)


async def test_a_poll_that_is_told_to_wait_holds_back_the_whole_run(rig: Rig) -> None:
    """In a real run: once a 429 to a poll has come, no chunk and no poll leaves before its time; then all goes on."""
    left: list[tuple[str | None, float]] = []  # those that leave after the 429 has come, and when
    told_at: list[float] = []

    def leaves(event: RequestEvent) -> None:
        if told_at:
            left.append((event.operation, rig.clock.monotonic()))

    def comes(event: ResponseEvent) -> None:
        if event.status == 429:
            told_at.append(rig.clock.monotonic())

    rig.sandbox.set_faults(
        Faults(rules=[Rule(kind="status", status=429, retry_after_s=PAUSE_S, operation="GetBatchById", times=1)])
    )
    hooks = [Hooks(on_request=leaves, on_response=comes)]
    async with AmiliClient(rig.sandbox.config(), clock=rig.clock, hooks=hooks) as amili:
        report = await amili.bulk.submit_invoices(
            rig.sandbox.organization_id, invoices(40), chunk_size=1, concurrency=2, rate_limit=2
        )
    assert (report.accepted, report.throttled) == (40, 1)
    (at,) = told_at
    assert {operation for operation, _ in left} == {"CreateInvoices", "GetBatchById"}
    assert min(leaving for _, leaving in left) >= at + PAUSE_S
