"""How fast a push is, and how long it will take."""

from __future__ import annotations

from typing import NamedTuple

from amili_async.bulk import Progress

__all__ = ["Pace", "duration", "pace"]


class Pace(NamedTuple):
    """How fast a push is.

    Attributes:
        rate: Records per second that this run dealt with.
        left_s: Seconds that the rest will take at that rate; None while that cannot be said.
    """

    rate: float
    left_s: float | None


def pace(progress: Progress, expected: int, elapsed_s: float) -> Pace:
    """How fast a push is that has come so far.

    What an earlier run had settled is counted at once, and says nothing about the pace of the rest.

    Args:
        progress: How far it is.
        expected: How many records there are.
        elapsed_s: Seconds since it began.
    """
    rate = (progress.done - progress.resumed) / elapsed_s if elapsed_s > 0 else 0.0
    return Pace(rate, max(expected - progress.done, 0) / rate if rate > 0 else None)


def duration(seconds: float | None) -> str:
    """Minutes and seconds, with hours where there are any.

    Args:
        seconds: How long; None if that is not known.
    """
    if seconds is None:
        return "-:--"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
