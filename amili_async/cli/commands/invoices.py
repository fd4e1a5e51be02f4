"""`amili invoices`: look at invoices, and take them elsewhere."""

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
    RestartOption,
    SinceOption,
    SourceIdOption,
    UntilOption,
    commands_of,
    filter_option,
)
from amili_async.cli.state import Format, FormatOption, OrganizationOption

__all__ = ["commands"]

commands = commands_of("Look at invoices, and take them elsewhere.")


@commands.command("list", epilog="Example: amili invoices list --status OPEN --since 7d --output invoices.xlsx")
def list_(
    ctx: typer.Context,
    organization_id: OrganizationOption = None,
    status: Annotated[str | None, filter_option("--status", "Only of this status, e.g. OPEN.", "NAME")] = None,
    type_: Annotated[str | None, filter_option("--type", "Only of this type, e.g. PAYMENT_REMINDER.", "NAME")] = None,
    invoice_number: Annotated[str | None, filter_option("--invoice-number", "Only with this number.", "NUMBER")] = None,
    customer_number: CustomerOption = None,
    source_id: SourceIdOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = None,
    chosen_format: ListFormatOption = None,
    output: OutputOption = None,
    columns: ColumnsOption = None,
    bom: BomOption = False,
    guard: GuardOption = True,
    checkpoint: CheckpointOption = None,
    overlap: OverlapOption = 24,
    restart: RestartOption = False,
) -> None:
    """List invoices, or export them: as a table, JSON, JSON Lines, CSV or Excel.

    --since and --until are asked of the API (From, To); which date it compares is not documented. The output holds
    names of debtors.
    """
    from amili_async.cli.list_run import run_list
    from amili_async.cli.list_settings import ListSettings

    settings = ListSettings(
        filters={
            "status": status,
            "type": type_,
            "invoice_number": invoice_number,
            "customer_number": customer_number,
            "unique_source_invoice_id": source_id,
        },
        since=since,
        until=until,
        limit=limit,
        chosen_format=chosen_format,
        output=output,
        columns=columns,
        bom=bom,
        guard=guard,
        checkpoint=checkpoint,
        overlap_h=overlap,
        restart=restart,
    )
    raise typer.Exit(run_list(ctx.obj, "invoices", organization_id, settings))


@commands.command(epilog="Example: amili invoices get 1001")
def get(
    ctx: typer.Context,
    invoice: Annotated[
        str, typer.Argument(metavar="ID", help="Amili's id of the invoice, or its number.", show_default=False)
    ],
    organization_id: OrganizationOption = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Show one invoice with all its fields.

    A number is looked up in the list; an id is read directly.
    """
    from amili_async.cli.gets import run_get

    run_get(ctx.obj, "invoice", invoice, organization_id, output)
