"""`amili settlements`: look at settlements, and take them elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from amili_async.cli.list_options import (
    BomOption,
    CheckpointOption,
    ColumnsOption,
    GuardOption,
    LimitOption,
    ListFormatOption,
    OutputOption,
    OverlapOption,
    PageSizeOption,
    RestartOption,
    SinceOption,
    UntilOption,
    commands_of,
)
from amili_async.cli.state import Format, FormatOption, OrganizationOption

__all__ = ["commands"]

commands = commands_of("Look at settlements, and take them elsewhere.")


@commands.command(
    "list", epilog="Example: amili settlements list --checkpoint settlements.checkpoint --output settlements-1.csv"
)
def list_(
    ctx: typer.Context,
    organization_id: OrganizationOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = None,
    page_size: PageSizeOption = None,
    chosen_format: ListFormatOption = None,
    output: OutputOption = None,
    columns: ColumnsOption = None,
    bom: BomOption = False,
    guard: GuardOption = True,
    checkpoint: CheckpointOption = None,
    overlap: OverlapOption = 24,
    restart: RestartOption = False,
) -> None:
    """List settlements, or export them: as a table, JSON, JSON Lines, CSV or Excel.

    --since and --until are asked of the API (fromDate, toDate); which date it compares is not documented.
    """
    from amili_async.cli.list_run import run_list
    from amili_async.cli.list_settings import ListSettings

    settings = ListSettings(
        filters={},
        since=since,
        until=until,
        limit=limit,
        page_size=page_size,
        chosen_format=chosen_format,
        output=output,
        columns=columns,
        bom=bom,
        guard=guard,
        checkpoint=checkpoint,
        overlap_h=overlap,
        restart=restart,
    )
    raise typer.Exit(run_list(ctx.obj, "settlements", organization_id, settings))


@commands.command(epilog="Example: amili settlements get 3fa85f64-5717-4562-b3fc-2c963f66afa6")
def get(
    ctx: typer.Context,
    settlement_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the settlement.", show_default=False)],
    organization_id: OrganizationOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Show one settlement with all its fields."""
    from amili_async.cli.gets import run_get

    run_get(ctx.obj, "settlement", settlement_id, organization_id, output)
