"""How tables and amounts look, everywhere in the command."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rich.box import Box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

__all__ = ["counted", "money", "plain", "table", "titled"]


# A rule under the header and between sections, nothing else: top, header, its rule, rows, rule of a section, and so on.
_RULES: Final = Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")


def table(first: str) -> Table:
    """An empty table in the house style, with its first column."""
    grid = Table(
        box=_RULES,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="heading",
    )
    grid.add_column(first)
    return grid


def titled(title: str, *parts: RenderableType) -> Group:
    """A table under a heading. The table's own title would be broken to the width of the table."""
    return Group(Text(title, style="heading"), *parts)


def plain(text: object) -> str:
    """A text of somebody else's for a cell, without what could steer the terminal; a dash for nothing."""
    shown = "".join(char if char.isprintable() else " " for char in str(text if text is not None else ""))
    return shown.strip() or "–"


def money(amount: Decimal) -> str:
    """An amount to the hundredth, with thousands separators; more decimals if it has more, a dash for nothing."""
    if not amount:
        return "–"
    exponent = amount.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{decimals}f}"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: 1 invoice, 1,020 invoices."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
