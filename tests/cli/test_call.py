"""`amili call`: any operation, checked before anything is sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from amili_async.cli.app import app
from amili_async.cli.call import _Call
from amili_async.cli.call_settings import CallSettings
from amili_async.cli.call_values import Arguments
from amili_async.cli.completion import complete_operation, complete_parameter, rows
from amili_async.cli.state import State
from amili_async.config import Config
from amili_async.errors import BadRequestError
from amili_async.operations import OPERATIONS
from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.terminals import leave_question

CASE = "caseId=8f0b6f8e-0000-4000-8000-000000000000"
PAYMENT = {"invoiceId": "8f0b6f8e-0000-4000-8000-000000000000", "amount": 12.50, "currency": "NOK"}
PAYMENTS = json.dumps({"payments": [PAYMENT]})


def sent(sandbox: Sandbox) -> int:
    """How many requests the sandbox got, those for a token left out."""
    return sum(entry.operation != "RequestToken" for entry in sandbox.requests)


@pytest.mark.parametrize("name", ["GetCasesByOrganization", "get_cases_by_organization", "getcasesbyorganization"])
def test_an_operation_is_called_by_any_of_its_names(connected: Amili, name: str) -> None:
    """The answer comes as it is; what is known of the operation stands on stderr."""
    result = connected("call", name, "Status=OPEN", "page_size=3")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["data"] == []
    assert "Evidence: documented" in result.stderr
    assert "200 in" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["get_cases"], "did you mean GetCasesByOrganization?"),
        (["CreateInvoice"], "did you mean CreateInvoices?"),
        (["xyzzy"], "`amili call --list` shows all"),
        (["RequestToken"], "`amili doctor` tests whether it can be had"),
        ([], "no operation named"),
        (["GetCasesByOrganization", "Statuss=OPEN"], "did you mean Status? it has organizationId, Status, Type"),
        (["GetCasesByOrganization", "OPEN"], "is not of the form name=value"),
        (["GetCasesByOrganization", "status=A", "Status=B"], "Status is given twice"),
        (["GetCasesByOrganization", "PageSize=many"], "PageSize: 'many' is not a whole number"),
        (["GetCasesByOrganization", "FromCreatedAt=2026-10-01T06:00:00"], "is not a date or instant such as"),
        (["GetInvoiceById", "invoiceId=1001"], "invoiceId: '1001' is not a UUID such as"),
        (["GetInvoiceById"], "GetInvoiceById needs invoiceId: add invoiceId=UUID"),
        (["Ping", "a=b"], "Ping takes no parameters"),
        (["Ping", "--body", "{}"], "Ping takes no body"),
        (["Ping", "--all"], "gives no list"),
        (["Ping", "--format", "csv"], "gives no list"),
        (["Ping", "--idempotency-key", "k"], "carries no idempotency key"),
        (["ListFiles", "--all", "--format", "csv"], "is not documented, so it has no columns"),
        (["CreatePayments"], "needs --body; `amili call CreatePayments --describe`"),
        (["CreatePayments", "--body", "@nowhere"], "nowhere cannot be read"),
        (["CreatePayments", "--body", "{"], "--body: "),
        (["CreatePayments", "--body", '{"payments":[{"amount":"12"}]}'], "$.payments[0].amount"),
        (["CreatePayments", "--body", '{"payment":[]}'], "$.payments"),
    ],
)
def test_what_does_not_fit_is_refused(connected: Amili, sandbox: Sandbox, arguments: list[str], message: str) -> None:
    """One sentence that names the parameter or the field, and nothing is sent."""
    result = connected("call", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())
    assert sent(sandbox) == 0


def test_a_body_comes_from_a_file(connected: Amili, tmp_path: Path) -> None:
    """The key that a write carried is told, and finds its batch."""
    path = tmp_path / "body.json"
    path.write_text(PAYMENTS)
    result = connected("call", "CreatePayments", "--body", f"@{path}", "--idempotency-key", "night-1")
    assert result.exit_code == 0
    assert "Idempotency key: night-1" in result.stderr
    batch_id = json.loads(result.stdout)["data"]["batchId"]
    found = json.loads(connected("call", "GetBatchesByOrganization", "IdempotencyKey=night-1").stdout)
    assert [batch["batchId"] for batch in found["data"]] == [batch_id]


def test_a_body_comes_from_stdin(sandbox: Sandbox) -> None:
    """As other programs pipe it."""
    done = CliRunner().invoke(
        app, ["call", "CreatePayments", "--body", "-"], input=PAYMENTS, env=environment_of(sandbox), prog_name="amili"
    )
    assert done.exit_code == 0
    assert "batchId" in done.stdout


def test_fields_that_nobody_knows_are_named(connected: Amili) -> None:
    """A slip of the pen would otherwise be sent and lost; what the documentation hides can still be sent."""
    body = json.dumps({"payments": [{**PAYMENT, "amout": 1}]})
    result = connected("call", "CreatePayments", "--body", body)
    assert "Not known to the spec, sent as they are: $.payments[0].amout." in result.stderr


def test_an_assumed_write_needs_a_word(connected: Amili, sandbox: Sandbox) -> None:
    """Only its name is known; an assumed read is announced as such."""
    refused = connected("call", "PauseCase", CASE)
    assert refused.exit_code == 2
    assert "add --allow-unverified" in refused.stderr
    assert sent(sandbox) == 0
    assert connected("call", "PauseCase", CASE, "--allow-unverified").exit_code == 3  # there is no such case
    assert "404" in connected("call", "PauseCase", CASE, "--allow-unverified").stderr
    read = connected("call", "Ping")
    assert read.exit_code == 0
    assert "Evidence: assumed (only the name is known" in read.stderr


def test_what_a_refusal_says_is_shown_on_request(connected: Amili) -> None:
    """It tells which field is wrong, but may quote names, so it is not shown unasked."""
    command = ("call", "UpdateArItem", "--body", '{"x": 1}')
    short = connected(*command)
    assert short.exit_code == 3
    assert "--include shows it" in short.stderr
    assert '"errors"' not in short.stderr
    assert '"errors"' in connected(*command, "--include").stderr


def test_production_is_asked_for(amili: Amili) -> None:
    """Where nobody can be asked, a write needs --yes; a read does not."""
    production = {"AMILI_ENVIRONMENT": "production", "AMILI_CLIENT_ID": "x", "AMILI_CLIENT_SECRET": "y"}
    organization = "organizationId=8f0b6f8e-0000-4000-8000-000000000000"
    result = amili("call", "CreatePayments", organization, "--body", PAYMENTS, **production)
    assert result.exit_code == 2
    assert "this would write to production" in result.stderr


def test_lists_come_whole(connected: Amili, tmp_path: Path) -> None:
    """With --all, page after page, in any format; with --limit no more than that."""
    for number in range(7):
        connected("call", "CreatePayments", "--body", PAYMENTS.replace("12.5", str(number + 1)))
    command = ("call", "GetBatchesByOrganization", "PageSize=3", "--all", "--format")
    assert len(connected(*command, "jsonl").stdout.splitlines()) == 7
    assert len(json.loads(connected(*command, "json", "--limit", 5).stdout)) == 5
    assert len(connected(*command, "csv", "--columns", "batchId,status").stdout.splitlines()) == 8
    output = tmp_path / "batches.xlsx"
    assert connected(*command, "xlsx", "--output", output).exit_code == 0
    assert output.stat().st_size > 1000
    assert "batchId" in connected("call", "GetBatchesByOrganization", "--format", "table").stdout
    assert (
        len(connected("call", "GetBatchesByOrganization", "PageSize=3", "--format", "jsonl").stdout.splitlines()) == 3
    )


def test_an_answer_can_go_to_a_file(connected: Amili, tmp_path: Path) -> None:
    """Only for its owner to read."""
    output = tmp_path / "cases.json"
    result = connected("call", "GetCasesByOrganization", "--output", output, "--include")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(output.read_text())["data"] == []
    assert output.stat().st_mode & 0o777 == 0o600
    assert "content-type: application/json" in result.stderr


@pytest.mark.parametrize("width", [80, 140])
def test_the_list_of_operations_fits(amili: Amili, width: int) -> None:
    """All of them, or those of one product, with the level of evidence."""
    lines = amili("call", "--list", COLUMNS=str(width)).stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert {line.split()[0] for line in lines[2:] if not line.startswith(" ")} == set(OPERATIONS)
    named = amili("call", "--list", "legacy", "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["product"] for line in named} == {"legacy"}
    assert amili("call", "--list", "banking").exit_code == 2


@pytest.mark.parametrize(
    "operation", [row for row in OPERATIONS.values() if row.id != "RequestToken"], ids=lambda r: r.id
)
def test_every_operation_is_described(amili: Amili, operation: Any) -> None:
    """Its parameters, its evidence, its pages; without any settings."""
    shown = amili("call", operation.id, "--describe", COLUMNS="200").stdout
    assert operation.evidence.level in shown
    for page in operation.evidence.pages:
        assert f"https://docs.amili.dev/{page}" in shown
    for param in operation.params:
        assert f"\n{param.wire} " in shown
    assert ("Body" in shown) is (operation.request_body is not None)


def test_completion_knows_what_the_tables_hold() -> None:
    """It reads them as text, and must find what importing them finds."""
    found = {row.id: row for row in rows()}
    assert set(found) == set(OPERATIONS)
    for row in OPERATIONS.values():
        assert found[row.id].parameters == [(param.name, param.wire) for param in row.params]
        assert found[row.id].summary == row.summary


def test_completion_offers_names() -> None:
    """In the spelling that was begun."""
    assert [name for name, _ in complete_operation("GetCases")] == ["GetCasesByOrganization"]
    assert [name for name, _ in complete_operation("get_cases")] == ["get_cases_by_organization"]
    assert complete_parameter("GetCasesByOrganization", "Page") == ["PageToken=", "PageSize="]
    assert complete_parameter("get_cases_by_organization", "page") == ["page_token=", "page_size="]
    assert complete_parameter("Nonsense", "") == []


def test_completion_loads_no_models() -> None:
    """It has to come between two strokes of a key."""
    program = (
        "import sys; from amili_async.cli.app import app; from amili_async.cli.completion import complete_operation; "
        "complete_operation('Get'); "
        "print(*[m for m in sys.modules if m in ('aiohttp', 'cattrs') or m.startswith('amili_async.models')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_completion_can_be_installed(amili: Amili) -> None:
    """The shell's own script is offered."""
    assert "--install-completion" in amili("--help").stdout


