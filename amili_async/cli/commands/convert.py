"""`amili convert`: write what files hold as JSON Lines, without sending it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amili_async.cli import push_options as options
from amili_async.cli.push_arguments import ReadArguments
from amili_async.cli.state import State
from amili_async.errors import ConfigError

if TYPE_CHECKING:
    from amili_async.importers.kinds import KindName

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

- `amili convert october.csv --kind invoices > october.jsonl`
- `amili convert ehf.zip --kind corrections --credit-sign negative --output corrections.jsonl --strict`
"""


def run(
    ctx: typer.Context,
    files: options.FilesArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", metavar="KIND", help="What they hold: invoices, payments or corrections.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this new file, for its owner only, instead of standard output. It holds personal data.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing at all if anything cannot be read, or fails a check.")
    ] = False,
    mapping: options.MapOption = None,
    encoding: options.EncodingOption = None,
    delimiter: options.DelimiterOption = None,
    sheet: options.SheetOption = None,
    credit_sign: options.CreditSignOption = None,
    seller: options.SellerOption = None,
    check: options.CheckOption = None,
    limit: options.LimitOption = None,
) -> None:
    """Write invoices, payments or corrections from files as JSON Lines, without sending them.

    One record stands on each line, under the API's own names, as `amili push` reads it. The same input gives the same
    bytes. What cannot be read, or is kept back by a check, is told on standard error, and the status is 1 then. Nothing
    is looked up at Amili: where a file names an invoice by its number, so does the output (`invoiceNumber`).
    """
    from amili_async.cli.convert_run import run_convert

    state: State = ctx.obj
    given = ReadArguments(
        mapping=mapping,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        credit_sign=credit_sign,
        seller=seller,
        check=check or [],
        limit=limit,
    )
    run_convert(state, files, _kind(kind), given, output=output, strict=strict)


def _kind(name: str) -> KindName:
    match name:
        case "invoices" | "payments" | "corrections":
            return name
    raise ConfigError(f"--kind is {name!r}; write invoices, payments or corrections")
