"""Reading files without sending anything: what `--dry-run` shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import define, field
from rich.console import RenderableType
from rich.text import Text

from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted, money, table
from amili_async.importers.reading import Reading

__all__ = ["DryRun", "dry_run"]


@define
class DryRun:
    """What was read.

    Attributes:
        invoices: How many, by currency.
        sums: Their amounts, by currency.
        unreadable: Rows that could not be read.
    """

    invoices: dict[str, int] = field(factory=lambda: defaultdict(int))
    sums: dict[str, Decimal] = field(factory=lambda: defaultdict(Decimal))
    unreadable: int = 0

    @property
    def status(self) -> ExitStatus:
        """The exit status it stands for."""
        return ExitStatus.REJECTED if self.unreadable else ExitStatus.OK

    def as_tables(self) -> Iterator[RenderableType]:
        """For people."""
        if self.invoices:
            grid = table("Currency")
            grid.add_column("Invoices", justify="right")
            grid.add_column("Sum", justify="right")
            for currency in sorted(self.invoices, key=lambda c: (c != "NOK", c)):
                grid.add_row(currency, f"{self.invoices[currency]:,}", money(self.sums[currency]))
            yield grid
        total = sum(self.invoices.values())
        bad = f"; {counted(self.unreadable, 'row')} cannot be read" if self.unreadable else ""
        yield Text(f"{counted(total, 'invoice')} can be read{bad}. Nothing was sent.")

    def as_json(self) -> str:
        """For programs. Sums are strings, so that no reader turns them into floats."""
        data = {
            "status": self.status.name,
            "invoices": self.invoices,
            "sums": {currency: str(amount) for currency, amount in self.sums.items()},
            "unreadable": self.unreadable,
        }
        return json.dumps(data, ensure_ascii=False, indent=2)


def dry_run(reading: Reading[Any]) -> DryRun:
    """Read everything."""
    result = DryRun()
    for invoice in reading:
        currency = str(invoice.currency)
        result.invoices[currency] += 1
        result.sums[currency] += invoice.original_invoice_amount or Decimal(0)
    result.unreadable = reading.unreadable
    return result
