"""Rounds, medians and ratios. Pure but for the clock.

The machine's speed changes while one measures: other programs, heat, caches. So contenders take turns, in another order
each round, and are compared by the ratio within a round; of those ratios the median is given, with the quartiles.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

__all__ = ["Samples", "Spread", "ratio", "rounds", "spread", "timed"]

Samples = Mapping[str, Sequence[float]]
"""By contender, a value per round."""


@frozen
class Spread:
    """The middle of some values, and where the middle half of them lies."""

    median: float
    low: float
    high: float

    def text(self, digits: int = 2) -> str:
        """For a table: `0.84 (0.80-0.88)`."""
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f}-{self.high:,.{digits}f})"


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles."""
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(median, low, high)


def ratio(samples: Samples, of: str, to: str) -> Spread:
    """How much one contender's values are of another's, round by round."""
    return spread([a / b for a, b in zip(samples[of], samples[to], strict=True)])


def rounds(
    contenders: Mapping[str, Callable[[], float]], count: int, rng: random.Random, *, warm_up: bool = True
) -> dict[str, list[float]]:
    """Let each contender measure itself once per round, in an order that changes.

    What is in memory before is kept out of the garbage collector's work, so that nobody pays for what others hold.

    Args:
        contenders: By name, what measures.
        count: Rounds that count.
        rng: Order within rounds.
        warm_up: Put a round before them that does not count: code is compiled and caches fill in it.
    """
    samples: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    gc.freeze()
    try:
        for number in range(0 if warm_up else 1, count + 1):
            order = list(contenders)
            rng.shuffle(order)
            for name in order:
                value = contenders[name]()
                if number:
                    samples[name].append(value)
    finally:
        gc.unfreeze()
    return samples


def timed(action: Callable[[], object]) -> float:
    """Seconds of the processor for one run, which other programs disturb least.

    The garbage of others is taken out before; its own is part of the time.
    """
    gc.collect()
    started = time.process_time()
    action()
    return time.process_time() - started
