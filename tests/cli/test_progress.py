"""Showing how far a push is."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from amili_async.bulk import Progress
from amili_async.cli.progress import Bar, Lines
from amili_async.cli.push import PushResult, PushSettings
from amili_async.config import SANDBOX_ORGANIZATION_ID
from amili_async.importers.kinds import INVOICES
from amili_async.importers.reading import Reading
from tests.cli.files import as_csv, rows, write


def at(done: int, rejected: int = 0) -> Progress:
    """So many records have their outcome."""
    return Progress(done=done, accepted=done - rejected, rejected=rejected, unsent=0, unknown=0, in_flight=0)


def push_of(tmp_path: Path, count: int, limit: int | None = None) -> PushResult:
    """A push of so many invoices."""
    reading = Reading([write(tmp_path / "in.csv", as_csv(rows(*[{}] * count)))], INVOICES)
    return PushResult(reading, PushSettings(organization_id=SANDBOX_ORGANIZATION_ID, limit=limit))


def test_a_log_gets_a_line_now_and_then(tmp_path: Path) -> None:
    """Where there is no terminal, a line is written every ten seconds, whatever the rate of the outcomes."""
    seconds = iter([0.0, 1.0, 9.9, 10.0, 10.1, 20.0])
    out = io.StringIO()
    result = push_of(tmp_path, 3)
    with result.reading, Lines(Console(file=out, width=200), result, now=lambda: next(seconds)) as lines:
        for done in range(1, 6):
            lines(at(done * 100, rejected=done))
    assert out.getvalue().splitlines() == [
        "300 of about 3 invoices: 297 accepted, 3 rejected, 0 unsent, 0 unknown; 30/s",
        "500 of about 3 invoices: 495 accepted, 5 rejected, 0 unsent, 0 unknown; 25/s",
    ]


def test_the_bar_shows_count_rejected_and_rate(tmp_path: Path) -> None:
    """On a terminal the bar ends full, with what was rejected, on a single line."""
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, no_color=True, _environ={"TERM": "xterm"})
    result = push_of(tmp_path, 1_052)
    with result.reading, Bar(console, result) as bar:
        bar(at(500))
        list(result.reading)
        bar(at(1_052, rejected=32))
    shown = [re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", line).strip() for line in re.split(r"[\r\n]", out.getvalue())]
    last = [line for line in shown if line][-1]
    assert re.search(r"1,052 of 1,052 32 rejected [\d,]+/s", last)
    assert len(last) <= 80
