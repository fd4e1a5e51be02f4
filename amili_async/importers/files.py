"""Input files: opened and looked through as a whole first, then read once, in constant memory."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from amili_async.importers.encodings import find_encoding
from amili_async.importers.problems import SourceError
from amili_async.importers.signatures import what_else

__all__ = ["CHANGED", "TextFile", "open_file", "was_changed"]

CHANGED: Final = "the file was changed while it was read; what was added was not read"
_BLANK: Final = b" \t\r\n"


class TextFile:
    """A text file.

    It is looked through from end to end when it is opened, so that a wrong encoding on the last line is found before
    anything is sent. What is added to it after that is not read.

    Attributes:
        name: The file, as the user named it.
        count: How many lines it has.
        number: How many lines have been read.
        notes: What the user should know about how it is read.
        too_long: What is wrong with a line that is too long.
    """

    def __init__(
        self, path: Path | str, *, longest_line: int, encoding: str | None = None, only_unicode: bool = False
    ) -> None:
        """Open the file and check it.

        Args:
            path: Where it is.
            longest_line: Characters of a line at most, its end included; longer ones are skipped.
            encoding: Its encoding; found out if not given.
            only_unicode: Whether its format is never in anything but Unicode, unless `encoding` says so.

        Raises:
            SourceError: It is missing, a directory, empty, binary or in no single encoding.
        """
        self.name = str(path)
        self.number = 0
        self.too_long = f"the line is longer than {longest_line:,} characters"
        self._longest_line = longest_line
        self._file = open_file(path)
        try:
            self._status = os.fstat(self._file.fileno())
            refuse_others(self._file, self.name)
            found = find_encoding(self._file, self.name, encoding, only_unicode=only_unicode)
            self.count = found.lines
            self.notes = [found.note] if found.note else []
            self._encoding = found.encoding
            self.rewind()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def rewind(self) -> None:
        """Begin again."""
        self.number = 0
        self._file.seek(0)
        bounded = io.BufferedReader(_Beginning(self._file, self._status.st_size), 1 << 16)
        # The bytes were checked; `replace` only matters if the file was changed since.
        self._text = io.TextIOWrapper(bounded, self._encoding, errors="replace", newline="\n")

    def read_line(self) -> str | None:
        """The next line with its end; empty at the end of the file, None if it is too long."""
        line = self._text.readline(self._longest_line + 1)
        if not line:
            return ""
        if self.number == 0:
            line = line.removeprefix("\ufeff") or "\n"
        self.number += 1
        if len(line) > self._longest_line:
            while line and not line.endswith("\n"):
                line = self._text.readline(self._longest_line)
            return None
        return line

    def read_block(self) -> str:
        """The next piece of text, whatever its lines; empty at the end of the file."""
        return self._text.read(1 << 16)

    def was_changed(self) -> bool:
        """Whether somebody has written to the file since it was opened."""
        return was_changed(self._file, self._status)


class _Beginning(io.RawIOBase):
    """A file up to where it ended when it was opened."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # the io module gives a buffer
        data = self._file.read(min(len(view), self._left))
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)


def was_changed(file: BinaryIO, status: os.stat_result) -> bool:
    """Whether somebody has written to a file since it had this status."""
    now = os.fstat(file.fileno())
    return (now.st_size, now.st_mtime_ns) != (status.st_size, status.st_mtime_ns)


def open_file(path: Path | str) -> BinaryIO:
    """Open a file that can be read twice.

    Raises:
        SourceError: It is missing, a directory, or none that could be read twice.
    """
    name = str(path)
    try:
        # Asked first, since opening a pipe waits for somebody to write to it.
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(f"{name} is a directory; name the files in it")
        if not stat.S_ISREG(mode):
            raise SourceError(f"{name} is not a regular file; save what it gives to one first, since it is read twice")
        return open(path, "rb")
    except FileNotFoundError:
        raise SourceError(f"{name}: there is no such file") from None
    except PermissionError:
        raise SourceError(f"{name}: you may not read this file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise SourceError(f"{name} cannot be opened: {why}") from None


def refuse_others(file: BinaryIO, name: str) -> None:
    """Make sure that a file is not empty, and may be a text.

    Raises:
        SourceError: It is something else.
    """
    block = file.read(1 << 16)
    start = block
    while block and not block.strip(_BLANK):
        block = file.read(1 << 16)
    file.seek(0)
    if not block:
        raise SourceError(f"{name} is empty")
    if found := what_else(start):
        raise SourceError(f"{name} {found}")
