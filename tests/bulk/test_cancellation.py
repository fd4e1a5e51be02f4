"""Runs that end early: cancelled, timed out, or left by their reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from amili_async.bulk import Bulk, BulkReport, BulkRun, Outcome, OutcomeStatus
from amili_async.models.collection import CreateInvoiceItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.virtual_time import run

UNSENT, UNKNOWN = OutcomeStatus.UNSENT, OutcomeStatus.UNKNOWN


async def drain(bulk_run: BulkRun) -> list[Outcome]:
    return [outcome async for outcome in bulk_run]


def cancelled_after(
    seconds: float, amili: FakeAmili, source: Any, *, again_after: float | None = None, **settings: Any
) -> tuple[BulkReport, float]:
    """Cancel a task that reads a stream; the report, and when it was over."""

    async def scenario() -> tuple[BulkReport, float]:
        bulk_run = Bulk(amili).stream_invoices(ORGANIZATION, source, **settings)

        async def read() -> None:
            async with bulk_run:
                await drain(bulk_run)

        task = asyncio.create_task(read())
        await asyncio.sleep(seconds)
        task.cancel()
        if again_after is not None:
            await asyncio.sleep(again_after)
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return bulk_run.report, amili.clock.monotonic()

    return run(scenario())


def test_what_is_under_way_may_finish() -> None:
    """After a cancellation nothing more is taken or sent, and what was sent gets its outcome within the grace time."""
    amili = FakeAmili(plan_for=lambda _: Plan(latency_s=2, batch_s=5))
    report, ended = cancelled_after(1, amili, invoices(1000), chunk_size=1, concurrency=3)
    assert len(amili.sent) == 3
    assert (report.accepted, report.unknown) == (3, 0)
    assert report.unsent == report.taken - 3 > 0
    assert report.stopped == "it was cancelled"
    assert ended == pytest.approx(7)


def test_the_grace_time_ends() -> None:
    """What is not finished by then is UNKNOWN, with the batch or the key to look it up by."""
    amili = FakeAmili([Plan(latency_s=0.5, batch_s=1000), Plan(latency_s=1000), Plan(latency_s=2)])
    report, ended = cancelled_after(1, amili, invoices(4), chunk_size=1, concurrency=2, grace_s=10)
    assert ended == pytest.approx(11)
    assert len(amili.sent) == 3
    problems = {problem.index: problem for problem in report.problems}
    assert report.accepted == 1  # the third: sent when the first sender was free, and finished in time
    assert problems[0].status is UNKNOWN
    assert problems[0].batch_id is not None
    assert "wait_for_batch" in str(problems[0].problem)
    assert problems[1].status is UNKNOWN
    assert amili.sent[1].key in str(problems[1].problem)
    assert problems[3].status is UNSENT
    assert report.taken == 4


def test_a_second_cancellation_ends_the_patience() -> None:
    """Cancelled once more, the run ends at once, still with an outcome for every record."""
    amili = FakeAmili(plan_for=lambda _: Plan(batch_s=1000))
    report, ended = cancelled_after(1, amili, invoices(4), again_after=2, chunk_size=1, grace_s=100)
    assert ended == pytest.approx(3)
    assert (report.unknown, report.taken) == (4, 4)


def test_submit_can_be_cancelled_too() -> None:
    """A time limit around `submit_invoices` ends it after the grace time, and leaves no task."""
    amili = FakeAmili(plan_for=lambda _: Plan(batch_s=1000))

    async def scenario() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await Bulk(amili).submit_invoices(ORGANIZATION, invoices(1000), chunk_size=1, grace_s=10)
        return amili.clock.monotonic()

    assert run(scenario()) == pytest.approx(15)


def test_a_source_that_waits_is_cancelled_and_closed() -> None:
    """A source that waits for records does not hold up the end; it is closed, and what it gave is accounted for."""
    closed = []

    async def source() -> AsyncIterator[CreateInvoiceItem]:
        try:
            yield invoice(0)
            yield invoice(1)
            await asyncio.sleep(10_000)
        finally:
            closed.append(True)

    amili = FakeAmili()
    report, ended = cancelled_after(1, amili, source())
    assert ended == pytest.approx(1)
    assert closed == [True]
    assert (report.unsent, report.taken, len(amili.sent)) == (2, 2, 0)


def test_leaving_the_loop_ends_the_run() -> None:
    """After `break` nothing more is sent, what is under way finishes, and the report counts it."""
    amili = FakeAmili(plan_for=lambda _: Plan(batch_s=1))

    async def scenario() -> BulkReport:
        async with Bulk(amili).stream_invoices(ORGANIZATION, invoices(1000), chunk_size=1, concurrency=2) as bulk_run:
            async for _ in bulk_run:
                break
        return bulk_run.report

    report = run(scenario())
    assert report.stopped == "its reader left"
    assert report.accepted == len(amili.sent) < 100
    assert report.taken == report.accepted + report.unsent


def test_an_error_of_the_reader_ends_the_run_and_is_raised() -> None:
    """The reader's own error is not replaced, and leaves no task."""
    amili = FakeAmili()

    async def scenario() -> BulkReport:
        bulk_run = Bulk(amili).stream_invoices(ORGANIZATION, invoices(1000), chunk_size=1)

        async def read() -> None:
            async with bulk_run:
                await anext(bulk_run)
                raise KeyError("mine")

        with pytest.raises(KeyError, match="mine"):
            await read()
        return bulk_run.report

    assert run(scenario()).stopped == "its reader failed with KeyError"


