"""Which deliveries were taken already: Amili offers a key against duplicates, so duplicates are to be expected."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from amili_async.errors import ConfigError

__all__ = ["InMemorySeen", "SeenStore"]


class SeenStore(Protocol):
    """Remembers the keys of deliveries. One that several processes share (a database, Redis) serves them all."""

    async def first_time(self, key: str) -> bool:
        """Whether the key is new. It is not new any more afterwards: look and remember in one step."""
        ...

    async def forget(self, key: str) -> None:
        """Take a key for new again: its event could not be handled, and a repeated delivery must not be dropped."""
        ...


class InMemorySeen:
    """A `SeenStore` for one process: forgets the oldest keys beyond its capacity, and all of them at a restart.

    Args:
        capacity: How many keys are remembered.

    Raises:
        ConfigError: The capacity is less than 1.
    """

    def __init__(self, capacity: int = 10_000) -> None:
        if capacity < 1:
            raise ConfigError(f"capacity is {capacity}; it must be at least 1")
        self._capacity = capacity
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __repr__(self) -> str:
        return f"<InMemorySeen {len(self._keys)} of {self._capacity}>"

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; it is remembered."""
        if key in self._keys:
            self._keys.move_to_end(key)  # still being repeated, so not among the first to go
            return False
        self._keys[key] = None
        if len(self._keys) > self._capacity:
            self._keys.popitem(last=False)
        return True

    async def forget(self, key: str) -> None:
        """Take the key for new again."""
        self._keys.pop(key, None)
