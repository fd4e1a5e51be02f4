"""An event loop whose time passes only when everybody waits: no test sleeps, and a deadlock is an error at once."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("deadlock: all tasks wait, and for nothing that will come")
            self.now += max(timeout, 0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs a day of waiting in no time."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now


class LoopClock:
    """The library's clock, on the loop's time. The wall clock goes on where the last loop ended, as for processes."""

    past_s = 0.0

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def now(self) -> datetime:
        return datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(seconds=LoopClock.past_s + self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run(scenario: Coroutine[Any, Any, T]) -> T:
    """Run a scenario in virtual time, and see to it that it leaves no task behind."""

    async def alone() -> T:
        result = await scenario
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert left == [], f"left behind: {left}"
        LoopClock.past_s += asyncio.get_running_loop().time()
        return result

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(alone())
