"""Putting records into the queue: each once, whatever breaks off and whoever brings it again."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from amili_async.bulk import OutcomeStatus, Refusal, Refused
from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_postgres import PostgresJournal
from amili_async.errors import BulkError, JournalError
from amili_async.models.collection import CreatePaymentItem
from tests.bulk.fake_amili import invoice, invoices
from tests.workers.conftest import Bench

ACCEPTED, REJECTED = OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED


def breaking_off(after: int, count: int = 40) -> Iterator[Any]:
    for number, record in enumerate(invoices(count)):
        if number == after:
            raise RuntimeError("the file broke off")
        yield record


async def test_every_record_is_sent_once_and_told_once(bench: Bench) -> None:
    """In portions, with the positions and keys of the source, Amili's ids, and sums to the øre."""
    run = await bench.enqueue(invoices(25))
    assert await bench.work() == 0
    report, outcomes = await bench.told(run)
    assert bench.ledger() == {str(number): 1 for number in range(25)}
    assert [(each.index, each.key, each.status) for each in outcomes] == [(n, str(n), ACCEPTED) for n in range(25)]
    assert all(each.invoice_id and each.batch_id and not each.resumed for each in outcomes)
    assert (report.accepted, report.taken, report.batches, report.stopped) == (25, 25, 5, None)
    assert report.totals == {
        "NOK": {**dict.fromkeys(OutcomeStatus, Decimal(0)), ACCEPTED: Decimal("2500.00")},
    }


async def test_what_cannot_be_sent_is_refused_at_once(bench: Bench) -> None:
    """With its reason and its sum, whether the source says so or a check does; the rest is sent."""
    records = [invoice(1), "no invoice", Refused(invoice(3, amount="7"), "row 3: no amount"), invoice(4)]
    run = await bench.enqueue(records)
    await bench.work()
    report, outcomes = await bench.told(run)
    assert [each.status for each in outcomes] == [ACCEPTED, REJECTED, REJECTED, ACCEPTED]
    assert [each.refusal for each in outcomes] == [None, Refusal.INVALID, Refusal.BY_SOURCE, None]
    assert report.rejected_locally == 2
    assert report.totals["NOK"][REJECTED] == 7
    assert set(bench.ledger()) == {"1", "4"}


async def test_what_was_sent_without_an_id_is_not_sent_again_with_one(bench: Bench) -> None:
    """It is the same invoice: refused with the way out. An id that reads like another one's number is none of it."""

    def with_id(number: int, id_: object) -> Any:
        return invoice(number, unique_source_invoice_id=str(id_))

    await bench.enqueue([*invoices(12), with_id(700, 1200)])
    await bench.work()
    run = await bench.enqueue([*(with_id(number, f"erp-{number}") for number in range(14)), with_id(1200, 1900)])
    await bench.work()
    report, outcomes = await bench.told(run)
    assert [each.status for each in outcomes] == [REJECTED] * 12 + [ACCEPTED] * 3
    assert {each.refusal for each in outcomes[:12]} == {Refusal.CHANGED}
    assert "without its unique_source_invoice_id" in str(outcomes[0].problem)
    assert (report.rejected_locally, report.accepted) == (12, 3)
    assert set(bench.ledger().values()) == {1}
    again = await bench.enqueue(invoices(12))
    assert {(each.status, each.resumed) for each in (await bench.told(again))[1]} == {(ACCEPTED, True)}


@pytest.mark.parametrize(("number", "id_"), [("1001", ""), ("1001", " "), ("1001", "1001"), ("1001 ", "erp-1")])
async def test_odd_ids_and_numbers_send_nothing_twice(bench: Bench, number: str, id_: str) -> None:
    """Empty or blank ones, an id that is the number, a number with a blank after it; also where nothing is left."""
    await bench.enqueue([invoice(number)])
    await bench.work()
    run = await bench.enqueue([invoice(number, unique_source_invoice_id=id_)])
    assert await bench.work() == 0
    report, outcomes = await bench.told(run)
    assert [each.refusal for each in outcomes] == [Refusal.CHANGED]
    assert (report.rejected_locally, report.accepted, bench.writes()) == (1, 0, 1)


