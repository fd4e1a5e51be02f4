"""Exports on a bad day: a disk that is full, a reader that leaves, a kill between two steps."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amili_async.cli import export_target
from amili_async.cli.export_checkpoint import Checkpoint, CheckpointFile
from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

COUNT = 120  # three pages
LIST = ("invoices", "list", "--columns", "invoiceNumber", "--checkpoint", "c")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a directory of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def filled(connected: Amili, tmp_path_factory: pytest.TempPathFactory) -> Amili:
    """The command, with three pages of invoices in the sandbox."""
    path = write(tmp_path_factory.mktemp("input") / "in.csv", as_csv(rows(*[{}] * COUNT)))
    assert connected("push", "invoices", path, "--no-journal").exit_code == 0
    return connected


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """Let files of this process grow to so many bytes and no further, as a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def numbers(path: str) -> list[str]:
    """The rows of a file without its header."""
    return Path(path).read_text().split()[1:]


EXPECTED = [str(1001 + index) for index in range(COUNT)]


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_what_could_not_be_written_is_not_noted(filled: Amili, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    """A disk that is full at the turn of a page costs no row: the run that goes on writes that page again."""
    settle, calls = export_target._Part.settle, iter(range(1, 99))

    def failing(self: export_target._Part) -> int:
        if next(calls) == fails_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return settle(self)

    monkeypatch.setattr(export_target._Part, "settle", failing)
    broken = filled(*LIST, "--output", "a.csv")
    assert broken.exit_code == 2
    assert broken.stderr == "Error: a.csv or c could not be written (No space left on device).\n"
    assert filled(*LIST, "--output", "a.csv").exit_code == 0
    assert numbers("a.csv") == EXPECTED


def test_a_reader_that_leaves_misses_nothing(filled: Amili, sandbox: Sandbox) -> None:
    """Rows that a pipe did not take any more come in the next run."""
    slow = Rule(kind="latency", seconds=2, operation="GetInvoicesByOrganization", after=1)
    sandbox.set_faults(Faults(rules=[slow]))
    command = [sys.executable, "-m", "amili_async.cli", *LIST, "--format", "csv"]
    environment = {**os.environ, **environment_of(sandbox), "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"invoiceNumber\n"
        process.stdout.close()
        assert process.wait(30) == 1
    sandbox.set_faults(Faults())
    assert filled(*LIST, "--format", "csv").stdout.split()[1:] == EXPECTED


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "xlsx"])
@pytest.mark.parametrize("named", [True, False])
def test_a_kill_at_the_very_end_doubles_nothing(
    filled: Amili, monkeypatch: pytest.MonkeyPatch, suffix: str, *, named: bool
) -> None:
    """Just before and just after the file gets its name: the next run ends it, and the one after brings only news."""
    listing = ("invoices", "list", "--checkpoint", "c", "--output")
    commit = export_target._Part.commit

    def killed(self: export_target._Part) -> None:
        if named:
            commit(self)
        self.sink.close()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(export_target._Part, "commit", killed)
        filled(*listing, f"a.{suffix}")
    assert Path(f"a.{suffix}").exists() is named
    if not named:
        assert f"{COUNT} invoices written to a.{suffix}." in filled(*listing, f"a.{suffix}", "--restart").stderr
        assert Path(f"a.{suffix}").exists()
    again = filled(*listing, f"b.{suffix}")
    assert f"0 invoices written to b.{suffix} ({COUNT} left out that an earlier run has written)." in again.stderr
    assert sorted(path.name for path in Path().iterdir()) == sorted(["c", f"a.{suffix}", f"b.{suffix}"])


@pytest.mark.parametrize(
    "command",
    [
        ("invoices", "list", "--output", "a.csv"),
        ("invoices", "list", "--output", "a.json"),
        ("invoices", "list", "--output", "a.json", "--checkpoint", "c"),
        ("call", "GetInvoicesByOrganization", "--output", "a.json"),
        ("call", "GetInvoicesByOrganization", "--format", "csv", "--output", "a.csv"),
        ("call", "GetInvoicesByOrganization", "--all", "--format", "csv", "--output", "a.csv"),
    ],
)
def test_a_full_disk_keeps_nothing_of_people(
    filled: Amili, small_files: Callable[[int], None], command: tuple[str, ...]
) -> None:
    """The file that could not be written is named, and nothing of it stays behind under a hidden name."""
    small_files(4096)
    result = filled(*command)
    assert result.exit_code == 2
    assert f"{command[command.index('--output') + 1]}" in result.stderr
    assert "could not be written (File too large)" in result.stderr
    assert list(Path().iterdir()) == []


def test_a_workbook_that_breaks_off_says_only_why(filled: Amili, sandbox: Sandbox) -> None:
    """What openpyxl thinks of a sheet without an end is of no use to anybody."""
    sandbox.set_faults(Faults(rules=[Rule(kind="status", status=500, operation="GetInvoicesByOrganization", after=1)]))
    command = [sys.executable, "-m", "amili_async.cli", "invoices", "list", "--output", "a.xlsx"]
    environment = {**os.environ, **environment_of(sandbox), "AMILI_MAX_ATTEMPTS": "1"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(Path().iterdir()) == []


def test_a_checkpoint_that_cannot_be_replaced_stays(filled: Amili, monkeypatch: pytest.MonkeyPatch) -> None:
    """The half of a new one is taken away."""
    assert filled(*LIST, "--output", "a.csv").exit_code == 0
    before = Path("c").read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with CheckpointFile(Path("c"), {}) as file, monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            file.save(Checkpoint())
    assert Path("c").read_bytes() == before
    assert not Path("c.new").exists()


@pytest.mark.parametrize("limit", ["1", "120"])
def test_standard_output_that_is_full_is_said_once(filled: Amili, sandbox: Sandbox, limit: str) -> None:
    """Python would try again at its end, and end with a status of its own."""
    command = [sys.executable, "-m", "amili_async.cli", "invoices", "list", "--format", "csv", "--limit", limit]
    environment = {**os.environ, **environment_of(sandbox), "PYTHONUNBUFFERED": ""}
    with open("/dev/full", "wb") as full:
        result = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "Error: standard output could not be written (No space left on device).\n"
