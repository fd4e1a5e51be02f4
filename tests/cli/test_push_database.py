"""`amili push --database`: the journal in PostgreSQL instead of a file."""

from __future__ import annotations

from pathlib import Path

from amili_async.sandbox import Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write
from tests.postgres import Postgres


def accepted(sandbox: Sandbox) -> set[int]:
    return {entry.accepted for entry in sandbox.state.ledger(sandbox.organization_id).values()}


def test_the_same_command_again_sends_nothing_twice(
    connected: Amili, sandbox: Sandbox, tmp_path: Path, database: str
) -> None:
    """From another folder, as from another machine: what was sent is known, what is new is sent."""
    first = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 30)))
    (tmp_path / "other").mkdir()
    second = write(tmp_path / "other" / "more.csv", as_csv(rows(*[{}] * 40)))
    for path in (first, second, second):
        done = connected("push", "invoices", path, "--database", database)
        assert done.exit_code == 0, done.output
    assert "sent by an earlier run" in done.stdout + done.stderr
    assert "amili_" in done.stderr
    assert (len(sandbox.state.ledger(sandbox.organization_id)), accepted(sandbox)) == (40, {1})
    assert not list(tmp_path.rglob("*.journal*"))


def test_names_tell_journals_apart(connected: Amili, sandbox: Sandbox, tmp_path: Path, database: str) -> None:
    """With --journal the database keeps another one; its name is told."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {})))
    done = connected("push", "invoices", path, "--database", database, "--journal", "november")
    assert (done.exit_code, "under the name november" in done.stderr) == (0, True)
    again = connected("push", "invoices", path, "--database", database, "--journal", "november", "--json")
    assert (again.exit_code, accepted(sandbox)) == (0, {1})


def test_what_contradicts_itself_is_refused(connected: Amili, tmp_path: Path, database: str) -> None:
    """A journal in a database, and none."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    done = connected("push", "invoices", path, "--database", database, "--no-journal")
    assert (done.exit_code, "--no-journal" in done.stderr) == (2, True)


def test_a_database_that_cannot_be_used_is_named(
    connected: Amili, sandbox: Sandbox, tmp_path: Path, postgres: Postgres
) -> None:
    """Before anything is sent, and without a password."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    for url, told in (
        (postgres.new(empty=True), "amili worker --migrate"),
        ("postgresql://me:geheim@127.0.0.1:1/x", "cannot be reached"),
        ("postgresql://me:geheim@[x", "postgresql://user@host"),
    ):
        done = connected("push", "invoices", path, "--database", url)
        assert (done.exit_code, told in done.stderr, "geheim" in done.output) == (2, True, False), done.output
    assert not sandbox.state.ledger(sandbox.organization_id)
