"""Ctrl-C and SIGTERM, whenever they come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amili_async import codec
from amili_async.models.collection import CreateInvoiceItem
from amili_async.sandbox import Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

ROOT = Path(__file__).parents[2]
# Presses Ctrl-C at the moment when a module is about to be loaded, then runs a program.
PRESS = """
import os, runpy, signal, sys

module, program, *_ = sys.argv[1:]

class Press:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Press())
sys.argv = sys.argv[2:]
if program.endswith(".py"):
    runpy.run_path(program, run_name="__main__")
else:
    runpy.run_module(program, run_name="__main__", alter_sys=True)
"""


def pressed_at(module: str, *program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program, and press Ctrl-C when it loads a module."""
    return subprocess.run(
        [sys.executable, "-c", PRESS, module, *program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@pytest.mark.parametrize(
    "module", ["typer", "amili_async.cli.app", "amili_async.cli.push", "amili_async.cli.progress", "aiohttp"]
)
def test_ctrl_c_while_a_push_loads(sandbox: Sandbox, tmp_path: Path, module: str) -> None:
    """Before the push has begun, Ctrl-C ends the command without a traceback, and nothing is sent."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    done = pressed_at(module, "amili_async.cli", "push", "invoices", str(path), **environment_of(sandbox))
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert sandbox.state.ledger(sandbox.organization_id) == {}


@pytest.mark.parametrize("module", ["asyncio", "rich", "amili_async.sandbox", "amili_async.models.collection"])
def test_ctrl_c_in_the_demo(module: str) -> None:
    """The demo ends quietly as well."""
    done = pressed_at(module, "examples/demo.py")
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


@pytest.fixture
def sigterm_is_harmless() -> Iterator[None]:
    """A SIGTERM that nobody handles does not end the tests."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGTERM, before)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a push less time to stop."""
    for module in ("sigterm", "progress"):
        monkeypatch.setattr(f"amili_async.cli.{module}.SECONDS_TO_STOP", 0.1)


@pytest.mark.usefixtures("sigterm_is_harmless")
def test_sigterm_ends_a_push_with_its_report(amili: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A nightly job that is stopped tells what became of each record, and does so in time, with status 143."""

    def stop(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    # The second row repeats the first, so there is an outcome before any batch is done; the batches never are.
    monkeypatch.setattr("amili_async.cli.progress.Lines.__call__", stop)
    hurry(monkeypatch)
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"invoice_number": "1001"}, *[{}] * 4_000)))
    rest = tmp_path / "rest.jsonl"
    arguments = ("push", "invoices", path, "--chunk-size", 1, "--failures", rest, "--format", "json", "--no-journal")
    with Sandbox(batch_delay_s=10_000_000).in_thread() as sandbox:
        result = amili(*arguments, **environment_of(sandbox))
    assert result.exit_code == 143
    assert "Stopping on SIGTERM: what is under way has 0.1 seconds to finish.\n" in result.stderr
    data = json.loads(result.stdout)
    assert data["status"] == "TERMINATED"
    assert data["not_sent"]["refused_here"] == 1
    assert data["sent"]["total"] + data["not_sent"]["total"] == data["read"] < 4_002
    assert sum(reason["count"] for reason in data["reasons"]) == data["read"]
    written = [
        codec.decode(line, CreateInvoiceItem).invoice_number
        for file in (rest, tmp_path / "rest.unknown.jsonl")
        if file.exists()
        for line in file.read_bytes().splitlines()
    ]
    assert len(set(written)) == len(written) == data["read"] - 1


@pytest.mark.usefixtures("sigterm_is_harmless")
def test_sigterm_says_where_to_go_on(amili: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For people the report names the first line that was not read."""
    monkeypatch.setattr("amili_async.cli.progress.Lines.__call__", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    hurry(monkeypatch)
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"invoice_number": "1001"}, *[{}] * 4_000)))
    with Sandbox(batch_delay_s=10_000_000).in_thread() as sandbox:
        arguments = ("push", "invoices", path, "--chunk-size", 1, "--no-journal")
        result = amili(*arguments, COLUMNS="200", **environment_of(sandbox))
    assert result.exit_code == 143
    assert "• Stopped by SIGTERM." in result.stdout
    assert f" of {path}: it was not read." in result.stdout


def test_the_demo_runs_where_only_ascii_can_be_shown() -> None:
    """A terminal without Norwegian letters gets question marks, not a traceback."""
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "examples/demo.py"], cwd=ROOT, env=environment, capture_output=True, timeout=50, check=False
    )
    assert done.returncode == 0
    assert b"?se Bakke" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("where", ["full", "left"])
def test_a_report_that_cannot_be_written(sandbox: Sandbox, tmp_path: Path, where: str) -> None:
    """All was sent, so the status does not say that the command was wrong, or that records were rejected."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    command = [sys.executable, "-m", "amili_async.cli", "push", "invoices", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment_of(sandbox)}
    if where == "full":
        stdout = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, stdout = os.pipe()
        os.close(reader)
    done = subprocess.run(command, env=environment, stdout=stdout, stderr=subprocess.PIPE, timeout=50, check=False)
    os.close(stdout)
    assert done.returncode == 0, done.stderr
    assert b"The report could not be written" in done.stderr
    assert b"Traceback" not in done.stderr
    assert sandbox.state.ledger(sandbox.organization_id)["1001"].accepted == 1
