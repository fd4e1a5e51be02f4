"""Records from JSON texts, under the API's own names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import fields_dict

from amili_async import codec
from amili_async.errors import DecodeError
from amili_async.importers.columns import TABLES
from amili_async.importers.kinds import RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from amili_async.importers.records import ByInvoiceNumber, Record

__all__ = ["JsonProblemError", "JsonReader", "refuse_mapping"]

_NUMBER = "invoiceNumber"


class JsonProblemError(Exception):
    """A text cannot be a record; `field` says which of the API's fields is to blame, where one is."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field


class JsonReader:
    """Makes records of a kind from JSON texts."""

    def __init__(self, kind: RecordKind[Record]) -> None:
        table = TABLES[kind.name]
        fields = fields_dict(kind.model)
        # By the names of the model and of the wire.
        self._required = {
            column.field: str(fields[column.field].metadata["wire"])
            for column in table.columns.values()
            if column.required
        }
        self._kind = kind
        self._by_number = bool(table.either)

    def record(self, text: str, path: str = "$") -> Record:
        """The record that a text is.

        Args:
            text: An object.
            path: Where it stands in the file, for messages.

        Raises:
            JsonProblemError: It is none. The message names the field, never its value.
        """
        try:
            record = codec.decode(text.encode(), self._kind.model)
        except DecodeError as error:
            raise JsonProblemError(error.message.replace(" at $", f" at {path}", 1)) from None
        for name, wire in self._required.items():
            if getattr(record, name) in (None, ""):
                raise JsonProblemError(f"is missing; every {self._kind.singular} needs it", wire)
        if self._by_number and record.invoice_id is None:
            return self._to_look_up(record, path)
        return record  # type: ignore[no-any-return]  # the kind says which

    def _to_look_up(self, record: Any, path: str) -> ByInvoiceNumber:
        number = record.additional_properties.pop(_NUMBER, None)
        if number in (None, ""):
            raise JsonProblemError(f"is missing, and {_NUMBER} too; every {self._kind.singular} needs one", "invoiceId")
        if not isinstance(number, str):
            raise JsonProblemError(f"expected a string at {path}.{_NUMBER}")
        return ByInvoiceNumber(invoice_number=number, record=record)


def refuse_mapping(path: Path | str, options: ReadOptions) -> None:
    """Make sure that no mapping file was given for a file that has the API's own names.

    Raises:
        SourceError: One was.
    """
    if options.mapping is not None:
        raise SourceError(
            f"{path} is JSON, under the API's own names: a mapping file is for CSV files and spreadsheets"
        )
