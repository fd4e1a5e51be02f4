"""The README shows what really happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The fenced text between two marks."""
    found = re.search(rf"<!-- {name} -->\n+```\w*\n(.*?)```\n+<!-- /{name} -->", README, re.DOTALL)
    assert found is not None, f"README.md has no block {name}"
    return found[1]


def run(program: str) -> str:
    """What a program prints, as in a terminal of 100 columns that shows no colours."""
    done = subprocess.run(
        [sys.executable, f"examples/{program}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
        env={"COLUMNS": "100", "NO_COLOR": "1", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
    )
    return done.stderr + done.stdout


def masked(text: str) -> list[str]:
    """Lines without what changes from run to run: ports, times, dates."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
    text = re.sub(r"\d+(\.\d+)? s\b", "TIME", text)
    text = re.sub(r"[\d,]+ invoices/s", "RATE", text)
    text = re.sub(r"20\d\d-\d\d-\d\d(?=\s+NOK)", "TODAY", text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_program_is_the_one_in_examples() -> None:
    """What can be copied from the README is what runs."""
    assert block("program") == (ROOT / "examples" / "first_push.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "program"), [("output", "first_push.py"), ("demo", "demo.py")])
def test_the_output_is_the_real_one(name: str, program: str) -> None:
    """To the øre; only times and ports may differ."""
    assert masked(block(name)) == masked(run(program))
