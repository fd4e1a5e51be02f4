"""Mapping files: which column of theirs is which of ours, and how their values are written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from amili_async.importers.columns import Column, Table
from amili_async.importers.names import did_you_mean, shown, title_key
from amili_async.importers.problems import SourceError
from amili_async.importers.rows import CellProblemError, bind
from amili_async.importers.values import Conventions, DateFormat

__all__ = ["KEYS", "ColumnMap", "read_mapping"]

KEYS: Final = ("encoding", "delimiter", "decimal", "date", "sheet", "ignore", "columns", "constants", "values")
_MOST_BYTES: Final = 1 << 20


@frozen(kw_only=True)
class ColumnMap:
    """What a mapping file says.

    Attributes:
        name: The file, as the user named it.
        encoding: Of the text files it is for.
        delimiter: Between their columns.
        sheet: Name of the sheet of a spreadsheet.
        conventions: How values are written.
        columns: Our column by theirs, in the spelling that headers are compared in.
        titles: Their columns as the mapping file spells them.
        ignored: Their columns that are passed over.
        ignores_others: Whether all columns that it does not name are passed over.
        constants: Our columns that are the same in all rows, with their texts.
        words: What stands for the texts of a column.
    """

    name: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    conventions: Conventions = field(factory=Conventions)
    columns: Mapping[str, Column] = field(factory=dict)
    titles: Mapping[str, str] = field(factory=dict)
    ignored: frozenset[str] = frozenset()
    ignores_others: bool = False
    constants: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(factory=dict)

    def notes(self, header: Iterable[str], name: str) -> list[str]:
        """What the user should know about a file with this header: which columns it has not."""
        there = set(map(title_key, header))
        # Several spellings of one column may be listed, of which a file has one.
        found = {column.name for key, column in self.columns.items() if key in there}
        absent = [self.titles[key] for key, column in self.columns.items() if column.name not in found]
        if not absent:
            return []
        return [f"{name} has no column {', '.join(map(shown, absent))}, which {self.name} speaks of"]


def read_mapping(path: Path | str, table: Table) -> ColumnMap:
    """Read a mapping file for files of this kind.

    Raises:
        SourceError: It cannot be used; the message names the key and how to write it.
    """
    name = str(path)
    try:
        content = Path(path).read_bytes()[: _MOST_BYTES + 1]
    except OSError as error:
        raise SourceError(f"the mapping file {name} cannot be read: {error.strerror}") from None
    if len(content) > _MOST_BYTES:
        raise SourceError(f"the mapping file {name} is larger than a mapping can be")
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceError(f"the mapping file {name} is not in UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"the mapping file {name} is not TOML: {error}") from None
    return _Reader(name, data, table).mapping()


class _Reader:
    def __init__(self, name: str, data: Mapping[str, Any], table: Table) -> None:
        self._name = name
        self._data = data
        self._table = table

    def mapping(self) -> ColumnMap:
        for key in self._data:
            if key not in KEYS:
                raise self._error(key, f"is not known{did_you_mean(key, KEYS)}; known are {', '.join(KEYS)}")
        ignored = self._ignored()
        conventions = Conventions(decimal=self._decimal(), date=self._date())
        columns, titles = self._columns()
        if both := sorted(titles[key] for key in columns if key in ignored):
            raise self._error("ignore", f"has {shown(both[0])}, which [columns] has too")
        words = self._words(conventions)
        return ColumnMap(
            name=self._name,
            encoding=self._text("encoding"),
            delimiter=self._text("delimiter"),
            sheet=self._text("sheet"),
            conventions=conventions,
            columns=columns,
            titles=titles,
            ignored=ignored - {"*"},
            ignores_others="*" in ignored,
            constants=self._constants(conventions, words),
            words=words,
        )

    def _error(self, key: str, what: str) -> SourceError:
        return SourceError(f"the mapping file {self._name}: {key} {what}")

    def _text(self, key: str) -> str | None:
        value = self._data.get(key)
        if value is not None and (not isinstance(value, str) or not value):
            raise self._error(key, f'has to be a text; write it like {key} = "…"')
        return value

    def _decimal(self) -> Any:
        value = self._text("decimal")
        if value not in (None, ".", ","):
            raise self._error("decimal", 'is "." or ","')
        return value

    def _date(self) -> DateFormat | None:
        text = self._text("date")
        try:
            return DateFormat.of(text) if text is not None else None
        except ValueError as error:
            raise self._error("date", f'is no format: {error}; write it like "dd/mm/yyyy"') from None

    def _ignored(self) -> frozenset[str]:
        value = self._data.get("ignore", [])
        if not isinstance(value, list) or not all(isinstance(title, str) for title in value):
            raise self._error("ignore", 'has to be a list of names, like ["Seller", "Department"], or ["*"]')
        return frozenset(map(title_key, value))

    def _section(self, key: str, value: object, example: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._error(f"[{key}]", f"has to be a table of lines like {example}")
        return value

    def _columns(self) -> tuple[dict[str, Column], dict[str, str]]:
        columns: dict[str, Column] = {}
        titles: dict[str, str] = {}
        section = self._section("columns", self._data.get("columns", {}), '"Invoice no." = "invoice_number"')
        for title, ours in section.items():
            key = title_key(title)
            if not key:
                raise self._error("[columns]", "has a column without a name")
            if key in columns:
                raise self._error("[columns]", f"has {shown(title)} twice; capitals do not count")
            columns[key] = self._column(f"[columns] {shown(title)}", ours)
            titles[key] = title
        return columns, titles

    def _column(self, key: str, ours: object) -> Column:
        known = self._table.columns
        if not isinstance(ours, str) or ours not in known:
            name = shown(ours) if isinstance(ours, str) else "what it is set to"
            hint = did_you_mean(ours, known) if isinstance(ours, str) else ""
            raise self._error(f"{key}:", f"{name} is no column of ours{hint}; ours are {', '.join(known)}")
        return known[ours]

    def _constants(self, conventions: Conventions, words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        constants = {}
        section = self._section("constants", self._data.get("constants", {}), 'currency = "NOK"')
        for ours, value in section.items():
            column = self._column("[constants]", ours)
            constants[ours] = text = self._plain(f"[constants] {ours}", value)
            self._try(f"[constants] {ours}", bind(ours, column, conventions, words.get(ours, {})).value, text)
        return constants

    def _words(self, conventions: Conventions) -> dict[str, dict[str, str]]:
        example = '[values.type] with lines like "Inkassovarsel" = "NOTICE"'
        words: dict[str, dict[str, str]] = {}
        for ours, pairs in self._section("values", self._data.get("values", {}), example).items():
            column = self._column("[values]", ours)
            section = self._section(f"values.{ours}", pairs, '"Inkassovarsel" = "NOTICE"')
            words[ours] = {}
            for theirs, value in section.items():
                key = f"[values.{ours}] {shown(theirs)}"
                text = self._plain(key, value)
                self._try(key, bind(ours, column, conventions).value, text)
                if words[ours].setdefault(theirs.strip().casefold(), text) != text:
                    raise self._error(key, "is there twice; capitals do not count")
        return words

    def _plain(self, key: str, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str) or not value.strip():
            raise self._error(key, 'has to be a text in quotation marks, like "NOK"')
        return value.strip()

    def _try(self, key: str, read: Callable[[str], Any], text: str) -> None:
        try:
            read(text)
        except CellProblemError as error:
            # It is a setting and no cell, so the user may see what is wrong with it.
            raise self._error(key, f"cannot be {shown(text)}: {error.reason}") from None
