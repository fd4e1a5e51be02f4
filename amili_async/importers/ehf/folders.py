"""What a folder holds."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from attrs import define, field

from amili_async.importers.problems import SourceError

__all__ = ["PACKED", "Contents", "is_hidden", "look_into"]

# They are not unpacked here, but may hold invoices, which would be lost silently.
PACKED: Final = (".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar")

_JOURNAL: Final = re.compile(r"amili-invoices\..+\.journal(-wal|-shm|-journal)?")


@define
class Contents:
    """What is in a folder or a zip file, by name.

    Attributes:
        documents: XML files, and what may hold some: zip files and other packed ones.
        left: How many there are of everything else, by what it is.
    """

    documents: list[str] = field(factory=list)
    left: Counter[str] = field(factory=Counter)

    def add_file(self, name: str) -> None:
        """There is a file of this name."""
        last = name.rpartition("/")[2]
        if _JOURNAL.fullmatch(last):
            return  # the push that reads the folder keeps it there
        if is_hidden(last):
            self.left["hidden files"] += 1
        elif last.lower().endswith((".xml", ".zip", *PACKED)):
            self.documents.append(name)
        else:
            self.left["files not named .xml"] += 1

    def sort(self) -> None:
        """Bring the documents into an order that does not depend on the file system."""
        self.documents.sort(key=lambda name: name.split("/"))


def is_hidden(name: str) -> bool:
    """Whether a file or folder is one that systems keep for themselves."""
    return name.startswith(".") or name == "__MACOSX"


def look_into(folder: str) -> Contents:
    """What a folder and the folders in it hold, with paths from there. Links to folders are not followed.

    Raises:
        SourceError: One of them may not be read, so that it is not known what it holds.
    """
    contents, waiting = Contents(), [""]
    while waiting:
        inner = waiting.pop()
        for entry in _entries(os.path.join(folder, inner)):
            name = f"{inner}/{entry.name}" if inner else entry.name
            if entry.is_dir(follow_symlinks=False):
                if is_hidden(entry.name):
                    contents.left["hidden folders"] += 1
                else:
                    waiting.append(name)
            elif entry.is_symlink() and os.path.isdir(entry.path):  # its own `is_dir` fails for a link to itself
                contents.left["links to folders"] += 1
            else:
                contents.add_file(name)
    contents.sort()
    return contents


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror}") from None
