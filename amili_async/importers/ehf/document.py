"""Documents as rows: one from a file, or one of an archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

from attrs import field, frozen

from amili_async.importers.ehf.credit_note import correction_from
from amili_async.importers.ehf.elements import DocumentError, FieldProblemError, OtherDocumentError
from amili_async.importers.ehf.invoice import invoice_from
from amili_async.importers.ehf.parsing import Document, parse
from amili_async.importers.ehf.seller import check_seller, name_of_seller, wanted_seller
from amili_async.importers.files import was_changed
from amili_async.importers.kinds import KindName, RecordKind
from amili_async.importers.options import CreditSign, ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import Record, Row

__all__ = ["DocumentReader", "EhfDocuments", "blocks_of", "open_document", "problem_of"]

_BLOCK: Final = 1 << 16
_OF_KIND: Final[dict[KindName, str]] = {"invoices": "invoice", "corrections": "credit note"}
_SINGULAR: Final = {"invoice": "an invoice", "credit note": "a credit note"}
_COMMANDS: Final = {"invoice": "amili push invoices", "credit note": "amili push corrections"}


@frozen
class DocumentReader:
    """Makes rows of documents, for one kind of records.

    Attributes:
        kind: What the records are.
        sign: Sign of the amounts of corrections.
        seller: Organization number of the company whose documents are wanted; None takes those of all.
        sellers: What tells the companies apart whose records were given out. Not to be shown.
    """

    kind: KindName
    sign: CreditSign
    seller: str | None = None
    sellers: set[str] = field(factory=set, init=False, repr=False)

    @classmethod
    def of(cls, name: str, kind: RecordKind[Record], options: ReadOptions) -> DocumentReader:
        """The reader for what a user asked for.

        Args:
            name: The file or archive, for messages.
            kind: What the records are.
            options: How to read it.

        Raises:
            SourceError: There are no such records in documents, the sign of credits was not chosen, or the seller is
                no organization number.
        """
        if kind.name not in _OF_KIND:
            raise SourceError(f"{name}: EHF documents are invoices and credit notes; there are no {kind.name} in them")
        if kind.name == "corrections" and options.credit_sign is None:
            raise SourceError(
                f"{name}: say which sign the amount of a credit note gets. Whether Amili takes a correction of -100.00 "
                "or of 100.00 as one that lowers the claim is not documented, and the wrong one would raise it; ask "
                "Amili, then give --credit-sign negative or --credit-sign positive (`credit_sign` in ReadOptions)"
            )
        seller = None if options.seller is None else wanted_seller(options.seller)
        return cls(kind.name, options.credit_sign or "negative", seller)

    def read(self, name: str, blocks: Iterable[bytes]) -> Row:
        """The record of a document, or what keeps it from being one.

        Args:
            name: What to call it in messages.
            blocks: Its bytes.

        Raises:
            OtherDocumentError: It is of a kind that is not wanted.
            DocumentError: It cannot be used at all.
        """
        document = parse(blocks)
        if document.kind != _OF_KIND[self.kind]:
            reason = f"is {_SINGULAR[document.kind]}, which `{_COMMANDS[document.kind]}` takes"
            raise OtherDocumentError(reason, f"{document.kind}s")
        try:
            return self._record(document)
        except FieldProblemError as problem:
            return RowProblem(name, problem.line, problem.element, problem.reason)

    def _record(self, document: Document) -> Record:
        root = document.root
        if self.seller is not None:
            check_seller(root, self.seller)
        record = invoice_from(root) if document.kind == "invoice" else correction_from(root, self.sign)
        self.sellers.add(name_of_seller(root))
        return record


class EhfDocuments:
    """One XML file with an invoice or a credit note.

    Attributes:
        name: The file, as the user named it.
        expected: 1; a file holds one document.
        line: 0, and 1 once it was given out.
        sellers: The company whose document it is; not to be shown.
    """

    def __init__(self, path: Path | str, kind: RecordKind[Record], options: ReadOptions) -> None:
        """Read the file.

        Raises:
            SourceError: It cannot be used at all.
        """
        self.name = str(path)
        self.expected = 1
        self.line = 0
        reader = DocumentReader.of(self.name, kind, options)
        self.sellers: Set[str] = reader.sellers
        try:
            with open_document(path) as file:
                self._row: Row = reader.read(self.name, blocks_of(file))
        except OtherDocumentError as error:
            # It is sound, so that it need not stop the other files.
            self._row = problem_of(self.name, error)
        except DocumentError as error:
            where = f" (line {error.line:,})" if error.line else ""
            raise SourceError(f"{self.name} {error.reason}{where}") from None

    def __iter__(self) -> Iterator[Row]:
        self.line = 1
        yield self._row

    def close(self) -> None:
        """Nothing is open: the file was read at once."""


def problem_of(name: str, error: DocumentError) -> RowProblem:
    """The problem of a document that cannot be used at all, among others."""
    return RowProblem(name, error.line or 1, None, f"the document {error.reason}")


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file, in blocks.

    Raises:
        DocumentError: They cannot be read, or somebody writes to the file meanwhile.
    """
    status = _status(file)
    try:
        while block := file.read(_BLOCK):
            yield block
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}") from None
    # The customer of one invoice and the amount of another would look like a sound document.
    if status is not None and was_changed(cast(BinaryIO, file), status):
        raise DocumentError("was changed while it was read; push it again once it is whole")


def _status(file: IO[bytes]) -> os.stat_result | None:
    try:
        return os.fstat(file.fileno())
    except OSError:
        return None  # an entry of a zip file, which has a checksum


def open_document(path: Path | str) -> IO[bytes]:
    """Open a file.

    Raises:
        DocumentError: It cannot be opened, or is a device, a pipe or the like.
    """
    try:
        file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  # closed by who asked for it
    except FileNotFoundError:
        raise DocumentError("is not there") from None
    except IsADirectoryError:
        raise DocumentError("is a folder") from None
    except PermissionError:
        raise DocumentError("may not be read by you") from None
    except OSError as error:
        raise DocumentError(f"cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise DocumentError("is not a regular file; save what it gives to one first")
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # a pipe has nobody at its other end, perhaps for ever
