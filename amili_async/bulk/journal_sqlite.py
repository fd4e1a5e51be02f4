"""The journal as an SQLite file."""

from __future__ import annotations

import asyncio
import errno
import os
import random
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from attrs import evolve

from amili_async.bulk.digests import SALT_BYTES
from amili_async.bulk.journal import Event, Scope
from amili_async.bulk.journal_rows import COLUMNS, event_of, row_of, sealed
from amili_async.errors import JournalError

__all__ = ["SqliteFile", "SqliteJournal"]

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID: Final = 0x414D4C4A
"""`AMLJ`, in the file's header."""
VERSION: Final = 3
_PAUSES_S: Final = (0.01, 0.03, 0.1)
"""Of two who open a journal at once, each may have some of its locks. Who lets go of them lets the other one on."""
_WHEN_GONE: Final = (
    "put back what was there, or look up what was sent before starting with a new one: it would be sent again"
)
_ROWS_AT_A_TIME: Final = 500
_SCOPE_TABLE: Final = (
    "CREATE TABLE scope (host TEXT NOT NULL, organization_id TEXT NOT NULL, kind TEXT NOT NULL, keys TEXT NOT NULL, "
    "salt BLOB NOT NULL)"
)
_EVENT_TABLE: Final = (
    "CREATE TABLE event (number INTEGER PRIMARY KEY, chunk INTEGER NOT NULL, what TEXT NOT NULL, "
    "idempotency_key TEXT, batch_id TEXT, records BLOB, outcomes TEXT, at REAL, taken INTEGER, seal BLOB)"
)
_COLUMNS: Final = ", ".join((*COLUMNS, "seal"))
_INSERT: Final = f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608  # ours
_SELECT: Final = f"SELECT {_COLUMNS} FROM event ORDER BY number"  # noqa: S608  # the same
_ROLLBACK_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_ROLLBACK_HEAD: Final = 20


