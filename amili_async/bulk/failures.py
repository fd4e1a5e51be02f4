"""The files of records that did not get through."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path
from typing import IO

from amili_async.bulk.chunks import Entry
from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.errors import BulkError

__all__ = ["FailureFiles", "failure_paths"]


def failure_paths(path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """The file for what may be sent again, and the one beside it for what has to be looked up."""
    again = Path(path)
    return again, again.with_name(f"{again.stem}.unknown{again.suffix}")


class FailureFiles:
    """Writes records as JSON Lines while the run goes on: what may be sent again, and what a person has to look up.

    REJECTED and UNSENT records go to the given file, which can be the input of the next run. UNKNOWN ones go to a
    second file beside it (`rest.jsonl`, `rest.unknown.jsonl`), because sending those again may dun somebody twice. So
    do those refused because an earlier run sent their key with another body. Both hold personal data, as the records
    do, and can be read by their owner only.

    A run that takes up an earlier one tells of all records again, so it begins new files, and the earlier ones are set
    aside under a number (`rest.1.jsonl`): what they hold may have got through since.

    Args:
        path: The first file.
        resuming: The run takes up an earlier one.

    Raises:
        BulkError: A file cannot be made; or the run does not take up an earlier one, and a file is there already and
            not empty: it may hold what is left of another run, or be the very input of this one.
    """

    def __init__(self, path: str | os.PathLike[str], *, resuming: bool = False) -> None:
        self._paths = dict(zip((False, True), failure_paths(path), strict=True))
        self._files: dict[bool, IO[bytes]] = {}
        taken = [target for target in self._paths.values() if _is_taken(target)]
        if taken and not resuming:
            raise BulkError(f"failures: {taken[0]} is there already and not empty; move it away or give another name")
        for target in taken:
            _set_aside(target)
        self._open(unknown=False)

    def write(self, entry: Entry, status: OutcomeStatus) -> None:
        """Write one record; `flush` makes it safe."""
        unknown = status is OutcomeStatus.UNKNOWN
        file = self._files.get(unknown) or self._open(unknown=unknown)
        file.write(entry.content + b"\n")

    def flush(self) -> None:
        """Hand what was written to the operating system."""
        for file in self._files.values():
            file.flush()

    def close(self) -> None:
        """Finish both files."""
        for file in self._files.values():
            file.close()

    def _open(self, *, unknown: bool) -> IO[bytes]:
        path = self._paths[unknown]
        try:
            # Owner only from the first byte on: the records name people and what they owe.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            if stat.S_ISREG(os.fstat(descriptor).st_mode):  # it may have been there, empty; a device is left as it is
                os.fchmod(descriptor, 0o600)
        except OSError as error:
            raise BulkError(f"failures: {path} cannot be written ({error.strerror})") from error
        file = os.fdopen(descriptor, "ab")
        self._files[unknown] = file
        return file


def _is_taken(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise BulkError(f"failures: {path} cannot be looked at ({error.strerror})") from error


def _set_aside(path: Path) -> None:
    names = (path.with_name(f"{path.stem}.{number}{path.suffix}") for number in itertools.count(1))
    try:
        path.rename(next(name for name in names if not name.exists()))
    except OSError as error:
        raise BulkError(f"failures: {path} cannot be set aside ({error.strerror})") from error
