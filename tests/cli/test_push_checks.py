"""What `amili push` checks before it sends."""

from __future__ import annotations

import json
import re
from pathlib import Path

from amili_async.cli.push_checks import Warnings
from amili_async.importers.checks import CHECKS, Finding, Severity
from amili_async.sandbox import Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import GOOD, as_csv, rows, write

COLUMNS = (*GOOD, "ocr_reference_number", "organization_number")
PAYMENT = {"invoice_number": "1001", "type": "DIRECT_PAYMENT", "amount": "0.00", "currency": "NOK"}


def three(tmp_path: Path) -> Path:
    """A good invoice, and two whose KID has a wrong check digit."""
    bad = {"ocr_reference_number": "260017"}
    return write(tmp_path / "in.csv", as_csv(rows({"ocr_reference_number": "2600179"}, bad, bad), COLUMNS))


def accepted(sandbox: Sandbox) -> set[str]:
    """The invoice numbers that were accepted."""
    return {number for number, entry in sandbox.state.ledger(sandbox.organization_id).items() if entry.accepted}


def test_what_is_warned_of_is_sent(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """By default a wrong KID is told of, with count and example, and the invoice goes."""
    path = three(tmp_path)
    result = connected("push", "invoices", path, COLUMNS="200")
    assert result.exit_code == 0
    assert re.search(r"^kid +ocr_reference_number +is not a KID: .* 2  1002$", result.stdout, re.MULTILINE)
    assert accepted(sandbox) == {"1001", "1002", "1003"}
    dry = connected("push", "invoices", path, "--dry-run", COLUMNS="200")
    assert dry.exit_code == 0
    assert re.search(r"^kid +ocr_reference_number +is not a KID: .* 2  1002$", dry.stdout, re.MULTILINE)


def test_what_is_an_error_is_kept_back(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """As an error it is refused here, with check and field as the reason, and stands in the file of failures."""
    path, rest = three(tmp_path), tmp_path / "rest.jsonl"
    result = connected("push", "invoices", path, "--check", "kid=error", "--failures", rest, "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    (reason,) = data["reasons"]
    assert reason["text"].startswith("check kid: ocr_reference_number is not a KID")
    assert (reason["count"], reason["example"], reason["sent"]) == (2, "1002", False)
    assert (data["not_sent"]["refused_here"], data["warnings"]["count"]) == (2, 0)
    assert data["refused_here_sums"] == {"NOK": "2499.00"}
    assert [json.loads(line)["invoiceNumber"] for line in rest.read_text().splitlines()] == ["1002", "1003"]
    assert accepted(sandbox) == {"1001"}
    # Kept back is not sent: with the check off, the same command sends them, each once.
    assert connected("push", "invoices", path, "--check", "kid=off").exit_code == 0
    assert accepted(sandbox) == {"1001", "1002", "1003"}


def test_a_dry_run_lists_what_would_be_kept_back(amili: Amili, tmp_path: Path) -> None:
    """Each of them with its invoice number, and the status is that of the push."""
    result = amili("push", "invoices", "--dry-run", three(tmp_path), "--check", "kid=error", COLUMNS="200")
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["invoice 1002", "invoice 1003"]
    assert "3 invoices can be read. 2 of them would be refused by the checks. Nothing was sent." in result.stdout
    assert re.search(r"^NOK +1  1,249\.50$", result.stdout, re.MULTILINE)


def test_convert_keeps_them_back_too(amili: Amili, tmp_path: Path) -> None:
    """What a push would refuse is not written; what it would warn of is, with the warning on standard error."""
    path = three(tmp_path)
    result = amili("convert", path, "--kind", "invoices", "--check", "kid=error")
    assert (result.exit_code, result.stdout.count("\n"), result.stderr.count("\n")) == (1, 1, 2)
    result = amili("convert", path, "--kind", "invoices")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)
    assert result.stderr.startswith("Warning: check kid: ocr_reference_number is not a KID")
    assert result.stderr.endswith("(2 invoices)\n")


def test_payments_are_checked_before_they_are_looked_up(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A payment that is kept back costs no request, and keeps its invoice number in the file of failures."""
    path, rest = write(tmp_path / "pay.csv", as_csv([PAYMENT], PAYMENT)), tmp_path / "rest.jsonl"
    result = connected("push", "payments", path, "--check", "all=error", "--failures", rest)
    assert result.exit_code == 1
    assert json.loads(rest.read_text())["invoiceNumber"] == "1001"
    assert "GetInvoicesByOrganization" not in [entry.operation for entry in sandbox.requests]


def test_an_unknown_check_or_level(amili: Amili, tmp_path: Path) -> None:
    """A sentence names those that there are."""
    for given, told in (
        ("kit=error", "there is no check 'kit'; there are: kid, "),
        ("kid=fatal", "off, warn or error"),
    ):
        result = amili("push", "invoices", "--dry-run", three(tmp_path), "--check", given)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr


def test_the_help_names_all_checks(amili: Amili) -> None:
    """They can be read where they are needed."""
    words = set(re.findall(r"[a-z]+", amili("push", "payments", "-h").stdout))
    assert set(CHECKS) <= words


def test_findings_that_are_all_different_stay_bounded() -> None:
    """However many kinds of them there are, memory does not grow with the file, and none is left uncounted."""
    warnings = Warnings()
    for number in range(1_000):
        warnings.add(Finding("kid", f"field[{number}]", "is wrong", Severity.WARN), str(number))
    assert warnings.count == 1_000
    assert len(warnings.ranked()) <= 201
    assert warnings.ranked()[0].message == "other findings"
