"""Standard output and standard error of a program, made safe to write any name to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

__all__ = ["flush_output", "take_any_text"]


def take_any_text() -> None:
    """Have a stream that cannot show ø show a question mark, instead of ending in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def flush_output() -> None:
    """Write what is held back, so that a full disk is noticed while there is still somebody to tell it.

    Raises:
        OSError: It could not be written. What is left of it is dropped.
    """
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try again when it ends, print a traceback, and end with a status of its own.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
