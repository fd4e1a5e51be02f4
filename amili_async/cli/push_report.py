"""Telling what came of a push: as tables for people, as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import asdict
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.cli.push import PushResult
from amili_async.cli.push_advice import what_next
from amili_async.cli.push_checks import Warnings
from amili_async.cli.push_sums import STYLES, adding_up, outcomes_table, read_sentence, sent_sentence
from amili_async.cli.reasons import Reason
from amili_async.cli.tables import counted, plain, table, titled
from amili_async.importers.problems import RowProblem

__all__ = ["as_json", "as_tables", "short", "unreadable_rows", "warnings_table"]

_MOST_REASONS: Final = 8
_UNREADABLE: Final = "Rows that could not be read"
_ID: Final = re.compile(r"([0-9a-f]{8})-[0-9a-f-]{27}", re.IGNORECASE)


def as_tables(result: PushResult) -> Iterator[RenderableType]:
    """The report, part by part."""
    report, reading = result.report, result.reading
    if report is not None:
        yield outcomes_table(result, report)
        yield Group(Text(sent_sentence(result, report)), Text(read_sentence(result, report)), _rate(result, report))
        # An error is told on its own.
        if report.stopped is not None and not result.interrupted and result.error is None:
            yield Text(f"Stopped early: {report.stopped}", style="open")
        if reasons := result.reasons.ranked():
            yield _reasons(reasons, result)
    if result.checked.warnings.count:
        yield warnings_table(result.checked.warnings)
    if reading.problems:
        yield unreadable_rows(reading.problems, reading.unreadable)
    yield _next(result)


def _rate(result: PushResult, report: BulkReport) -> Text:
    parts = [counted(report.batches, "batch", "batches"), f"{report.elapsed_s:,.1f} s"]
    if report.rate:
        parts.append(f"{report.rate:,.0f} {result.kind}/s")
    if result.looked_up:
        parts.append(f"{counted(result.looked_up, 'invoice number')} looked up")
    if report.retries:
        parts.append(counted(report.retries, "repeated request"))
    if report.throttled:
        parts.append(f"asked to slow down {counted(report.throttled, 'time')}")
    return Text(" · ".join(parts), style="faint")


def _reasons(reasons: Sequence[Reason], result: PushResult) -> RenderableType:
    grid = table("Outcome")
    grid.add_column("Reason")
    grid.add_column(result.kind.capitalize(), justify="right", no_wrap=True)
    grid.add_column("Example", no_wrap=True)
    for reason in reasons[:_MOST_REASONS]:
        grid.add_row(
            Text(_label(reason), style=STYLES[reason.status]), reason.text, f"{reason.count:,}", short(reason.example)
        )
    more = reasons[_MOST_REASONS:]
    if not more:
        return titled("Why not accepted", grid)
    records = counted(sum(reason.count for reason in more), result.reading.kind.singular)
    rest = f"… and {counted(len(more), 'more reason')}, for {records}"
    return titled("Why not accepted", grid, Text(rest, style="faint"))


def warnings_table(warnings: Warnings) -> RenderableType:
    """What the checks warned of; the records were not kept back for it.

    Args:
        warnings: All of them.
    """
    grid = table("Check")
    grid.add_column("Field", no_wrap=True)
    grid.add_column("Warning")
    grid.add_column("Records", justify="right", no_wrap=True)
    grid.add_column("Example", no_wrap=True)
    ranked = warnings.ranked()
    for warned in ranked[:_MOST_REASONS]:
        grid.add_row(warned.check, warned.field or "–", warned.message, f"{warned.count:,}", short(warned.example))
    more = ranked[_MOST_REASONS:]
    if not more:
        return titled("Warnings", grid)
    rest = f"… and {counted(sum(warned.count for warned in more), 'more warning')}"
    return titled("Warnings", grid, Text(rest, style="faint"))


def short(example: str | None) -> str:
    """An example for a cell: of an id only the beginning, a dash for nothing.

    Args:
        example: What a record is known by.
    """
    return _ID.sub(r"\1…", plain(example))


def _label(reason: Reason) -> str:
    if reason.repeated:
        return "repeated"
    if reason.status is OutcomeStatus.REJECTED and not reason.sent:
        return "refused here"
    return reason.status.lower()


def unreadable_rows(problems: Sequence[RowProblem], count: int) -> RenderableType:
    """The rows that could not be read, with their places.

    Args:
        problems: The first of them.
        count: How many there are.
    """
    files = {problem.file for problem in problems}
    # One file is named once, above; with several, each line says which.
    one = next(iter(files)) if len(files) == 1 else None
    grid = table("Line" if one else "Place")
    grid.columns[0].justify = "right" if one else "left"
    grid.columns[0].overflow = "fold"
    grid.add_column("Column", no_wrap=True)
    grid.add_column("Reason")
    for problem in problems:
        place = str(problem.line) if one else f"{problem.file}:{problem.line}"
        grid.add_row(place, problem.column or "–", problem.reason)
    title = f"Rows of {one} that could not be read" if one else _UNREADABLE
    if count <= len(problems):
        return titled(title, grid)
    rest = f"… and {count - len(problems):,} more; --dry-run lists them all"
    return titled(title, grid, Text(rest, style="faint"))


def _next(result: PushResult) -> RenderableType:
    sentences = what_next(result)
    if result.interrupted:
        sentences.insert(0, "Stopped by SIGTERM." if result.terminated else "Interrupted.")
    if len(sentences) <= 2:
        return Text(" ".join(sentences))
    grid = Table.grid(padding=(0, 1))
    for sentence in sentences:
        grid.add_row("•", sentence)
    return grid


def as_json(result: PushResult) -> str:
    """The report for programs: one JSON object. Sums are strings, so that no reader turns them into floats."""
    reading, report = result.reading, result.report
    data = {
        "status": result.status.name,
        "kind": result.kind,
        "journal": None if result.settings.journal is None else str(result.settings.journal),
        **(adding_up(result, report) if report is not None else {"report": None}),
        "unreadable": {"count": reading.unreadable, "first": [asdict(problem) for problem in reading.problems]},
        "reasons": [asdict(reason) for reason in result.reasons.ranked()],
        "warnings": {
            "count": result.checked.warnings.count,
            "first": [asdict(warned) for warned in result.checked.warnings.ranked()],
        },
        "looked_up": result.looked_up,
        "limited": result.source.limited,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