async def test_one_invoice_with_and_without_its_id_in_one_list_is_sent_once(bench: Bench) -> None:
    """Whichever comes first: the one without it is sent."""
    for first in (0, 10):
        pair = [invoice(first), invoice(first, unique_source_invoice_id=f"erp-{first}")]
        run = await bench.enqueue(pair if first else pair[::-1])
        await bench.work()
        assert {each.status for each in (await bench.told(run))[1]} == {ACCEPTED, REJECTED}
    assert bench.ledger() == {"0": 1, "10": 1}


async def test_a_run_of_nothing_is_over_at_once(bench: Bench) -> None:
    """No records, or none to send: no job, and a report."""
    for records, refused in (([], 0), (["nothing"], 1)):
        run = await bench.enqueue(records)
        report, _ = await bench.told(run)
        assert (report.taken, report.rejected) == (refused, refused)
    assert bench.sql("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


class TestBreakingOff:
    """Enqueuing that ends early."""

    async def test_it_goes_on_where_it_was(self, bench: Bench) -> None:
        """Whole portions are in the queue and are worked; called again with the run's id, only the rest is added."""
        run = uuid.uuid4()
        with pytest.raises(BulkError, match=f"20 records are in the queue, call again with run_id='{run}'"):
            await bench.enqueue(breaking_off(27), run_id=run)
        await bench.work()
        assert len(bench.ledger()) == 20
        watch = bench.amili.bulk.watch(run, database=bench.database)
        assert "not read to the end" in ((await watch.progress()).stopped or "")
        assert await bench.enqueue(invoices(40), run_id=run) == run
        await bench.work()
        report, outcomes = await bench.told(run)
        assert (report.accepted, len(outcomes)) == (40, 40)
        assert set(bench.ledger().values()) == {1}

    async def test_a_source_that_is_a_database_fails_like_any_other(self, bench: Bench) -> None:
        """Its errors are not taken for those of the queue's own database."""

        def source() -> Iterator[Any]:
            yield invoice(1)
            raise psycopg.OperationalError("theirs")

        with pytest.raises(BulkError, match="reading the source failed with OperationalError"):
            await bench.enqueue(source())

    async def test_other_records_are_not_taken_for_the_rest(self, bench: Bench) -> None:
        """The same id with another beginning, or a shorter source, is refused, and nothing is added."""
        run = uuid.uuid4()
        with pytest.raises(BulkError):
            await bench.enqueue(breaking_off(27), run_id=run)
        for other in (invoices(40)[::-1], invoices(15)):
            with pytest.raises(BulkError, match="another list"):
                await bench.enqueue(other, run_id=run)
        assert bench.sql("SELECT taken, state FROM amili_run") == [(20, "enqueuing")]

    async def test_once_complete_it_stays_as_it_is(self, bench: Bench) -> None:
        """The same again adds nothing; more than before is another list."""
        run = await bench.enqueue(invoices(15))
        assert await bench.enqueue(invoices(15), run_id=run) == run
        with pytest.raises(BulkError, match="another list"):
            await bench.enqueue(invoices(16), run_id=run)
        assert bench.sql("SELECT count(*), sum(entries) FROM amili_portion") == [(2, 15)]

    async def test_a_portion_is_there_as_a_whole_or_not_at_all(self, bench: Bench) -> None:
        """What fails on the way takes back the job, the digests and the bodies together."""
        bench.sql("ALTER TABLE amili_portion ADD CONSTRAINT failing CHECK (number < 1)")
        try:
            with pytest.raises(JournalError):
                await bench.enqueue(invoices(25))
        finally:
            bench.sql("ALTER TABLE amili_portion DROP CONSTRAINT failing")
        assert bench.sql(
            "SELECT (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM amili_record), "
            "(SELECT count(*) FROM amili_portion), (SELECT taken FROM amili_run)"
        ) == [(1, 10, 1, 10)]

    async def test_one_process_at_a_time_fills_a_run(self, bench: Bench) -> None:
        """Two at once would each think that the other's records are repetitions."""
        run = uuid.uuid4()
        results = await asyncio.gather(
            *(bench.enqueue(invoices(60), run_id=run) for _ in range(2)), return_exceptions=True
        )
        assert sorted(type(result).__name__ for result in results) in (
            ["JournalError", "UUID"],
            ["UUID", "UUID"],  # the second came when the first was through
        )
        await bench.work()
        report, _ = await bench.told(run)
        assert (report.accepted, report.rejected) == (60, 0)


class TestRepetition:
    """Records that come more than once."""

    async def test_in_one_run(self, bench: Bench) -> None:
        """The first one counts, in the same portion or another one; what differs is told apart from what repeats."""
        records = [*invoices(12), invoice(3), invoice(11), invoice(11, amount="5")]
        run = await bench.enqueue(records)
        await bench.work()
        _, outcomes = await bench.told(run)
        assert [each.refusal for each in outcomes[12:]] == [Refusal.REPEATED, Refusal.REPEATED, Refusal.INVALID]
        assert bench.ledger() == {str(number): 1 for number in range(12)}

    async def test_in_another_run(self, bench: Bench) -> None:
        """It is not sent again, and both runs tell what became of it; the sums are those of all its records."""
        first = await bench.enqueue(invoices(15))
        second = await bench.enqueue([*invoices(25), invoice(2)])
        watch = bench.amili.bulk.watch(second, database=bench.database)
        await bench.work()
        report, outcomes = await bench.told(second)
        assert set(bench.ledger().values()) == {1}
        assert [each.resumed for each in outcomes] == [True] * 15 + [False] * 11
        assert [each.index for each in outcomes] == list(range(26))
        assert outcomes[25].refusal is Refusal.REPEATED
        assert (report.accepted, report.resumed, report.rejected) == (25, 15, 1)
        assert report.totals["NOK"][ACCEPTED] == 2500
        assert (await bench.told(first))[0].accepted == 15
        assert (await watch.finish()).accepted == 25

    async def test_a_run_waits_for_what_another_one_has(self, bench: Bench) -> None:
        """It is not over before the other run knows."""
        await bench.enqueue(invoices(5))
        second = await bench.enqueue(invoices(5))
        assert bench.sql("SELECT state FROM amili_portion ORDER BY id") == [("open",), ("final",)]
        waiting = asyncio.create_task(bench.told(second))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await bench.work()
        assert (await waiting)[0].accepted == 5

    async def test_what_was_rejected_may_come_again_mended(self, bench: Bench) -> None:
        """With another body it is sent; with the same one it is told as rejected, and not sent."""
        await bench.enqueue([invoice(1, amount="-1")])
        await bench.work()
        same = await bench.enqueue([invoice(1, amount="-1")])
        report, outcomes = await bench.told(same)
        assert (report.rejected, report.resumed, outcomes[0].refusal) == (1, 1, None)
        mended = await bench.enqueue([invoice(1, amount="1")])
        await bench.work()
        assert (await bench.told(mended))[0].accepted == 1
        assert bench.writes() == 2

    async def test_what_was_accepted_may_not_come_again_changed(self, bench: Bench) -> None:
        """Amili has the old one; also while that is not known yet."""
        await bench.enqueue([invoice(1)])
        runs = [await bench.enqueue([invoice(1, amount="5")])]
        await bench.work()
        runs.append(await bench.enqueue([invoice(1, amount="5")]))
        for run in runs:
            _, outcomes = await bench.told(run)
            assert outcomes[0].refusal is Refusal.CHANGED
        assert bench.ledger() == {"1": 1}

    async def test_a_request_that_was_refused_as_a_whole_may_come_again(self, bench: Bench) -> None:
        """Nobody has judged the single record, so it may be sent as it is."""
        bench.sandbox.fail_next(status=422, operation="CreateInvoices")
        first = await bench.enqueue(invoices(3))
        await bench.work()
        assert (await bench.told(first))[0].rejected == 3
        second = await bench.enqueue(invoices(3))
        await bench.work()
        assert (await bench.told(second))[0].accepted == 3

    async def test_two_runs_at_once_share_what_they_have_in_common(self, bench: Bench) -> None:
        """In whatever order their sources bring it."""
        runs = await asyncio.gather(bench.enqueue(invoices(60)), bench.enqueue(invoices(60)[::-1]))
        await bench.work()
        for run in runs:
            report, outcomes = await bench.told(run)
            assert (report.accepted, len(outcomes)) == (60, 60)
        assert set(bench.ledger().values()) == {1}
        assert len(bench.ledger()) == 60


class TestLists:
    """Payments, that have no number of their own."""

    @staticmethod
    def payment(amount: str) -> CreatePaymentItem:
        return CreatePaymentItem(invoice_id=uuid.UUID(int=7, version=4), amount=Decimal(amount), currency="NOK")

    async def pay(self, bench: Bench, records: list[Any], **settings: Any) -> Any:
        return await bench.amili.bulk.enqueue_payments(bench.organization, records, database=bench.database, **settings)

    def entries(self, bench: Bench) -> Any:
        return bench.sql("SELECT coalesce(sum(entries), 0)::int FROM amili_portion")[0][0]

    async def test_a_list_needs_a_name(self, bench: Bench) -> None:
        """Without one, calling again would report every payment twice."""
        with pytest.raises(BulkError, match="run_id="):
            await self.pay(bench, [self.payment("1")])
        await self.pay(bench, [self.payment("1")], key=lambda _: "bank-1")

    async def test_equal_payments_of_a_list_are_two(self, bench: Bench) -> None:
        """And the same list again adds nothing."""
        run = uuid.uuid4()
        for _ in range(2):
            await self.pay(bench, [self.payment("100"), self.payment("100")], run_id=run)
        assert self.entries(bench) == 2

    async def test_equal_payments_of_two_lists_are_two(self, bench: Bench) -> None:
        """The same amount on the same invoice tomorrow is another payment."""
        for _ in range(2):
            await self.pay(bench, [self.payment("100")], run_id=uuid.uuid4())
        assert self.entries(bench) == 2

    async def test_with_keys_all_lists_are_one(self, bench: Bench) -> None:
        """A bank's transaction is one payment, in whichever list it comes, and whatever else comes without keys."""
        await self.pay(bench, [self.payment("100")], run_id=uuid.uuid4())
        for _ in range(2):
            await self.pay(bench, [self.payment("100")], key=lambda _: "bank-1")
        assert self.entries(bench) == 2


class TestMisuse:
    """Said before anything is written."""

    @pytest.mark.parametrize("setting", ["portion_size", "chunk_size", "resolve_for_s", "max_chunk_bytes"])
    async def test_settings_that_make_no_sense(self, bench: Bench, setting: str) -> None:
        """The setting is named."""
        with pytest.raises(BulkError, match=setting):
            await bench.enqueue(invoices(1), **{setting: 0})
        assert bench.sql("SELECT count(*) FROM amili_run") == [(0,)]

    async def test_with_and_without_key(self, bench: Bench) -> None:
        """It would take every record for another one, and send all again."""
        await bench.enqueue(invoices(1))
        with pytest.raises(JournalError, match="without key="):
            await bench.enqueue(invoices(1), key=lambda record: record.invoice_number)

    async def test_a_push_and_workers_do_not_mix(self, bench: Bench) -> None:
        """Neither knows what the other has sent, so the second to come is refused."""
        await bench.enqueue(invoices(1))
        scope = Scope(host=bench.amili.config.host_url, organization_id=bench.organization, kind="invoices")
        with pytest.raises(JournalError, match="use `enqueue`"):
            await PostgresJournal(bench.database).open(scope)
        journal = PostgresJournal(bench.database)
        await journal.open(Scope(host=scope.host, organization_id=scope.organization_id, kind="payments"))
        await journal.close()
        with pytest.raises(JournalError, match="use `push`"):
            await bench.amili.bulk.enqueue_payments(
                bench.organization, [], database=bench.database, run_id=uuid.uuid4()
            )

    async def test_a_run_of_something_else(self, bench: Bench) -> None:
        """The id of a run of invoices is none for payments."""
        run = await bench.enqueue(invoices(1))
        with pytest.raises(BulkError, match="something else"):
            await bench.amili.bulk.enqueue_payments(bench.organization, [], database=bench.database, run_id=run)
