"""What can become of a record, and how it is told."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from attrs import frozen

__all__ = ["Outcome", "OutcomeStatus", "Progress", "Refusal"]


class OutcomeStatus(StrEnum):
    """The four things that can become of a record. Each record ends as exactly one of them."""

    ACCEPTED = "ACCEPTED"
    """Amili has it."""

    REJECTED = "REJECTED"
    """Refused, by Amili or here before it was sent. Nothing was acted on; mend it and send it again."""

    UNSENT = "UNSENT"
    """It never left, or Amili said that it did not act on it. Safe to send again as it is."""

    UNKNOWN = "UNKNOWN"
    """It may have been acted on. Look it up before sending it again, or somebody is dunned twice."""


class Refusal(StrEnum):
    """Why a record was refused here, and not sent."""

    INVALID = "INVALID"
    """It cannot be sent as it is: of the wrong type, without a key, too large, not to be encoded, or of a key that
    another record of the run has."""

    BY_SOURCE = "BY_SOURCE"
    """The source gave it as `Refused`."""

    REPEATED = "REPEATED"
    """The very same record came before in this run. That one counts; this one is not to be sent at all."""

    CHANGED = "CHANGED"
    """An earlier run sent its key with another body, or the same record before it had its id. Amili has that, or may
    have it; sending does not mend it."""


@frozen(kw_only=True)
class Outcome:
    """What became of one record.

    Attributes:
        index: Position of the record in the source, from 0.
        key: The record's key, or None where it was refused before it had one.
        status: One of the four outcomes.
        batch_id: The batch it was sent in, if Amili named one.
        invoice_id: Amili's id of the invoice, where the answer holds it.
        case_id: Amili's id of the case, where the answer holds it.
        problem: Why it is not ACCEPTED, and what to do; None if it is.
        resumed: Known from the journal: an earlier run got this outcome, and nothing was sent now. Amili's ids are not
            kept there.
        refusal: Why it was refused here, without being sent; None if it was not. Only REJECTED records have it, and not
            those that Amili refused.
    """

    index: int
    key: str | None
    status: OutcomeStatus
    batch_id: UUID | None = None
    invoice_id: UUID | None = None
    case_id: str | None = None
    problem: str | None = None
    resumed: bool = False
    refusal: Refusal | None = None

    @property
    def refused_here(self) -> bool:
        """Whether it was refused here and never sent, as opposed to refused by Amili."""
        return self.refusal is not None


@frozen(kw_only=True)
class Progress:
    """How far a run is, given to the `progress` callable.

    Attributes:
        done: Records that have their outcome.
        accepted: Of these, ACCEPTED ones.
        rejected: Of these, REJECTED ones.
        unsent: Of these, UNSENT ones.
        unknown: Of these, UNKNOWN ones.
        in_flight: Records taken from the source that have no outcome yet.
        resumed: Of the accepted and rejected, those that an earlier run had settled.
    """

    done: int
    accepted: int
    rejected: int
    unsent: int
    unknown: int
    in_flight: int
    resumed: int = 0
