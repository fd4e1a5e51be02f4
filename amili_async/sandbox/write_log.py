"""State that outlives the sandbox: every write that was acted on, in a file, done again at the next start.

The same writes at the same times give the same state, ids included: nothing but writes and time changes it. The file
holds what was sent, debtors included; it is made for its owner's eyes only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from amili_async.sandbox.jsonio import MAX_DEPTH, MalformedJsonError, decode_json, encode_json

if sys.platform != "win32":
    import fcntl

__all__ = ["WriteLog"]

_VERSION: Final = 1


class WriteLog:
    """A file with one JSON document per line: what it was made with, then the writes.

    Args:
        path: The file; it is made if it is not there.
        made_with: What has to be the same for the writes to give the same state.
    """

    def __init__(self, path: str | Path, made_with: Mapping[str, Any]) -> None:
        self._path = Path(path)
        self._header = {"sandbox": _VERSION, **made_with}
        self._file: int | None = None

    def read(self) -> Iterator[dict[str, Any]]:
        """The writes so far. A last line that was cut off is left out and overwritten.

        Raises:
            ValueError: The file is not a state file, or was made with other settings.
        """
        good = 0
        for number, line in enumerate(self._path.read_bytes().splitlines(keepends=True)):
            if not line.endswith(b"\n"):
                break
            try:
                entry = decode_json(line, max_depth=MAX_DEPTH + 1)  # a body is a part of it
            except MalformedJsonError:
                raise ValueError(f"{self._path} line {number + 1} is damaged: move the file away") from None
            if number == 0:
                self._check(entry)
            else:
                yield entry
            good += len(line)
        os.truncate(self._path, good)

    def open(self) -> None:
        """Take the file, so that no other sandbox writes to it; it is let go of with the process at the latest.

        Raises:
            OSError: The file cannot be written.
            ValueError: Another sandbox has it.
        """
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            self._lock(file)
        except BaseException:
            os.close(file)
            raise
        self._file = file

    def begin(self) -> None:
        """Write down what the file is made with, if it is new; call it after reading."""
        if self._file is not None and os.fstat(self._file).st_size == 0:
            self._write(self._header)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def add(self, **entry: Any) -> None:
        """Note a write."""
        if self._file is not None:
            self._write(entry)

    def clear(self) -> None:
        """Forget every write."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            self._write(self._header)

    def _lock(self, file: int) -> None:
        if sys.platform == "win32":  # not supported; there are no such locks
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(
                f"{self._path} is used by another sandbox that is running: stop that one, or use another file"
            ) from None
        except OSError as error:  # a file system without locks
            raise OSError(error.errno, f"cannot be locked ({error.strerror})", str(self._path)) from error

    def _write(self, entry: Mapping[str, Any]) -> None:
        if self._file is not None:
            os.write(self._file, encode_json(entry) + b"\n")

    def _check(self, header: Any) -> None:
        wanted = decode_json(encode_json(self._header))
        if not isinstance(header, dict) or header.get("sandbox") != _VERSION:
            raise ValueError(f"{self._path} is not a state file of this sandbox")
        other = sorted(name for name in wanted if wanted[name] != header.get(name))
        if other:
            raise ValueError(f"{self._path} was made with another {' and '.join(other)}; use the same, or another file")


def parse_instant(text: str) -> datetime:
    """An instant as it stands in the file."""
    return msgspec.convert(text, datetime)
