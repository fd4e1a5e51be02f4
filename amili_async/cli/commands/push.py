"""`amili push`: send records."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Final

import typer

from amili_async.cli import push_options as options
from amili_async.cli.push_arguments import PushArguments, ReadArguments
from amili_async.cli.push_help import EPILOGS, HELP
from amili_async.cli.state import Format, OrganizationOption

__all__ = ["commands"]

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", context_settings={"help_option_names": ["-h", "--help"]}
)


# Options that mean nothing for a kind: there are no payments in documents, and invoices have no sign to choose.
_HIDDEN: Final = {"invoices": {"credit_sign"}, "payments": {"credit_sign", "seller"}, "corrections": set[str]()}


@commands.callback()
def push() -> None:
    """Send records to Amili."""


def _command(kind: str) -> Callable[..., None]:
    """The command for one kind of record."""

    def command(
        ctx: typer.Context,
        files: options.FilesArgument,
        dry_run: options.DryRunOption = False,
        yes: options.YesOption = False,
        organization_id: OrganizationOption = None,
        mapping: options.MapOption = None,
        encoding: options.EncodingOption = None,
        delimiter: options.DelimiterOption = None,
        sheet: options.SheetOption = None,
        credit_sign: options.CreditSignOption = None,
        seller: options.SellerOption = None,
        check: options.CheckOption = None,
        limit: options.LimitOption = None,
        journal: options.JournalOption = None,
        no_journal: options.NoJournalOption = False,
        database: options.DatabaseOption = None,
        failures: options.FailuresOption = None,
        chunk_size: options.ChunkSizeOption = 200,
        concurrency: options.ConcurrencyOption = 16,
        rate_limit: options.RateLimitOption = None,
        max_wait: options.MaxWaitOption = None,
        output: options.ReportOption = Format.TABLE,
        as_json: options.JsonOption = False,
    ) -> None:
        from amili_async.cli.push_run import run

        reading = ReadArguments(
            mapping=mapping,
            encoding=encoding,
            delimiter=delimiter,
            sheet=sheet,
            credit_sign=credit_sign,
            seller=seller,
            check=check or [],
            limit=limit,
        )
        given = PushArguments(
            files=files,
            reading=reading,
            organization_id=organization_id,
            chunk_size=chunk_size,
            concurrency=concurrency,
            rate_limit=rate_limit,
            max_wait_s=max_wait,
            journal=journal,
            no_journal=no_journal,
            database=database,
            failures=failures,
            yes=yes,
            dry_run=dry_run,
            output=output,
            as_json=as_json,
        )
        run(ctx.obj, kind, given)

    if hidden := _HIDDEN[kind]:
        signature = inspect.signature(command, eval_str=True)
        shown = [parameter for name, parameter in signature.parameters.items() if name not in hidden]
        setattr(command, "__signature__", signature.replace(parameters=shown))  # noqa: B010  # unknown to type checkers
    return command


for _kind in HELP:
    commands.command(_kind, help=HELP[_kind], epilog=EPILOGS[_kind])(_command(_kind))
