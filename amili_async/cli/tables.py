"""How tables and amounts look, everywhere in the command."""

from __future__ import annotations

from decimal import Decimal

from rich import box
from rich.table import Table

__all__ = ["counted", "money", "table"]


def table(first: str, *, title: str | None = None) -> Table:
    """An empty table in the house style, with its first column."""
    grid = Table(
        title=title,
        title_justify="left",
        title_style="heading",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        header_style="heading",
    )
    grid.add_column(first)
    return grid


def money(amount: Decimal) -> str:
    """An amount to the hundredth, with thousands separators; more decimals are shown if there are any."""
    exponent = amount.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{decimals}f}"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: 1 invoice, 1,020 invoices."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
