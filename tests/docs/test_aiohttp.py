"""The how-to on aiohttp: a push in the background of a service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from amili_async import codec
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem
from amili_async.sandbox import Sandbox
from examples.aiohttp_service import PUSH, Push, from_file, make_app

INVOICES = [
    CreateInvoiceItem(
        unique_source_invoice_id=f"erp-{number}",
        invoice_number=f"F-{number}",
        original_invoice_amount=Decimal("100.00") if number else Decimal("-1.00"),
        currency="NOK",
        debtors=[CreateInvoiceDebtor(lastname="Eksempel")],
    )
    for number in range(5)
]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@asynccontextmanager
async def serving(sandbox: Sandbox, source: Any, journal: Path) -> AsyncIterator[tuple[Any, Push]]:
    """The service on a free port; gives what asks it, and its push."""
    app = make_app(sandbox.config(), Push(sandbox.organization_id, source, journal))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/push"
    async with aiohttp.ClientSession() as session:

        async def ask(method: str) -> tuple[int, Any]:
            async with session.request(method, url) as answer:
                return answer.status, await answer.json()

        try:
            yield ask, app[PUSH]
        finally:
            await runner.cleanup()


async def test_a_push_runs_in_the_background(sandbox: Sandbox, tmp_path: Path) -> None:
    """Started by one request, followed by another, and what it read came from a file."""
    file = tmp_path / "overdue.jsonl"
    file.write_bytes(b"\n".join(codec.encode(invoice) for invoice in INVOICES))
    async with serving(sandbox, lambda: from_file(file), tmp_path / "journal") as (ask, push):
        assert await ask("GET") == (200, {"under_way": False, "error": None})
        assert await ask("POST") == (202, {"started": True})
        await push.wait()
        status, report = await ask("GET")
    assert status == 200
    assert report == {
        "under_way": False,
        "error": None,
        "accepted": 4,
        "rejected": 1,
        "unsent": 0,
        "unknown": 0,
        "stopped": None,
    }


async def test_only_one_push_at_a_time(sandbox: Sandbox, tmp_path: Path) -> None:
    """A second start is refused while the first is under way; shutting down ends that one."""
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[CreateInvoiceItem]:
        yield INVOICES[1]
        waiting.set()
        await asyncio.Event().wait()

    async with serving(sandbox, endless, tmp_path / "journal") as (ask, push):
        await ask("POST")
        await waiting.wait()
        assert (await ask("POST"))[0] == 409
        assert (await ask("GET"))[1]["under_way"] is True
    assert not push.under_way


async def test_after_a_shutdown_the_next_start_takes_up_the_rest(sandbox: Sandbox, tmp_path: Path) -> None:
    """With the same journal; what had been accepted is not sent again."""
    cut = asyncio.Event()

    async def broken_off() -> AsyncIterator[CreateInvoiceItem]:
        for invoice in INVOICES[:3]:
            yield invoice
        cut.set()
        await asyncio.Event().wait()

    async def whole() -> AsyncIterator[CreateInvoiceItem]:
        for invoice in INVOICES:
            yield invoice

    async with serving(sandbox, broken_off, tmp_path / "journal") as (ask, _):
        await ask("POST")
        await cut.wait()
    async with serving(sandbox, whole, tmp_path / "journal") as (ask, push):
        await ask("POST")
        await push.wait()
        _, report = await ask("GET")
    assert (report["accepted"], report["rejected"]) == (4, 1)
    ledger = sandbox.state.ledger(sandbox.organization_id)
    assert {entry.accepted for entry in ledger.values()} == {1}


async def test_a_push_that_cannot_start_says_why(sandbox: Sandbox, tmp_path: Path) -> None:
    """Nobody reads the log of a service first."""
    (tmp_path / "journal").write_text("something else", encoding="utf-8")
    async with serving(sandbox, lambda: iter(INVOICES), tmp_path / "journal") as (ask, push):
        await ask("POST")
        await push.wait()
        _, told = await ask("GET")
    assert told["under_way"] is False
    assert "journal" in told["error"]
