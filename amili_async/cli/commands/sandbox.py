"""`amili sandbox`: a local Amili."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amili_async.config import SANDBOX_PORT
from amili_async.errors import ConfigError

__all__ = ["EPILOG", "run"]

EPILOG = "Example: amili sandbox --faults examples/faults.toml --state amili.jsonl"


def run(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on. Others than 127.0.0.1 show it to the network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="NUMBER", help="Port; 0 takes a free one.")
    ] = SANDBOX_PORT,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same ids.")] = 0,
    faults: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Faults by script (TOML), see examples/faults.toml.", show_default=False),
    ] = None,
    state_file: Annotated[
        Path | None,
        typer.Option(
            "--state",
            metavar="FILE",
            help="Keep what was sent in this file over restarts. It holds what you send, debtors included.",
            show_default=False,
        ),
    ] = None,
    request_log: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a line of JSON for each request; no bodies.", show_default=False),
    ] = None,
    webhook_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Send webhooks there. On this machine only.", show_default=False),
    ] = None,
) -> None:
    """Run a local Amili until Ctrl-C, to try things without an account. It sends nothing to Amili."""
    try:
        from amili_async.sandbox import run as run_sandbox
    except ModuleNotFoundError as error:
        if error.name != "jsonschema_rs":
            raise
        raise ConfigError("the sandbox needs one more package: pip install 'amili-async[sandbox]'") from None
    try:
        run_sandbox(
            host=host,
            port=port,
            seed=seed,
            faults=faults,
            state_file=state_file,
            request_log=request_log,
            webhook_url=webhook_url,
            write=sys.stdout.write,
        )
    except ValueError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        if error.filename is not None:
            raise ConfigError(f"{error.filename}: {error.strerror}") from None
        raise ConfigError(f"cannot listen on {host}:{port} ({error.strerror}); try --port 0") from None
