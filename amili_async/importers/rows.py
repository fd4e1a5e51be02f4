"""Records from rows of cells, whatever file the cells are from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from amili_async.importers.columns import Column, Place, Table
from amili_async.importers.records import Record
from amili_async.importers.values import Conventions, ValueProblemError, value_reader

__all__ = ["BoundColumn", "Cell", "CellProblemError", "RowReader", "bind"]

_PLAIN: Final = Conventions()
#: A text, or in spreadsheets the value itself; empty cells are empty texts.
Cell: TypeAlias = str | Decimal | date | bool


class CellProblemError(Exception):
    """A row cannot be a record, because of this column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@frozen
class BoundColumn:
    """A column of a file.

    Attributes:
        title: What the file calls it, and so what messages call it.
        column: Which of ours it is.
        read: Makes the value from the text of a cell.
        words: What stands for cells with these texts, in lower case.
    """

    title: str
    column: Column
    read: Callable[[str], Any]
    words: Mapping[str, str] = field(factory=dict)

    @property
    def value_of_cells(self) -> Callable[[Cell], Any] | None:
        """What makes a value from a cell; None if the cell is the value."""
        plain = self.column.holds == "text" and self.column.members is None and not self.words
        return None if plain else self.value

    def value(self, cell: Cell) -> Any:
        """The value of a cell, which is not empty.

        Raises:
            CellProblemError: It has none.
        """
        if not isinstance(cell, str):
            return cell
        try:
            return self.read(self._translated(cell) if self.words else cell)
        except ValueProblemError as problem:
            reason = "cannot be read" if self.column.personal else str(problem)
        raise CellProblemError(self.title, reason)

    def _translated(self, text: str) -> str:
        found = self.words.get(text.casefold())
        if found is not None:
            return found
        # The other columns have their own idea of what can be read.
        members = self.column.members
        if members is None or members(text).is_known or text in self.words.values():
            return text
        raise CellProblemError(self.title, "holds a word that [values] of the mapping file does not have")


def bind(
    title: str, column: Column, conventions: Conventions = _PLAIN, words: Mapping[str, str] | None = None
) -> BoundColumn:
    """Say how the cells of a column of a file are read.

    Args:
        title: What the file calls it.
        column: Which of ours it is.
        conventions: How its values are written.
        words: What stands for cells with these texts.
    """
    if column.members is not None:
        return BoundColumn(title, column, column.members, words or {})
    return BoundColumn(title, column, value_reader(column.holds, conventions), words or {})


class RowReader:
    """Makes records from rows of cells.

    Args:
        table: What the records are.
        columns: The columns of the file; None for those that are passed over.
        constants: Columns that are the same in all rows, with their texts.
    """

    def __init__(
        self,
        table: Table,
        columns: Sequence[BoundColumn | None],
        constants: Sequence[tuple[BoundColumn, str]] = (),
    ) -> None:
        self._table = table
        self._columns = columns
        # Looked up once, and not for every cell.
        self._plans = [
            None if bound is None else (bound.column.place, bound.column.field, bound.value_of_cells, bound)
            for bound in columns
        ]
        self._constants = [(bound.column, bound.value(text)) for bound, text in constants]
        there = {bound.column.name: bound for bound in columns if bound}
        there.update((bound.column.name, bound) for bound, _ in constants)
        self._either = [there[name] for name in table.either if name in there]

    @property
    def columns(self) -> list[Column | None]:
        """Which of ours the columns of the file are; None for those that are passed over."""
        return [bound.column if bound else None for bound in self._columns]

    def title(self, position: int) -> str | None:
        """What the file calls a column."""
        bound = self._columns[position]
        return bound.title if bound else None

    def record(self, cells: Sequence[Cell]) -> Record:
        """The record whose cells these are, one for each column, without spaces around them.

        Raises:
            CellProblemError: It cannot be one.
        """
        parts: defaultdict[Place, dict[str, Any]] = defaultdict(dict)
        for plan, cell in zip(self._plans, cells, strict=True):
            if plan is None:
                continue
            place, field_name, value, bound = plan
            if cell != "":
                parts[place][field_name] = cell if value is None else value(cell)
            elif bound.column.required:
                raise CellProblemError(bound.title, "is empty; every row needs it")
        for column, value in self._constants:
            parts[column.place][column.field] = value
        if self._either and not any(bound.column.field in parts.get(bound.column.place, ()) for bound in self._either):
            titles = " and ".join(bound.title for bound in self._either)
            are = "are both empty; every row needs one of them" if len(self._either) > 1 else "is empty"
            raise CellProblemError(titles, are)
        return self._table.build(parts)
