"""A clock that tests move by hand, for the sandbox and the client alike."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Final

__all__ = ["VirtualClock", "moved"]

_START: Final = datetime(2025, 3, 9, 14, 30, tzinfo=UTC)

# Python's calendar ends with 9999; what comes after now (the end of a token, of a batch) must fit in too.
_LAST_YEAR: Final = 9000
_MOST_S: Final = _LAST_YEAR * 366 * 86_400


def moved(now: datetime, seconds: float) -> datetime:
    """Say where a clock arrives that is moved on.

    Raises:
        ValueError: The number of seconds is negative or no number, or leads off the calendar.
    """
    if seconds < 0:
        raise ValueError("a clock cannot be set back: give 0 or more seconds")
    try:
        # NaN is in no range, and an infinite or huge number overflows in a timedelta.
        arrival = now + timedelta(seconds=seconds) if 0 <= seconds <= _MOST_S else None
    except OverflowError:
        arrival = None
    if arrival is None or arrival.year > _LAST_YEAR:
        raise ValueError(f"the clock can be moved on to the year {_LAST_YEAR} at most: give fewer seconds")
    return arrival


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
            ValueError: The number of seconds is negative or no number, or leads off the calendar.
        """
        moved(self.now(), seconds)  # refused before it is stored: a clock that cannot tell the time is of no use
        self._offset += seconds

    async def sleep(self, seconds: float) -> None:
        """Move the clock on instead of waiting, and let other tasks run."""
        self.advance(max(seconds, 0.0))
        await asyncio.sleep(0)
