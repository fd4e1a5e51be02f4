"""Outcomes on their way to the one who reads the stream."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from amili_async.bulk.outcomes import Outcome

__all__ = ["Outbox"]


class Outbox:
    """A queue whose writers never wait. Who takes new records asks for `room` first.

    So a slow reader holds back the source, and never the workers: an outcome that is known is recorded at once,
    whatever the reader does. What is under way when the reader stops is bounded, so this is too.

    Args:
        limit: Outcomes waiting above which there is no room.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: deque[Outcome] = deque()
        self._closed = False
        self._filled = asyncio.Event()
        self._roomy = asyncio.Event()
        self._roomy.set()

    def put(self, outcomes: Iterable[Outcome]) -> None:
        """Add outcomes."""
        self._waiting.extend(outcomes)
        if self._waiting:
            self._filled.set()
        if len(self._waiting) > self._limit:
            self._roomy.clear()

    def close(self) -> None:
        """Say that no more will come."""
        self._closed = True
        self._filled.set()

    async def get(self) -> Outcome | None:
        """The next outcome; None after the last."""
        while not self._waiting:
            if self._closed:
                return None
            self._filled.clear()
            await self._filled.wait()
        outcome = self._waiting.popleft()
        if len(self._waiting) <= self._limit:
            self._roomy.set()
        return outcome

    async def room(self) -> None:
        """Wait until the reader has caught up."""
        await self._roomy.wait()
