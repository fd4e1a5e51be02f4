"""`amili cases`: look at cases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from amili_async.cli.state import Format, FormatOption, OrganizationOption, State

if TYPE_CHECKING:
    from amili_async.config import Config
    from amili_async.models.collection import Case

__all__ = ["commands"]

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", context_settings={"help_option_names": ["-h", "--help"]}
)


@commands.callback()
def cases() -> None:
    """Look at cases."""


@commands.command("list", epilog="Example: amili cases list --status OPEN --limit 50")
def list_(
    ctx: typer.Context,
    organization_id: OrganizationOption = None,
    status: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only cases of this status, e.g. OPEN.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many cases at most.")] = 20,
    output: FormatOption = Format.TABLE,
) -> None:
    """List cases, as many as --limit says. The output holds names of debtors."""
    from amili_async.cli.cases import as_json, cases_table

    state: State = ctx.obj
    config = state.settings()
    found = asyncio.run(_fetch(config, state.organization(organization_id), status, limit))
    if output is Format.JSON:
        typer.echo(as_json(found))
    elif found:
        state.terminal.show(cases_table(found, state.terminal.out.width))
    else:
        state.terminal.say("There are no such cases." if status else "There are no cases.")


async def _fetch(config: Config, organization_id: str, status: str | None, limit: int) -> list[Case]:
    from amili_async.cli.cases import list_cases
    from amili_async.client import AmiliClient

    async with AmiliClient(config) as amili:
        return await list_cases(amili, organization_id, status=status, limit=limit)
