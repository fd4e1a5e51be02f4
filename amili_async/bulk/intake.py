"""Taking records from the source: to be sent, to be taken up again, known already, or refused.

Records that have no key of their own are told apart by what they say and how often that was said, so that a journal of
them belongs to one list: in another one, an equal record is another record. So when such a list is taken up, nothing of
it is sent or settled before every record that Amili has by the journal, or may have, has come again. If they do not
come, it is another list, and the run ends with an error.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import Any

from attrs import evolve

from amili_async.bulk.admission import Admission, Recalled, Rejected
from amili_async.bulk.chunks import Chunk, Chunker, Entry
from amili_async.bulk.desk import Desk, Stop
from amili_async.bulk.flight import Flight
from amili_async.bulk.history import History
from amili_async.bulk.holding import Admitted, Holding
from amili_async.bulk.journal import Ended
from amili_async.bulk.kinds import Kind
from amili_async.bulk.missing import Missing
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Refusal
from amili_async.bulk.recalling import Recalling
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.register import Known
from amili_async.bulk.settings import Settings
from amili_async.bulk.source import read
from amili_async.bulk.tasks import was_cancelled
from amili_async.errors import BulkError, JournalError

__all__ = ["Intake"]

log = logging.getLogger("amili_async")


class Intake:
    """Reads the source of one run.

    Args:
        source: The records.
        kind: What they are.
        settings: Of the run.
        admission: Decides on each record.
        chunker: Cuts requests.
        history: What earlier runs came to.
        desk: Keeps the chunks.
        recorder: Takes outcomes that are known at once.
        outbox: Says whether the reader of the stream has caught up; None without a reader.
        now_s: The beginning of the run, on the client's clock.
    """

    def __init__(
        self,
        source: Iterable[Any] | AsyncIterable[Any],
        *,
        kind: Kind,
        settings: Settings,
        admission: Admission,
        chunker: Chunker,
        history: History,
        desk: Desk,
        recorder: Recorder,
        outbox: Outbox | None,
        now_s: float,
    ) -> None:
        self._source = source
        self._kind = kind
        self._settings = settings
        self._admission = admission
        self._chunker = chunker
        self._history = history
        self._desk = desk
        self._recorder = recorder
        self._outbox = outbox
        self._recalling = Recalling(
            history=history, desk=desk, recorder=recorder, now_s=now_s, at_a_time=settings.chunk_size
        )
        self._is_one_list = kind.own_key is None and settings.key is None
        self._held: Holding | None = None
        self._refused = 0
        self._is_that_list = False
        self._claimed: dict[int, Recalled] = {}

    async def run(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """Take all records, and pass chunks on as they are complete."""
        last: Flight | None = None
        if self._is_one_list and self._history.register.missing:
            self._held = Holding()
        try:
            async with aclosing(read(self._source)) as records:
                if await self._take_all(records, pass_on):
                    await self._end_list(pass_on)
        except Exception as error:  # noqa: BLE001  # it is the caller's source: it can fail in any way
            self._desk.broke_off(f"reading the source failed with {type(error).__name__}", error)
        except asyncio.CancelledError as error:
            # What the source awaits may be cancelled without us: taken for the end of the source, the rest would be
            # lost without a word.
            self._desk.broke_off("reading the source failed with CancelledError", error)
            if was_cancelled():
                raise
        finally:
            self._let_go()
            self._recalling.tell()
            rest = self._chunker.flush()
            last = self._desk.add(Flight(rest)) if rest is not None else None
        if last is not None:
            await pass_on(last)
        # The source does not hold all their records any more; what it does hold is followed up.
        for flight in self._recalling.rest():
            await pass_on(flight)

    async def _take_all(self, records: AsyncGenerator[Any, None], pass_on: Callable[[Flight], Awaitable[None]]) -> bool:
        """Whether the source was read to its end."""
        desk = self._desk
        while desk.stopped is None:
            if self._outbox is not None:
                await self._outbox.room()
            try:
                record = await anext(records)
            except StopAsyncIteration:
                return True
            admitted = self._admission.admit(desk.tally.taken, record)
            desk.tally.taken += 1
            if self._held is None or (isinstance(admitted, Rejected) and self._settings.on_invalid == "raise"):
                await self._go(admitted, pass_on)
                continue
            self._hold(admitted)
            if not self._history.register.missing:
                await self._release(pass_on)
        return False

    async def _go(self, admitted: Admitted, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        ready: Flight | None = None
        match admitted:
            case Rejected():
                self._refuse(admitted)
            case Recalled():
                ready = self._recalling.take(admitted)
            case Entry():
                full = self._chunker.add(admitted)
                ready = None if full is None else self._cut(full)
        if ready is not None:
            await pass_on(ready)

    def _hold(self, admitted: Admitted) -> None:
        assert self._held is not None  # noqa: S101  # for the type checker
        self._refused += isinstance(admitted, Rejected)
        try:
            self._held.put(admitted)
        except Exception as error:  # noqa: BLE001  # the record that was taken must not be lost, whatever its parts are
            why = error.strerror if isinstance(error, OSError) else type(error).__name__
            self._desk.broke_off(f"records could not be held back ({why})", error)
            self._settle_held(admitted)

    async def _release(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """It is the journal's list: go on with what was held back."""
        assert self._held is not None  # noqa: S101  # for the type checker
        self._is_that_list = True
        async with aclosing(read(self._held.take_all())) as records:
            async for admitted in records:
                await self._go(self._as_claimed(admitted), pass_on)
                if self._outbox is not None:
                    await self._outbox.room()
                if self._desk.stopped is not None:
                    return
        held, self._held = self._held, None
        held.close()

    async def _end_list(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """The source has ended: see whether it was the journal's list."""
        if not self._is_one_list:
            return
        taken, listed = self._desk.tally.taken, self._history.listed
        if self._held is not None:
            # A list that is shorter than it was is rather what was left of it: there, one may be what its equal is not.
            missing = self._history.register.missing if listed is not None and taken < listed else 0
            await self._claim_missing()
            missing = max(missing, self._history.register.missing)
            # One that was refused this time may be one that was sent last time: its invoice was found then, say.
            if missing > self._refused:
                error = JournalError(
                    f"this is another list than the journal's: {missing:,} {self._kind.name} that Amili has by the "
                    "journal, or may have, are not in it. Nothing was sent. Call again with the whole list, or give a "
                    "list of its own a journal of its own; with key=, one journal does for all lists"
                )
                self._desk.stop(Stop("this is another list than the journal's", error))
                return
            if missing := self._history.register.missing:
                log.warning(
                    "%d of the journal's %s did not come, and %d were refused; it was taken for the journal's list. If "
                    "it is another one, push it with a journal of its own",
                    missing,
                    self._kind.name,
                    self._refused,
                )
            await self._release(pass_on)
        if self._desk.stopped is not None:
            return
        self._recalling.tell()
        if listed is not None and taken > listed and self._desk.tally.resumed:
            log.warning(
                "this list has %d %s, and the journal's list had %d when it was read to its end; %d were taken for the "
                "same ones and not sent. If this is another list, push it with a journal of its own",
                taken,
                self._kind.name,
                listed,
                self._desk.tally.resumed,
            )
        self._desk.logbook.note(Ended(taken=taken))

    async def _claim_missing(self) -> None:
        """Let records that would be sent stand for missing ones that say the same.

        Equal records differ only by how often they have come. If one of them was rejected or not sent, and is mended or
        refused now, those after it come under the keys of those before: the one that Amili has seems to be missing, and
        its equal would be sent in its place, a second time.
        """
        assert self._held is not None  # noqa: S101  # for the type checker
        register = self._history.register
        missing = Missing(register.not_met())
        async with aclosing(read(self._held.look())) as records:
            async for admitted in records:
                if isinstance(admitted, Rejected) or (
                    isinstance(admitted, Recalled) and admitted.known is not Known.REJECTED
                ):
                    continue
                entry = admitted.entry if isinstance(admitted, Recalled) else admitted
                record = missing.claim(entry.record)
                if record is not None:
                    self._claimed[entry.index] = Recalled(evolve(entry, record=record), register.meet(record))

    def _as_claimed(self, admitted: Admitted) -> Admitted:
        index = admitted.entry.index if isinstance(admitted, Recalled) else admitted.index
        return self._claimed.pop(index, admitted)

    def _let_go(self) -> None:
        """Settle what is still held back when the run ends."""
        held, self._held = self._held, None
        if held is None:
            return
        try:
            for admitted in held.take_all():
                self._settle_held(self._as_claimed(admitted))
        except OSError as error:
            self._desk.broke_off(f"records that were held back could not be read again ({error.strerror})", error)
        finally:
            held.close()

    def _settle_held(self, admitted: Admitted) -> None:
        if isinstance(admitted, Rejected):
            self._refuse(admitted)
            return
        if isinstance(admitted, Recalled) and self._is_that_list:
            self._recalling.take(admitted)  # what is open is settled with its chunk
            return
        stopped = self._desk.stopped
        why = f"The run ended before it was sent: {stopped.reason if stopped is not None else 'it was broken off'}"
        status, entry = OutcomeStatus.UNSENT, admitted.entry if isinstance(admitted, Recalled) else admitted
        if isinstance(admitted, Recalled) and admitted.known is not Known.REJECTED:
            status = OutcomeStatus.UNKNOWN
            why = f"{why}. The journal has one that says the same; look up whether Amili has this one"
        self._recorder.settle([entry], [Outcome(index=entry.index, key=entry.key, status=status, problem=why)])

    def _cut(self, chunk: Chunk) -> Flight:
        self._recalling.tell()
        return self._desk.add(Flight(chunk))

    def _refuse(self, rejected: Rejected) -> None:
        if self._is_one_list and self._history.register.missing and rejected.refusal is Refusal.BY_SOURCE:
            rejected = evolve(rejected, taken=True)  # it may be one of those that are missing
        self._recorder.refuse(rejected)
        if self._settings.on_invalid == "raise":
            error = BulkError(f"record {rejected.index} is invalid: {rejected.problem}")
            self._desk.stop(Stop(f"record {rejected.index} is invalid, and on_invalid is 'raise'", error))
        self._desk.check_files()
