"""What stands between the columns of a CSV file: found out from its header, or given."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from typing import Final, Protocol

from amili_async.importers.names import title_key
from amili_async.importers.problems import SourceError

__all__ = ["delimiter_of"]

_DELIMITERS: Final = (",", ";", "\t", "|")
_NAMES: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}


class Lines(Protocol):
    """The lines of a file, of which the next one can be looked at."""

    def peek(self) -> str | None:
        """The next line, which is still to come; empty at the end of the file, None if it is too long."""
        ...

    def __next__(self) -> str: ...


def delimiter_of(lines: Lines, known: Collection[str], given: str | None, name: str) -> str:
    """The sign between the columns.

    Args:
        lines: The file, before its header; a line that only names the sign is taken.
        known: Names that a column may have, as they are compared.
        given: What the user said.
        name: The file.

    Raises:
        SourceError: It cannot be told, or what was given cannot be one.
    """
    line = lines.peek()
    # Excel's own way to say it.
    if line and (excel := re.fullmatch(r'"?sep=(.)"?\s*', line, re.IGNORECASE)):
        next(lines)
        return excel[1]
    if given is not None:
        delimiter = _NAMES.get(given.strip().lower(), given)
        if len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n ':
            raise SourceError(f'"{given}" cannot stand between columns; often used are comma, semicolon, tab and pipe')
        return delimiter
    if not line:
        return ","
    if line.lstrip().startswith(("{", "[")):
        raise SourceError(f"{name} looks like JSON; give it a name that ends in .json, or .jsonl for JSON Lines")
    # By how many columns of the header it makes known ones, and then by how often it is there.
    scores = [(*_score(line, delimiter, known), delimiter) for delimiter in _DELIMITERS]
    best = max(score[:2] for score in scores)
    found = [delimiter for *score, delimiter in scores if tuple(score) == best]
    if best == (1, 1) or best[1] == 1:
        return ","  # one column: whatever stands between others
    if len(found) > 1:
        raise SourceError(f"{name}: it cannot be told what stands between the columns; say so with --delimiter")
    return found[0]


def _score(line: str, delimiter: str, known: Collection[str]) -> tuple[int, int]:
    try:
        titles = next(csv.reader([line], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return 0, 1
    return sum(title_key(title) in known for title in titles), len(titles)
