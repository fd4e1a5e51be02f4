"""`amili cases|invoices|batches|settlements`: lists for the screen, and single things."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from amili_async.cli.gets import _invoice
from amili_async.cli.since import before
from amili_async.client import AmiliClient
from amili_async.models.collection import Invoice
from amili_async.sandbox import Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

KINDS = ["cases", "invoices", "batches", "settlements"]
BAD = {"original_invoice_amount": "-5.00"}


@pytest.fixture
def filled(connected: Amili, tmp_path_factory: pytest.TempPathFactory) -> Amili:
    """The command, with three invoices in the sandbox, one of them rejected, and a payment."""
    connected("push", "invoices", write(tmp_path_factory.mktemp("input") / "in.csv", as_csv(rows({}, {}, BAD))))
    (first, *_) = json.loads(connected("invoices", "list", "--format", "json").stdout)
    payment = {"invoiceId": first["id"], "type": "DIRECT_PAYMENT", "amount": 100, "currency": "NOK"}
    body = json.dumps({"payments": [payment]})
    assert connected("call", "CreatePayments", "--body", body).exit_code == 0
    return connected


def batch_of(amili: Amili, status: str) -> str:
    (found, *_) = json.loads(amili("batches", "list", "--status", status, "--format", "json").stdout)
    return str(found["batchId"])


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("kind", KINDS)
def test_tables_fit_the_screen(filled: Amili, kind: str, width: int) -> None:
    """No line is wider than the screen, nothing is cut off, and nothing is coloured in a pipe."""
    result = filled(kind, "list", COLUMNS=str(width))
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= width
    assert "…" not in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_is_said_on_stderr(connected: Amili, kind: str) -> None:
    """It is no error, and stdout stays empty."""
    result = connected(kind, "list")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"There are no {kind}.\n")


def test_a_table_that_was_cut_says_so(filled: Amili) -> None:
    """Whoever sees the first few must not take them for all."""
    assert "These are the first 1: --limit N shows more" in filled("invoices", "list", "--limit", 1).stderr
    assert filled("invoices", "list", "--limit", 2).stderr == ""


def test_a_case_that_is_paid_owes_nothing(filled: Amili, sandbox: Sandbox) -> None:
    """Nothing owed is 0.00: a dash says that it is not known."""
    (first, *_) = json.loads(filled("invoices", "list", "--format", "json").stdout)
    body = json.dumps({"payments": [{"invoiceId": first["id"], "amount": 5000, "currency": "NOK"}]})
    assert filled("call", "CreatePayments", "--body", body).exit_code == 0
    assert filled("batches", "wait", batch_of(filled, "SUCCESS")).exit_code == 0
    sandbox.advance(60)
    assert "NOK 0.00" in filled("cases", "list", "--status", "CLOSED", COLUMNS="120").stdout


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        (["--invoice-number", "1002"], ["1002"]),
        (["--status", "OPEN"], ["1001", "1002"]),
        (["--status", "CLOSED"], []),
        (["--since", "1d"], ["1001", "1002"]),
        (["--until", "2020-01-01"], []),
    ],
)
def test_filters_are_those_of_the_api(filled: Amili, arguments: list[str], numbers: list[str]) -> None:
    """What is asked for reaches the API under its own names."""
    found = json.loads(filled("invoices", "list", "--format", "json", *arguments).stdout)
    assert sorted(invoice["invoiceNumber"] for invoice in found) == numbers


def test_since_says_who_cuts(filled: Amili) -> None:
    """By the API where it has a filter, else here, in so many words."""
    asked = filled("cases", "list", "--since", "2026-01-02").stderr
    assert "The API is asked for FromCreatedAt=2026-01-02 (presumably the time of creation)." in asked
    here = filled("batches", "list", "--since", "2099-01-01")
    assert "The API has no filter by date for batches" in here.stderr
    assert here.stdout == ""
    assert filled("batches", "list", "--until", "2099-01-01").stdout != ""


@pytest.mark.parametrize(
    ("text", "message"),
    [("yesterday", "is no date; write 2026-10-01"), ("2026-10-01T06:00:00", "names no time zone")],
)
def test_a_date_that_could_be_misread_is_refused(connected: Amili, text: str, message: str) -> None:
    """A time without a zone would be an hour or two off."""
    result = connected("cases", "list", "--since", text)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_case_is_found_by_its_number(filled: Amili) -> None:
    """The API reads no single case, so the list is asked; a case that is not there is an error."""
    (case, *_) = json.loads(filled("cases", "list", "--format", "json").stdout)
    shown = filled("cases", "get", case["caseNumber"]).stdout
    assert case["caseId"] in shown
    assert "invoices[1].invoiceNumber" in shown
    missing = filled("cases", "get", "77")
    assert (missing.exit_code, missing.stdout) == (3, "")
    assert "there is no case number 77" in missing.stderr
    assert "give the case number" in filled("cases", "get", case["caseId"]).stderr


def test_an_invoice_is_found_by_id_and_by_number(filled: Amili) -> None:
    """Both give the same invoice, with every field."""
    by_number = filled("invoices", "get", "1002", "--format", "json").stdout
    invoice = json.loads(by_number)
    assert invoice["invoiceNumber"] == "1002"
    assert filled("invoices", "get", invoice["id"], "--format", "json").stdout == by_number


def test_a_settlement_is_read_by_its_id(filled: Amili) -> None:
    """As the list shows it."""
    (settlement,) = json.loads(filled("settlements", "list", "--format", "json").stdout)
    assert settlement["paymentAmount"] == 100
    assert "paymentAmount" in filled("settlements", "get", settlement["id"]).stdout
    assert filled("settlements", "get", "7").exit_code == 2


def test_a_batch_shows_what_failed(filled: Amili) -> None:
    """The items that failed come with what Amili says of them."""
    shown = filled("batches", "get", batch_of(filled, "PARTIAL")).stdout
    assert "1 item failed" in shown
    assert "originalInvoiceAmount must be more than 0" in shown
    assert "2 items succeeded" in shown


@pytest.mark.parametrize(("status", "exit_code"), [("SUCCESS", 0), ("PARTIAL", 1)])
def test_waiting_tells_how_a_batch_ended(filled: Amili, status: str, exit_code: int) -> None:
    """By the exit status: 0 if all is well, 1 if something failed."""
    result = filled("batches", "wait", batch_of(filled, status))
    assert result.exit_code == exit_code
    assert status in result.stdout


def test_waiting_ends_at_its_limit(amili: Amili, tmp_path: Path) -> None:
    """A batch that takes longer is open: status 4, and it is said that it goes on."""
    from amili_async.sandbox.foreground import environment_of

    with Sandbox(batch_delay_s=3600).in_thread() as sandbox:
        environment = environment_of(sandbox)
        payment = {"payments": [{"invoiceId": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "amount": 1, "currency": "NOK"}]}
        accepted = amili("call", "create_payments", "--body", json.dumps(payment), **environment)
        batch_id = json.loads(accepted.stdout)["data"]["batchId"]
        result = amili("batches", "wait", batch_id, "--max-wait", "0", **environment)
    assert result.exit_code == 4
    assert "wait again with the same ids" in result.stderr


@pytest.mark.parametrize("kind", ["batches", "settlements"])
def test_what_is_no_id_is_refused(connected: Amili, kind: str) -> None:
    """It would become part of an address."""
    result = connected(kind, "get", "../../x")
    assert result.exit_code == 2
    assert "a UUID such as" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", ""], "the value for since is empty; leave the option out"),
        (["--status", ""], "the value for status is empty"),
        (["--since", "2026-10-02", "--until", "2026-10-01"], "--until lies before --since"),
        (["--since", "0001-01-01T00:00:00+02:00"], "is no date"),
        (["--checkpoint", "c", "--overlap", "nan"], "--overlap must be between 0 and 87,600 hours"),
        (["--checkpoint", "c", "--overlap", "inf"], "--overlap must be between 0 and 87,600 hours"),
        (["--checkpoint", "c", "--overlap", "1e8"], "--overlap must be between 0 and 87,600 hours"),
        (["--checkpoint", ".", "--format", "csv"], "--checkpoint: . is a directory; name a file in it"),
    ],
)
def test_what_would_list_something_else_is_refused(connected: Amili, arguments: list[str], message: str) -> None:
    """An empty variable of the shell, dates in the wrong order, numbers that are none: a sentence, and no request."""
    result = connected("cases", "list", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_end_of_the_calendar_is_an_end(filled: Amili) -> None:
    """A plain day as the last one, whichever it is."""
    batches = ("batches", "list", "--format", "jsonl", "--until")
    assert filled(*batches, "9999-12-31").stdout.count("\n") == 2
    assert filled(*batches, "2000-01-01").stdout == ""


def test_items_from_the_beginning_of_the_calendar_do_no_harm() -> None:
    """Some systems write the first instant there is for one that is not known."""
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    assert before(first, dt.timedelta(hours=24)) == first


@pytest.mark.parametrize(
    "command", [("cases", "list", "--search"), ("cases", "get"), ("invoices", "get"), ("call", "Ping", "--body")]
)
def test_what_is_not_text_is_refused(sandbox: Sandbox, command: tuple[str, ...]) -> None:
    """Bytes that are no UTF-8, from a terminal of another encoding."""
    arguments: list[str | bytes] = [sys.executable, "-m", "amili_async.cli", *command, b"K\xe5re"]
    environment = {**os.environ, **environment_of(sandbox)}
    result = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_json_is_utf_8_everywhere(connected: Amili, sandbox: Sandbox, tmp_path: Path, encoding: str) -> None:
    """A name is data, and stays what it is in a terminal that cannot show it."""
    connected("push", "invoices", write(tmp_path / "in.csv", as_csv(rows({"lastname": "Łukasiewicz"}))))
    (invoice,) = json.loads(connected("invoices", "list", "--format", "json").stdout)
    command = [sys.executable, "-m", "amili_async.cli", "invoices", "get", invoice["id"], "--format", "json"]
    environment = {**os.environ, **environment_of(sandbox), "PYTHONIOENCODING": encoding}
    result = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert json.loads(result.stdout) == invoice
    assert "Łukasiewicz" in result.stdout.decode()


async def test_a_number_is_found_behind_others_that_hold_it() -> None:
    """Whether the API looks for the very number or for a part of it is not documented."""

    class Parts:
        def __init__(self, count: int) -> None:
            self.count = count

        def limit(self, count: int) -> Parts:
            return Parts(count)

        async def __aiter__(self) -> AsyncGenerator[Invoice, None]:
            for number in [*(f"1001{n}" for n in range(9)), "1001"][: self.count]:
                yield Invoice(invoice_number=number)

    amili = SimpleNamespace(
        paginate=lambda *_, **__: Parts(99), collection=SimpleNamespace(get_invoices_by_organization=None)
    )
    assert (await _invoice(cast("AmiliClient", amili), "", "1001")).invoice_number == "1001"
