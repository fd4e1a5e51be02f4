"""Records from JSON Lines, as `--failures` writes them: one on each line, under the API's own names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from amili_async.importers.files import CHANGED, TextFile
from amili_async.importers.json_records import JsonProblemError, JsonReader, refuse_mapping
from amili_async.importers.kinds import INVOICES, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import Record, Row

__all__ = ["LONGEST_RECORD", "JsonLinesRecords"]

# Whatever --failures writes can be read again: what is sent is no longer than a request, 1,000,000 bytes.
LONGEST_RECORD: Final = 1 << 21


class JsonLinesRecords:
    """The records of one JSON Lines file.

    Iterate over it once to get, for each line, the record or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: About how many records there are; blank lines are counted.
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
        self._file = TextFile(path, longest_line=LONGEST_RECORD, encoding=options.encoding, only_unicode=True)
        self.name = self._file.name
        self.notes = self._file.notes
        self.expected = self._file.count
        self._first = self._file.read_line()
        start = (self._first or "").lstrip()[:1]
        if start and start != "{":
            self.close()
            if start == "[":
                raise SourceError(f"{self.name} is a JSON list and not JSON Lines; give it a name that ends in .json")
            raise SourceError(f"{self.name} does not begin with {{, as JSON Lines do")

    @property
    def line(self) -> int:
        """The last line that was read."""
        return self._file.number

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Row]:
        line = self._first
        while line != "":
            if line is None:
                yield self._problem(None, self._file.too_long)
            elif line.strip():
                yield self._record(line)
            line = self._file.read_line()
        if self._file.was_changed():
            yield self._problem(None, CHANGED)

    def _record(self, line: str) -> Row:
        try:
            return self._reader.record(line)
        except JsonProblemError as problem:
            return self._problem(problem.field, str(problem))

    def _problem(self, field: str | None, reason: str) -> RowProblem:
        return RowProblem(self.name, self._file.number, field, reason)
