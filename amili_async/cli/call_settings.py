"""What was asked for on the command line of a call, checked against the operation."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import attrs
from attrs import frozen

from amili_async.cli.call_names import item_model
from amili_async.cli.state import DataFormat
from amili_async.errors import ConfigError
from amili_async.operations import Operation

__all__ = ["ROWS", "CallSettings", "check_settings"]

ROWS: Final = (DataFormat.JSONL, DataFormat.CSV, DataFormat.XLSX)
"""The formats that hold items, and so need a list."""


@frozen(kw_only=True)
class CallSettings:
    """Options of a call.

    Attributes:
        pairs: Parameters, as `name=value`.
        body: `@FILE`, `-`, or JSON.
        all_pages: Fetch all pages of a list.
        limit: Items at most.
        format: How to write the answer.
        output: The file.
        columns: The columns, if they were named.
        include: Show status and headers.
        idempotency_key: The key of a write that carries one.
        allow_unverified: Call a write of which only the name is known.
        yes: Write to production without asking.
    """

    pairs: list[str]
    body: str | None = None
    all_pages: bool = False
    limit: int | None = None
    format: DataFormat = DataFormat.JSON
    output: Path | None = None
    columns: str | None = None
    include: bool = False
    idempotency_key: str | None = None
    allow_unverified: bool = False
    yes: bool = False


def check_settings(operation: Operation[Any], settings: CallSettings) -> None:
    """Make sure that the options fit the operation and one another.

    Raises:
        ConfigError: They do not.
    """
    item = item_model(operation)
    for option, given in (("--all", settings.all_pages), ("--limit", settings.limit is not None)):
        if given and item is None:
            raise ConfigError(f"{operation.id} gives no list, so there is nothing to {option.strip('-')}")
    if settings.limit is not None and not settings.all_pages:
        raise ConfigError("--limit goes with --all")
    if settings.format in ROWS and item is None:
        raise ConfigError(f"{operation.id} gives no list: --format json or table")
    if settings.format in (DataFormat.CSV, DataFormat.XLSX) and not attrs.has(cast("type", item)):
        raise ConfigError(
            f"what the list of {operation.id} holds is not documented, so it has no columns: --format jsonl"
        )
    if settings.format is DataFormat.XLSX and settings.output is None:
        raise ConfigError("--format xlsx writes a file: add --output FILE.xlsx")
    if settings.format is DataFormat.TABLE and settings.output is not None:
        raise ConfigError("a table is for the screen: for --output choose another --format")
    if settings.format is DataFormat.TABLE and settings.all_pages:
        raise ConfigError("--all goes with --format json, jsonl, csv or xlsx")
    if settings.columns is not None and settings.format not in (DataFormat.CSV, DataFormat.XLSX):
        raise ConfigError("--columns goes with --format csv or xlsx")
    if settings.idempotency_key is not None and operation.idempotency != "keyed":
        raise ConfigError(f"{operation.id} carries no idempotency key")
