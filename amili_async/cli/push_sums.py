"""What became of all records, so that one can add it up: a table, two sentences, and the same for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.table import Table

from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.cli.earlier import Earlier
from amili_async.cli.push import PushResult
from amili_async.cli.tables import money, table

__all__ = ["STYLES", "adding_up", "outcomes_table", "read_sentence", "sent_sentence"]

STYLES: Final = {
    OutcomeStatus.ACCEPTED: "good",
    OutcomeStatus.REJECTED: "bad",
    OutcomeStatus.UNSENT: "open",
    OutcomeStatus.UNKNOWN: "open",
}
_MOST_CURRENCIES_ACROSS: Final = 3


def outcomes_table(result: PushResult, report: BulkReport) -> RenderableType:
    """Count and sums of each outcome, and of all that was read."""
    currencies = sorted(report.totals, key=lambda currency: (currency != "NOK", currency))
    across = currencies if len(currencies) <= _MOST_CURRENCIES_ACROSS else []
    grid = table("Outcome")
    grid.add_column(result.kind.capitalize(), justify="right", no_wrap=True)
    for currency in across:
        grid.add_column(currency, justify="right", no_wrap=True)
    for label, style, count, sums in _lines(result, report):
        cells = (money(sums.get(currency, Decimal(0))) for currency in across)
        grid.add_row(label, f"{count:,}", *cells, style=style if count else "faint")
    grid.add_section()
    grid.add_row("read", f"{report.taken:,}", *(money(_sum(report, currency)) for currency in across))
    if result.reading.unreadable:
        grid.add_row(
            "rows that could not be read", f"{result.reading.unreadable:,}", *("" for _ in across), style="bad"
        )
    return grid if across or not currencies else Group(grid, "", _sums(report, currencies))


_Line = tuple[str, str, int, Mapping[str, Decimal]]


def _lines(result: PushResult, report: BulkReport) -> Iterator[_Line]:
    """Label, style, count and sums of each outcome: what was sent, what was not, what was settled earlier. All read."""
    by_status = {
        status: {currency: sums[status] for currency, sums in report.totals.items()} for status in OutcomeStatus
    }
    rejected, here = by_status[OutcomeStatus.REJECTED], result.refused_here
    apart = here.count == report.rejected_locally
    earlier = result.earlier if _split(result, report) else Earlier()
    label = "accepted" if _split(result, report) else "accepted, now or earlier"
    count = report.accepted - earlier.counts[OutcomeStatus.ACCEPTED]
    accepted = _less(by_status[OutcomeStatus.ACCEPTED], earlier.sums[OutcomeStatus.ACCEPTED])
    yield label, STYLES[OutcomeStatus.ACCEPTED], count, accepted
    rejected = _less(rejected, earlier.sums[OutcomeStatus.REJECTED])
    earlier_rejected = earlier.counts[OutcomeStatus.REJECTED]
    if apart:
        by_amili = _less(rejected, here.sums)
        count = _rejected_by_amili(report) - earlier_rejected
        label = "rejected by Amili" if _split(result, report) else "rejected by Amili, now or earlier"
        yield label, STYLES[OutcomeStatus.REJECTED], count, by_amili
    yield "unknown", STYLES[OutcomeStatus.UNKNOWN], report.unknown, by_status[OutcomeStatus.UNKNOWN]
    if apart:
        yield "refused here, not sent", STYLES[OutcomeStatus.REJECTED], here.count, here.sums
    else:  # their sums cannot be told apart
        label = f"rejected ({report.rejected_locally:,} of them here)"
        yield label, STYLES[OutcomeStatus.REJECTED], report.rejected - earlier_rejected, rejected
    yield "unsent", STYLES[OutcomeStatus.UNSENT], report.unsent, by_status[OutcomeStatus.UNSENT]
    for status in (OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED):
        if earlier.counts[status]:
            yield f"{status.lower()} by an earlier run", STYLES[status], earlier.counts[status], earlier.sums[status]


def _less(sums: Mapping[str, Decimal], part: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {currency: amount - part.get(currency, 0) for currency, amount in sums.items()}


def _split(result: PushResult, report: BulkReport) -> bool:
    """Whether it is known which of the records settled earlier were accepted: not if the stop was cut short."""
    return result.earlier.counts.total() == report.resumed


def _rejected_by_amili(report: BulkReport) -> int:
    return report.rejected - report.rejected_locally


def _all_sent(report: BulkReport) -> int:
    return report.accepted + _rejected_by_amili(report) + report.unknown - report.resumed


def _sent(result: PushResult, report: BulkReport) -> tuple[int, int] | None:
    """How many of those that were sent were accepted and rejected; None where that is not known."""
    if not _split(result, report):
        return None
    earlier = result.earlier.counts
    return (
        report.accepted - earlier[OutcomeStatus.ACCEPTED],
        _rejected_by_amili(report) - earlier[OutcomeStatus.REJECTED],
    )


def sent_sentence(result: PushResult, report: BulkReport) -> str:
    """What was sent, as a sum. What an earlier run settled is no part of it."""
    # A push that takes up another one also finds out what became of the other one's requests.
    told = f"{'Sent or followed up now' if result.takes_up else 'Sent'} {_all_sent(report):,}"
    if (sent := _sent(result, report)) is not None:
        accepted, rejected = sent
        told += f" = {accepted:,} accepted + {rejected:,} rejected + {report.unknown:,} unknown"
    if not report.resumed:
        return f"{told}."
    were = "was" if report.resumed == 1 else "were"
    return f"{told}; {report.resumed:,} {were} settled by an earlier run."


def read_sentence(result: PushResult, report: BulkReport) -> str:
    """What was read, as a sum."""
    parts = f"{_all_sent(report):,} {'sent or followed up' if result.takes_up else 'sent'}"
    if report.resumed:
        parts += f" + {report.resumed:,} settled earlier"
    parts += f" + {report.rejected_locally:,} refused here + {report.unsent:,} unsent"
    return f"Read {report.taken:,} = {parts}."


def _sums(report: BulkReport, currencies: Sequence[str]) -> Table:
    grid = table("Currency")
    for status in OutcomeStatus:
        grid.add_column(status.lower(), justify="right", no_wrap=True)
    grid.add_column("read", justify="right", no_wrap=True)
    for currency in currencies:
        sums = (money(report.totals[currency][status]) for status in OutcomeStatus)
        grid.add_row(currency, *sums, money(_sum(report, currency)))
    return grid


def _sum(report: BulkReport, currency: str) -> Decimal:
    return sum(report.totals[currency].values(), Decimal(0))


def adding_up(result: PushResult, report: BulkReport) -> dict[str, Any]:
    """The same sums for programs, and the engine's report."""
    here, earlier = result.refused_here, result.earlier.counts
    accepted, rejected = _sent(result, report) or (None, None)
    engine = json.loads(report.to_json())
    del engine["total_sent"]  # it counts what was refused here as sent
    return {
        "read": report.taken,
        "sent": {
            "total": _all_sent(report),
            "accepted": accepted,
            "rejected": rejected,
            "unknown": report.unknown,
        },
        "settled_earlier": {
            "total": report.resumed,
            "accepted": earlier[OutcomeStatus.ACCEPTED] if _split(result, report) else None,
            "rejected": earlier[OutcomeStatus.REJECTED] if _split(result, report) else None,
        },
        "not_sent": {
            "total": report.rejected_locally + report.unsent,
            "refused_here": report.rejected_locally,
            "unsent": report.unsent,
        },
        "refused_here_sums": (
            {currency: str(amount) for currency, amount in here.sums.items()}
            if here.count == report.rejected_locally
            else None
        ),
        "report": engine,
    }
