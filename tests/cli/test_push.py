"""`amili push invoices`, against a sandbox."""

from __future__ import annotations

import asyncio
import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from amili_async import AmiliClient, codec
from amili_async.bulk import Progress
from amili_async.cli.push import PushResult, PushSettings, push_records
from amili_async.cli.refusals import Refusals
from amili_async.importers.kinds import INVOICES
from amili_async.importers.reading import Reading
from amili_async.models.collection import CreateInvoiceItem
from amili_async.sandbox import Sandbox, VirtualClock
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

SAMPLE = Path(__file__).parents[2] / "examples" / "invoices.csv"


def test_all_accepted(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Good invoices arrive to the øre; the report goes to stdout, what happens meanwhile to stderr, and status is 0."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"original_invoice_amount": "0.10"})))
    result = connected("push", "invoices", path)
    assert result.exit_code == 0
    assert "All 2 invoices are with Amili." in result.stdout
    journal, pushing = result.stderr.splitlines()
    assert journal.startswith(f"Journal: {tmp_path}/amili-invoices.")
    assert journal.endswith(".journal, new. If this push breaks off, the same command continues it.")
    assert pushing == f"Pushing {path} (2 rows) to {sandbox.url}, organization {sandbox.organization_id}."
    ledger = sandbox.state.ledger(sandbox.organization_id)
    assert {number: entry.amounts for number, entry in ledger.items()} == {
        "1001": (Decimal("1249.50"),),
        "1002": (Decimal("0.10"),),
    }


def test_the_sample_adds_up(connected: Amili, sandbox: Sandbox) -> None:
    """The sample file: every row is accounted for once, and the sums are those of the file and of the sandbox."""
    result = connected("push", "invoices", SAMPLE, "--chunk-size", 50, "--concurrency", 4, "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    report = data["report"]
    assert (report["accepted"], report["rejected"], report["rejected_locally"]) == (1020, 32, 2)
    assert (report["unsent"], report["unknown"], data["unreadable"]["count"]) == (0, 0, 8)
    assert data["sent"] == {"total": 1050, "accepted": 1020, "rejected": 30, "unknown": 0}
    assert data["not_sent"] == {"total": 2, "refused_here": 2, "unsent": 0}
    assert data["sent"]["total"] + data["not_sent"]["total"] == data["read"] == 1052
    assert data["read"] + data["unreadable"]["count"] == 1060
    assert sorted(reason["count"] for reason in data["reasons"]) == [2, 10, 10, 10]
    assert sum(reason["count"] for reason in data["reasons"] if reason["repeated"]) == 2

    with SAMPLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    unreadable = {problem["line"] for problem in data["unreadable"]["first"]}
    for currency, by_outcome in report["totals"].items():
        in_file = sum(
            Decimal(line["original_invoice_amount"])
            for number, line in enumerate(lines, 2)
            if number not in unreadable and line["currency"] == currency
        )
        assert sum(map(Decimal, by_outcome.values())) == in_file
        ledger = sandbox.state.ledger(sandbox.organization_id).values()
        arrived = sum(sum(entry.amounts) for entry in ledger if entry.currency == currency)
        assert Decimal(by_outcome["ACCEPTED"]) == arrived


def test_what_failed_can_be_mended_and_pushed_again(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """The file of failures, once mended, is the input of the next push."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"original_invoice_amount": "-1.00"})))
    rest = tmp_path / "rest.jsonl"
    assert connected("push", "invoices", path, "--failures", rest).exit_code == 1

    invoice = codec.decode(rest.read_bytes(), CreateInvoiceItem)
    mended = tmp_path / "mended.jsonl"
    mended.write_bytes(codec.encode(evolve(invoice, original_invoice_amount=Decimal(1))))
    assert connected("push", "invoices", mended).exit_code == 0
    assert set(sandbox.state.ledger(sandbox.organization_id)) == {"1001", "1002"}


def test_failures_are_not_overwritten(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """What is left of an earlier push stays, and nothing is sent."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    rest = write(tmp_path / "rest.jsonl", "{}")
    result = connected("push", "invoices", path, "--failures", rest)
    assert result.exit_code == 2
    assert "is there already and not empty" in result.stderr
    assert sandbox.state.ledger(sandbox.organization_id) == {}


def test_unreadable_rows_are_listed(connected: Amili, tmp_path: Path) -> None:
    """A row that cannot be read is told with line, column and reason; the others are sent, and the status is 1."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"currency": "kr"}, {})))
    result = connected("push", "invoices", path)
    assert result.exit_code == 1
    assert f"Rows of {path} that could not be read" in result.stdout
    assert '   3  currency  "kr" is not a currency code; write it like NOK\n' in result.stdout
    assert re.search(r"^accepted +2 +2,499\.00$", result.stdout, re.MULTILINE)


def test_a_file_without_invoices_is_told(connected: Amili, tmp_path: Path) -> None:
    """A header alone is no error, but each such file has its warning; one with bad rows is another matter."""
    header = write(tmp_path / "header.csv", as_csv([]))
    blank = write(tmp_path / "blank.csv", as_csv([]) + ",,,,,\n\n")
    bad = write(tmp_path / "bad.csv", as_csv(rows({"currency": "kr"})))
    good = write(tmp_path / "good.csv", as_csv(rows({})))
    result = connected("push", "invoices", header)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "There was nothing to send.")
    assert result.stderr.splitlines()[2:] == [f"Warning: {header} holds no invoices."]
    result = connected("push", "invoices", bad, blank, good, header)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[2:] == [f"Warning: {file} holds no invoices." for file in (blank, header)]
    result = connected("push", "invoices", "--dry-run", header)
    assert (result.exit_code, result.stderr) == (0, f"Warning: {header} holds no invoices.\n")


def test_a_file_of_bad_rows_only_is_to_be_mended(connected: Amili, tmp_path: Path) -> None:
    """Running the same command on the same file again would not help, so it is not advised."""
    path = write(tmp_path / "in.csv", as_csv(rows({"currency": "kr"})))
    result = connected("push", "invoices", path)
    assert result.exit_code == 1
    assert f"Nothing was sent. Mend the bad one in {path}, and run the same command again." in " ".join(
        result.stdout.split()
    )


def test_dry_run_needs_no_settings(amili: Amili, tmp_path: Path) -> None:
    """Files can be checked without an account: all problems are listed, sums are told, nothing is sent."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, *[{"currency": "kr"}] * 25, {"original_invoice_amount": "0.50"})))
    result = amili("push", "invoices", "--dry-run", path)
    assert result.exit_code == 1
    assert result.stderr.count('currency: "kr" is not a currency code') == 25
    assert f"{path}:3: currency" in result.stderr
    assert "NOK              2  1,250.00" in result.stdout
    assert "2 invoices can be read; 25 rows cannot be read. Nothing was sent." in result.stdout

    data = json.loads(amili("push", "invoices", "--dry-run", path, "--format", "json").stdout)
    assert (data["status"], data["kind"], data["unreadable"]) == ("REJECTED", "invoices", 25)
    assert (data["invoices"], data["sums"]) == ({"NOK": 2}, {"NOK": "1250.00"})


def test_a_dry_run_tells_what_comes_twice(connected: Amili, tmp_path: Path) -> None:
    """Its sum is that of what a push gets accepted, and its status the same: what comes twice counts once."""
    twice = {"invoice_number": "1001", "original_invoice_amount": "100.00"}
    path = write(tmp_path / "in.csv", as_csv(rows(twice, twice, twice | {"original_invoice_amount": "7.00"})))
    result = connected("push", "invoices", "--dry-run", path, COLUMNS="200")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "invoice 1001: came before with the same contents; it would be sent once",
        "invoice 1001: another one with this number or id came before; keep the right one",
    ]
    assert re.search(r"^NOK +1  100\.00$", result.stdout, re.MULTILINE)
    assert "3 invoices can be read. 1 of them would be refused: another one with the same number" in result.stdout
    pushed = connected("push", "invoices", path, COLUMNS="200")
    assert pushed.exit_code == 1
    assert re.search(r"^accepted +1 +100\.00$", pushed.stdout, re.MULTILINE)


def test_nothing_is_sent_if_one_file_is_wrong(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A mistake in the last file stops the push before the first invoice leaves."""
    good = write(tmp_path / "good.csv", as_csv(rows({})))
    result = connected("push", "invoices", good, tmp_path / "none.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {tmp_path / 'none.csv'}: there is no such file.\n"
    assert not [entry for entry in sandbox.requests if entry.operation == "CreateInvoices"]


@pytest.mark.parametrize(
    "production", [{"AMILI_ENVIRONMENT": "production"}, {"AMILI_BASE_URL": "https://api.amili.no"}]
)
def test_production_is_not_pushed_to_by_accident(connected: Amili, tmp_path: Path, production: dict[str, str]) -> None:
    """Where nobody can be asked, production needs --yes; nothing is sent without it."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    result = connected("push", "invoices", path, **{"AMILI_BASE_URL": "", **production})
    assert (result.exit_code, result.stdout) == (2, "")
    assert "add --yes if it is meant" in result.stderr
    assert "Pushing" not in result.stderr


async def cancelled_push(sandbox: Sandbox, path: Path) -> tuple[PushResult, list[str]]:
    """Push a file, and cancel the push as soon as its first record has an outcome."""
    told: list[str] = []
    first = asyncio.Event()

    def watch(progress: Progress) -> None:
        first.set()

    async with AmiliClient(sandbox.config(), clock=sandbox.clock) as client:
        with Reading([path], INVOICES) as reading:
            result = PushResult(reading, PushSettings(organization_id=sandbox.organization_id, chunk_size=1))
            push = asyncio.create_task(
                push_records(client, result, watch=watch, on_cancel=lambda: told.append("stopping"))
            )
            await first.wait()
            push.cancel()
            with pytest.raises(asyncio.CancelledError):
                await push
    return result, told


async def test_a_cancelled_push_tells_how_far_it_got(tmp_path: Path) -> None:
    """After Ctrl-C the report still accounts for every record that was read."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"invoice_number": "1001"}, {}, {})))
    async with Sandbox(clock=VirtualClock(running=True), batch_delay_s=10_000_000) as sandbox:
        result, told = await cancelled_push(sandbox, path)
    assert result.interrupted
    assert told == ["stopping"]
    assert result.status == 130
    assert result.report is not None
    assert result.report.taken == result.reading.records
    assert result.report.rejected == 1
    # The reasons and sums are those of all outcomes, also of those that came after the interruption.
    assert sum(reason.count for reason in result.reasons.ranked()) == result.report.taken - result.report.accepted
    assert result.refused_here == Refusals(1, {"NOK": Decimal("1249.50")})


def test_ctrl_c_ends_with_the_report(connected: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command ends with status 130, and says that it was interrupted."""

    async def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("amili_async.cli.progress.push_and_watch", interrupted)
    result = connected("push", "invoices", write(tmp_path / "in.csv", as_csv(rows({}))), "--no-journal")
    assert result.exit_code == 130
    assert result.stdout == "Interrupted. Nothing was sent.\n"


def test_nothing_is_coloured_when_piped(connected: Amili, tmp_path: Path) -> None:
    """Into a file or a pipe goes plain text, without spaces at the ends of lines."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"currency": "kr"}, {"original_invoice_amount": "-1.00"})))
    result = connected("push", "invoices", path)
    assert "\x1b" not in result.output
    assert not [line for line in result.output.splitlines() if line != line.rstrip()]
