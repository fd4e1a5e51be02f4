"""An aiohttp service that starts a push, tells how far it is, and stops it cleanly when it is shut down."""

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Callable
from pathlib import Path
from uuid import UUID

from aiohttp import web

from amili_async import AmiliClient, Config, codec
from amili_async.bulk import BulkReport, BulkRun
from amili_async.models.collection import CreateInvoiceItem

Source = Callable[[], AsyncIterable[CreateInvoiceItem]]

AMILI = web.AppKey("AMILI", AmiliClient)


class Push:
    """One push at a time, in the background."""

    def __init__(self, organization_id: UUID | str, source: Source, journal: Path) -> None:
        self._organization_id = organization_id
        self._source = source
        self._journal = journal
        self._run: BulkRun | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def under_way(self) -> bool:
        """Whether a push has not ended yet."""
        return self._task is not None and not self._task.done()

    @property
    def report(self) -> BulkReport | None:
        """How far the push is, or how it ended."""
        return None if self._run is None else self._run.report

    @property
    def error(self) -> str | None:
        """Why the push could not start or go on, as a sentence for people."""
        if self._task is None or not self._task.done() or self._task.cancelled():
            return None
        error = self._task.exception()
        return None if error is None else str(error)

    def start(self, amili: AmiliClient) -> None:
        """Begin; with the same journal every time, so that nothing is sent twice."""
        self._task = asyncio.create_task(self._push(amili))

    async def wait(self) -> None:
        """Wait for the end of the push, whichever it is."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """Send no more. What is under way may finish; the next start takes up the rest."""
        if self._task is not None:
            self._task.cancel()
        await self.wait()

    async def _push(self, amili: AmiliClient) -> None:
        run = amili.bulk.stream_invoices(self._organization_id, self._source(), journal=self._journal, grace_s=20)
        async with run as self._run:
            async for outcome in self._run:
                if outcome.problem is not None:
                    print(outcome.key, outcome.status, outcome.problem)


PUSH = web.AppKey("PUSH", Push)


async def start(request: web.Request) -> web.Response:
    """POST /push."""
    push = request.app[PUSH]
    if push.under_way:
        return web.json_response({"error": "a push is under way already"}, status=409)
    push.start(request.app[AMILI])
    return web.json_response({"started": True}, status=202)


async def progress(request: web.Request) -> web.Response:
    """GET /push."""
    push = request.app[PUSH]
    report = push.report
    if report is None:
        return web.json_response({"under_way": push.under_way, "error": push.error})
    return web.json_response(
        {
            "under_way": push.under_way,
            "error": push.error,
            "accepted": report.accepted,
            "rejected": report.rejected,
            "unsent": report.unsent,
            "unknown": report.unknown,
            "stopped": report.stopped,
        }
    )


def make_app(config: Config, push: Push) -> web.Application:
    """Build the service."""

    async def client(app: web.Application) -> AsyncIterator[None]:
        # Opened on the loop that serves, and closed after the push has ended.
        async with AmiliClient(config) as app[AMILI]:
            yield
            await app[PUSH].stop()

    app = web.Application()
    app[PUSH] = push
    app.cleanup_ctx.append(client)
    app.router.add_post("/push", start)
    app.router.add_get("/push", progress)
    return app


async def from_file(path: Path) -> AsyncIterator[CreateInvoiceItem]:
    """Invoices from JSON Lines, under the API's own names. Yours may come from a database or a queue."""
    with path.open("rb") as lines:
        for line in lines:
            yield codec.decode(line, CreateInvoiceItem)


if __name__ == "__main__":
    settings = Config.from_env()
    web.run_app(
        make_app(
            settings,
            Push(
                settings.default_organization_id or os.environ["AMILI_ORGANIZATION_ID"],
                lambda: from_file(Path("overdue.jsonl")),
                Path("overdue.journal"),
            ),
        ),
        host="127.0.0.1",
        port=8080,
    )
