"""Handing portions to Procrastinate, within a transaction of our own."""

from __future__ import annotations

from typing import Final

from procrastinate import App, PsycopgConnector

from amili_async.workers.database import Connection
from amili_async.workers.names import PORTION_TASK

__all__ = ["defer"]

# Only to word the statement; it is run on the connection that is given, and this one is never opened.
_WRITER: Final = App(connector=PsycopgConnector())


async def defer(connection: Connection, portion: int, queue: str) -> int:
    """Put a portion's job into the queue. It can be seen by workers once the transaction is committed.

    Returns:
        The job's number.
    """
    task = _WRITER.configure_task(PORTION_TASK, queue=queue, connection=connection)
    return await task.defer_async(portion=portion)
