"""The doctor's findings, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from amili_async.cli.doctor_check import Check, Verdict, worst
from amili_async.cli.tables import plain, table

__all__ = ["as_json", "as_table", "conclusion"]

_STYLES: Final = {Verdict.OK: "good", Verdict.WARN: "open", Verdict.FAIL: "bad", Verdict.SKIPPED: "faint"}


def as_table(checks: Sequence[Check]) -> Table:
    """A line per finding; what to do about it stands below it."""
    grid = table("")
    grid.columns[0].no_wrap = True
    grid.add_column("Check", no_wrap=True)
    grid.add_column("Finding", overflow="fold")
    for check in checks:
        finding = Text(plain(check.text))
        if check.fix is not None:
            finding.append(f"\n→ {plain(check.fix)}", style="heading")
        grid.add_row(Text(check.verdict, style=_STYLES[check.verdict]), check.name, finding)
    return grid


def as_json(checks: Sequence[Check]) -> str:
    """All of it, with numbers and names."""
    return json.dumps({"verdict": worst(checks), "checks": [check.as_plain() for check in checks]}, indent=2)


def conclusion(checks: Sequence[Check]) -> str:
    """All of it in a sentence."""
    match worst(checks):
        case Verdict.OK:
            return "All is well."
        case Verdict.WARN:
            return "It works; the warnings deserve a look."
        case _:
            first = next(check for check in checks if check.verdict is Verdict.FAIL)
            return f"Something is wrong; begin with: {first.name}."
