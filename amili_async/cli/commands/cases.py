"""`amili cases`: look at cases, and take them elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from amili_async.cli.list_options import (
    BomOption,
    CheckpointOption,
    ColumnsOption,
    CustomerOption,
    GuardOption,
    LimitOption,
    ListFormatOption,
    OutputOption,
    OverlapOption,
    PageSizeOption,
    RestartOption,
    SinceOption,
    SourceIdOption,
    UntilOption,
    commands_of,
    filter_option,
)
from amili_async.cli.state import Format, FormatOption, OrganizationOption

__all__ = ["commands"]

commands = commands_of("Look at cases, and take them elsewhere.")


@commands.command("list", epilog="Example: amili cases list --status OPEN --since 2026-10-01 --output cases.csv")
def list_(
    ctx: typer.Context,
    organization_id: OrganizationOption = None,
    status: Annotated[str | None, filter_option("--status", "Only of this status, e.g. OPEN.", "NAME")] = None,
    type_: Annotated[str | None, filter_option("--type", "Only of this type, e.g. PAYMENT_REMINDER.", "NAME")] = None,
    case_number: Annotated[
        str | None, filter_option("--case-number", "Only the case of this number.", "NUMBER")
    ] = None,
    customer_number: CustomerOption = None,
    source_id: SourceIdOption = None,
    search: Annotated[
        str | None,
        filter_option("--search", "Only where this is found; which fields are searched is not documented.", "TEXT"),
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
    """List cases, or export them: as a table, JSON, JSON Lines, CSV or Excel.

    --since and --until are asked of the API (FromCreatedAt, ToCreatedAt). The output holds names of debtors.
    """
    from amili_async.cli.list_run import run_list
    from amili_async.cli.list_settings import ListSettings

    settings = ListSettings(
        filters={
            "status": status,
            "type": type_,
            "case_number": case_number,
            "customer_number": customer_number,
            "unique_source_invoice_id": source_id,
            "search_term": search,
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
    raise typer.Exit(run_list(ctx.obj, "cases", organization_id, settings))


@commands.command(epilog="Example: amili cases get 100001")
def get(
    ctx: typer.Context,
    case_number: Annotated[str, typer.Argument(metavar="NUMBER", help="Number of the case.", show_default=False)],
    organization_id: OrganizationOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Show one case with all its fields.

    The API documents no operation that reads a single case, so the list is asked for the number.
    """
    from amili_async.cli.gets import run_get

    run_get(ctx.obj, "case", case_number, organization_id, output)
