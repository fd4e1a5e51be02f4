"""What is known of each record key: from earlier runs, and from this one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, IntEnum
from typing import Final

from amili_async.bulk.digests import BODY_BYTES, KEY_BYTES
from amili_async.bulk.keys import find_aligned

__all__ = ["Known", "Register", "Standing"]

_SHARD: Final = 2
_KEY: Final = KEY_BYTES - _SHARD
_STANDING_AT: Final = _KEY + BODY_BYTES
_STRIDE: Final = _STANDING_AT + 1
_MET: Final = 0x80
_MET_BYTE: Final = bytes((_MET,))


class Standing(IntEnum):
    """How a record stands in the journal when a run begins."""

    FREE = 0
    """It never arrived: it may be sent."""
    ACCEPTED = 1
    REJECTED = 2
    PENDING = 3
    """It left, and its end is not known: its chunk has to be followed up."""


class Known(Enum):
    """What a record that comes from the source is, as far as keys and bodies tell."""

    NEW = "to be sent"
    SAME = "key and body came before in this run"
    CHANGED = "the key came before in this run with another body"
    ACCEPTED = "an earlier run got it accepted"
    REJECTED = "an earlier run got it rejected"
    PENDING = "an earlier run sent it, and did not see its end"
    CHANGED_SINCE = "an earlier run sent the key with another body"


class Register:
    """The one thing that grows with the source, so it is kept small.

    19 bytes a record, against some 200 in a dict: digests laid side by side in 65,536 rows.
    """

    def __init__(self) -> None:
        self._rows: dict[bytes, bytearray] = {}
        self.is_old = False
        """Whether an earlier run has left anything."""
        self.missing = 0
        """Records that Amili has by the journal, or may have, and that have not come from the source so far."""
        self.unseen = 0
        """Records that have come from the source, and whose key the journal does not have."""

    def note(self, record: bytes, standing: Standing) -> None:
        """Take over from the journal how a record stands; the last word on a key counts."""
        self.is_old = True
        row, at = self._find(record)
        if at < 0:
            row += record[_SHARD:]
            row.append(standing)
        else:
            self.missing -= row[at + _STANDING_AT] in _TAKEN
            row[at + _KEY : at + _STRIDE] = record[KEY_BYTES:] + bytes((standing,))
        self.missing += standing in _TAKEN

    def meet(self, record: bytes) -> Known:
        """A record came from the source: say what it is, and remember that it came."""
        row, at = self._find(record)
        if at < 0:
            row += record[_SHARD:] + _MET_BYTE
            self.unseen += 1
            return Known.NEW
        standing = row[at + _STANDING_AT]
        same = row[at + _KEY : at + _STANDING_AT] == record[KEY_BYTES:]
        if standing & _MET:
            return Known.SAME if same else Known.CHANGED
        if _may_be_sent(standing, same=same):
            row[at + _KEY : at + _STRIDE] = record[KEY_BYTES:] + bytes((standing | _MET,))
            return Known.NEW
        if not same:
            return Known.CHANGED_SINCE  # not remembered: the record as it was may still come
        row[at + _STANDING_AT] = standing | _MET
        self.missing -= standing in _TAKEN
        return _BY_STANDING[Standing(standing)]

    def not_met(self) -> Iterator[bytes]:
        """Those that are `missing`."""
        for shard, row in self._rows.items():
            for at in range(0, len(row), _STRIDE):
                if row[at + _STANDING_AT] in _TAKEN:
                    yield shard + row[at : at + _STANDING_AT]

    def is_taken(self, record: bytes) -> bool:
        """Whether Amili has something under this record's key, or may have it, from this run or an earlier one."""
        row, at = self._find(record)
        standing = row[at + _STANDING_AT] if at >= 0 else 0
        return bool(standing & _MET) or standing in _TAKEN

    def is_new(self, record: bytes) -> bool:
        """Whether `meet` will call it new, and it will be sent."""
        row, at = self._find(record)
        if at < 0:
            return True
        standing = row[at + _STANDING_AT]
        same = row[at + _KEY : at + _STANDING_AT] == record[KEY_BYTES:]
        return _may_be_sent(standing, same=same)

    def recalls(self, record: bytes) -> bool:
        """Whether an earlier run has dealt with this very record, and it has not come in this one."""
        row, at = self._find(record)
        known = row[at + _KEY : at + _STRIDE] if at >= 0 else b""
        return known[:-1] == record[KEY_BYTES:] and known[-1] in _BY_STANDING

    def standing(self, record: bytes) -> Standing:
        """How this very record stands in the journal; one that does not stand there has never left."""
        row, at = self._find(record)
        known = row[at + _KEY : at + _STRIDE] if at >= 0 else b""
        return Standing(known[-1] & ~_MET) if known[:-1] == record[KEY_BYTES:] else Standing.FREE

    def has_sent(self, record: bytes) -> bool:
        """Whether Amili has this very record by an earlier run, or may have it."""
        return self.standing(record) in _TAKEN

    def _find(self, record: bytes) -> tuple[bytearray, int]:
        shard = record[:_SHARD]
        row = self._rows.get(shard)
        if row is None:
            self._rows[shard] = row = bytearray()
            return row, -1
        return row, find_aligned(row, record[_SHARD:KEY_BYTES], _STRIDE)


def _may_be_sent(standing: int, *, same: bool) -> bool:
    """Whether a record goes out whose key is known: nobody has it, or it was rejected and has been mended."""
    return standing == Standing.FREE or (standing == Standing.REJECTED and not same)


_TAKEN: Final = (Standing.ACCEPTED, Standing.PENDING)
_BY_STANDING: Final = {
    Standing.ACCEPTED: Known.ACCEPTED,
    Standing.REJECTED: Known.REJECTED,
    Standing.PENDING: Known.PENDING,
}
