"""The sandbox in the foreground, for people."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from typing import Unpack

from amili_async.config import SANDBOX_PORT
from amili_async.sandbox.faults import Faults
from amili_async.sandbox.server import Sandbox
from amili_async.sandbox.settings import SettingsArgs

__all__ = ["environment_of", "run"]


def run(
    *,
    host: str = "127.0.0.1",
    port: int = SANDBOX_PORT,
    seed: int = 0,
    faults: Faults | None = None,
    write: Callable[[str], object] = sys.stdout.write,
    **settings: Unpack[SettingsArgs],
) -> None:
    """Run a sandbox until Ctrl-C (or SIGTERM), and say how to use it.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one. With the default one, a client only needs
            `AMILI_ENVIRONMENT=sandbox`.
        seed: For ids and faults.
        faults: What goes wrong by chance.
        write: Where the text goes.
        **settings: The fields of `Settings`.

    Raises:
        OSError: The port is taken.
    """
    sandbox = Sandbox(seed=seed, faults=faults, host=host, port=port, **settings)
    asyncio.run(_serve(sandbox, write))


def environment_of(sandbox: Sandbox) -> dict[str, str]:
    """The environment variables with which `Config.from_env()` finds a running sandbox."""
    return {
        "AMILI_BASE_URL": sandbox.url,
        "AMILI_TOKEN_URL": sandbox.token_url,
        "AMILI_CLIENT_ID": sandbox.settings.client_id,
        "AMILI_CLIENT_SECRET": sandbox.settings.client_secret,
        "AMILI_ORGANIZATION_ID": sandbox.settings.organization_id,
    }


async def _serve(sandbox: Sandbox, write: Callable[[str], object]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with sandbox:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        write(f"A local Amili answers at {sandbox.url}. Nothing leaves this machine; Ctrl-C stops it.\n\n")
        for name, value in environment_of(sandbox).items():
            write(f"export {name}={value}\n")
        sys.stdout.flush()
        await stopped.wait()
    write("\nStopped.\n")
