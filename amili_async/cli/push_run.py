"""Running `amili push`: what is asked first, what is told, and how it ends."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer

from amili_async.cli.dry_run import dry_run
from amili_async.cli.production import is_meant
from amili_async.cli.progress_json import JsonTerminal
from amili_async.cli.push import PushResult, PushSettings, why
from amili_async.cli.push_arguments import PushArguments
from amili_async.cli.push_journal import DatabaseJournal, JournalChoice, choose_journal
from amili_async.cli.push_refused import another_list, with_fix
from amili_async.cli.push_report import as_json, as_tables
from amili_async.cli.sigterm import run_until_sigterm
from amili_async.cli.state import Format, State
from amili_async.cli.statuses import ExitStatus, sentence
from amili_async.config import Config
from amili_async.errors import AmiliError, AnotherListError, BulkError, ConfigError
from amili_async.importers.kinds import KINDS
from amili_async.importers.reading import Reading

__all__ = ["Notes", "check_inputs", "run"]


def run(state: State, kind: str, given: PushArguments) -> NoReturn:
    """Push files.

    Args:
        state: This run of the command.
        kind: What to push.
        given: The arguments.

    Raises:
        AmiliError: It could not begin.
        typer.Exit: It has ended, with this status.
    """
    if given.as_json:
        state.terminal = JsonTerminal()
    check_inputs(given.files)
    if given.dry_run:
        _check_names(given.files, None if given.database else given.journal, given.failures)
        _dry_run(state, kind, given)
    config = state.settings()
    organization_id = state.organization(given.organization_id)
    reading_options, checked = given.reading.options(), given.reading.checked()
    with Reading(given.files, KINDS[kind], reading_options) as reading:
        journal = choose_journal(
            given.files,
            reading.kind.name,
            config,
            given=given.journal,
            none=given.no_journal,
            database=given.database,
        )
        _check_names(given.files, journal.path, given.failures)
        settings = PushSettings(
            organization_id=organization_id,
            chunk_size=given.chunk_size,
            concurrency=given.concurrency,
            rate_limit=given.rate_limit,
            max_wait_s=given.max_wait_s,
            limit=given.reading.limit,
            failures=given.failures,
            journal=journal.path,
            failures_share_journal=reading.kind.name == "invoices"
            and given.failures is not None
            and journal.also_for_invoices_in(given.failures),
        )
        result = PushResult(reading, settings, checked=checked)
        state.terminal.say(journal.sentence())
        notes = Notes(state, reading)
        _ask(state, config, result, yes=given.yes)
        _run(state, config, result, journal)
    notes.end()
    _show(state, result, given.output)
    _end(state, result.status)


def _run(state: State, config: Config, result: PushResult, journal: JournalChoice) -> None:
    def terminated() -> None:
        result.terminated = True

    try:
        run_until_sigterm(_push(state, config, result), terminated)
    except (KeyboardInterrupt, asyncio.CancelledError):
        result.interrupted = True
    except BulkError as bulk_error:
        if isinstance(bulk_error, AnotherListError):
            raise another_list(bulk_error, result) from bulk_error
        error = why(bulk_error)
        # Before anything was read, the error says all there is to say (status 2: something is to be mended). Once
        # it had begun, records may have been sent, so the report has to be seen (status 4: something is open).
        if result.report is None or result.report.taken == 0:
            raise with_fix(error, journal) from bulk_error
        result.error = error
        _tell(state, error)


async def _push(state: State, config: Config, result: PushResult) -> None:
    from amili_async.cli.progress import push_and_watch
    from amili_async.client import AmiliClient

    async with AmiliClient(config) as amili:
        await push_and_watch(state.terminal, amili, result)


def _show(state: State, result: PushResult, output: Format) -> None:
    try:
        if output is Format.JSON:
            typer.echo(as_json(result))
        else:
            state.terminal.gap()
            state.terminal.show(*as_tables(result))
        sys.stdout.flush()
    except OSError as error:
        # What came of the push is told by its status all the same, and that is not the one of a full disk.
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # else what is buffered fails once more at the end
        state.terminal.fail(f"The report could not be written ({error.strerror}); the status is that of the push.")


def _tell(state: State, error: AmiliError) -> None:
    if state.debug:
        traceback.print_exception(error)
    state.terminal.fail(sentence(error, state.config))


def _end(state: State, status: ExitStatus) -> NoReturn:
    if isinstance(state.terminal, JsonTerminal):
        state.terminal.event("end", status=status.name, exit_status=int(status))
    raise typer.Exit(status)


class Notes:
    """Tells what a person should know about how files are read: as soon as it is known, and once.

    Args:
        state: This run of the command.
        reading: The files.
    """

    def __init__(self, state: State, reading: Reading[Any]) -> None:
        self._say = state.terminal.say
        self._reading = reading
        self._told: set[str] = set()
        self.tell()

    def tell(self) -> None:
        """Say what has not been said."""
        for note in self._reading.notes:
            if note not in self._told:
                self._told.add(note)
                self._say(f"Note: {note}")

    def end(self) -> None:
        """All has been read: say the rest, and which files hold nothing."""
        self.tell()
        # A night without overdue invoices is no error, but an export that broke off after the header looks the same.
        for name in self._reading.without_invoices:
            self._say(f"Warning: {name} holds no {self._reading.kind.name}.", style="open")


def check_inputs(files: Sequence[Path]) -> None:
    """Make sure that nothing is read twice: payments have no number to tell by that one came twice.

    Args:
        files: Files and folders, as they were named.

    Raises:
        ConfigError: One of them is named twice, or is in a folder that is named too.
    """
    seen: dict[Path, Path] = {}
    for path in files:
        real = path.resolve()
        if real in seen:
            again = "" if seen[real] == path else f", as {seen[real]} and as {path}"
            raise ConfigError(f"{path} is named twice{again}: name it once")
        seen[real] = path
    for real, path in seen.items():
        for folder in real.parents:
            if folder in seen:
                raise ConfigError(f"{path} is in {seen[folder]}, which is named as well: name one of them")


def _check_names(files: Sequence[Path], journal: Path | DatabaseJournal | None, failures: Path | None) -> None:
    """Make sure that nothing is written over what is read, or set aside under our hands.

    Raises:
        ConfigError: Two of them are the same file.
    """
    inputs = {path.resolve() for path in files}
    written: set[Path] = set()
    if failures is not None:
        if not failures.name:
            raise ConfigError("--failures names no file")
        written = {failures.resolve(), failures.with_name(f"{failures.stem}.unknown{failures.suffix}").resolve()}
    if isinstance(journal, Path) and journal.resolve() in inputs | written:
        raise ConfigError("--journal names a file that is read, or that --failures writes: give it one of its own")
    # Without a journal the file may not even exist; with one it would be set aside.
    if journal is not None and inputs & written:
        raise ConfigError("--failures names a file that is read: give it one of its own")


def _ask(state: State, config: Config, result: PushResult, *, yes: bool) -> None:
    """Make sure that production is meant.

    Raises:
        ConfigError: Nobody can be asked.
    """
    what = f"about {result.expected:,} {result.kind} of organization {result.settings.organization_id}"
    if not is_meant(state, config, f"Send {what} to", deed="push to", yes=yes):
        _end(state, ExitStatus.OPEN)  # not OK: somebody may move the files away after that


def _dry_run(state: State, kind: str, given: PushArguments) -> NoReturn:
    checked = given.reading.checked()
    say = state.terminal.say
    with Reading(
        given.files, KINDS[kind], given.reading.options(), on_problem=lambda problem: say(str(problem))
    ) as reading:
        notes = Notes(state, reading)
        result = dry_run(reading, checked, limit=given.reading.limit, on_refused=say)
    notes.end()
    if given.output is Format.JSON:
        typer.echo(result.as_json())
    else:
        state.terminal.show(*result.as_tables())
    _end(state, result.status)
