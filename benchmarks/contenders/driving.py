"""What the pushes of the other contenders share: a few workers, each sending one chunk after the other.

It is as little as will do: no journal, no limits of bytes, no repetitions, no keys, no look-ups.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import Any

__all__ = ["POLL_S", "drive"]

POLL_S = 0.25
"""Wait between two polls of a batch that is not final."""

Row = dict[str, Any]


async def drive(
    rows: Iterator[Row], submit: Callable[[list[Row]], Awaitable[int]], *, chunk_size: int, concurrency: int
) -> int:
    """Run `submit` on all chunks, and add up what it gives."""

    async def work() -> int:
        done = 0
        while chunk := list(islice(rows, chunk_size)):
            done += await submit(chunk)
        return done

    return sum(await asyncio.gather(*(work() for _ in range(concurrency))))
