"""`amili sandbox`: a local Amili."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from amili_async.config import SANDBOX_PORT
from amili_async.errors import ConfigError

__all__ = ["run"]


def run(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on. Others than 127.0.0.1 show it to the network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="NUMBER", help="Port; 0 takes a free one.")
    ] = SANDBOX_PORT,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same ids.")] = 0,
) -> None:
    """Run a local Amili until Ctrl-C, to try things without an account. Nothing leaves this machine."""
    try:
        from amili_async.sandbox import run as run_sandbox
    except ModuleNotFoundError as error:
        if error.name != "jsonschema_rs":
            raise
        raise ConfigError("the sandbox needs one more package: pip install 'amili-async[sandbox]'") from None
    try:
        run_sandbox(host=host, port=port, seed=seed, write=sys.stdout.write)
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}:{port} ({error.strerror}); try --port 0") from None
