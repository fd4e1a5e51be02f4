"""Our tasks as Procrastinate knows them, for a worker of ours or for one of yours.

workshop = Workshop(DATABASE, Config.from_env())
app.add_tasks_from(blueprint(workshop), namespace=NAMESPACE)
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Final, LiteralString

from procrastinate import App, BaseRetryStrategy, Blueprint, JobContext, RetryDecision
from procrastinate import exceptions as procrastinate_errors
from procrastinate.jobs import Job

from amili_async.errors import AmiliError
from amili_async.workers.database import Connection, connect, speaking
from amili_async.workers.jobs import defer
from amili_async.workers.names import PORTION_TASK, QUEUE
from amili_async.workers.work import PortionOpen, Workshop

__all__ = ["LEASE_S", "blueprint", "take_over"]

log = logging.getLogger("amili_async")

LEASE_S: Final = 30.0
"""Seconds without a sign of life after which a worker counts as dead."""
_AFTER_ERROR_S: Final = 30.0
_ADOPTING: Final = 0x414D4C41
# A portion is open, and nothing would ever work it: its job was deleted, cancelled or failed for good.
_ORPHANS: Final[LiteralString] = """
SELECT p.id, r.settings->>'queue' FROM amili_portion p JOIN amili_run r ON r.id = p.run
WHERE p.state = 'open' AND NOT EXISTS (
    SELECT FROM procrastinate_jobs j WHERE j.id = p.job AND j.status IN ('todo', 'doing')
)
ORDER BY p.id LIMIT 100 FOR UPDATE OF p SKIP LOCKED
"""


class _Again(BaseRetryStrategy):
    """A portion comes again until it is done with; how often that is, is its own business."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        match exception:
            case PortionOpen(delay_s=delay_s):
                pass
            case asyncio.CancelledError():
                delay_s = 0.0  # the worker was told to stop: another one goes on at once
            case _:
                delay_s = _AFTER_ERROR_S
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=delay_s))


def blueprint(workshop: Workshop, *, queue: str = QUEUE, periodic: bool = True) -> Blueprint:
    """The tasks, to be added to an app with the namespace `amili`.

    Args:
        workshop: What they work with. Leave it with `async with`, or let it end with the process.
        queue: A queue that the app's workers look at, for the task that looks after portions of dead workers.
        periodic: Have that run every minute.
    """
    tasks = Blueprint()

    @tasks.task(name="portion", retry=_Again())
    async def portion(portion: int) -> None:
        try:
            await workshop.work(portion)
        except PortionOpen as again:
            log.info("%s", again)
            raise
        except AmiliError as error:
            log.warning("portion %s is taken up again in %.0f s: %s", portion, _AFTER_ERROR_S, error)
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the portion is to come again
            # Its words could quote a record, and Procrastinate would write them into its log.
            failed = PortionOpen(portion, _AFTER_ERROR_S, type(error).__name__)
            log.warning("%s", failed)
            raise failed from None

    @tasks.task(name="take_over", queue=queue, queueing_lock="amili:take_over", pass_context=True)
    async def look_after(context: JobContext, timestamp: int) -> None:
        await take_over(context.app, workshop.database)

    if periodic:
        tasks.periodic(cron="* * * * *")(look_after)

    return tasks


async def take_over(app: App, database: str, *, lease_s: float = LEASE_S) -> int:
    """Put the portions of dead workers back into the queue, and those whose job is gone.

    Safe to call from anywhere at any time: that a portion is worked twice at once is kept off by its journal.

    Args:
        app: Open.
        database: Its URL.
        lease_s: Seconds without a sign of life after which a worker counts as dead.

    Returns:
        How many there were.

    Raises:
        JournalError: The database cannot be used.
    """
    count = 0
    for job in await app.job_manager.get_stalled_jobs(task_name=PORTION_TASK, seconds_since_heartbeat=lease_s):
        try:
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        except procrastinate_errors.ConnectorException:
            continue  # its worker is alive after all and has finished it, or somebody else was faster
        log.info("portion %s of a dead worker is back in the queue", job.task_kwargs.get("portion"))
        count += 1
    connection = await connect(database)
    try:
        with speaking(database):
            return count + await _adopt(connection)
    finally:
        await connection.close()


async def _adopt(connection: Connection) -> int:
    async with connection.transaction():
        # One of all workers is enough at a time.
        cursor = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_ADOPTING,))
        if await cursor.fetchone() != (True,):
            return 0
        orphans = await (await connection.execute(_ORPHANS)).fetchall()
        for portion, queue in orphans:
            job = await defer(connection, portion, queue)
            await connection.execute("UPDATE amili_portion SET job = %s WHERE id = %s", (job, portion))
            log.info("portion %s had no job any more, and has a new one", portion)
    return len(orphans)
