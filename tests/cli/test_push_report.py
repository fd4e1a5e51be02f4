"""Telling what came of a push."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from amili_async.bulk import BulkReport, OutcomeStatus
from amili_async.cli.problems import RowProblem
from amili_async.cli.push import PushResult, PushSettings
from amili_async.cli.push_report import as_json, as_tables, unreadable_rows, what_next
from amili_async.cli.reading import Reading
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted, money
from amili_async.cli.terminal import Terminal
from tests.cli.files import as_csv, rows, write


def result_of(tmp_path: Path, *, bad_rows: int = 0, failures: Path | None = None, **report: object) -> PushResult:
    """A push of a file that was read to its end, with this report."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, *[{"currency": "kr"}] * bad_rows)))
    with Reading([path]) as reading:
        list(reading)
    settings = PushSettings(organization_id="3fa85f64-5717-4562-b3fc-2c963f66afa6", failures=failures)
    return PushResult(reading, settings, BulkReport(kind="invoices", **report))  # type: ignore[arg-type]  # by name


def shown(result: PushResult, width: int) -> list[str]:
    """The report's lines on a screen of this width."""
    console = Console(width=width, theme=None, highlight=False, no_color=True)
    terminal = Terminal()
    terminal.out.width = width
    with terminal.out.capture() as captured:
        for part in as_tables(result):
            terminal.out.print(part)
    assert console.width == width
    return [line.rstrip() for line in captured.get().splitlines()]


def sums(accepted: str, rejected: str = "0") -> dict[OutcomeStatus, Decimal]:
    """Sums by outcome."""
    zero = Decimal(0)
    return {
        OutcomeStatus.ACCEPTED: Decimal(accepted),
        OutcomeStatus.REJECTED: Decimal(rejected),
        OutcomeStatus.UNSENT: zero,
        OutcomeStatus.UNKNOWN: zero,
    }
