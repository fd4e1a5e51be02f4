"""The page on the command line keeps up with the command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from amili_async.cli.app import app
from amili_async.cli.statuses import ExitStatus
from amili_async.config import SANDBOX_ORGANIZATION_ID

PAGE = (Path(__file__).parent.parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
EXAMPLES = [
    line for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line
]
GROUPS = ["cases", "invoices", "batches", "settlements"]


def command(words: list[str]) -> tuple[Any, list[str]]:
    """The command that these words name, and what is left of them."""
    found: Any = get_command(app)
    while words and words[0] in getattr(found, "commands", {}):
        found, words = found.commands[words[0]], words[1:]
    return found, words


def options(found: Any) -> set[str]:
    return {option for parameter in found.params for option in parameter.opts if option.startswith("--")}


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str) -> None:
    """The command is there, and so are the options."""
    program, *words = shlex.split(line)
    assert program == "amili"
    found, rest = command(words)
    assert not hasattr(found, "commands") or rest[0] in options(found)
    assert {word for word in rest if word.startswith("--")} <= options(found)


def test_every_option_is_described() -> None:
    """Those of the lists, of call and of doctor, by name."""
    commands = [command([name, action])[0] for name in GROUPS for action in ("list", "get")]
    commands += [command(["batches", "wait"])[0], command(["call"])[0], command(["doctor"])[0]]
    wanted = set().union(*map(options, commands)) - {"--help", "--organization-id", "--guard"}
    assert sorted(option for option in wanted if f"`{option}" not in PAGE and f" {option}" not in PAGE) == []


def test_every_exit_status_is_described() -> None:
    """With its number."""
    told = re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)
    assert [int(number) for number in told] == [int(status) for status in ExitStatus]


def test_every_command_has_an_example() -> None:
    """At the end of its help."""
    for name in [*GROUPS]:
        for action in ("list", "get"):
            assert f"amili {name} {action}" in command([name, action])[0].epilog
    for name in ("call", "doctor"):
        assert f"amili {name}" in command([name])[0].epilog


def test_ids_in_examples_are_of_nobody() -> None:
    """The documentation's own example id, which the sandbox takes up."""
    assert set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", PAGE)) == {SANDBOX_ORGANIZATION_ID}
