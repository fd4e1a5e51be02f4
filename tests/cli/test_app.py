"""The command as a whole: help, settings, errors, lists, the sandbox."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from amili_async._version import __version__
from amili_async.cli.app import app
from amili_async.cli.state import State
from amili_async.config import SANDBOX_ORGANIZATION_ID
from amili_async.importers.columns import COLUMNS
from amili_async.sandbox import Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

SECRET = "sandbox-secret"


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """All commands below a group."""
    found = []
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found += commands(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


def test_every_command_and_option_has_help(amili: Amili) -> None:
    """No command and no option is left without a word of explanation."""
    for path, command in commands(get_command(app)):
        assert command.help, path
        assert amili(*path, "--help").exit_code == 0
        for parameter in command.params:
            assert parameter.help, (path, parameter.name)


def test_help_names_every_column(amili: Amili) -> None:
    """Which columns a file may have can be read in the help."""
    words = set(re.findall(r"[a-z_]+", amili("push", "invoices", "-h").stdout))
    assert set(COLUMNS) <= words


def test_help_and_version(amili: Amili) -> None:
    """`amili` alone shows the help; --version the version."""
    assert "Exit status" in amili("-h").stdout
    assert amili("--version").stdout == f"amili-async {__version__}\n"


def test_a_missing_extra_is_said() -> None:
    """Without typer and rich the command names what to install, with status 2."""
    program = "import sys; sys.modules['typer'] = None; from amili_async.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "The amili command needs a few more packages: pip install 'amili-async[cli]'\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "status", "message"),
    [
        (["cases", "list"], {"AMILI_BASE_URL": ""}, 2, "give base_url (AMILI_BASE_URL)"),
        (["cases", "list"], {"AMILI_ORGANIZATION_ID": ""}, 2, "give --organization-id, or set"),
        (["cases", "list"], {"AMILI_CLIENT_SECRET": ""}, 2, "AMILI_CLIENT_SECRET"),
        (["cases", "list"], {"AMILI_CLIENT_SECRET": "wrong"}, 3, "refused these credentials"),
        (["cases", "list"], {"AMILI_BASE_URL": "http://127.0.0.1:9"}, 3, "127.0.0.1 cannot be reached"),
        (["cases", "list"], {"AMILI_BASE_URL": "{url}/elsewhere"}, 3, "The API host is {url}/elsewhere, from base_url"),
        (["cases", "list"], {"AMILI_TOKEN_URL": "{url}/elsewhere"}, 3, "check token_url (AMILI_TOKEN_URL)"),
        (["cases", "list", "--organization-id", "../../x"], {}, 2, "not a UUID such as 3fa85f64"),
        (["cases", "list"], {"AMILI_ORGANIZATION_ID": "x"}, 2, "--organization-id, or organization_id (AMILI_ORG"),
        (["push", "invoices", "{file}", "--organization-id", "Eksempel AS"], {}, 2, "is not a UUID"),
        (["cases", "list", "--organization-id", "8f0b6f8e-0000-4000-8000-000000000000"], {}, 3, "404"),
        (["push", "invoices", "{file}"], {"AMILI_CLIENT_SECRET": "wrong"}, 3, "refused these credentials"),
        (["push", "invoices", "{file}"], {"AMILI_BASE_URL": "http://127.0.0.1:9"}, 3, "127.0.0.1 cannot be reached"),
        (["push", "invoices", "{file}"], {"AMILI_BASE_URL": "{url}/elsewhere"}, 3, "The API host is {url}/elsewhere"),
        (["push", "invoices"], {}, 2, "Missing argument"),
        (["push", "invoices", "{file}", "--chunk-size", "0"], {}, 2, "--chunk-size"),
        (["nonsense"], {}, 2, "No such command"),
    ],
)
def test_errors_are_one_sentence(
    connected: Amili,
    sandbox: Sandbox,
    tmp_path: Path,
    arguments: list[str],
    environment: dict[str, str],
    status: int,
    message: str,
) -> None:
    """Wrong settings and credentials, unreachable hosts and wrong addresses: a sentence, a status, no traceback."""
    known = {"url": sandbox.url, "file": str(write(tmp_path / "in.csv", as_csv(rows({}))))}
    changed = {name: value.format(**known) for name, value in environment.items()}
    result = connected(*[argument.format(**known) for argument in arguments], **changed, AMILI_MAX_ATTEMPTS="1")
    assert (result.exit_code, result.stdout) == (status, "")
    assert message.format(**known) in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert SECRET not in result.output
    assert sandbox.state.ledger(sandbox.organization_id) == {}


def test_the_organization_of_the_sandbox_needs_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """AMILI_ENVIRONMENT=sandbox is enough; what is named wins."""
    for name in [name for name in os.environ if name.startswith("AMILI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AMILI_ENVIRONMENT", "sandbox")
    state = State()
    state.settings()
    assert state.organization(None) == SANDBOX_ORGANIZATION_ID
    named = "8f0b6f8e-0000-4000-8000-000000000000"
    assert state.organization(named) == named


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """A report that cannot be written is a sentence as well."""
    path = write(tmp_path / "in.csv", as_csv(rows({})))
    command = [sys.executable, "-m", "amili_async.cli", "push", "invoices", "--dry-run", str(path), "--format", "json"]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=buffered)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: something could not be read or written: No space left on device.\n")


def test_debug_shows_the_traceback(amili: Amili) -> None:
    """AMILI_DEBUG=1 or --debug shows where an error came from, before the sentence."""
    for result in (amili("--debug", "cases", "list"), amili("cases", "list", AMILI_DEBUG="1")):
        assert result.exit_code == 2
        assert "Traceback" in result.stderr
        assert "ConfigError" in result.stderr
        assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_cases_as_a_table(connected: Amili, tmp_path: Path) -> None:
    """A push opens cases, which are listed in a table that fits a narrow screen, as many as were asked for."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {"original_invoice_amount": "48000.00"}, {})))
    connected("push", "invoices", path)
    narrow = connected("cases", "list", "--limit", 2, COLUMNS="60").stdout.splitlines()
    assert len(narrow) == 4
    assert max(map(len, narrow)) <= 60
    assert "Registered" not in narrow[0]
    assert {"NOK 1,249.50", "NOK 48,000.00"} == {line[-13:].strip() for line in narrow[2:]}
    assert "Registered" in connected("cases", "list", COLUMNS="120").stdout


