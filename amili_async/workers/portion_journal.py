"""A portion's journal: the events of its own chunks, and batches of other portions to try look-ups on.

That a batch is not found counts only if batches that are known to be there are found, one that is at least as old or
one that was made later (`lookups.py`). A portion that was taken over before it had any batch has none of its own, so it
is given those of its scope, as chunks that are long settled.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString
from uuid import UUID

from amili_async.bulk.digests import RECORD_BYTES
from amili_async.bulk.journal import Began, Event, Opened, Scope, Settled
from amili_async.bulk.journal_postgres import PostgresJournal
from amili_async.errors import JournalError
from amili_async.workers.database import Connection, speaking

__all__ = ["PortionJournal"]

_OLDER: Final[LiteralString] = """
SELECT b.idempotency_key, o.batch_id, b.at FROM amili_event o
JOIN amili_event b ON b.journal = o.journal AND b.chunk = o.chunk AND b.what = 'BEGAN'
WHERE o.scope = %(scope)s AND o.what = 'OPENED' AND o.journal <> %(journal)s AND o.number < %(number)s
ORDER BY o.number DESC LIMIT 1
"""
# Begun later, and not only opened later: that is what makes it the younger one.
_YOUNGER: Final[LiteralString] = """
SELECT b.idempotency_key, o.batch_id, b.at FROM amili_event o
JOIN amili_event b ON b.journal = o.journal AND b.chunk = o.chunk AND b.what = 'BEGAN'
WHERE o.scope = %(scope)s AND o.what = 'OPENED' AND o.journal <> %(journal)s AND o.number > %(number)s
AND b.number > %(number)s
ORDER BY o.number LIMIT 1
"""
_OPEN: Final[LiteralString] = """
SELECT min(number), max(number) FROM amili_event b WHERE b.journal = %(journal)s AND b.what = 'BEGAN'
AND NOT EXISTS (SELECT FROM amili_event s WHERE s.journal = b.journal AND s.chunk = b.chunk
                AND s.what = 'SETTLED' AND strpos(s.outcomes, '?') = 0)
"""
# Own chunks are numbered from here on, so that there is room before them.
_RESERVED: Final = 1000


class PortionJournal(PostgresJournal):
    """The journal of one portion.

    Args:
        url: The database.
        portion: Its number.
    """

    def __init__(self, url: str, portion: int) -> None:
        super().__init__(url)
        self._portion = portion
        self._scope = 0

    async def replay(self) -> AsyncIterator[Event]:
        """All events of the portion, among them batches of others."""
        own = [event async for event in super().replay()]
        number = _RESERVED
        first, last = await self._open_chunks()
        if first is not None:
            for event in await self._witness(_OLDER, first, _RESERVED - 1):
                yield event
        for event in _settled(_RESERVED, "", 0.0):
            yield event
        for event in own:
            number = max(number, getattr(event, "chunk", 0))
            yield event
        if last is not None:
            for event in await self._witness(_YOUNGER, last, number + 1):
                yield event

    async def _find(self, connection: Connection, scope: Scope) -> tuple[int, bytes]:
        cursor = await connection.execute(
            "SELECT s.id, s.host, s.organization_id, s.kind, s.salt FROM amili_portion p "
            "JOIN amili_run r ON r.id = p.run JOIN amili_scope s ON s.id = r.scope WHERE p.id = %s",
            (self._portion,),
        )
        row = await cursor.fetchone()
        if row is None:
            raise JournalError(f"there is no portion {self._portion}")
        self._scope, *about, salt = row
        if about != [scope.host, scope.organization_id, scope.kind]:
            raise JournalError(
                f"portion {self._portion} is for {about[0]}, and this worker's API is {scope.host}; give each API a "
                "queue of its own, and its workers that queue"
            )
        return self._portion, bytes(salt)

    async def _open_chunks(self) -> tuple[int | None, int | None]:
        """The events with which the first and the last open chunk began."""
        rows = await self._rows(_OPEN, {"journal": self.id})
        return rows[0][0], rows[0][1]

    async def _witness(self, query: LiteralString, number: int, chunk: int) -> list[Event]:
        rows = await self._rows(query, {"scope": self._scope, "journal": self.id, "number": number})
        return [event for key, batch_id, at in rows for event in _settled(chunk, key, at, UUID(batch_id))]

    async def _rows(self, query: LiteralString, arguments: dict[str, Any]) -> list[Any]:
        connection = self._usable()
        with speaking(self._url):
            return await (await connection.execute(query, arguments)).fetchall()


def _settled(chunk: int, key: str, at: float, batch_id: UUID | None = None) -> list[Event]:
    """A chunk of one record that is nobody's, and that stands for nothing."""
    began = Began(chunk=chunk, key=key, records=bytes(RECORD_BYTES), at=at)
    opened = [] if batch_id is None else [Opened(chunk=chunk, batch_id=batch_id)]
    return [began, *opened, Settled(chunk=chunk, outcomes=b"U")]
