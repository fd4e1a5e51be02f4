"""Standard error for programs: every line is a JSON object with its `event`."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final, Self

from amili_async.bulk import Progress
from amili_async.cli.progress_pace import pace
from amili_async.cli.push import PushResult
from amili_async.cli.terminal import Terminal

__all__ = ["Events", "JsonTerminal"]

_SECONDS_BETWEEN_EVENTS: Final = 1.0


class JsonTerminal(Terminal):
    """Says as JSON what it would say to a person."""

    def event(self, event: str, **facts: Any) -> None:
        """Write one line.

        Args:
            event: What it is about.
            **facts: What is to be said.
        """
        line = json.dumps({"event": event, **facts}, ensure_ascii=False, default=str)
        self.err.file.write(f"{line}\n")
        self.err.file.flush()

    def say(self, text: str, *, style: str | None = None) -> None:
        """A sentence for people."""
        self.event("message", text=text)

    def gap(self) -> None:
        """Nothing: no person looks."""

    def fail(self, text: str) -> None:
        """Why the command failed."""
        self.event("error", text=text)

    @contextmanager
    def logging(self) -> Iterator[None]:
        """Write what the library logs meanwhile as events too."""
        log, handler = logging.getLogger("amili_async"), _Handler(self)
        log.addHandler(handler)
        try:
            yield
        finally:
            log.removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, terminal: JsonTerminal) -> None:
        super().__init__(logging.WARNING)
        self._terminal = terminal

    def emit(self, record: logging.LogRecord) -> None:
        self._terminal.event("log", level=record.levelname.lower(), text=record.getMessage())


class Events:
    """Where a push is, once a second and at its end.

    Args:
        terminal: Where to write.
        result: The push.
        now: Seconds on a clock, for tests.
    """

    def __init__(
        self, terminal: JsonTerminal, result: PushResult, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._terminal = terminal
        self._result = result
        self._now = now
        self._started = self._next = now()
        self._untold: Progress | None = None
        self._logging = terminal.logging()

    def __enter__(self) -> Self:
        self._logging.__enter__()
        settings = self._result.settings
        self._terminal.event(
            "start",
            kind=self._result.kind,
            expected=self._result.expected,
            organization_id=str(settings.organization_id),
            journal=None if settings.journal is None else str(settings.journal),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._untold is not None:
            self._tell(self._untold)
        self._logging.__exit__(kind, error, traceback)

    def __call__(self, progress: Progress) -> None:
        """Write an event, if it is time for one."""
        self._untold = progress
        if self._now() >= self._next:
            self._tell(progress)

    def _tell(self, progress: Progress) -> None:
        now = self._now()
        self._next = now + _SECONDS_BETWEEN_EVENTS
        self._untold = None
        elapsed_s = now - self._started
        rate, left_s = pace(progress, self._result.expected, elapsed_s)
        self._terminal.event(
            "progress",
            done=progress.done,
            expected=self._result.expected,
            accepted=progress.accepted,
            rejected=progress.rejected,
            unsent=progress.unsent,
            unknown=progress.unknown,
            in_flight=progress.in_flight,
            settled_earlier=progress.resumed,
            unreadable=self._result.reading.unreadable,
            elapsed_s=round(elapsed_s, 3),
            rate=round(rate, 1),
            left_s=None if left_s is None else round(left_s, 1),
        )
