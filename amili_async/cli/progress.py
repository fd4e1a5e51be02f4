"""Showing on stderr how far a push is: a bar on a terminal, a line now and then elsewhere, JSON for programs."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from amili_async.bulk import Progress
from amili_async.cli.progress_json import Events, JsonTerminal
from amili_async.cli.progress_pace import duration, pace
from amili_async.cli.push import PushResult, push_records
from amili_async.cli.sigterm import SECONDS_TO_STOP
from amili_async.cli.tables import counted
from amili_async.cli.terminal import Terminal
from amili_async.client import AmiliClient

__all__ = ["Bar", "Lines", "push_and_watch"]

_SECONDS_BETWEEN_LINES: Final = 10.0


class _Watch(Protocol):
    """Something that is told how far a push is."""

    def __call__(self, progress: Progress) -> None:
        """The push has come this far."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


def _watching(terminal: Terminal, result: PushResult) -> _Watch:
    """What suits whoever looks."""
    if isinstance(terminal, JsonTerminal):
        return Events(terminal, result)
    return Bar(terminal.err, result) if terminal.err.is_terminal else Lines(terminal.err, result)


class Bar:
    """A bar with count, rejected records, rate and time left.

    Args:
        console: A terminal.
        result: The push.
        now: Seconds on a clock, for tests.
    """

    def __init__(self, console: Console, result: PushResult, *, now: Callable[[], float] = time.monotonic) -> None:
        self._result = result
        self._now = now
        self._started = now()
        self._bar = RichProgress(
            SpinnerColumn(finished_text="[good]✓[/good]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            _Count(),
            _Rejected(),
            _Rate(),
            _Left(),
            console=console,
            expand=True,
        )
        self._task = self._bar.add_task(
            result.kind.capitalize(), total=result.expected, rejected=0, rate=None, left_s=None
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Move the bar."""
        rate, left_s = pace(progress, self._result.expected, self._now() - self._started)
        self._bar.update(
            self._task,
            completed=progress.done,
            total=self._result.expected,
            rejected=progress.rejected,
            rate=rate,
            left_s=left_s,
        )


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
        rate = task.fields["rate"]
        return Text(f"{rate:,.0f}/s" if rate else "–/s", style="faint")


class _Left(ProgressColumn):
    """The time that is left, and at the end the time it took."""

    def render(self, task: Task) -> Text:
        return Text(duration(task.finished_time if task.finished else task.fields["left_s"]), style="faint")


class Lines:
    """A line every ten seconds, for logs.

    Args:
        console: Where to write.
        result: The push.
        now: Seconds on a clock, for tests.
    """

    def __init__(self, console: Console, result: PushResult, *, now: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._result = result
        self._now = now
        self._started = now()
        self._next = self._started + _SECONDS_BETWEEN_LINES

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return

    def __call__(self, progress: Progress) -> None:
        """Write a line, if it is time for one."""
        now = self._now()
        if now < self._next:
            return
        self._next = now + _SECONDS_BETWEEN_LINES
        earlier = f" ({progress.resumed:,} settled earlier)" if progress.resumed else ""
        rate, left_s = pace(progress, self._result.expected, now - self._started)
        left = f"; about {duration(left_s)} left" if left_s else ""
        self._console.print(
            f"{progress.done:,} of about {self._result.expected:,} {self._result.kind}{earlier}: "
            f"{progress.accepted:,} accepted, {progress.rejected:,} rejected, {progress.unsent:,} unsent, "
            f"{progress.unknown:,} unknown; {rate:,.0f}/s{left}",
            soft_wrap=True,
        )


async def push_and_watch(terminal: Terminal, amili: AmiliClient, result: PushResult) -> None:
    """Push, and show on stderr how it goes.

    Args:
        terminal: Where to show it.
        amili: The client.
        result: What to push and how; what came of it is noted there.

    Raises:
        BulkError: A file of failures or the journal cannot be used, or an invoice could not be looked up (its cause).
        AmiliError: Nothing got through to the API, for the reason given.
    """

    def stopping() -> None:
        again = " Run the same command again to continue." if result.settings.journal else ""
        if result.terminated:
            terminal.say(f"Stopping on SIGTERM: what is under way has {SECONDS_TO_STOP} seconds to finish.{again}")
        else:
            terminal.say(f"Stopping: what is under way may still finish. Press Ctrl-C again to stop at once.{again}")

    reading, organization_id = result.reading, result.settings.organization_id
    rows = counted(reading.expected, "row")
    terminal.say(f"Pushing {reading.name} ({rows}) to {amili.config.host_url}, organization {organization_id}.")
    with _watching(terminal, result) as watch:
        await push_records(amili, result, watch=watch, on_cancel=stopping)
