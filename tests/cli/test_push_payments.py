"""`amili push payments` and `amili push corrections`, against a sandbox."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

ROOT = Path(__file__).parents[2]
LIST = "GetInvoicesByOrganization"
PAYMENT = {"invoice_number": "1001", "type": "DIRECT_PAYMENT", "amount": "100.50", "currency": "NOK"}
CORRECTION = {"invoice_number": "1001", "amount": "-100.50", "currency": "NOK", "description": "Kreditnota 7"}


@pytest.fixture
def invoiced(connected: Amili, tmp_path: Path) -> Amili:
    """The command, with the invoices 1001 to 1010 at the sandbox."""
    folder = tmp_path / "invoices"
    folder.mkdir()
    path = write(folder / "in.csv", as_csv(rows(*[{"lastname": f"Eksempel {n}"} for n in range(10)])))
    assert connected("push", "invoices", path).exit_code == 0
    return connected


def payments(path: Path, changes: Iterable[Mapping[str, str]]) -> Path:
    """A file of payments with these cells changed."""
    return write(path, as_csv([{**PAYMENT, **change} for change in changes], PAYMENT))


def paid(sandbox: Sandbox) -> dict[str, Decimal]:
    """What was paid on each invoice that something was paid on."""
    ledger = sandbox.state.ledger(sandbox.organization_id)
    return {number: entry.paid for number, entry in ledger.items() if entry.paid}


def asked(sandbox: Sandbox, operation: str = LIST) -> int:
    """How many requests of an operation reached the sandbox."""
    return sum(entry.operation == operation for entry in sandbox.requests)


def test_payments_find_their_invoices(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Named by number, each payment reaches its invoice to the øre, with one look-up for each number."""
    changes = [{}, {"invoice_number": "1002", "amount": "0.10"}, {}]
    path = payments(tmp_path / "pay.csv", changes)
    result = invoiced("push", "payments", path, COLUMNS="200")
    assert result.exit_code == 0
    assert paid(sandbox) == {"1001": Decimal("201.00"), "1002": Decimal("0.10")}
    assert "All 3 payments are with Amili." in result.stdout
    assert re.search(r"payments/s · 2 invoice numbers looked up$", result.stdout, re.MULTILINE)
    assert re.search(r"^accepted +3 +201\.10$", result.stdout, re.MULTILINE)
    assert asked(sandbox) == 2


