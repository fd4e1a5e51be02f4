"""Standard output and standard error of a program, made safe to write any name to."""

from __future__ import annotations

import sys

__all__ = ["take_any_text"]


def take_any_text() -> None:
    """Have a stream that cannot show ø show a question mark, instead of ending in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
