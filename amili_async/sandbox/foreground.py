"""The sandbox in the foreground, for people."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from amili_async.config import SANDBOX_PORT
from amili_async.sandbox.access import is_every_address, is_loopback, reachable
from amili_async.sandbox.fault_files import load_faults
from amili_async.sandbox.faults import Faults
from amili_async.sandbox.server import Sandbox
from amili_async.sandbox.settings import SettingsArgs

__all__ = ["environment_of", "run"]


def run(
    *,
    host: str = "127.0.0.1",
    port: int = SANDBOX_PORT,
    seed: int = 0,
    faults: Faults | str | Path | None = None,
    state_file: str | Path | None = None,
    request_log: str | Path | None = None,
    write: Callable[[str], object] = sys.stdout.write,
    **settings: Unpack[SettingsArgs],
) -> None:
    """Run a sandbox until Ctrl-C (or SIGTERM), and say how to use it.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one. With the default one, a client only needs
            `AMILI_ENVIRONMENT=sandbox`.
        seed: For ids and faults.
        faults: What goes wrong, or a TOML file that says it.
        state_file: File that keeps what was written, for the next start.
        request_log: File that gets a line per request.
        write: Where the text goes.
        **settings: The fields of `Settings`.

    Raises:
        OSError: The port is taken, or a file cannot be read or written.
        ValueError: A file or a setting does not make sense.
    """
    if isinstance(faults, str | Path):
        faults = load_faults(faults)
    sandbox = Sandbox(
        seed=seed,
        faults=faults,
        host=host,
        port=port,
        state_file=state_file,
        request_log=request_log,
        **settings,
    )
    asyncio.run(_serve(sandbox, write))


def environment_of(sandbox: Sandbox) -> dict[str, str]:
    """The environment variables with which `Config.from_env()` finds a running sandbox."""
    return {
        **({} if is_loopback(reachable(sandbox.host)) else {"AMILI_ALLOW_HTTP": "true"}),
        "AMILI_BASE_URL": sandbox.url,
        "AMILI_TOKEN_URL": sandbox.token_url,
        "AMILI_LEGACY_BASE_URL": sandbox.url,
        "AMILI_CLIENT_ID": sandbox.settings.client_id,
        "AMILI_CLIENT_SECRET": sandbox.settings.client_secret,
        "AMILI_CLIENT_NO": str(sandbox.settings.client_no),
        "AMILI_ORGANIZATION_ID": sandbox.settings.organization_id,
    }


def _greeting(sandbox: Sandbox) -> str:
    first = f"A local Amili answers at {sandbox.url}."
    if is_loopback(sandbox.host):
        return (
            f"{first} Nothing leaves this machine; Ctrl-C stops it.\n"
            f"Open {sandbox.url}/ in a browser to see what it gets.\n\n"
        )
    text = (
        f"{first} Ctrl-C stops it.\n"
        f"WARNING: it listens on {sandbox.host or 'every address'}, so others on the network reach it too, without "
        "encryption and with the well-known credentials below. Put no real debtors into it.\n"
    )
    if is_every_address(sandbox.host):
        text += (
            f"Open {sandbox.url}/ in a browser on this machine to see what it gets; "
            "page and control API are for this machine only.\n"
            "On other machines, put this machine's address into the URLs and set AMILI_ALLOW_HTTP=true.\n"
        )
    else:
        text += "The page and the control API answer on 127.0.0.1 only, so they are switched off here.\n"
    return text + "\n"


async def _serve(sandbox: Sandbox, write: Callable[[str], object]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with sandbox:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        try:
            write(_greeting(sandbox))
            for name, value in environment_of(sandbox).items():
                write(f"export {name}={value}\n")
            sys.stdout.flush()
        except OSError as error:  # a pipe whose reader has gone: it is the output, and not the port
            raise OSError(error.errno, error.strerror, "the output") from error
        await stopped.wait()
    write("\nStopped.\n")
