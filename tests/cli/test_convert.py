"""`amili convert`: what would be pushed, as JSON Lines."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amili_async.sandbox import Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "invoices.csv"
PAYMENT = {"invoice_number": "1001", "type": "DIRECT_PAYMENT", "amount": "100.50", "currency": "NOK"}


def bad(tmp_path: Path) -> Path:
    """A file with a good row, a bad one and another good one."""
    return write(tmp_path / "in.csv", as_csv(rows({}, {"currency": "kr"}, {})))


def test_the_output_is_what_a_push_reads(connected: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """Pushed straight or converted first: the same invoices arrive."""
    lines = tmp_path / "invoices.jsonl"
    assert connected("convert", SAMPLE, "--kind", "invoices", "--output", lines).exit_code == 1
    assert connected("push", "invoices", lines).exit_code == 1
    ledger = sandbox.state.ledger(sandbox.organization_id)
    with Sandbox(batch_delay_s=0).in_thread() as other:
        assert (
            connected(
                "push", "invoices", SAMPLE, "--no-journal", AMILI_BASE_URL=other.url, AMILI_TOKEN_URL=other.token_url
            ).exit_code
            == 1
        )
        assert {number: entry.amounts for number, entry in ledger.items()} == {
            number: entry.amounts for number, entry in other.state.ledger(other.organization_id).items()
        }


def test_the_same_input_gives_the_same_bytes(amili: Amili, tmp_path: Path) -> None:
    """Converted twice, and what was converted converted again: nothing changes."""
    once = amili("convert", SAMPLE, "--kind", "invoices").stdout_bytes
    assert once == amili("convert", SAMPLE, "--kind", "invoices").stdout_bytes
    assert once.count(b"\n") == 1_052
    again = amili("convert", write(tmp_path / "once.jsonl", once), "--kind", "invoices")
    assert (again.exit_code, again.stdout_bytes) == (0, once)


def test_an_invoice_number_stays_one(amili: Amili, tmp_path: Path) -> None:
    """Nothing is looked up; the number stands where it is read again."""
    path = write(tmp_path / "pay.csv", as_csv([PAYMENT], PAYMENT))
    once = amili("convert", path, "--kind", "payments").stdout_bytes
    assert json.loads(once)["invoiceNumber"] == "1001"
    assert b'"amount":100.50' in once
    assert amili("convert", write(tmp_path / "p.jsonl", once), "--kind", "payments").stdout_bytes == once


def test_problems_go_to_stderr(amili: Amili, tmp_path: Path) -> None:
    """What can be read is written, what cannot is told with its place, and the status is 1."""
    path = bad(tmp_path)
    result = amili("convert", path, "--kind", "invoices")
    assert result.exit_code == 1
    assert [json.loads(line)["invoiceNumber"] for line in result.stdout.splitlines()] == ["1001", "1003"]
    assert result.stderr.startswith(f"{path}:3: currency: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("target", ["stdout", "file"])
def test_strict_writes_all_or_nothing(amili: Amili, tmp_path: Path, target: str) -> None:
    """With a bad row there is no output at all, and no half of a file; without one, all of it."""
    path, out = bad(tmp_path), tmp_path / "out.jsonl"
    command = ("convert", path, "--kind", "invoices", "--strict", *(("-o", out) if target == "file" else ()))
    result = amili(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("Nothing was written: 1 record cannot be, and --strict was given.\n")
    assert os.listdir(tmp_path) == ["in.csv"]
    write(path, as_csv(rows({}, {})))
    result = amili(*command)
    assert result.exit_code == 0
    assert (out.read_text() if target == "file" else result.stdout).count("\n") == 2


def test_the_file_is_for_its_owner_only(amili: Amili, tmp_path: Path) -> None:
    """Debtors stand in it; an existing file is not written over, and neither is the input."""
    path, out = write(tmp_path / "in.csv", as_csv(rows({}))), tmp_path / "out.jsonl"
    command = ("convert", path, "--kind", "invoices", "--output")
    result = amili(*command, out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"1 invoice written to {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    for target, told in (
        (out, "is there already"),
        (path, "--output names a file that is read"),
        (tmp_path / "none" / "out.jsonl", "cannot be written (No such file or directory)"),
    ):
        before = path.read_bytes(), out.read_bytes()
        result = amili(*command, target)
        assert (result.exit_code, result.stdout) == (2, "")
        assert told in result.stderr
        assert (path.read_bytes(), out.read_bytes()) == before
    assert sorted(os.listdir(tmp_path)) == ["in.csv", "out.jsonl"]


def test_an_unknown_kind(amili: Amili, tmp_path: Path) -> None:
    """A sentence names the three kinds."""
    result = amili("convert", bad(tmp_path), "--kind", "cases")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: --kind is 'cases'; write invoices, payments or corrections.\n"


def test_a_limit(amili: Amili, tmp_path: Path) -> None:
    """Only the first records are written."""
    result = amili("convert", SAMPLE, "--kind", "invoices", "--limit", 3)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)


def test_a_reader_that_has_enough(tmp_path: Path) -> None:
    """`amili convert … | head` ends quietly."""
    command = f"{sys.executable} -m amili_async.cli convert {SAMPLE} --kind invoices | head -1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_crash_leaves_no_half_file(amili: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted half way, there is no output that could be taken for a whole one."""
    seen: list[object] = []

    def encode(encode_it: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
        def once(record: Any) -> bytes:
            seen.append(record)
            if len(seen) > 2:
                raise KeyboardInterrupt
            return encode_it(record)

        return once

    from amili_async import codec

    monkeypatch.setattr("amili_async.cli.convert.codec.encode", encode(codec.encode))
    path = write(tmp_path / "in.csv", as_csv(rows({}, {}, {}, {})))
    result = amili("convert", path, "--kind", "invoices", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 130
    assert os.listdir(tmp_path) == ["in.csv"]
