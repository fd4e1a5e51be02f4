"""The command `amili`: its groups, and the way from errors to exit statuses."""

from __future__ import annotations

import errno
import traceback
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from amili_async._version import __version__
from amili_async.cli.commands import batches, call, cases, convert, doctor, invoices, push, sandbox, settlements, worker
from amili_async.cli.state import State
from amili_async.cli.statuses import ExitStatus, sentence, status_for
from amili_async.cli.streams import flush_output
from amili_async.errors import AmiliError

__all__ = ["app"]


_ORDER: Final = [
    "push",
    "convert",
    "cases",
    "invoices",
    "batches",
    "settlements",
    "call",
    "doctor",
    "worker",
    "sandbox",
]


class Commands(TyperGroup):
    """All commands. An error of ours ends in one sentence and its exit status, not in a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order people need them, for the help."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                flush_output()
        except AmiliError as error:
            state: State = ctx.obj or State()
            raise _ended(state, sentence(error, state.config), status_for(error)) from error
        except UnicodeEncodeError as error:
            if "surrogates" not in error.reason:
                raise
            raise _ended(
                ctx.obj or State(), "a value on the command line is not text in UTF-8; type it anew.", ExitStatus.USAGE
            ) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our output has enough; typer ends quietly
            why = error.strerror or type(error).__name__
            raise _ended(
                ctx.obj or State(), f"something could not be read or written: {why}.", ExitStatus.USAGE
            ) from error


def _ended(state: State, text: str, status: ExitStatus) -> typer.Exit:
    if state.debug:
        traceback.print_exc()
    state.terminal.fail(text)
    return typer.Exit(status)


app = typer.Typer(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,  # its tracebacks print local variables: names, numbers, debts
)
app.add_typer(push.commands, name="push")
app.command("convert", epilog=convert.EPILOG)(convert.run)
app.add_typer(cases.commands, name="cases")
app.add_typer(invoices.commands, name="invoices")
app.add_typer(batches.commands, name="batches")
app.add_typer(settlements.commands, name="settlements")
app.command("call", epilog=call.EPILOG)(call.call)
app.command("doctor", epilog=doctor.EPILOG)(doctor.doctor)
app.command("worker", epilog=worker.EPILOG)(worker.run)
app.command("sandbox", epilog=sandbox.EPILOG)(sandbox.run)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"amili-async {__version__}")
        raise typer.Exit


@app.callback(epilog="To try it without an account, run `amili sandbox` and set AMILI_ENVIRONMENT=sandbox.")
def amili(
    ctx: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="AMILI_DEBUG", help="Show the traceback of an error.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Send overdue invoices to Amili for collection, and see what becomes of them.

    Settings come from the environment: AMILI_ENVIRONMENT (sandbox, staging or production), AMILI_CLIENT_ID,
    AMILI_CLIENT_SECRET and AMILI_ORGANIZATION_ID.

    Exit status:

    - 0 everything was accepted
    - 1 some records were rejected, or some rows could not be read
    - 2 wrong use, a wrong setting or an input file that cannot be used
    - 3 the API could not be reached, or refused us
    - 4 some records were not sent, or it is not known what became of them
    - 130 interrupted (Ctrl-C)
    - 143 stopped by SIGTERM
    """
    ctx.obj = State(debug=debug)
