"""`amili worker`: sends what was enqueued."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from amili_async import AmiliClient
from amili_async.sandbox import Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.bulk.fake_amili import invoices
from tests.cli.conftest import Amili
from tests.postgres import Postgres

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def levels_as_before() -> Iterator[None]:
    """The command sets what is logged, and other tests run in the same process."""
    loggers = [logging.getLogger(name) for name in ("amili_async", "procrastinate")]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def enqueue(sandbox: Sandbox, database: str, count: int) -> None:
    async def run() -> None:
        async with AmiliClient(sandbox.config()) as amili:
            await amili.bulk.enqueue_invoices(sandbox.organization_id, invoices(count), database=database)

    asyncio.run(run())


def test_it_sends_what_was_enqueued(connected: Amili, sandbox: Sandbox, database: str) -> None:
    """With the settings of any command, and the database from an option or the environment."""
    enqueue(sandbox, database, 30)
    done = connected("worker", "--once", AMILI_DATABASE=database)
    assert (done.exit_code, done.stdout) == (0, "")
    assert len(sandbox.state.ledger(sandbox.organization_id)) == 30


def test_it_makes_its_tables(amili: Amili, postgres: Postgres) -> None:
    """Without settings for the API; once more does no harm."""
    database = postgres.new(empty=True)
    said = [amili("worker", "--migrate", "--database", database) for _ in range(2)]
    assert [each.exit_code for each in said] == [0, 0]
    assert "is now at version 1" in said[0].stderr
    assert "up to date" in said[1].stderr


def test_it_forgets_old_runs(connected: Amili, sandbox: Sandbox, database: str) -> None:
    """Those that are over and older than was said."""
    enqueue(sandbox, database, 3)
    connected("worker", "--once", "--database", database)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE amili_run SET created_at = now() - interval '40 days'")
    assert "deleted: 0" in connected("worker", "--prune", 50, "--database", database).stderr
    assert "deleted: 1" in connected("worker", "--prune", 30, "--database", database).stderr


def test_bad_databases_are_named(connected: Amili, postgres: Postgres) -> None:
    """None at all, one without tables: what to do about it, in a sentence; no password."""
    none = connected("worker")
    assert (none.exit_code, "AMILI_DATABASE" in none.stderr) == (2, True)
    empty = connected("worker", "--database", postgres.new(empty=True))
    assert (empty.exit_code, "amili worker --migrate" in empty.stderr) == (2, True)
    wrong = connected("worker", "--database", "postgresql://me:geheim@[x")
    assert (wrong.exit_code, "geheim" in wrong.output) == (2, False)


def test_keys_that_are_none_are_named(connected: Amili, database: str) -> None:
    """Before anything is worked."""
    done = connected("worker", "--once", AMILI_DATABASE=database, AMILI_QUEUE_KEYS="geheim")
    assert (done.exit_code, "AMILI_QUEUE_KEYS" in done.stderr, "geheim" in done.output) == (2, True, False)


def test_sigterm_ends_it_cleanly(sandbox: Sandbox, database: str) -> None:
    """What is under way finishes, or comes again with another worker; status 0."""
    enqueue(sandbox, database, 30)
    with subprocess.Popen(
        [sys.executable, "-m", "amili_async.cli", "worker", "--database", database],
        cwd=ROOT,
        env={**os.environ, **environment_of(sandbox), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        with psycopg.connect(database, autocommit=True) as connection:
            for _ in connection.execute("LISTEN amili_portion_final").connection.notifies(timeout=30, stop_after=1):
                worker.send_signal(signal.SIGTERM)
        _, stderr = worker.communicate(timeout=30)
    assert (worker.returncode, "Traceback" in stderr) == (0, False), stderr
    assert len(sandbox.state.ledger(sandbox.organization_id)) == 30
