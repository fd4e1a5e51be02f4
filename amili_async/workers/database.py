"""Connections to PostgreSQL: what they are set to, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from amili_async.errors import JournalError

__all__ = ["VERSION", "Connection", "check_version", "connect", "conninfo", "speaking", "where"]

Connection = AsyncConnection[tuple[Any, ...]]

VERSION: Final = 1
"""Of the tables."""
_MIGRATE: Final = "amili worker --migrate"
# A worker that is cut off is to lose its holds in half a minute, and not in the two hours of the usual settings.
_ALIVE: Final = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
_SESSION: Final = """
SELECT set_config(name, wanted, false)
FROM (VALUES ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
             ('tcp_user_timeout', '25000')) AS settings (name, wanted)
UNION ALL
-- A commit is one that survives a crash, whatever the database is set to.
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')
"""


def conninfo(url: str) -> str:
    """A URL or connection string, with what keeps a broken connection from going unnoticed.

    Raises:
        JournalError: It is neither.
    """
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        # Without psycopg's own words, which quote what was given, and there may be a password in it.
        raise JournalError(
            "the database's address cannot be read; it looks like postgresql://user@host:5432/name"
        ) from None
    if not given:
        raise JournalError("the database's address is empty; it looks like postgresql://user@host:5432/name")
    if _is_torn(given):
        raise JournalError(
            "the database's address cannot be read: a password with @, / or other such characters has to have them "
            "percent-encoded (%40 for @, %2F for /), or be kept in PGPASSFILE"
        )
    merged: dict[str, Any] = {**_ALIVE, "application_name": "amili", **given}
    return make_conninfo(**merged)


def where(url: str) -> str:
    """The database's name and host, fit to be shown."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.Error:
        return "the database"
    if _is_torn(given):
        return "the database"
    host = given.get("host")
    name = given.get("dbname") or "(default)"
    return f"the database {name}" + (f" at {host}" if host else "")


def _is_torn(given: Mapping[str, Any]) -> bool:
    """Whether a password holds what ends it in a URL: a part of it stands in the host's or the database's name then."""
    return any("@" in str(given.get(name, ""))[1:] for name in ("host", "dbname"))


@contextmanager
def speaking(url: str) -> Iterator[None]:
    """Turn what the database or the way there does wrong into a `JournalError`."""
    try:
        yield
    except psycopg.errors.UndefinedTable as error:
        raise JournalError(f"{where(url)} holds no tables of this library; make them once with `{_MIGRATE}`") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise JournalError(f"{where(url)} does not let this user do that ({error.diag.message_primary})") from error
    except psycopg.OperationalError as error:
        reason = error.diag.message_primary or str(error).splitlines()[0].strip()
        raise JournalError(f"{where(url)} cannot be reached, or broke off ({reason})") from error
    except psycopg.Error as error:
        # The server's message only: its details can quote values.
        reason = error.diag.message_primary or type(error).__name__
        raise JournalError(f"{where(url)} did not do as asked ({reason})") from error


async def connect(url: str) -> Connection:
    """Open a connection of its own, each statement a transaction unless said otherwise.

    Raises:
        JournalError: The database cannot be reached, or its tables are not of this library's version.
    """
    info = conninfo(url)
    with speaking(url):
        connection = await AsyncConnection.connect(info, autocommit=True)
        try:
            await connection.execute(_SESSION)
            await check_version(connection, url)
        except BaseException:
            await connection.close()
            raise
        return connection


async def check_version(connection: Connection, url: str) -> None:
    """See that the tables are the ones this library knows.

    Raises:
        JournalError: They are not.
    """
    cursor = await connection.execute("SELECT max(version) FROM amili_schema")
    row = await cursor.fetchone()
    version = row[0] if row is not None else None
    if version == VERSION:
        return
    if version is None or version < VERSION:
        raise JournalError(
            f"{where(url)} holds tables of version {version}, and this library needs version {VERSION}; "
            f"run `{_MIGRATE}` once all workers of the older library have ended"
        )
    raise JournalError(
        f"{where(url)} holds tables of version {version}, and this library knows only up to {VERSION}; "
        "use the library that made them"
    )
