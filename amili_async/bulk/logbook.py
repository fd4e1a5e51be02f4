"""Writing the journal while the run goes on: in order, and several chunks with one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from amili_async.bulk.history import History
from amili_async.bulk.journal import Event, Journal, Scope
from amili_async.errors import AmiliError, JournalError

__all__ = ["Logbook"]


class Logbook:
    """A run's hold on its journal.

    What is written while a commit is under way goes into the next one, so that the cost of making it durable is shared.

    Args:
        journal: Keeps the events.
        on_trouble: Called once when it cannot be written any more.
    """

    def __init__(self, journal: Journal, on_trouble: Callable[[JournalError], None]) -> None:
        self._journal = journal
        self._on_trouble = on_trouble
        self._waiting: list[tuple[Event, asyncio.Future[None] | None]] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._writer: asyncio.Task[None] | None = None
        self._next_number = 1
        self.salt = b""
        self.trouble: JournalError | None = None

    async def open(self, scope: Scope) -> History:
        """Open the journal and read what earlier runs came to.

        Raises:
            JournalError: It cannot be used.
        """
        history = History()
        self.salt = await self._journal.open(scope)
        try:
            async for event in self._journal.replay():
                history.apply(event)
        except BaseException:
            await self._journal.close()
            raise
        history.finish()
        self._next_number = history.next_number
        self._writer = asyncio.create_task(self._write_all())
        return history

    def number(self) -> int:
        """A number for the next chunk."""
        number, self._next_number = self._next_number, self._next_number + 1
        return number

    def note(self, event: Event) -> None:
        """Write an event soon, after those before it."""
        if self.trouble is None:
            self._waiting.append((event, None))
            self._wake.set()

    async def ensure(self, event: Event) -> None:
        """Write an event, and wait until it is durable.

        Raises:
            JournalError: It is not.
        """
        if self.trouble is not None:
            raise self.trouble
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, done))
        self._wake.set()
        await done

    async def confirm(self) -> None:
        """Make sure that the journal is still this run's, right before a request leaves, where a journal can be lost.

        Raises:
            JournalError: It is not.
        """
        confirm = getattr(self._journal, "confirm", None)
        if confirm is None:
            return
        try:
            await confirm()
        except Exception as error:
            if self.trouble is None:
                self.trouble = _as_journal_error(error)
                self._on_trouble(self.trouble)
            raise self.trouble from error

    async def close(self) -> None:
        """Write what is waiting, and close the journal."""
        self._closing = True
        self._wake.set()
        if self._writer is not None:
            await self._writer
        await self._journal.close()

    async def _write_all(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            if batch:
                await self._write(batch)
            if self._closing and not self._waiting:
                return

    async def _write(self, batch: list[tuple[Event, asyncio.Future[None] | None]]) -> None:
        if self.trouble is None:
            try:
                await self._journal.append([event for event, _ in batch])
            except Exception as error:  # noqa: BLE001  # a journal of the caller's own can fail in any way
                self.trouble = _as_journal_error(error)
                self._on_trouble(self.trouble)
        for _, done in batch:
            if done is None or done.done():
                continue
            if self.trouble is None:
                done.set_result(None)
            else:
                done.set_exception(self.trouble)


def _as_journal_error(error: Exception) -> JournalError:
    if isinstance(error, JournalError):
        return error
    detail = f": {error}" if isinstance(error, AmiliError) else ""
    wrapped = JournalError(f"the journal cannot be written ({type(error).__name__}{detail})")
    wrapped.__cause__ = error
    return wrapped
