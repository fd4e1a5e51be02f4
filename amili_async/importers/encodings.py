"""Which encoding a text file is in: found out from all of its bytes, or given. What is in two of them is refused."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final

from attrs import frozen

from amili_async.importers.problems import SourceError

__all__ = ["Text", "find_encoding"]

_BLOCK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# Signs that Windows-1252 has no letters for, but old systems have: a letter of DOS or of a Mac in the middle of a word.
_OTHER_LETTERS: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|(?<=[A-Za-z])[\x86\x8b\x8c\x9b\xbe\xbf](?=[a-z])")
_BINARY: Final = "is a binary file (if it is UTF-16, say --encoding utf-16)"
_OTHERS: Final = "if it is in another encoding, like cp865 or mac-roman, say so with --encoding"


@frozen
class Text:
    """What a text file is in.

    Attributes:
        encoding: Its encoding, as Python calls it.
        lines: How many lines it has.
        note: What the user should know about the choice.
    """

    encoding: str
    lines: int
    note: str | None = None


def find_encoding(file: BinaryIO, name: str, given: str | None, *, only_unicode: bool = False) -> Text:
    """Look through a file from end to end.

    Args:
        file: It, read from its beginning.
        name: What the user calls it.
        given: The encoding, if the user said it.
        only_unicode: Whether its format is never in anything but Unicode, unless the user says so.

    Raises:
        SourceError: It is no text, or in none or several of the encodings that can be told apart.
    """
    start = file.read(4)
    file.seek(0)
    boms = [encoding for bom, encoding in _BOMS if start.startswith(bom)]
    if given is not None:
        encoding = _known(given, boms[0] if boms else None, name)
        return Text(encoding, _count(file, name, encoding))
    if start == codecs.BOM_UTF32_LE or start == codecs.BOM_UTF32_BE:
        raise SourceError(f"{name} is in UTF-32; save it as UTF-8")
    if boms:
        return Text(boms[0], _count(file, name, boms[0]))
    try:
        return Text("utf-8", _count(file, name, "utf-8"))
    except _NotDecodedError as error:
        file.seek(0)
        lines = _check_windows(file, name, error, only_unicode=only_unicode)
    note = f"{name} is not in UTF-8 and was read as Windows-1252; if its letters come out wrong, say --encoding"
    return Text("windows-1252", lines, note)


def _known(given: str, bom: str | None, name: str) -> str:
    """The codec of this name.

    Raises:
        SourceError: There is none for texts, or the file says of itself that it is in another.
    """
    try:
        encoding = codecs.lookup(given).name
        "æ".encode(encoding, "ignore").decode(encoding)
    except (LookupError, ValueError, TypeError):
        raise SourceError(f'there is no encoding "{given}"; often used are utf-8, utf-16, windows-1252') from None
    if bom is None:
        # Without a mark it is as Windows writes it; the other way round no header would be found.
        return "utf-16-le" if encoding == "utf-16" else encoding
    if not encoding.startswith(bom.removesuffix("-sig")):
        raise SourceError(f"{name} begins with the mark of {bom.removesuffix('-sig').upper()}, and is not in {given}")
    return bom


class _NotDecodedError(SourceError):
    """These bytes are not in the encoding."""

    def __init__(self, name: str, encoding: str, line: int, byte: int | None) -> None:
        shown = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
        what = shown.get(encoding, encoding)
        if byte is None:
            super().__init__(f"{name}: line {line:,} breaks off in the middle of a letter; write the file anew")
        else:
            super().__init__(f"{name}: line {line:,} is not {what} (byte 0x{byte:02X}); save the file as UTF-8")
        self.line = line
        self.byte = byte


def _count(file: BinaryIO, name: str, encoding: str) -> int:
    """Decode everything; count the lines."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines, last = 0, ""
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "ignore")
            at_end = not block or error.reason == "truncated data"
            byte = None if at_end else error.object[error.start]
            raise _NotDecodedError(name, encoding, lines + before.count("\n") + 1, byte) from None
        if "\0" in text:
            raise SourceError(f"{name} {_BINARY if encoding in ('utf-8', 'utf-8-sig') else 'is a binary file'}")
        lines += text.count("\n")
        last = text[-1:] or last
        if not block:
            return lines + (last != "\n")


def _check_windows(file: BinaryIO, name: str, error: _NotDecodedError, *, only_unicode: bool) -> int:
    """Make sure that a file that is not UTF-8 is Windows-1252; count the lines.

    Raises:
        SourceError: It may as well be something else.
    """
    if only_unicode:
        raise SourceError(f"{error.message}, or say --encoding if it is in another on purpose") from None
    if error.byte is None:
        raise error  # the file was cut: that is no other encoding
    lines, last = 0, b""
    # To the end of a line, so that no letter is cut in two.
    while block := file.read(_BLOCK) + file.readline(_BLOCK):
        if b"\0" in block:
            raise SourceError(f"{name} {_BINARY}")
        if found := _UTF8.search(block):
            line = lines + block.count(b"\n", 0, found.start()) + 1
            where = f"line {line:,} is in UTF-8 and line {error.line:,} is not"
            if line == error.line:
                where = f"line {line:,} holds UTF-8 and something else"
            raise SourceError(f"{name} mixes encodings: {where}; write the file anew in one")
        if found := _OTHER_LETTERS.search(block):
            line = lines + block.count(b"\n", 0, found.start()) + 1
            what = f"line {line:,} is neither UTF-8 nor Windows-1252 (byte 0x{found[0][0]:02X})"
            raise SourceError(f"{name}: {what}; {_OTHERS}")
        lines += block.count(b"\n")
        last = block[-1:]
    return lines + (last != b"\n")
