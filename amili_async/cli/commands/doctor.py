"""`amili doctor`: find out why it does not work."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from amili_async.cli.state import State

__all__ = ["EPILOG", "doctor"]

EPILOG = "Example: amili doctor --json"


def doctor(
    ctx: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help="Write the findings as JSON.")] = False,
    timeout: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long it may take in all.")] = 30,
) -> None:
    """Look at settings, network, token and API, and say what to do where something is wrong.

    It reads a single batch and changes nothing; secrets are shown as set or not set. Exit status: 0 all well (or only
    warnings), 2 the settings are wrong, 3 something cannot be reached or refuses us.
    """
    from amili_async.cli.doctor import run_examination
    from amili_async.cli.doctor_check import status_of
    from amili_async.cli.doctor_report import as_json, as_table, conclusion

    state: State = ctx.obj
    with state.terminal.err.status("Looking …") if state.terminal.err.is_terminal else nullcontext() as spinner:
        checks = run_examination(timeout, lambda check: spinner.update(f"{check.name} …") if spinner else None)
    if json_:
        typer.echo(as_json(checks))
    else:
        state.terminal.show(as_table(checks))
        state.terminal.gap()
        state.terminal.say(conclusion(checks))
    raise typer.Exit(status_of(checks))
