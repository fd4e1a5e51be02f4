"""Our tasks in Procrastinate: beside those of others, and taken over from the dead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from procrastinate import App, PsycopgConnector

from amili_async.errors import JournalError
from amili_async.workers import NAMESPACE, QUEUE, blueprint, run_worker, take_over
from amili_async.workers.work import Workshop
from tests.bulk.fake_amili import invoices
from tests.postgres import Postgres
from tests.workers.conftest import Bench


@pytest.fixture
async def theirs(bench: Bench) -> AsyncIterator[App]:
    """Somebody's own app, with a task of theirs."""
    app = App(connector=PsycopgConnector(conninfo=bench.database, min_size=1, max_size=4))
    async with app.open_async():
        yield app


def jobs(bench: Bench) -> Any:
    return bench.sql("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1")


class TestBesideOthers:
    """A database and an app that have other work."""

    async def test_our_tasks_run_in_their_worker(self, bench: Bench, theirs: App) -> None:
        """Added to an app of one's own, on its queue or ours."""
        done: list[int] = []

        @theirs.task(name="theirs")
        async def their_task(number: int) -> None:
            done.append(number)

        async with bench.workshop() as workshop:
            theirs.add_tasks_from(blueprint(workshop), namespace=NAMESPACE)
            await their_task.defer_async(number=7)
            await bench.enqueue(invoices(20))
            await theirs.run_worker_async(wait=False, install_signal_handlers=False, concurrency=2)
        assert done == [7]
        assert len(bench.ledger()) == 20

    async def test_our_worker_leaves_their_jobs_alone(self, bench: Bench, theirs: App) -> None:
        """It looks at its own queue only; several of ours can stand in one database."""
        await theirs.configure_task("theirs").defer_async(number=7)
        await bench.enqueue(invoices(10))
        await bench.enqueue(invoices(30)[10:], queue="other")
        await run_worker(bench.workshop(), until_empty=True)
        assert len(bench.ledger()) == 10
        assert jobs(bench) == [("todo", 3)]
        await run_worker(bench.workshop(), queue="other", until_empty=True)
        assert len(bench.ledger()) == 30
        assert jobs(bench) == [("todo", 1)]


class TestTakingOver:
    """Portions of the dead, and those that nobody would ever work."""

    def die_with_a_portion(self, bench: Bench) -> None:
        """As a worker leaves things that was killed: its job is being done, and its heart has stopped."""
        bench.sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes')")
        bench.sql(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )

    async def test_a_dead_workers_portions_come_back(self, bench: Bench, theirs: App) -> None:
        """After its lease, and not before; those of the living stay theirs."""
        await bench.enqueue(invoices(10))
        self.die_with_a_portion(bench)
        assert await take_over(theirs, bench.database, lease_s=3600) == 0
        assert await take_over(theirs, bench.database, lease_s=30) == 1
        assert await take_over(theirs, bench.database, lease_s=30) == 0
        await run_worker(bench.workshop(), until_empty=True)
        assert set(bench.ledger().values()) == {1}

    async def test_a_portion_without_a_job_gets_a_new_one(self, bench: Bench, theirs: App) -> None:
        """Deleted, cancelled or failed for good by somebody: its records are still to be sent."""
        run = await bench.enqueue(invoices(30))
        first, second, _ = [job for (job,) in bench.sql("SELECT id FROM procrastinate_jobs ORDER BY id")]
        bench.sql("DELETE FROM procrastinate_jobs WHERE id = %s", first)
        bench.sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", second)
        assert await take_over(theirs, bench.database) == 2
        assert await take_over(theirs, bench.database) == 0
        await run_worker(bench.workshop(), until_empty=True)
        assert (await bench.told(run))[0].accepted == 30

    async def test_the_blueprint_looks_after_them_as_well(self, bench: Bench, theirs: App) -> None:
        """Every minute, in whoever's worker, by Procrastinate's own periodic tasks."""
        async with bench.workshop() as workshop:
            theirs.add_tasks_from(blueprint(workshop), namespace=NAMESPACE)
            await bench.enqueue(invoices(10))
            self.die_with_a_portion(bench)
            await theirs.configure_task("amili:take_over").defer_async(timestamp=0)
            await theirs.run_worker_async(wait=False, install_signal_handlers=False)
            await theirs.run_worker_async(wait=False, install_signal_handlers=False)
        assert len(bench.ledger()) == 10


class TestComingAgain:
    """What Procrastinate does with a portion that is not done with."""

    async def test_it_is_scheduled_again(self, bench: Bench) -> None:
        """As often as it takes, at the time that the portion says."""
        await bench.enqueue(invoices(5))
        bench.sandbox.fail_next(status=403, operation="CreateInvoices")
        await run_worker(bench.workshop(again_s=100), until_empty=True)
        assert bench.sql(
            "SELECT status::text, scheduled_at BETWEEN now() + interval '60 s' AND now() + interval '101 s' "
            "FROM procrastinate_jobs"
        ) == [("todo", True)]

    async def test_what_nobody_foresaw_is_told_without_its_words(
        self, bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They could quote a record; the portion comes again all the same."""

        async def fail(*_: Any) -> None:
            raise RuntimeError("Fiktiva Testesen owes")

        workshop = bench.workshop()
        monkeypatch.setattr(Workshop, "work", fail)
        await bench.enqueue(invoices(5))
        with caplog.at_level(logging.DEBUG):
            await run_worker(workshop, until_empty=True)
        assert "portion 1 is taken up again in 30 s: RuntimeError" in caplog.messages
        assert "Testesen" not in caplog.text
        assert jobs(bench) == [("todo", 1)]


class TestTheWorker:
    """The process."""

    async def test_it_says_what_is_wrong_with_the_database(self, bench: Bench, postgres: Postgres) -> None:
        """At once where it is no matter of time."""
        workshop = Workshop(postgres.new(empty=True), bench.amili.config)
        with pytest.raises(JournalError, match="--migrate"):
            await run_worker(workshop)

    async def test_it_outlives_the_database(self, bench: Bench, postgres: Postgres) -> None:
        """A restart in between is waited for; what was enqueued later is worked."""
        lines: list[str] = []
        working = asyncio.create_task(run_worker(bench.workshop(), lease_s=2, health=lines.append, health_every_s=0.2))
        run = await bench.enqueue(invoices(20))
        await bench.told(run)
        await asyncio.to_thread(postgres.restart)
        run = await bench.enqueue(invoices(40)[20:])
        report, _ = await bench.told(run)
        assert report.accepted == 20
        assert not working.done()
        assert any("records done" in line and "are open in all" in line for line in lines)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working

    async def test_its_queue_is_named_amili(self, bench: Bench) -> None:
        """So that it can be watched, and given to workers of one's own."""
        await bench.enqueue(invoices(1))
        assert bench.sql("SELECT queue_name, task_name FROM procrastinate_jobs") == [(QUEUE, "amili:portion")]
