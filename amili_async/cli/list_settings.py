"""What was asked for on the command line of a list, checked against itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from amili_async.cli.state import DataFormat
from amili_async.errors import ConfigError

__all__ = ["ListSettings"]

_BY_SUFFIX: Final[Mapping[str, DataFormat]] = {
    ".json": DataFormat.JSON,
    ".jsonl": DataFormat.JSONL,
    ".ndjson": DataFormat.JSONL,
    ".csv": DataFormat.CSV,
    ".xlsx": DataFormat.XLSX,
}
_ROWS_OF_A_TABLE: Final = 20
_LARGEST_OVERLAP_H: Final = 10 * 365 * 24


@frozen(kw_only=True)
class ListSettings:
    """Options of a list.

    Attributes:
        filters: Parameters of the operation by Python name.
        since: Beginning, as it was written.
        until: End, as it was written.
        limit: Items at most, if that was said.
        page_size: Items of one request, if that was said.
        chosen_format: Format, if one was named.
        output: The file.
        columns: The columns, if they were named.
        bom: Begin CSV with a byte order mark.
        guard: Disarm formulas in CSV.
        checkpoint: File that knows how far earlier runs came.
        overlap_h: Hours that an incremental run goes back.
        restart: Begin a run that broke off anew.

    Raises:
        ConfigError: They contradict one another.
    """

    filters: Mapping[str, Any]
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    page_size: int | None = None
    chosen_format: DataFormat | None = None
    output: Path | None = None
    columns: str | None = None
    bom: bool = False
    guard: bool = True
    checkpoint: Path | None = None
    overlap_h: float = 24.0
    restart: bool = False

    def __attrs_post_init__(self) -> None:
        for name, text in {"since": self.since, "until": self.until, **self.filters}.items():
            if text == "":
                # Mostly a variable of the shell that is not set: everything would be listed instead of a part.
                raise ConfigError(f"the value for {name} is empty; leave the option out to list all")
        if not 0 <= self.overlap_h <= _LARGEST_OVERLAP_H:
            raise ConfigError(f"--overlap must be between 0 and {_LARGEST_OVERLAP_H:,} hours")
        format_ = self.format
        if format_ is DataFormat.TABLE and self.output is not None:
            raise ConfigError("a table is for the screen: for --output add --format json, jsonl, csv or xlsx")
        if format_ is DataFormat.XLSX and self.output is None:
            raise ConfigError("--format xlsx writes a file: add --output FILE.xlsx")
        if self.columns is not None and format_ not in (DataFormat.CSV, DataFormat.XLSX):
            raise ConfigError("--columns goes with --format csv or xlsx")
        if self.bom and format_ is not DataFormat.CSV:
            raise ConfigError("--bom goes with --format csv")
        if self.checkpoint is None:
            if self.restart:
                raise ConfigError("--restart goes with --checkpoint")
            return
        if format_ is DataFormat.TABLE:
            raise ConfigError("--checkpoint goes with --format jsonl, csv, json or xlsx")
        for name in ("limit", "until"):
            if getattr(self, name) is not None:
                raise ConfigError(f"--{name} and --checkpoint do not go together: what is left out would be lost")
        if self.checkpoint.is_dir():
            raise ConfigError(f"--checkpoint: {self.checkpoint} is a directory; name a file in it")
        if self.output is not None and self.checkpoint.resolve() == self.output.resolve():
            raise ConfigError("--checkpoint and --output name the same file")

    @property
    def format(self) -> DataFormat:
        """The format: the one that was named, else that of the file's name, else a table."""
        if self.chosen_format is not None:
            return self.chosen_format
        if self.output is None:
            return DataFormat.TABLE if self.checkpoint is None else DataFormat.JSONL
        suffix = self.output.suffix.lower()
        if suffix not in _BY_SUFFIX:
            raise ConfigError(f"--output: {self.output} does not say its format: add --format jsonl, csv, json or xlsx")
        return _BY_SUFFIX[suffix]

    @property
    def rows_of_table(self) -> int:
        """How many rows a table gets."""
        return self.limit if self.limit is not None else _ROWS_OF_A_TABLE

    @property
    def resumable(self) -> bool:
        """Whether a run in this format can go on in the middle."""
        return self.format in (DataFormat.JSONL, DataFormat.CSV)
