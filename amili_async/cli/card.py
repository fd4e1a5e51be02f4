"""One thing with all its fields, as a table of two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from rich.table import Table

from amili_async import codec
from amili_async.cli.tables import plain, table

__all__ = ["card"]

_MOST_ITEMS: Final = 5


def card(model: Any) -> Table:
    """All fields that have a value, under the API's own names; of long lists the first few items.

    Args:
        model: A model, or plain JSON values.
    """
    grid = table("Field")
    grid.columns[0].no_wrap = True
    grid.add_column("Value", overflow="fold")
    for name, value in _lines(codec.unstructure(model), ""):
        grid.add_row(name, value)
    return grid


def _lines(value: Any, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping() if value:
            for key, inner in value.items():
                yield from _lines(inner, f"{name}.{plain(key)}" if name else plain(key))
        case list() if value:
            for number, inner in enumerate(value[:_MOST_ITEMS], 1):
                yield from _lines(inner, f"{name}[{number}]")
            if len(value) > _MOST_ITEMS:
                yield f"{name}[…]", f"and {len(value) - _MOST_ITEMS:,} more: --format json shows all"
        case bool():
            yield name, "true" if value else "false"
        case Decimal():
            yield name, format(value, "f")
        case list():
            yield name, "none"
        case _:
            yield name, plain(value if not isinstance(value, Mapping) else None)
