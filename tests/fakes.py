"""A clock that only moves when somebody waits on it, and a server that answers by script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from aiohttp import web
from attrs import define, field

from amili_async import Config


class FakeClock:
    """Virtual time: `sleep` returns at once and moves it on."""

    def __init__(self, start: datetime = datetime(2026, 11, 1, 12, tzinfo=UTC)) -> None:
        self._start = start
        self.elapsed = 0.0
        self.sleeps: list[float] = []

    def monotonic(self) -> float:
        return 1000.0 + self.elapsed

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.elapsed += seconds
        await asyncio.sleep(0)


@define
class Answer:
    """What the scripted server does with one request."""

    status: int = 200
    body: Any = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict)
    drop: Literal["", "before", "truncated"] = ""
    wait_for: asyncio.Event | None = None


@define
class Seen:
    """A request the server read whole."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


TOKEN = Answer(body={"access_token": "tok-1", "token_type": "Bearer", "expires_in": 3600})


@define
class ScriptedServer:
    """Answers API requests in the order of its script; the last answer is repeated. Token requests have their own."""

    script: list[Answer]
    tokens: list[Answer]
    url: str = ""
    requests: list[Seen] = field(factory=list)
    token_requests: list[Seen] = field(factory=list)

    def config(self, **settings: Any) -> Config:
        defaults: dict[str, Any] = {
            "base_url": self.url,
            "token_url": f"{self.url}/token",
            "client_id": "test-client",
            "client_secret": "test-secret",
        }
        return Config(**{**defaults, **settings})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        seen = Seen(request.method, request.raw_path, dict(request.headers), body)
        if request.path == "/token":
            self.token_requests.append(seen)
            answer = self.tokens[min(len(self.token_requests), len(self.tokens)) - 1]
        else:
            self.requests.append(seen)
            answer = self.script[min(len(self.requests), len(self.script)) - 1]
        if answer.wait_for is not None:
            await answer.wait_for.wait()
        if answer.drop == "before":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if answer.drop == "truncated":
            response = web.StreamResponse(status=answer.status, headers={"Content-Length": "1000"})
            await response.prepare(request)
            await response.write(b'{"data":')
            assert request.transport is not None
            request.transport.close()
            return response
        if isinstance(answer.body, bytes):
            return web.Response(status=answer.status, headers=answer.headers, body=answer.body)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)


@asynccontextmanager
async def scripted(script: Sequence[Answer], tokens: Sequence[Answer] = (TOKEN,)) -> AsyncIterator[ScriptedServer]:
    """Run a scripted server on a free port of this machine."""
    server = ScriptedServer(list(script), list(tokens))
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


async def turns_during(work: Awaitable[object]) -> int:
    """How often another task had its turn while this was done."""
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    await work
    task.cancel()
    await asyncio.wait([task])
    return turns


async def settle(turns: int = 20) -> None:
    """Let other tasks run until they wait for something."""
    for _ in range(turns):
        await asyncio.sleep(0)
