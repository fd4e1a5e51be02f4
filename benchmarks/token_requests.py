"""How often the token service is asked, however many calls find their token expired at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from amili_async import AmiliClient
from amili_async.clock import SYSTEM_CLOCK
from benchmarks.contenders import ours
from benchmarks.report import Section, Target, section
from benchmarks.sample import ORGANIZATION
from benchmarks.server import books, serving

__all__ = ["measure", "target"]

_KEY: Final = "tokens"
_CONCURRENCY: Final = (1, 100, 1000)
_LIFE_S: Final = 3600
"""Of the server's tokens."""


class _Clock:
    """The system's clock, which can be set forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def monotonic(self) -> float:
        return SYSTEM_CLOCK.monotonic() + self._ahead_s

    def now(self) -> datetime:
        return SYSTEM_CLOCK.now() + timedelta(seconds=self._ahead_s)

    async def sleep(self, seconds: float) -> None:
        await SYSTEM_CLOCK.sleep(seconds)

    def set_forward(self, seconds: float) -> None:
        self._ahead_s += seconds


def measure(*, expiries: int) -> Section:
    """Let a token expire some times, and as many calls as may be want one each time."""
    with serving(["--pages", "1", "--items", "1", "--latency-ms", "2"]) as url:
        samples = {
            _name(concurrency): [asyncio.run(_tokens(url, concurrency, expiries)) / expiries]
            for concurrency in _CONCURRENCY
        }
    return section(
        _KEY,
        f"Token requests for each expiry, {expiries} expiries",
        samples,
        unit="requests",
        base=_name(1),
        more_is_better=False,
    )


async def _tokens(url: str, concurrency: int, expiries: int) -> int:
    """How many tokens were asked for."""
    clock = _Clock()
    before = await asyncio.to_thread(books, url)
    async with AmiliClient(ours.config(url), clock=clock) as amili:
        for _ in range(expiries):
            async with asyncio.TaskGroup() as calls:
                for _ in range(concurrency):
                    calls.create_task(amili.collection.get_invoices_by_organization(ORGANIZATION))
            clock.set_forward(_LIFE_S)
    after = await asyncio.to_thread(books, url)
    tokens: int = after["tokens"] - before["tokens"]
    if tokens < expiries:
        raise RuntimeError(f"tokens were to expire {expiries} times, and {tokens} were asked for")
    return tokens


def _name(concurrency: int) -> str:
    return f"{concurrency:,} {'call' if concurrency == 1 else 'calls'} at a time"


def target(sections: Mapping[str, Section]) -> Target:
    """The design's limit."""
    rows = sections[_KEY].rows if _KEY in sections else ()
    value = max((row.value.median for row in rows), default=None)
    return Target(what="Token requests for each expiry, at any concurrency", value=value, limit=1, at_least=False)
