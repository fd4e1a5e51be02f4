"""The options of `amili push`, one by one."""

from __future__ import annotations

import json
import os
import random
import re
import stat
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from amili_async.cli.app import app
from amili_async.importers.columns import TABLES
from amili_async.importers.kinds import KindName
from amili_async.sandbox import Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

EHF = Path(__file__).parents[1] / "importers" / "data" / "ehf"


def accepted(sandbox: Sandbox) -> dict[str, tuple[Decimal, ...]]:
    """The amounts that were accepted under each invoice number."""
    return {number: entry.amounts for number, entry in sandbox.state.ledger(sandbox.organization_id).items()}


def events(result: Any) -> list[dict[str, Any]]:
    """The lines of standard error, all of which are JSON."""
    return [json.loads(line) for line in result.stderr.splitlines()]


def test_a_limit_and_then_the_rest(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A few first, to see how it goes; the same command without the limit sends only the others."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 10)))
    first = connected("push", "invoices", path, "--limit", 3, COLUMNS="200")
    assert first.exit_code == 0
    assert set(accepted(sandbox)) == {"1001", "1002", "1003"}
    advice = (
        "--limit 3 ended it there. Run the command again without it for the rest: accepted ones are not sent again."
    )
    assert advice in " ".join(first.stdout.split())
    second = connected("push", "invoices", path, "--format", "json")
    assert json.loads(second.stdout)["settled_earlier"]["total"] == 3
    assert len(accepted(sandbox)) == 10


def test_a_limit_without_a_journal(connected: Amili, tmp_path: Path) -> None:
    """Then the report says which part of the file is left."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{}] * 10)))
    result = connected("push", "invoices", path, "--limit", 3, "--no-journal", COLUMNS="300")
    assert result.exit_code == 0
    assert f"Push what comes after line 4 of {path} for the rest." in result.stdout
    dry = connected("push", "invoices", path, "--limit", 3, "--dry-run")
    assert "3 invoices can be read. The limit ended it there. Nothing was sent." in dry.stdout


def test_progress_for_programs(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """With --json every line of standard error is an object: the beginning, how far it is, what is said, the end."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"currency": "kr"}, {"original_invoice_amount": "-1.00"})))
    result = connected("push", "invoices", path, "--json", "--format", "json")
    assert result.exit_code == 1
    told = events(result)
    assert [event["event"] for event in told] == ["message", "message", "start", "progress", "end"]
    (journal,) = tmp_path.glob("*.journal")
    assert told[2] == {
        "event": "start",
        "kind": "invoices",
        "expected": 3,
        "organization_id": sandbox.organization_id,
        "journal": str(journal),
    }
    progress = told[3]
    assert {name: progress[name] for name in ("done", "accepted", "rejected", "unreadable", "settled_earlier")} == {
        "done": 2,
        "accepted": 1,
        "rejected": 1,
        "unreadable": 1,
        "settled_earlier": 0,
    }
    assert told[4] == {"event": "end", "status": "REJECTED", "exit_status": 1}
    assert json.loads(result.stdout)["read"] == 2


def test_errors_for_programs(connected: Amili, tmp_path: Path) -> None:
    """With --json an error is an event too."""
    result = connected("push", "invoices", tmp_path / "none.csv", "--json")
    assert result.exit_code == 2
    (event,) = events(result)
    assert event == {"event": "error", "text": f"{tmp_path / 'none.csv'}: there is no such file."}


def test_foreign_headers_and_encodings(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """A file of another system goes with its mapping, encoding and delimiter; the amount arrives to the øre."""
    text = "Fakturanr|Beløp|Valuta|Dato|Forfall|Navn\n1001|1 249,50|NOK|01.09.2026|15.09.2026|Åse Eksempel\n"
    path = write(tmp_path / "in.csv", text.encode("cp1252"))
    mapping = write(
        tmp_path / "map.toml",
        """[columns]
"Fakturanr" = "invoice_number"
"Beløp" = "original_invoice_amount"
"Valuta" = "currency"
"Dato" = "invoice_date"
"Forfall" = "due_date"
"Navn" = "name"
""",
    )
    result = connected(
        "push", "invoices", path, "--map", mapping, "--encoding", "windows-1252", "--delimiter", "|", COLUMNS="200"
    )
    assert result.exit_code == 0, result.output
    assert accepted(sandbox) == {"1001": (Decimal("1249.50"),)}


def test_a_tab_can_be_written(amili: Amili, tmp_path: Path) -> None:
    """A tab is not easily typed, so its name does."""
    path = write(tmp_path / "in.csv", as_csv(rows({})).replace(",", "\t"))
    for delimiter in ("tab", "\\t", "\t"):
        assert amili("push", "invoices", "--dry-run", path, "--delimiter", delimiter).exit_code == 0


def test_a_wait_that_is_too_long(amili: Amili, tmp_path: Path) -> None:
    """With --max-wait a slow batch is unknown and nothing is lost: the same command follows it up."""
    from amili_async.sandbox.foreground import environment_of

    path = write(tmp_path / "in.csv", as_csv(rows({})))
    with Sandbox(batch_delay_s=10_000).in_thread() as sandbox:
        environment = {**environment_of(sandbox), "COLUMNS": "200"}
        result = amili("push", "invoices", path, "--max-wait", "0.2", **environment)
        assert result.exit_code == 4
        assert "Running the same command again asks what became of the unknown one" in " ".join(result.stdout.split())
        sandbox.advance(20_000)
        again = amili("push", "invoices", path, **environment)
        assert again.exit_code == 0
        assert {number: entry.accepted for number, entry in sandbox.state.ledger(sandbox.organization_id).items()} == {
            "1001": 1
        }


@pytest.mark.parametrize("value", ["0", "-1", "nan"])
def test_a_wait_that_makes_no_sense(connected: Amili, tmp_path: Path, value: str) -> None:
    """Not to wait at all would make every record unknown."""
    result = connected("push", "invoices", write(tmp_path / "in.csv", as_csv(rows({}))), "--max-wait", value)
    assert result.exit_code == 2
    assert "is not more than 0" in result.stderr


@pytest.mark.parametrize("kind", ["invoices", "payments", "corrections"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n \n", "is empty"),
        ("binary.csv", random.Random(1).randbytes(5_000), r"binary|UTF-8|encoding"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "."),
        ("folder", None, "."),
        ("columns.csv", b"one,two\n1,2\n", "."),
        ("mixed.csv", "invoice_number,amount\nå,1\n".encode() + "ø,1\n".encode("cp1252"), "."),
        ("page.csv", b"<html></html>", "."),
        ("broken.xlsx", b"PK\x03\x04" + bytes(200), "."),
    ],
)
def test_what_cannot_be_read_at_all(
    connected: Amili, sandbox: Sandbox, tmp_path: Path, kind: str, name: str, content: bytes | None, told: str
) -> None:
    """One sentence, status 2, nothing sent and nothing left behind, whatever good file comes with it."""
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        write(path, content)
    result = connected("push", kind, path, "--journal", tmp_path / "j")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"Error: {path}")
    assert re.search(told, result.stderr)
    assert os.listdir(tmp_path) == [name]
    assert [entry.operation for entry in sandbox.requests] == []


@pytest.mark.parametrize("kind", ["invoices", "payments"])
def test_the_same_file_twice(connected: Amili, sandbox: Sandbox, tmp_path: Path, kind: str) -> None:
    """Named twice, by a link, or with its folder: a slip of the fingers must not pay anything twice."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for inputs, told in (
        ((path, path), f"{path} is named twice: name it once"),
        ((path, link), f"{link} is named twice, as {path} and as {link}: name it once"),
        ((tmp_path, path), f"{path} is in {tmp_path}, which is named as well: name one of them"),
    ):
        for command in (("push", kind, "--journal", tmp_path / "j"), ("convert", "--kind", kind)):
            result = connected(*command, *inputs)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr == f"Error: {told}.\n"
    assert [entry.operation for entry in sandbox.requests] == []


def test_bombs(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """XML and zip files that would fill the memory, and a file of 2 GB: a sentence each, and nothing sent."""
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>'
    xml = write(tmp_path / "bomb.xml", entity)
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", entity)
        archive.writestr("large.xml", b"<Invoice>" + b" " * 60_000_000)
    huge = write(tmp_path / "huge.csv", b"")
    os.truncate(huge, 2 << 30)
    for path in (xml, packed, huge):
        result = connected("push", "invoices", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"Error: {path}")
        assert result.stderr.count("\n") == 1
    assert [entry.operation for entry in sandbox.requests] == []


def test_a_file_that_grows(connected: Amili, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added while it is read is not sent half, but told; the same command sends it."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {})))
    more = as_csv(rows({}, {}, {})).splitlines(keepends=True)[-1]

    from amili_async.importers.reading import Reading

    opened = Reading.__init__

    def grow(self: Any, *arguments: Any, **settings: Any) -> None:
        opened(self, *arguments, **settings)
        with path.open("a") as file:
            file.write(more)

    with monkeypatch.context() as patched:
        patched.setattr(Reading, "__init__", grow)
        result = connected("push", "invoices", path, COLUMNS="200")
    assert result.exit_code == 1
    assert "the file was changed while it was read" in result.stdout
    assert set(accepted(sandbox)) == {"1001", "1002"}
    assert connected("push", "invoices", path).exit_code == 0
    assert set(accepted(sandbox)) == {"1001", "1002", "1003"}


def test_failures_are_for_their_owner_only(connected: Amili, tmp_path: Path) -> None:
    """They hold debtors."""
    path = write(tmp_path / "in.csv", as_csv(rows({"original_invoice_amount": "-1.00"})))
    assert connected("push", "invoices", path, "--failures", tmp_path / "rest.jsonl").exit_code == 1
    assert stat.S_IMODE((tmp_path / "rest.jsonl").stat().st_mode) == 0o600


def test_every_option_is_described() -> None:
    """The page on the command line names each option of push and convert."""
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    found: Any = get_command(app)
    commands = [*found.commands["push"].commands.values(), found.commands["convert"]]
    options = {option for command in commands for parameter in command.params for option in parameter.opts}
    shared = {"--help", "--organization-id"}
    assert sorted(o for o in options - shared if o.startswith("--") and f"`{o}" not in page) == []


def test_documents_of_another_seller_are_kept_back(amili: Amili, tmp_path: Path) -> None:
    """By `push` and by `convert`; without the option, that there are several is said."""
    ours = (EHF / "person-invoice.xml").read_text("utf-8")
    (tmp_path / "1.xml").write_text(ours, "utf-8")
    (tmp_path / "2.xml").write_text(ours.replace("311223348", "312345676").replace(">26002<", ">26003<"), "utf-8")
    said = "the seller is another company than 311223348"
    told = amili("push", "invoices", tmp_path, "--dry-run", "--seller", "311 223 348", COLUMNS="400")
    assert told.exit_code == 1
    assert said in told.stderr
    assert "1 invoice can be read" in told.stdout
    told = amili("convert", tmp_path, "--kind", "invoices", "--seller", "311223348", COLUMNS="400")
    assert told.exit_code == 1
    assert said in told.stderr
    assert [json.loads(line)["invoiceNumber"] for line in told.stdout.splitlines()] == ["26002"]
    told = amili("push", "invoices", tmp_path, "--dry-run", COLUMNS="400")
    assert told.exit_code == 0
    assert "Note: the documents are of 2 different sellers" in told.stderr


@pytest.mark.parametrize("kind", ["invoices", "payments", "corrections"])
def test_the_sign_is_asked_for_where_it_matters(amili: Amili, kind: str) -> None:
    """Only corrections have the option, and each command ends its help with examples of its own."""
    told = amili("push", kind, "-h").stdout
    assert ("--credit-sign" in told) == (kind == "corrections")
    assert ("--seller" in told) == (kind != "payments")
    assert f"amili push {kind} " in told.split("Examples:")[1]


@pytest.mark.parametrize("kind", ["invoices", "payments", "corrections"])
def test_the_help_names_the_columns(amili: Amili, kind: KindName) -> None:
    """Whoever has a table and this command needs no other page for its header."""
    told = amili("push", kind, "-h", COLUMNS="120").stdout
    assert [name for name in TABLES[kind].columns if name not in told] == []
