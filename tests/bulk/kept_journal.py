"""A journal that outlives a run without a file or a thread, for virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from attrs import define, field

from amili_async.bulk.journal import Event, Scope
from amili_async.errors import JournalError


@define
class KeptJournal:
    """Keeps events in a list.

    Attributes:
        events: What was appended.
        latency_s: How long an append takes to be durable.
        room: Appends that succeed; then the disk is full.
        dead: The process was killed: nothing is written any more.
    """

    events: list[Event] = field(factory=list)
    latency_s: float = 0.0
    room: int | None = None
    dead: bool = False
    is_open: bool = False
    closed: int = 0
    _scope: Scope | None = None

    async def open(self, scope: Scope) -> bytes:
        assert not self.is_open
        if self._scope not in (None, scope):
            raise JournalError("another scope")
        self._scope = scope
        self.is_open = True
        return b"0123456789abcdef"

    async def replay(self) -> AsyncIterator[Event]:
        for event in list(self.events):
            yield event

    async def append(self, events: Sequence[Event]) -> None:
        assert self.is_open
        await asyncio.sleep(self.latency_s)
        if self.room is not None:
            if self.room <= 0:
                raise OSError(28, "No space left on device")
            self.room -= 1
        if not self.dead:
            self.events += events

    async def close(self) -> None:
        self.is_open = False
        self.closed += 1

    def after_kill(self, keep: int | None = None) -> KeptJournal:
        """What the next process finds."""
        return KeptJournal(events=list(self.events[:keep]), scope=self._scope)
