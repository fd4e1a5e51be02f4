"""Where the command writes: data to stdout, everything about the run to stderr. No colour where nobody looks."""

from __future__ import annotations

import os
import sys
from typing import Final

from rich.console import Console, RenderableType
from rich.theme import Theme

__all__ = ["Terminal"]

_THEME: Final = Theme(
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
_PIPED_WIDTH: Final = 200


class Terminal:
    """The two consoles of the command.

    Attributes:
        out: Standard output.
        err: Standard error.
    """

    def __init__(self) -> None:
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)

    def show(self, *parts: RenderableType) -> None:
        """Write data, with an empty line between its parts."""
        for number, part in enumerate(parts):
            if number:
                self.out.print()
            self._write(part)

    def write(self, data: bytes) -> None:
        """Write data for programs as it is: UTF-8, whatever the encoding of the terminal."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def _write(self, part: RenderableType) -> None:
        if self.out.is_terminal:
            self.out.print(part)
            return
        # Tables are filled up with spaces to their right, which nobody wants in a file.
        with self.out.capture() as captured:
            self.out.print(part)
        self.out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())

    def say(self, text: str, *, style: str | None = None) -> None:
        """Tell the person something about the run."""
        # In a log a sentence is a line; only a terminal has an edge to break it at.
        self.err.print(text, style=style, soft_wrap=not self.err.is_terminal)

    def gap(self) -> None:
        """Set what follows apart from what was said, on a screen that shows both."""
        if self.err.is_terminal:
            self.err.print()

    def fail(self, text: str) -> None:
        """Say why the command failed."""
        self.err.print("Error:", style="bad", end=" ")
        self.say(text)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Whoever read has left. rich would end the process with status 1, which means something else here."""
        raise  # called while the error is handled


def _console(*, stderr: bool) -> Console:
    console = _Console(stderr=stderr, theme=_THEME, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and not os.environ.get("COLUMNS"):
        console.width = _PIPED_WIDTH
    return console
