"""What a list command says on stderr while it lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from amili_async.cli.export_run import Counts, Since
from amili_async.cli.list_settings import ListSettings
from amili_async.cli.lists import Listing
from amili_async.cli.state import DataFormat
from amili_async.cli.tables import counted
from amili_async.cli.terminal import Terminal

__all__ = ["Talk"]


class Talk:
    """Says it.

    Args:
        terminal: Where.
        listing: What is listed.
        settings: The options.
    """

    def __init__(self, terminal: Terminal, listing: Listing, settings: ListSettings) -> None:
        self._terminal = terminal
        self._listing = listing
        self._settings = settings

    def say_interrupted(self, counts: Counts) -> None:
        """Say how far it got, and what is left of it."""
        if self._settings.format is DataFormat.TABLE:
            return
        if self._settings.checkpoint is None:
            what = f"{self._settings.output} was not written" if self._settings.output else "the list is not whole"
        elif self._settings.resumable:
            what = "run the same command again to go on"
        else:
            what = "nothing was written; the same command begins anew"
        self._terminal.say(f"Stopped after {self.counted(counts.rows)}: {what}.")

    def tell_cut(self, first: Any, last: Any) -> Since:
        """Say who cuts the list at a date; what is to be cut here."""
        if first is None and last is None:
            return Since()
        cut, listing = self._listing.cut, self._listing
        if cut.wire is None:
            self._terminal.say(
                f"The API has no filter by date for {listing.name}: all are fetched, and those outside are left out "
                f"here, by {listing.field}."
            )
            return Since(first, last)
        asked = [
            f"{wire}={moment:%Y-%m-%d}"
            if not isinstance(moment, dt.datetime)
            else f"{wire}={moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
            for wire, moment in zip(cut.wire, (first, last), strict=True)
            if moment is not None
        ]
        self._terminal.say(f"The API is asked for {' and '.join(asked)} ({cut.note}).")
        return Since()

    @contextmanager
    def watching(self) -> Iterator[Callable[[int], object]]:
        """Show on a screen that something happens, where the data goes elsewhere."""
        terminal = self._terminal
        if self._settings.output is None or not terminal.err.is_terminal:
            yield lambda rows: None
            return
        with terminal.err.status(f"Listing {self._listing.name} …") as status:
            yield lambda rows: status.update(f"{self.counted(rows)} …")

    def tell_done(self, counts: Counts) -> None:
        """Say what was done, unless it can be seen."""
        settings = self._settings
        told = []
        if counts.cut:
            told.append(f"{counts.cut:,} left out by date")
        if counts.again:
            told.append(f"{counts.again:,} left out that an earlier run has written")
        rest = f" ({', '.join(told)})" if told else ""
        if settings.output is not None:
            self._terminal.say(f"{self.counted(counts.rows)} written to {settings.output}{rest}.")
        elif not counts.rows:
            self._terminal.say(f"There are no {'new ' if settings.checkpoint else ''}{self._listing.name}{rest}.")
        elif rest:
            self._terminal.say(f"{self.counted(counts.rows)}{rest}.")

    def counted(self, count: int) -> str:
        """So many of them."""
        return counted(count, self._listing.singular, self._listing.name)
