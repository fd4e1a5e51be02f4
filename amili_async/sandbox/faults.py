"""Faults: what the sandbox does instead of, or besides, answering properly."""

from __future__ import annotations

import math
import random
from collections.abc import Collection
from typing import Literal

from attrs import field, frozen, validators

from amili_async.sandbox.settings import TOKEN_OPERATION

__all__ = ["FaultPlan", "Faults", "Injected"]

Drop = Literal["before", "after"]

_probability = validators.and_(validators.ge(0.0), validators.le(1.0))


def _names(names: Collection[str] | str | None) -> frozenset[str] | None:
    if names is None:
        return None
    return frozenset([names] if isinstance(names, str) else names)


@frozen(kw_only=True)
class Faults:
    """How often what goes wrong; all by chance, repeatable by the sandbox's seed.

    Attributes:
        rate_429: Share of requests refused with 429, not acted on.
        rate_503: Share of requests refused with 503, not acted on.
        retry_after_s: Seconds in the `Retry-After` header of those two; None for no header.
        drop_before: Share of requests whose connection is closed before acting on them.
        drop_after: Share of requests that are acted on and whose connection is closed instead of an answer.
        latency_s: Seconds that every answer takes, on the sandbox's clock.
        operations: The operations that are struck, or one of them; None for all but the token service.
    """

    rate_429: float = field(default=0.0, validator=_probability)
    rate_503: float = field(default=0.0, validator=_probability)
    retry_after_s: float | None = 1.0
    drop_before: float = field(default=0.0, validator=_probability)
    drop_after: float = field(default=0.0, validator=_probability)
    latency_s: float = field(default=0.0, validator=validators.ge(0.0))
    operations: frozenset[str] | None = field(default=None, converter=_names)

    def __attrs_post_init__(self) -> None:
        if self.rate_429 + self.rate_503 + self.drop_before + self.drop_after > 1:
            raise ValueError("rate_429, rate_503, drop_before and drop_after add up to more than 1")


@frozen(kw_only=True)
class Injected:
    """What strikes one request.

    Attributes:
        status: Answer with this status, not acting.
        retry_after: `Retry-After` of that answer.
        drop: Close the connection before or after acting.
        latency_s: Wait this long first.
    """

    status: int | None = None
    retry_after: float | str | None = None
    drop: Drop | None = None
    latency_s: float = 0.0

    @property
    def headers(self) -> dict[str, str]:
        """Headers of the answer."""
        if self.retry_after is None:
            return {}
        text = self.retry_after if isinstance(self.retry_after, str) else str(math.ceil(self.retry_after))
        return {"Retry-After": text}

    @property
    def name(self) -> str | None:
        """What the journal calls it."""
        if self.drop is not None:
            return f"drop {self.drop}"
        return f"status {self.status}" if self.status is not None else None


@frozen(kw_only=True)
class _OneShot:
    operation: str | None
    injected: Injected


class FaultPlan:
    """Decides what strikes each request: first what tests have ordered, then chance.

    Args:
        faults: How often what goes wrong.
        seed: The same seed and order of requests give the same faults.
    """

    def __init__(self, faults: Faults, seed: int) -> None:
        self.faults = faults
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose; guards nothing
        self._ordered: list[_OneShot] = []

    def fail_next(
        self,
        *,
        status: int | None = None,
        retry_after: float | str | None = None,
        operation: str | None = None,
        drop: Drop | None = None,
        times: int = 1,
    ) -> None:
        """Order a fault for the next requests.

        Args:
            status: Answer with this status, not acting.
            retry_after: `Retry-After` of that answer: seconds, or a text that is sent as it is (an HTTP date).
            operation: Only requests for this operation; None for whichever comes next.
            drop: Close the connection `"before"` or `"after"` acting on the request.
            times: How many requests are struck.

        Raises:
            ValueError: Neither or both of `status` and `drop` are given, or they make no sense.
        """
        if (status is None) == (drop is None):
            raise ValueError("give either status= or drop=")
        if status is not None and not 400 <= status <= 599:
            raise ValueError("status must be an error status, 400 to 599")
        if drop not in (None, "before", "after"):
            raise ValueError("drop must be 'before' or 'after'")
        if times < 1:
            raise ValueError("times must be at least 1")
        injected = Injected(status=status, retry_after=retry_after, drop=drop, latency_s=self.faults.latency_s)
        self._ordered += [_OneShot(operation=operation, injected=injected)] * times

    def strike(self, operation: str) -> Injected:
        """Say what strikes this request."""
        for position, ordered in enumerate(self._ordered):
            if ordered.operation in (None, operation):
                del self._ordered[position]
                return ordered.injected
        faults = self.faults
        struck = operation != TOKEN_OPERATION if faults.operations is None else operation in faults.operations
        if not struck:
            return Injected()
        # One number per request, whatever the rates, so that changing one of them leaves the others' strikes alone.
        chance = self._random.random()
        for rate, injected in (
            (faults.rate_429, Injected(status=429, retry_after=faults.retry_after_s, latency_s=faults.latency_s)),
            (faults.rate_503, Injected(status=503, retry_after=faults.retry_after_s, latency_s=faults.latency_s)),
            (faults.drop_before, Injected(drop="before", latency_s=faults.latency_s)),
            (faults.drop_after, Injected(drop="after", latency_s=faults.latency_s)),
        ):
            if chance < rate:
                return injected
            chance -= rate
        return Injected(latency_s=faults.latency_s)
