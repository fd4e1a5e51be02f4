"""The page in a real browser. Not part of the other tests: `make test-browser` runs this, where there is a Chromium.

`python -m tests.sandbox.browser docs/sandbox.png` takes the picture that the documentation shows.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from amili_async import AmiliClient
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, CreatePaymentItem, InvoiceType
from amili_async.sandbox import Faults, Sandbox

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, PROGRAMS)), None)

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason=f"no browser on this machine: none of {', '.join(PROGRAMS)} (Debian: apt install chromium)"
)


class _NewPageError(Exception):
    """Another page was loaded while something was asked of this one."""


class Tab:
    """A page of a browser, driven through its debugging protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.errors: list[str] = []

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method of the protocol and give its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message = await self._socket.receive_json(timeout=30)
            if message.get("id") == number:
                if "navigated" in message.get("error", {}).get("message", ""):
                    raise _NewPageError
                assert "error" not in message, message
                return message["result"]
            if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.errors.append(str(message["params"]))

    async def js(self, code: str) -> Any:
        """What an expression comes to."""
        found = await self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait until something is so on the page."""
        code = f"""new Promise((good, bad) => {{
            const end = Date.now() + 20000;
            const look = () => {{
                if ({condition}) return good();
                if (Date.now() > end) return bad("never: " + {condition!r});
                setTimeout(look, 50);
            }};
            look();
        }})"""
        while True:
            try:
                await self.js(code)
                return
            except _NewPageError:
                continue  # the page that was looked at is gone: look at the one that follows

    async def open(self, url: str) -> None:
        """Go to a page and wait for it."""
        await self.call("Page.navigate", url=url)
        await self.until(f"location.href.startsWith({url!r}) && document.readyState === 'complete'")

    async def press(self, button: str) -> None:
        """Press a button and wait for the page that follows."""
        await self.js(f"window.before = true, document.querySelector({button!r}).click()")
        await self.until("!window.before && document.readyState === 'complete'")

    async def picture(self, width: int, height: int) -> bytes:
        """The page as PNG."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browsing() -> AsyncIterator[Tab]:
    """A headless browser with one empty page."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        arguments = [
            "--headless=new",
            "--disable-gpu",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            f"--user-data-dir={folder}",
        ]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses to run as root with its own
        process = await asyncio.create_subprocess_exec(
            PROGRAM, *arguments, "about:blank", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            host = await asyncio.wait_for(_debugger(process), 30)
            async with aiohttp.ClientSession(f"http://{host}") as session:
                async with session.get("/json/list") as response:
                    pages = await response.json()
                address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    tab = Tab(socket)
                    for domain in ("Page", "Runtime", "Log"):
                        await tab.call(f"{domain}.enable")
                    yield tab
        finally:
            process.kill()
            await process.communicate()


async def _debugger(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        if match := re.search(rb"DevTools listening on ws://([^/]+)/", line):
            return match[1].decode()
    raise AssertionError("the browser did not start")


def invoices(count: int) -> list[CreateInvoiceItem]:
    """Invoices of made-up companies; one of them is refused."""
    return [
        CreateInvoiceItem(
            type=InvoiceType.NOTICE if number % 3 else InvoiceType.PAYMENT_REMINDER,
            invoice_number=f"F-{1000 + number}",
            original_invoice_amount=Decimal(1250 + 37 * number),
            currency="NOK" if number != 4 else "kroner",
            debtors=[CreateInvoiceDebtor(name=f"Prøve {number} AS")],
        )
        for number in range(count)
    ]


async def push(sandbox: Sandbox, count: int) -> None:
    """A push with the library, payments of the first invoices included."""
    async with AmiliClient(sandbox.config()) as amili:
        await amili.bulk.submit_invoices(sandbox.organization_id, invoices(count), chunk_size=5)
        found = await amili.collection.get_invoices_by_organization(sandbox.organization_id)
        payments = [
            CreatePaymentItem(invoice_id=invoice.id, amount=invoice.original_invoice_amount, currency="NOK")
            for invoice in found.data[:2]
        ]
        await amili.bulk.submit_payments(sandbox.organization_id, payments)


async def test_the_page_shows_a_running_push() -> None:
    """Without being loaded again the page counts what a push brings in, and nothing goes wrong in its script."""
    async with Sandbox(batch_delay_s=0.05) as sandbox, browsing() as tab:
        await tab.open(f"{sandbox.url}/")
        assert await tab.js("document.getElementById('count-invoices').textContent") == "0"
        await tab.js("window.loaded = 'once'")
        await push(sandbox, 12)
        await tab.until("document.getElementById('count-invoices').textContent === '11'")
        text = await tab.js("document.body.innerText")
        assert await tab.js("window.loaded") == "once"
        assert [error for error in tab.errors if "favicon" not in error] == []
    for shown in ("CreateInvoices", "SUCCESS", "PARTIAL", "F-1011", "CLOSED", "202"):
        assert shown in text
    assert "Prøve" not in text


async def test_the_switches_work_in_a_browser() -> None:
    """What is set in a form is in force, and shown on the page that follows."""
    async with Sandbox() as sandbox, browsing() as tab:
        await tab.open(f"{sandbox.url}/")
        await tab.js("document.querySelector('[name=rate_429]').value = '0.25'")
        await tab.press("#form-shares button")
        assert sandbox.faults == Faults(rate_429=0.25)
        assert await tab.js("document.querySelector('[name=rate_429]').value") == "0.25"
        await tab.press("#form-clear [value=clear]")
        assert sandbox.faults == Faults()
        await tab.press("#form-next button")
        assert sandbox.ordered_faults == 1


async def test_it_fits_a_narrow_window() -> None:
    """On a small screen the page itself does not scroll sideways."""
    async with Sandbox(batch_delay_s=0.05) as sandbox, browsing() as tab:
        await push(sandbox, 6)
        await tab.picture(400, 800)
        await tab.open(f"{sandbox.url}/")
        assert await tab.js("document.documentElement.scrollWidth") <= 400


async def take_picture() -> bytes:
    """Push something, with a fault or two, and take the page's picture."""
    async with Sandbox(seed=7, batch_delay_s=0.05) as sandbox, browsing() as tab:
        sandbox.fail_next(status=429, retry_after=0, operation="CreateInvoices")
        await push(sandbox, 12)
        await tab.open(f"{sandbox.url}/")
        return await tab.picture(1240, 1620)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(asyncio.run(take_picture()))
