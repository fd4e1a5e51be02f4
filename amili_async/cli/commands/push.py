"""`amili push`: send records."""

from __future__ import annotations

import asyncio
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from amili_async.cli.state import Format, FormatOption, OrganizationOption, State
from amili_async.errors import BulkError, ConfigError

if TYPE_CHECKING:
    from amili_async.cli.push import PushResult
    from amili_async.config import Config
    from amili_async.importers.reading import Reading

__all__ = ["commands"]


def _more_than_zero(value: float | None) -> float | None:
    if value is not None and not value > 0:  # written so that it catches "nan" too
        raise typer.BadParameter(f"{value:g} is not more than 0.")
    return value


commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", context_settings={"help_option_names": ["-h", "--help"]}
)


@commands.callback()
def push() -> None:
    """Send records to Amili."""


@commands.command(epilog="Example: amili push invoices october.csv --journal october.journal")
def invoices(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="CSV or JSON Lines files.", show_default=False)],
    organization_id: OrganizationOption = None,
    chunk_size: Annotated[int, typer.Option(min=1, metavar="N", help="Invoices in one request at most.")] = 200,
    concurrency: Annotated[int, typer.Option(min=1, metavar="N", help="Requests under way at once at most.")] = 16,
    rate_limit: Annotated[
        float | None,
        typer.Option(
            callback=_more_than_zero,
            metavar="N",
            help="Invoices per second at most.",
            show_default=False,
        ),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Note in this file how far the push is: the same command again takes it up, and sends nothing twice "
            "(no personal data).",
            show_default=False,
        ),
    ] = None,
    failures: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the invoices that did not get through to this file (JSON Lines; it holds personal data).",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Push to production without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read the files; send nothing.")] = False,
    output: FormatOption = Format.TABLE,
) -> None:
    """Send invoices from files for collection, and tell what became of each.

    CSV files are in UTF-8, with commas between the columns and a header. These columns have to be there:
    invoice_number, original_invoice_amount, currency, invoice_date, due_date.

    These may be: unique_source_invoice_id, type, description, ocr_reference_number, vat, fees, collection_notice_date;
    and for the debtor debtor_type, customer_number, firstname, lastname, name, identification_number,
    organization_number, date_of_birth, email, phone, street, zip_code, city, country_code.

    Amounts are written 1249.50, dates 2026-01-31. Files named .jsonl hold an invoice on each line, under the API's own
    names, as --failures writes them.

    A row that cannot be read is reported with its line, and the others are sent. Ctrl-C and SIGTERM end
    a push cleanly: what is under way may finish, and the report tells how far it got. With --journal, run the same
    command again to continue, also after a kill or a power cut.
    """
    from amili_async.cli.push import PushResult, PushSettings
    from amili_async.cli.sigterm import run_until_sigterm
    from amili_async.importers.kinds import INVOICES
    from amili_async.importers.reading import Reading

    state: State = ctx.obj
    _check_names(files, journal, failures)
    if dry_run:
        _dry_run(state, files, output)
    config = state.settings()
    settings = PushSettings(
        organization_id=state.organization(organization_id),
        chunk_size=chunk_size,
        concurrency=concurrency,
        rate_limit=rate_limit,
        failures=failures,
        journal=journal,
    )
    with Reading(files, INVOICES) as reading:
        _ask(state, config, settings.organization_id, reading.expected, yes=yes)
        result = PushResult(reading, settings)

        def terminated() -> None:
            result.terminated = True

        try:
            run_until_sigterm(_push(state, config, result), terminated)
        except (KeyboardInterrupt, asyncio.CancelledError):
            result.interrupted = True
        except BulkError as error:
            # Before anything was read, the error says all there is to say (status 2: something is to be mended). Once
            # it had begun, records may have been sent, so the report has to be seen (status 4: something is open).
            if result.report is None or result.report.taken == 0:
                raise
            result.error = error
            _tell(state, error)
    _warn(state, reading)
    _show(state, result, output)
    raise typer.Exit(result.status)


async def _push(state: State, config: Config, result: PushResult) -> None:
    from amili_async.cli.progress import push_and_watch
    from amili_async.client import AmiliClient

    async with AmiliClient(config) as amili:
        await push_and_watch(state.terminal, amili, result)


def _show(state: State, result: PushResult, output: Format) -> None:
    from amili_async.cli.push_report import as_json, as_tables

    if output is Format.JSON:
        typer.echo(as_json(result))
    else:
        state.terminal.gap()
        state.terminal.show(*as_tables(result))


def _tell(state: State, error: BulkError) -> None:
    from amili_async.cli.statuses import sentence

    if state.debug:
        traceback.print_exception(error)
    state.terminal.fail(sentence(error, state.config))


def _warn(state: State, reading: Reading[Any]) -> None:
    # A night without overdue invoices is no error, but an export that broke off after the header looks the same.
    for name in reading.without_invoices:
        state.terminal.say(f"Warning: {name} holds no invoices.", style="open")


def _check_names(files: list[Path], journal: Path | None, failures: Path | None) -> None:
    """Make sure that nothing is written over what is read, or set aside under our hands.

    Raises:
        ConfigError: Two of them are the same file.
    """
    inputs = {path.resolve() for path in files}
    written: set[Path] = set()
    if failures is not None:
        if not failures.name:
            raise ConfigError("--failures names no file")
        written = {failures.resolve(), failures.with_name(f"{failures.stem}.unknown{failures.suffix}").resolve()}
    if journal is not None and journal.resolve() in inputs | written:
        raise ConfigError("--journal names a file that is read, or that --failures writes: give it one of its own")
    # Without a journal the file may not even exist; with one it would be set aside.
    if journal is not None and inputs & written:
        raise ConfigError("--failures names a file that is read: give it one of its own")


def _ask(state: State, config: Config, organization_id: object, expected: int, *, yes: bool) -> None:
    """Make sure that production is meant.

    Raises:
        ConfigError: Nobody can be asked.
    """
    if yes or not config.is_production:
        return
    if not (sys.stdin.isatty() and state.terminal.err.is_terminal):
        raise ConfigError("this would push to production, and there is nobody to ask: add --yes if it is meant")
    question = f"Send about {expected:,} invoices of organization {organization_id} to PRODUCTION ({config.host_url})?"
    if not typer.confirm(question, err=True):
        state.terminal.say("Nothing was sent.")
        raise typer.Exit(0)


def _dry_run(state: State, files: list[Path], output: Format) -> NoReturn:
    from amili_async.cli.dry_run import dry_run
    from amili_async.importers.kinds import INVOICES
    from amili_async.importers.reading import Reading

    with Reading(files, INVOICES, on_problem=lambda problem: state.terminal.say(str(problem))) as reading:
        result = dry_run(reading)
    _warn(state, reading)
    if output is Format.JSON:
        typer.echo(result.as_json())
    else:
        state.terminal.show(*result.as_tables())
    raise typer.Exit(result.status)
