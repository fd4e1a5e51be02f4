"""Which format a file is in: told by its content, and by its name where several look alike."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, cast

from amili_async.importers.csv_source import CsvRecords
from amili_async.importers.files import open_file
from amili_async.importers.json_source import JsonRecords
from amili_async.importers.jsonl_source import JsonLinesRecords
from amili_async.importers.kinds import RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import SourceError
from amili_async.importers.records import Record
from amili_async.importers.signatures import ZIP, is_spreadsheet, looks_like_xml
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
        return _documents("archives", "open_archive", path, kind, options)
    with open_file(path) as file:
        start = file.read(2000)
    suffix = path.suffix.lower()
    spreadsheet = is_spreadsheet(start) or (start.startswith(ZIP) and suffix in _SPREADSHEETS)
    if start.startswith(ZIP) and not spreadsheet:
        return _documents("archives", "open_archive", path, kind, options)
    if looks_like_xml(start):
        return _documents("ehf", "EhfDocuments", path, kind, options)
    if options.seller is not None:
        raise SourceError(f"{path} is no EHF document and does not say who sells; push it without --seller")
    if spreadsheet:
        return _excel(path, kind, options)
    if suffix in _SPREADSHEETS and start:
        # CSV under this name is often an accident of a program, but whose, and in which state?
        raise SourceError(f"{path} has the name of a spreadsheet and is none; give it the name of what it is")
    if suffix in _JSON_LINES:
        return JsonLinesRecords(path, kind, options)
    if suffix == ".json":
        return JsonRecords(path, kind, options)
    return CsvRecords(path, kind, options)


def _excel(path: Path, kind: RecordKind[Record], options: ReadOptions) -> Source:
    if find_spec("openpyxl") is None or find_spec("defusedxml") is None:
        raise SourceError(f"{path} is a spreadsheet, which needs an extra: {_EXTRA}")
    from amili_async.importers.xlsx_source import ExcelRecords

    return ExcelRecords(path, kind, options)


def _documents(module: str, name: str, path: Path, kind: RecordKind[Record], options: ReadOptions) -> Source:
    """Open what holds EHF documents."""
    if find_spec("defusedxml") is None or find_spec("stdnum") is None:
        raise SourceError(f"{path} has to be read as EHF documents, which needs an extra: {_EXTRA}")
    opener = getattr(import_module(f"amili_async.importers.{module}"), name)
    return cast(Source, opener(path, kind, options))
