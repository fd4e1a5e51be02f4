"""`python -m amili_async.sandbox`: a local Amili until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from amili_async.config import SANDBOX_PORT
from amili_async.sandbox.foreground import run


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and run the sandbox; the exit status is 0 after Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m amili_async.sandbox", description="Run a local Amili until Ctrl-C."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=SANDBOX_PORT, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="for ids and faults (default: %(default)s)")
    arguments = parser.parse_args(argv)
    try:
        run(host=arguments.host, port=arguments.port, seed=arguments.seed)
    except OSError as error:
        sys.stderr.write(f"cannot listen on {arguments.host}:{arguments.port}: {error.strerror}; try --port 0\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
