"""The sandbox's time: a clock that can be moved on, and held still while a request is acted on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from amili_async.clock import Clock
from amili_async.sandbox.clock import moved

__all__ = ["Timeline"]


class Timeline:
    """A clock with an offset.

    Args:
        clock: What it follows. A clock that can be moved itself (`VirtualClock`) is moved, so that a client that shares
            it moves along.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = 0.0
        self._held: datetime | None = None

    def monotonic(self) -> float:
        """Seconds since some instant."""
        return self._clock.monotonic() + self._offset

    def now(self) -> datetime:
        """The current instant, aware."""
        return self._held if self._held is not None else self._clock.now() + timedelta(seconds=self._offset)

    async def sleep(self, seconds: float) -> None:
        """Wait as the clock does."""
        await self._clock.sleep(seconds)

    def advance(self, seconds: float) -> None:
        """Move on.

        Raises:
            ValueError: The number of seconds is negative or no number, or leads off the calendar.
        """
        moved(self._clock.now() + timedelta(seconds=self._offset), seconds)
        move = getattr(self._clock, "advance", None)
        if move is not None:
            move(seconds)
        else:
            self._offset += seconds

    def reach(self, instant: datetime) -> None:
        """Move on to an instant, unless it has passed."""
        self.advance(max((instant - self.now()).total_seconds(), 0.0))

    @contextmanager
    def held(self, instant: datetime | None = None) -> Iterator[datetime]:
        """Let no time pass: everything that one request does happens at one instant.

        Args:
            instant: Which one; None for now.
        """
        before = self._held
        self._held = instant if instant is not None else self.now()
        try:
            yield self._held
        finally:
            self._held = before
