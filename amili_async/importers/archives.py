"""Folders and zip files of EHF documents, one document after the other."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager
from pathlib import Path
from shlex import quote
from typing import IO, Final

from amili_async.importers.ehf.document import DocumentReader, blocks_of, open_document, problem_of
from amili_async.importers.ehf.elements import DocumentError, OtherDocumentError
from amili_async.importers.ehf.folders import PACKED, Contents, look_into
from amili_async.importers.ehf.zips import entries_of, open_entry, open_zip
from amili_async.importers.kinds import RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from amili_async.importers.records import Record, Row

__all__ = ["FolderDocuments", "ZipDocuments", "open_archive"]

# What takes the documents that a push leaves.
_TAKEN_BY: Final = {"invoices": "amili push invoices", "credit notes": "amili push corrections"}


def open_archive(path: Path, kind: RecordKind[Record], options: ReadOptions) -> FolderDocuments | ZipDocuments:
    """Open a folder, or a zip file.

    Args:
        path: Where it is.
        kind: What its records are.
        options: How to read it.

    Raises:
        SourceError: It cannot be used.
    """
    return FolderDocuments(path, kind, options) if path.is_dir() else ZipDocuments(path, kind, options)


class _Documents(ABC):
    """Documents in the order of their names. What is no invoice is left, and counted.

    One that cannot be read does not keep the others back.

    Attributes:
        name: The folder or file, as the user named it.
        line: How many documents have been read.
        sellers: What tells the companies apart whose records were given out; not to be shown.
    """

    def __init__(self, path: Path, reader: DocumentReader, contents: Contents) -> None:
        """Take over what is there.

        Raises:
            SourceError: There is no document.
        """
        self.name = str(path)
        self.line = 0
        self.sellers: Set[str] = reader.sellers
        self._reader = reader
        self._names = contents.documents
        self._others = contents.left
        self._left: Counter[str] = Counter()
        if not self._names:
            others = sum(self._others.values())
            beside = f", only {others:,} other files; name those that you want to push" if others else ""
            raise SourceError(f"{self.name} has no XML documents in it{beside}")

    @property
    def expected(self) -> int:
        """How many documents there are, without those that have been left so far."""
        return len(self._names) - self._left.total()

    @property
    def notes(self) -> list[str]:
        """What was left, in sentences; complete once all has been read."""
        notes = []
        for what, count in sorted(self._left.items()):
            command = _TAKEN_BY.get(what)
            why = f"`{command} {quote(self.name)}` takes them" if command else "they hold no invoices"
            notes.append(f"{self.name}: {what} left: {count:,} ({why})")
        notes += [f"{self.name}: {what} left: {count:,}" for what, count in sorted(self._others.items())]
        return notes

    def __iter__(self) -> Iterator[Row]:
        for name in self._names:
            self.line += 1
            shown = self._shown(name)
            try:
                if name.lower().endswith(".zip"):
                    raise DocumentError("is a zip file inside another folder or zip file; push it by itself")
                if name.lower().endswith(PACKED):
                    raise DocumentError("is compressed, and may hold invoices; unpack it, and push it")
                with self._open(name) as file:
                    row = self._reader.read(shown, blocks_of(file))
            except OtherDocumentError as other:
                self._left[other.what] += 1
            except DocumentError as error:
                yield problem_of(shown, error)
            else:
                yield row

    @abstractmethod
    def _open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open a document; raises DocumentError."""

    @abstractmethod
    def _shown(self, name: str) -> str:
        """What a document is called in messages."""

    @abstractmethod
    def close(self) -> None:
        """Close what is open."""


def _printable(name: str) -> str:
    """A name without what would move the cursor, colour the screen or fail to be encoded."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


class FolderDocuments(_Documents):
    """The documents in a folder and the folders in it."""

    def __init__(self, path: Path, kind: RecordKind[Record], options: ReadOptions) -> None:
        """See what is there.

        Raises:
            SourceError: It cannot be used.
        """
        super().__init__(path, DocumentReader.of(str(path), kind, options), look_into(str(path)))

    def close(self) -> None:
        """Nothing stays open between documents."""

    def _open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return open_document(os.path.join(self.name, name))

    def _shown(self, name: str) -> str:
        return _printable(os.path.join(self.name, name))


class ZipDocuments(_Documents):
    """The documents in a zip file. Nothing is unpacked to disk."""

    def __init__(self, path: Path, kind: RecordKind[Record], options: ReadOptions) -> None:
        """Open and check the file.

        Raises:
            SourceError: It cannot be used.
        """
        reader = DocumentReader.of(str(path), kind, options)
        self._archive = open_zip(path)
        try:
            contents, self._entries = entries_of(self._archive)
            super().__init__(path, reader, contents)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def _open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return open_entry(self._archive, self._entries[name].pop(0))

    def _shown(self, name: str) -> str:
        return _printable(f"{self.name}!{name}")
