"""Incremental exports: what breaks off goes on, and what was written is not written again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amili_async.cli.export_checkpoint import CheckpointFile
from amili_async.errors import ConfigError
from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, write

Push = Callable[[int, int], None]


@pytest.fixture
def push(connected: Amili, tmp_path_factory: pytest.TempPathFactory) -> Push:
    """Push invoices with these numbers."""

    def run(first: int, last: int) -> None:
        lines = [
            {
                "invoice_number": str(number),
                "original_invoice_amount": "100.00",
                "currency": "NOK",
                "invoice_date": "2026-09-01",
                "due_date": "2026-09-15",
                "lastname": "Eksempel",
            }
            for number in range(first, last)
        ]
        path = write(tmp_path_factory.mktemp("input") / "in.csv", as_csv(lines))
        assert connected("push", "invoices", path).exit_code == 0

    return run


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a directory of its own."""
    monkeypatch.chdir(tmp_path)


def numbers(text: str) -> list[str]:
    """The invoice numbers in JSON Lines."""
    return [json.loads(line)["invoiceNumber"] for line in text.splitlines()]


def break_at(sandbox: Sandbox, page: int) -> None:
    """Refuse every page from this one on, counted from 0."""
    sandbox.set_faults(
        Faults(rules=[Rule(kind="status", status=500, operation="GetInvoicesByOrganization", after=page)])
    )


LIST = ("invoices", "list", "--checkpoint", "c", "--output")


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "xlsx"])
def test_the_next_run_brings_only_what_is_new(connected: Amili, push: Push, tmp_path: Path, suffix: str) -> None:
    """What an earlier run has written is left out, however far the list is asked for again."""
    push(0, 60)
    assert "60 invoices written" in connected(*LIST, f"a.{suffix}").stderr
    push(60, 75)
    second = connected(*LIST, f"b.{suffix}").stderr
    assert f"15 invoices written to b.{suffix} (60 left out that an earlier run has written)." in second
    assert "0 invoices written" in connected(*LIST, f"c.{suffix}").stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["c", *(f"{name}.{suffix}" for name in "abc")])
    assert Path("c").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("page", [1, 2])
def test_a_run_that_broke_off_goes_on(connected: Amili, push: Push, sandbox: Sandbox, suffix: str, page: int) -> None:
    """The file is that of a run in one go, and has no name until it is whole."""
    push(0, 120)
    whole = f"whole.{suffix}"
    connected("invoices", "list", "--output", whole)
    break_at(sandbox, page)
    broken = connected(*LIST, f"a.{suffix}", AMILI_MAX_ATTEMPTS="1")
    assert broken.exit_code == 3
    assert not Path(f"a.{suffix}").exists()
    sandbox.set_faults(Faults())
    again = connected(*LIST, f"a.{suffix}")
    assert again.exit_code == 0
    assert f"Going on after {50 * page} invoices of the run of" in again.stderr
    assert Path(f"a.{suffix}").read_bytes() == Path(whole).read_bytes()
    assert not Path("c.part").exists()


def test_what_was_half_written_is_written_over(connected: Amili, push: Push, sandbox: Sandbox) -> None:
    """A kill in the middle of a page leaves half a line behind, which does not stay."""
    push(0, 120)
    break_at(sandbox, 1)
    connected(*LIST, "a.jsonl", AMILI_MAX_ATTEMPTS="1")
    with Path("c.part").open("a") as part:
        part.write('{"invoiceNumber": "hal')
    sandbox.set_faults(Faults())
    connected(*LIST, "a.jsonl")
    assert numbers(Path("a.jsonl").read_text()) == [str(number) for number in range(120)]


def test_to_stdout_a_run_goes_on_too(connected: Amili, push: Push, sandbox: Sandbox) -> None:
    """Each row comes at least once; after an error of the API exactly once."""
    push(0, 120)
    break_at(sandbox, 1)
    command = ("invoices", "list", "--checkpoint", "c", "--format", "jsonl")
    first = connected(*command, AMILI_MAX_ATTEMPTS="1")
    sandbox.set_faults(Faults())
    second = connected(*command)
    assert numbers(first.stdout + second.stdout) == [str(number) for number in range(120)]
    assert connected(*command).stdout == ""


