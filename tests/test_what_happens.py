"""What happens when something goes wrong: the rows of docs/what-happens-when.md that no other test stands for."""

from __future__ import annotations

import asyncio
import inspect
import random
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey, RequestInfo
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

import amili_async
from amili_async import (
    AmiliClient,
    AuthError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestOptions,
    ServerError,
    TransportError,
    TransportTimeoutError,
    transport,
)
from amili_async.models.collection import CreateInvoiceItem, CreateInvoicesRequest
from tests.fakes import TOKEN, Answer, FakeClock, ScriptedServer, scripted, settle

ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
CASES = Answer(body={"data": []})
ACCEPTED = Answer(202, {"data": {"batchId": "ae257e86-dc53-4865-9c97-5b125a3a5ac2"}})
INVOICES = CreateInvoicesRequest(invoices=[CreateInvoiceItem(invoice_number="F-1")])
ONCE = RequestOptions(max_attempts=1)

Reply = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def client(server: ScriptedServer, clock: FakeClock, **settings: Any) -> AmiliClient:
    return AmiliClient(server.config(**settings), clock=clock, rng=random.Random(3))


async def read(amili: AmiliClient, options: RequestOptions | None = None) -> Any:
    return await amili.collection.get_cases_by_organization(ORG, options=options)


async def write(amili: AmiliClient, options: RequestOptions | None = None) -> Any:
    return await amili.collection.create_invoices(ORG, body=INVOICES, options=options)


class RawServer:
    """Answers in bytes, for what no well-behaved server does. Each connection is one request."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.connections = 0
        self.url = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._reply(reader, writer)
        except ConnectionError:
            pass  # the client has left
        finally:
            writer.transport.abort()


async def request_read(reader: asyncio.StreamReader) -> None:
    """Read a request whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.partition(b":")[2]))


@asynccontextmanager
async def raw(
    reply: Reply, clock: FakeClock, *, scheme: str = "http", **settings: Any
) -> AsyncIterator[tuple[RawServer, AmiliClient]]:
    """A raw server for the API, a well-behaved token service, and a client of both."""
    server = RawServer(reply)
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    server.url = f"{scheme}://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        async with scripted([CASES]) as service, client(service, clock, base_url=server.url, **settings) as amili:
            yield server, amili
    finally:
        listening.close()
        await listening.wait_closed()
        await settle()


# The connection


