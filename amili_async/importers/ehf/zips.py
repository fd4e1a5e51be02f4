"""Zip files, opened with care: nothing is unpacked to disk, and a small file cannot become a large one."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from amili_async.importers.ehf.elements import DocumentError
from amili_async.importers.ehf.folders import Contents, is_hidden
from amili_async.importers.problems import SourceError

__all__ = ["entries_of", "open_entry", "open_zip"]

_MOST_ENTRIES: Final = 100_000
_LARGEST_DIRECTORY: Final = 1 << 24
_LARGEST_TOTAL: Final = 20_000_000_000
# XML shrinks to a tenth or a thirtieth. Deflate can do one in a thousand, which is what bombs are made of.
_MOST_INFLATION: Final = 200
_INFLATION_ALLOWED: Final = 1_000_000
_BOMB: Final = "would become too large when unpacked, as attacks do; it is not read"
_ENCRYPTED: Final = 0x1
# Others would give out any amount at once.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class _TooLargeError(Exception):
    """The directory of a zip file is larger than that of any with a permitted number of entries."""


class _Limited(io.BufferedReader):
    """A file that does not give out more at once than the directory of a zip file may have."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise _TooLargeError
        return super().read(size)


class _ZipFile(zipfile.ZipFile):
    """A zip file that closes the file it reads."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        super().__init__(file)

    def close(self) -> None:
        super().close()
        self._file.close()


def open_zip(path: Path | str) -> zipfile.ZipFile:
    """Open a zip file and check its directory.

    Raises:
        SourceError: It cannot be used, or is made to do harm.
    """
    name = str(path)
    try:
        file = _Limited(io.FileIO(path))
    except OSError as error:
        raise SourceError(f"{name} cannot be opened: {error.strerror}") from None
    try:
        archive = _ZipFile(file)
        _check(archive, name, os.fstat(file.fileno()).st_size)
    except _TooLargeError:
        file.close()
        raise SourceError(f"{name} {_TOO_MANY}") from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        file.close()
        raise SourceError(f"{name} is no zip file that can be read, or only a part of one; get it anew") from None
    except BaseException:
        file.close()
        raise
    return archive


_TOO_MANY: Final = f"has more than {_MOST_ENTRIES:,} entries; split it"


def _check(archive: zipfile.ZipFile, name: str, size: int) -> None:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise SourceError(f"{name} {_TOO_MANY}")
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise SourceError(f"{name} is an Office file, not a zip file of documents")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SourceError(f"{name} is encrypted; unpack it, and push the folder")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise SourceError(f"{name} is packed in an unusual way; pack it with deflate, as zip programs do by default")
    total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if total > _LARGEST_TOTAL:
        raise SourceError(f"{name} has more than {_LARGEST_TOTAL // 1_000_000_000} GB in it; split it")
    # More than the file has: its entries lie over each other, so that few bytes are unpacked many times.
    if packed > size or _is_bomb(total, packed):
        raise SourceError(f"{name} {_BOMB}")


def _is_bomb(size: int, packed: int) -> bool:
    return size > _INFLATION_ALLOWED and size > _MOST_INFLATION * packed


def entries_of(archive: zipfile.ZipFile) -> tuple[Contents, dict[str, list[zipfile.ZipInfo]]]:
    """What a zip file holds, and its entries by name; a name may come twice."""
    contents, entries = Contents(), dict[str, list[zipfile.ZipInfo]]()
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        if any(map(is_hidden, entry.filename.split("/")[:-1])):
            contents.left["hidden files"] += 1
            continue
        contents.add_file(entry.filename)
        entries.setdefault(entry.filename, []).append(entry)
    contents.sort()
    return contents, entries


@contextmanager
def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """Open an entry to read it.

    Raises:
        DocumentError: It is damaged or made to do harm; also while it is read.
    """
    if _is_bomb(entry.file_size, entry.compress_size):
        raise DocumentError(_BOMB)
    try:
        with archive.open(entry) as file:
            yield file
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError, ValueError):
        raise DocumentError("is damaged in the zip file; get it anew") from None
