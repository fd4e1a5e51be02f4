"""One pace for all workers of a tenant: a row in the database, and its clock.

A library was looked for. pyrate-limiter has a bucket in PostgreSQL; it blocks the thread, makes a table for each
tenant, writes a row for each record, locks the whole table for it, and knows of no pause. Two statements on one row do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import psycopg

from amili_async.bulk.limiter import Limiter, Pacer, Permit
from amili_async.clock import Clock
from amili_async.errors import JournalError

if TYPE_CHECKING:
    from psycopg_pool import AsyncConnectionPool

__all__ = ["PaceRow", "SharedLimiter"]

log = logging.getLogger("amili_async")

T = TypeVar("T")

_LOOK_AGAIN_S: Final = 0.25
_RESERVE: Final = """
INSERT INTO amili_pace AS p (host, organization_id, next_at)
VALUES (%(host)s, %(organization)s, clock_timestamp() + make_interval(secs => %(cost)s))
ON CONFLICT (host, organization_id) DO UPDATE
SET next_at = greatest(p.next_at, p.paused_until, clock_timestamp()) + make_interval(secs => %(cost)s)
RETURNING extract(epoch FROM next_at - clock_timestamp())::float8 - %(cost)s
"""
_PAUSE: Final = """
INSERT INTO amili_pace AS p (host, organization_id, paused_until)
VALUES (%(host)s, %(organization)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (host, organization_id) DO UPDATE SET paused_until = greatest(p.paused_until, excluded.paused_until)
"""
_LEFT: Final = """
SELECT extract(epoch FROM paused_until - clock_timestamp())::float8 FROM amili_pace
WHERE host = %(host)s AND organization_id = %(organization)s AND paused_until > clock_timestamp()
"""


class PaceRow:
    """The row of one tenant.

    Args:
        pool: Connections to the database.
        host: The API.
        organization_id: The creditor.
    """

    def __init__(self, pool: AsyncConnectionPool[Any], host: str, organization_id: str) -> None:
        self._pool = pool
        self._about: dict[str, Any] = {"host": host, "organization": organization_id}

    async def reserve(self, records: int, rate: float) -> float:
        """Take the next place in the line of all workers.

        Returns:
            Seconds to wait for it.

        Raises:
            JournalError: The database cannot be asked.
        """
        row = await self._execute(_RESERVE, cost=records / rate)
        return max(0.0, row[0]) if row is not None else 0.0

    async def pause(self, seconds: float) -> None:
        """Let no worker send for a while.

        Raises:
            JournalError: The database cannot be told.
        """
        await self._execute(_PAUSE, seconds=seconds)

    async def pause_left(self) -> float:
        """Seconds for which no worker may send.

        Raises:
            JournalError: The database cannot be asked.
        """
        row = await self._execute(_LEFT)
        return max(0.0, row[0]) if row is not None else 0.0

    async def _execute(self, statement: str, **arguments: float) -> Any:
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(statement.encode(), {**self._about, **arguments})
                return await cursor.fetchone() if cursor.description else None
        except psycopg.Error as error:
            raise JournalError(f"the pace of all workers cannot be kept ({type(error).__name__})") from error


class SharedLimiter(Limiter):
    """A limiter of which the pauses and the rate hold for all workers of a tenant.

    How many requests may be under way is learned by each process for itself.

    Args:
        clock: Time.
        row: Where the pace is kept.
    """

    def __init__(self, clock: Clock, row: PaceRow) -> None:
        super().__init__(clock)
        self._row = row
        self._time = clock
        self._look_at = float("-inf")
        self._telling: set[asyncio.Task[None]] = set()
        self._pacers: dict[float, SharedPacer] = {}

    def pacer(self, rate: float | None) -> Pacer:
        """The pace of all runs of the process, so that they wait in one line."""
        if rate is None:
            return super().pacer(rate)
        return self._pacers.setdefault(rate, SharedPacer(rate, self._time, self, self._row))

    def pause(self, seconds: float) -> None:
        """Let nobody send for a while, here at once and elsewhere as soon as it is told."""
        super().pause(seconds)
        telling = asyncio.create_task(self._tell(seconds))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def pause_over(self) -> None:
        """Wait until a pause is over, whoever was asked for it."""
        while True:
            await super().pause_over()
            now = self._time.monotonic()
            if now < self._look_at:
                return
            self._look_at = now + _LOOK_AGAIN_S
            try:
                left_s = await self._row.pause_left()
            except JournalError as error:
                # Nothing is sent without the journal, and that asks the same database.
                log.debug("%s", error)
                return
            if not left_s:
                return
            super().pause(left_s)

    @property
    def paused_until(self) -> float:
        """The end of the latest pause, on the clock."""
        return self._paused_until

    def look_again(self) -> None:
        """Ask for a pause the next time, however short ago that was done."""
        self._look_at = float("-inf")

    async def close(self) -> None:
        """Wait until all pauses have been told."""
        if self._telling:
            await asyncio.wait(self._telling)

    async def _tell(self, seconds: float) -> None:
        try:
            await self._row.pause(seconds)
        except JournalError as error:
            log.warning("%s; only this process waits", error)


class SharedPacer(Pacer):
    """A rate that all workers keep together."""

    def __init__(self, rate: float, clock: Clock, limiter: SharedLimiter, row: PaceRow) -> None:
        super().__init__(rate, clock)
        self._all_rate = rate
        self._time = clock
        self._limiter = limiter
        self._row = row
        self._line = asyncio.Lock()

    async def wait(self, records: int, leave: Callable[[], Awaitable[T]]) -> T:
        """Wait for leave, and then for a place in the line of all workers; a pause meanwhile costs the place."""
        async with self._line:
            given = await leave()
            try:
                while True:
                    wait_s = await self._row.reserve(records, self._all_rate)
                    if wait_s:
                        await self._time.sleep(wait_s)
                    before = self._time.monotonic()
                    self._limiter.look_again()
                    await self._limiter.pause_over()
                    if self._limiter.paused_until <= before:
                        return given
            except BaseException:
                if isinstance(given, Permit):
                    self._limiter.release(given)
                raise
