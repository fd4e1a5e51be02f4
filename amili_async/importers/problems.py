"""What can be wrong with an input file: a row, or the file as a whole."""

from __future__ import annotations

from attrs import frozen

from amili_async.errors import AmiliError

__all__ = ["RowProblem", "SourceError"]


class SourceError(AmiliError):
    """An input file as a whole cannot be used. Nothing of it has been sent."""


@frozen
class RowProblem:
    """A row that cannot be sent. The others are not touched by it.

    Attributes:
        file: The file, as the user named it.
        line: Number of the line the row starts on, counted from 1 as editors do.
        column: Name of the column, where one is to blame.
        reason: What is wrong and how to write it instead. Never holds personal data.
    """

    file: str
    line: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return f"{where}{self.column}: {self.reason}" if self.column else f"{where}{self.reason}"
