"""Looking on at a run, from any process and at any time."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from amili_async.bulk import OutcomeStatus
from amili_async.errors import BulkError
from amili_async.workers import prune
from tests.bulk.fake_amili import invoice, invoices
from tests.workers.conftest import Bench


async def test_outcomes_come_as_portions_end(bench: Bench) -> None:
    """Each once, while the rest goes on; the loop ends with the run."""
    run = await bench.enqueue(invoices(20))
    watch = bench.amili.bulk.watch(run, database=bench.database)
    first, second = [number for (number,) in bench.sql("SELECT id FROM amili_portion ORDER BY id")]
    async with bench.workshop() as workshop:
        await workshop.work(first)
        early = [(await anext(watch)).index for _ in range(10)]
        rest = asyncio.create_task(_rest(watch))
        await asyncio.sleep(0.05)
        assert not rest.done()
        await workshop.work(second)
    assert early == list(range(10))
    assert await rest == list(range(10, 20))
    assert watch.report.accepted == 20


async def _rest(watch: object) -> list[int]:
    return [outcome.index async for outcome in watch]  # type: ignore[attr-defined]


async def test_it_can_be_begun_anew_and_after_the_end(bench: Bench) -> None:
    """Then everything comes again, and the report is the same."""
    run = await bench.enqueue([*invoices(12), invoice(12, amount="-1")])
    await bench.work()
    told = [await bench.told(run) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0][0].problems == (told[0][1][12],)


async def test_progress_can_be_asked_for_meanwhile(bench: Bench) -> None:
    """Counts and sums so far, and what is missing; the final report is not there before the end."""
    run = await bench.enqueue(invoices(20))
    async with bench.workshop() as workshop:
        await workshop.work(bench.sql("SELECT min(id) FROM amili_portion")[0][0])
    watch = bench.amili.bulk.watch(run, database=bench.database)
    progress = await watch.progress()
    assert (progress.accepted, progress.stopped) == (10, "1 portions are not final yet")
    with pytest.raises(BulkError, match="has not ended"):
        _ = watch.report


async def test_a_run_that_is_not_there(bench: Bench) -> None:
    """It is named, instead of being waited for."""
    watch = bench.amili.bulk.watch(uuid.UUID(int=1), database=bench.database)
    for asking in (watch.finish(), watch.progress()):
        with pytest.raises(BulkError, match="00000001"):
            await asking


async def test_leaving_early_ends_its_connection(bench: Bench) -> None:
    """With `async with`; what it has not told comes with the next one."""
    run = await bench.enqueue([*invoices(10), "nothing"])
    await bench.work()
    async with bench.amili.bulk.watch(run, database=bench.database) as watch:
        await anext(watch)
    assert bench.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND query LIKE '%amili_portion%' AND backend_type = 'client backend'"
    ) == [(0,)]
    await watch.close()


async def test_what_is_open_is_no_problem_yet(bench: Bench) -> None:
    """An attempt that ended UNSENT is not told as a problem while it comes again; what was refused is."""
    run = await bench.enqueue([*invoices(5), "nothing"])
    bench.sandbox.fail_next(status=403, operation="CreateInvoices")
    assert await bench.work() == 1
    progress = await bench.amili.bulk.watch(run, database=bench.database).progress()
    assert [each.index for each in progress.problems] == [5]
    assert (progress.taken, progress.rejected) == (1, 1)


class TestForgetting:
    """Deleting what is long over."""

    async def test_old_runs_go_with_all_that_is_known_of_them(self, bench: Bench) -> None:
        """Young ones, open ones, and those that a young one tells of, stay."""
        runs = [await bench.enqueue(invoices(count)) for count in (3, 5)]
        other = await bench.enqueue([invoice("other")])
        await bench.work()
        still_open = await bench.enqueue([invoice("open")])
        for run in (runs[0], other, still_open):
            bench.sql("UPDATE amili_run SET created_at = now() - interval '40 days' WHERE id = %s", run)
        assert await prune(bench.database, 30) == 1
        left = {run for (run,) in bench.sql("SELECT id FROM amili_run")}
        assert left == {*runs, still_open}
        assert (await bench.told(runs[1]))[0].accepted == 5
        assert bench.sql("SELECT count(*) FROM amili_record") == [(6,)]
        assert bench.sql("SELECT count(*) FROM amili_journal") == bench.sql("SELECT count(*) FROM amili_portion")

    async def test_a_record_whose_run_is_gone_is_told_as_unknown(self, bench: Bench) -> None:
        """Should somebody delete it by hand: nothing is made up, and nothing sent."""
        first = await bench.enqueue(invoices(2))
        await bench.work()
        second = await bench.enqueue(invoices(2))
        bench.sql("DELETE FROM amili_journal WHERE id IN (SELECT id FROM amili_portion WHERE run = %s)", first)
        report, outcomes = await bench.told(second)
        assert report.unknown == 2
        assert {each.status for each in outcomes} == {OutcomeStatus.UNKNOWN}
        third = await bench.enqueue(invoices(2))
        assert await bench.work() == 0
        assert (await bench.told(third))[0].unknown == 2
        assert bench.writes() == 1
