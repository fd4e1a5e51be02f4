"""`amili worker`: sends what was enqueued in PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Annotated

import typer
from rich.logging import RichHandler

from amili_async.cli.state import State
from amili_async.errors import ConfigError

if TYPE_CHECKING:
    from amili_async.cli.terminal import Terminal

__all__ = ["EPILOG", "run"]

EPILOG = """Examples, with AMILI_DATABASE set:

- `amili worker --migrate`
- `amili worker --concurrency 8 --rate-limit 200`
"""


def run(
    ctx: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            envvar="AMILI_DATABASE",
            metavar="URL",
            help="The PostgreSQL database: postgresql://user@host/name. Keep a password out of the command line: use "
            "the variable, or PGPASSFILE.",
            show_default=False,
        ),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, metavar="N", help="Portions that are worked at a time.")] = 4,
    queue: Annotated[str, typer.Option(metavar="NAME", help="Procrastinate's queue.")] = "amili",
    rate_limit: Annotated[
        float | None,
        typer.Option(
            min=0.001,
            metavar="N",
            help="Records per second at most, of all workers of an organization together.",
            show_default=False,
        ),
    ] = None,
    lease: Annotated[
        float,
        typer.Option(min=1, metavar="SECONDS", help="A worker that gives no sign of life for so long counts as dead."),
    ] = 30,
    share_token: Annotated[
        bool, typer.Option("--share-token", help="Share one access token with all workers; needs AMILI_QUEUE_KEYS.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="End when no portion is due.")] = False,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Make the tables, or bring them up to date, and end.")
    ] = False,
    prune: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="DAYS",
            help="Delete runs that are over and older than this, and end. Their records count as new then.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Send what was enqueued in a PostgreSQL database, until SIGTERM or Ctrl-C. Run as many as you like."""
    state: State = ctx.obj
    if not database:
        raise ConfigError("no database named: give --database, or set AMILI_DATABASE")
    from amili_async import workers

    if migrate:
        state.terminal.say(asyncio.run(workers.migrate(database)))
        return
    if prune is not None:
        state.terminal.say(f"Runs deleted: {asyncio.run(workers.prune(database, prune))}.")
        return
    settings = workers.WorkSettings(rate_limit=rate_limit, share_token=share_token)
    workshop = workers.Workshop(database, state.settings(), settings=settings)
    _log_to(state.terminal, debug=state.debug)
    asyncio.run(
        workers.run_worker(
            workshop,
            queue=queue,
            concurrency=concurrency,
            lease_s=lease,
            until_empty=once,
            health=state.terminal.say,
        )
    )


def _log_to(terminal: Terminal, *, debug: bool) -> None:
    """Show warnings, and what was taken over from dead workers."""
    handler = RichHandler(console=terminal.err, show_path=False, markup=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler])
    logging.getLogger("amili_async").setLevel(logging.DEBUG if debug else logging.INFO)
    # It tells of each portion that comes again, with a traceback; that stands in the database.
    logging.getLogger("procrastinate").setLevel(logging.INFO if debug else logging.ERROR)
