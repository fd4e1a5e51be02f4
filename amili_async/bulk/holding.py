"""Records that wait until it is clear that they belong to the journal's list."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Final

from amili_async.bulk.admission import Recalled, Rejected
from amili_async.bulk.chunks import Entry

__all__ = ["Holding"]

Admitted = Entry | Recalled | Rejected

_BYTES_IN_MEMORY: Final = 4_000_000
_SIZE_BYTES: Final = 4


class Holding:
    """First in, first out. A few are kept in memory, more in a nameless file that only this process can read."""

    def __init__(self) -> None:
        self._few: deque[bytes] = deque()
        self._room = _BYTES_IN_MEMORY
        self._file: IO[bytes] | None = None
        self._written = 0
        self._read_to = 0

    def put(self, admitted: Admitted) -> None:
        """Keep a record.

        Raises:
            OSError: The disk is full. What was kept before can be had all the same.
        """
        content = pickle.dumps(admitted)
        self._room -= len(content)
        if self._file is None and self._room >= 0:
            self._few.append(content)
            return
        if self._file is None:
            # Gone with the run, or with the process: it has no name by which anything could be left over. Not buffered,
            # so that it is this record that fails when the disk is full, and not those before it.
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115
        self._file.seek(self._written)
        rest = memoryview(len(content).to_bytes(_SIZE_BYTES, "big") + content)
        size = len(rest)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._written += size

    def take_all(self) -> Iterator[Admitted]:
        """What is kept, one by one. Each is given once; who stops early may go on later.

        Raises:
            OSError: The file cannot be read.
        """
        while self._few:
            yield _loaded(self._few.popleft())
        while self._read_to < self._written:
            content = self._content(self._read_to)
            self._read_to += _SIZE_BYTES + len(content)
            yield _loaded(content)

    def look(self) -> Iterator[Admitted]:
        """What is kept, one by one, and kept all the same."""
        yield from map(_loaded, self._few)
        at = self._read_to
        while at < self._written:
            content = self._content(at)
            at += _SIZE_BYTES + len(content)
            yield _loaded(content)

    def close(self) -> None:
        """Forget everything."""
        self._few.clear()
        if self._file is not None:
            self._file.close()

    def _content(self, at: int) -> bytes:
        assert self._file is not None  # noqa: S101  # for the type checker: something was written
        self._file.seek(at)
        return self._exactly(int.from_bytes(self._exactly(_SIZE_BYTES), "big"))

    def _exactly(self, size: int) -> bytes:
        assert self._file is not None  # noqa: S101  # for the type checker: as above
        content = b""
        while len(content) < size:
            part = self._file.read(size - len(content))
            if not part:
                raise OSError("the file is shorter than what was written to it")
            content += part
        return content


def _loaded(content: bytes) -> Admitted:
    admitted: Admitted = pickle.loads(content)  # noqa: S301  # written by `put`, and by nobody else
    return admitted
