"""A list that is held back until it is clear that it is the journal's.

Records that have no key of their own are told apart by what they say and how often that was said, so that a journal of
them belongs to one list: in another one, an equal record is another record. So when such a list is taken up, nothing of
it is sent or settled before every record that Amili has by the journal, or may have, has come again. If they do not
come, it is another list, and the run ends with an error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import aclosing

from msgspec.structs import replace

from amili_async.bulk.admission import Recalled, Rejected
from amili_async.bulk.another_list import another_list
from amili_async.bulk.chunks import Entry
from amili_async.bulk.desk import Desk, Stop
from amili_async.bulk.history import History
from amili_async.bulk.holding import Admitted, Holding
from amili_async.bulk.missing import Missing
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.register import Known
from amili_async.bulk.source import read

__all__ = ["OneList", "why_unsent"]

log = logging.getLogger("amili_async")


class OneList:
    """Holds the records of a list back, and judges whether it is the journal's.

    Args:
        name: What the records are, for messages.
        history: What earlier runs came to.
        desk: Is told why, if the run cannot go on.

    Attributes:
        is_known: It is the journal's.
    """

    def __init__(self, name: str, *, history: History, desk: Desk) -> None:
        self._name = name
        self._register = history.register
        self._listed = history.listed
        self._desk = desk
        self._held = Holding()
        self._refused = 0
        self._claimed: dict[int, Recalled] = {}
        self.is_known = False

    def hold(self, admitted: Admitted) -> bool:
        """Keep a record. If that fails, the run ends, and the record is still to be settled."""
        self._refused += isinstance(admitted, Rejected)
        try:
            self._held.put(admitted)
        except Exception as error:  # noqa: BLE001  # the record that was taken must not be lost, whatever its parts are
            why = error.strerror if isinstance(error, OSError) else type(error).__name__
            self._desk.broke_off(f"records could not be held back ({why})", error)
            return False
        self.is_known = not self._register.missing
        return True

    async def judge(self) -> None:
        """The source has ended: see whether it was the journal's list, or stop the run."""
        # A list that is shorter than it was is rather what was left of it: there, one may be what its equal is not.
        is_shorter = self._listed is not None and self._desk.tally.taken < self._listed
        missing = self._register.missing if is_shorter else 0
        await self._claim_missing()
        missing = max(missing, self._register.missing)
        if missing:
            error = another_list(
                self._name,
                missing=missing,
                unseen=self._register.unseen,
                taken=self._desk.tally.taken,
                refused=self._refused,
                listed=self._listed,
            )
            if error is not None:
                self._desk.stop(Stop("this is another list than the journal's", error))
                return
        self.is_known = True
        if self._register.missing:
            log.warning(
                "%d of the journal's %s did not come, and %d were refused; it was taken for the journal's list. If it "
                "is another one, push it with a journal of its own",
                self._register.missing,
                self._name,
                self._refused,
            )

    async def _claim_missing(self) -> None:
        """Let records that would be sent stand for missing ones that say the same.

        Equal records differ only by how often they have come. If one of them was rejected or not sent, and is mended or
        refused now, those after it come under the keys of those before: the one that Amili has seems to be missing, and
        its equal would be sent in its place, a second time.
        """
        missing = Missing(self._register.not_met())
        async with aclosing(read(self._held.look())) as records:
            async for admitted in records:
                entry = _to_be_sent(admitted)
                record = missing.claim(entry.record) if entry is not None else None
                if entry is not None and record is not None:
                    self._claimed[entry.index] = Recalled(replace(entry, record=record), self._register.meet(record))

    def take_all(self) -> Iterator[Admitted]:
        """What is held back, one by one. Each is given once; who stops early may go on later."""
        for admitted in self._held.take_all():
            index = admitted.entry.index if isinstance(admitted, Recalled) else admitted.index
            yield self._claimed.pop(index, admitted)

    def rest(self) -> Iterator[Admitted]:
        """What is left when the run ends."""
        try:
            yield from self.take_all()
        except OSError as error:
            self._desk.broke_off(f"records that were held back could not be read again ({error.strerror})", error)
        finally:
            self.close()

    def close(self) -> None:
        """Forget everything."""
        self._held.close()


def why_unsent(admitted: Entry | Recalled, reason: str) -> Outcome:
    """What a record came to, if it was not clear by the end of the run that its list is the journal's.

    Args:
        admitted: The record.
        reason: Why the run ended.
    """
    why = f"The run ended before it was sent: {reason}"
    if isinstance(admitted, Entry) or admitted.known is Known.REJECTED:
        entry = admitted if isinstance(admitted, Entry) else admitted.entry
        return Outcome(index=entry.index, key=entry.key, status=OutcomeStatus.UNSENT, problem=why)
    why = f"{why}. The journal has one that says the same; look up whether Amili has this one"
    entry = admitted.entry
    return Outcome(index=entry.index, key=entry.key, status=OutcomeStatus.UNKNOWN, problem=why)


def _to_be_sent(admitted: Admitted) -> Entry | None:
    """A record of which the journal does not say that Amili has it, or may have it."""
    match admitted:
        case Entry():
            return admitted
        case Recalled(entry=entry, known=Known.REJECTED):
            return entry
    return None
