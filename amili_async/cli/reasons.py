"""Why records were not accepted, counted by reason."""

from __future__ import annotations

import re
from typing import Final

from attrs import define

from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Refusal

__all__ = ["Reason", "Reasons", "was_sent"]

# Numbers and ids differ from record to record; the reason is the same.
_VARYING: Final = re.compile(r"\b[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}\b|\d{4,}")
_PREFIX: Final = "Amili rejected it: "
# An API that words every refusal differently must not fill the memory.
_MOST: Final = 500
_OTHER: Final = "other reasons"


def was_sent(outcome: Outcome) -> bool:
    """Whether a record reached Amili, or may have, in this run or in an earlier one."""
    return outcome.status is not OutcomeStatus.UNSENT and not outcome.refused_here


@define
class Reason:
    """One reason.

    Attributes:
        status: What became of the records.
        sent: Whether they reached Amili, or may have, as opposed to having been refused here.
        text: The reason.
        count: How many records it applies to.
        first: Index of the first of them in the source.
        example: Its invoice number.
        repeated: Whether they are repetitions of other records of the push, which are not to be sent at all.
        changed: Whether they differ from what an earlier run sent under their keys, which cannot be mended by sending.
    """

    status: OutcomeStatus
    sent: bool
    text: str
    first: int
    count: int = 0
    example: str | None = None
    repeated: bool = False
    changed: bool = False


class Reasons:
    """Counts outcomes that are not ACCEPTED by what they say."""

    def __init__(self) -> None:
        self._reasons: dict[tuple[OutcomeStatus, Refusal | None, str], Reason] = {}

    def add(self, outcome: Outcome, invoice_number: str | None) -> None:
        """Count one outcome."""
        if outcome.status is OutcomeStatus.ACCEPTED:
            return
        text = (outcome.problem or "no reason given").removeprefix(_PREFIX)
        pattern = _VARYING.sub("…", text)
        sent = was_sent(outcome)
        key = (outcome.status, outcome.refusal, pattern)
        if key not in self._reasons and len(self._reasons) >= _MOST:
            key, text = (outcome.status, outcome.refusal, _OTHER), _OTHER
        repeated = outcome.refusal is Refusal.REPEATED
        changed = outcome.refusal is Refusal.CHANGED
        new = Reason(outcome.status, sent, text, outcome.index, repeated=repeated, changed=changed)
        reason = self._reasons.setdefault(key, new)
        if reason.text != text:
            reason.text = pattern
        reason.count += 1
        # Outcomes come in any order; the one that stands first in the source is the same in every run.
        if reason.example is None or outcome.index < reason.first:
            reason.first, reason.example = outcome.index, invoice_number

    @property
    def repeated(self) -> int:
        """How many records repeat another one."""
        return sum(reason.count for reason in self._reasons.values() if reason.repeated)

    @property
    def changed(self) -> int:
        """How many records differ from what an earlier run sent under their keys."""
        return sum(reason.count for reason in self._reasons.values() if reason.changed)

    def ranked(self) -> list[Reason]:
        """All reasons: what is open before what was rejected, the most frequent first, then as in the source."""
        rank = {OutcomeStatus.UNKNOWN: 0, OutcomeStatus.UNSENT: 1, OutcomeStatus.REJECTED: 2}
        return sorted(self._reasons.values(), key=lambda r: (rank[r.status], -r.count, r.first))
