"""The input of a push: one file after the other, with a count of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Generic, Self, TypeVar, cast

from amili_async.importers.formats import open_source
from amili_async.importers.kinds import RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem
from amili_async.importers.records import Record
from amili_async.importers.source import Source, notes_of, sellers_of

__all__ = ["Reading", "open_source"]

T = TypeVar("T", bound=Record)
_KEPT: Final = 20
_ONE_SELLER: Final = "if all should be of one company, --seller with its organization number keeps the others back"


class Reading(Generic[T]):
    """The records of several files as one stream, unreadable rows counted and put aside.

    All files are checked before the first record is given out, so that a mistake in the last of them stops the run
    before anything is sent.

    Args:
        paths: The files, or one of them.
        kind: What their records are.
        options: How to read them.
        on_problem: Called with each row that cannot be read.

    Attributes:
        kind: What the records are.
        records: How many were given out so far.
        unreadable: Rows that could not be read so far.
        problems: The first of them.
        without_invoices: Files that were read to their end and had no row at all.
    """

    def __init__(
        self,
        paths: Sequence[Path | str] | Path | str,
        kind: RecordKind[T],
        options: ReadOptions = ReadOptions(),  # noqa: B008  # it cannot be changed
        *,
        on_problem: Callable[[RowProblem], None] | None = None,
    ) -> None:
        """Open and check all files.

        Raises:
            SourceError: One of them cannot be used.
        """
        self.kind = kind
        self._on_problem = on_problem
        self._ended = False
        self.records = 0
        self.unreadable = 0
        self.problems: list[RowProblem] = []
        self.without_invoices: list[str] = []
        with ExitStack() as files:
            self._sources: list[Source] = []
            for path in [paths] if isinstance(paths, Path | str) else paths:
                source = open_source(path, kind, options)
                files.callback(source.close)
                self._sources.append(source)
            self._files = files.pop_all()
        self._current = self._sources[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._files.close()

    @property
    def name(self) -> str:
        """The file, or the first and how many more."""
        first, *more = (source.name for source in self._sources)
        return f"{first} and {len(more):,} more" if more else first

    @property
    def rest(self) -> str | None:
        """What has not been read, in words; None if all was."""
        if self._ended:
            return None
        name, line = self._current.name, self._current.line
        later = " and all later files" if self._current is not self._sources[-1] else ""
        return f"what comes after line {line:,} of {name}{later}"

    @property
    def expected(self) -> int:
        """About how many records there are; exact once all have been read."""
        if self._ended:
            return self.records
        return max(sum(source.expected for source in self._sources) - self.unreadable, self.records)

    @property
    def notes(self) -> list[str]:
        """What the user should know about how the files are read: an encoding or a sheet that was chosen."""
        notes = [note for source in self._sources for note in notes_of(source)]
        sellers = set[str]().union(*map(sellers_of, self._sources))
        if len(sellers) > 1:
            notes.append(f"the documents are of {len(sellers):,} different sellers; {_ONE_SELLER}")
        return notes

    def __iter__(self) -> Iterator[T]:
        for source in self._sources:
            self._current = source
            before = self.records + self.unreadable
            for row in source:
                if isinstance(row, RowProblem):
                    self._put_aside(row)
                else:
                    self.records += 1
                    yield cast(T, row)  # a source gives the records of the kind it was opened for
            if self.records + self.unreadable == before:
                self.without_invoices.append(source.name)
            source.close()
        self._ended = True

    def _put_aside(self, problem: RowProblem) -> None:
        self.unreadable += 1
        if len(self.problems) < _KEPT:
            self.problems.append(problem)
        if self._on_problem is not None:
            self._on_problem(problem)
