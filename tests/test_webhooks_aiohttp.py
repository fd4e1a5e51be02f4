"""The ready handler, in a real server on this machine."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from attrs import define, field

from amili_async import ConfigError
from amili_async.webhooks import (
    UNVERIFIED,
    BatchCompleted,
    CaseCreated,
    CaseUpdated,
    Event,
    HmacSha256Verifier,
    InMemorySeen,
    SettlementCreated,
    UnknownEvent,
)
from amili_async.webhooks_aiohttp import webhook_handler
from tests.fakes import settle
from tests.webhooks import BATCH_COMPLETED, CASE, DOCUMENTED, SECRET, SETTLEMENT_CREATED, signed

VERIFIER = HmacSha256Verifier([SECRET])


@define
class Post:
    """Sends webhooks to the server under test."""

    url: str
    port: int
    session: aiohttp.ClientSession

    async def __call__(self, body: Any, headers: Mapping[str, str] | None = None) -> int:
        """The status of the answer, which never has a body."""
        headers = signed(body) if headers is None else headers
        async with self.session.post(self.url, data=body, headers=headers) as response:
            assert await response.read() == b""
            return response.status

    async def raw(self, *parts: bytes) -> bytes:
        """The answer to bytes sent one after the other, then nothing more."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for part in parts:
            writer.write(part)
            await writer.drain()
            await settle()
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer


@asynccontextmanager
async def serving(
    handler: Callable[[web.Request], Awaitable[web.Response]], middlewares: Any = ()
) -> AsyncIterator[Post]:
    """Run a server with a handler on a free port."""
    app = web.Application(middlewares=middlewares)
    app.router.add_post("/hook", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession() as session:
            yield Post(f"http://127.0.0.1:{port}/hook", port, session)
    finally:
        await runner.cleanup()


@asynccontextmanager
async def receiving(
    callback: Callable[[Event], Awaitable[object]], *, middlewares: Any = (), **settings: Any
) -> AsyncIterator[Post]:
    """Run a server with the ready handler."""
    async with serving(webhook_handler(callback, **{"verifier": VERIFIER, **settings}), middlewares) as post:
        yield post


@define
class Inbox:
    """A callback that keeps what it gets, and fails as often as it is told to."""

    failures: int = 0
    events: list[Event] = field(factory=list)

    async def __call__(self, event: Event) -> None:
        self.events.append(event)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("could not book the invoice of Kari Nordmann")


@define
class Gate:
    """A callback that is at work until it is let go."""

    error: Exception | None = None
    started: asyncio.Event = field(factory=asyncio.Event)
    open: asyncio.Event = field(factory=asyncio.Event)
    calls: int = 0

    async def __call__(self, event: Event) -> None:
        self.calls += 1
        self.started.set()
        await self.open.wait()
        if self.error is not None:
            raise self.error


async def test_documented_events_arrive() -> None:
    """Each as what it is, answered with 200."""
    inbox = Inbox()
    async with receiving(inbox) as post:
        assert [await post(body) for body in DOCUMENTED] == [200, 200, 200, 200]
    assert [type(event) for event in inbox.events] == [BatchCompleted, SettlementCreated, CaseCreated, CaseUpdated]


async def test_headers_arrive_with_the_event() -> None:
    """Through a real server, in whatever spelling it hands them on."""
    inbox = Inbox()
    async with receiving(inbox) as post:
        await post(CASE, signed(CASE, IdempotencyKey="k", X_Amili_Event="CASE", X_Amili_Request_Id="r"))
    (event,) = inbox.events
    assert (event.idempotency_key, event.header_type, event.request_id) == ("k", "CASE", "r")


async def test_new_events_arrive() -> None:
    """They are no nonsense to be refused."""
    inbox = Inbox()
    async with receiving(inbox) as post:
        assert await post(b'{"type":"CASE_CLOSED"}') == 200
    assert isinstance(inbox.events[0], UnknownEvent)


async def test_the_status_of_success_can_be_set() -> None:
    """Which one Amili wants is not documented."""
    async with receiving(Inbox(), success_status=204, seen=InMemorySeen()) as post:
        headers = signed(CASE, IdempotencyKey="k")
        assert [await post(CASE, headers), await post(CASE, headers)] == [204, 204]


@pytest.mark.parametrize(
    "headers", [{}, {"X-Webhook-Signature": "0" * 64}, signed(CASE, "another secret"), signed(b"")]
)
async def test_forgeries_are_401(headers: dict[str, str]) -> None:
    """The callback never learns of them."""
    inbox = Inbox()
    async with receiving(inbox) as post:
        assert await post(CASE, headers) == 401
    assert inbox.events == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"type":"CASE"}', CASE.replace(b'"5000001",', b'"5000001"')]
)
async def test_nonsense_is_400(body: bytes) -> None:
    """Also what the documentation prints without a comma."""
    inbox = Inbox()
    async with receiving(inbox) as post:
        assert await post(body) == 400
    assert inbox.events == []


