"""Counts and sums of a portion, as they stand in the database; a run's report is their sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import define, field
from psycopg.types.json import Jsonb

from amili_async.bulk.chunks import Entry
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import EXACT, NO_CURRENCY, BulkReport
from amili_async.workers.names import storable

__all__ = ["Counts", "merged"]

_ADDED: Final = ("batches", "batches_resumed", "retries", "throttled", "resolved")


@define
class Counts:
    """Counts of some records.

    Attributes:
        by_status: Records by outcome.
        totals: Sums by currency and outcome.
        rejected_locally: Of the rejected, those that were not sent.
        resumed: Of the accepted and rejected, those that another run has sent.
        work: What the API was asked: batches, retries and so on.
    """

    by_status: dict[OutcomeStatus, int] = field(factory=lambda: dict.fromkeys(OutcomeStatus, 0))
    totals: dict[str, dict[OutcomeStatus, Decimal]] = field(factory=dict)
    rejected_locally: int = 0
    resumed: int = 0
    work: dict[str, int] = field(factory=lambda: dict.fromkeys(_ADDED, 0))

    def add(self, outcome: Outcome, entry: Entry | None) -> None:
        """Count one record."""
        self.count(outcome, None if entry is None else entry.amount, None if entry is None else entry.currency)

    def count(self, outcome: Outcome, amount: Decimal | None, currency: str | None) -> None:
        """Count one record, of which the sum is known."""
        self.by_status[outcome.status] += 1
        self.rejected_locally += outcome.refusal is not None
        self.resumed += outcome.resumed
        if amount is not None:
            self._add_sum(currency or NO_CURRENCY, outcome.status, amount)

    def add_work(self, report: BulkReport) -> None:
        """Add what one attempt has asked of the API."""
        for name in _ADDED:
            self.work[name] += getattr(report, name)

    def merge(self, other: Counts) -> None:
        """Add all of another one."""
        for status, count in other.by_status.items():
            self.by_status[status] += count
        for currency, sums in other.totals.items():
            for status, amount in sums.items():
                self._add_sum(currency, status, amount)
        self.rejected_locally += other.rejected_locally
        self.resumed += other.resumed
        for name, count in other.work.items():
            self.work[name] += count

    def to_jsonb(self) -> Jsonb:
        """As it stands in the database; sums are text."""
        totals = {
            currency: {status.value: format(amount, "f") for status, amount in sums.items() if amount}
            for currency, sums in self.totals.items()
        }
        return Jsonb(
            {
                "by_status": {status.value: count for status, count in self.by_status.items()},
                "totals": totals,
                "rejected_locally": self.rejected_locally,
                "resumed": self.resumed,
                "work": self.work,
            }
        )

    @classmethod
    def from_jsonb(cls, data: Mapping[str, Any]) -> Counts:
        """From the database."""
        counts = cls(rejected_locally=data["rejected_locally"], resumed=data["resumed"])
        counts.by_status.update({OutcomeStatus(name): count for name, count in data["by_status"].items()})
        counts.work.update(data["work"])
        for currency, sums in data["totals"].items():
            counts._sums(currency).update({OutcomeStatus(name): Decimal(text) for name, text in sums.items()})
        return counts

    def report(self, kind: str, elapsed_s: float, problems: Sequence[Outcome], stopped: str | None) -> BulkReport:
        """As a report."""
        return BulkReport(
            kind=kind,
            accepted=self.by_status[OutcomeStatus.ACCEPTED],
            rejected=self.by_status[OutcomeStatus.REJECTED],
            unsent=self.by_status[OutcomeStatus.UNSENT],
            unknown=self.by_status[OutcomeStatus.UNKNOWN],
            rejected_locally=self.rejected_locally,
            totals={currency: dict(sums) for currency, sums in self.totals.items()},
            resumed=self.resumed,
            elapsed_s=elapsed_s,
            problems=tuple(problems),
            stopped=stopped,
            **self.work,
        )

    def _add_sum(self, currency: str, status: OutcomeStatus, amount: Decimal) -> None:
        sums = self._sums(currency)
        sums[status] = EXACT.add(sums[status], amount)

    def _sums(self, currency: str) -> dict[OutcomeStatus, Decimal]:
        return self.totals.setdefault(storable(currency), dict.fromkeys(OutcomeStatus, Decimal(0)))


def merged(all_counts: Iterable[Counts]) -> Counts:
    """The sum of several."""
    total = Counts()
    for counts in all_counts:
        total.merge(counts)
    return total
