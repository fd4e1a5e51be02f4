"""The `amili` command. Everything heavy is imported when a command needs it, so that help comes at once."""

from __future__ import annotations

import sys

__all__ = ["main"]

_EXTRA = frozenset({"typer", "rich", "click", "shellingham"})


def main() -> int:
    """Run the command line; what `amili` starts."""
    try:
        from amili_async.cli.app import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.stderr.write("The amili command needs a few more packages: pip install 'amili-async[cli]'\n")
        return 2
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show ø gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="amili")
    return 0
