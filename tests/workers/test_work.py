"""Working portions: taken up again until all is known, by one worker at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from amili_async import AmiliClient
from amili_async.bulk import OutcomeStatus
from amili_async.bulk.journal import Began, Held, Opened, Scope, Settled
from amili_async.errors import JournalError
from amili_async.sandbox import Sandbox
from amili_async.workers.portion_journal import PortionJournal
from amili_async.workers.work import PortionOpen, Workshop
from tests.bulk.fake_amili import invoices
from tests.fakes import FakeClock
from tests.workers.conftest import Bench


def portions(bench: Bench) -> list[int]:
    return [number for (number,) in bench.sql("SELECT id FROM amili_portion ORDER BY id")]


class TestComingAgain:
    """Portions that are not done with at once."""

    async def test_a_lost_request_is_found_out_with_the_batches_of_others(self, bench: Bench) -> None:
        """A portion of one chunk has no batch of its own to try the look-up on; its siblings' do, older or younger."""
        run = await bench.enqueue(invoices(10), portion_size=5)
        first, second = portions(bench)
        async with bench.workshop() as workshop:
            bench.sandbox.fail_next(drop="before", operation="CreateInvoices")
            for _ in range(2):
                with pytest.raises(PortionOpen, match="unsent or unknown"):
                    await workshop.work(first)
            await workshop.work(second)
            await workshop.work(first)
        report, _ = await bench.told(run)
        assert (report.accepted, report.unknown, report.resolved) == (10, 0, 5)
        assert set(bench.ledger().values()) == {1}

    async def test_what_was_told_before_keeps_its_ids(self, bench: Bench) -> None:
        """The journal has no ids of Amili's, so those of the first attempt are kept beside it."""
        run = await bench.enqueue(invoices(10))
        bench.sandbox.fail_next(status=429, retry_after=0, operation="CreateInvoices", times=5)
        async with bench.workshop(concurrency=1) as workshop:
            with pytest.raises(PortionOpen):
                await workshop.work(portions(bench)[0])
            await workshop.work(portions(bench)[0])
        report, outcomes = await bench.told(run)
        assert all(each.invoice_id and not each.resumed for each in outcomes)
        assert (report.accepted, report.throttled, report.resumed) == (10, 5, 0)

    async def test_in_the_end_it_is_told_as_it_is(self, bench: Bench) -> None:
        """When the run's time for it is over: UNKNOWN stays UNKNOWN, and is sent by no later run."""
        run = await bench.enqueue(invoices(5), resolve_for_s=0.001)
        bench.sandbox.fail_next(drop="before", operation="CreateInvoices")
        await bench.work()
        report, _ = await bench.told(run)
        assert (report.unknown, report.accepted) == (5, 0)
        again = await bench.enqueue(invoices(5))
        assert bench.sql("SELECT count(*) FROM amili_portion WHERE state = 'open'") == [(0,)]
        assert {each.status for each in (await bench.told(again))[1]} == {OutcomeStatus.UNKNOWN}
        assert bench.writes() == 1

    async def test_what_never_left_may_come_in_another_run(self, bench: Bench) -> None:
        """UNSENT in the end, it is sent when it is brought again."""
        first = await bench.enqueue(invoices(5), resolve_for_s=0.001)
        bench.sandbox.fail_next(status=429, retry_after=0, operation="CreateInvoices", times=5)
        await bench.work()
        assert (await bench.told(first))[0].unsent == 5
        second = await bench.enqueue(invoices(5))
        await bench.work()
        assert (await bench.told(second))[0].accepted == 5

    async def test_a_run_that_cannot_go_on_stays_open(self, bench: Bench) -> None:
        """The API refuses us: nothing is lost, and the reason stands in the database for whoever looks."""
        await bench.enqueue(invoices(5))
        bench.sandbox.fail_next(status=403, operation="CreateInvoices")
        assert await bench.work() == 1
        [(problem, state)] = bench.sql("SELECT problem, state FROM amili_portion")
        assert (state, "403" in problem) == ("open", True)
        assert await bench.work() == 0

    async def test_it_waits_longer_each_time(self, bench: Bench) -> None:
        """So that an API that is down for an hour is not asked thousands of times."""
        await bench.enqueue(invoices(5))
        delays = []
        bench.sandbox.fail_next(status=403, operation="CreateInvoices", times=9)
        async with bench.workshop(again_s=3) as workshop:
            for _ in range(9):
                with pytest.raises(PortionOpen) as caught:
                    await workshop.work(portions(bench)[0])
                delays.append(caught.value.delay_s)
        assert delays == [3, 6, 12, 24, 48, 96, 192, 300, 300]


