"""Input files as lines of bytes: checked as a whole first, then read once, in constant memory."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from amili_async.importers.problems import SourceError

__all__ = ["TextFile"]

_BLOCK: Final = 1 << 20
# What a file starts with, and what it is then.
_SIGNS: Final = (
    (b"PK\x03\x04", "is a spreadsheet or a zip file; save it as CSV (UTF-8) first"),
    (codecs.BOM_UTF16_LE, "is in UTF-16; save it as UTF-8"),
    (codecs.BOM_UTF16_BE, "is in UTF-16; save it as UTF-8"),
    (b"<", "is XML or HTML, which is not read here; save the invoices as CSV"),
)


class TextFile:
    """A text file in UTF-8.

    It is looked through from end to end when it is opened, so that a wrong encoding on the last line is found before
    anything is sent. What is added to it after that is not read.

    Attributes:
        name: The file, as the user named it.
        count: How many lines it has.
        number: How many lines have been read.
        too_long: What is wrong with a line that is too long.
    """

    def __init__(self, path: Path | str, *, longest_line: int) -> None:
        """Open the file and check it.

        Args:
            path: Where it is.
            longest_line: Bytes of a line at most, its end included; longer ones are skipped.

        Raises:
            SourceError: It is missing, a directory, empty, binary or not in UTF-8.
        """
        self.name = str(path)
        self.number = 0
        self.too_long = f"the line is longer than {longest_line:,} bytes"
        self._longest_line = longest_line
        self._file = _open(path, self.name)
        try:
            self._status = os.fstat(self._file.fileno())
            self._left = self._status.st_size
            self.count = _look_through(self._file, self.name)
            self._file.seek(0)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read_line(self) -> str | None:
        """The next line with its end; empty at the end of the file, None if it is too long."""
        raw = self._take()
        self.number += bool(raw)
        if len(raw) > self._longest_line:
            while raw and not raw.endswith(b"\n"):
                raw = self._take()
            return None
        # The bytes were checked when the file was opened; `replace` only matters if it was changed since.
        return raw.decode("utf-8-sig" if self.number == 1 else "utf-8", "replace")

    def was_changed(self) -> bool:
        """Whether somebody has written to the file since it was opened."""
        now = os.fstat(self._file.fileno())
        return (now.st_size, now.st_mtime_ns) != (self._status.st_size, self._status.st_mtime_ns)

    def _take(self) -> bytes:
        raw = self._file.readline(min(self._longest_line + 1, self._left))
        self._left -= len(raw)
        return raw


def _open(path: Path | str, name: str) -> BinaryIO:
    try:
        file = open(path, "rb")  # noqa: SIM115  # closed by the class that asked for it
    except FileNotFoundError:
        raise SourceError(f"{name}: there is no such file") from None
    except IsADirectoryError:
        raise SourceError(f"{name} is a directory; name the files in it") from None
    except PermissionError:
        raise SourceError(f"{name}: you may not read this file") from None
    except OSError as error:
        raise SourceError(f"{name} cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise SourceError(f"{name} is not a regular file; save what it gives to one first, since it is read twice")
    return file


def _look_through(file: BinaryIO, name: str) -> int:
    """Check every byte; count the lines."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    lines, block, last = 0, file.read(_BLOCK), b""
    if not block.strip(b" \t\r\n"):
        raise SourceError(f"{name} is empty")
    for sign, what in _SIGNS:
        if block.removeprefix(codecs.BOM_UTF8).startswith(sign):
            raise SourceError(f"{name} {what}")
    while block:
        if b"\0" in block:
            raise SourceError(f"{name} is a binary file")
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            line = lines + error.object[: error.start].count(b"\n") + 1
            byte = error.object[error.start]
            raise SourceError(
                f"{name}: line {line:,} is not UTF-8 (byte 0x{byte:02X}); save the file as UTF-8"
            ) from None
        lines += block.count(b"\n")
        last = block[-1:]
        block = file.read(_BLOCK)
    if decoder.getstate()[0]:
        raise SourceError(f"{name}: line {lines + 1:,} breaks off in the middle of a letter; write the file anew")
    return lines + (last != b"\n")
