"""Where the command writes: data to stdout, everything about the run to stderr. No colour where nobody looks."""

from __future__ import annotations

import os

from rich.console import Console
from rich.theme import Theme

__all__ = ["Terminal"]

_THEME = Theme(
    {
        "good": "green",
        "bad": "red",
        "open": "yellow",
        "faint": "dim",
        "heading": "bold",
        "bar.complete": "green",
        "bar.finished": "green",
    }
)
# A table that goes into a file or through a pipe is not squeezed to a screen there is none of.
_PIPED_WIDTH = 200


class Terminal:
    """The two consoles of a command."""

    def __init__(self) -> None:
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)

    def say(self, text: str, *, style: str | None = None) -> None:
        """Tell the person at the terminal something about the run."""
        self.err.print(text, style=style, markup=False, soft_wrap=not self.err.is_terminal)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, theme=_THEME, emoji=False)
    if not console.is_terminal and not os.environ.get("COLUMNS"):
        console.width = _PIPED_WIDTH
    return console