def test_cases_as_json(connected: Amili, tmp_path: Path) -> None:
    """For programs the cases come under the API's own names."""
    connected("push", "invoices", write(tmp_path / "in.csv", as_csv(rows({}, {}))))
    found = json.loads(connected("cases", "list", "--format", "json").stdout)
    assert {case["invoices"][0]["invoiceNumber"] for case in found} == {"1001", "1002"}
    assert json.loads(connected("cases", "list", "--status", "PAUSED", "--format", "json").stdout) == []


def test_no_cases(connected: Amili) -> None:
    """That there are none is said on stderr, and is no error."""
    assert connected("cases", "list").stderr == "There are no cases.\n"
    result = connected("cases", "list", "--status", "PAUSED")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "There are no such cases.\n")


def test_names_cannot_steer_the_terminal(connected: Amili, tmp_path: Path) -> None:
    """A debtor's name with control characters or markup in it is shown as text."""
    path = write(tmp_path / "in.csv", as_csv(rows({"lastname": "[red]E\x1b[2Jk"})))
    connected("push", "invoices", path)
    listed = connected("cases", "list").stdout
    assert "\x1b" not in listed
    assert "[red]E [2Jk" in listed


def test_the_sandbox_runs_until_it_is_stopped() -> None:
    """`amili sandbox` prints the settings with which it is found, and ends well on Ctrl-C."""
    command = [sys.executable, "-m", "amili_async.cli", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(7)]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert re.match(r"A local Amili answers at http://127\.0\.0\.1:\d+\.", lines[0])
    assert any(line.startswith("export AMILI_BASE_URL=http://127.0.0.1:") for line in lines)


def test_a_port_that_is_taken_is_said(amili: Amili, sandbox: Sandbox) -> None:
    """Two sandboxes cannot share a port."""
    result = amili("sandbox", "--port", sandbox.port)
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{sandbox.port}" in result.stderr
    assert "try --port 0" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--faults", "nope.toml"), "nope.toml: No such file"),
        (("--faults", "broken.toml"), "broken.toml"),
        (("--state", "."), "directory"),
        (("--request-log", "nowhere/log.jsonl"), "nowhere"),
        (("--webhook-url", "https://hooks.example/amili"), "hooks.example"),
    ],
)
def test_what_the_sandbox_cannot_use_is_said(
    amili: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str], text: str
) -> None:
    """A file or an address that does not do: one sentence, before it starts."""
    monkeypatch.chdir(tmp_path)
    Path("broken.toml").write_text("[[rules]]\nkind = 7\n")
    result = amili("sandbox", "--port", "0", *arguments)
    assert result.exit_code == 2
    assert text in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_sandbox_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    """State and request log stand in the files of the options."""
    state, log = tmp_path / "state.jsonl", tmp_path / "log.jsonl"
    options = ["--state", str(state), "--request-log", str(log), "--faults", "examples/faults.toml"]
    command = [sys.executable, "-m", "amili_async.cli", "sandbox", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "answers at" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert state.exists()
    assert log.exists()
