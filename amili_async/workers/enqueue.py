"""From a source to jobs: portion by portion, each in one transaction.

A transaction writes a portion's job, its records' digests, its bodies, and how far the source was read. So a portion is
in the queue as a whole or not at all, and enqueuing that was killed goes on where it was: called again with the run's
id, it reads over what is there already, and makes sure that it is the same.

Each portion is worked on at once, and does not wait for the source's end: whether the rest follows is of no concern to
what becomes of a record, and a source that breaks off at three in the morning has sent what it gave by then.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable
from contextlib import aclosing
from typing import Any, Final
from uuid import UUID

import psycopg
from attrs import field, frozen
from attrs.converters import optional
from psycopg.types.json import Jsonb

from amili_async.building import path_text
from amili_async.bulk.admission import Admission
from amili_async.bulk.chunks import Chunker
from amili_async.bulk.digests import SALT_BYTES, Digester
from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_postgres import find_scope
from amili_async.bulk.kinds import Kind
from amili_async.bulk.register import Known, Register
from amili_async.bulk.settings import Settings
from amili_async.bulk.source import read
from amili_async.errors import BulkError, JournalError
from amili_async.workers.database import Connection, connect, speaking
from amili_async.workers.jobs import defer
from amili_async.workers.names import CHANNEL, QUEUE, run_id_of
from amili_async.workers.renamed import Renamed
from amili_async.workers.sorting import Collected, sort
from amili_async.workers.vault import Vault

__all__ = ["EnqueueSettings", "enqueue"]

_TRIES: Final = 3


def _is_positive(_: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, (int, float)) or not value > 0:
        raise BulkError(f"{attribute.name} must be more than 0, not {value!r}")


@frozen(kw_only=True)
class EnqueueSettings:
    """How a run is enqueued.

    Attributes:
        database: URL of the PostgreSQL database.
        run_id: The run's id; a new one if it is None.
        key: Gives a record's key.
        portion_size: Records in a job.
        chunk_size: Records in a request at most.
        max_chunk_bytes: Bytes of a request body at most.
        resolve_for_s: How long workers try to find out what became of a record, before it is told as UNKNOWN or UNSENT.
        queue: Procrastinate's queue.
        vault: Encrypts what is personal.
    """

    database: str = field(repr=False)  # there may be a password in it
    run_id: UUID | None = field(default=None, converter=optional(run_id_of))
    key: Callable[[Any], object] | None = None
    portion_size: int = field(default=1000, validator=_is_positive)
    chunk_size: int = 200
    max_chunk_bytes: int = 1_000_000
    resolve_for_s: float = field(default=6 * 3600, validator=_is_positive)
    queue: str = QUEUE
    vault: Vault = field(factory=Vault.from_env)

    def checked(self) -> Settings:
        """What the engine has to say to them.

        Raises:
            BulkError: A value makes no sense.
        """
        return Settings(chunk_size=self.chunk_size, max_chunk_bytes=self.max_chunk_bytes)


class _Anything(Register):
    """Takes every record for a new one: what is known of it stands in the database."""

    def meet(self, record: bytes) -> Known:
        return Known.NEW


async def enqueue(
    host: str,
    kind: Kind,
    organization_id: UUID | str,
    source: Iterable[Any] | AsyncIterable[Any],
    settings: EnqueueSettings,
) -> UUID:
    """Put all records of a source into the queue.

    Returns:
        The run's id.

    Raises:
        BulkError: The source failed, or is not the one that this run was begun with.
        JournalError: The database cannot be used.
        RequestError: The organization's id cannot stand in an address.
    """
    settings.checked()
    organization = path_text(kind.operation.path_params[0], organization_id)
    is_list = kind.own_key is None and settings.key is None
    if is_list and settings.run_id is None:
        raise BulkError(
            f"{kind.name} without key= are told apart by what they say, within one run: give this list a UUID of its "
            "own as run_id=, and the same one when you call again, so that nothing is reported twice"
        )
    run = settings.run_id if settings.run_id is not None else uuid.uuid4()
    scope = Scope(
        host=host,
        organization_id=organization.lower(),
        kind=kind.name,
        keys="own" if settings.key is None else "given",
    )
    # Where each list stands by itself, those with keys of their own have nothing to do with those without.
    name = "keys" if kind.own_key is None and settings.key is not None else ""
    connection = await connect(settings.database)
    try:
        with speaking(settings.database):
            queue = _Queue(connection, kind, settings, run, is_list=is_list)
            await queue.begin(scope, name)
            try:
                async with aclosing(_given(source)) as records:
                    await queue.take(records)
            except _SourceError as failed:
                error = failed.__cause__
                raise BulkError(
                    f"reading the source failed with {type(error).__name__}; {queue.taken} records are in the queue, "
                    f"call again with run_id='{run}' to go on"
                ) from error
    finally:
        await connection.close()
    return run


class _SourceError(Exception):
    """The source failed, with its cause; it may be a database as well."""


async def _given(source: Iterable[Any] | AsyncIterable[Any]) -> AsyncGenerator[Any, None]:
    """What the source gives, and its errors told apart from ours."""
    try:
        async with aclosing(read(source)) as records:
            async for record in records:
                yield record
    except Exception as error:
        raise _SourceError from error


class _Queue:
    def __init__(
        self, connection: Connection, kind: Kind, settings: EnqueueSettings, run: UUID, *, is_list: bool
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._settings = settings
        self._run = run
        self._is_list = is_list
        self._scope = 0
        self._salt = b""
        self._begun = (0, b"")
        self._number = 0
        self._is_complete = False
        self.taken = 0

    async def begin(self, scope: Scope, name: str) -> None:
        settings = {
            "chunk_size": self._settings.chunk_size,
            "max_chunk_bytes": self._settings.max_chunk_bytes,
            "resolve_for_s": self._settings.resolve_for_s,
            "queue": self._settings.queue,
        }
        async with self._connection.transaction():
            self._scope, salt = await find_scope(
                self._connection, scope, name=name, used_by="workers", url=self._settings.database
            )
            await self._connection.execute(
                "INSERT INTO amili_run (id, scope, settings) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (self._run, self._scope, Jsonb(settings)),
            )
            cursor = await self._connection.execute(
                "SELECT scope, taken, chain, portions, state FROM amili_run WHERE id = %s", (self._run,)
            )
            row = await cursor.fetchone()
            assert row is not None  # noqa: S101  # for the type checker: it was just made
        if row[0] != self._scope:
            raise BulkError(f"run {self._run} is about something else; give each run an id of its own")
        self._begun, self._number, self._is_complete = (int(row[1]), bytes(row[2])), int(row[3]), row[4] == "enqueued"
        # Where equal records of two lists are two records, each list has digests of its own.
        about = salt + self._run.bytes if self._is_list else salt
        self._salt = hashlib.blake2b(about, digest_size=SALT_BYTES).digest() if self._is_list else salt

    async def take(self, records: Any) -> None:
        chunker = Chunker(
            max_records=self._settings.chunk_size,
            max_bytes=self._settings.max_chunk_bytes,
            overhead=self._kind.overhead,
        )
        admission = Admission(
            self._kind,
            key=self._settings.key,
            chunker=chunker,
            register=_Anything(),
            digester=Digester(self._salt),
        )
        portion, index = Collected(0), 0
        begun, chain = self._begun
        async for record in records:
            portion.add(admission.admit(index, record))
            index += 1
            if index == begun:
                self._check(portion.chain, chain)
            if index <= begun:
                portion.admitted.clear()
                portion.first = index
            elif self._is_complete:
                raise self._other()
            elif len(portion.admitted) >= self._settings.portion_size:
                await self._write(portion)
                portion = Collected(index, chain=portion.chain)
        if index < begun:
            raise self._other()
        if portion.admitted:
            await self._write(portion)
        if not self._is_complete:
            # Not if there is more of it by now than this source has.
            cursor = await self._connection.execute(
                "UPDATE amili_run SET state = 'enqueued', enqueued_at = now() "
                "WHERE id = %s AND portions = %s AND state = 'enqueuing'",
                (self._run, self._number),
            )
            if cursor.rowcount != 1:
                raise self._not_alone()
        await self._connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(self._run)))

    def _check(self, chain: bytes, expected: bytes) -> None:
        self.taken = self._begun[0]
        if chain != expected:
            raise self._other()

    def _other(self) -> BulkError:
        reason = f"this is another list than the one that run {self._run} was begun with; nothing was added."
        if self._is_list:
            return BulkError(
                f"{reason} Call again with the list as it was. In a run of its own every one of its {self._kind.name} "
                "is a new one, and is sent: give it one only without those that this run has"
            )
        return BulkError(
            f"{reason} Give it a run of its own: records that are in the queue already are recognized there"
        )

    def _not_alone(self) -> JournalError:
        return JournalError(f"another process is filling run {self._run}; one at a time")

    async def _write(self, portion: Collected) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                async with self._connection.transaction():
                    await self._write_once(portion)
                break
            except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
                if attempt == _TRIES:
                    raise
        self._number += 1
        self.taken = portion.first + len(portion.admitted)

    def _renamed(self) -> Renamed | None:
        if self._settings.key is not None or self._kind.without_id is None:
            return None
        return Renamed(self._kind, Digester(self._salt))

    async def _write_once(self, portion: Collected) -> None:
        connection, taken = self._connection, len(portion.admitted)
        cursor = await connection.execute(
            "UPDATE amili_run SET taken = taken + %s, portions = portions + 1, chain = %s "
            "WHERE id = %s AND taken = %s AND portions = %s AND state = 'enqueuing'",
            (taken, portion.chain, self._run, portion.first, self._number),
        )
        if cursor.rowcount != 1:
            raise self._not_alone()
        cursor = await connection.execute("INSERT INTO amili_journal (scope) VALUES (%s) RETURNING id", (self._scope,))
        row = await cursor.fetchone()
        assert row is not None  # noqa: S101  # for the type checker: it was just made
        number = int(row[0])
        bodies, told, counts = await sort(connection, self._scope, self._run, number, portion, self._renamed())
        job = await defer(connection, number, self._settings.queue) if bodies else None
        vault, is_open = self._settings.vault, bool(bodies)
        await connection.execute(
            "INSERT INTO amili_portion (id, run, number, first, taken, entries, state, bodies, outcomes, letters, "
            "counts, job, ended_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, CASE WHEN %s THEN NULL ELSE now() END)",
            (
                number,
                self._run,
                self._number,
                portion.first,
                taken,
                len(bodies),
                "open" if is_open else "final",
                vault.pack_bodies(bodies) if is_open else None,
                vault.pack_outcomes(told),
                None if is_open else b"-" * taken,
                counts.to_jsonb(),
                job,
                is_open,
            ),
        )
