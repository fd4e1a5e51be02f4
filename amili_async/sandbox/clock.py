"""A clock that tests move by hand, for the sandbox and the client alike."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["VirtualClock"]

_START: Final = datetime(2025, 3, 9, 14, 30, tzinfo=UTC)


class VirtualClock:
    """Time that passes only when somebody waits for it.

    `sleep` moves the clock on by the seconds asked for and returns at once. Given to a client and to its sandbox, it
    makes hours of polling and backing off take no time at all.

    Args:
        start: The instant it starts at.
        running: Let real time pass as well, for use with clients that know nothing of this clock.
    """

    def __init__(self, start: datetime = _START, *, running: bool = False) -> None:
        self._start = start
        self._offset = 0.0
        self._real = time.monotonic() if running else None

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._offset if self._real is None else self._offset + time.monotonic() - self._real

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return self._start + timedelta(seconds=self.monotonic())

    def advance(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            ValueError: The number of seconds is negative.
        """
        if seconds < 0:
            raise ValueError("a clock cannot be set back: give 0 or more seconds")
        self._offset += seconds

    async def sleep(self, seconds: float) -> None:
        """Move the clock on instead of waiting, and let other tasks run."""
        self.advance(max(seconds, 0.0))
        await asyncio.sleep(0)