class TestOneAtATime:
    """Two workers with the same portion."""

    async def test_the_second_one_leaves_it_alone(self, bench: Bench) -> None:
        """It sends nothing, and comes again later; the first one is not disturbed."""
        await bench.enqueue(invoices(10))
        async with bench.workshop() as first, bench.workshop() as second:
            results = await asyncio.gather(
                *(workshop.work(portions(bench)[0]) for workshop in (first, second)), return_exceptions=True
            )
        assert sorted(type(result).__name__ for result in results) == ["NoneType", "PortionOpen"]
        assert set(bench.ledger().values()) == {1}

    async def test_done_is_done(self, bench: Bench) -> None:
        """A job that comes again for a portion that is final, or gone, does nothing."""
        await bench.enqueue(invoices(5))
        await bench.work()
        async with bench.workshop() as workshop:
            await workshop.work(portions(bench)[0])
            await workshop.work(999_999)
        assert bench.writes() == 1

    async def test_who_was_overtaken_concludes_nothing(self, bench: Bench) -> None:
        """Between the end of its run and the writing of the outcomes, another worker took the portion over."""

        class Late(Workshop):
            async def _conclude(self, *arguments: Any) -> None:
                bench.sql("UPDATE amili_journal SET epoch = epoch + 1")
                await super()._conclude(*arguments)

        run = await bench.enqueue(invoices(5))
        async with Late(bench.database, bench.amili.config, client=bench.amili) as late:
            with pytest.raises(PortionOpen, match="taken it over"):
                await late.work(portions(bench)[0])
        await bench.work()
        assert (await bench.told(run))[0].accepted == 5
        assert bench.writes() == 1

    async def test_the_bytes_are_those_that_were_enqueued(self, bench: Bench) -> None:
        """A library that encodes a record otherwise today would take it for another one."""
        run = await bench.enqueue(invoices(5))
        [(packed,)] = bench.sql("SELECT bodies FROM amili_portion")
        workshop = bench.workshop()
        vault = workshop._vault
        bodies = vault.unpack_bodies(packed)
        spaced = [type(body)(body.index, body.at, body.key, body.content + b" ") for body in bodies]
        bench.sql("UPDATE amili_portion SET bodies = %s", vault.pack_bodies(spaced))
        await bench.work(workshop)
        assert (await bench.told(run))[0].accepted == 5
        [(records,)] = bench.sql("SELECT records FROM amili_event WHERE what = 'BEGAN'")
        assert len(records) == 100


async def test_a_worker_of_another_api_is_refused(bench: Bench) -> None:
    """Records for one host are never sent to another one."""
    await bench.enqueue(invoices(5))
    async with Sandbox(seed=2) as other, AmiliClient(other.config(), clock=FakeClock()) as elsewhere:
        async with Workshop(bench.database, other.config(), client=elsewhere) as workshop:
            with pytest.raises(PortionOpen, match="a queue of its own"):
                await workshop.work(portions(bench)[0])
        assert other.state.ledger(other.organization_id) == {}


class TestWitnesses:
    """What a portion's journal gives besides its own events."""

    async def replayed(self, bench: Bench, portion: int) -> list[Any]:
        journal = PortionJournal(bench.database, portion)
        await journal.open(self.scope(bench))
        try:
            return [event async for event in journal.replay()]
        finally:
            await journal.close()

    def scope(self, bench: Bench) -> Scope:
        return Scope(host=bench.amili.config.host_url, organization_id=bench.organization, kind="invoices")

    async def test_the_latest_before_and_the_first_after(self, bench: Bench) -> None:
        """Batches of other portions of the scope, as chunks that are settled; own events keep their order."""
        await bench.enqueue(invoices(20), portion_size=5)
        first, second, third, fourth = portions(bench)
        async with bench.workshop() as workshop:
            await workshop.work(first)
            await workshop.work(second)
            bench.sandbox.fail_next(drop="before", operation="CreateInvoices")
            with pytest.raises(PortionOpen):
                await workshop.work(third)
            await workshop.work(fourth)
        events = await self.replayed(bench, third)
        batches = dict(bench.sql("SELECT journal, batch_id FROM amili_event WHERE what = 'OPENED'"))
        opened = [str(event.batch_id) for event in events if isinstance(event, Opened)]
        assert opened == [batches[second], batches[fourth]]
        chunks = [event.chunk for event in events if isinstance(event, Began)]
        assert chunks == sorted(chunks)
        own = [event for event in events if isinstance(event, Began) and len(event.records) == 100]
        place = events.index(own[0])
        assert opened[0] in str(events[:place])
        assert opened[1] in str(events[place:])

    async def test_none_where_nothing_is_open(self, bench: Bench) -> None:
        """A portion that has not begun, or has no question, is given none; its numbers leave room all the same."""
        await bench.enqueue(invoices(10), portion_size=5)
        first, second = portions(bench)
        async with bench.workshop() as workshop:
            await workshop.work(first)
        for portion in (first, second):
            events = await self.replayed(bench, portion)
            others = [event for event in events if event.chunk <= 1000]
            assert [type(event) for event in others] == [Began, Settled]
        journal = PortionJournal(bench.database, second)
        await journal.open(self.scope(bench))
        await journal.append([Began(chunk=1001, key="k", records=b"r" * 20, at=1.0), Held(chunk=1001)])
        await journal.close()
        assert len(await self.replayed(bench, second)) == 2 + 3 + 2

    async def test_a_portion_that_is_not_there(self, bench: Bench) -> None:
        """It is named."""
        with pytest.raises(JournalError, match="no portion 77"):
            await self.replayed(bench, 77)
