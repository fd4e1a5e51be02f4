"""What came of a run: counts, sums, and the first problems."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from functools import reduce
from typing import Final

from attrs import asdict, field, frozen

from amili_async.bulk.chunks import Entry
from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Progress

__all__ = ["EXACT", "NO_CURRENCY", "BulkReport", "Tally"]

NO_CURRENCY: Final = "(none)"
_MOST_PROBLEMS: Final = 100
# Not the context of the caller, which may round to a few digits.
EXACT: Final = Context(prec=1000, traps=[])
_SHOWN_PROBLEMS: Final = 10


@frozen(kw_only=True)
class BulkReport:
    """What came of a run.

    Every record that was taken from the source is counted once: `taken == accepted + rejected + unsent + unknown`.

    Attributes:
        kind: `invoices`, `payments` or `corrections`.
        accepted: Records that Amili has.
        rejected: Records refused, by Amili or here.
        rejected_locally: Of the rejected, those refused here before anything was sent: of the wrong type, without a
            key, too large, repeated, not to be encoded, or `Refused` by the source. Their outcomes say `refused_here`.
        unsent: Records that never left, or that Amili said it did not act on.
        unknown: Records that may have been acted on.
        totals: Sums by currency and outcome, of records that name an amount; `(none)` where they name no currency.
        resumed: Of the accepted and rejected, those known from the journal: an earlier run sent them, this one did not.
        resolved: Records whose request or answer was lost, and of which a look-up told what became.
        batches: Batches that Amili opened for this run.
        batches_resumed: Batches that Amili had opened for earlier runs, and that this one followed up.
        retries: Repeated sends of writes, those after a look-up included. Repeated polls and look-ups are not counted.
        throttled: Answers with which the API asked for less: 429, and 503 with Retry-After.
        elapsed_s: Seconds from the start to the end of the run.
        stopped: Why the run ended before its source did; None if it did not. Records from number `taken` on, counted
            from 0, were then not taken from the source, and stand in no file.
        problems: The first 100 outcomes that are not ACCEPTED.
    """

    kind: str
    accepted: int = 0
    rejected: int = 0
    rejected_locally: int = 0
    unsent: int = 0
    unknown: int = 0
    totals: Mapping[str, Mapping[OutcomeStatus, Decimal]] = field(factory=dict)
    resumed: int = 0
    resolved: int = 0
    batches: int = 0
    batches_resumed: int = 0
    retries: int = 0
    throttled: int = 0
    elapsed_s: float = 0.0
    stopped: str | None = None
    problems: tuple[Outcome, ...] = ()

    @property
    def total_sent(self) -> int:
        """Records that are settled with Amili or may be: accepted, rejected and unknown."""
        return self.accepted + self.rejected + self.unknown

    @property
    def taken(self) -> int:
        """Records that were taken from the source."""
        return self.total_sent + self.unsent

    @property
    def rate(self) -> float:
        """Records per second that this run dealt with, those known from the journal left out."""
        return (self.taken - self.resumed) / self.elapsed_s if self.elapsed_s > 0 else 0.0

    def to_json(self) -> str:
        """The report as JSON. Sums are strings, so that no reader turns them into floats."""
        data = {"total_sent": self.total_sent, "taken": self.taken, "rate": round(self.rate, 1), **asdict(self)}
        return json.dumps(data, default=str, ensure_ascii=False)

    def __str__(self) -> str:
        here = f" ({self.rejected_locally:,} of them here)" if self.rejected_locally else ""
        counts = f"{self.accepted:,} accepted, {self.rejected:,} rejected{here}"
        lines = [
            f"{self.taken:,} {self.kind} in {self.elapsed_s:.1f} s",
            f"  {counts}, {self.unsent:,} unsent, {self.unknown:,} unknown",
            f"  {self.batches:,} batches, {self.retries:,} retries, asked {self.throttled:,} times to slow down",
        ]
        if self.resumed:
            lines.append(f"  {self.resumed:,} of them were settled by an earlier run, and not sent again")
        if self.resolved:
            lines.append(f"  {self.resolved:,} of them were unclear, and looked up")
        for currency, sums in sorted(self.totals.items()):
            told = ", ".join(f"{status.lower()} {amount:f}" for status, amount in sums.items() if amount)
            lines.append(f"  {currency}: {told or 0}")
        if self.stopped is not None:
            lines.append(f"  Stopped early: {self.stopped}. Records from number {self.taken:,} on were not taken.")
        shown = self.problems[:_SHOWN_PROBLEMS]
        lines += [f"  record {p.index} ({p.key}) {p.status}: {p.problem}" for p in shown]
        more = self.rejected + self.unsent + self.unknown - len(shown)
        if more > 0:
            lines.append(f"  ... and {more:,} more")
        return "\n".join(lines)


class Tally:
    """Counts as outcomes come."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._counts = dict.fromkeys(OutcomeStatus, 0)
        self._totals: dict[str, dict[OutcomeStatus, Decimal]] = {}
        self._problems: list[Outcome] = []
        self.taken = 0
        self.rejected_locally = 0
        self.resumed = 0
        self.resolved = 0
        self.batches = 0
        self.batches_resumed = 0
        self.retries = 0
        self.throttled = 0
        self.stopped: str | None = None

    def add(self, outcome: Outcome, entry: Entry | None) -> None:
        """Count one record's outcome. `entry` is None where the record could not even be read."""
        self._counts[outcome.status] += 1
        self.resumed += outcome.resumed
        if outcome.status is not OutcomeStatus.ACCEPTED and len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(outcome)
        if entry is not None and entry.amount is not None:
            sums = self._sums(entry.currency)
            sums[outcome.status] = EXACT.add(sums[outcome.status], entry.amount)

    def add_accepted(self, entries: Sequence[Entry]) -> None:
        """Count records of a chunk that were accepted in this run, as nearly all are."""
        amounts: defaultdict[str | None, list[Decimal]] = defaultdict(list)
        for entry in entries:
            if entry.amount is not None:
                amounts[entry.currency].append(entry.amount)
        self._counts[OutcomeStatus.ACCEPTED] += len(entries)
        for currency, given in amounts.items():
            sums = self._sums(currency)
            # Not by `+`, for which a Decimal of the caller's own may have rules.
            sums[OutcomeStatus.ACCEPTED] = reduce(EXACT.add, given, sums[OutcomeStatus.ACCEPTED])

    def _sums(self, currency: str | None) -> dict[OutcomeStatus, Decimal]:
        named = currency or NO_CURRENCY
        if named not in self._totals:
            self._totals[named] = dict.fromkeys(OutcomeStatus, Decimal(0))
        return self._totals[named]

    def progress(self) -> Progress:
        """How far it is."""
        done = sum(self._counts.values())
        return Progress(
            done=done,
            accepted=self._counts[OutcomeStatus.ACCEPTED],
            rejected=self._counts[OutcomeStatus.REJECTED],
            unsent=self._counts[OutcomeStatus.UNSENT],
            unknown=self._counts[OutcomeStatus.UNKNOWN],
            in_flight=self.taken - done,
            resumed=self.resumed,
        )

    def report(self, elapsed_s: float) -> BulkReport:
        """What it came to so far."""
        return BulkReport(
            kind=self._kind,
            accepted=self._counts[OutcomeStatus.ACCEPTED],
            rejected=self._counts[OutcomeStatus.REJECTED],
            rejected_locally=self.rejected_locally,
            unsent=self._counts[OutcomeStatus.UNSENT],
            unknown=self._counts[OutcomeStatus.UNKNOWN],
            totals={currency: dict(sums) for currency, sums in self._totals.items()},
            resumed=self.resumed,
            resolved=self.resolved,
            batches=self.batches,
            batches_resumed=self.batches_resumed,
            retries=self.retries,
            throttled=self.throttled,
            elapsed_s=elapsed_s,
            stopped=self.stopped,
            problems=tuple(self._problems),
        )
