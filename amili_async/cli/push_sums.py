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
    grid.add_column("Invoices", justify="right", no_wrap=True)
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
    """Label, style, count and sums of each outcome: first what was sent, then what was not. They add up to all read."""
    by_status = {
        status: {currency: sums[status] for currency, sums in report.totals.items()} for status in OutcomeStatus
    }
    rejected, here = by_status[OutcomeStatus.REJECTED], result.refused_here
    apart = here.count == report.rejected_locally
    yield "accepted", STYLES[OutcomeStatus.ACCEPTED], report.accepted, by_status[OutcomeStatus.ACCEPTED]
    if apart:
        by_amili = {currency: amount - here.sums.get(currency, 0) for currency, amount in rejected.items()}
        yield "rejected by Amili", STYLES[OutcomeStatus.REJECTED], _rejected_by_amili(report), by_amili
    yield "unknown", STYLES[OutcomeStatus.UNKNOWN], report.unknown, by_status[OutcomeStatus.UNKNOWN]
    if apart:
        yield "refused here, not sent", STYLES[OutcomeStatus.REJECTED], here.count, here.sums
    else:  # their sums cannot be told apart
        label = f"rejected ({report.rejected_locally:,} of them here)"
        yield label, STYLES[OutcomeStatus.REJECTED], report.rejected, rejected
    yield "unsent", STYLES[OutcomeStatus.UNSENT], report.unsent, by_status[OutcomeStatus.UNSENT]


def _rejected_by_amili(report: BulkReport) -> int:
    return report.rejected - report.rejected_locally


def _all_sent(report: BulkReport) -> int:
    return report.accepted + _rejected_by_amili(report) + report.unknown


def sent_sentence(report: BulkReport) -> str:
    """What was sent, as a sum."""
    parts = f"{report.accepted:,} accepted + {_rejected_by_amili(report):,} rejected + {report.unknown:,} unknown"
    return f"Sent {_all_sent(report):,} = {parts}."


def read_sentence(report: BulkReport) -> str:
    """What was read, as a sum."""
    parts = f"{_all_sent(report):,} sent + {report.rejected_locally:,} refused here + {report.unsent:,} unsent"
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
    here = result.refused_here
    engine = json.loads(report.to_json())
    del engine["total_sent"]  # it counts what was refused here as sent
    return {
        "read": report.taken,
        "sent": {
            "total": _all_sent(report),
            "accepted": report.accepted,
            "rejected": _rejected_by_amili(report),
            "unknown": report.unknown,
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
