"""Where the journal of a push is, if nobody says: beside the input, so that the same command again goes on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args
from urllib.parse import urlsplit

from attrs import field, frozen

from amili_async.bulk.journal import Journal
from amili_async.bulk.settings import workers_extra
from amili_async.config import Config, Environment
from amili_async.errors import ConfigError
from amili_async.importers.kinds import KindName

__all__ = ["DatabaseJournal", "JournalChoice", "choose_journal", "place_of"]

_OR_NONE: Final = "or --no-journal to push without one (a push that breaks off cannot be continued then)"


@frozen
class DatabaseJournal:
    """A journal in a PostgreSQL database.

    Attributes:
        url: The database's URL.
        name: Of the journal there.
    """

    url: str = field(repr=False)
    name: str

    def __str__(self) -> str:
        with workers_extra():
            from amili_async.workers.database import where

        place = where(self.url)
        return f"{place}, under the name {self.name}" if self.name else place

    def open(self) -> Journal:
        """The journal itself."""
        with workers_extra():
            from amili_async.bulk.journal_postgres import PostgresJournal

        return PostgresJournal(self.url, self.name)


@frozen
class JournalChoice:
    """Which journal a push has.

    Attributes:
        path: The file, or where in a database; None for none.
        default: Nobody named it.
    """

    path: Path | DatabaseJournal | None
    default: bool = False

    @property
    def is_written(self) -> bool:
        """Whether an earlier push has written to it, as far as that can be seen from here."""
        try:
            return isinstance(self.path, Path) and self.path.stat().st_size > 0
        except OSError:
            return False  # the engine says what is wrong with it

    def also_for_invoices_in(self, file: Path) -> bool:
        """Whether a push of the invoices in this file has this journal without being told."""
        return self.default and isinstance(self.path, Path) and file.resolve().parent == self.path.resolve().parent

    def sentence(self) -> str:
        """What it means for this push."""
        if self.path is None:
            return "No journal: if this push breaks off, it cannot be continued."
        if isinstance(self.path, DatabaseJournal):
            return f"Journal: {self.path}. What an earlier push with it has settled is not sent again."
        if self.is_written:
            return f"Journal: {self.path}, of an earlier push. What that has settled is not sent again."
        return f"Journal: {self.path}, new. If this push breaks off, the same command continues it."


def choose_journal(
    inputs: Sequence[Path],
    kind: KindName,
    config: Config,
    *,
    given: Path | None,
    none: bool,
    database: str | None = None,
) -> JournalChoice:
    """The journal of a push: the one that was named, none, or the one beside the input.

    Invoices have numbers of their own, so that one journal serves all files of a folder: an invoice that comes again in
    another file of it is not sent again. Payments and corrections have none, and a journal serves one list.

    Args:
        inputs: What is pushed: files and folders, as they were named.
        kind: What is pushed.
        config: Where it is pushed to.
        given: The journal that was named; in a database, its name there.
        none: There is to be none.
        database: The database it is kept in, if it is not a file.

    Raises:
        ConfigError: There is no one place for it, or nobody may write there.
    """
    if given is not None and none:
        raise ConfigError("--journal and --no-journal contradict each other: give one of them")
    if database is not None:
        if none:
            raise ConfigError("--database and --no-journal contradict each other: give one of them")
        return JournalChoice(DatabaseJournal(database, _name_in_database(inputs, kind, given)))
    if given is not None or none:
        return JournalChoice(given)
    # By their real places, so that a link to a file has the file's journal.
    real = [path.resolve() for path in inputs]
    name = _for_invoices(real, config) if kind == "invoices" else _for_list(real, kind, config)
    short = _short(name)
    if not name.exists() and not os.access(name.parent, os.W_OK | os.X_OK):
        raise ConfigError(
            f"the journal of this push would be {short}, and nothing can be written there: "
            f"give --journal FILE in another place, {_OR_NONE}"
        )
    return JournalChoice(short, default=True)


def place_of(config: Config) -> str:
    """The API's name in the names of files: the environment, or the host where that is another one.

    Args:
        config: The settings in force.
    """
    if config.is_production:
        return "production"
    for environment in get_args(Environment):
        if Config(environment=environment).host_url == config.host_url:
            return str(environment)
    if config.environment is not None:
        return config.environment  # at a host of its own; a journal serves one host, and is refused at another
    parts = urlsplit(config.host_url)
    host = "".join(char if char.isalnum() or char in ".-" else "-" for char in parts.hostname or "")
    return f"{host}-{parts.port}" if parts.port is not None else host


def _for_invoices(inputs: Sequence[Path], config: Config) -> Path:
    folders = {path if path.is_dir() else path.parent for path in inputs}
    if len(folders) > 1:
        raise ConfigError(
            "the files are in several folders, and the journal is kept in the folder of the invoices: "
            f"push one folder at a time, give --journal FILE, {_OR_NONE}"
        )
    return folders.pop() / f"amili-invoices.{place_of(config)}.journal"


def _for_list(inputs: Sequence[Path], kind: str, config: Config) -> Path:
    if len(set(inputs)) > 1:
        raise ConfigError(
            f"{kind} have no number of their own, so that each list of them needs its own journal: "
            f"push one file at a time, give --journal FILE for just these files, {_OR_NONE}"
        )
    return inputs[0].with_name(f"{inputs[0].name}.{kind}.{place_of(config)}.journal")


def _name_in_database(inputs: Sequence[Path], kind: KindName, given: Path | None) -> str:
    if given is not None:
        return str(given)
    if kind == "invoices":
        return ""
    if len(inputs) > 1:
        raise ConfigError(
            f"{kind} have no number of their own, so that each list of them needs its own journal: "
            "push one file at a time, or give --journal NAME for just these files"
        )
    return inputs[0].name


def _short(path: Path) -> Path:
    """Relative to where we are, if it is below."""
    try:
        return path.relative_to(Path.cwd().resolve())
    except (OSError, ValueError):
        return path
