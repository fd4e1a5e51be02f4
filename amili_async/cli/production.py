"""Asking before something is written to production."""

from __future__ import annotations

import sys

import typer

from amili_async.cli.state import State
from amili_async.cli.statuses import ExitStatus
from amili_async.config import Config
from amili_async.errors import ConfigError

__all__ = ["is_meant"]


def is_meant(state: State, config: Config, question: str, *, deed: str, yes: bool) -> bool:
    """Whether production is meant, as far as it would be written to.

    Args:
        state: The run of the command.
        config: Says whether it is production.
        question: To ask, without the host.
        deed: What would be done, where nobody can be asked.
        yes: `--yes`.

    Raises:
        ConfigError: Nobody can be asked.
        typer.Exit: Interrupted at the question.
    """
    if yes or not config.is_production:
        return True
    if not (sys.stdin.isatty() and state.terminal.err.is_terminal):
        raise ConfigError(f"this would {deed} production, and there is nobody to ask: add --yes if it is meant")
    try:
        meant = typer.confirm(f"{question} PRODUCTION ({config.host_url})?", err=True)
    except typer.Abort:
        state.terminal.say("\nNothing was sent.")
        raise typer.Exit(ExitStatus.INTERRUPTED) from None
    if not meant:
        state.terminal.say("Nothing was sent.")
    return meant