def test_a_slow_reader_holds_the_source_back() -> None:
    """Outcomes that nobody has read yet are bounded, whatever the source has."""
    taken = 0

    def source() -> Iterator[CreateInvoiceItem]:
        nonlocal taken
        for number in range(5_000):
            taken += 1
            yield invoice(number)

    async def scenario() -> int:
        async with Bulk(FakeAmili()).stream_invoices(ORGANIZATION, source(), chunk_size=10, concurrency=2) as bulk_run:
            await anext(bulk_run)
            await asyncio.sleep(10_000)
            before = taken
            while await anext(bulk_run, None) is not None:
                pass
        return before

    # 1,000 unread ones are let be, and 16 chunks may be under way when they are reached.
    assert run(scenario()) <= 1000 + 10 * 16 + 10
    assert taken == 5_000


def test_bad_records_wait_for_the_reader_too() -> None:
    """Records that are refused at once do not flood a reader either."""
    taken = 0

    def source() -> Iterator[Any]:
        nonlocal taken
        for _ in range(5_000):
            taken += 1
            yield "no invoice"

    async def scenario() -> int:
        async with Bulk(FakeAmili()).stream_invoices(ORGANIZATION, source()) as bulk_run:
            await anext(bulk_run)
            await asyncio.sleep(1)
            return taken

    assert run(scenario()) <= 1002


@pytest.mark.parametrize("seconds", [0, 0.05, 0.1, 0.15, 1.1, 1.15, 1.5, 3])
def test_every_record_has_one_outcome_whenever_it_ends(seconds: float) -> None:
    """At whatever point a run is cut off, each record taken has one outcome, and nothing that was sent is UNSENT."""
    amili = FakeAmili(plan_for=lambda _: Plan(latency_s=0.1, batch_s=1))
    report, _ = cancelled_after(seconds, amili, invoices(200), chunk_size=3, concurrency=2, grace_s=0.2)
    seen = [problem.index for problem in report.problems]
    assert len(seen) == len(set(seen)) == report.taken - report.accepted
    sent = {int(number) for chunk in amili.numbers() for number in chunk}
    unsent = {problem.index for problem in report.problems if problem.status is UNSENT}
    unknown = {problem.index for problem in report.problems if problem.status is UNKNOWN}
    assert not sent & unsent
    assert unknown <= sent
    assert report.accepted + len(unknown) == len(sent)
