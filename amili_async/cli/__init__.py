"""The `amili` command. Everything heavy is imported when a command needs it, so that help comes at once."""

from __future__ import annotations

import sys

from amili_async.cli.streams import take_any_text

__all__ = ["main"]

_EXTRA = frozenset({"typer", "rich", "click", "shellingham"})
_INTERRUPTED = 130  # `ExitStatus` has it too, but may not be loaded yet


def main() -> int:
    """Run the command line; what `amili` starts."""
    try:
        return _run()
    except KeyboardInterrupt:
        # While it was loading; once a command runs, it has its own answer.
        return _INTERRUPTED


def _run() -> int:
    try:
        from amili_async.cli.app import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.stderr.write("The amili command needs a few more packages: pip install 'amili-async[cli]'\n")
        return 2
    take_any_text()
    app(prog_name="amili")
    return 0
