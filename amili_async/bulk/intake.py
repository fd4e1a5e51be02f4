"""Taking records from the source: to be sent, to be taken up again, known already, or refused.

Where a journal belongs to one list of records, they are held back until it is clear that this is the list; see
`one_list.py`.
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
from amili_async.bulk.holding import Admitted
from amili_async.bulk.journal import Ended
from amili_async.bulk.kinds import Kind
from amili_async.bulk.one_list import OneList, why_unsent
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Refusal
from amili_async.bulk.recalling import Recalling
from amili_async.bulk.recorder import Recorder
from amili_async.bulk.settings import Settings
from amili_async.bulk.source import read, stretches
from amili_async.bulk.tasks import was_cancelled
from amili_async.errors import BulkError

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
        self._held: OneList | None = None

    async def run(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """Take all records, and pass chunks on as they are complete."""
        last: Flight | None = None
        if self._is_one_list and self._history.register.missing:
            self._held = OneList(self._kind.name, history=self._history, desk=self._desk)
        try:
            async with aclosing(stretches(self._source)) as source:
                if await self._take_all(source, pass_on):
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

    async def _take_all(
        self, source: AsyncGenerator[Iterable[Any], None], pass_on: Callable[[Flight], Awaitable[None]]
    ) -> bool:
        """Whether the source was read to its end."""
        desk, admit, add = self._desk, self._admission.admit, self._chunker.add
        while not desk.is_stopped():
            if self._outbox is not None:
                await self._outbox.room()
            try:
                stretch = await anext(source)
            except StopAsyncIteration:
                return True
            for record in stretch:
                admitted = admit(desk.tally.taken, record)
                desk.tally.taken += 1
                if isinstance(admitted, Entry) and self._held is None:  # as `_go` has it, for nearly all
                    full = add(admitted)
                    if full is None:
                        continue
                    await pass_on(self._cut(full))
                else:
                    await self._hold_or_go(admitted, pass_on)
                if self._outbox is not None:
                    await self._outbox.room()
                if desk.is_stopped():
                    break
        return False

    async def _hold_or_go(self, admitted: Admitted, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        held = self._held
        if held is None or (isinstance(admitted, Rejected) and self._settings.on_invalid == "raise"):
            await self._go(admitted, pass_on)
        elif not held.hold(admitted):
            self._settle_held(admitted, is_known=False)
        elif held.is_known:
            await self._release(held, pass_on)

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

    async def _release(self, held: OneList, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """It is the journal's list: go on with what was held back."""
        async with aclosing(read(held.take_all())) as records:
            async for admitted in records:
                await self._go(admitted, pass_on)
                if self._outbox is not None:
                    await self._outbox.room()
                if self._desk.stopped is not None:
                    return
        self._held = None
        held.close()

    async def _end_list(self, pass_on: Callable[[Flight], Awaitable[None]]) -> None:
        """The source has ended: see whether it was the journal's list."""
        if not self._is_one_list:
            return
        if self._held is not None:
            await self._held.judge()
            if self._held.is_known:
                await self._release(self._held, pass_on)
        if self._desk.stopped is not None:
            return
        self._recalling.tell()
        taken, listed = self._desk.tally.taken, self._history.listed
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

    def _let_go(self) -> None:
        """Settle what is still held back when the run ends."""
        held, self._held = self._held, None
        if held is not None:
            for admitted in held.rest():
                self._settle_held(admitted, is_known=held.is_known)

    def _settle_held(self, admitted: Admitted, *, is_known: bool) -> None:
        if isinstance(admitted, Rejected):
            self._refuse(admitted)
        elif isinstance(admitted, Recalled) and is_known:
            self._recalling.take(admitted)  # what is open is settled with its chunk
        else:
            stopped = self._desk.stopped
            outcome = why_unsent(admitted, stopped.reason if stopped is not None else "it was broken off")
            self._recorder.settle([admitted.entry if isinstance(admitted, Recalled) else admitted], [outcome])

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
