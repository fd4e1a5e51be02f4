"""Waiting for tasks so that none is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from amili_async.clock import Clock

__all__ = ["ended", "ended_within", "was_cancelled"]


def was_cancelled() -> bool:
    """Whether somebody has cancelled the current task; else a `CancelledError` in it came from what it awaited."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def ended(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Wait until all tasks have ended, also if cancelled meanwhile; the cancellation is raised afterwards."""
    cancelled: asyncio.CancelledError | None = None
    while running := [task for task in tasks if not task.done()]:
        try:
            await asyncio.wait(running)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


async def ended_within(task: asyncio.Task[Any], seconds: float, clock: Clock) -> bool:
    """Wait for a task for a while; whether it has ended."""
    timer = asyncio.create_task(clock.sleep(seconds))
    try:
        await asyncio.wait({task, timer}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        timer.cancel()
        await ended([timer])
    return task.done()
