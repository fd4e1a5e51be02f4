"""What every format offers: a file that was checked as a whole when it was opened, and is read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Protocol, runtime_checkable

from amili_async.importers.records import Row

__all__ = ["Noted", "OfSellers", "Source", "notes_of", "sellers_of"]


class Source(Protocol):
    """A file of records, whatever its format: checked as a whole when opened, read once, in constant memory.

    Opening raises `SourceError` if it cannot be used at all; a row that cannot be a record is given out as a
    `RowProblem` in its place, and reading goes on after it.
    """

    @property
    def name(self) -> str:
        """The file, as the user named it."""
        ...

    @property
    def expected(self) -> int:
        """About how many records it has."""
        ...

    @property
    def line(self) -> int:
        """The last line, row or document that was read."""
        ...

    def __iter__(self) -> Iterator[Row]: ...

    def close(self) -> None:
        """Close the file."""
        ...


@runtime_checkable
class Noted(Protocol):
    """A source that has something to say about how it is read."""

    @property
    def notes(self) -> Sequence[str]:
        """One sentence for each thing that was found out, and could have been otherwise."""
        ...


@runtime_checkable
class OfSellers(Protocol):
    """A source whose records are of companies that it names, as documents do."""

    @property
    def sellers(self) -> Set[str]:
        """What tells the companies apart whose records were given out; not to be shown."""
        ...


def sellers_of(source: Source) -> Set[str]:
    """What tells the companies apart whose records a source has given out."""
    return source.sellers if isinstance(source, OfSellers) else frozenset()


def notes_of(source: Source) -> Sequence[str]:
    """What the user should know about how a source is read."""
    return source.notes if isinstance(source, Noted) else ()
