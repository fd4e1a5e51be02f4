"""A bounded queue between two stages of the engine."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

__all__ = ["Channel"]

T = TypeVar("T")


class Channel(Generic[T]):
    """First in, first out. Writers wait while it is full; readers get None once it is closed and empty.

    `asyncio.Queue` can be shut down only from Python 3.13 on.

    Args:
        limit: Items it holds.
    """

    def __init__(self, limit: int) -> None:
        self._room = asyncio.Semaphore(limit)
        self._items: asyncio.Queue[T | None] = asyncio.Queue()

    @property
    def is_full(self) -> bool:
        """Whether a writer would have to wait."""
        return self._room.locked()

    async def put(self, item: T) -> None:
        """Add an item, when there is room."""
        await self._room.acquire()
        self._items.put_nowait(item)

    async def get(self) -> T | None:
        """The next item; None if there will be none."""
        item = await self._items.get()
        if item is None:
            self._items.put_nowait(None)  # for the other readers
        else:
            self._room.release()
        return item

    def close(self) -> None:
        """Say that nothing more will be added."""
        self._items.put_nowait(None)
