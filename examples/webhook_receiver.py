"""Take Amili's webhooks into a PostgreSQL table, and work on them from there: none is lost, none is done twice."""

import asyncio
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from aiohttp import web
from psycopg import AsyncConnection

from amili_async import codec
from amili_async.webhooks import UNVERIFIED, Event, HmacSha256Verifier, Verifier, parse_event
from amili_async.webhooks_aiohttp import webhook_handler

TABLE = """
    CREATE TABLE IF NOT EXISTS amili_event (
        key text PRIMARY KEY,
        body text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        not_before timestamptz NOT NULL DEFAULT now(),
        failures int NOT NULL DEFAULT 0,
        done_at timestamptz
    )
"""
KEEP = "INSERT INTO amili_event (key, body) VALUES (%s, %s) ON CONFLICT DO NOTHING"
# Rows that another process works on are passed over, and so are those that failed a moment ago.
NEXT = """
    SELECT key, body FROM amili_event WHERE done_at IS NULL AND not_before <= now()
     ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
DONE = "UPDATE amili_event SET done_at = now() WHERE key = %s"
LATER = """
    UPDATE amili_event SET failures = failures + 1, not_before = now() + (failures + 1) * interval '1 minute'
     WHERE key = %s
"""

log = logging.getLogger("webhooks")

Work = Callable[[AsyncConnection, Event], Awaitable[None]]


class Inbox:
    """Events that were taken, and which of them are done."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._arrived = asyncio.Event()
        self._stopping = asyncio.Event()

    async def prepare(self) -> None:
        """Make the table, if it is not there."""
        async with await AsyncConnection.connect(self._database) as connection:
            await connection.execute(TABLE)

    async def keep(self, event: Event) -> None:
        """Put an event away. If this raises, the answer is 500, and Amili may send it again."""
        body = codec.encode(event.raw)
        # Without the header, the same body counts as the same delivery.
        key = event.idempotency_key or hashlib.sha256(body).hexdigest()
        async with await AsyncConnection.connect(self._database) as connection:
            await connection.execute(KEEP, (key, body.decode()))
        self._arrived.set()

    async def work_on_one(self, work: Work) -> bool:
        """Do what the oldest open event asks for; False if there is none. What it wrote and its mark commit as one."""
        async with await AsyncConnection.connect(self._database) as connection:
            row = await (await connection.execute(NEXT)).fetchone()
            if row is None:
                return False
            key, body = row
            try:
                async with connection.transaction():
                    # It was verified when it came in.
                    await work(connection, parse_event({}, body.encode(), verifier=UNVERIFIED))
                    await connection.execute(DONE, (key,))
            except Exception as error:  # noqa: BLE001  # whatever it is, the other events must not wait for it
                log.warning("event %s failed with %s; it comes again later", key, type(error).__name__)
                await connection.execute(LATER, (key,))
        return True

    async def work_for_ever(self, work: Work) -> None:
        """Work until `stop`, as events arrive; look every minute as well, for those that other processes left."""
        while not self._stopping.is_set():
            self._arrived.clear()
            while not self._stopping.is_set() and await self.work_on_one(work):
                pass
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), 60)

    def stop(self) -> None:
        """Let the event that is worked on be finished, and no other be begun."""
        self._stopping.set()
        self._arrived.set()


def make_app(inbox: Inbox, verifier: Verifier, work: Work) -> web.Application:
    """Build the receiver."""

    async def worker(app: web.Application) -> AsyncIterator[None]:
        await inbox.prepare()
        task = asyncio.create_task(inbox.work_for_ever(work))
        yield
        inbox.stop()
        await task

    app = web.Application()
    app.cleanup_ctx.append(worker)
    # No `seen=`: the table's primary key drops what comes twice, also after a restart.
    app.router.add_post("/webhooks/amili", webhook_handler(inbox.keep, verifier=verifier))
    return app


async def show(connection: AsyncConnection, event: Event) -> None:
    """Your work; what it writes through this connection is committed together with the event."""
    print(event.type, event.organization_id)


if __name__ == "__main__":
    web.run_app(
        make_app(Inbox(os.environ["DATABASE_URL"]), HmacSha256Verifier([os.environ["AMILI_WEBHOOK_SECRET"]]), show),
        host="127.0.0.1",
        port=8080,
    )
