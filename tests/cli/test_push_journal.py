"""`amili push invoices --journal`: the same command again goes on, and sends nothing twice."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amili_async import AmiliClient
from amili_async.bulk.journal import Event
from amili_async.bulk.journal_sqlite import SqliteFile
from amili_async.cli.push import PushResult, PushSettings, push_records
from amili_async.cli.push_sums import sent_sentence
from amili_async.errors import JournalError
from amili_async.importers.kinds import INVOICES
from amili_async.importers.reading import Reading
from amili_async.sandbox import Sandbox, VirtualClock
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import GOOD, as_csv, rows, write

SAMPLE = Path(__file__).parents[2] / "examples" / "invoices.csv"
OTHER_ORGANIZATION = "00000000-0000-4000-8000-000000000001"


def writes(sandbox: Sandbox) -> int:
    """How many requests brought invoices."""
    return sum(entry.operation == "CreateInvoices" for entry in sandbox.requests)


def accepted(sandbox: Sandbox) -> dict[str, int]:
    """How often each invoice number was accepted."""
    return {number: entry.accepted for number, entry in sandbox.state.ledger(sandbox.organization_id).items()}


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_push_that_was_stopped_goes_on(
    connected: Amili, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: signal.Signals
) -> None:
    """Stopped half way and run again, the same command gets each invoice to Amili exactly once."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 60)))
    push = ("push", "invoices", path, "--journal", tmp_path / "j", "--chunk-size", 2, "--concurrency", 2)
    stopped: list[bool] = []

    def stop(*_: Any) -> None:
        if not stopped:
            stopped.append(True)
            os.kill(os.getpid(), kind)

    with monkeypatch.context() as patched:
        patched.setattr("amili_async.cli.progress.Lines.__call__", stop)
        first = connected(*push, COLUMNS="200")
    assert first.exit_code == 128 + kind
    assert first.stderr.endswith(" Run the same command again to continue.\n")
    assert "Run the same command again to continue: accepted ones are not sent again." in first.stdout
    assert "Do not push the whole file again" not in first.stdout
    before = accepted(sandbox)
    assert 0 < len(before) < 60

    second = connected(*push, "--format", "json")
    assert second.exit_code == 0
    assert accepted(sandbox) == {str(1001 + index): 1 for index in range(60)}
    data = json.loads(second.stdout)
    assert data["journal"] == str(tmp_path / "j")
    assert data["settled_earlier"] == {"total": len(before), "accepted": len(before), "rejected": 0}
    assert data["sent"] == {"total": 60 - len(before), "accepted": 60 - len(before), "rejected": 0, "unknown": 0}
    assert data["report"]["resumed"] == len(before)