def test_corrections_have_their_sign(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A correction goes as it is written."""
    path = write(tmp_path / "c.csv", as_csv([CORRECTION], CORRECTION))
    assert invoiced("push", "corrections", path).exit_code == 0
    (invoice,) = [i for i in sandbox.state.books(sandbox.organization_id).invoices.rows if i.number == "1001"]
    assert invoice.current == Decimal("1350.00")


def test_an_unknown_number_is_rejected_and_can_be_mended(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Refused here with the reason, and its number in the file of failures, which is read again later."""
    path, rest = payments(tmp_path / "pay.csv", [{}, {"invoice_number": "2001"}]), tmp_path / "rest.jsonl"
    result = invoiced("push", "payments", path, "--failures", rest, "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert (data["kind"], data["looked_up"], data["not_sent"]["refused_here"]) == ("payments", 2, 1)
    (reason,) = data["reasons"]
    assert reason["text"].startswith("no invoice with this number; ")
    assert (reason["example"], reason["sent"]) == ("2001", False)
    assert data["refused_here_sums"] == {"NOK": "100.50"}
    assert json.loads(rest.read_text())["invoiceNumber"] == "2001"
    assert paid(sandbox) == {"1001": Decimal("100.50")}

    late = write(tmp_path / "late.csv", as_csv(rows({"invoice_number": "2001", "lastname": "Eksempel sen"})))
    assert invoiced("push", "invoices", late).exit_code == 0
    assert invoiced("push", "payments", rest).exit_code == 0
    assert paid(sandbox) == {"1001": Decimal("100.50"), "2001": Decimal("100.50")}


def test_two_ways_to_go_on_are_not_one(invoiced: Amili, tmp_path: Path) -> None:
    """What failed is in two files, whose journals do not know each other: the report warns of pushing both."""
    path, rest = payments(tmp_path / "pay.csv", [{"invoice_number": "2001"}]), tmp_path / "rest.jsonl"
    result = invoiced("push", "payments", path, "--failures", rest, COLUMNS="300")
    assert f"What was rejected or not sent is in {rest}. Push either that or {path} again, not both." in result.stdout


def test_rows_that_could_not_be_read_are_in_no_file_of_failures(invoiced: Amili, tmp_path: Path) -> None:
    """Whoever mends the file of failures alone would lose them, so the report sends them to the input."""
    path = payments(tmp_path / "pay.csv", [{"invoice_number": "2001"}, {"amount": "12x"}])
    rest = tmp_path / "rest.jsonl"
    result = invoiced("push", "payments", path, "--failures", rest, COLUMNS="300")
    assert (
        f"What was rejected or not sent is in {rest}, without the 1 row that could not be read. "
        f"So push {path} again, and never both."
    ) in result.stdout


def test_the_same_command_sends_the_rest(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """What was refused for its number is sent by the same command once the invoice is there, and only that."""
    path = payments(tmp_path / "pay.csv", [{}, {}, {"invoice_number": "2001"}])
    assert invoiced("push", "payments", path).exit_code == 1
    late = write(tmp_path / "late.csv", as_csv(rows({"invoice_number": "2001", "lastname": "Eksempel sen"})))
    assert invoiced("push", "invoices", late).exit_code == 0
    again = invoiced("push", "payments", path, COLUMNS="200")
    assert again.exit_code == 0
    assert "Sent or followed up now 1 = 1 accepted + 0 rejected + 0 unknown; 2 were settled" in again.stdout
    assert paid(sandbox) == {"1001": Decimal("201.00"), "2001": Decimal("100.50")}
    third = invoiced("push", "payments", path, COLUMNS="200")
    assert "All 3 payments were sent by an earlier run; nothing to do." in third.stdout


def test_another_list_under_the_same_name(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Tomorrow's payments in the same file are not taken for today's: nothing is sent, and the fix is named."""
    path = payments(tmp_path / "pay.csv", [{}, {"invoice_number": "1002"}])
    assert invoiced("push", "payments", path).exit_code == 0
    before = paid(sandbox)
    payments(path, [{}, {"invoice_number": "1003"}])
    result = invoiced("push", "payments", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "another list than the journal's" in result.stderr
    assert "key=" not in result.stderr
    assert "If it is a new list, name a new journal with --journal FILE" in result.stderr
    assert paid(sandbox) == before
    assert invoiced("push", "payments", path, "--journal", tmp_path / "new").exit_code == 0
    assert paid(sandbox) == {"1001": Decimal("201.00"), "1002": Decimal("100.50"), "1003": Decimal("100.50")}


def test_a_changed_payment_is_not_advised_into_a_new_journal(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A new journal would send its neighbours a second time, so putting it back as it was is named first."""
    path = payments(tmp_path / "pay.csv", [{}, {"invoice_number": "1002"}])
    assert invoiced("push", "payments", path).exit_code == 0
    payments(path, [{}, {"invoice_number": "1002", "amount": "200.00"}])
    result = invoiced("push", "payments", path, COLUMNS="500")
    assert result.exit_code == 2
    advice, new_list = result.stderr.split("If it is a new list, ")
    assert "If some payments are missing in it or were changed, put them back as they were" in advice
    assert "then all of it is sent" in new_list


def test_a_limit_below_what_was_sent(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """It is the limit that makes another list of it, and a new journal would send all a second time."""
    path = payments(tmp_path / "pay.csv", [{}, {"invoice_number": "1002"}, {"invoice_number": "1003"}])
    assert invoiced("push", "payments", path, "--limit", 2).exit_code == 0
    assert invoiced("push", "payments", path).exit_code == 0
    before = paid(sandbox)
    result = invoiced("push", "payments", path, "--limit", 1)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "push it without --limit, or with a higher one" in result.stderr
    assert "--journal" not in result.stderr
    assert paid(sandbox) == before


def test_a_changed_payment_is_not_sent_besides_the_accepted_one(
    invoiced: Amili, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Somebody mends a refused row, and changes another one: that is noticed although rows are refused again."""
    unknown = {"invoice_number": "2001"}
    path = payments(tmp_path / "pay.csv", [{}, {"invoice_number": "1002"}, unknown])
    assert invoiced("push", "payments", path).exit_code == 1
    before = paid(sandbox)
    payments(path, [{}, {"invoice_number": "1002", "amount": "200.00"}, unknown])
    result = invoiced("push", "payments", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Undo what was changed in payments that were accepted" in result.stderr
    assert "--journal" not in result.stderr
    assert paid(sandbox) == before


def test_a_look_up_that_fails_rejects_nobody(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """The push ends with a sentence, what was not read is not lost, and the same command does all of it once."""
    path = payments(tmp_path / "pay.csv", [{"invoice_number": str(1001 + n)} for n in range(10)])
    push = ("push", "payments", path, "--chunk-size", 1)
    sandbox.fail_next(status=500, operation=LIST, times=1)
    first = invoiced(*push, COLUMNS="200", AMILI_MAX_ATTEMPTS="1")
    assert (first.exit_code, first.stdout) == (3, "")
    assert re.search(r"Error: invoice number 1001 could not be looked up: .*500", first.stderr)
    assert paid(sandbox) == {}
    assert invoiced(*push).exit_code == 0
    assert paid(sandbox) == {str(1001 + n): Decimal("100.50") for n in range(10)}


def test_a_look_up_that_fails_later(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Once something was taken, the report is shown; the same command does the rest, and each payment once."""
    # More of one number than are read ahead, so that they are taken before the next number is asked for.
    path = payments(tmp_path / "pay.csv", [{}] * 20 + [{"invoice_number": "1002"}])
    push = ("push", "payments", path)
    fails = Faults(rules=[Rule(kind="status", status=500, operation=LIST, after=1, times=1)])
    sandbox.set_faults(fails)
    first = invoiced(*push, "--no-journal", "--limit", "21", COLUMNS="250", AMILI_MAX_ATTEMPTS="1")
    assert first.exit_code == 4
    assert "Error: invoice number 1002 could not be looked up: " in first.stderr
    assert f"Push what comes after line 21 of {path}: it was not read." in first.stdout
    done = paid(sandbox).get("1001", Decimal(0))

    sandbox.set_faults(fails)
    second = invoiced(*push, COLUMNS="250", AMILI_MAX_ATTEMPTS="1")
    assert second.exit_code == 4
    assert "Run the same command again to continue" in second.stdout
    assert invoiced(*push).exit_code == 0
    assert paid(sandbox) == {"1001": done + 20 * Decimal("100.50"), "1002": Decimal("100.50")}


def test_a_dry_run_asks_nobody(amili: Amili, tmp_path: Path) -> None:
    """Sums and problems are told without an account, and that invoices would be looked up."""
    path = payments(tmp_path / "pay.csv", [{}, {"amount": "x"}, {"currency": "SEK"}])
    result = amili("push", "payments", "--dry-run", path, COLUMNS="200")
    assert result.exit_code == 1
    assert "2 payments can be read; 1 row cannot be read. For 2 the invoice would be looked up by its number." in (
        result.stdout
    )
    data = json.loads(amili("push", "payments", "--dry-run", path, "--format", "json").stdout)
    assert (data["payments"], data["by_invoice_number"]) == ({"NOK": 1, "SEK": 1}, 2)


@pytest.mark.parametrize("kind", ["payments", "corrections"])
def test_production_is_asked_about_for_all_kinds(connected: Amili, tmp_path: Path, kind: str) -> None:
    """Where nobody can be asked, nothing is sent to production without --yes."""
    path = payments(tmp_path / "pay.csv", [{}])
    if kind == "corrections":
        write(path, as_csv([CORRECTION], CORRECTION))
    result = connected("push", kind, path, AMILI_ENVIRONMENT="production")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "add --yes if it is meant" in result.stderr


def test_killed_and_run_again(invoiced: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A push of payments that was killed is finished by the same command, and each payment is made exactly once."""
    changes = [{"invoice_number": str(1001 + n % 10), "amount": f"{n}.50"} for n in range(1, 151)]
    path = payments(tmp_path / "pay.csv", changes)
    command = [sys.executable, "-m", "amili_async.cli", "push", "payments", str(path), "--chunk-size", "3"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment_of(sandbox)}
    before = len(sandbox.requests)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # The token, ten look-ups, and some payments.
        while len(sandbox.requests) < before + 20 and process.poll() is None:
            pass
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout
    assert sum(paid(sandbox).values()) == sum(Decimal(change["amount"]) for change in changes)
