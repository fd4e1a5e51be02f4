"""The journal of a push for which none was named: beside the input, so that the same command again goes on."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_sqlite import SqliteFile
from amili_async.cli.push_journal import choose_journal, place_of
from amili_async.config import Config
from amili_async.errors import ConfigError
from amili_async.sandbox import Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write
from tests.cli.terminals import leave_question

ROOT = Path(__file__).parents[2]
SANDBOX = Config(environment="sandbox")
OTHER_ORGANIZATION = "00000000-0000-4000-8000-000000000001"


def accepted(sandbox: Sandbox) -> dict[str, int]:
    """How often each invoice number was accepted."""
    return {number: entry.accepted for number, entry in sandbox.state.ledger(sandbox.organization_id).items()}


def chosen(*inputs: Path, kind: Any = "invoices", config: Config = SANDBOX) -> Path:
    """The journal that these files get."""
    path = choose_journal(inputs, kind, config, given=None, none=False).path
    assert isinstance(path, Path)
    return path


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"environment": "sandbox"}, "sandbox"),
        ({"environment": "staging"}, "staging"),
        ({"environment": "production"}, "production"),
        ({"environment": "production", "base_url": "https://proxy.example"}, "production"),
        ({"base_url": "https://api.amili.no", "token_url": "https://x.example/token"}, "production"),
        ({"base_url": "https://api.staging.amili.no", "token_url": "https://x.example/token"}, "staging"),
        ({"environment": "sandbox", "base_url": "http://127.0.0.1:8080"}, "sandbox"),
        ({"base_url": "http://127.0.0.1:8080", "token_url": "http://127.0.0.1:8080/token"}, "127.0.0.1-8080"),
        ({"base_url": "http://[::1]:8080", "token_url": "http://[::1]:8080/token"}, "--1-8080"),
    ],
)
def test_the_name_says_where_it_goes(tmp_path: Path, settings: dict[str, Any], place: str) -> None:
    """A trial run and one in production never share a journal, and the same host has one name however it is set."""
    config = Config(**settings)
    assert place_of(config) == place
    assert chosen(tmp_path / "a.csv", config=config) == tmp_path / f"amili-invoices.{place}.journal"
    payments = chosen(tmp_path / "a.csv", kind="payments", config=config)
    assert payments == tmp_path / f"a.csv.payments.{place}.journal"


def test_invoices_of_one_folder_share_a_journal(tmp_path: Path) -> None:
    """One file, several, the folder itself, a link to a file: the same journal, in the folder where they really are."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    first, second = write(folder / "a.csv", ""), write(folder / "b.csv", "")
    link = tmp_path / "current.csv"
    link.symlink_to(first)
    journal = folder / "amili-invoices.sandbox.journal"
    assert {chosen(first), chosen(first, second), chosen(folder), chosen(link), chosen(folder, first)} == {journal}


def test_it_is_named_from_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the working directory the name is short."""
    monkeypatch.chdir(tmp_path)
    assert chosen(Path("a.csv")) == Path("amili-invoices.sandbox.journal")


def test_several_folders_have_no_one_place(tmp_path: Path) -> None:
    """Then the journal has to be named."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with pytest.raises(ConfigError, match=r"in several folders.*give --journal FILE, or --no-journal"):
        chosen(tmp_path / "a" / "x.csv", tmp_path / "b" / "x.csv")


@pytest.mark.parametrize("kind", ["payments", "corrections"])
def test_a_list_has_its_own(tmp_path: Path, kind: str) -> None:
    """Records without numbers belong to one list: several files have no default, a folder has one beside it."""
    with pytest.raises(ConfigError, match=rf"{kind} have no number of their own.*give --journal FILE"):
        chosen(tmp_path / "a.csv", tmp_path / "b.csv", kind=kind)
    (tmp_path / "inbox").mkdir()
    assert chosen(tmp_path / "inbox", kind=kind) == tmp_path / f"inbox.{kind}.sandbox.journal"


