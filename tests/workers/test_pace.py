"""One pace for all workers of a tenant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from amili_async.errors import JournalError
from amili_async.workers.pace import PaceRow, SharedLimiter
from tests.bulk.fake_amili import invoices
from tests.fakes import FakeClock
from tests.workers.conftest import Bench

HOST = "https://api.example"


@pytest.fixture
async def pool(database: str) -> AsyncIterator[AsyncConnectionPool[Any]]:
    async with AsyncConnectionPool(database, min_size=1, max_size=2, open=False, timeout=2) as pool:
        yield pool


class BothClocks(FakeClock):
    """Time that passes for the database as well: what is to come there comes nearer."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        super().__init__()
        self._pool = pool

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if self._pool.closed:
            return
        async with self._pool.connection() as connection:
            await connection.execute(
                "UPDATE amili_pace SET next_at = next_at - %(passed)s, paused_until = paused_until - %(passed)s",
                {"passed": timedelta(seconds=seconds)},
            )


def limiter(pool: AsyncConnectionPool[Any], organization: str = "org") -> tuple[SharedLimiter, FakeClock]:
    """As each process has its own."""
    clock = BothClocks(pool)
    return SharedLimiter(clock, PaceRow(pool, HOST, organization)), clock


class TestRate:
    """So many records per second, whoever sends them."""

    async def test_all_workers_wait_in_one_line(self, pool: AsyncConnectionPool[Any]) -> None:
        """Three workers that take 100 records each at 10 a second leave 10 seconds after each other."""
        workers, waits = [limiter(pool) for _ in range(3)], []
        for one, clock in workers * 2:
            before = sum(clock.sleeps)
            one.join(8)
            one.release(await one.pacer(10).wait(100, one.acquire))
            waits.append(sum(clock.sleeps) - before)
        assert waits == pytest.approx([0, 10, 10, 10, 10, 10], abs=3)

    async def test_tenants_have_lines_of_their_own(self, pool: AsyncConnectionPool[Any]) -> None:
        """One organization's push does not hold another one's back."""
        for organization in ("one", "two"):
            it, clock = limiter(pool, organization)
            it.join(8)
            await it.pacer(10).wait(100, it.acquire)
            assert sum(clock.sleeps) == pytest.approx(0, abs=1)

    async def test_runs_of_one_process_share_its_place(self, pool: AsyncConnectionPool[Any]) -> None:
        """They get the same pacer, so that only one of them waits with a place in the line."""
        it, _ = limiter(pool)
        assert it.pacer(10) is it.pacer(10)
        assert it.pacer(None) is not it.pacer(None)

    async def test_leave_is_given_back_where_the_database_is_away(self, pool: AsyncConnectionPool[Any]) -> None:
        """A rate that cannot be kept is not guessed at, and no leave is lost."""
        it, _ = limiter(pool)
        it.join(1)
        await pool.close()
        with pytest.raises(JournalError, match="pace"):
            await it.pacer(10).wait(100, it.acquire)
        async with asyncio.timeout(5):
            it.release(await it.acquire())


class TestPause:
    """A Retry-After to one of them."""

    async def test_it_holds_for_all(self, pool: AsyncConnectionPool[Any]) -> None:
        """Another worker's next request waits as well, for what is left of it."""
        asked, _ = limiter(pool)
        other, clock = limiter(pool)
        other.join(8)
        asked.pause(30)
        await asked.close()
        await other.acquire()
        assert sum(clock.sleeps) == pytest.approx(30, abs=3)

    async def test_a_shorter_one_does_not_end_a_longer_one(self, pool: AsyncConnectionPool[Any]) -> None:
        """The longest counts."""
        row = PaceRow(pool, HOST, "org")
        for seconds in (30, 5):
            await row.pause(seconds)
        assert await row.pause_left() == pytest.approx(30, abs=3)

    async def test_those_who_wait_in_line_leave_one_by_one_afterwards(self, pool: AsyncConnectionPool[Any]) -> None:
        """The line goes on behind the pause, and not at its end all at once."""
        row = PaceRow(pool, HOST, "org")
        await row.pause(30)
        assert [await row.reserve(100, 10) for _ in range(3)] == pytest.approx([30, 40, 50], abs=3)

    async def test_where_the_database_is_away_the_process_waits_alone(
        self, pool: AsyncConnectionPool[Any], caplog: pytest.LogCaptureFixture
    ) -> None:
        """Its own pause holds, and it says that the others do not know."""
        it, clock = limiter(pool)
        it.join(8)
        await pool.close()
        it.pause(30)
        await it.close()
        await it.acquire()
        assert sum(clock.sleeps) == 30
        assert "only this process waits" in caplog.text


async def test_a_portion_keeps_the_pace(bench: Bench) -> None:
    """The engine's own run goes through the shared line."""
    await bench.enqueue(invoices(10))
    assert await bench.work(bench.workshop(rate_limit=0.5)) == 0
    clock = bench.amili.clock
    assert isinstance(clock, FakeClock)
    assert sum(clock.sleeps) == pytest.approx(10, abs=3)
    assert bench.sql("SELECT next_at > now() + interval '10 s' FROM amili_pace") == [(True,)]