class SqliteFile:
    """The file, without any asyncio. Not for several threads at a time.

    Args:
        path: Where it is, or is to be.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._connection: sqlite3.Connection | None = None
        self._salt = self._seal = b""
        self._place = self._path
        self._identities: dict[Path, tuple[int, int]] = {}

    def open(self, scope: Scope) -> bytes:
        """Open it for this process alone; make it if it is not there. Returns its salt.

        Raises:
            JournalError: It is no journal, of another scope, damaged, in use, or cannot be opened.
        """
        for pause_s in _PAUSES_S:
            try:
                return self._open(scope)
            except JournalError as error:
                if not _is_locked(error.__cause__):
                    raise
            time.sleep(pause_s * random.uniform(0.5, 1.5))  # noqa: S311  # so that two do not try in step
        return self._open(scope)

    def _open(self, scope: Scope) -> bytes:
        self._check_nature()
        try:
            connection = self._connect()
            salt = self._salt = self._take(scope)
            last = connection.execute("SELECT seal FROM event ORDER BY number DESC LIMIT 1").fetchone()
            self._seal = b"" if last is None else last[0]
            # Absolute, since the process may go to another directory.
            self._place, self._identities = self._path.absolute(), {}
            self._check_place()
            return salt
        except sqlite3.Error as error:
            self.close()
            raise self._trouble(error) from error
        except BaseException:
            self.close()
            raise

    def replay(self) -> Iterator[list[Event]]:
        """All events in order, some at a time.

        Raises:
            JournalError: It cannot be read.
        """
        before = b""
        try:
            cursor = self._usable().execute(_SELECT)
            while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
                events = []
                for *row, seal in rows:
                    # SQLite checks its own structure only; a bit that flipped in a record's digest looks like another
                    # record, and that one would be sent twice.
                    before = sealed(self._salt, before, row)
                    if seal != before:
                        raise ValueError(seal)
                    events.append(event_of(*row))
                yield events
        except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
            raise self._trouble(error) from error

    def append(self, events: Sequence[Event]) -> None:
        """Write events with one commit.

        Raises:
            JournalError: Nothing was written.
        """
        connection = self._usable()
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                seal, rows = self._seal, []
                for row in map(row_of, events):
                    seal = sealed(self._salt, seal, row)
                    rows.append((*row, seal))
                connection.executemany(_INSERT, rows)
        except sqlite3.Error as error:
            raise self._trouble(error) from error
        self._seal = seal
        self._check_place()

    def close(self) -> None:
        """Let go of it. Calling it again does nothing."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _usable(self) -> sqlite3.Connection:
        if self._connection is None:
            raise JournalError(f"the journal {self._path} is not open")
        return self._connection

    def _check_place(self) -> None:
        """See that what was written is where the next run will look: SQLite goes on writing to a file that is gone."""
        for path in (self._place, Path(f"{self._place}-wal")):
            try:
                there = path.stat()
            except FileNotFoundError:
                if path not in self._identities and path != self._place:
                    continue  # SQLite makes it when it first needs it
                raise JournalError(f"{path} is gone, and with it the journal; {_WHEN_GONE}") from None
            except OSError as error:
                raise JournalError(f"the journal {path} cannot be looked at ({error.strerror})") from error
            identity = (there.st_dev, there.st_ino)
            if self._identities.setdefault(path, identity) != identity:
                raise JournalError(f"{path} was replaced by another file during the run; {_WHEN_GONE}")

    def _check_nature(self) -> None:
        """Look at an existing file without changing it or anything beside it."""
        try:
            # A file of no length is a new one.
            if self._path.stat().st_size == 0 or self._was_being_made():
                return
        except FileNotFoundError:
            return
        except OSError as error:
            raise JournalError(f"the journal {self._path} cannot be looked at ({error.strerror})") from error
        connection = None
        try:
            # Through SQLite and not by reading the file: closing a file of our own would drop SQLite's locks on it.
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self._check_version(connection)
        except sqlite3.Error as error:
            raise self._trouble(error) from error
        finally:
            if connection is not None:
                connection.close()

    def _was_being_made(self) -> bool:
        """Whether the file broke off while it was made: what SQLite wrote beside it says that it was empty before.

        Opening it takes that back. The file of another program would be changed by that, so it is left alone.
        """
        try:
            with Path(f"{self._path}-journal").open("rb") as file:
                head = file.read(_ROLLBACK_HEAD)
        except FileNotFoundError:
            return False
        pages_before = head[16:20]
        return head.startswith(_ROLLBACK_MAGIC) and pages_before == bytes(4)

    def _check_version(self, connection: sqlite3.Connection) -> None:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise JournalError(f"{self._path} is an SQLite file, but no journal of this library; give another name")
        version = _pragma(connection, "user_version")
        if version != VERSION:
            raise JournalError(
                f"the journal {self._path} is of version {version}, and this library writes version {VERSION}; "
                "use the library that made it"
            )

    def _connect(self) -> sqlite3.Connection:
        try:
            # Owner only from the first byte on, as what stands beside it will be.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            pass  # what there is keeps its mode until it is known for ours
        except OSError as error:
            raise JournalError(f"the journal {self._path} cannot be made ({error.strerror})") from error
        # Exclusive: the locks are kept until it is closed, or until the process is dead, however it died.
        connection = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        # Known from now on, so that it is closed if the next step fails: whoever keeps that error would keep its locks.
        self._connection = connection
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def _take(self, scope: Scope) -> bytes:
        connection = self._usable()
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            # All in one transaction, so that a file is either no journal yet or a whole one.
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            connection.execute(_SCOPE_TABLE)
            connection.execute(_EVENT_TABLE)
            connection.execute(
                "INSERT INTO scope VALUES (?, ?, ?, ?, ?)",
                (scope.host, scope.organization_id, scope.kind, scope.keys, secrets.token_bytes(SALT_BYTES)),
            )
        connection.execute("COMMIT")
        self._check_version(connection)
        if (flaw := _pragma(connection, "quick_check(1)")) != "ok":
            raise JournalError(f"the journal {self._path} is damaged ({flaw}); use a backup of it")
        host, organization_id, kind, keys, salt = connection.execute("SELECT * FROM scope").fetchone()
        if (found := Scope(host=host, organization_id=organization_id, kind=kind, keys=keys)) != scope:
            if evolve(found, keys=scope.keys) == scope:
                begun, now = ("with", "without") if keys == "given" else ("without", "with")
                raise JournalError(
                    f"the journal {self._path} was begun {begun} key=, and this run is {now} it: it would take every "
                    "record for another one, and send all again; call it the way it was begun"
                )
            raise JournalError(
                f"the journal {self._path} is about {found.kind} of organization {found.organization_id} at "
                f"{found.host}, not {scope.kind} of {scope.organization_id} at {scope.host}; each needs its own"
            )
        for path in (self._path, Path(f"{self._path}-wal")):  # the second may have been made with the first one's mode
            with suppress(OSError):
                path.chmod(0o600)
        connection.execute("PRAGMA journal_mode=WAL")
        return bytes(salt)

    def _trouble(self, error: Exception) -> JournalError:
        name = _name(error)
        if _is_locked(error):
            return JournalError(
                f"the journal {self._path} is in use by another run; wait for its end, or stop that process"
            )
        if name.startswith("SQLITE_NOTADB"):
            return JournalError(f"{self._path} is no journal of this library, and was left as it is; give another name")
        if name.startswith("SQLITE_CORRUPT") or not isinstance(error, sqlite3.Error):
            return JournalError(f"the journal {self._path} is damaged, and was left as it is; use a backup of it")
        if name.startswith("SQLITE_FULL"):
            return JournalError(f"the journal {self._path} cannot be written: {os.strerror(errno.ENOSPC)}")
        return JournalError(f"the journal {self._path} cannot be used ({error})")


def _name(error: BaseException | None) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def _is_locked(error: BaseException | None) -> bool:
    return _name(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


class SqliteJournal:
    """A journal in an SQLite file, worked on in a thread of its own.

    Args:
        path: The file. It is made when it is not there. SQLite keeps another one beside it (`-wal`) while it is open.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._file = SqliteFile(path)
        self._thread: ThreadPoolExecutor | None = None

    async def open(self, scope: Scope) -> bytes:
        """Open the file, and make it if it is not there.

        Raises:
            JournalError: It cannot be used.
        """
        if self._thread is not None:
            raise JournalError("this journal is in use by another run; give each run its own")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="amili-journal")
        try:
            return await self._run(self._file.open, scope)
        except BaseException:
            await self.close()
            raise

    async def replay(self) -> AsyncIterator[Event]:
        """All events, in order."""
        groups = self._file.replay()
        while (events := await self._run(next, groups, None)) is not None:
            for event in events:
                yield event

    async def append(self, events: Sequence[Event]) -> None:
        """Write events, durably."""
        await self._run(self._file.append, events)

    async def close(self) -> None:
        """Close the file and end the thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            # Behind whatever is still being written; waited for, and not abandoned when we are cancelled meanwhile.
            closing = asyncio.get_running_loop().run_in_executor(thread, self._file.close)
            try:
                await asyncio.shield(closing)
            finally:
                thread.shutdown(wait=False)

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._thread is None:
            raise JournalError("this journal is not open")
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args, **kwargs))


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
