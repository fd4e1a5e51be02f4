"""Doing what a list command asks for: a table for the screen, or an export."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager, aclosing
from typing import Any, Final

from amili_async.cli.export_checkpoint import Checkpoint, CheckpointFile, Run, digest_of
from amili_async.cli.export_columns import Column, chosen, columns_of
from amili_async.cli.export_rows import RowWriter, left_off, open_writer
from amili_async.cli.export_run import Counts, export, export_on
from amili_async.cli.export_target import Target, naming, new_target, part_of, written
from amili_async.cli.list_settings import ListSettings
from amili_async.cli.list_talk import Talk
from amili_async.cli.lists import LISTINGS, Listing
from amili_async.cli.sigterm import run_until_sigterm
from amili_async.cli.since import as_instant, read_moment
from amili_async.cli.state import DataFormat, State
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.terminal import Terminal
from amili_async.client import AmiliClient
from amili_async.clock import SYSTEM_CLOCK
from amili_async.config import Config
from amili_async.errors import ConfigError
from amili_async.pagination import Pager

__all__ = ["run_list"]

_LARGEST_PAGE: Final = 100
_DATE_LENGTH: Final = len("2026-01-31")


def run_list(state: State, name: str, organization_id: str | None, settings: ListSettings) -> ExitStatus:
    """List something as it was asked for.

    Args:
        state: The run of the command.
        name: Which list.
        organization_id: The organization, if one was named.
        settings: The options.

    Raises:
        AmiliError: It could not be listed.
    """
    job = _Job(state, LISTINGS[name], organization_id, settings)
    status = ExitStatus.INTERRUPTED

    def terminated() -> None:
        nonlocal status
        status = ExitStatus.TERMINATED

    try:
        run_until_sigterm(job.run(), terminated)
    except (KeyboardInterrupt, asyncio.CancelledError):
        job.talk.say_interrupted(job.counts)
        return status
    return ExitStatus.OK


class _Job:
    def __init__(self, state: State, listing: Listing, organization_id: str | None, settings: ListSettings) -> None:
        self._terminal: Terminal = state.terminal
        self._listing = listing
        self._settings = settings
        now = SYSTEM_CLOCK.now()
        self._first = read_moment(settings.since, "--since", now) if settings.since else None
        self._last = read_moment(settings.until, "--until", now) if settings.until else None
        if self._first is not None and self._last is not None and as_instant(self._first) > as_instant(self._last):
            raise ConfigError("--until lies before --since: nothing could be listed")
        self._columns: Sequence[Column] = (
            columns_of(listing.model)
            if settings.columns is None
            else chosen(listing.model, [name.strip() for name in settings.columns.split(",") if name.strip()])
        )
        self.counts = Counts()
        self.talk = Talk(state.terminal, listing, settings)
        self._config: Config = state.settings()
        self._organization_id = state.organization(organization_id)

    async def run(self) -> None:
        settings = self._settings
        async with AmiliClient(self._config) as amili:
            with naming(settings.output, settings.checkpoint):
                await self._list(amili)

    async def _list(self, amili: AmiliClient) -> None:
        if self._settings.format is DataFormat.TABLE:
            await self._show(amili)
        elif self._settings.checkpoint is None:
            await self._export(amili)
        else:
            await self._export_on(amili)

    # A table

    async def _show(self, amili: AmiliClient) -> None:
        listing, settings, terminal = self._listing, self._settings, self._terminal
        since = self.talk.tell_cut(self._first, self._last)
        limit = settings.rows_of_table
        found: list[Any] = []
        # One more than is shown tells whether there are more.
        async with aclosing(aiter(self._pager(amili, self._first, self._last, limit + 1))) as items:
            async for item in items:
                if since.holds(listing.time(item)):
                    found.append(item)
                if len(found) > limit:
                    break
        if not found:
            narrowed = any(settings.filters.values()) or self._first is not None or self._last is not None
            terminal.say(f"There are no {'such ' if narrowed else ''}{listing.name}.")
            return
        terminal.show(listing.table(found[:limit], terminal.out.width))
        if len(found) > limit:
            terminal.say(f"These are the first {limit:,}: --limit N shows more, --format csv or jsonl writes all.")

    # An export

    async def _export(self, amili: AmiliClient) -> None:
        settings = self._settings
        since = self.talk.tell_cut(self._first, self._last)
        with written(settings.output) as target, self._writer(target) as writer, self.talk.watching() as watch:
            pager = self._pager(amili, self._first, self._last, settings.limit)
            await export(pager, writer, self._listing, since, self.counts, watch, settings.limit)
            writer.finish()
        self.talk.tell_done(self.counts)

    async def _export_on(self, amili: AmiliClient) -> None:
        settings, listing = self._settings, self._listing
        assert settings.checkpoint is not None  # noqa: S101  # whoever calls has looked
        about = {
            "list": listing.name,
            "host": self._config.host_url,
            "organization": self._organization_id,
            "filters": {name: value for name, value in settings.filters.items() if value is not None},
        }
        with CheckpointFile(settings.checkpoint, about) as file:
            checkpoint = file.load()
            run = checkpoint.run = self._run_of(checkpoint)
            self.counts.rows = run.rows
            first = None if run.since is None else _moment(run.since)
            if settings.output is not None and settings.output.is_file():
                raise ConfigError(
                    f"--output: {settings.output} is there already and may hold what an earlier run brought: move it "
                    "away, or name another file"
                )
            part = part_of(settings.checkpoint)
            target = new_target(settings.output, part, run.size, keep=settings.resumable or run.whole)
            try:
                if not run.whole:
                    since = self.talk.tell_cut(first, None)
                    with self._writer(target, header=run.size == 0) as writer, self.talk.watching() as watch:
                        await export_on(
                            self._pager(amili, first, None, None),
                            writer,
                            listing,
                            since,
                            self.counts,
                            watch,
                            target=target,
                            file=file,
                            checkpoint=checkpoint,
                            overlap=dt.timedelta(hours=settings.overlap_h),
                            resumable=settings.resumable,
                        )
                if settings.output is not None:
                    # A kill between the next two steps must not make the next run list all of it again.
                    file.save(checkpoint)
            except BaseException:
                target.abandon()
                raise
            target.commit()
            checkpoint.run = None
            file.save(checkpoint)
        self.talk.tell_done(self.counts)

    def _writer(self, target: Target, *, header: bool = True) -> AbstractContextManager[RowWriter]:
        form, title, settings = self._settings.format, self._listing.name, self._settings
        return left_off(
            open_writer(
                form, target.sink, self._columns, title=title, header=header, bom=settings.bom, guard=settings.guard
            )
        )

    def _run_of(self, checkpoint: Checkpoint) -> Run:
        """The run to take up, or a new one."""
        settings, run = self._settings, checkpoint.run
        columns = [column.name for column in self._columns]
        form = digest_of([settings.format, columns, settings.guard, settings.output is None])
        if run is not None and run.whole and not self._part_is_there(run):
            run = None  # it has its name; only that could not be noted any more
        if run is not None and (run.whole or not settings.restart):
            if run.form != form:
                raise ConfigError(
                    "the run that broke off wrote another format, other columns, or not to the same kind of place: "
                    "finish it with its own options, or add --restart to begin it anew"
                )
            if run.whole:
                return run
            if settings.output is None or self._part_is_there(run):
                self._terminal.say(
                    f"Going on after {self.talk.counted(run.rows)} of the run of {run.started:%Y-%m-%d %H:%M} UTC."
                )
                return run
            self._terminal.say("What the run that broke off had written is gone: beginning it anew.", style="open")
        since = self._first
        if checkpoint.latest is not None:
            since = checkpoint.latest - dt.timedelta(hours=settings.overlap_h)
            if self._listing.cut.days:
                since = since.astimezone(dt.UTC).date()
        return Run(since=None if since is None else since.isoformat(), started=SYSTEM_CLOCK.now(), form=form)

    def _part_is_there(self, run: Run) -> bool:
        assert self._settings.checkpoint is not None  # noqa: S101  # whoever calls has looked
        part = part_of(self._settings.checkpoint)
        return part.is_file() and part.stat().st_size >= run.size

    # Both

    def _pager(self, amili: AmiliClient, first: Any, last: Any, limit: int | None) -> Pager[Any]:
        listing, settings = self._listing, self._settings
        parameters: dict[str, Any] = dict(settings.filters)
        if listing.cut.since is not None and listing.cut.until is not None:
            parameters |= {listing.cut.since: first, listing.cut.until: last}
        if listing.sized:
            parameters["page_size"] = settings.page_size or min(limit or _LARGEST_PAGE, _LARGEST_PAGE)
        pager = amili.paginate(getattr(amili.collection, listing.method), self._organization_id, **parameters)
        return pager.prefetch() if limit is None else pager


def _moment(text: str) -> dt.date | dt.datetime:
    return dt.date.fromisoformat(text) if len(text) == _DATE_LENGTH else dt.datetime.fromisoformat(text)
