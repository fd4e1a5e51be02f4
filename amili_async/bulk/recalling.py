"""Records that an earlier run has dealt with: told as they ended, or put back into the chunk that is still open."""

from __future__ import annotations

from typing import Final

from amili_async.bulk.admission import Recalled
from amili_async.bulk.chunks import Chunk, Entry
from amili_async.bulk.desk import Desk
from amili_async.bulk.flight import ABSENT, Flight, Stage
from amili_async.bulk.history import UNKNOWN_LETTER, History
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.register import Known

__all__ = ["Recalling"]

_STATUSES: Final = {Known.ACCEPTED: OutcomeStatus.ACCEPTED, Known.REJECTED: OutcomeStatus.REJECTED}
_REJECTED_BEFORE: Final = "An earlier run got it rejected, with this body; mend it and send it again"


class Recalling:
    """Takes them one by one.

    Args:
        history: What earlier runs came to.
        desk: Keeps the chunks.
        recorder: Takes outcomes that are known at once.
        now_s: The beginning of the run, on the client's clock.
        at_a_time: How many outcomes are recorded together.
    """

    def __init__(self, *, history: History, desk: Desk, recorder: Recorder, now_s: float, at_a_time: int) -> None:
        self._history = history
        self._desk = desk
        self._recorder = recorder
        self._now_s = now_s
        self._at_a_time = at_a_time
        self._rejoining: dict[int, Flight] = {}
        self._recalled: list[tuple[Entry, Outcome]] = []

    def rest(self) -> list[Flight]:
        """Chunks that are not complete, because the source does not hold all their records any more."""
        return list(self._rejoining.values())

    def take(self, recalled: Recalled) -> Flight | None:
        """Take one; gives the chunk that is complete with it."""
        entry = recalled.entry
        if recalled.known is Known.PENDING:
            return self._rejoin(entry)
        status = _STATUSES[recalled.known]
        problem = _REJECTED_BEFORE if status is OutcomeStatus.REJECTED else None
        outcome = Outcome(index=entry.index, key=entry.key, status=status, problem=problem, resumed=True)
        self._recalled.append((entry, outcome))
        if len(self._recalled) >= self._at_a_time:
            self.tell()
        return None

    def tell(self) -> None:
        """Record the outcomes that are known."""
        recalled, self._recalled = self._recalled, []
        if recalled:
            self._recorder.settle([entry for entry, _ in recalled], [outcome for _, outcome in recalled])
            self._desk.check_files()

    def _rejoin(self, entry: Entry) -> Flight | None:
        """Put a record back into the chunk that an earlier run sent it in; give the chunk when it is complete."""
        chunk, at = self._history.place(entry.record)
        flight = self._rejoining.get(chunk.number)
        if flight is None:
            flight = self._rejoining[chunk.number] = self._desk.add(
                Flight(
                    Chunk(entries=[ABSENT] * len(chunk.outcomes)),
                    stage=Stage.OPEN if chunk.batch_id is not None else Stage.SENDING,
                    key=chunk.key,
                    batch_id=chunk.batch_id,
                    number=chunk.number,
                    known=chunk.outcomes,
                    unclear="An earlier run ended before it was known whether the API acted on it; "
                    "look it up before sending it again",
                    since_s=self._now_s,
                    began_at=chunk.began_at,
                    tries=1,
                    left=True,
                    disputed=chunk.disputed,
                    older=chunk.older,
                    younger=chunk.younger,
                )
            )
        flight.chunk.put(at, entry)
        if any(
            there is ABSENT and letter == UNKNOWN_LETTER
            for there, letter in zip(flight.chunk.entries, chunk.outcomes, strict=True)
        ):
            return None
        del self._rejoining[chunk.number]
        return flight
