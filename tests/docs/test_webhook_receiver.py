"""The how-to on webhooks: events that the sandbox sends, taken into a table and worked on from there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import psycopg
from aiohttp import web
from psycopg import AsyncConnection

from amili_async import AmiliClient
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem
from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.webhooks import UNVERIFIED, Event, HmacSha256Verifier, parse_event
from examples.webhook_receiver import Inbox, make_app

SECRET = "a made-up secret"
INVOICE = CreateInvoiceItem(
    invoice_number="F-1",
    original_invoice_amount=Decimal("100.00"),
    currency="NOK",
    debtors=[CreateInvoiceDebtor(lastname="Eksempel")],
)


class Work:
    """Notes what it is given, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.done: list[str] = []
        self.failures = failures

    async def __call__(self, connection: AsyncConnection, event: Event) -> None:
        await connection.execute("CREATE TABLE IF NOT EXISTS ledger (type text)")
        await connection.execute("INSERT INTO ledger VALUES (%s)", (event.type,))
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the work failed")
        self.done.append(event.type)


class Watched(Inbox):
    """Tells when two events are done: committed, not only worked on."""

    def __init__(self, database: str) -> None:
        super().__init__(database)
        self.done = 0
        self.both = asyncio.Event()

    async def work_on_one(self, work: Any) -> bool:
        there_was_one = await super().work_on_one(work)
        self.done += there_was_one
        if self.done == 2:
            self.both.set()
        return there_was_one


@asynccontextmanager
async def receiving(inbox: Inbox, work: Work) -> AsyncIterator[str]:
    runner = web.AppRunner(make_app(inbox, HmacSha256Verifier([SECRET]), work))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/amili"
    await runner.cleanup()


def rows(database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query.encode()).fetchall()


async def push(sandbox: Sandbox) -> None:
    async with AmiliClient(sandbox.config()) as amili:
        await amili.bulk.submit_invoices(sandbox.organization_id, [INVOICE])


async def test_events_are_taken_and_worked_on_once(database: str) -> None:
    """Even if the sandbox sends each of them twice."""
    inbox, work = Watched(database), Work()
    twice = Faults(rules=[Rule(kind="duplicate-webhook")])
    async with (
        receiving(inbox, work) as url,
        Sandbox(webhook_url=url, webhook_secret=SECRET, webhook_background=False, faults=twice) as sandbox,
    ):
        await push(sandbox)
        sent = await sandbox.deliver_webhooks()
        await inbox.both.wait()
    assert [delivery.statuses for delivery in sent] == [[200]] * 4
    assert sorted(work.done) == ["BATCH_COMPLETED", "CASE"]
    assert len(rows(database, "SELECT 1 FROM ledger")) == 2


async def test_what_fails_comes_again_and_leaves_nothing_behind(database: str) -> None:
    """Its own writes are rolled back with it, and the events behind it are not held up."""
    inbox = Inbox(database)
    await inbox.prepare()
    with psycopg.connect(database) as connection:
        for key, batch in (
            ("1", "db6a7ff4-3a20-4042-b271-a9485ded6333"),
            ("2", "db6a7ff4-3a20-4042-b271-a9485ded6334"),
        ):
            body = f'{{"type": "BATCH_COMPLETED", "data": {{"batchId": "{batch}"}}}}'
            connection.execute("INSERT INTO amili_event (key, body) VALUES (%s, %s)", (key, body))
            connection.commit()
    work = Work(failures=1)
    assert [await inbox.work_on_one(work) for _ in range(3)] == [True, True, False]
    assert rows(database, "SELECT key, failures, done_at IS NULL FROM amili_event ORDER BY key") == [
        ("1", 1, True),
        ("2", 0, False),
    ]
    assert len(rows(database, "SELECT 1 FROM ledger")) == 1
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE amili_event SET not_before = now()")
    assert await inbox.work_on_one(work)
    assert rows(database, "SELECT count(*) FROM amili_event WHERE done_at IS NULL") == [(0,)]


async def test_amounts_and_unknown_fields_are_kept_as_they_came(database: str) -> None:
    """What is put away is what was sent, to the digit."""
    inbox = Inbox(database)
    await inbox.prepare()
    body = b'{"type": "SETTLEMENT_CREATED", "data": {"amount": 1249.10, "mood": "gl\xc3\xa5d"}}'
    await inbox.keep(parse_event({"IdempotencyKey": "k"}, body, verifier=UNVERIFIED))
    await inbox.keep(parse_event({"IdempotencyKey": "k"}, body, verifier=UNVERIFIED))
    assert rows(database, "SELECT body FROM amili_event") == [
        ('{"type":"SETTLEMENT_CREATED","data":{"amount":1249.10,"mood":"glåd"}}',)
    ]
