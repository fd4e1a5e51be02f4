"""Records that an attempt did not come to: the journal says what they are, and not what was told before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from amili_async import AmiliClient
from amili_async.bulk import OutcomeStatus
from amili_async.bulk.digests import Digester
from amili_async.bulk.journal import Began, Event, Opened, Scope, Settled
from amili_async.errors import JournalError
from amili_async.workers import Vault, WorkSettings, Workshop
from amili_async.workers.portion_journal import PortionJournal
from amili_async.workers.portions import load, register_of
from amili_async.workers.work import PortionOpen
from tests.bulk.fake_amili import invoices
from tests.fakes import FakeClock
from tests.workers.conftest import Bench


@asynccontextmanager
async def refused_workshop(bench: Bench, concurrency: int) -> AsyncIterator[Workshop]:
    """One whose credentials Amili does not take, so that it stops before it has read its portion."""
    config = bench.sandbox.config(client_secret="an old one")
    async with AmiliClient(config, clock=FakeClock()) as amili:
        settings = WorkSettings(concurrency=concurrency)
        async with Workshop(bench.database, config, settings=settings, client=amili) as workshop:
            yield workshop


async def test_what_never_left_is_unsent_and_goes_with_the_next_run(bench: Bench) -> None:
    """Credentials that are refused until the run's time is over: all of a large portion, not only its beginning."""
    run = await bench.enqueue(invoices(200), portion_size=200, resolve_for_s=0.001)
    async with refused_workshop(bench, 1) as workshop:
        await workshop.work(1)
    report, _ = await bench.told(run)
    assert (report.unsent, report.unknown) == (200, 0)
    await bench.enqueue(invoices(200), portion_size=200)
    assert await bench.work() == 0
    assert bench.ledger() == {str(number): 1 for number in range(200)}


async def test_what_left_in_an_attempt_that_was_killed_is_not_sent_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attempt before had told all of it as UNSENT, the one after stops early, and the time is over."""
    await bench.enqueue(invoices(200), portion_size=200)
    async with refused_workshop(bench, 64) as workshop:
        with pytest.raises(PortionOpen):
            await workshop.work(1)
    append = PortionJournal.append

    async def until_opened(self: PortionJournal, events: Sequence[Event]) -> None:
        if any(isinstance(event, Opened) for event in events):
            raise JournalError("the database is gone")
        await append(self, events)

    with monkeypatch.context() as patched:
        patched.setattr(PortionJournal, "append", until_opened)
        await bench.work(bench.workshop(concurrency=16))
    assert bench.ledger()
    bench.sql("UPDATE amili_portion SET started_at = now() - interval '1 day'")
    async with refused_workshop(bench, 1) as workshop:
        await workshop.work(1)
    await bench.enqueue(invoices(200), portion_size=200)
    assert await bench.work() == 0
    assert set(bench.ledger().values()) == {1}


async def test_the_journal_has_the_last_word(bench: Bench) -> None:
    """For records that an attempt told nothing of, whatever was told of them earlier."""
    await bench.enqueue(invoices(10))
    async with refused_workshop(bench, 8) as workshop:
        with pytest.raises(PortionOpen):
            await workshop.work(1)
    async with bench.workshop() as workshop:
        _, pool = await workshop._open()
        async with pool.connection() as connection:
            portion = await load(connection, 1, Vault())
            assert portion is not None
            before = portion.told({}, await register_of(connection, 1))
            assert {each.status for each in before.values()} == {OutcomeStatus.UNSENT}
            digester = Digester(portion.salt)
            records = [digester.record(body.key, body.content) for body in portion.bodies]
            journal = PortionJournal(bench.database, 1)
            await _write(bench, journal, records)
            told = portion.told({}, await register_of(connection, 1))
    statuses = [told[index].status for index in range(10)]
    assert statuses[:4] == [OutcomeStatus.UNKNOWN] * 4
    assert statuses[4:6] == [OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED]
    assert statuses[6:] == [OutcomeStatus.UNSENT] * 4


async def _write(bench: Bench, journal: PortionJournal, records: list[bytes]) -> None:
    about: Any = {"organization_id": bench.organization, "kind": "invoices", "keys": "own"}
    await journal.open(Scope(host=bench.amili.config.host_url, **about))
    try:
        await journal.append(
            [
                Began(chunk=2001, key="pending", records=b"".join(records[:4]), at=0.0),
                Began(chunk=2002, key="settled", records=b"".join(records[4:7]), at=0.0),
                Settled(chunk=2002, outcomes=b"ARU"),
            ]
        )
    finally:
        await journal.close()
