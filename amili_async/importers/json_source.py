"""Records from a JSON file: a list of them, or the body of the request that would send them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from amili_async.importers.files import CHANGED, TextFile
from amili_async.importers.json_items import Item, ItemsError, items_of
from amili_async.importers.json_records import JsonProblemError, JsonReader, refuse_mapping
from amili_async.importers.jsonl_source import LONGEST_RECORD
from amili_async.importers.kinds import INVOICES, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import Record, Row

__all__ = ["JsonRecords"]


class JsonRecords:
    """The records of one JSON file, under the API's own names.

    Iterate over it once to get, for each record, it or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: How many records there are.
        line: The line on which the last record that was read begins.
        notes: What the user should know about how it is read.
    """

    def __init__(
        self,
        path: Path | str,
        kind: RecordKind[Record] = INVOICES,
        options: ReadOptions = ReadOptions(),  # noqa: B008  # it cannot be changed
    ) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used.
        """
        refuse_mapping(path, options)
        self._reader = JsonReader(kind)
        self._names = (kind.name,)
        self._file = TextFile(path, longest_line=LONGEST_RECORD, encoding=options.encoding, only_unicode=True)
        self.name = self._file.name
        self.notes = self._file.notes
        self.line = 0
        try:
            self.expected = sum(1 for _ in self._items())
            self._file.rewind()
        except ItemsError as error:
            self.close()
            raise SourceError(f"{self.name}: line {error.line:,}: {error}") from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Row]:
        try:
            for index, item in enumerate(self._items(), 1):
                self.line = item.line
                yield self._row(item, index)
        except ItemsError:
            pass  # it was sound when it was opened: what follows tells of the change
        if self._file.was_changed():
            yield RowProblem(self.name, self.line, None, CHANGED)

    def _items(self) -> Iterator[Item]:
        return items_of(self._file.read_block, self._names, LONGEST_RECORD)

    def _row(self, item: Item, index: int) -> Row:
        if item.text is None:
            reason = f"is longer than {LONGEST_RECORD:,} characters"
            return RowProblem(self.name, item.line, None, f"record {index:,} {reason}")
        try:
            return self._reader.record(item.text, item.path)
        except JsonProblemError as problem:
            return RowProblem(self.name, item.line, problem.field, f"record {index:,}: {problem}")
