"""What callers may hand in, or do at the same time: refused with a reason, or as good as anything else."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from amili_async.errors import BulkError, JournalError, RequestError
from amili_async.models.collection import CreatePaymentItem
from amili_async.workers import WorkSettings, claims, prune, sorting
from tests.bulk.fake_amili import invoices
from tests.workers.conftest import Bench
from tests.workers.test_enqueue import breaking_off


def payments(count: int) -> list[CreatePaymentItem]:
    return [
        CreatePaymentItem(invoice_id=uuid.UUID(int=7, version=4), amount=Decimal(number + 1), currency="NOK")
        for number in range(count)
    ]


async def test_nobody_is_told_to_report_a_list_of_payments_twice(bench: Bench) -> None:
    """In a run of its own every payment is a new one; with invoices it is safe to say so."""
    run = uuid.uuid4()

    async def pay(count: int) -> None:
        await bench.amili.bulk.enqueue_payments(
            bench.organization, payments(count), database=bench.database, run_id=run
        )

    await pay(3)
    with pytest.raises(BulkError, match="only without those that this run has") as caught:
        await pay(4)
    assert "recognized" not in str(caught.value)


async def test_a_run_id_is_a_uuid(bench: Bench) -> None:
    """For those who fill a run, and those who look on."""
    with pytest.raises(BulkError, match="run_id must be a UUID, not 'tonight'"):
        await bench.enqueue(invoices(1), run_id="tonight")
    with pytest.raises(BulkError, match="run_id must be a UUID"):
        bench.amili.bulk.watch("tonight", database=bench.database)


@pytest.mark.parametrize("organization", ["", "..", None])
async def test_what_is_no_organization_is_refused_before_anything_is_queued(bench: Bench, organization: Any) -> None:
    """Or every worker would fail on it, hours later."""
    with pytest.raises(RequestError, match="organization_id"):
        await bench.amili.bulk.enqueue_invoices(organization, invoices(1), database=bench.database)
    assert bench.sql("SELECT count(*) FROM amili_run") == [(0,)]


@pytest.mark.parametrize("key", ["a\ud800", "a\0b"])
async def test_a_key_that_the_database_cannot_hold_is_written_out(bench: Bench, key: str) -> None:
    """One such record is no reason to refuse all others, and it is recognized like them."""
    for _ in range(2):
        run = await bench.enqueue(
            invoices(3), key=lambda record: key if record.invoice_number == "1" else record.invoice_number
        )
        await bench.work()
        report, outcomes = await bench.told(run)
        assert (report.accepted, outcomes[1].key) == (3, key.encode("unicode_escape").decode())
    assert set(bench.ledger().values()) == {1}


async def test_neither_can_a_currency(bench: Bench) -> None:
    """The sums of a run that has such a record are told all the same."""
    records = invoices(3)
    records[1] = evolve(records[1], currency="N\0K")
    for _ in range(2):
        run = await bench.enqueue(records)
        await bench.work()
        report, _ = await bench.told(run)
        assert (report.taken, set(report.totals)) == (3, {"NOK", "N\\x00K"})


async def test_records_that_are_pruned_meanwhile_are_new(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """They were there when they were to be taken, and were not when they were looked at."""
    await bench.enqueue(invoices(10))
    await bench.work()
    bench.sql("UPDATE amili_run SET created_at = now() - interval '9 days'")

    class Slow:
        """A connection on which a look comes late."""

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        async def execute(self, statement: str, *arguments: Any) -> Any:
            if statement == claims._LOOK:
                await prune(bench.database, 1)
            return await self._connection.execute(statement, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(sorting, "claim", lambda connection, *rest: claims.claim(Slow(connection), *rest))  # type: ignore[arg-type]
        run = await bench.enqueue(invoices(10))
    await bench.work()
    assert (await bench.told(run))[0].accepted == 10


async def test_a_run_that_another_process_fills_on_is_not_closed(bench: Bench) -> None:
    """The one with the shorter source comes to its end first; the rest must still find the run open."""
    run = uuid.uuid4()

    async def short() -> AsyncIterator[Any]:
        for record in invoices(10):
            yield record
        with pytest.raises(BulkError):
            await bench.enqueue(breaking_off(27), run_id=run)

    with pytest.raises(JournalError, match="another process is filling"):
        await bench.enqueue(short(), run_id=run)
    assert await bench.enqueue(invoices(40), run_id=run) == run
    assert bench.sql("SELECT taken, state FROM amili_run") == [(40, "enqueued")]


@pytest.mark.parametrize(
    "wrong", [{"rate_limit": -1}, {"rate_limit": float("nan")}, {"concurrency": 0}, {"batch_wait_s": -1}]
)
def test_a_worker_with_wrong_settings_does_not_begin(wrong: dict[str, Any]) -> None:
    """It would fail every portion in turn, until the time of all runs is over."""
    with pytest.raises(BulkError):
        WorkSettings(**wrong)


async def test_a_report_that_lacks_records_says_so(bench: Bench) -> None:
    """Those that an open run of others has, and those whose portion somebody has deleted."""
    first = await bench.enqueue(invoices(30))
    second = await bench.enqueue(invoices(30))
    progress = await bench.amili.bulk.watch(second, database=bench.database).progress()
    assert "30 of its 30 records" in (progress.stopped or "")
    bench.sql("DELETE FROM amili_portion WHERE run = %s AND state = 'open' AND number = 1", first)
    await bench.work()
    report, outcomes = await bench.told(first)
    assert (report.taken, len(outcomes)) == (20, 20)
    assert "10 of its 30 records" in (report.stopped or "")
    assert (await bench.told(second))[0].stopped is None
