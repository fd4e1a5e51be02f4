"""A worker process: what `amili worker` runs."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate import exceptions as procrastinate_errors

from amili_async.errors import JournalError
from amili_async.workers.database import connect, conninfo, speaking
from amili_async.workers.names import NAMESPACE, QUEUE
from amili_async.workers.tasks import LEASE_S, blueprint, take_over
from amili_async.workers.work import Workshop

__all__ = ["run_worker"]

log = logging.getLogger("amili_async")

_LONGEST_PAUSE_S: Final = 30.0
_TIME_TO_STOP_S: Final = 15.0
_FIRST_TRIES: Final = 5
_NEEDED: Final = 3
"""Connections besides those of the jobs: fetching, heartbeats, notifications."""


async def run_worker(
    workshop: Workshop,
    *,
    queue: str = QUEUE,
    concurrency: int = 4,
    lease_s: float = LEASE_S,
    until_empty: bool = False,
    health: Callable[[str], object] | None = None,
    health_every_s: float = 60.0,
) -> None:
    """Work portions until SIGTERM or SIGINT; a database that is away for a while is waited for.

    Args:
        workshop: What it works with.
        queue: Procrastinate's queue.
        concurrency: Portions at a time.
        lease_s: Seconds without a sign of life after which another worker counts as dead.
        until_empty: End when no job is due.
        health: Called now and then with a line that says how it goes.
        health_every_s: How often.

    Raises:
        JournalError: The database cannot be used at all.
    """
    stop = asyncio.Event()
    _on_signals(stop.set)
    await _first_look(workshop.database, stop)
    pause_s = 1.0
    while not stop.is_set():
        try:
            async with workshop:
                await _work(workshop, stop, queue, concurrency, lease_s, until_empty, health, health_every_s)
            if stop.is_set() or until_empty:
                return
            log.warning("the database is away; trying again in %.0f s", pause_s)
        except (psycopg.OperationalError, procrastinate_errors.ConnectorException, JournalError) as error:
            if not _is_passing(error):
                raise
            log.warning("the database is away (%s); trying again in %.0f s", type(error).__name__, pause_s)
        try:
            async with asyncio.timeout(pause_s):
                await stop.wait()
        except TimeoutError:
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


async def _first_look(database: str, stop: asyncio.Event) -> None:
    """Say what is wrong before anything is tried again and again; a database that is about to start is waited for."""
    for left in reversed(range(_FIRST_TRIES)):
        try:
            connection = await connect(database)
        except JournalError as error:
            if not left or stop.is_set() or not isinstance(error.__cause__, psycopg.OperationalError):
                raise
            await asyncio.sleep(1)
        else:
            await connection.close()
            return


async def _work(
    workshop: Workshop,
    stop: asyncio.Event,
    queue: str,
    concurrency: int,
    lease_s: float,
    until_empty: bool,  # noqa: FBT001  # as given above
    health: Callable[[str], object] | None,
    health_every_s: float,
) -> None:
    connector = PsycopgConnector(conninfo=conninfo(workshop.database), min_size=1, max_size=concurrency + _NEEDED)
    app = App(connector=connector)
    app.add_tasks_from(blueprint(workshop, periodic=False), namespace=NAMESPACE)
    with speaking(workshop.database):
        await app.open_async()
    beside: list[Coroutine[Any, Any, None]] = [_look_after(app, workshop.database, lease_s)]
    if health is not None:
        beside.append(_tell(workshop, queue, health, health_every_s))
    tasks = [asyncio.create_task(each) for each in beside]
    working = asyncio.create_task(
        app.run_worker_async(
            queues=[queue],
            name="amili",
            concurrency=concurrency,
            wait=not until_empty,
            shutdown_graceful_timeout=_TIME_TO_STOP_S,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=max(0.5, lease_s / 3),
            stalled_worker_timeout=lease_s,
        )
    )
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()  # which lets what is under way finish
        try:
            await working
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
    finally:
        for task in (*tasks, stopping, working):
            task.cancel()
        await asyncio.gather(*tasks, stopping, working, return_exceptions=True)
        await app.close_async()


async def _look_after(app: App, database: str, lease_s: float) -> None:
    while True:
        try:
            await take_over(app, database, lease_s=lease_s)
        except (JournalError, procrastinate_errors.ConnectorException) as error:
            log.debug("portions of dead workers were not looked for (%s)", error)
        await asyncio.sleep(max(0.5, lease_s / 2))


async def _tell(workshop: Workshop, queue: str, health: Callable[[str], object], every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            queued = await _queued(workshop, queue)
        except JournalError as error:
            queued = str(error)
        health(f"{workshop.working} portions under way, {workshop.records:,} records done; {queued}")


async def _queued(workshop: Workshop, queue: str) -> str:
    connection = await connect(workshop.database)
    try:
        with speaking(workshop.database):
            cursor = await connection.execute(
                "SELECT count(*), coalesce(sum(p.entries), 0) FROM amili_portion p JOIN amili_run r ON r.id = p.run "
                "WHERE p.state = 'open' AND r.settings->>'queue' = %s",
                (queue,),
            )
            row = await cursor.fetchone()
    finally:
        await connection.close()
    assert row is not None  # noqa: S101  # for the type checker: a count gives a row
    return f"{row[0]:,} portions with {row[1]:,} records are open in all"


def _is_passing(error: BaseException) -> bool:
    """Whether it is the way to the database that failed, which can come back, and not what is asked of it."""
    causes = [error]
    while (cause := causes[-1].__cause__) is not None:
        causes.append(cause)
    return any(isinstance(cause, (psycopg.OperationalError, OSError)) for cause in causes)


def _on_signals(action: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, action)
