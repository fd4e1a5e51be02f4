"""Records that were refused here, before anything was sent."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from attrs import define, field

from amili_async.bulk.outcomes import Outcome, Refusal
from amili_async.bulk.report import NO_CURRENCY

__all__ = ["Refusals"]


@define
class Refusals:
    """Counts them. The engine's report has their number, but their sums only together with what Amili rejected.

    Attributes:
        count: How many.
        sums: Their amounts, by currency.
    """

    count: int = 0
    sums: dict[str, Decimal] = field(factory=lambda: defaultdict(Decimal))

    def add(self, outcome: Outcome, amount: Decimal | None, currency: str | None) -> None:
        """Count a record of this amount, if that is what became of it."""
        if not outcome.refused_here:
            return
        self.count += 1
        # Without a key it could not even be encoded, and stands in no sum of the report; what a source refuses may have
        # none all the same.
        encoded = outcome.key is not None or outcome.refusal is Refusal.BY_SOURCE
        if encoded and amount is not None:
            self.sums[currency or NO_CURRENCY] += amount
