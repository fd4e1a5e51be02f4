"""Options that the list commands share. Nothing heavy is imported here: help has to come at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from amili_async.cli.state import DataFormat

__all__ = [
    "BomOption",
    "CheckpointOption",
    "ColumnsOption",
    "CustomerOption",
    "GuardOption",
    "LimitOption",
    "ListFormatOption",
    "OutputOption",
    "OverlapOption",
    "PageSizeOption",
    "RestartOption",
    "SinceOption",
    "SourceIdOption",
    "UntilOption",
    "commands_of",
    "filter_option",
]

_EXPORT: Final = "Export"
_FILTER: Final = "Filters"


def filter_option(name: str, text: str, metavar: str = "NAME") -> object:
    """An option for a filter of the API."""
    return typer.Option(name, metavar=metavar, help=text, show_default=False, rich_help_panel=_FILTER)


SourceIdOption = Annotated[
    str | None, filter_option("--source-id", "Only with this uniqueSourceInvoiceId, your own id of an invoice.", "ID")
]
CustomerOption = Annotated[str | None, filter_option("--customer-number", "Only of this customer of yours.", "NUMBER")]
SinceOption = Annotated[
    str | None,
    filter_option("--since", "From then on: 2026-10-01, 2026-10-01T06:00:00Z, 7d or 12h ago.", "DATE"),
]
UntilOption = Annotated[str | None, filter_option("--until", "Up to then, in the same forms.", "DATE")]
LimitOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="How many at most. A table shows 20 unless told otherwise."),
]
PageSizeOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="How many to ask for at once.", show_default=False),
]
ListFormatOption = Annotated[
    DataFormat | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="table, json, jsonl, csv or xlsx. Default: what the name of --output says, else a table.",
        show_default=False,
        rich_help_panel=_EXPORT,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file. It gets its name when it is whole, and only you may read it.",
        show_default=False,
        rich_help_panel=_EXPORT,
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME,…",
        help="Columns of CSV and Excel, by the API's names. Within a list: debtors.fullName.",
        show_default=False,
        rich_help_panel=_EXPORT,
    ),
]
BomOption = Annotated[
    bool,
    typer.Option("--bom", help="Begin CSV with a byte order mark, for old programs.", rich_help_panel=_EXPORT),
]
GuardOption = Annotated[
    bool,
    typer.Option(
        "--guard/--no-guard",
        help="Put ' before texts in CSV that a spreadsheet would run as formulas.",
        rich_help_panel=_EXPORT,
    ),
]
CheckpointOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Note here how far it is: a run that broke off goes on, and the next one brings only what is new.",
        show_default=False,
        rich_help_panel=_EXPORT,
    ),
]
OverlapOption = Annotated[
    float,
    typer.Option(
        "--overlap",
        min=0,
        metavar="HOURS",
        help="With --checkpoint: how far the next run goes back, for what appears late.",
        rich_help_panel=_EXPORT,
    ),
]
RestartOption = Annotated[
    bool,
    typer.Option("--restart", help="With --checkpoint: begin a run that broke off anew.", rich_help_panel=_EXPORT),
]


def commands_of(text: str) -> typer.Typer:
    """A group of commands.

    Args:
        text: Its help.
    """
    return typer.Typer(
        no_args_is_help=True,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
        help=text,
    )
