"""The options of `amili push` and `amili convert`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from amili_async.cli.state import Format

__all__ = [
    "CheckOption",
    "ChunkSizeOption",
    "ConcurrencyOption",
    "CreditSign",
    "CreditSignOption",
    "DelimiterOption",
    "DryRunOption",
    "EncodingOption",
    "FailuresOption",
    "FilesArgument",
    "JournalOption",
    "JsonOption",
    "LimitOption",
    "MapOption",
    "MaxWaitOption",
    "NoJournalOption",
    "RateLimitOption",
    "ReportOption",
    "SellerOption",
    "SheetOption",
    "YesOption",
]

_READING: Final = "Reading and checking"
_GOING_ON: Final = "Going on after a break"
_SENDING: Final = "Sending"
_TELLING: Final = "Telling"


class CreditSign(StrEnum):
    """Sign of the amount that a credit note gets as a correction."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


def _more_than_zero(value: float | None) -> float | None:
    if value is not None and not value > 0:  # written so that it catches "nan" too
        raise typer.BadParameter(f"{value:g} is not more than 0.")
    return value


FilesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="What to read: CSV, Excel, JSON, JSON Lines or EHF; folders and zip files of EHF.",
        show_default=False,
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Only read and check the files; send nothing. Needs no settings.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Push to production without asking.")]

MapOption = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FILE",
        help="Which of their columns is which of ours, for files with headers of their own.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Encoding of text files, such as windows-1252. Default: found out.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
DelimiterOption = Annotated[
    str | None,
    typer.Option(
        metavar="CHAR",
        help="What stands between the columns of CSV files: a character, or tab. Default: found out.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The sheet of a spreadsheet. Default: the first.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
CreditSignOption = Annotated[
    CreditSign | None,
    typer.Option(
        help="Sign of the amount that a credit note (EHF) gets as a correction. Which one Amili wants is not "
        "documented, so it has to be chosen.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
SellerOption = Annotated[
    str | None,
    typer.Option(
        metavar="ORGNO",
        help="Organization number of the seller that all documents (EHF) should have; those of others are kept back.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
CheckOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=LEVEL",
        help="How to take what a check finds: off, warn, or error, which keeps the record back. May be repeated. "
        "Checks: kid, orgno, idnumber, synthetic, account, debtor, country, zipcode, currency, decimals, amount, "
        "dates, age, or all.",
        show_default=False,
        rich_help_panel=_READING,
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Only the first N records.", show_default=False, rich_help_panel=_READING),
]

JournalOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Note in this file how far the push is: the same command again takes it up, and sends nothing twice "
        "(no personal data). Default: beside the input.",
        show_default=False,
        rich_help_panel=_GOING_ON,
    ),
]
NoJournalOption = Annotated[
    bool,
    typer.Option(
        "--no-journal",
        help="Keep no journal. A push that breaks off cannot be continued then.",
        rich_help_panel=_GOING_ON,
    ),
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Keep the journal in this PostgreSQL database instead, so that the push can be taken up from any machine: "
        "postgresql://user@host/name. --journal is its name there then. Make the tables once with "
        "`amili worker --migrate`.",
        show_default=False,
        rich_help_panel=_GOING_ON,
    ),
]
FailuresOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write what did not get through to this file (JSON Lines; it holds personal data). Rows that could not be "
        "read are not in it.",
        show_default=False,
        rich_help_panel=_GOING_ON,
    ),
]

ChunkSizeOption = Annotated[
    int, typer.Option(min=1, metavar="N", help="Records in one request at most.", rich_help_panel=_SENDING)
]
ConcurrencyOption = Annotated[
    int, typer.Option(min=1, metavar="N", help="Requests under way at once at most.", rich_help_panel=_SENDING)
]
RateLimitOption = Annotated[
    float | None,
    typer.Option(
        callback=_more_than_zero,
        metavar="N",
        help="Records per second at most.",
        show_default=False,
        rich_help_panel=_SENDING,
    ),
]
MaxWaitOption = Annotated[
    float | None,
    typer.Option(
        callback=_more_than_zero,
        metavar="SECONDS",
        help="How long to wait for each batch. What takes longer is unknown; the same command again follows it up. "
        "Default: as long as it takes.",
        show_default=False,
        rich_help_panel=_SENDING,
    ),
]

ReportOption = Annotated[
    Format, typer.Option("--format", help="How to write the report to standard output.", rich_help_panel=_TELLING)
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Tell how it goes as JSON lines on standard error.", rich_help_panel=_TELLING)
]
