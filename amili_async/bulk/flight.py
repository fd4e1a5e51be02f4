"""A chunk under way: how far it is, and what that means if it goes no further."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from attrs import define

from amili_async.bulk.chunks import Chunk
from amili_async.bulk.outcomes import OutcomeStatus

__all__ = ["Flight", "Stage", "left_over"]


class Stage(Enum):
    """How far a chunk is."""

    CUT = "not sent yet"
    SENDING = "its request is under way"
    OPEN = "accepted as a batch that is not final yet"


@define(eq=False)
class Flight:
    """A chunk under way.

    Attributes:
        chunk: Its records.
        stage: How far it is.
        key: Its idempotency key, from SENDING on.
        batch_id: Its batch, from OPEN on.
    """

    chunk: Chunk
    stage: Stage = Stage.CUT
    key: str | None = None
    batch_id: UUID | None = None


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
