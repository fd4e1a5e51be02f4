"""Reading and checking files without sending anything: what `--dry-run` shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from attrs import asdict, define, field
from rich.console import RenderableType
from rich.text import Text

from amili_async.bulk import Refused, kinds
from amili_async.bulk.digests import Digester
from amili_async.bulk.register import Known, Register
from amili_async.bulk.report import NO_CURRENCY
from amili_async.cli.push_checks import Checked
from amili_async.cli.push_report import warnings_table
from amili_async.cli.push_source import facts_of
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted, money, table
from amili_async.importers.kinds import RecordKind
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber

__all__ = ["DryRun", "dry_run"]

_TWICE: Final = {
    Known.SAME: "came before with the same contents; it would be sent once",
    Known.CHANGED: "another one with this number or id came before; keep the right one",
}


@define
class DryRun:
    """What was read.

    Attributes:
        kind: What the records are.
        checked: What the checks found.
        counts: How many may be sent, by currency.
        sums: Their amounts, by currency.
        by_number: Those of them whose invoice has to be looked up first.
        repeated: Invoices that came before, to be sent once.
        conflicting: Other invoices under a number (or id) that came before, to be refused.
        unreadable: Rows that could not be read.
        limited: There may be more, but a limit was given.
    """

    kind: RecordKind[Any]
    checked: Checked
    counts: dict[str, int] = field(factory=lambda: defaultdict(int))
    sums: dict[str, Decimal] = field(factory=lambda: defaultdict(Decimal))
    by_number: int = 0
    repeated: int = 0
    conflicting: int = 0
    unreadable: int = 0
    limited: bool = False

    @property
    def status(self) -> ExitStatus:
        """The exit status it stands for."""
        bad = self.unreadable or self.checked.refused or self.repeated or self.conflicting
        return ExitStatus.REJECTED if bad else ExitStatus.OK

    def as_tables(self) -> Iterator[RenderableType]:
        """For people."""
        if self.counts:
            grid = table("Currency")
            grid.add_column(self.kind.name.capitalize(), justify="right")
            grid.add_column("Sum", justify="right")
            for currency in sorted(self.counts, key=lambda c: (c != "NOK", c)):
                grid.add_row(currency, f"{self.counts[currency]:,}", money(self.sums[currency]))
            yield grid
        if self.checked.warnings.count:
            yield warnings_table(self.checked.warnings)
        yield Text(" ".join(self._sentences()))

    def _sentences(self) -> Iterator[str]:
        # A check that fails is no trouble with reading.
        total = sum(self.counts.values()) + self.checked.refused + self.repeated + self.conflicting
        bad = f"; {counted(self.unreadable, 'row')} cannot be read" if self.unreadable else ""
        yield f"{counted(total, self.kind.singular)} can be read{bad}."
        if self.checked.refused:
            yield f"{self.checked.refused:,} of them would be refused by the checks."
        if self.conflicting:
            yield f"{self.conflicting:,} of them would be refused: another one with the same number or id came before."
        if self.repeated:
            yield f"{self.repeated:,} of them came before with the same contents, and would be sent once."
        if self.by_number:
            yield f"For {self.by_number:,} the invoice would be looked up by its number."
        if self.limited:
            yield "The limit ended it there."
        yield "Nothing was sent."

    def as_json(self) -> str:
        """For programs. Sums are strings, so that no reader turns them into floats."""
        data = {
            "status": self.status.name,
            "kind": self.kind.name,
            self.kind.name: self.counts,
            "sums": {currency: str(amount) for currency, amount in self.sums.items()},
            "by_invoice_number": self.by_number,
            "repeated": self.repeated,
            "conflicting": self.conflicting,
            "unreadable": self.unreadable,
            "refused": self.checked.refused,
            "warnings": {
                "count": self.checked.warnings.count,
                "first": [asdict(warned) for warned in self.checked.warnings.ranked()],
            },
            "limited": self.limited,
        }
        return json.dumps(data, ensure_ascii=False, indent=2)


class _CameBefore:
    """Tells of invoices that come twice, as the push will: payments may be equal, and corrections."""

    def __init__(self) -> None:
        self._register, self._digester = Register(), Digester()

    def __call__(self, kind: str, record: Any) -> Known:
        if kind != "invoices":
            return Known.NEW
        invoices = kinds.invoices()
        try:
            key, content = invoices.own_key(record) if invoices.own_key else None, invoices.encode(record)
        except Exception:  # noqa: BLE001  # the push says of each what is wrong with it
            return Known.NEW
        return self._register.meet(self._digester.record(key, content)) if key else Known.NEW


def dry_run(
    reading: Reading[Any],
    checked: Checked | None = None,
    *,
    limit: int | None = None,
    on_refused: Callable[[str], object] | None = None,
) -> DryRun:
    """Read and check everything.

    Args:
        reading: The files.
        checked: Puts each record through the checks.
        limit: Records to read at most.
        on_refused: Called with what is wrong with each record that the checks refuse.
    """
    checked = checked if checked is not None else Checked()
    result, came_before = DryRun(reading.kind, checked), _CameBefore()
    for number, given in enumerate(reading, 1):
        record, (label, amount, currency) = checked(given), facts_of(given)
        if isinstance(record, Refused):
            if on_refused is not None:
                on_refused(f"{reading.kind.singular} {label or number}: {record.reason}")
        elif (known := came_before(reading.kind.name, record)) is not Known.NEW:
            result.repeated += known is Known.SAME
            result.conflicting += known is not Known.SAME
            if on_refused is not None:
                on_refused(f"{reading.kind.singular} {label or number}: {_TWICE[known]}")
        else:
            result.counts[currency or NO_CURRENCY] += 1
            result.sums[currency or NO_CURRENCY] += amount or Decimal(0)
            result.by_number += isinstance(given, ByInvoiceNumber)
        if number == limit:
            result.limited = True
            break
    result.unreadable = reading.unreadable
    return result
