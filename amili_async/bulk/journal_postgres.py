"""The journal in PostgreSQL.

Held by one run at a time, in two ways that back each other up:

- A session's advisory lock, which ends with the connection, however that ended. It keeps a second run out.
- An epoch, raised by each new holder. Every append checks it in its own transaction: who lost the lock without noticing
  (the database was restarted, the network was away) writes nothing any more.

What neither can do is to keep a request back that is about to leave. So `confirm` is asked right before each one: the
proof that the journal is still ours must be younger than `FENCE_S`, or is renewed. A process that stands still between
that and the request's leaving sends late all the same; whoever has taken over waits `settle_s` before it believes that
a batch is not there, and that has to be longer than such a standstill.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final, Literal, LiteralString

from psycopg import sql

from amili_async.bulk.digests import SALT_BYTES
from amili_async.bulk.journal import Event, Scope
from amili_async.bulk.journal_rows import COLUMNS, event_of, row_of, sealed
from amili_async.errors import JournalError
from amili_async.workers.database import Connection, connect, speaking, where

__all__ = ["FENCE_S", "PostgresJournal"]

FENCE_S: Final = 3.0
LOCK_CLASS: Final = 0x414D4C4A
_ROWS_AT_A_TIME: Final = 500
# A lock is one of the whole database, and tables of ours may stand in several of its schemas.
_CLASS: Final[LiteralString] = "(%(class)s # ('amili_journal'::regclass::oid::bigint & 1073741823))"
_LOCK: Final[LiteralString] = f"SELECT pg_try_advisory_lock({_CLASS}::integer, %(id)s)"
_RAISE: Final[LiteralString] = (
    "UPDATE amili_journal SET epoch = epoch + 1 WHERE id = %(id)s "  # noqa: S608  # of constants only
    "AND EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() "
    f"AND classid = {_CLASS}::bigint::oid AND objid = %(id)s) RETURNING epoch"
)
_TYPES: Final = {
    "chunk": "bigint",
    "what": "text",
    "idempotency_key": "text",
    "batch_id": "text",
    "records": "bytea",
    "outcomes": "text",
    "at": "double precision",
    "taken": "bigint",
    "seal": "bytea",
}
_NAMES: Final = (*COLUMNS, "seal")
_SELECT: Final = sql.SQL(
    "SELECT number, {columns} FROM amili_event WHERE journal = %s AND number > %s ORDER BY number LIMIT %s"
).format(columns=sql.SQL(", ").join(map(sql.Identifier, _NAMES)))
# One statement, and so one transaction: either the journal is ours and all rows are in, or none is. FOR SHARE holds a
# new holder off until this is through.
_INSERT: Final = sql.SQL(
    "WITH held AS (SELECT id, scope FROM amili_journal WHERE id = %s AND epoch = %s FOR SHARE) "
    "INSERT INTO amili_event (journal, scope, {columns}) "
    "SELECT held.id, held.scope, {new} FROM held, unnest({arrays}) WITH ORDINALITY AS new ({columns}, place) "
    "ORDER BY place"
).format(
    columns=sql.SQL(", ").join(map(sql.Identifier, _NAMES)),
    new=sql.SQL(", ").join(sql.SQL("new.{}").format(sql.Identifier(name)) for name in _NAMES),
    arrays=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(_TYPES[name])) for name in _NAMES),
)


class PostgresJournal:
    """A journal in a PostgreSQL database whose tables are there (`amili worker --migrate`).

    Args:
        url: The database, as psycopg takes it.
        name: Tells journals about the same thing apart: for payments and corrections without `key=`, one for each list.
        monotonic: Seconds on a clock that is never set back, for tests.
    """

    def __init__(self, url: str, name: str = "", *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._name = name
        self._monotonic = monotonic
        self._connection: Connection | None = None
        self._salt = self._seal = b""
        self._proved_at = float("-inf")
        self.id = 0
        """Of the journal, once it is open."""
        self.epoch = 0
        """Which holder this is."""

    def __repr__(self) -> str:
        return f"<PostgresJournal {self._name!r}>"

    async def open(self, scope: Scope) -> bytes:
        """Take hold of the journal; make it if it is not there.

        Raises:
            JournalError: It is in use, of another scope, or the database cannot be used.
        """
        if self._connection is not None:
            raise JournalError("this journal is in use by another run; give each run its own")
        connection = self._connection = await connect(self._url)
        try:
            with speaking(self._url):
                self.id, self._salt = await self._find(connection, scope)
                await self._take(connection)
                self._seal = await self._last_seal(connection)
            return self._salt
        except BaseException:
            await self.close()
            raise

    async def replay(self) -> AsyncIterator[Event]:
        """All events, in order.

        Raises:
            JournalError: They cannot be read, or are not as they were written.
        """
        connection, number, before = self._usable(), 0, b""
        while True:
            with speaking(self._url):
                cursor = await connection.execute(_SELECT, (self.id, number, _ROWS_AT_A_TIME))
                rows = await cursor.fetchall()
            for number, *row, seal in rows:  # noqa: B007  # the last one is where to go on
                before = sealed(self._salt, before, row)
                if seal != before:
                    raise self._damaged()
                try:
                    event = event_of(*row)
                except (ValueError, TypeError) as error:
                    raise self._damaged() from error
                yield event
            if len(rows) < _ROWS_AT_A_TIME:
                return

    async def append(self, events: Sequence[Event]) -> None:
        """Write events with one commit, if the journal is still ours.

        Raises:
            JournalError: Nothing was written; or, if the connection broke, perhaps all of it.
        """
        connection, seal = self._usable(), self._seal
        rows = []
        for row in map(row_of, events):
            seal = sealed(self._salt, seal, row)
            rows.append((*row, seal))
        columns = [list(column) for column in zip(*rows, strict=True)]
        started = self._monotonic()
        with speaking(self._url):
            cursor = await connection.execute(_INSERT, (self.id, self.epoch, *columns))
        if cursor.rowcount != len(rows):
            raise self._lost()
        self._seal, self._proved_at = seal, started

    async def confirm(self) -> None:
        """Make sure that the journal is still ours, right before a request leaves.

        Raises:
            JournalError: It is not, or that cannot be found out.
        """
        if self._monotonic() - self._proved_at <= FENCE_S:
            return
        connection, started = self._usable(), self._monotonic()
        with speaking(self._url):
            cursor = await connection.execute(
                "SELECT FROM amili_journal WHERE id = %s AND epoch = %s", (self.id, self.epoch)
            )
        if cursor.rowcount != 1:
            raise self._lost()
        self._proved_at = started
        if self._monotonic() - started > FENCE_S:
            raise JournalError(f"{where(self._url)} takes too long to answer for anything to be sent safely")

    async def close(self) -> None:
        """Let go of it."""
        connection, self._connection = self._connection, None
        self._proved_at = float("-inf")
        if connection is not None:
            await connection.close()

    async def _find(self, connection: Connection, scope: Scope) -> tuple[int, bytes]:
        """The journal's number and salt."""
        async with connection.transaction():
            found, salt = await find_scope(connection, scope, name=self._name, used_by="push", url=self._url)
            cursor = await connection.execute("SELECT id FROM amili_journal WHERE scope = %s", (found,))
            row = await cursor.fetchone()
            if row is None:
                cursor = await connection.execute(
                    "INSERT INTO amili_journal (scope) VALUES (%s) RETURNING id", (found,)
                )
                row = await cursor.fetchone()
        assert row is not None  # noqa: S101  # for the type checker: it was just made
        return int(row[0]), salt

    async def _take(self, connection: Connection) -> None:
        cursor = await connection.execute(_LOCK, {"class": LOCK_CLASS, "id": self.id})
        if await cursor.fetchone() != (True,):
            raise JournalError("the journal is in use by another run; wait for its end, or stop that process")
        started = self._monotonic()
        cursor = await connection.execute(
            _RAISE,
            {"class": LOCK_CLASS, "id": self.id},
        )
        row = await cursor.fetchone()
        if row is None:
            raise JournalError(
                f"the way to {where(self._url)} gives each statement another session (a pooler, such as PgBouncer in "
                "transaction mode), so nothing can be held; connect to the database itself, or use session mode"
            )
        self.epoch, self._proved_at = int(row[0]), started

    async def _last_seal(self, connection: Connection) -> bytes:
        cursor = await connection.execute(
            "SELECT seal FROM amili_event WHERE journal = %s ORDER BY number DESC LIMIT 1", (self.id,)
        )
        row = await cursor.fetchone()
        return b"" if row is None else bytes(row[0])

    def _usable(self) -> Connection:
        if self._connection is None:
            raise JournalError("the journal is not open")
        return self._connection

    def _lost(self) -> JournalError:
        return JournalError("another run has taken this journal over, since this one was cut off from the database")

    def _damaged(self) -> JournalError:
        return JournalError(f"the journal in {where(self._url)} is damaged, and was left as it is; use a backup of it")


