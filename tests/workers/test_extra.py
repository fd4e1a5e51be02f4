"""Without the extra `workers`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT = (
    "import sys\nfor name in ('psycopg', 'psycopg_pool', 'procrastinate', 'cryptography'): sys.modules[name] = None\n"
)
CONFIG = "Config(environment='sandbox', client_id='me', client_secret='geheim')"


def said_by(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + program],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "AMILI_ENVIRONMENT": "sandbox"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "use",
    [
        "from amili_async.workers import run_worker",
        "from amili_async.workers import PostgresJournal",
        f"amili_async.AmiliClient({CONFIG}).bulk.watch('{'0' * 32}', database='')",
        f"asyncio.run(amili_async.AmiliClient({CONFIG}).bulk.enqueue_invoices('o', [], database=''))",
        "app(['worker', '--migrate', '--database', 'x'])",
        "app(['push', 'invoices', 'examples/invoices.csv', '--database', 'x'])",
    ],
)
def test_it_says_what_to_install(use: str) -> None:
    """Whichever way somebody comes to it."""
    program = f"import amili_async, asyncio\nfrom amili_async import Config\nfrom amili_async.cli.app import app\n{use}"
    said = said_by(program)
    assert "pip install 'amili-async[workers]'" in said
    assert said.count("Traceback") <= ("app(" not in use)


def test_all_else_works() -> None:
    """A push does not need it, nor does the command's help."""
    program = (
        "import amili_async.bulk\nfrom amili_async.cli.app import app\n"
        "print(amili_async.bulk.SqliteJournal)\napp(['--help'])"
    )
    said = said_by(program)
    assert "SqliteJournal" in said
    assert "worker" in said
    assert "Traceback" not in said
