"""The tables, and bringing a database up to date."""

from __future__ import annotations

import re
from typing import Final, LiteralString

from procrastinate import sql as procrastinate_sql
from procrastinate.schema import SchemaManager
from psycopg import AsyncConnection, sql

from amili_async.errors import JournalError
from amili_async.workers.database import VERSION, Connection, conninfo, speaking, where

__all__ = ["MIGRATIONS", "migrate"]

_FIRST: Final[LiteralString] = """
CREATE TABLE amili_schema (version integer NOT NULL, migrated_at timestamptz NOT NULL DEFAULT now());

-- What journals and runs are about. The salt keeps digests of two scopes from being compared.
CREATE TABLE amili_scope (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host text NOT NULL,
    organization_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL DEFAULT '',
    keys text NOT NULL,
    used_by text NOT NULL CHECK (used_by IN ('push', 'workers')),
    salt bytea NOT NULL,
    UNIQUE (host, organization_id, kind, name)
);

-- Held by one process at a time, with an advisory lock; each new holder raises the epoch.
CREATE TABLE amili_journal (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope integer NOT NULL REFERENCES amili_scope ON DELETE CASCADE,
    epoch bigint NOT NULL DEFAULT 0
);

CREATE INDEX amili_journal_of_scope ON amili_journal (scope);

CREATE TABLE amili_event (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    journal integer NOT NULL REFERENCES amili_journal ON DELETE CASCADE,
    scope integer NOT NULL,
    chunk bigint NOT NULL,
    what text NOT NULL,
    idempotency_key text,
    batch_id text,
    records bytea,
    outcomes text,
    at double precision,
    taken bigint,
    seal bytea NOT NULL
);
CREATE INDEX amili_event_of_journal ON amili_event (journal, number);
CREATE INDEX amili_event_opened ON amili_event (scope, number) WHERE what = 'OPENED';

CREATE TABLE amili_run (
    id uuid PRIMARY KEY,
    scope integer NOT NULL REFERENCES amili_scope,
    state text NOT NULL DEFAULT 'enqueuing' CHECK (state IN ('enqueuing', 'enqueued')),
    taken bigint NOT NULL DEFAULT 0,
    portions integer NOT NULL DEFAULT 0,
    chain bytea NOT NULL DEFAULT '',
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    enqueued_at timestamptz
);
CREATE INDEX amili_run_by_age ON amili_run (created_at);

-- Some records of a run, in the order of its source. `bodies` is emptied when the portion is final.
CREATE TABLE amili_portion (
    id integer PRIMARY KEY REFERENCES amili_journal ON DELETE CASCADE,
    run uuid NOT NULL REFERENCES amili_run ON DELETE CASCADE,
    number integer NOT NULL,
    first bigint NOT NULL,
    taken integer NOT NULL,
    entries integer NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'final')),
    bodies bytea,
    outcomes bytea NOT NULL,
    letters bytea,
    counts jsonb NOT NULL,
    problem text,
    job bigint,
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    UNIQUE (run, number),
    CHECK ((state = 'open') = (bodies IS NOT NULL))
);
ALTER TABLE amili_portion ALTER bodies SET STORAGE EXTERNAL, ALTER outcomes SET STORAGE EXTERNAL;
CREATE INDEX amili_portion_open ON amili_portion (run) WHERE state = 'open';
CREATE INDEX amili_portion_final ON amili_portion (run, ended_at) WHERE state = 'final';

-- Every record that was enqueued, by the digest of its key: where it stands.
CREATE TABLE amili_record (
    scope integer NOT NULL,
    key bytea NOT NULL,
    body bytea NOT NULL,
    portion integer NOT NULL,
    at integer NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX amili_record_of_portion ON amili_record (portion);

-- Records that another run has enqueued: what becomes of them there is what is told here.
CREATE TABLE amili_link (
    run uuid NOT NULL REFERENCES amili_run ON DELETE CASCADE,
    index bigint NOT NULL,
    portion integer NOT NULL,
    of_portion integer NOT NULL,
    of_at integer NOT NULL,
    amount text,
    currency text,
    PRIMARY KEY (run, index),
    UNIQUE (run, of_portion, of_at)
);
CREATE INDEX amili_link_of_portion ON amili_link (of_portion);

-- The pace that all workers of a tenant share.
CREATE TABLE amili_pace (
    host text NOT NULL,
    organization_id text NOT NULL,
    next_at timestamptz NOT NULL DEFAULT '-infinity',
    paused_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (host, organization_id)
);

CREATE TABLE amili_token (
    id bytea PRIMARY KEY,
    token bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
"""

MIGRATIONS: Final[tuple[LiteralString, ...]] = (_FIRST,)
"""From each version to the next one."""
assert len(MIGRATIONS) == VERSION  # noqa: S101  # forgotten otherwise

_LOCK: Final = 0x414D4C49
_FUNCTION: Final = re.compile(r"\bprocrastinate_\w+_v\d+(?=\()")


async def migrate(url: str) -> str:
    """Make the tables, or bring them up to date: all of it or nothing, and safe to call from several places at once.

    Procrastinate's own tables are made if there are none. Those of another application are used as they are, and never
    changed.

    Args:
        url: The database.

    Returns:
        A sentence on what was done.

    Raises:
        JournalError: The database cannot be reached, does not allow it, holds tables of a newer library, or those of
            a Procrastinate that does not fit. Nothing was changed then.
    """
    info = conninfo(url)
    with speaking(url):
        async with await AsyncConnection.connect(info) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            version = await _version(connection)
            if version > VERSION:
                raise JournalError(
                    f"{where(url)} holds tables of version {version}, and this library knows only up to {VERSION}; "
                    "use the library that made them"
                )
            done = await _procrastinate(connection, url)
            for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
                await connection.execute(statements)
                await connection.execute("INSERT INTO amili_schema (version) VALUES (%s)", (number,))
            if version == VERSION and not done:
                return f"{where(url)} is up to date (version {VERSION})."
            return f"{where(url)} is now at version {VERSION}{done}."


async def _version(connection: Connection) -> int:
    cursor = await connection.execute("SELECT to_regclass('amili_schema') IS NOT NULL")
    row = await cursor.fetchone()
    if row is None or not row[0]:
        return 0
    row = await (await connection.execute("SELECT max(version) FROM amili_schema")).fetchone()
    return int(row[0] or 0) if row is not None else 0


async def _procrastinate(connection: Connection, url: str) -> str:
    cursor = await connection.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
    row = await cursor.fetchone()
    if row is None or not row[0]:
        await connection.execute(sql.SQL(SchemaManager.get_schema()))
        return ", with Procrastinate's own tables"
    missing = await missing_functions(connection)
    if missing:
        raise JournalError(
            f"{where(url)} holds tables of a Procrastinate that the one installed here cannot work with (it misses "
            f"{', '.join(missing)}); migrate them as Procrastinate's documentation says. Nothing was changed"
        )
    return ""


async def missing_functions(connection: Connection) -> list[str]:
    """What the installed Procrastinate calls in the database, and is not there: it keeps no version of its own."""
    wanted = sorted({name for query in procrastinate_sql.queries.values() for name in _FUNCTION.findall(query)})
    cursor = await connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS wanted (name) "
        "WHERE NOT EXISTS (SELECT FROM pg_proc WHERE proname = name AND pg_function_is_visible(oid)) ORDER BY 1",
        (wanted,),
    )
    return [name for (name,) in await cursor.fetchall()]