async def find_scope(
    connection: Connection, scope: Scope, *, name: str, used_by: Literal["push", "workers"], url: str
) -> tuple[int, bytes]:
    """The number and the salt of a scope; it is made if it is not there.

    Args:
        connection: In a transaction.
        scope: What it is about.
        name: Tells scopes about the same thing apart.
        used_by: Who asks. A push and the workers do not know what the other has sent.
        url: For messages.

    Raises:
        JournalError: It is used otherwise already.
    """
    keys = scope.keys
    about = (scope.host, scope.organization_id, scope.kind, name)
    await connection.execute(
        "INSERT INTO amili_scope (host, organization_id, kind, name, keys, used_by, salt) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (*about, keys, used_by, secrets.token_bytes(SALT_BYTES)),
    )
    cursor = await connection.execute(
        "SELECT id, keys, used_by, salt FROM amili_scope "
        "WHERE host = %s AND organization_id = %s AND kind = %s AND name = %s FOR NO KEY UPDATE",
        about,
    )
    row = await cursor.fetchone()
    assert row is not None  # noqa: S101  # for the type checker: it was just made
    number, had_keys, had_user, salt = row
    if had_keys != keys:
        begun, now = ("without", "with") if had_keys == "own" else ("with", "without")
        raise JournalError(
            f"the journal in {where(url)} was begun {begun} key=, and this run is {now} it: it would take every record "
            "for another one, and send all again; call it the way it was begun"
        )
    if had_user != used_by:
        mine, other = ("enqueue", "push") if used_by == "workers" else ("push", "enqueue")
        raise JournalError(
            f"in {where(url)} these {scope.kind} are kept for `{other}`, which `{mine}` would not know of, and send "
            f"again what it sent; use `{other}`, or another name for a list of its own"
        )
    return int(number), bytes(salt)