async def test_nonsense_is_401_without_a_signature() -> None:
    """Strangers learn nothing about what would be read."""
    async with receiving(Inbox()) as post:
        assert await post(b"{", {}) == 401


async def test_unverified_takes_what_comes() -> None:
    """If that is what was asked for."""
    inbox = Inbox()
    async with receiving(inbox, verifier=UNVERIFIED) as post:
        assert await post(CASE, {}) == 200
    assert len(inbox.events) == 1


async def test_a_verifier_is_needed_from_the_start() -> None:
    """Not when the first webhook comes."""
    nothing: Any = None
    with pytest.raises(TypeError, match="UNVERIFIED"):
        webhook_handler(Inbox(), verifier=nothing)


async def _chunks(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


async def test_long_bodies_are_413() -> None:
    """By their announced length, by what has come when none is announced, and by what they unpack to."""
    inbox = Inbox()
    async with receiving(inbox, max_body_bytes=5000) as post:
        assert await post(CASE.ljust(5000)) == 200
        assert await post(CASE.ljust(5001)) == 413
        assert await post(_chunks(1000, 5000), {}) == 413
        packed = gzip.compress(CASE.ljust(1_000_000))
        assert len(packed) < 5000
        assert await post(packed, {**signed(CASE), "Content-Encoding": "gzip"}) == 413
    assert len(inbox.events) == 1


async def test_no_more_than_the_limit_is_read() -> None:
    """A sender that never ends is answered in the middle of it."""
    async with receiving(Inbox(), max_body_bytes=1000) as post:
        reader, writer = await asyncio.open_connection("127.0.0.1", post.port)
        writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"3e9\r\n" + b"x" * 1001 + b"\r\n")  # and no end
        assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
        writer.close()
        await writer.wait_closed()


async def test_a_body_that_breaks_off_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    """And so is one that cannot be unpacked; neither goes into the log."""
    inbox = Inbox()
    async with receiving(inbox, verifier=UNVERIFIED) as post:
        head = b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n"
        await post.raw(head % 5000 + b"\r\n" + CASE)
        answer = await post.raw(head % 20 + b"Content-Encoding: gzip\r\n\r\n", b"Kari Nordmann, no gz")
        assert answer.startswith(b"HTTP/1.1 400 ")
    assert inbox.events == []
    refusals = [record.getMessage() for record in caplog.records if record.name == "amili_async"]
    assert refusals == ["webhook (no id) refused: the webhook's body broke off or cannot be unpacked"] * 2
    assert "Kari" not in caplog.text


async def test_a_body_that_a_middleware_has_read_is_there() -> None:
    """Aiohttp keeps it; the limit holds all the same."""

    @web.middleware
    async def peek(request: web.Request, handler: Any) -> Any:
        await request.read()
        return await handler(request)

    inbox = Inbox()
    async with receiving(inbox, middlewares=[peek], max_body_bytes=1000) as post:
        assert await post(CASE) == 200
        assert await post(CASE.ljust(1001)) == 413
        assert await post(_chunks(11, 91), {}) == 413
    assert len(inbox.events) == 1


async def test_a_failing_callback_is_500() -> None:
    """So that Amili may send the event again, which then is no duplicate."""
    inbox = Inbox(failures=2)
    async with receiving(inbox, seen=InMemorySeen()) as post:
        headers = signed(CASE, IdempotencyKey="k")
        assert [await post(CASE, headers) for _ in range(4)] == [500, 500, 200, 200]
    assert len(inbox.events) == 3


async def test_duplicates_are_taken_once() -> None:
    """By their key, whatever the body; without a key nothing is dropped, and without a store neither."""
    inbox = Inbox()
    async with receiving(inbox, seen=InMemorySeen()) as post:
        for key in ("a", "b", "a", "a", "b"):
            assert await post(CASE, signed(CASE, IdempotencyKey=key)) == 200
        assert [event.idempotency_key for event in inbox.events] == ["a", "b"]
        assert [await post(CASE), await post(CASE)] == [200, 200]
        assert len(inbox.events) == 4
    inbox = Inbox()
    async with receiving(inbox) as post:
        for _ in range(2):
            await post(CASE, signed(CASE, IdempotencyKey="a"))
    assert len(inbox.events) == 2