async def hang_up(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Close the connection without reading."""


async def read_and_hang_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Close the connection after the whole request was read."""
    await request_read(reader)


@pytest.mark.parametrize("reply", [hang_up, read_and_hang_up])
async def test_a_dropped_connection_repeats_reads_and_no_writes(clock: FakeClock, reply: Reply) -> None:
    """Whether the server had read the request cannot be seen from here, so both cases are taken for the worse one."""
    async with raw(reply, clock) as (server, amili):
        with pytest.raises(TransportError) as caught:
            await read(amili, RequestOptions(max_attempts=3))
        assert (server.connections, caught.value.attempts, caught.value.sent) == (3, 3, True)
        assert len(clock.sleeps) == 2
        with pytest.raises(OutcomeUnknownError) as unknown:
            await write(amili, RequestOptions(idempotency_key="k-1"))
        assert server.connections == 4
        assert (unknown.value.idempotency_key, unknown.value.attempts) == ("k-1", 1)


@pytest.mark.parametrize("act", [read, write])
async def test_a_refused_connection_is_tried_again_for_everything(
    clock: FakeClock, act: Callable[..., Awaitable[Any]]
) -> None:
    """No byte has left, so nobody can be dunned twice by trying again."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    async with scripted([CASES]) as server:
        async with client(server, clock, base_url=f"http://127.0.0.1:{port}", max_attempts=4) as amili:
            with pytest.raises(TransportError, match="cannot be reached") as caught:
                await act(amili)
    assert (caught.value.sent, caught.value.attempts, len(clock.sleeps)) == (False, 4, 3)


async def test_a_write_gets_through_once_the_host_is_back() -> None:
    """It is sent when the connection can be opened, and exactly once."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_read(reader)
        body = b'{"data":{"batchId":"ae257e86-dc53-4865-9c97-5b125a3a5ac2"}}'
        writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()

    class HostComesBack(FakeClock):
        async def sleep(self, seconds: float) -> None:
            listening.append(await asyncio.start_server(server.handle, "127.0.0.1", port))
            await super().sleep(seconds)

    server, listening, back = RawServer(accept), list[asyncio.Server](), HostComesBack()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    async with scripted([]) as service, client(service, back, base_url=f"http://127.0.0.1:{port}") as amili:
        await write(amili)
    assert (server.connections, len(back.sleeps)) == (1, 1)
    listening[0].close()
    await listening[0].wait_closed()


async def test_a_host_without_tls_was_never_sent_to(clock: FakeClock) -> None:
    """A failed handshake has shown the request to nobody."""

    async def speak_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with raw(speak_plainly, clock, scheme="https") as (server, amili):
        with pytest.raises(TransportError, match=r"TLS.*ssl_context") as caught:
            await write(amili, RequestOptions(max_attempts=2))
        assert (caught.value.sent, server.connections) == (False, 2)


async def test_an_unreachable_proxy_was_never_sent_through(clock: FakeClock) -> None:
    """The message names the setting."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        proxy = f"http://me:hush@127.0.0.1:{unused.getsockname()[1]}"
    async with scripted([CASES]) as server, client(server, clock, proxy=proxy, max_attempts=1) as amili:
        with pytest.raises(AuthError, match="check the proxy setting") as caught:
            await read(amili)
    assert server.requests == server.token_requests == []
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("attempts", [1, 3])
async def test_a_stale_connection_is_not_silently_sent_on(clock: FakeClock, attempts: int) -> None:
    """A kept-alive connection turns out to be closed: the server sees as many requests as we count, and no more."""
    async with scripted([CASES, Answer(drop="before")]) as server, client(server, clock, pool_size=1) as amili:
        await read(amili)  # leaves its connection in the pool
        with pytest.raises(TransportError) as caught:
            await read(amili, RequestOptions(max_attempts=attempts))
    assert caught.value.attempts == attempts
    assert len(server.requests) == 1 + attempts


# Statuses


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520])
async def test_failures_of_the_server_repeat_reads_and_no_writes(clock: FakeClock, status: int) -> None:
    """Such a status does not say how far the server got."""
    async with scripted([Answer(status), CASES, Answer(status)]) as server, client(server, clock) as amili:
        await read(amili)
        assert (len(server.requests), len(clock.sleeps)) == (2, 1)
        with pytest.raises(OutcomeUnknownError, match=str(status)):
            await write(amili)
    assert len(server.requests) == 3


def retry_after(clock: FakeClock, form: str) -> dict[str, str]:
    """A `Retry-After` header in one of its forms."""
    texts = {
        "seconds": "20",
        "date": format_datetime(clock.now() + timedelta(seconds=20), usegmt=True),
        "zero": "0",
        "past date": format_datetime(clock.now() - timedelta(hours=1), usegmt=True),
        "nonsense": "in a while",
    }
    told = {"Date": format_datetime(clock.now(), usegmt=True)}  # the server goes by the same clock
    return told | ({"Retry-After": texts[form]} if form in texts else {})


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize(
    ("form", "least", "most"),
    [
        ("seconds", 20, 22),
        ("date", 20, 22),
        ("zero", 0, 0),
        ("past date", 0, 0),
        ("absent", 0, 0.5),
        ("nonsense", 0, 0.5),
    ],
)
async def test_429_is_waited_out_in_each_form_of_retry_after(
    clock: FakeClock, act: Callable[..., Awaitable[Any]], form: str, least: float, most: float
) -> None:
    """As long as asked and at most a tenth longer; without a usable wish, the usual backoff. Also for writes."""
    busy = Answer(429, headers=retry_after(clock, form))
    async with scripted([busy, ACCEPTED if act is write else CASES]) as server, client(server, clock) as amili:
        await act(amili)
    assert len(server.requests) == 2
    (wait,) = clock.sleeps
    assert least <= wait <= most


@pytest.mark.parametrize("act", [read, write])
@pytest.mark.parametrize(
    ("settings", "seconds"),
    [({}, 121), ({"max_retry_after_s": 5.0}, 6), ({"deadline_s": 10.0}, 11), ({}, 10**30)],
)
async def test_a_wait_beyond_ceiling_or_deadline_is_an_error_at_once(
    clock: FakeClock, act: Callable[..., Awaitable[Any]], settings: dict[str, float], seconds: int
) -> None:
    """The error holds the number, so that the caller may come back by himself."""
    busy = Answer(429, headers={"Retry-After": str(seconds)})
    async with scripted([busy]) as server, client(server, clock, **settings) as amili:
        with pytest.raises(RateLimitedError) as caught:
            await act(amili)
    assert caught.value.retry_after_s == pytest.approx(seconds if seconds < 10**9 else float("inf"))
    assert (len(server.requests), clock.sleeps) == (1, [])


@pytest.mark.parametrize("act", [read, write])
async def test_a_service_that_stays_busy_is_left_after_the_last_attempt(
    clock: FakeClock, act: Callable[..., Awaitable[Any]]
) -> None:
    """503 with Retry-After means not acted on, so the write ends as a plain error and not as unknown."""
    busy = Answer(503, headers={"Retry-After": "1"})
    async with scripted([busy]) as server, client(server, clock, max_attempts=3) as amili:
        with pytest.raises(ServerError) as caught:
            await act(amili)
    assert (len(server.requests), len(clock.sleeps), caught.value.retry_after_s) == (3, 2, 1)


# Answers


async def answer_half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begin an answer, then fall silent until the client leaves."""
    await request_read(reader)
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"data":')
    await writer.drain()
    await reader.read()


async def answer_by_drops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer byte by byte, without end."""
    await request_read(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0)


async def test_a_body_that_stops_half_way_runs_into_the_read_limit(clock: FakeClock) -> None:
    """Silence within a body counts as silence before it."""
    async with raw(answer_half, clock, read_timeout_s=0.05) as (server, amili):
        with pytest.raises(TransportTimeoutError) as caught:
            await read(amili, RequestOptions(max_attempts=2))
        assert (server.connections, caught.value.attempts) == (2, 2)
        with pytest.raises(OutcomeUnknownError):
            await write(amili)
        assert server.connections == 3


async def test_a_body_that_drips_runs_into_the_deadline(clock: FakeClock) -> None:
    """Each byte comes in time, and still the call has an end."""
    async with raw(answer_by_drops, clock) as (server, amili):
        with pytest.raises(TransportTimeoutError):
            await read(amili, RequestOptions(deadline_s=0.05, max_attempts=1))
        with pytest.raises(OutcomeUnknownError):
            await write(amili, RequestOptions(deadline_s=0.05))
        assert server.connections == 2


async def test_a_truncated_body_repeats_reads_and_no_writes(clock: FakeClock) -> None:
    """Half a page is never taken for a whole one."""
    half = Answer(drop="truncated")
    async with scripted([half, CASES, half]) as server, client(server, clock) as amili:
        await read(amili)
        assert len(server.requests) == 2
        with pytest.raises(OutcomeUnknownError, match="broke off"):
            await write(amili)
    assert len(server.requests) == 3


async def test_an_endless_body_is_cut_off(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer cannot fill the memory; the message says what to do."""
    monkeypatch.setattr(transport, "MAX_RESPONSE_BYTES", 2 * 1024**2)
    too_long, long_enough = b" " * (2 * 1024**2 + 1), b'{"data":[]}' + b" " * 2_000_000
    async with scripted([Answer(body=too_long), Answer(body=long_enough)]) as server:
        async with client(server, clock) as amili:
            with pytest.raises(TransportError, match=r"status 200.*longer than 2 MiB.*smaller pages") as caught:
                await read(amili, ONCE)
            assert caught.value.operation == "GetCasesByOrganization"
            assert (await read(amili, ONCE)).data == []


@pytest.mark.parametrize(
    "answer",
    [
        b"\x16\x03\x01 this is no HTTP\r\n\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno chunk\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip",
        b"HTTP/1.1 200 OK\r\n",
        b"",
    ],
)
async def test_an_answer_that_is_no_http_is_a_transport_error(clock: FakeClock, answer: bytes) -> None:
    """Whatever comes back, the caller catches one root of errors."""

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_read(reader)
        writer.write(answer)
        await writer.drain()
        writer.write_eof()
        await reader.read()

    async with raw(reply, clock) as (server, amili):
        with pytest.raises(TransportError):
            await read(amili, ONCE)
        with pytest.raises(OutcomeUnknownError):
            await write(amili)
        assert server.connections == 2


# Tokens


async def test_an_expired_token_is_renewed_before_it_is_used(clock: FakeClock) -> None:
    """The API never sees it, so there is no refusal to recover from."""
    new = Answer(body={"access_token": "tok-2", "expires_in": 3600})
    async with scripted([CASES], [TOKEN, new]) as server, client(server, clock) as amili:
        await read(amili)
        clock.advance(3600)
        await asyncio.gather(*(read(amili) for _ in range(10)))
    assert [seen.headers["Authorization"] for seen in server.requests] == ["Bearer tok-1"] + ["Bearer tok-2"] * 10
    assert len(server.token_requests) == 2


async def test_a_write_without_a_token_never_left(clock: FakeClock) -> None:
    """A token service that cannot be had is an `AuthError`, and the API was not asked at all."""
    async with scripted([ACCEPTED], [Answer(drop="before")]) as server, client(server, clock) as amili:
        with pytest.raises(AuthError, match="no access token") as caught:
            await write(amili)
    assert (caught.value.refused, caught.value.status) == (False, None)
    assert (len(server.token_requests), server.requests) == (5, [])


# Cancelling


class StoppedClock(FakeClock):
    """Virtual time that does not pass while somebody waits on it."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await self.go_on.wait()


def own_tasks() -> list[str]:
    """Tasks that the library has started and not ended."""
    package = str(Path(amili_async.__file__).parent)
    frames = [(task, task.get_coro()) for task in asyncio.all_tasks()]
    return [
        task.get_name()
        for task, coroutine in frames
        if inspect.iscoroutine(coroutine) and coroutine.cr_code.co_filename.startswith(package)
    ]


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop work until something has happened."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # a condition of any kind; turns of the loop, no time
            await asyncio.sleep(0)


async def cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel a task that is under way, and see that it ends by that."""
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancelled_while_the_token_is_fetched(clock: FakeClock) -> None:
    """The token request goes on for others that wait, ends by itself, and what it brings is used."""
    gate = asyncio.Event()
    slow = Answer(body=TOKEN.body, wait_for=gate)
    async with scripted([CASES], [slow]) as server, client(server, clock, pool_size=1) as amili:
        task = asyncio.create_task(read(amili))
        await until(lambda: server.token_requests)
        await cancelled(task)
        assert server.requests == []
        gate.set()
        await until(lambda: not own_tasks())
        await read(amili)
        assert (len(server.token_requests), len(server.requests)) == (1, 1)


@pytest.mark.parametrize("act", [read, write])
async def test_cancelled_while_the_answer_is_awaited(clock: FakeClock, act: Callable[..., Awaitable[Any]]) -> None:
    """The one connection is free again, and nothing is sent once more behind the caller's back."""
    gate = asyncio.Event()
    script = [Answer(wait_for=gate), ACCEPTED if act is write else CASES]
    async with scripted(script) as server, client(server, clock, pool_size=1) as amili:
        task = asyncio.ensure_future(act(amili))
        await until(lambda: server.requests)
        await cancelled(task)
        assert own_tasks() == []
        await act(amili)
        assert len(server.requests) == 2
        gate.set()


async def test_cancelled_between_two_attempts() -> None:
    """The waiting ends at once and holds no connection meanwhile."""
    clock = StoppedClock()
    async with scripted([Answer(500), CASES]) as server, client(server, clock, pool_size=1) as amili:
        task = asyncio.create_task(read(amili))
        await until(lambda: clock.sleeps)
        await read(amili)  # another call uses the only connection while the first one waits
        await cancelled(task)
        assert own_tasks() == []
        await read(amili)
    assert len(server.requests) == 3


async def test_cancelled_while_waiting_for_a_connection(clock: FakeClock) -> None:
    """A caller that leaves the queue takes no place with him."""
    gate = asyncio.Event()
    async with (
        scripted([Answer(body=CASES.body, wait_for=gate)]) as server,
        client(server, clock, pool_size=1) as amili,
    ):
        first, second, third = (asyncio.create_task(read(amili)) for _ in range(3))
        await until(lambda: server.requests)
        await cancelled(second)
        gate.set()
        await asyncio.gather(first, third)
        assert own_tasks() == []
    assert len(server.requests) == 2


async def test_cancelled_at_any_point_the_client_stays_usable(clock: FakeClock) -> None:
    """After each number of steps of the event loop, until the call is through before it can be cancelled."""
    for steps in range(1000):
        async with scripted([CASES]) as server, client(server, clock, pool_size=1) as amili:
            task = asyncio.create_task(read(amili))
            await settle(steps)
            through = task.done()
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled() is not through
            await read(amili)
            await until(lambda: not own_tasks())
            assert len(server.token_requests) <= 2
        if through:
            return
    pytest.fail("the call never ended")


async def test_closing_ends_what_is_under_way(clock: FakeClock) -> None:
    """A client that is left takes its requests with it; nothing is left running."""
    gate = asyncio.Event()
    async with scripted([Answer(wait_for=gate)]) as server:
        async with client(server, clock) as amili:
            task = asyncio.create_task(read(amili, ONCE))
            await until(lambda: server.requests)
        with pytest.raises(TransportError):
            await task
        assert own_tasks() == []
        gate.set()


# Nothing of aiohttp comes through


def aiohttp_errors() -> Iterator[type[aiohttp.ClientError]]:
    """All of aiohttp's own client errors, its base included."""
    waiting: list[type[aiohttp.ClientError]] = [aiohttp.ClientError]
    seen = set()
    while waiting:
        kind = waiting.pop()
        if kind not in seen and kind.__module__.startswith("aiohttp."):
            seen.add(kind)
            yield kind
        waiting += kind.__subclasses__()


def made(kind: type[aiohttp.ClientError]) -> aiohttp.ClientError:
    """One of these errors, its texts full of what must not be shown."""
    url = URL("https://api.example/private?name=private")
    key = ConnectionKey("api.example", 443, True, True, None, None, None)  # noqa: FBT003  # a tuple of aiohttp's
    info = RequestInfo(url, "GET", CIMultiDictProxy(CIMultiDict()), url)
    arguments: list[tuple[Any, ...]] = [
        (key, ssl.CertificateError("private")),
        (key, OSError(1, "private")),
        ("/private", key, OSError(1, "private")),
        (b"a" * 32, b"b" * 32, "api.example", 443),
        (info, ()),
        (url,),
        ("private",),
        (),
    ]
    for given in arguments:
        try:
            error = kind(*given)
            str(error)
        except (TypeError, AttributeError):
            continue
        return error
    raise AssertionError(f"{kind.__name__} is new: say how to make one")


@pytest.mark.parametrize("kind", list(aiohttp_errors()))
def test_every_error_of_aiohttp_is_mapped(kind: type[aiohttp.ClientError]) -> None:
    """Each one there is becomes our own, without the URL or the text of the lower layer."""
    mapped = transport._mapped(made(kind), "api.example")
    assert isinstance(mapped, TransportError)
    assert "api.example" in str(mapped)
    assert "private" not in str(mapped)
    assert isinstance(mapped, TransportTimeoutError) == issubclass(kind, TimeoutError)


def test_only_errors_before_the_request_count_as_never_sent() -> None:
    """The list is short on purpose: what is not on it may have been acted on."""
    never_sent = {kind.__name__ for kind in aiohttp_errors() if not _sent(kind)}
    assert never_sent == {
        "ClientConnectorCertificateError",
        "ClientConnectorDNSError",
        "ClientConnectorError",
        "ClientConnectorSSLError",
        "ClientHttpProxyError",
        "ClientProxyConnectionError",
        "ClientSSLError",
        "ConnectionTimeoutError",
        "InvalidURL",
        "InvalidUrlClientError",
        "InvalidUrlRedirectClientError",
        "ServerFingerprintMismatch",
        "UnixClientConnectorError",
    }


def _sent(kind: type[aiohttp.ClientError]) -> bool:
    mapped = transport._mapped(made(kind), "api.example")
    assert mapped is not None
    return mapped.sent


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), BrokenPipeError(), OSError(113, "private")])
def test_errors_of_the_system_are_mapped_too(error: OSError) -> None:
    """They may come up in the middle of a request, so it may have been acted on."""
    mapped = transport._mapped(error, "api.example")
    assert mapped is not None
    assert mapped.sent
    assert "private" not in str(mapped)


def test_programming_errors_stay_what_they_are() -> None:
    """A defect must not look like a bad network and be tried again."""
    assert transport._mapped(ZeroDivisionError(), "api.example") is None
