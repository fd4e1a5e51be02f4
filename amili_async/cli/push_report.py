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
from amili_async.cli.push import PushResult
from amili_async.cli.push_sums import STYLES, adding_up, outcomes_table, read_sentence, sent_sentence
from amili_async.cli.reasons import Reason
from amili_async.cli.tables import counted, table, titled
from amili_async.importers.problems import RowProblem

__all__ = ["as_json", "as_tables", "unreadable_rows", "what_next"]

_MOST_REASONS: Final = 8
_UNREADABLE: Final = "Rows that could not be read"


def as_tables(result: PushResult) -> Iterator[RenderableType]:
    """The report, part by part."""
    report, reading = result.report, result.reading
    if report is not None:
        yield outcomes_table(result, report)
        yield Group(Text(sent_sentence(result, report)), Text(read_sentence(result, report)), _rate(report))
        # An error is told on its own.
        if report.stopped is not None and not result.interrupted and result.error is None:
            yield Text(f"Stopped early: {report.stopped}", style="open")
        if reasons := result.reasons.ranked():
            yield _reasons(reasons)
    if reading.problems:
        yield unreadable_rows(reading.problems, reading.unreadable)
    yield _next(result)


def _rate(report: BulkReport) -> Text:
    parts = [counted(report.batches, "batch", "batches"), f"{report.elapsed_s:,.1f} s"]
    if report.rate:
        parts.append(f"{report.rate:,.0f} invoices/s")
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
    report, reading = result.report, result.reading
    again = result.settings.journal is not None
    if report is None or report.taken == 0:
        if not (reading.unreadable or result.interrupted or result.error):
            return ["There was nothing to send."]
        return ["Nothing was sent.", "Run the same command again to continue."] if again else ["Nothing was sent."]
    advice = list(_with_journal(result, report) if again else _without_journal(result, report))
    if not advice:
        return [f"All {counted(report.accepted, 'invoice')} are with Amili. To see their cases: amili cases list"]
    if result.settings.failures and (report.unsent or report.rejected - result.reasons.repeated):
        advice.append(f"What was rejected or not sent is in {result.settings.failures}.")
    return advice


def _without_journal(result: PushResult, report: BulkReport) -> Iterator[str]:
    """Nothing on disk says what was accepted, so the whole file must not be pushed again."""
    if _nothing_understood(result, report):
        yield _check_host(result)
    if report.unknown:
        yield (
            f"Look up {_them(report.unknown, 'unknown')} at Amili before sending anything again: "
            f"an invoice that is sent twice is a person dunned twice.{_where_unknown(result)}"
        )
    if report.unsent:
        as_is = "as it is" if report.unsent == 1 else "as they are"
        yield f"Push {_them(report.unsent, 'unsent')} again {as_is}."
    bad = _bad(result, report)
    if bad:
        yield f"Mend {_them(bad, 'bad')} and push {'that' if bad == 1 else 'those'} alone."
    if result.reading.rest is not None:
        yield f"Push {result.reading.rest}: it was not read."
    if report.accepted and (report.unknown or report.unsent or bad or result.reading.rest is not None):
        yield "Do not push the whole file again: the accepted ones would be sent twice."


def _with_journal(result: PushResult, report: BulkReport) -> Iterator[str]:
    """The journal says what was sent, so the same command does the right thing."""
    reading = result.reading
    if _nothing_understood(result, report):
        yield f"{_check_host(result)} With another host, give another journal as well."
    if report.unknown:
        yield (
            f"Running the same command again asks what became of {_them(report.unknown, 'unknown')}, and sends nothing "
            f"twice; what stays unknown has to be looked up at Amili.{_where_unknown(result)}"
        )
    if changed := result.reasons.changed:
        yield (
            f"Leave {_them(changed, 'changed')}: Amili has what was sent before, or may have. "
            "Correct it there, or give the new invoice an id of its own."
        )
    bad = _bad(result, report) - changed
    if bad:
        yield f"Mend {_them(bad, 'bad')} in {reading.name}."
    if report.unknown or report.unsent or reading.rest is not None or result.error:
        mending = ", after mending" if bad else ""
        yield f"Run the same command again to continue{mending}: accepted ones are not sent again."
    elif bad:
        yield "Run the same command again after mending: accepted ones are not sent again."


def _nothing_understood(result: PushResult, report: BulkReport) -> bool:
    # Without batches of its own, a push that takes up another one may still have followed up those of the other one.
    return bool(report.unknown) and not report.batches and not result.takes_up


def _check_host(result: PushResult) -> str:
    return (
        f"No answer of {result.host_url} was understood. Check base_url (AMILI_BASE_URL): "
        "if that is not Amili, nothing has reached Amili."
    )


def _where_unknown(result: PushResult) -> str:
    failures = result.settings.failures
    return f" They are in {failures.with_name(f'{failures.stem}.unknown{failures.suffix}')}." if failures else ""


def _bad(result: PushResult, report: BulkReport) -> int:
    return report.rejected - result.reasons.repeated + result.reading.unreadable


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
        "journal": None if result.settings.journal is None else str(result.settings.journal),
        **(adding_up(result, report) if report is not None else {"report": None}),
        "unreadable": {"count": reading.unreadable, "first": [asdict(problem) for problem in reading.problems]},
        "reasons": [asdict(reason) for reason in result.reasons.ranked()],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