def test_a_killed_run_goes_on(push: Push, sandbox: Sandbox, connected: Amili) -> None:
    """SIGTERM in the middle: status 143, and the same command finishes the work."""
    push(0, 120)
    sandbox.set_faults(
        Faults(rules=[Rule(kind="latency", seconds=30, operation="GetInvoicesByOrganization", after=1, times=1)])
    )
    command = [sys.executable, "-m", "amili_async.cli", *LIST, "a.jsonl"]
    environment = {**os.environ, **environment_of(sandbox)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not Path("c.part").exists() or not Path("c.part").stat().st_size:
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "Stopped after 50 invoices: run the same command again to go on." in said
    assert not Path("a.jsonl").exists()
    connected(*LIST, "a.jsonl")
    assert numbers(Path("a.jsonl").read_text()) == [str(number) for number in range(120)]


def test_what_changed_comes_again(connected: Amili, push: Push) -> None:
    """An item that is young enough to be met again is compared as a whole, not by its id."""
    push(0, 2)
    listing = ("cases", "list", "--checkpoint", "c", "--format", "jsonl")
    (case, _) = map(json.loads, connected(*listing).stdout.splitlines())
    payment = {"invoiceId": case["invoices"][0]["invoiceId"], "amount": 40, "currency": "NOK"}
    connected("call", "CreatePayments", "--body", json.dumps({"payments": [payment]}))
    (changed,) = map(json.loads, connected(*listing).stdout.splitlines())
    assert (changed["caseId"], changed["remainingAmount"]) == (case["caseId"], 60)


def test_since_is_for_the_first_run(connected: Amili, push: Push) -> None:
    """Later ones begin where the one before ended, less the overlap, so that a night that was left out is made up."""
    push(0, 3)
    listing = ("batches", "list", "--checkpoint", "c", "--format", "jsonl")
    assert connected(*listing, "--since", "2099-01-01").stdout == ""
    assert connected(*listing, "--since", "2000-01-01").stdout != ""
    assert connected(*listing, "--since", "2099-01-01", "--overlap", "0").stdout == ""
    push(3, 6)
    assert connected(*listing, "--since", "2099-01-01").stdout.count("\n") == 1


def test_what_an_earlier_run_brought_is_not_replaced(connected: Amili, push: Push) -> None:
    """An output that is there stays, since it may not have been read yet."""
    push(0, 2)
    connected(*LIST, "a.csv")
    result = connected(*LIST, "a.csv")
    assert result.exit_code == 2
    assert "a.csv is there already" in result.stderr


def test_another_list_needs_another_checkpoint(connected: Amili, push: Push) -> None:
    """Filters, organization and host belong to it; what is no checkpoint at all is said, too."""
    push(0, 2)
    connected(*LIST, "a.csv")
    other = connected(*LIST, "b.csv", "--status", "OPEN")
    assert other.exit_code == 2
    assert "c is of another list, host, organization or filter" in other.stderr
    write(Path("c"), "{}")
    assert "c is not the checkpoint of a list" in connected(*LIST, "b.csv").stderr


def test_a_run_goes_on_in_the_form_it_began_in(connected: Amili, push: Push, sandbox: Sandbox) -> None:
    """Half a file of CSV is no beginning of JSON Lines; --restart begins anew."""
    push(0, 120)
    break_at(sandbox, 1)
    connected(*LIST, "a.csv", AMILI_MAX_ATTEMPTS="1")
    sandbox.set_faults(Faults())
    other = connected(*LIST, "a.jsonl")
    assert other.exit_code == 2
    assert "add --restart" in other.stderr
    assert connected(*LIST, "a.jsonl", "--restart").exit_code == 0
    assert len(numbers(Path("a.jsonl").read_text())) == 120


def test_a_part_that_is_gone_is_made_anew(connected: Amili, push: Push, sandbox: Sandbox) -> None:
    """Somebody tidied up: the run begins again, and says so."""
    push(0, 120)
    break_at(sandbox, 1)
    connected(*LIST, "a.csv", AMILI_MAX_ATTEMPTS="1")
    sandbox.set_faults(Faults())
    Path("c.part").unlink()
    again = connected(*LIST, "a.csv")
    assert "beginning it anew" in again.stderr
    assert "120 invoices written" in again.stderr


def test_a_page_that_is_not_to_be_had_any_more_is_said(connected: Amili, push: Push, sandbox: Sandbox) -> None:
    """How long a page token is good for is not documented: the way on is named."""
    push(0, 120)
    break_at(sandbox, 1)
    connected(*LIST, "a.csv", AMILI_MAX_ATTEMPTS="1")
    sandbox.set_faults(Faults(rules=[Rule(kind="status", status=400, operation="GetInvoicesByOrganization")]))
    result = connected(*LIST, "a.csv")
    assert result.exit_code == 3
    assert "add --restart to begin that run anew" in result.stderr


def test_two_runs_do_not_share_a_checkpoint(tmp_path: Path) -> None:
    """The second one is refused, and the lock goes with its holder."""
    with CheckpointFile(tmp_path / "c", {}):
        with pytest.raises(ConfigError, match="is in use by another run"), CheckpointFile(tmp_path / "c", {}):
            pass
    assert list(tmp_path.iterdir()) == []
