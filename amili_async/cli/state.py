"""What the commands share."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

import typer
from attrs import define, field

from amili_async.cli.terminal import Terminal
from amili_async.config import Config
from amili_async.errors import ConfigError

__all__ = ["DataFormat", "Format", "FormatOption", "OrganizationOption", "State"]

UUID_TEXT: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


class Format(StrEnum):
    """How data is written to stdout."""

    TABLE = "table"
    JSON = "json"


class DataFormat(StrEnum):
    """How a list is written, to stdout or into a file."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


FormatOption = Annotated[Format, typer.Option("--format", help="How to write to standard output.")]
OrganizationOption = Annotated[
    str | None,
    typer.Option(
        "--organization-id", metavar="ID", help="The organization. Default: AMILI_ORGANIZATION_ID.", show_default=False
    ),
]


@define
class State:
    """One run of the command.

    Attributes:
        debug: Show the traceback of an error.
        terminal: Where to write.
        config: The settings in force, once a command has asked for them.
    """

    debug: bool = False
    terminal: Terminal = field(factory=Terminal)
    config: Config | None = None

    def settings(self) -> Config:
        """Read the settings from the environment.

        Raises:
            ConfigError: One is missing or does not fit.
        """
        self.config = Config.from_env()
        return self.config

    def organization(self, given: str | None) -> str:
        """The organization to work for: the one that was named, else that of the settings.

        Raises:
            ConfigError: There is none, or it is no UUID.
        """
        organization_id = given or (self.config.default_organization_id if self.config else None)
        if organization_id is None:
            raise ConfigError(
                "no organization named: give --organization-id, or set organization_id (AMILI_ORGANIZATION_ID)"
            )
        if not UUID_TEXT.fullmatch(organization_id):
            # It becomes part of an address, and Amili would answer with no more than "not found".
            raise ConfigError(
                "the organization is not a UUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6: "
                "check --organization-id, or organization_id (AMILI_ORGANIZATION_ID)"
            )
        return organization_id
