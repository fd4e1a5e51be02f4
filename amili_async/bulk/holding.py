"""Records that wait until it is clear that they belong to the journal's list."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Final

from amili_async.bulk.admission import Recalled, Rejected
from amili_async.bulk.chunks import Entry

__all__ = ["Holding"]

Admitted = Entry | Recalled | Rejected

_BYTES_IN_MEMORY: Final = 4_000_000


class Holding:
    """First in, first out. A few are kept in memory, more in a nameless file that only this process can read."""

    def __init__(self) -> None:
        # Closed with the run, or with the process; it has no name by which anything could be left over.
        self._file = SpooledTemporaryFile(_BYTES_IN_MEMORY)  # noqa: SIM115
        self._written = 0
        self._read_to = 0

    def put(self, admitted: Admitted) -> None:
        """Keep a record.

        Raises:
            OSError: The disk is full. What was kept before can be had all the same.
        """
        content = pickle.dumps(admitted)
        self._file.seek(self._written)
        self._file.write(content)
        self._written += len(content)

    def take_all(self) -> Iterator[Admitted]:
        """What is kept, one by one. Each is given once; who stops early may go on later."""
        while self._read_to < self._written:
            self._file.seek(self._read_to)
            admitted: Admitted = pickle.load(self._file)  # noqa: S301  # written by `put`, and by nobody else
            self._read_to = self._file.tell()
            yield admitted

    def close(self) -> None:
        """Forget everything."""
        self._file.close()
