"""Telling what came of a push: as tables for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import asdict
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.cli.problems import RowProblem
from amili_async.cli.push import PushResult
from amili_async.cli.push_sums import STYLES, adding_up, outcomes_table, read_sentence, sent_sentence
from amili_async.cli.reasons import Reason
from amili_async.cli.tables import counted, table, titled

__all__ = ["as_json", "as_tables", "unreadable_rows", "what_next"]

_MOST_REASONS: Final = 8
_UNREADABLE: Final = "Rows that could not be read"


def as_tables(result: PushResult) -> Iterator[RenderableType]:
    """The report, part by part."""
    report, reading = result.report, result.reading
    if report is not None:
        yield outcomes_table(result, report)
        yield Group(Text(sent_sentence(report)), Text(read_sentence(report)), _rate(report))
        if report.stopped is not None and not result.interrupted:
            yield Text(f"Stopped early: {report.stopped}", style="open")
        if reasons := result.reasons.ranked():
            yield _reasons(reasons)
    if reading.problems:
        yield unreadable_rows(reading.problems, reading.unreadable)
    yield _next(result)


def _rate(report: BulkReport) -> Text:
    parts = [counted(report.batches, "batch", "batches"), f"{report.elapsed_s:,.1f} s"]
    if report.elapsed_s:
        parts.append(f"{report.taken / report.elapsed_s:,.0f} invoices/s")
    if report.retries:
        parts.append(counted(report.retries, "repeated request"))
    if report.throttled:
        parts.append(f"asked to slow down {counted(report.throttled, 'time')}")
    return Text(" · ".join(parts), style="faint")


def _reasons(reasons: Sequence[Reason]) -> RenderableType:
    grid = table("Outcome")
    grid.add_column("Reason")
    grid.add_column("Invoices", justify="right", no_wrap=True)
    grid.add_column("Example", no_wrap=True)
    for reason in reasons[:_MOST_REASONS]:
        grid.add_row(
            Text(_label(reason), style=STYLES[reason.status]), reason.text, f"{reason.count:,}", reason.example or "–"
        )
    more = reasons[_MOST_REASONS:]
    if not more:
        return titled("Why not accepted", grid)
    rest = f"… and {counted(len(more), 'more reason')}, for {counted(sum(r.count for r in more), 'invoice')}"
    return titled("Why not accepted", grid, Text(rest, style="faint"))


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


def what_next(result: PushResult) -> list[str]:
    """What to do now, in sentences."""
    report, failures, reading = result.report, result.settings.failures, result.reading
    if report is None or report.taken == 0:
        return ["Nothing was sent." if reading.unreadable or result.interrupted else "There was nothing to send."]
    advice = []
    if report.unknown and not report.batches:
        advice.append(
            f"No answer of {result.host_url} was understood. Check base_url (AMILI_BASE_URL): "
            "if that is not Amili, nothing has reached Amili."
        )
    if report.unknown:
        where = f" They are in {failures.with_name(f'{failures.stem}.unknown{failures.suffix}')}." if failures else ""
        advice.append(
            f"Look up {_them(report.unknown, 'unknown')} at Amili before sending anything again: "
            f"an invoice that is sent twice is a person dunned twice.{where}"
        )
    if report.unsent:
        as_is = "as it is" if report.unsent == 1 else "as they are"
        advice.append(f"Push {_them(report.unsent, 'unsent')} again {as_is}.")
    if bad := report.rejected - result.reasons.repeated + reading.unreadable:
        advice.append(f"Mend {_them(bad, 'bad')} and push {'that' if bad == 1 else 'those'} alone.")
    if reading.rest is not None:
        advice.append(f"Push {reading.rest}: it was not read.")
    if not advice:
        return [f"All {counted(report.accepted, 'invoice')} are with Amili. To see their cases: amili cases list"]
    if report.accepted:
        advice.append("Do not push the whole file again: the accepted ones would be sent twice.")
    if failures and (report.unsent or report.rejected - result.reasons.repeated):
        advice.append(f"What was rejected or not sent is in {failures}.")
    return advice


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


def _them(count: int, what: str) -> str:
    return f"the {what} one" if count == 1 else f"the {count:,} {what} ones"


def as_json(result: PushResult) -> str:
    """The report for programs: one JSON object. Sums are strings, so that no reader turns them into floats."""
    reading, report = result.reading, result.report
    data = {
        "status": result.status.name,
        **(adding_up(result, report) if report is not None else {"report": None}),
        "unreadable": {"count": reading.unreadable, "first": [asdict(problem) for problem in reading.problems]},
        "reasons": [asdict(reason) for reason in result.reasons.ranked()],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
