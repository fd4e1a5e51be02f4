"""The fixtures of EHF, and changes to them.

Everybody in them is made up. Their organization numbers begin with 3, as only those of test registers do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amili_async.importers.ehf import EhfDocuments
from amili_async.importers.kinds import CORRECTIONS, INVOICES, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem
from amili_async.importers.records import ByInvoiceNumber, Record, Row
from amili_async.models.collection import CreateInvoiceItem

DATA = Path(__file__).parent.parent / "data" / "ehf"
COMPANY = (DATA / "company-invoice.xml").read_text("utf-8")
PERSON = (DATA / "person-invoice.xml").read_text("utf-8")
CREDIT_NOTE = (DATA / "credit-note.xml").read_text("utf-8")
SIGNED = ReadOptions(credit_sign="negative")

_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<s:StandardBusinessDocument
  xmlns:s="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
  <s:StandardBusinessDocumentHeader>
    <s:HeaderVersion>1.0</s:HeaderVersion>
    <s:DocumentIdentification><s:Type>Invoice</s:Type></s:DocumentIdentification>
  </s:StandardBusinessDocumentHeader>
{}
</s:StandardBusinessDocument>
"""


def changed(document: str, *changes: tuple[str, str]) -> str:
    """A document with some of its text replaced; each text has to be there."""
    for old, new in changes:
        assert old in document, old
        document = document.replace(old, new)
    return document


def without(document: str, *elements: str) -> str:
    """A document without the lines of simple elements."""
    lines = document.splitlines(keepends=True)
    for element in elements:
        assert any(f"<{element}" in line for line in lines), element
    return "".join(line for line in lines if not any(f"<{element}" in line for element in elements))


def enveloped(document: str) -> str:
    """A document as an access point stores it."""
    return _ENVELOPE.format(document.partition("?>")[2])


def read(path: Path, kind: RecordKind[Any] = INVOICES, options: ReadOptions = SIGNED) -> Row:
    """The one row of a file."""
    source = EhfDocuments(path, kind, options)
    (row,) = source
    source.close()
    return row


def read_text(tmp_path: Path, text: str | bytes, kind: RecordKind[Any] = INVOICES) -> Row:
    """The one row of a text."""
    path = tmp_path / "document.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, kind)


def invoice(tmp_path: Path, text: str | bytes) -> CreateInvoiceItem:
    """The invoice of a text."""
    row = read_text(tmp_path, text)
    assert isinstance(row, CreateInvoiceItem), row
    return row


def correction(tmp_path: Path, text: str) -> ByInvoiceNumber:
    """The correction of a text."""
    row = read_text(tmp_path, text, CORRECTIONS)
    assert isinstance(row, ByInvoiceNumber), row
    return row


def problem(row: Record | RowProblem) -> tuple[str | None, str]:
    """Element and reason of a problem."""
    assert isinstance(row, RowProblem), row
    return row.column, row.reason