PRODUCTION = {
    "AMILI_CLIENT_ID": "x",
    "AMILI_CLIENT_SECRET": "y",
    "AMILI_ORGANIZATION_ID": "8f0b6f8e-0000-4000-8000-000000000000",
}


def test_the_name_sandbox_does_not_open_production(amili: Amili) -> None:
    """An assumed write needs its word wherever people may be dunned, whatever the environment is called."""
    host = {"AMILI_ENVIRONMENT": "sandbox", "AMILI_BASE_URL": "https://api.amili.no"}
    result = amili("call", "PauseCase", CASE, "--yes", **PRODUCTION, **host)
    assert result.exit_code == 2
    assert "add --allow-unverified" in result.stderr


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_the_question_can_be_left(key: bytes) -> None:
    """Ctrl-C and Ctrl-D at the question: nothing is sent, and the status is not that of rejected records."""
    arguments = ("call", "CreatePayments", "--body", PAYMENTS)
    status, said = leave_question(arguments, {**PRODUCTION, "AMILI_ENVIRONMENT": "production"}, key)
    assert status == 130
    assert b"Nothing was sent." in said


@pytest.mark.parametrize(
    ("stop", "operation", "status"),
    [
        (signal.SIGINT, "CreatePayments", 4),
        (signal.SIGTERM, "CreatePayments", 4),
        (signal.SIGTERM, "GetBatchesByOrganization", 143),
    ],
)
def test_a_call_that_is_stopped_says_what_is_not_known(
    sandbox: Sandbox, stop: signal.Signals, operation: str, status: int
) -> None:
    """A write that was under way may have been acted on, whatever stopped it."""
    sandbox.set_faults(Faults(rules=[Rule(kind="latency", seconds=60, operation=operation)]))
    body = ["--body", PAYMENTS] if status == 4 else []
    command = [sys.executable, "-m", "amili_async.cli", "call", operation, *body]
    environment = {**os.environ, **environment_of(sandbox)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not any(entry.operation == "RequestToken" for entry in sandbox.requests):
            assert process.poll() is None
        process.send_signal(stop)
        _, said = process.communicate(timeout=30)
    assert process.returncode == status
    assert ("Whether Amili acted on it is not known" in said) is (status == 4)


def test_a_page_is_not_taken_for_the_list(connected: Amili, tmp_path: Path) -> None:
    """Rows do not show that there are more, and whoever adds up a file has to know that it is not whole."""
    for number in range(3):
        connected("call", "CreatePayments", "--body", PAYMENTS.replace("12.5", str(number + 1)))
    command = ("call", "GetBatchesByOrganization", "--format", "csv")
    more = "There is more than this page: --all fetches everything."
    assert more in connected(*command, "pageSize=2").stderr
    assert more not in connected(*command, "pageSize=3").stderr
    assert more not in connected(*command, "pageSize=2", "--all").stderr
    output = tmp_path / "batches.csv"
    told = connected(*command, "pageSize=2", "--output", output, COLUMNS="300").stderr
    assert f"{output} holds this page only, and there is more: --all fetches everything." in told


def test_what_a_refusal_says_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """It may come from anywhere between here and Amili."""
    operation = OPERATIONS["Ping"]
    settings = CallSettings(pairs=[], include=True)
    call = _Call(State(), Config(environment="sandbox"), operation, settings, Arguments([], {}), None)
    call.tell_refusal(BadRequestError("no", status=400, headers={}, body=b"one\x1b[31m\ntwo"))
    assert capsys.readouterr().err == "one [31m\ntwo\n"
