"""The sandbox in the foreground."""

from __future__ import annotations

import errno
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amili_async import AmiliClient, Config, ServerError
from amili_async.sandbox import Sandbox, run
from amili_async.sandbox.__main__ import main

ROOT = Path(__file__).parent.parent.parent


def started(*options: str) -> subprocess.Popen[str]:
    """`python -m amili_async.sandbox` on a free port."""
    command = [sys.executable, "-W", "error", "-m", "amili_async.sandbox", "--port", "0", "--seed", "3", *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """One without further options, which is gone after the test."""
    with started() as process:
        yield process
        process.kill()


def environment(process: subprocess.Popen[str]) -> dict[str, str]:
    """The settings that it prints."""
    found: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        if match := re.fullmatch(r"export (AMILI_\w+)=(\S+)\n", line):
            found[match[1]] = match[2]
        if "AMILI_ORGANIZATION_ID" in found:
            break
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_what_it_prints_is_all_a_client_needs(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """The printed variables make a working client, and Ctrl-C ends it cleanly."""
    config = Config.from_env(environment(process))
    async with AmiliClient(config) as client:
        page = await client.collection.get_cases_by_organization(str(config.organization_id))
    assert page.data == []
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("Stopped.\n")


def test_a_taken_port_is_explained() -> None:
    """No traceback, but what to do."""
    with Sandbox().in_thread() as sandbox:
        arguments = [sys.executable, "-m", "amili_async.sandbox", "--port", str(sandbox.port)]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 3
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


async def test_files_and_faults_can_be_given(tmp_path: Path) -> None:
    """What is wrong by file is in force from the first request, and what was written is in the state file."""
    faults, state, log = tmp_path / "faults.toml", tmp_path / "state.jsonl", tmp_path / "requests.jsonl"
    faults.write_text('[[rule]]\nkind = "status"\nstatus = 503\noperation = "GetCasesByOrganization"\n')
    options = ["--faults", str(faults), "--state", str(state), "--request-log", str(log)]
    with started(*options, "--webhook-url", "http://127.0.0.1:9/") as process:
        config = Config.from_env(environment(process)).evolve(max_attempts=1, allow_unverified=True)
        async with AmiliClient(config) as client:
            with pytest.raises(ServerError):
                await client.collection.get_cases_by_organization(str(config.organization_id))
            await client.receivables.create_action(int(str(config.client_no)), body={})
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "CreateAction" in state.read_text(encoding="utf-8")
    assert "GetCasesByOrganization" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--faults", "{}/nothing.toml"], "nothing.toml"),
        (["--faults", "{}/bad.toml"], "rate_428 is unknown"),
        (["--state", "{}/nowhere/state.jsonl"], "state.jsonl"),
        (["--state", "{}/bad.toml"], "damaged"),
        (["--webhook-url", "https://example.invalid/"], "off this machine"),
        (["--port", "70000"], "65535 at most"),
    ],
)
def test_a_wrong_option_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """A file that is missing or makes no sense, and a URL off this machine: a line that says so, and status 2."""
    tmp_path.joinpath("bad.toml").write_text("rate_428 = 1\n", encoding="utf-8")
    given = [argument.format(tmp_path) for argument in arguments]
    assert main(["--port", "0", *given]) == 2
    assert message in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_not_taken_for_a_port() -> None:
    """Where the reader of a pipe has gone, nobody is told to try another port."""

    def gone(_text: str) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(BrokenPipeError) as raised:
        run(port=0, write=gone)
    assert raised.value.filename == "the output"


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` shows what can be set and its defaults."""
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(option in text for option in ("--host", "--port", "--seed", "127.0.0.1", "8642"))
