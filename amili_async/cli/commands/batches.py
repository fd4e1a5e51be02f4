"""`amili batches`: look at batches, and wait for one."""

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
    filter_option,
)
from amili_async.cli.state import Format, FormatOption, OrganizationOption

__all__ = ["commands"]

commands = commands_of("Look at batches, and wait for one.")


@commands.command("list", epilog="Example: amili batches list --status FAILED --since 2026-10-01")
def list_(
    ctx: typer.Context,
    organization_id: OrganizationOption = None,
    status: Annotated[
        str | None, filter_option("--status", "Only of this status, e.g. FAILED (the API calls it State).", "NAME")
    ] = None,
    type_: Annotated[str | None, filter_option("--type", "Only of this type, e.g. INVOICE.", "NAME")] = None,
    idempotency_key: Annotated[
        str | None, filter_option("--idempotency-key", "Only the batch that was sent with this key.", "KEY")
    ] = None,
    subject_id: Annotated[
        str | None, filter_option("--subject-id", "SubjectId of the API; what a subject is, is not documented.", "ID")
    ] = None,
    sort_direction: Annotated[
        str | None,
        filter_option("--sort-direction", "SortDirection of the API; the words it takes are not documented.", "WORD"),
    ] = None,
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
    """List batches, or export them: as a table, JSON, JSON Lines, CSV or Excel.

    The API has no filter by date here: for --since and --until all batches are fetched, and those outside are left out
    by createdAt.
    """
    from amili_async.cli.list_run import run_list
    from amili_async.cli.list_settings import ListSettings

    settings = ListSettings(
        filters={
            "state": status,
            "type": type_,
            "idempotency_key": idempotency_key,
            "subject_id": subject_id,
            "sort_direction": sort_direction,
        },
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
    raise typer.Exit(run_list(ctx.obj, "batches", organization_id, settings))


@commands.command(epilog="Example: amili batches get 3fa85f64-5717-4562-b3fc-2c963f66afa6")
def get(
    ctx: typer.Context,
    batch_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the batch.", show_default=False)],
    organization_id: OrganizationOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Show one batch, and what became of its items."""
    from amili_async.cli.gets import run_get

    run_get(ctx.obj, "batch", batch_id, organization_id, output)


@commands.command(epilog="Example: amili batches wait 3fa85f64-5717-4562-b3fc-2c963f66afa6 --max-wait 600")
def wait(
    ctx: typer.Context,
    batch_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the batch.", show_default=False)],
    organization_id: OrganizationOption = None,
    max_wait: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="Give up after so long. Without it: wait for as long as it takes."),
    ] = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Wait until a batch has ended, and show what became of its items.

    Exit status: 0 all well, 1 some or all items failed, 4 not finished within --max-wait, or ended with a status that
    does not tell.
    """
    from amili_async.cli.batch_wait import run_wait

    raise typer.Exit(run_wait(ctx.obj, batch_id, organization_id, max_wait, output))
