"""SIGTERM while a push is under way: the same clean stop as Ctrl-C, in the time that is left."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final, cast

__all__ = ["SECONDS_TO_STOP", "run_until_sigterm"]

SECONDS_TO_STOP: Final = 20
"""How long what is under way may take. Kubernetes kills 30 seconds after SIGTERM, systemd 90."""


def run_until_sigterm(work: Coroutine[Any, Any, None], on_sigterm: Callable[[], object]) -> None:
    """Run some work as `asyncio.run` does, but cancel it on SIGTERM, and once more if that takes too long.

    Args:
        work: What to do.
        on_sigterm: Called on SIGTERM, before the work is cancelled.

    Raises:
        asyncio.CancelledError: SIGTERM ended it.
        KeyboardInterrupt: Ctrl-C ended it.
    """

    async def main() -> None:
        loop = asyncio.get_running_loop()
        cancel = cast("asyncio.Task[None]", asyncio.current_task()).cancel

        def stop() -> None:
            on_sigterm()
            cancel()
            loop.call_later(SECONDS_TO_STOP, cancel)

        loop.add_signal_handler(signal.SIGTERM, stop)
        await work

    asyncio.run(main())
