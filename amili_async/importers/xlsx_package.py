"""The package that an Excel file is: bounded before anything of it is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import IO, BinaryIO, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from amili_async.importers.problems import SourceError

__all__ = ["BROKEN", "ENTITIES", "check_package"]

BROKEN: Final = "cannot be read as a spreadsheet; open it in Excel, save it as .xlsx and try again"
ENTITIES: Final = "defines XML entities, as attacks do, and is not read"
_CONTENTS: Final = "[Content_Types].xml"
_MOST_PARTS: Final = 5_000
_LARGEST_DIRECTORY: Final = 1 << 20
_LARGEST_SHEET: Final = 2 << 30
# What stands before the rows of a sheet is held in memory, and so are all texts of the cells, which are one part.
_LONGEST_START: Final = 4 << 20
_LARGEST_PART: Final = 32 << 20
_TOO_MANY: Final = f"has more than {_MOST_PARTS:,} parts, which no table needs; it is not read"
# Tables of repeated texts are packed to a fortieth; bombs to a thousandth.
_MOST_PACKED: Final = 200
_ALWAYS_FINE: Final = 10 << 20


class _TooManyError(Exception):
    """The list of parts is longer than that of any spreadsheet."""


class _Limited(io.BufferedReader):
    """A file that does not give out more at once than a list of parts may have."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise _TooManyError
        return super().read(size)


def check_package(file: BinaryIO, name: str) -> None:
    """Make sure that a zip file is a spreadsheet, and that unpacking it fills neither memory nor time.

    Sizes are those that the package states: what is longer than stated is refused while it is read.

    Raises:
        SourceError: It is something else, or too large.
    """
    try:
        with (
            _Limited(io.FileIO(file.fileno(), closefd=False)) as limited,
            zipfile.ZipFile(limited) as package,
        ):
            _check(package, name)
    except _TooManyError:
        raise SourceError(f"{name} {_TOO_MANY}") from None
    except SourceError:
        raise
    except Exception:  # noqa: BLE001  # zipfile, zlib and the parser have many, and each means the same
        raise SourceError(f"{name} {BROKEN}") from None


def _check(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if _CONTENTS not in names:
        what = "an OpenDocument spreadsheet; save it as .xlsx" if "content.xml" in names else "a zip file, not a table"
        raise SourceError(f"{name} is {what}")
    if len(parts) > _MOST_PARTS:
        raise SourceError(f"{name} {_TOO_MANY}")
    if package.getinfo(_CONTENTS).file_size > 1 << 20:
        raise SourceError(f"{name} {BROKEN}")
    sheets = _sheets(package, name)
    for part in parts:
        size = part.file_size
        if size > _ALWAYS_FINE and size > part.compress_size * _MOST_PACKED:
            raise SourceError(f"{name} would unpack to more than {_MOST_PACKED} times its size, and is not read")
        if size > (_LARGEST_SHEET if part.filename in sheets else _LARGEST_PART):
            raise SourceError(f"{name} is too large to be read as a spreadsheet; save it as CSV")
    for sheet in sheets & names:
        with package.open(sheet) as content:
            if not _begins(content):
                raise SourceError(f"{name} {BROKEN}")


def _begins(sheet: IO[bytes]) -> bool:
    """Whether the rows of a sheet begin soon."""
    end, read = b"", 0
    while read < _LONGEST_START and (block := sheet.read(1 << 16)):
        if b"sheetData" in end + block:
            return True
        end = block[-10:]
        read += len(block)
    return False


def _sheets(package: zipfile.ZipFile, name: str) -> set[str]:
    """The parts that are sheets and nothing else.

    Raises:
        SourceError: The package is no spreadsheet.
    """
    try:
        contents = fromstring(package.read(_CONTENTS), forbid_dtd=True)
    except DefusedXmlException:
        raise SourceError(f"{name} {ENTITIES}") from None
    types: dict[str, set[str]] = {}
    for entry in contents:
        types.setdefault(entry.get("PartName", "").lstrip("/"), set()).add(entry.get("ContentType", ""))
    every = {type_ for found in types.values() for type_ in found}
    if any("sheet.binary" in type_ for type_ in every):
        raise SourceError(f"{name} is a binary spreadsheet (.xlsb); save it as .xlsx")
    if not any("spreadsheetml" in type_ or "ms-excel" in type_ for type_ in every):
        raise SourceError(f"{name} is an Office document and no spreadsheet")
    return {
        part
        for part, found in types.items()
        if "/worksheets/" in part and all(type_.endswith("worksheet+xml") for type_ in found)
    }
