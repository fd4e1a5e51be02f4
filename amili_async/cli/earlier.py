"""Records that an earlier run with the same journal has settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from attrs import define, field

from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import NO_CURRENCY

__all__ = ["Earlier"]


@define
class Earlier:
    """Counts them. The engine's report has their number only, and not which of them were accepted.

    Attributes:
        counts: How many, by outcome.
        sums: Their amounts, by outcome and currency.
    """

    counts: Counter[OutcomeStatus] = field(factory=Counter)
    sums: dict[OutcomeStatus, dict[str, Decimal]] = field(
        factory=lambda: {status: defaultdict(Decimal) for status in OutcomeStatus}
    )

    def add(self, outcome: Outcome, amount: Decimal | None, currency: str | None) -> None:
        """Count a record of this amount, if it was settled earlier."""
        if not outcome.resumed:
            return
        self.counts[outcome.status] += 1
        if amount is not None:
            self.sums[outcome.status][currency or NO_CURRENCY] += amount
