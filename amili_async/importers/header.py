"""The header of a table: which of its columns are which of ours."""

from __future__ import annotations

from collections.abc import Sequence

from amili_async.importers.columns import Table
from amili_async.importers.mapping import ColumnMap
from amili_async.importers.names import did_you_mean, shown, title_key
from amili_async.importers.problems import SourceError
from amili_async.importers.rows import BoundColumn, RowReader, bind

__all__ = ["bind_header", "known_titles"]


def known_titles(table: Table, mapping: ColumnMap) -> set[str]:
    """The names that a column may have, as they are compared."""
    return {*table.columns, *mapping.columns, *mapping.ignored}


def bind_header(header: Sequence[str], table: Table, mapping: ColumnMap, name: str) -> RowReader:
    """Make what reads the rows below a header.

    Args:
        header: The names of the columns.
        table: What the records are.
        mapping: What the user said of the file.
        name: The file.

    Raises:
        SourceError: The columns are not those of records of this kind.
    """
    keys = [title_key(title) for title in header]
    known = known_titles(table, mapping)
    if not any(key in known for key in keys):
        # It may be the first record, and so nothing of it is repeated.
        raise SourceError(
            f"{name}: the first line is not a header; it has to name the columns: {', '.join(table.columns)}"
            " (or name yours in a mapping file, with --map)"
        )
    bound = [
        _bound(position, title, key, table, mapping, name)
        for position, (title, key) in enumerate(zip(header, keys, strict=True), 1)
    ]
    there: dict[str, str] = {}
    for column in bound:
        if column is None:
            continue
        first = there.get(column.column.name)
        there[column.column.name] = column.title
        if first is not None:
            if title_key(first) == title_key(column.title):
                raise SourceError(f"{name}: the column {shown(first)} is there twice")
            both = f"{shown(first)} and {shown(column.title)}"
            raise SourceError(f"{name}: the columns {both} are both {column.column.name}; ignore one of them")
    for ours in mapping.constants:
        if ours in there:
            raise SourceError(
                f"{name}: {ours} is set in [constants] of {mapping.name}, but the file has the column "
                f"{shown(there[ours])}; take one of them away"
            )
    _check_missing({*there, *mapping.constants}, table, mapping, name)
    constants = [
        (bind(ours, table.columns[ours], mapping.conventions, mapping.words.get(ours, {})), text)
        for ours, text in mapping.constants.items()
    ]
    return RowReader(table, bound, constants)


def _bound(position: int, title: str, key: str, table: Table, mapping: ColumnMap, name: str) -> BoundColumn | None:
    if key in mapping.ignored:
        return None
    column = mapping.columns.get(key) or table.columns.get(key)
    if column is not None:
        # A name of our own is shown as the documentation has it.
        told = title.strip() if key in mapping.columns else column.name
        return bind(told, column, mapping.conventions, mapping.words.get(column.name, {}))
    if mapping.ignores_others:
        return None
    if not key:
        raise SourceError(f"{name}: column {position} of the header has no name")
    what = f"{name}: {shown(title.strip())} is no known column{did_you_mean(title, table.columns)}"
    if mapping.name:
        raise SourceError(f"{what}; say in {mapping.name} what it is, or add it to ignore")
    raise SourceError(
        f"{what}; known are {', '.join(table.columns)}. If your columns have other names, say in a mapping file "
        "which is which (--map)"
    )


def _check_missing(there: set[str], table: Table, mapping: ColumnMap, name: str) -> None:
    theirs = {column.name: mapping.titles[key] for key, column in mapping.columns.items()}
    missing = [column.name for column in table.columns.values() if column.required and column.name not in there]
    if missing:
        told = ", ".join(f"{ours} ({shown(theirs[ours])})" if ours in theirs else ours for ours in missing)
        these = "this column is" if len(missing) == 1 else "these columns are"
        raise SourceError(f"{name}: {these} missing: {told}")
    if table.either and there.isdisjoint(table.either):
        raise SourceError(f"{name}: one of these columns has to be there: {', '.join(table.either)}")
