"""What a file is, from its first bytes."""

from __future__ import annotations

import codecs
from typing import Final

__all__ = ["EMPTY_ZIP", "OLE", "XML", "ZIP", "is_spreadsheet", "looks_like_html", "looks_like_xml", "what_else"]

ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML: Final = b"<"
_PARTS: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"mimetype", b"META-INF/", b"customXml/")
_SIGNS: Final = (
    (ZIP, "is a spreadsheet or a zip file, and no text"),
    (EMPTY_ZIP, "is a zip file with nothing in it"),
    (OLE, "is an old Excel file (.xls) or one with a password; save it as .xlsx, without a password"),
    (b"%PDF", "is a PDF document, which cannot be read; export the records as CSV"),
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"BZh", "is compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ\x00", "is compressed (xz); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"SQLite format 3", "is an SQLite database; export the records as CSV"),
    (b"{\\rtf", "is a text document (RTF); export the records as CSV"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"\x89PNG", "is a picture"),
)


def _text_start(start: bytes) -> bytes:
    return start.removeprefix(codecs.BOM_UTF8).lstrip()


def looks_like_html(start: bytes) -> bool:
    """Whether a file that starts so is a web page, as some systems save tables under the name of a spreadsheet."""
    begin = _text_start(start)[:1000].lower()
    return begin.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style"))


def what_else(start: bytes) -> str | None:
    """What a file that is no text is, with what to do about it; None if it may be a text."""
    for sign, what in _SIGNS:
        if start.startswith(sign):
            return what
    if looks_like_html(start):
        return "is a web page (HTML), whatever its name; export the records as CSV or .xlsx"
    if _text_start(start).startswith(XML):
        return "is XML, and no table; EHF invoices are read from files whose name ends in .xml"
    return None


def looks_like_xml(start: bytes) -> bool:
    """Whether a file that starts so is XML, and no web page."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode()
    return _text_start(start).startswith(XML) and not looks_like_html(start)


def is_spreadsheet(start: bytes) -> bool:
    """Whether a zip file that starts so is an Office or OpenDocument file, and no archive of documents."""
    # The name of the first entry stands 30 bytes from the beginning.
    return start.startswith(ZIP) and start[30:].startswith(_PARTS)
