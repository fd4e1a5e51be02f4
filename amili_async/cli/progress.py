"""Showing on stderr how far a push is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Final, Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text

from amili_async.bulk.outcomes import Progress
from amili_async.cli.reading import Reading

__all__ = ["Watch", "watching"]

_SECONDS_BETWEEN_LINES: Final = 10.0


class Watch(Protocol):
    """Something that is told how far a push is."""

    def __call__(self, progress: Progress) -> None:
        """The push has come this far."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


def watching(console: Console, reading: Reading) -> Watch:
    """What suits the console."""
    return _Bar(console, reading) if console.is_terminal else _Lines(console, reading)


class _Bar:
    def __init__(self, console: Console, reading: Reading) -> None:
        self._reading = reading
        self._bar = RichProgress(
            SpinnerColumn(finished_text="[good]✓[/good]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            _Count(),
            _Rejected(),
            _Rate(),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=console,
            expand=True,
        )
        self._task = self._bar.add_task("Invoices", total=reading.expected, rejected=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        self._bar.update(self._task, completed=progress.done, total=self._reading.expected, rejected=progress.rejected)


class _Count(ProgressColumn):
    def render(self, task: Task) -> Text:
        total = f"{int(task.total):,}" if task.total is not None else "?"
        return Text(f"{int(task.completed):,}".rjust(len(total)) + f" of {total}")


class _Rejected(ProgressColumn):
    def render(self, task: Task) -> Text:
        rejected = int(task.fields["rejected"])
        return Text(f"{rejected:,} rejected", style="bad" if rejected else "faint")


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        seconds = task.finished_time if task.finished_time is not None else task.elapsed
        return Text(f"{task.completed / seconds:,.0f}/s" if seconds else "–/s", style="faint")


class _Lines:
    def __init__(self, console: Console, reading: Reading) -> None:
        self._console = console
        self._reading = reading
        self._started = self._next = time.monotonic()
        self._next += _SECONDS_BETWEEN_LINES

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _SECONDS_BETWEEN_LINES
        rate = progress.done / (now - self._started)
        self._console.print(
            f"{progress.done:,} of about {self._reading.expected:,} invoices: {progress.accepted:,} accepted, "
            f"{progress.rejected:,} rejected, {progress.unsent:,} unsent, {progress.unknown:,} unknown; {rate:,.0f}/s",
            markup=False,
            soft_wrap=True,
        )
