"""Invoices from JSON Lines, as `--failures` writes them: one invoice on each line, under the API's own names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import fields_dict

from amili_async import codec
from amili_async.errors import DecodeError
from amili_async.importers.columns import COLUMNS
from amili_async.importers.files import TextFile
from amili_async.importers.problems import RowProblem
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["JsonLinesInvoices"]

# Whatever --failures writes can be read again: what is sent is no longer than a request, 1,000,000 bytes.
_LONGEST_LINE: Final = 1 << 21
# By the names of the model and of the wire.
_REQUIRED: Final = {
    column.field: fields_dict(CreateInvoiceItem)[column.field].metadata["wire"]
    for column in COLUMNS.values()
    if column.required
}


class JsonLinesInvoices:
    """The invoices of one JSON Lines file.

    Iterate over it once to get, for each line, the invoice or the problem.

    Attributes:
        name: The file, as the user named it.
        expected: About how many invoices there are; blank lines are counted.
    """

    def __init__(self, path: Path | str) -> None:
        """Open the file and check it as a whole.

        Raises:
            SourceError: It cannot be used.
        """
        self._file = TextFile(path, longest_line=_LONGEST_LINE)
        self.name = self._file.name
        self.expected = self._file.count

    @property
    def line(self) -> int:
        """The last line that was read."""
        return self._file.number

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[CreateInvoiceItem | RowProblem]:
        while (line := self._file.read_line()) != "":
            if line is None:
                yield self._problem(None, self._file.too_long)
            elif line.strip():
                yield self._invoice(line)
        if self._file.was_changed():
            yield self._problem(None, "the file was changed while it was read; what was added was not read")

    def _invoice(self, line: str) -> CreateInvoiceItem | RowProblem:
        try:
            invoice = codec.decode(line.encode(), CreateInvoiceItem)
        except DecodeError as error:
            return self._problem(None, error.message)  # names the field, never its value
        for name, wire in _REQUIRED.items():
            if getattr(invoice, name) in (None, ""):
                return self._problem(wire, "is missing; an invoice needs it")
        return invoice

    def _problem(self, field: str | None, reason: str) -> RowProblem:
        return RowProblem(self.name, self._file.number, field, reason)
