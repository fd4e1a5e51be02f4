"""Push the sample invoices to a local Amili and show what comes of it. `make demo` runs this.

No account, no settings, nothing leaves this machine. What is pushed, and how, is what `amili push invoices` does.
"""

from __future__ import annotations

import sys

# The rest is loaded further down, so that Ctrl-C ends the demo quietly from the beginning.


async def demo(invoices: str) -> None:
    """Start a sandbox, push, report, list a few cases."""
    from pathlib import Path

    from amili_async import AmiliClient
    from amili_async.cli.cases import cases_table, list_cases
    from amili_async.cli.progress import push_and_watch
    from amili_async.cli.push import PushResult, PushSettings
    from amili_async.cli.push_report import as_tables
    from amili_async.cli.tables import titled
    from amili_async.cli.terminal import Terminal
    from amili_async.importers.kinds import INVOICES
    from amili_async.importers.reading import Reading
    from amili_async.sandbox import Sandbox

    terminal = Terminal()
    async with Sandbox() as sandbox, AmiliClient(sandbox.config()) as amili:
        terminal.say(f"A local Amili answers at {sandbox.url}. Nothing leaves this machine.")
        with Reading([Path(invoices)], INVOICES) as reading:
            result = PushResult(
                reading, PushSettings(organization_id=sandbox.organization_id, chunk_size=25, concurrency=4)
            )
            await push_and_watch(terminal, amili, result)
        cases = await list_cases(amili, sandbox.organization_id, limit=5)
        terminal.gap()
        terminal.show(
            *as_tables(result),
            titled("Five of the cases that were opened", cases_table(cases, terminal.out.width)),
        )


def main() -> int:
    """Run the demo until its end or Ctrl-C."""
    try:
        import asyncio
        import os

        from amili_async.cli.streams import take_any_text

        take_any_text()
        asyncio.run(demo(os.path.relpath(os.path.join(os.path.dirname(__file__), "invoices.csv"))))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