async def test_batches_that_were_open_are_followed_up(tmp_path: Path) -> None:
    """What a stopped push left unknown is asked for and not sent anew, and the sentence claims no more than that."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"invoice_number": "1001"}, {}, {})))
    results = []
    async with Sandbox(clock=VirtualClock(running=True), batch_delay_s=1000) as sandbox:
        settings = PushSettings(organization_id=sandbox.organization_id, chunk_size=1, journal=tmp_path / "j")
        for cancel in (True, False):
            async with AmiliClient(sandbox.config(), clock=sandbox.clock) as client:
                with Reading([path], INVOICES) as reading:
                    result = PushResult(reading, settings)
                    results.append(result)
                    push = asyncio.create_task(push_records(client, result))
                    while cancel and writes(sandbox) < 3:  # noqa: ASYNC110  # the sandbox counts, and tells nobody
                        await asyncio.sleep(0)
                    if cancel:
                        push.cancel()
                    await asyncio.wait([push])
        sent = writes(sandbox)
        assert accepted(sandbox) == {"1001": 1, "1003": 1, "1004": 1}
    first, second = (result.report for result in results)
    assert first is not None
    assert second is not None
    assert first.unknown == 3
    assert (second.accepted, second.resumed, sent) == (3, 0, 3)
    assert sent_sentence(results[1], second) == "Sent or followed up now 3 = 3 accepted + 0 rejected + 0 unknown."


def test_what_was_turned_away_goes_on(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A push that ends with unsent records is finished by the same command."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 4)))
    push = ("push", "invoices", path, "--journal", tmp_path / "j", "--chunk-size", 2, "--concurrency", 1)
    sandbox.fail_next(status=429, retry_after=100_000, operation="CreateInvoices")
    first = connected(*push, COLUMNS="200")
    assert first.exit_code == 4
    assert "Run the same command again to continue" in first.stdout
    assert accepted(sandbox) == {}
    assert connected(*push).exit_code == 0
    assert accepted(sandbox) == {str(1001 + index): 1 for index in range(4)}


def test_a_finished_push_is_told_and_not_sent_again(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """The whole sample again: nothing leaves, what was settled earlier is told apart, and all numbers add up."""
    push = ("push", "invoices", SAMPLE, "--journal", tmp_path / "j")
    first = connected(*push, "--format", "json")
    sent, ledger = writes(sandbox), accepted(sandbox)
    second = connected(*push, COLUMNS="200")
    third = connected(*push, "--format", "json")
    assert (first.exit_code, second.exit_code, third.exit_code) == (1, 1, 1)
    assert (writes(sandbox), accepted(sandbox)) == (sent, ledger)

    lines = second.stdout.splitlines()
    told = "Sent or followed up now 0 = 0 accepted + 0 rejected + 0 unknown; 1,050 were settled by an earlier run."
    assert told in lines
    assert "Read 1,052 = 0 sent or followed up + 1,050 settled earlier + 2 refused here + 0 unsent." in lines
    assert [line.split()[:2] for line in lines if line.startswith("accepted ")] == [
        ["accepted", "0"],
        ["accepted", "by"],
    ]
    assert re.search(r"^accepted by an earlier run +1,020 ", second.stdout, re.MULTILINE)
    assert re.search(r"^rejected by an earlier run +30 ", second.stdout, re.MULTILINE)
    assert re.search(r"^refused here, not sent +2 ", second.stdout, re.MULTILINE)

    before, now = json.loads(first.stdout), json.loads(third.stdout)
    assert now["settled_earlier"] == {"total": 1050, "accepted": 1020, "rejected": 30}
    assert before["settled_earlier"] == {"total": 0, "accepted": 0, "rejected": 0}
    assert now["sent"] == {"total": 0, "accepted": 0, "rejected": 0, "unknown": 0}
    assert now["sent"]["total"] + now["not_sent"]["total"] + now["settled_earlier"]["total"] == now["read"] == 1052
    for part in ("read", "not_sent", "refused_here_sums", "unreadable"):
        assert now[part] == before[part]
    assert now["report"]["totals"] == before["report"]["totals"]


def test_the_sums_of_the_table_add_up(connected: Amili, tmp_path: Path) -> None:
    """Each currency's column adds up to what was read, with the lines of an earlier run."""
    push = ("push", "invoices", SAMPLE, "--journal", tmp_path / "j")
    connected(*push)
    table = connected(*push, COLUMNS="200").stdout.split("\nSent ")[0].splitlines()
    cells = [re.split(r" {2,}", line.replace(",", "").replace("–", "0")) for line in table if re.match(r"[a-z]", line)]
    *parts, read = [row for row in cells if not row[0].startswith("rows")]
    assert read[0] == "read"
    for column in range(1, len(read)):
        assert sum(Decimal(row[column]) for row in parts) == Decimal(read[column])


