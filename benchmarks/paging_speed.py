"""Going through a long list, page by page, while each answer takes its time."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial

from amili_async import AmiliClient
from benchmarks.contenders import ours
from benchmarks.measure import rounds
from benchmarks.report import Section, section
from benchmarks.sample import ORGANIZATION
from benchmarks.server import serving

__all__ = ["measure"]

_PLAIN = ours.NAME
_AHEAD = f"{ours.NAME}, prefetch"
_ITEM_S = 0.0001
"""What is done with each item takes so long: 10 ms for a page of 100."""


def measure(*, pages: int, items: int, latency_ms: int, count: int, rng: random.Random) -> Section:
    """Read all pages, one after the other or one ahead."""
    with serving(["--pages", str(pages), "--items", str(items), "--latency-ms", str(latency_ms)]) as url:
        runs = {
            f"{name}{work}": partial(_rate, url, pages * items, prefetch=prefetch, item_s=item_s)
            for name, prefetch in ((_PLAIN, False), (_AHEAD, True))
            for work, item_s in (("", 0.0), (", 0.1 ms of work per item", _ITEM_S))
        }
        samples = rounds(runs, count, rng, warm_up=False)
    least = pages * latency_ms / 1000
    return section(
        "pages",
        f"Go through {pages:,} pages of {items} invoices, {latency_ms} ms of server each",
        samples,
        unit="items/s",
        base=_PLAIN,
        more_is_better=True,
        notes=[f"The server's {latency_ms} ms alone allow {pages * items / least:,.0f} items/s, one page at a time."],
    )


def _rate(url: str, expected: int, *, prefetch: bool, item_s: float) -> float:
    return asyncio.run(_go_through(url, expected, prefetch=prefetch, item_s=item_s))


async def _go_through(url: str, expected: int, *, prefetch: bool, item_s: float) -> float:
    async with AmiliClient(ours.config(url)) as amili:
        pager = amili.paginate(amili.collection.get_invoices_by_organization, ORGANIZATION)
        seen, started = 0, time.perf_counter()
        async for _ in pager.prefetch() if prefetch else pager:
            seen += 1
            if item_s and seen % 100 == 0:
                await asyncio.sleep(item_s * 100)
        seconds = time.perf_counter() - started
    if seen != expected:
        raise RuntimeError(f"{expected} items were to come, and {seen} came")
    return seen / seconds
