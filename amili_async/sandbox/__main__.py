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
    parser.add_argument("--faults", metavar="FILE", help="TOML file that says what goes wrong")
    parser.add_argument("--state", metavar="FILE", help="file that keeps what was written, for the next start")
    parser.add_argument("--request-log", metavar="FILE", help="file that gets a line of JSON per request")
    parser.add_argument("--webhook-url", metavar="URL", help="where events are sent; on this machine only")
    arguments = parser.parse_args(argv)
    try:
        run(
            host=arguments.host,
            port=arguments.port,
            seed=arguments.seed,
            faults=arguments.faults,
            state_file=arguments.state,
            request_log=arguments.request_log,
            webhook_url=arguments.webhook_url,
        )
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        if error.filename is not None:
            sys.stderr.write(f"cannot use {error.filename}: {error.strerror}\n")
            return 2
        sys.stderr.write(f"cannot listen on {arguments.host}:{arguments.port}: {error.strerror}; try --port 0\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
