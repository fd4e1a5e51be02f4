"""`amili call`: any operation of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amili_async.cli.completion import complete_operation, complete_parameter
from amili_async.cli.state import DataFormat, State
from amili_async.errors import ConfigError

__all__ = ["EPILOG", "call"]

EPILOG = "Example: amili call GetCasesByOrganization status=OPEN pageSize=10 --format csv"


def _operations(incomplete: str) -> list[tuple[str, str]]:
    return complete_operation(incomplete)


def _parameters(ctx: typer.Context, incomplete: str) -> list[str]:
    return complete_parameter(ctx.params.get("operation") or "", incomplete)


def call(
    ctx: typer.Context,
    operation: Annotated[
        str | None,
        typer.Argument(
            metavar="OPERATION",
            help="CreateInvoices, or create_invoices. With --list: a product.",
            show_default=False,
            autocompletion=_operations,
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME=VALUE...",
            help="Path, query and header parameters, named as in the documentation or as in Python.",
            show_default=False,
            autocompletion=_parameters,
        ),
    ] = None,
    body: Annotated[
        str | None,
        typer.Option(metavar="@FILE|-|JSON", help="The body: a file, stdin, or JSON itself.", show_default=False),
    ] = None,
    all_pages: Annotated[bool, typer.Option("--all", help="Fetch all pages of a list, and write its items.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="With --all: how many items at most.", show_default=False)
    ] = None,
    format_: Annotated[
        DataFormat,
        typer.Option("--format", metavar="FORMAT", help="How to write the answer: table, json, jsonl, csv or xlsx."),
    ] = DataFormat.JSON,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default=False),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="NAME,…", help="Columns of CSV and Excel.", show_default=False)
    ] = None,
    include: Annotated[
        bool, typer.Option("--include", "-i", help="Show the headers of the answer, and the body of a refusal.")
    ] = False,
    idempotency_key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="Key of a write that carries one. Default: a new one.", show_default=False),
    ] = None,
    allow_unverified: Annotated[
        bool, typer.Option("--allow-unverified", help="Permit a write whose method or path is only assumed.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write to production without asking.")] = False,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the operations, and call none.")] = False,
    describe: Annotated[
        bool, typer.Option("--describe", "-d", help="Show what the operation takes, and do not call it.")
    ] = False,
) -> None:
    """Call any operation of the API.

    `amili call --list` shows them all, `amili call OPERATION --describe` what one takes and how sure its documentation
    is. The organization and the client come from the settings where they are not given. A body is checked before
    anything is sent. Data goes to stdout, everything about the call to stderr.
    """
    from amili_async.cli.call import run_call
    from amili_async.cli.call_settings import CallSettings

    state: State = ctx.obj
    if list_:
        _list(state, operation, format_)
        return
    if operation is None:
        raise ConfigError("no operation named: `amili call --list` shows them")
    if describe:
        _describe(state, operation, format_)
        return
    settings = CallSettings(
        pairs=parameters or [],
        body=body,
        all_pages=all_pages,
        limit=limit,
        format=format_,
        output=output,
        columns=columns,
        include=include,
        idempotency_key=idempotency_key,
        allow_unverified=allow_unverified,
        yes=yes,
    )
    raise typer.Exit(run_call(state, operation, settings))


def _list(state: State, product: str | None, format_: DataFormat) -> None:
    from amili_async import codec
    from amili_async.cli.call_describe import as_plain, operations, operations_table

    rows = operations(product)
    if format_ is DataFormat.JSONL:
        for row in rows:
            state.terminal.write(codec.encode(as_plain(row)) + b"\n")
    else:
        state.terminal.show(operations_table(rows, state.terminal.out.width))


def _describe(state: State, name: str, format_: DataFormat) -> None:
    from amili_async import codec
    from amili_async.cli.call_describe import as_plain, description
    from amili_async.cli.call_names import find_operation

    row = find_operation(name)
    if format_ is DataFormat.JSONL:
        state.terminal.write(codec.encode(as_plain(row)) + b"\n")
    else:
        state.terminal.show(*description(row))