async def test_a_forged_delivery_uses_up_no_key() -> None:
    """The real one with the same key is taken."""
    inbox = Inbox()
    async with receiving(inbox, seen=InMemorySeen()) as post:
        assert await post(CASE, {"IdempotencyKey": "k", "X-Webhook-Signature": "0" * 64}) == 401
        assert await post(b"{", signed(b"{", IdempotencyKey="k")) == 400
        assert await post(CASE, signed(CASE, IdempotencyKey="k")) == 200
    assert len(inbox.events) == 1


@define
class Arrivals:
    """Handles requests in tasks that can be cancelled, and tells when so many have come with their bodies."""

    handler: Callable[[web.Request], Coroutine[Any, Any, web.Response]]
    awaited: int
    all_here: asyncio.Event = field(factory=asyncio.Event)
    tasks: list[asyncio.Task[web.Response]] = field(factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        await request.read()
        task = asyncio.create_task(self.handler(request))
        self.tasks.append(task)
        if len(self.tasks) == self.awaited:
            self.all_here.set()
        try:
            return await task
        except asyncio.CancelledError:
            return web.Response(status=503)


@pytest.mark.parametrize(("error", "status"), [(None, 200), (RuntimeError("no"), 500)])
async def test_a_duplicate_of_what_is_at_work_shares_its_fate(error: Exception | None, status: int) -> None:
    """To call it taken at once would lose the event if the first one then fails. Other keys do not wait for it."""
    gate = Gate(error)
    arrivals = Arrivals(webhook_handler(gate, verifier=VERIFIER, seen=InMemorySeen()), awaited=5)
    async with serving(arrivals.handle) as post:
        first = asyncio.create_task(post(CASE, signed(CASE, IdempotencyKey="k")))
        await gate.started.wait()
        keys = ("k", "k", "k", "other")
        again = [asyncio.create_task(post(CASE, signed(CASE, IdempotencyKey=key))) for key in keys]
        await arrivals.all_here.wait()
        await settle()
        assert gate.calls == 2
        assert not any(task.done() for task in (first, *again))
        gate.open.set()
        assert await asyncio.gather(first, *again) == [status] * 5
    assert gate.calls == 2


async def test_cancelled_work_is_not_taken_for_done() -> None:
    """A server that stops in the middle forgets the key; a duplicate that waits is told to come again."""
    gate, seen = Gate(), InMemorySeen()
    arrivals = Arrivals(webhook_handler(gate, verifier=VERIFIER, seen=seen), awaited=3)
    async with serving(arrivals.handle) as post:
        headers = signed(CASE, IdempotencyKey="k")
        first = asyncio.create_task(post(CASE, headers))
        await gate.started.wait()
        again = [asyncio.create_task(post(CASE, headers)) for _ in range(2)]
        await arrivals.all_here.wait()
        await settle()
        arrivals.tasks[0].cancel()
        assert await asyncio.gather(first, *again) == [503, 500, 500]
    assert gate.calls == 1
    assert await seen.first_time("k")


async def test_a_duplicate_that_goes_away_takes_nothing_with_it() -> None:
    """Neither the work nor the others that wait for it."""
    gate = Gate()
    arrivals = Arrivals(webhook_handler(gate, verifier=VERIFIER, seen=InMemorySeen()), awaited=3)
    async with serving(arrivals.handle) as post:
        headers = signed(CASE, IdempotencyKey="k")
        first = asyncio.create_task(post(CASE, headers))
        await gate.started.wait()
        again = [asyncio.create_task(post(CASE, headers)) for _ in range(2)]
        await arrivals.all_here.wait()
        await settle()
        arrivals.tasks[1].cancel()
        await settle()
        gate.open.set()
        assert sorted(await asyncio.gather(first, *again)) == [200, 200, 503]
    assert gate.calls == 1


@define
class BrokenStore:
    """A store that cannot be reached in the middle of it: it may have remembered."""

    fails: set[str]
    keys: set[str] = field(factory=set)

    async def first_time(self, key: str) -> bool:
        new = key not in self.keys
        self.keys.add(key)
        if "first_time" in self.fails:
            raise ConnectionError("store of Kari Nordmann")
        return new

    async def forget(self, key: str) -> None:
        if "forget" in self.fails:
            raise ConnectionError("store of Kari Nordmann")
        self.keys.discard(key)


async def test_a_store_that_fails_loses_no_event(caplog: pytest.LogCaptureFixture) -> None:
    """The event goes to nobody, the answer is 500, and the next delivery is taken."""
    inbox, store = Inbox(), BrokenStore({"first_time"})
    async with receiving(inbox, seen=store) as post:
        headers = signed(CASE, IdempotencyKey="k")
        assert await post(CASE, headers) == 500
        assert inbox.events == []
        store.fails.clear()
        assert await post(CASE, headers) == 200
    assert len(inbox.events) == 1
    assert "could not be handled: ConnectionError" in caplog.text


async def test_a_key_that_cannot_be_forgotten_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """The answer is that of the failed callback."""
    async with receiving(Inbox(failures=1), seen=BrokenStore({"forget"})) as post:
        assert await post(CASE, signed(CASE, IdempotencyKey="k", X_Amili_Request_Id="r-1")) == 500
    assert "webhook r-1: a failed delivery is still marked as taken: ConnectionError" in caplog.text


async def test_a_verifier_that_breaks_lets_nothing_in(caplog: pytest.LogCaptureFixture) -> None:
    """It is a fault of ours, so 500."""

    class Broken:
        def verify(self, headers: Mapping[str, str], body: bytes) -> None:
            raise ValueError("Kari Nordmann")

    inbox = Inbox()
    async with receiving(inbox, verifier=Broken()) as post:
        assert await post(CASE, {}) == 500
    assert inbox.events == []
    assert "ValueError" in caplog.text
    assert "Nordmann" not in caplog.text


async def test_logs_say_what_happened_and_nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    """The kind of event, Amili's id of the request, and the place of a failure; no values, no foreign text."""
    caplog.set_level(logging.DEBUG)
    body = SETTLEMENT_CREATED.replace(b'"data": {', b'"data": {"name": "Kari Nordmann",')
    inbox = Inbox(failures=1)
    async with receiving(inbox, seen=InMemorySeen()) as post:
        headers = signed(body, IdempotencyKey="key-1", X_Amili_Request_Id="req-1")
        assert [await post(body, headers) for _ in range(3)] == [500, 200, 200]
        await post(body, signed(b"", X_Amili_Request_Id="Kari Nordmann"))
        await post(b'{"type":"CASE","data":"Kari Nordmann"}')
        await post(BATCH_COMPLETED.ljust(1_000_001))
    lines = [record.getMessage() for record in caplog.records if record.name == "amili_async"]
    first, _, place = lines.pop(0).partition("\n")
    assert first == "webhook req-1: the callback failed on this SettlementCreated: RuntimeError at"
    assert "test_webhooks_aiohttp.py" in place
    assert "in __call__" in place
    shape = "the webhook's body has another shape than documented: expected an object, found a string at $.data"
    assert lines == [
        "webhook req-1 taken: SettlementCreated",
        "webhook req-1 dropped: this SettlementCreated was taken before",
        "webhook (no id) refused: the signature in X-Webhook-Signature is not right for any of the secrets",
        f"webhook (no id) refused: {shape}",
        "webhook (no id) refused: it is longer than 1000000 bytes",
    ]
    assert not any(text in caplog.text for text in ("Nordmann", "1234567", "db6a7ff4", "key-1", SECRET))


async def test_memory_of_keys_is_bounded() -> None:
    """The oldest go first, and what is being repeated counts as fresh."""
    seen = InMemorySeen(2)
    assert [await seen.first_time(key) for key in "abab"] == [True, True, False, False]
    assert await seen.first_time("a") is False
    assert await seen.first_time("c") is True
    assert [await seen.first_time("a"), await seen.first_time("b")] == [False, True]
    assert repr(seen) == "<InMemorySeen 2 of 2>"


async def test_a_forgotten_key_is_new() -> None:
    """And to forget one that is not there is no error."""
    seen = InMemorySeen()
    await seen.forget("a")
    assert await seen.first_time("a")
    await seen.forget("a")
    assert await seen.first_time("a")


@pytest.mark.parametrize("capacity", [0, -1])
def test_a_memory_of_nothing_is_refused(capacity: int) -> None:
    """It would look like protection and be none."""
    with pytest.raises(ConfigError, match="at least 1"):
        InMemorySeen(capacity)