def test_after_mending_the_same_command_sends_the_rest(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Rows that are mended in the file are sent by the same command, and only they."""
    path = tmp_path / "in.csv"
    push = ("push", "invoices", path, "--journal", tmp_path / "j")
    write(path, as_csv(rows({}, {"original_invoice_amount": "-1.00"}, {"currency": "kr"})))
    first = connected(*push, COLUMNS="200")
    assert first.exit_code == 1
    assert f"Mend the 2 bad ones in {path}." in first.stdout
    assert "Run the same command again after mending: accepted ones are not sent again." in first.stdout
    write(path, as_csv(rows({}, {}, {})))
    second = connected(*push, COLUMNS="200")
    assert second.exit_code == 0
    assert (
        "Sent or followed up now 2 = 2 accepted + 0 rejected + 0 unknown; 1 was settled by an earlier run."
        in second.stdout
    )
    assert "All 3 invoices are with Amili." in second.stdout
    assert accepted(sandbox) == {"1001": 1, "1002": 1, "1003": 1}


def test_a_column_of_ids_that_was_added(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Nobody is dunned twice for it; the report tells the way out, and in which file the refused ones are."""
    folder, columns = tmp_path / "in", [*GOOD, "unique_source_invoice_id"]
    folder.mkdir()
    assert connected("push", "invoices", write(folder / "one.csv", as_csv(rows({}, {})))).exit_code == 0
    ids = [{"unique_source_invoice_id": f"erp-{number}"} for number in range(3)]
    two, rest = write(folder / "two.csv", as_csv(rows(*ids), columns)), tmp_path / "rest.jsonl"
    result = connected("push", "invoices", two, "--failures", rest, COLUMNS="500")
    assert result.exit_code == 1
    assert "keep the ids of records that were sent with theirs, or those are sent twice" in result.stdout
    assert f"They are in {tmp_path / 'rest.unknown.jsonl'}." in result.stdout
    assert "What was rejected or not sent" not in result.stdout
    assert rest.read_text() == ""
    # What the report advises: without the ids that were refused, and with the one that was taken.
    write(two, as_csv(rows({}, {}, ids[2]), columns))
    assert connected("push", "invoices", two).exit_code == 0
    assert {entry.accepted for entry in sandbox.state.ledger(sandbox.organization_id).values()} == {1}


def test_what_was_changed_after_it_was_accepted(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """An accepted invoice that has other contents now is not sent, and nobody is told to mend it here."""
    path = tmp_path / "in.csv"
    push = ("push", "invoices", path, "--journal", tmp_path / "j")
    write(path, as_csv(rows({})))
    assert connected(*push).exit_code == 0
    write(path, as_csv(rows({"original_invoice_amount": "99.00"})))
    result = connected(*push, COLUMNS="200")
    assert result.exit_code == 1
    assert "Leave the changed one: Amili has what was sent before, or may have." in result.stdout
    assert "Mend" not in result.stdout
    assert sandbox.state.ledger(sandbox.organization_id)["1001"].amounts == (Decimal("1249.50"),)


def refused(connected: Amili, *arguments: object, **environment: str) -> str:
    """The sentence with which a push is refused before anything is sent."""
    result = connected("push", "invoices", *arguments, **environment)
    assert (result.exit_code, result.stdout) == (2, "")
    journal, pushing, error = result.stderr.splitlines()
    assert journal.startswith("Journal: ")
    assert pushing.startswith("Pushing ")
    return error


def test_a_journal_of_something_else(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A journal serves one organization at one host; elsewhere it is refused in a sentence, and nothing is sent."""
    path, journal = write(tmp_path / "in.csv", as_csv(rows({}))), tmp_path / "j"
    assert connected("push", "invoices", path, "--journal", journal).exit_code == 0
    sent = writes(sandbox)
    told = refused(connected, path, "--journal", journal, "--organization-id", OTHER_ORGANIZATION)
    assert told.startswith(f"Error: the journal {journal} is about invoices of organization {sandbox.organization_id}")
    assert writes(sandbox) == sent
    with Sandbox().in_thread() as other:
        told = refused(connected, path, "--journal", journal, **environment_of(other))
        assert f"at {sandbox.url}, not invoices of {other.organization_id} at {other.url}; each needs its own" in told
        assert writes(other) == 0


@pytest.mark.parametrize("content", ["no journal at all\n" * 10, b"SQLite format 3\0" + bytes(range(256)) * 16])
def test_a_damaged_journal(connected: Amili, sandbox: Sandbox, tmp_path: Path, content: str | bytes) -> None:
    """A file that is no journal, or is damaged, is refused in a sentence and left as it is; nothing is sent."""
    path, journal = write(tmp_path / "in.csv", as_csv(rows({}))), write(tmp_path / "j", content)
    before = journal.read_bytes()
    told = refused(connected, path, "--journal", journal)
    assert re.fullmatch(rf"Error: (the journal )?{journal} .*left as it is.*\.", told)
    assert journal.read_bytes() == before
    assert writes(sandbox) == 0


HOLD = """
import sys
from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_sqlite import SqliteFile

path, host, organization_id = sys.argv[1:]
SqliteFile(path).open(Scope(host=host, organization_id=organization_id, kind="invoices"))
print("open", flush=True)
sys.stdin.read()
"""


def test_two_processes_at_once(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """While another process uses the journal, a push is refused in a sentence; after its end it runs."""
    path, journal = write(tmp_path / "in.csv", as_csv(rows({}))), tmp_path / "j"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(journal), sandbox.url, str(sandbox.organization_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        told = refused(connected, path, "--journal", journal)
        assert told == f"Error: the journal {journal} is in use by another run; wait for its end, or stop that process."
        assert writes(sandbox) == 0
        other.kill()
    assert connected("push", "invoices", path, "--journal", journal).exit_code == 0


def test_a_journal_that_fails_under_way(
    connected: Amili, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the push has begun, a journal that cannot be written ends it with the report, a sentence and status 4."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 60)))
    push = ("push", "invoices", path, "--journal", tmp_path / "j", "--chunk-size", 2, "--concurrency", 1)
    append, times = SqliteFile.append, 0

    def full(self: SqliteFile, events: Sequence[Event]) -> None:
        nonlocal times
        times += 1
        if times > 4:
            raise JournalError("the journal j cannot be written: No space left on device")
        append(self, events)

    with monkeypatch.context() as patched:
        patched.setattr(SqliteFile, "append", full)
        result = connected(*push, COLUMNS="200")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[2:] == ["Error: the journal j cannot be written: No space left on device."]
    assert re.search(r"^Read \d+ = ", result.stdout, re.MULTILINE)
    assert "Stopped early" not in result.stdout
    assert "Run the same command again to continue: accepted ones are not sent again." in result.stdout
    assert connected(*push).exit_code == 0
    assert accepted(sandbox) == {str(1001 + index): 1 for index in range(60)}


def test_files_are_kept_apart(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """The journal is neither read from nor set aside as a file of failures, and the input is not set aside either."""
    path, rest = write(tmp_path / "in.csv", as_csv(rows({}))), tmp_path / "rest.jsonl"
    for arguments in (
        ("--journal", path),
        ("--journal", rest, "--failures", rest),
        ("--journal", tmp_path / "rest.unknown.jsonl", "--failures", rest),
        ("--journal", tmp_path / "j", "--failures", path),
    ):
        result = connected("push", "invoices", path, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.endswith(": give it one of its own.\n")
    assert os.listdir(tmp_path) == ["in.csv"]
    assert writes(sandbox) == 0


@pytest.mark.parametrize("rate", ["0", "-1", "nan"])
def test_a_rate_that_makes_no_sense(connected: Amili, tmp_path: Path, rate: str) -> None:
    """A limit has to be more than 0, or nothing would ever be sent."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    result = connected("push", "invoices", path, "--rate-limit", rate)
    assert result.exit_code == 2
    assert "is not more than 0" in result.stderr


async def test_the_rate_is_kept(tmp_path: Path) -> None:
    """With a limit of two invoices per second, ten of them take some seconds."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 10)))
    async with (
        Sandbox(clock=VirtualClock(running=True), batch_delay_s=0) as sandbox,
        AmiliClient(sandbox.config(), clock=sandbox.clock) as client,
    ):
        took = []
        for rate in (None, 2.0):
            with Reading([path], INVOICES) as reading:
                settings = PushSettings(organization_id=sandbox.organization_id, chunk_size=1, rate_limit=rate)
                result = PushResult(reading, settings)
                await push_records(client, result)
            assert result.report is not None
            took.append(result.report.elapsed_s)
    assert took[1] - took[0] >= 3
