"""A chunk under way: how far it is, and what that means if it goes no further."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final
from uuid import UUID

from attrs import define

from amili_async.bulk.chunks import Chunk, Entry
from amili_async.bulk.history import UNKNOWN_LETTER, KnownBatch
from amili_async.bulk.outcomes import Outcome, OutcomeStatus

__all__ = ["ABSENT", "Flight", "Stage", "left_over"]

ABSENT: Final = Entry(index=-1, key="", content=b"")
"""Stands in a chunk of an earlier run for a record that the source does not hold any more, or that is settled."""

_LETTERS: Final = {
    OutcomeStatus.ACCEPTED: ord("A"),
    OutcomeStatus.REJECTED: ord("R"),
    OutcomeStatus.UNSENT: ord("U"),
    OutcomeStatus.UNKNOWN: UNKNOWN_LETTER,
}
_ARRIVED: Final = frozenset(b"AR")


class Stage(Enum):
    """How far a chunk is."""

    CUT = "not sent, or turned away without being acted on"
    SENDING = "its request is under way, or it is not known what became of it"
    OPEN = "accepted as a batch that is not final yet"


@define(eq=False)
class Flight:
    """A chunk under way.

    Attributes:
        chunk: Its records.
        stage: How far it is.
        key: Its idempotency key, from SENDING on.
        batch_id: Its batch, from OPEN on.
        number: Its number in the journal, once it stands there.
        held: The journal says that it was turned away.
        known: A letter per record where earlier runs settled some of them.
        unclear: Why it is not known whether the API acted on it; None if that is known.
        since_s: When it became unclear, on the client's clock.
        began_at: When its key was sent first, by the wall clock.
        tries: How often it was tried to send it; that an earlier run did so counts once.
        left: Its key has left, whatever came of it.
        conflict: The API has answered 409 to it.
        disputed: It has done so to a key that had been sent before, so that the first request may have arrived.
        older: A batch of ours that is at least as old, if it is of an earlier run.
        younger: A batch that was made after it by an earlier run.
    """

    chunk: Chunk
    stage: Stage = Stage.CUT
    key: str | None = None
    batch_id: UUID | None = None
    number: int | None = None
    held: bool = False
    known: bytes | None = None
    unclear: str | None = None
    since_s: float = 0.0
    began_at: float = 0.0
    tries: int = 0
    left: bool = False
    conflict: bool = False
    disputed: bool = False
    older: KnownBatch | None = None
    younger: KnownBatch | None = None

    @property
    def entries(self) -> Sequence[Entry]:
        """The records that this run has to settle."""
        return [entry for entry in self.chunk.entries if entry is not ABSENT] if self.known else self.chunk.entries

    @property
    def whole(self) -> bool:
        """Whether the very request can be sent again."""
        return self.known is None or ABSENT not in self.chunk.entries

    @property
    def arrived(self) -> bool:
        """Whether there was any sign that the request got through: an earlier run has seen what became of a record."""
        return self.disputed or (self.known is not None and not _ARRIVED.isdisjoint(self.known))

    def letters(self, outcomes: Sequence[Outcome], *, rejected: bytes = b"R") -> bytes:
        """What became of all its records, for the journal.

        Args:
            outcomes: Of the records that this run settles.
            rejected: The letter of those that are rejected.
        """
        letters = {**_LETTERS, OutcomeStatus.REJECTED: rejected[0]}
        told = iter(outcomes)
        known = self.known or b"?" * len(self.chunk)
        return bytes(
            letter if entry is ABSENT else letters[next(told).status]
            for entry, letter in zip(self.chunk.entries, known, strict=True)
        )


def left_over(flight: Flight, reason: str) -> tuple[OutcomeStatus, str]:
    """The outcome of all records of a chunk that goes no further.

    Args:
        flight: The chunk.
        reason: Why the run ended.
    """
    match flight.stage:
        case Stage.CUT:
            return OutcomeStatus.UNSENT, f"The run ended before it was sent: {reason}"
        case Stage.SENDING:
            return OutcomeStatus.UNKNOWN, (
                f"The run ended while its request was under way ({reason}); look it up before sending it again "
                f"(idempotency key {flight.key})"
            )
        case Stage.OPEN:
            return OutcomeStatus.UNKNOWN, (
                f"Batch {flight.batch_id} was accepted, but the run ended before its result ({reason}); "
                "wait_for_batch will tell"
            )
