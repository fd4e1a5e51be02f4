"""Input files: opened and looked through as a whole first, then read once, in constant memory."""

from __future__ import annotations

import io
import os
import stat
import zlib
from array import array
from pathlib import Path
from typing import BinaryIO, Final

from amili_async.importers.encodings import find_encoding
from amili_async.importers.problems import SourceError
from amili_async.importers.signatures import what_else

__all__ = ["CHANGED", "TextFile", "open_file", "was_changed"]

CHANGED: Final = "the file was changed while it was read; what is new in it was not read"
_BLOCK: Final = 1 << 16
_BLANK: Final = b" \t\r\n"


class TextFile:
    """A text file.

    It is looked through from end to end when it is opened, so that a wrong encoding on the last line is found before
    anything is sent. What is added to it after that is not read. Nor is what was written over it: a push may take
    hours, and a row that begins in one export and ends in the next would be nobody's.

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
            self._sums = _sums(self._file, self._status.st_size, self.name)
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
        self._checked = _Checked(self._file, self._status.st_size, self._sums)
        # The bytes were checked; `replace` only matters where they end early.
        bounded = io.BufferedReader(self._checked, _BLOCK)
        self._text = io.TextIOWrapper(bounded, self._encoding, errors="replace", newline="\n")

    def read_line(self) -> str | None:
        """The next line with its end; empty at the end of the file, None if it is too long."""
        line = self._text.readline(self._longest_line + 1)
        if not line:
            return ""
        if not line.endswith("\n") and len(line) <= self._longest_line and self.was_changed():
            return ""  # whoever writes the file may not have been through with it
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
        return self._text.read(_BLOCK)

    def was_changed(self) -> bool:
        """Whether somebody has written to the file since it was opened."""
        return self._checked.is_other or was_changed(self._file, self._status)


def _sums(file: BinaryIO, size: int, name: str) -> array[int]:
    """A check sum of each block of a file, up to this size.

    Raises:
        SourceError: It is shorter by now.
    """
    file.seek(0)
    sums = array("L")
    while size > 0:
        block = file.read(min(_BLOCK, size))
        if not block:
            raise SourceError(f"{name} was changed while it was looked through; try again when it is complete")
        sums.append(zlib.crc32(block))
        size -= len(block)
    return sums


class _Checked(io.RawIOBase):
    """A file up to where it ended when it was opened, or to where it is not what it was then.

    Attributes:
        is_other: It is not what it was.
    """

    def __init__(self, file: BinaryIO, size: int, sums: array[int]) -> None:
        self._file = file
        self._left = size
        self._sums = iter(sums)
        self._block = memoryview(b"")
        self.is_other = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # the io module gives a buffer
        if not self._block and self._left and not self.is_other:
            self._next_block()
        data = self._block[: len(view)]
        self._block = self._block[len(data) :]
        view[: len(data)] = data
        return len(data)

    def _next_block(self) -> None:
        block = self._file.read(min(_BLOCK, self._left))
        self._left -= len(block)
        if zlib.crc32(block) == next(self._sums):
            self._block = memoryview(block)
        else:
            self.is_other = True


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
