"""What docs/webhooks.md shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from amili_async import webhooks
from amili_async.webhooks import UNVERIFIED, parse_event
from tests.webhooks import DOCUMENTED

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """The fenced text between two marks."""
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w+\n(.*?)```\n<!-- /{re.escape(name)} -->", GUIDE, re.DOTALL)
    assert found is not None, f"docs/webhooks.md has no block {name}"
    return found[1]


def test_the_programs_print_what_is_shown(tmp_path: Path) -> None:
    """Saved under their names and run, they need nothing else."""
    for name in ("receive.py", "try_it.py"):
        (tmp_path / name).write_text(block(name), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "try_it.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.stdout == block("output"), done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("body", DOCUMENTED)
def test_fields_of_events_are_those_listed(body: bytes) -> None:
    """The table of events names each field that an event has, and no other."""
    event = parse_event({}, body, verifier=UNVERIFIED)
    row = re.search(rf"^\| `{type(event).__name__}` \| (.+) \| (.+) \|$", GUIDE, re.MULTILINE)
    assert row is not None
    assert f"`{event.type}`" in row[1]
    shared = re.search(r"All of them have (.+?);", GUIDE, re.DOTALL)
    assert shared is not None
    named = set(re.findall(r"`(\w+)`", shared[1])) | set(re.findall(r"`(\w+)`", row[2])) | {"model"}
    if "the same, and" in row[2]:
        named |= {"case_id", "case_number", "case_type", "status", "invoices"}
    assert named == {attribute.name for attribute in attrs.fields(type(event))}


def test_names_that_are_imported_exist() -> None:
    """Also in the parts that do not run on their own."""
    for names in re.findall(r"from amili_async\.webhooks import ([\w, ]+)\n", GUIDE):
        assert set(names.split(", ")) <= set(webhooks.__all__)
