"""Which fault strikes which request."""

from __future__ import annotations

import math
import random
from typing import Final, Literal

from attrs import define, evolve, frozen

from amili_async.sandbox.faults import Drop, Faults, Rule
from amili_async.sandbox.limits import check_integer, check_retry_after, check_status
from amili_async.sandbox.settings import TOKEN_OPERATION

__all__ = ["FaultPlan", "Injected"]

_MOST_ORDERS: Final = 100_000  # each is a place in a list


@frozen(kw_only=True)
class Injected:
    """What strikes one request.

    Attributes:
        status: Answer with this status, not acting.
        retry_after: `Retry-After` of that answer.
        drop: Close the connection before or after acting.
        late_s: Close the connection, and act so much later.
        latency_s: Wait this long first.
        body: Send the answer slowly, or half of it.
        slow_s: How long a slow answer takes.
        token: Refuse the token of the request as expired, or all tokens.
        drift: Put an unknown value of an enum, or an unknown field, into the answer.
    """

    status: int | None = None
    retry_after: float | str | None = None
    drop: Drop | None = None
    late_s: float | None = None
    latency_s: float = 0.0
    body: Literal["slow", "truncated"] | None = None
    slow_s: float = 0.0
    token: Literal["expired", "revoked"] | None = None
    drift: Literal["enum", "field"] | None = None

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
        if self.late_s is not None:
            return "arrive late"
        if self.status is not None:
            return f"status {self.status}"
        for value, what in ((self.body, "body"), (self.token, "token"), (self.drift, "unknown")):
            if value is not None:
                return f"{what} {value}" if what == "unknown" else f"{value} {what}"
        return None


@frozen(kw_only=True)
class _OneShot:
    operation: str | None
    injected: Injected


@define
class _Count:
    seen: int = 0
    struck: int = 0


class FaultPlan:
    """Decides what strikes each request: first what tests have ordered, then chance.

    Args:
        faults: How often what goes wrong.
        seed: The same seed and order of requests give the same faults.
    """

    def __init__(self, faults: Faults, seed: int) -> None:
        self.faults = faults
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose; guards nothing
        self._rule_random = random.Random(seed + 1)  # noqa: S311  # apart, so that rules leave the shares' strikes alone
        self._ordered: list[_OneShot] = []
        self._counts = [_Count() for _ in faults.rules]
        self._slowness = 0.0

    @property
    def ordered(self) -> int:
        """How many faults are ordered for the next requests."""
        return len(self._ordered)

    def replace(self, faults: Faults) -> None:
        """Have other things go wrong from now on; what was ordered for the next requests is dropped."""
        self.faults = faults
        self._ordered.clear()
        self._counts = [_Count() for _ in faults.rules]

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
        if status is not None:
            check_status(status)
        if retry_after is not None:
            check_retry_after("retry_after", retry_after)
            if status is None:
                raise ValueError("retry_after belongs to a status; a dropped connection has no headers")
        if drop not in (None, "before", "after"):
            raise ValueError("drop must be 'before' or 'after'")
        check_integer("times", times, least=1, most=_MOST_ORDERS)
        injected = Injected(status=status, retry_after=retry_after, drop=drop)
        self._ordered += [_OneShot(operation=operation, injected=injected)] * times

    def strike(self, operation: str) -> Injected:
        """Say what strikes this request."""
        for position, ordered in enumerate(self._ordered):
            if ordered.operation in (None, operation):
                del self._ordered[position]
                return evolve(ordered.injected, latency_s=self._latency(operation))
        ruled = self._by_rules(operation)
        if ruled is not None:
            return ruled
        faults = self.faults
        if not self._has_shares(operation):
            return Injected(latency_s=self._slowness)
        # One number per request, whatever the rates, so that changing one of them leaves the others' strikes alone.
        chance = self._random.random()
        for rate, injected in (
            (faults.rate_429, Injected(status=429, retry_after=faults.retry_after_s)),
            (faults.rate_503, Injected(status=503, retry_after=faults.retry_after_s)),
            (faults.drop_before, Injected(drop="before")),
            (faults.drop_after, Injected(drop="after")),
        ):
            if chance < rate:
                return evolve(injected, latency_s=faults.latency_s + self._slowness)
            chance -= rate
        return Injected(latency_s=faults.latency_s + self._slowness)

    def copies(self, event: str) -> int:
        """How often an event is sent to webhooks."""
        return 1 + sum(
            self._applies(rule, count)
            for rule, count in zip(self.faults.rules, self._counts, strict=True)
            if rule.kind == "duplicate-webhook" and rule.operation in (None, event)
        )

    def _has_shares(self, operation: str) -> bool:
        names = self.faults.operations
        return operation != TOKEN_OPERATION if names is None else operation in names

    def _latency(self, operation: str) -> float:
        """How long an ordered fault takes: what strikes besides is slowness alone."""
        slowness = sum(
            rule.seconds * self._applies(rule, count)
            for rule, count in zip(self.faults.rules, self._counts, strict=True)
            if rule.kind == "latency" and _concerns(rule, operation)
        )
        return slowness + (self.faults.latency_s if self._has_shares(operation) else 0.0)

    def _by_rules(self, operation: str) -> Injected | None:
        self._slowness = 0.0
        struck: Rule | None = None
        for rule, count in zip(self.faults.rules, self._counts, strict=True):
            if not _concerns(rule, operation):
                continue
            if rule.kind == "latency":
                self._slowness += rule.seconds * self._applies(rule, count)
            elif struck is None and self._applies(rule, count):
                struck = rule
        latency_s = self.faults.latency_s + self._slowness
        return None if struck is None else evolve(_injected(struck), latency_s=latency_s)

    def _applies(self, rule: Rule, count: _Count) -> bool:
        count.seen += 1
        if count.seen <= rule.after or (rule.times is not None and count.struck >= rule.times):
            return False
        if self._rule_random.random() >= rule.probability:
            return False
        count.struck += 1
        return True


def _concerns(rule: Rule, operation: str) -> bool:
    if rule.kind == "duplicate-webhook":
        return False
    return operation != TOKEN_OPERATION if rule.operation is None else operation == rule.operation


def _injected(rule: Rule) -> Injected:
    match rule.kind:
        case "status":
            return Injected(status=rule.status, retry_after=rule.retry_after_s)
        case "drop-before":
            return Injected(drop="before")
        case "drop-after":
            return Injected(drop="after")
        case "arrive-late":
            return Injected(late_s=rule.seconds)
        case "slow-body":
            return Injected(body="slow", slow_s=rule.seconds)
        case "truncated-body":
            return Injected(body="truncated")
        case "expired-token":
            return Injected(token="expired")  # noqa: S106  # what is wrong with it
        case "revoked-token":
            return Injected(token="revoked")  # noqa: S106  # the same
        case "unknown-enum":
            return Injected(drift="enum")
        case _:
            return Injected(drift="field")
