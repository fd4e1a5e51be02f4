"""The sandbox in the foreground."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amili_async import AmiliClient, Config
from amili_async.sandbox import Sandbox
from amili_async.sandbox.__main__ import main

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """`python -m amili_async.sandbox` on a free port."""
    command = [sys.executable, "-W", "error", "-m", "amili_async.sandbox", "--port", "0", "--seed", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
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


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` shows what can be set and its defaults."""
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(option in text for option in ("--host", "--port", "--seed", "127.0.0.1", "8642"))
