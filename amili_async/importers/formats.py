"""Which format a file is in: told by its content, and by its name where several look alike."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from amili_async.importers.csv_source import CsvRecords
from amili_async.importers.files import open_file
from amili_async.importers.json_source import JsonRecords
from amili_async.importers.jsonl_source import JsonLinesRecords
from amili_async.importers.kinds import RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from amili_async.importers.records import Record
from amili_async.importers.signatures import EMPTY_ZIP, ZIP, is_spreadsheet, looks_like_xml
from amili_async.importers.source import Source

__all__ = ["open_source"]

_JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})
_SPREADSHEETS: Final = frozenset({".xlsx", ".xlsm"})
_EXTRA: Final = "pip install 'amili-async[cli]'"


def open_source(path: Path | str, kind: RecordKind[Record], options: ReadOptions) -> Source:
    """Open an input: a file with a table or with JSON, an EHF document, a folder or zip file of these documents.

    Args:
        path: Where it is.
        kind: What its records are.
        options: How to read it.

    Raises:
        SourceError: It cannot be used.
    """
    path = Path(path)
    if path.is_dir():
        return _archive(path, kind, options)
    with open_file(path) as file:
        start = file.read(2000)
    suffix = path.suffix.lower()
    if is_spreadsheet(start) or (start.startswith(ZIP) and suffix in _SPREADSHEETS):
        _refuse_options_of_ehf(path, options)
        return _excel(path, kind, options)
    if start.startswith((ZIP, EMPTY_ZIP)) or (suffix == ".zip" and start):
        return _archive(path, kind, options)
    if looks_like_xml(start) or (suffix == ".xml" and start):
        return _document(path, kind, options)
    _refuse_options_of_ehf(path, options)
    if suffix in _SPREADSHEETS and start:
        # CSV under this name is often an accident of a program, but whose, and in which state?
        raise SourceError(f"{path} has the name of a spreadsheet and is none; give it the name of what it is")
    if suffix in _JSON_LINES:
        return JsonLinesRecords(path, kind, options)
    if suffix == ".json":
        return JsonRecords(path, kind, options)
    return CsvRecords(path, kind, options)


def _refuse_options_of_ehf(path: Path, options: ReadOptions) -> None:
    """Refuse options that would do nothing for this file, where somebody relies on them.

    Raises:
        SourceError: One is given.
    """
    if options.seller is not None:
        raise SourceError(f"{path} is no EHF document and does not say who sells; push it without --seller")
    if options.credit_sign is not None:
        raise SourceError(
            f"{path} is no EHF document, so its amounts keep the signs that they have there; "
            "make sure that these are meant, and push it without --credit-sign"
        )


def _excel(path: Path, kind: RecordKind[Record], options: ReadOptions) -> Source:
    _needs(f"{path} is a spreadsheet", "openpyxl", "defusedxml")
    from amili_async.importers.xlsx_source import ExcelRecords

    return ExcelRecords(path, kind, options)


def _archive(path: Path, kind: RecordKind[Record], options: ReadOptions) -> Source:
    _needs(f"{path} is a folder or zip file of EHF documents", "defusedxml", "stdnum")
    from amili_async.importers.archives import open_archive

    return open_archive(path, kind, options)


def _document(path: Path, kind: RecordKind[Record], options: ReadOptions) -> Source:
    _needs(f"{path} is an EHF document", "defusedxml", "stdnum")
    from amili_async.importers.ehf import EhfDocuments

    return EhfDocuments(path, kind, options)


def _needs(what: str, *packages: str) -> None:
    """Make sure that packages are there that only some formats need.

    Raises:
        SourceError: One is missing.
    """
    if not all(map(find_spec, packages)):
        raise SourceError(f"{what}, which needs more packages: {_EXTRA}")
