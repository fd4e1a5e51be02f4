"""Records of the journal that have not come, to be found by what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from amili_async.bulk.digests import BODY_BYTES, KEY_BYTES
from amili_async.bulk.keys import find_aligned

__all__ = ["Missing"]

_SHARD: Final = 2
_BODY: Final = BODY_BYTES - _SHARD
_STRIDE: Final = _BODY + KEY_BYTES


class Missing:
    """Takes little memory, like the register: another list may be as long as the journal's, and have none of it.

    Args:
        records: Their digests.
    """

    def __init__(self, records: Iterable[bytes]) -> None:
        self._rows: dict[bytes, bytearray] = {}
        for record in records:
            key, body = record[:KEY_BYTES], record[KEY_BYTES:]
            row = self._rows.setdefault(body[:_SHARD], bytearray())
            row += body[_SHARD:] + key

    def claim(self, record: bytes) -> bytes | None:
        """The digest of one that says the same as this record; each is given once."""
        body = record[KEY_BYTES:]
        row = self._rows.get(body[:_SHARD], bytearray())
        at = find_aligned(row, body[_SHARD:], _STRIDE)
        if at < 0:
            return None
        key = bytes(row[at + _BODY : at + _STRIDE])
        del row[at : at + _STRIDE]
        return key + body
