"""What the network does to a call, against servers and proxies that misbehave on purpose."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from amili_async import AmiliClient, OutcomeUnknownError, RequestOptions, ServerError, TransportError, transport
from amili_async.auth import Token
from amili_async.request import Request
from tests.fakes import Answer, FakeClock, scripted

POST = Request(method="POST", path="/people/Nordmann", query=[("name", "Nordmann")], content=b"Nordmann")


class Tokens:
    """A source with one token."""

    async def get(self) -> Token:
        return Token("tok-1", 3600)

    def reject(self, token: Token) -> bool:
        return False


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A server that answers any request with these bytes, and hangs up. Gives its host and port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield f"{host}:{port}"


def shown(error: BaseException) -> str:
    """What a traceback prints, and what tools add to it: the variables of the library's frames and those below."""
    text = "".join(traceback.format_exception(error))
    told: traceback.TracebackException | None
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    while told is not None:
        frames = [frame for frame in told.stack if "/tests/" not in frame.filename]
        # The path is known to whoever looks at a request.
        text += "".join(str(frame.locals) for frame in frames).replace("path='/people/Nordmann'", "")
        told = told.__cause__ or told.__context__
    return text


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 502 Bad\r\n\r\n", b"", b"nonsense\r\n\r\n"]
)
async def test_a_proxy_that_fails_was_never_sent_on(clock: FakeClock, answer: bytes) -> None:
    """However it fails before the way is open, a write is known not to have left; the proxy's password stays inside."""
    async with answering(answer) as address, scripted([]) as server:
        config = server.config(base_url="https://api.example", proxy=f"http://user:hush-1@{address}", max_attempts=2)
        async with AmiliClient(config, clock=clock, tokens=Tokens()) as amili:
            with pytest.raises(TransportError) as caught:
                await amili.send(POST)
    assert not caught.value.sent
    assert caught.value.attempts == 2
    assert "hush-1" not in shown(caught.value) + repr(caught.value.__cause__)


async def test_a_proxy_that_is_not_there_keeps_its_password_to_itself(clock: FakeClock) -> None:
    """Also in the repr of what the operating system said."""
    async with answering(b"") as address, scripted([]) as server:
        config = server.config(base_url="https://api.example", proxy=f"http://user:hush-1@{address}", max_attempts=1)
    async with AmiliClient(config, clock=clock, tokens=Tokens()) as amili:
        with pytest.raises(TransportError, match="the proxy did not let us through") as caught:
            await amili.send(POST)
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)
    assert "hush-1" not in shown(caught.value) + repr(caught.value.__cause__)


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense about Nordmann\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: Nordmann\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nNordmann\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nNordmann",
        b"",
    ],
)
async def test_a_traceback_quotes_neither_the_request_nor_the_answer(clock: FakeClock, answer: bytes) -> None:
    """The errors of the HTTP library do, with the whole URL; they are not chained as they are."""
    async with answering(answer) as address, scripted([]) as server:
        config = server.config(base_url=f"http://{address}")
        async with AmiliClient(config, clock=clock, tokens=Tokens()) as amili:
            with pytest.raises(OutcomeUnknownError) as caught:
                await amili.send(POST)
    assert isinstance(caught.value.__cause__, TransportError)
    assert caught.value.__cause__.__cause__ is not None
    for private in ("Nordmann", "tok-1"):
        assert private not in shown(caught.value)


async def test_a_deadline_that_runs_out_shows_nothing_private(clock: FakeClock) -> None:
    """Also the cancellation below the time-out has frames, with headers and body in them; they are let go."""
    never = asyncio.Event()
    async with scripted([Answer(wait_for=never)]) as server:
        async with AmiliClient(server.config(), clock=clock) as amili:
            with pytest.raises(OutcomeUnknownError, match="did not answer in time") as caught:
                await amili.send(POST, options=RequestOptions(deadline_s=0.05))
        never.set()
    for private in ("Nordmann", "tok-1"):
        assert private not in shown(caught.value)


@pytest.mark.parametrize(
    ("below", "kept"), [(TimeoutError(), TimeoutError), (aiohttp.ClientOSError(104, "/people/Nordmann"), Exception)]
)
async def test_a_connection_that_was_not_had_does_not_quote_the_request(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, below: Exception, kept: type[Exception]
) -> None:
    """The HTTP library's error for it is one of the operating system's kind as well, and holds the whole URL."""

    async def connect(*_: object, **__: object) -> object:
        raise below

    monkeypatch.setattr(aiohttp.TCPConnector, "connect", connect)
    async with (
        scripted([]) as server,
        AmiliClient(server.config(max_attempts=1), clock=clock, tokens=Tokens()) as amili,
    ):
        with pytest.raises(TransportError) as caught:
            await amili.send(POST)
    assert isinstance(caught.value.__cause__, kept)
    assert "Nordmann" not in "".join(traceback.format_exception(caught.value.__cause__))


async def test_an_error_keeps_nothing_of_an_answer_that_was_too_long(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps the error, in a list of failures say, does not keep the answer's bytes with it."""
    monkeypatch.setattr(transport, "MAX_RESPONSE_BYTES", 1000)
    async with scripted([Answer(body=b"Nordmann" * 1000)]) as server:
        async with AmiliClient(server.config(), clock=clock) as amili:
            with pytest.raises(TransportError, match="longer than") as caught:
                await amili.send(Request(method="GET", path="/people"))
    assert "Nordmann" not in shown(caught.value)


@pytest.mark.parametrize("status", [b"000 None", b"101 Switching Protocols", b"999 What"])
async def test_a_status_of_no_meaning_is_no_success(clock: FakeClock, status: bytes) -> None:
    """It tells nothing of what became of a write."""
    async with answering(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}") as address, scripted([]) as server:
        config = server.config(base_url=f"http://{address}")
        async with AmiliClient(config, clock=clock, tokens=Tokens()) as amili:
            with pytest.raises(OutcomeUnknownError):
                await amili.send(POST)


@pytest.mark.parametrize("number", ["\udcff\udcfe", "a\x1b[31mb", "7" * 5000])
async def test_a_garbled_request_id_does_not_spoil_the_message(clock: FakeClock, number: str) -> None:
    """What cannot be printed, colours a terminal or fills the screen is no id."""
    head = f"HTTP/1.1 500 No\r\nContent-Length: 0\r\nX-Request-Id: {number}\r\n\r\n".encode(errors="surrogateescape")
    async with answering(head) as address, scripted([]) as server:
        config = server.config(base_url=f"http://{address}", max_attempts=1)
        async with AmiliClient(config, clock=clock, tokens=Tokens()) as amili:
            with pytest.raises(ServerError) as caught:
                await amili.send(Request(method="GET", path="/people"))
    assert caught.value.request_id is None
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200
