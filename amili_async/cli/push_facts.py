"""What is told of records once their outcomes are known, kept until then in bounded memory."""

from __future__ import annotations

import json
from array import array
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Final, NamedTuple

__all__ = ["Facts", "WaitingFacts"]

_IN_MEMORY: Final = 20_000
_NOT_IN_FILE: Final = -1


class Facts(NamedTuple):
    """What is told of a record once its outcome is known.

    Attributes:
        label: What a person knows it by.
        amount: Its amount.
        currency: The currency of that.
    """

    label: str | None
    amount: Decimal | None
    currency: str | None


class WaitingFacts:
    """The facts of records whose outcomes are to come, by their number.

    Mostly these are the records under way. But a list of payments that is taken up waits as a whole until it is known
    for the journal's, and what does not fit in memory then goes to a nameless file that only this process can read.

    Args:
        in_memory: How many are kept in memory.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._kept: dict[int, Facts] = {}
        self._given = 0
        self._file: IO[bytes] | None = None
        self._first = 0
        self._places = array("q")
        self._end = 0
        self._at_end = True

    def put(self, facts: Facts) -> None:
        """Keep those of the next record."""
        number, self._given = self._given, self._given + 1
        if len(self._kept) < self._in_memory:
            self._kept[number] = facts
            place = _NOT_IN_FILE
        else:
            place = self._write(facts, number)
        if self._file is not None:
            self._places.append(place)

    def pop(self, number: int) -> Facts:
        """Those of a record, which are forgotten with that."""
        if number in self._kept:
            return self._kept.pop(number)
        if self._file is None:
            raise KeyError(number)
        self._at_end = False
        self._file.seek(self._places[number - self._first])
        label, amount, currency = json.loads(self._file.readline())
        return Facts(label, None if amount is None else Decimal(amount), currency)

    def close(self) -> None:
        """Forget everything."""
        self._kept.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, facts: Facts, number: int) -> int:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115
            self._first = number
        label, amount, currency = facts
        if not self._at_end:  # seeking would write out what is buffered
            self._file.seek(self._end)
            self._at_end = True
        place = self._end
        line = json.dumps([label, None if amount is None else str(amount), currency])
        self._end += self._file.write(f"{line}\n".encode())
        return place
