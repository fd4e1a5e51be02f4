"""Handing invoices over: from rows to the result of each, against a server that answers at once."""

from __future__ import annotations

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import count as numbers
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from benchmarks import sample
from benchmarks.contenders import Push, bare, ours
from benchmarks.measure import rounds
from benchmarks.report import Section, Target, section
from benchmarks.server import books, serving

__all__ = ["BARE", "Sizes", "measure", "push_ours", "targets"]

BARE: Final = "bare loop (limit)"
BARE_MODELS: Final = "bare loop with our models"
JOURNAL: Final = f"{ours.NAME}, journal"
CONCURRENCY: Final = 16
_CHUNK_SIZES: Final = (100, 500)


@frozen
class Sizes:
    """How many invoices are pushed at a time.

    Attributes:
        ours: By this library and the hand-written loop.
        others: By generated clients, which take longer; rates are compared, so fewer will do.
        rounds: How often.
    """

    ours: int
    others: int
    rounds: int


def push_ours(folder: Path, *, journal: bool) -> Push:
    """This library's push, with a new journal each time or without one."""
    counter = numbers()

    async def push(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
        path = folder / f"{next(counter)}.db" if journal else None
        return await ours.push(url, rows, chunk_size=chunk_size, concurrency=concurrency, journal=path)

    return push


def measure(others: Mapping[str, Push], sizes: Sizes, folder: Path, rng: random.Random) -> Iterator[Section]:
    """Let all push, in chunks of each size; then this library at several concurrencies and on both event loops."""
    with serving() as url, tempfile.TemporaryDirectory(dir=folder) as journals:
        mine = push_ours(Path(journals), journal=False)
        journaled = push_ours(Path(journals), journal=True)
        everybody = {
            ours.NAME: mine,
            JOURNAL: journaled,
            BARE: bare.push,
            BARE_MODELS: bare.push_models,
            **others,
        }
        for push in everybody.values():
            _rate(push, url, 200, chunk_size=100)  # compiles what is compiled on first use
        for chunk_size in _CHUNK_SIZES:
            runs = {
                name: partial(_rate, push, url, sizes.others if name in others else sizes.ours, chunk_size=chunk_size)
                for name, push in everybody.items()
            }
            title = f"Push invoices in chunks of {chunk_size}, {CONCURRENCY} at a time"
            notes = [f"{sizes.ours:,} invoices a round; {sizes.others:,} by generated clients."] if others else []
            yield from _sections(f"push {chunk_size}", title, runs, sizes.rounds, rng, base=BARE, notes=notes)
        few = max(100, sizes.ours // 2)
        by_concurrency = {
            f"{ours.NAME}, {concurrency} at a time": partial(
                _rate, mine, url, few, chunk_size=500, concurrency=concurrency
            )
            for concurrency in (1, 4, 16, 32)
        }
        base = f"{ours.NAME}, 16 at a time"
        yield from _sections(
            "push concurrency", "Push by concurrency, chunks of 500", by_concurrency, sizes.rounds, rng, base=base
        )
        if find_spec("uvloop"):
            uvloop: Any = import_module("uvloop")
            on_both = {
                f"{name}, {loop}": partial(_rate, push, url, few, chunk_size=100, new_loop=new_loop)
                for name, push in ((ours.NAME, mine), (BARE, bare.push))
                for loop, new_loop in (("asyncio", None), ("uvloop", uvloop.new_event_loop))
            }
            base = f"{ours.NAME}, asyncio"
            yield from _sections(
                "push loop", "Push by event loop, chunks of 100", on_both, sizes.rounds, rng, base=base
            )


def _sections(
    key: str,
    title: str,
    runs: Mapping[str, Callable[[], tuple[float, float]]],
    count: int,
    rng: random.Random,
    *,
    base: str,
    notes: Iterable[str] = (),
) -> Iterator[Section]:
    """What came of some runs by the clock, and by the processor's time of this process."""
    busy: dict[str, list[float]] = {name: [] for name in runs}

    def by_clock(name: str) -> float:
        rate, busy_rate = runs[name]()
        busy[name].append(busy_rate)
        return rate

    samples = rounds({name: partial(by_clock, name) for name in runs}, count, rng, warm_up=False)
    yield section(key, title, samples, unit="invoices/s", base=base, more_is_better=True, notes=notes)
    note = "The server's work is not in it, nor is waiting: what is left when the machine has other things to do."
    yield section(
        f"{key}, processor",
        f"{title}: by processor time",
        busy,
        unit="invoices per second of processor time",
        base=base,
        more_is_better=True,
        notes=[note],
    )


def _rate(
    push: Push,
    url: str,
    amount: int,
    *,
    chunk_size: int,
    concurrency: int = CONCURRENCY,
    new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> tuple[float, float]:
    """Invoices per second, and per second of this process. What came back and what the server has must agree."""
    before = books(url)["records"]
    gc.collect()
    started, busy = time.perf_counter(), time.process_time()
    with asyncio.Runner(loop_factory=new_loop) as runner:
        done = runner.run(push(url, sample.rows(amount), chunk_size=chunk_size, concurrency=concurrency))
    seconds, busy_s = time.perf_counter() - started, time.process_time() - busy
    arrived = books(url)["records"] - before
    if done != amount or arrived != amount:
        raise RuntimeError(f"{amount} invoices were pushed, {done} came back, and {arrived} arrived")
    return amount / seconds, amount / busy_s


def targets(sections: Mapping[str, Section], httpx: str) -> list[Target]:
    """The design's limits. `httpx` is the name of the client that openapi-python-client generates."""
    found = []
    for size in _CHUNK_SIZES:
        each = sections.get(f"push {size}")
        # By way of the ratios to the hand-written loop, which were taken round by round.
        values = {row.name: row.ratio.median for row in each.rows if row.ratio} if each else {}
        for what, of, to, limit in (
            ("to the hand-written loop", ours.NAME, BARE, 0.5),
            ("to openapi-python-client's httpx client", ours.NAME, httpx, 3),
            ("with a journal, to without", JOURNAL, ours.NAME, 0.7),
        ):
            value = values[of] / values[to] if of in values and to in values else None
            found.append(Target(what=f"Push in chunks of {size}, {what}", value=value, limit=limit, at_least=True))
    return found