def test_nobody_may_write_there(connected: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside an input that lies where nothing can be written, the journal has to be elsewhere, or none."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    result = connected("push", "invoices", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing can be written there: give --journal FILE in another place, or --no-journal" in result.stderr
    assert connected("push", "invoices", path, "--journal", elsewhere / "j").exit_code == 0


def test_to_name_one_and_none_is_a_mistake(connected: Amili, tmp_path: Path) -> None:
    """What is meant cannot be guessed."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    result = connected("push", "invoices", path, "--journal", tmp_path / "j", "--no-journal")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "contradict each other" in result.stderr


def test_without_a_journal_nothing_is_left_behind(connected: Amili, tmp_path: Path) -> None:
    """With --no-journal there is no new file, and the first line says what that means."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    result = connected("push", "invoices", path, "--no-journal")
    assert result.stderr.splitlines()[0] == "No journal: if this push breaks off, it cannot be continued."
    assert os.listdir(tmp_path) == ["in.csv"]


def test_the_same_command_again_sends_nothing(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A finished push leaves its journal, for its owner only; a second one says that there is nothing to do."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {})))
    assert connected("push", "invoices", path).exit_code == 0
    (journal,) = tmp_path.glob("*.journal")
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    again = connected("push", "invoices", path, COLUMNS="200")
    assert again.exit_code == 0
    assert again.stderr.startswith(
        f"Journal: {journal}, of an earlier push. What that has settled is not sent again.\n"
    )
    assert "All 2 invoices were sent by an earlier run; nothing to do." in again.stdout
    told = " ".join(again.stdout.split())
    assert f"If that was a sandbox that has stopped since, delete {journal} and push again." in told
    assert accepted(sandbox) == {"1001": 1, "1002": 1}


def test_an_export_under_another_name_is_not_sent_twice(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """The same invoices in a new file of the folder, with one more: only that one is sent."""
    first = write(tmp_path / "october.csv", as_csv(rows({}, {})))
    second = write(tmp_path / "october-2.csv", as_csv(rows({}, {}, {})))
    assert connected("push", "invoices", first).exit_code == 0
    assert connected("push", "invoices", first, second).exit_code == 1
    assert accepted(sandbox) == {"1001": 1, "1002": 1, "1003": 1}


def test_another_organization_is_refused(connected: Amili, tmp_path: Path) -> None:
    """The invoices of a folder belong to one organization; the sentence says how to go on all the same."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    assert connected("push", "invoices", path).exit_code == 0
    result = connected("push", "invoices", path, "--organization-id", OTHER_ORGANIZATION)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("; each needs its own. To name another journal, give --journal FILE.\n")


def test_a_journal_in_use_is_waited_for(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """While another push uses the folder's journal, nobody is told to name another one: it would send things twice."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    assert connected("push", "invoices", path).exit_code == 0
    (journal,) = tmp_path.glob("*.journal")
    held = SqliteFile(journal)
    scope = Scope(host=sandbox.url, organization_id=str(sandbox.organization_id), kind="invoices")
    held.open(scope)
    try:
        result = connected("push", "invoices", path)
    finally:
        held.close()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("is in use by another run; wait for its end, or stop that process.\n")


def ask(answer: str, path: Path, sandbox: Sandbox) -> tuple[int, str]:
    """Push to what calls itself production, on a terminal, and answer the question."""
    import pty

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment_of(sandbox)}
    environment["AMILI_ENVIRONMENT"] = "production"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "amili_async.cli", "push", "invoices", str(path)]
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while b"[y/N]" not in seen:
            seen += os.read(ours, 1024)
        os.write(ours, f"{answer}\n".encode())
        while chunk := _read(ours):
            seen += chunk
        status = process.wait()
    os.close(ours)
    return status, seen.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # the other end is closed
        return b""


def test_production_asks_first(sandbox: Sandbox, tmp_path: Path) -> None:
    """On a terminal production is asked about, with what would be sent and where; no is the default, and no success."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {})))
    status, seen = ask("", path, sandbox)
    assert f"Send about 2 invoices of organization {sandbox.organization_id} to PRODUCTION ({sandbox.url})?" in seen
    assert "Nothing was sent." in seen
    assert (status, accepted(sandbox), os.listdir(tmp_path)) == (4, {}, ["in.csv"])
    status, seen = ask("y", path, sandbox)
    assert (status, accepted(sandbox)) == (0, {"1001": 1, "1002": 1})
    assert (tmp_path / "amili-invoices.production.journal").exists()


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_the_question_can_be_left(sandbox: Sandbox, tmp_path: Path, key: bytes) -> None:
    """Ctrl-C and Ctrl-D at the question: nothing is sent, and the status is not that of rejected records."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    environment = {"PYTHONPATH": str(ROOT), **environment_of(sandbox), "AMILI_ENVIRONMENT": "production"}
    status, said = leave_question(("push", "invoices", str(path)), environment, key)
    assert (status, accepted(sandbox)) == (130, {})
    assert b"Nothing was sent." in said


def test_failures_in_another_folder_are_pushed_with_the_same_journal(
    connected: Amili, sandbox: Sandbox, tmp_path: Path
) -> None:
    """What was not sent must not be sent from both files: the advice names the journal, and with it all is once."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"original_invoice_amount": "-1"})))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    beside = connected("push", "invoices", path, "--failures", tmp_path / "rest.jsonl", COLUMNS="400")
    assert "rest.jsonl" in beside.stdout
    assert "do it with --journal" not in beside.stdout
    rest = elsewhere / "rest.jsonl"
    first = connected("push", "invoices", path, "--failures", rest, COLUMNS="400")
    (journal,) = tmp_path.glob("*.journal")
    assert f"If you push that, do it with --journal {journal}, so that nothing is sent twice." in first.stdout
    rest.write_text(rest.read_text().replace(":-1", ":1"))
    assert connected("push", "invoices", rest, "--journal", journal).exit_code == 0
    assert accepted(sandbox) == {"1001": 1, "1002": 1}


def test_failures_beside_a_journal_that_was_named(connected: Amili, tmp_path: Path) -> None:
    """A push of the rest would find another journal by itself, so this one is named."""
    path = write(tmp_path / "in.csv", as_csv(rows({"original_invoice_amount": "-1"})))
    journal, rest = tmp_path / "mine.journal", tmp_path / "rest.jsonl"
    result = connected("push", "invoices", path, "--failures", rest, "--journal", journal, COLUMNS="400")
    assert f"do it with --journal {journal}" in result.stdout
