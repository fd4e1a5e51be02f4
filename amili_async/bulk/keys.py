"""Record keys: what makes two records the same one."""

from __future__ import annotations

import hashlib
from enum import Enum

__all__ = ["Occurrences", "Repeat", "SeenKeys", "body_digest", "find_aligned"]

# 96 bits of the key: among a billion records the chance that two different ones meet is about 1 to 10^11.
_SHARD_BYTES = 2
_KEY_BYTES = 10
_BODY_BYTES = 6
_STRIDE = _KEY_BYTES + _BODY_BYTES


def body_digest(content: bytes) -> str:
    """A short text that stands for a record's encoded body."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def find_aligned(row: bytes | bytearray, wanted: bytes, stride: int) -> int:
    """Where the first of a row's items of `stride` bytes begins that begins with `wanted`; -1 if none does."""
    at = row.find(wanted)
    while at >= 0 and at % stride:
        at = row.find(wanted, at + 1)
    return at


class Repeat(Enum):
    """How a record relates to those before it in the run."""

    NEW = "its key is new"
    SAME = "key and body came before"
    CHANGED = "the key came before with another body"


class SeenKeys:
    """Keys that came before, in little memory.

    16 bytes a key, against some 100 in a set of strings: digests laid side by side in 65,536 rows.
    """

    def __init__(self) -> None:
        self._rows: dict[bytes, bytearray] = {}

    def add(self, key: str, content: bytes) -> Repeat:
        """Note a key and the body it stands for; say whether it came before."""
        digest = hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=_SHARD_BYTES + _KEY_BYTES).digest()
        body = hashlib.blake2b(content, digest_size=_BODY_BYTES).digest()
        shard, wanted = digest[:_SHARD_BYTES], digest[_SHARD_BYTES:]
        row = self._rows.setdefault(shard, bytearray())
        at = find_aligned(row, wanted, _STRIDE)
        if at >= 0:
            return Repeat.SAME if row[at + _KEY_BYTES : at + _STRIDE] == body else Repeat.CHANGED
        row += wanted + body
        return Repeat.NEW


class Occurrences:
    """Keys for records that have no number of their own: the body's digest, and how often that body has come.

    Two equal instalments of one debtor are two payments, not one sent twice.
    """

    def __init__(self) -> None:
        self._first = SeenKeys()
        self._again: dict[str, int] = {}

    def key(self, content: bytes) -> str:
        """The key of the next record with this body."""
        digest = body_digest(content)
        if self._first.add(digest, b"") is Repeat.NEW:
            return f"{digest}-1"
        # Counted only for bodies that do repeat, so that the others cost no more than their digest.
        count = self._again[digest] = self._again.get(digest, 1) + 1
        return f"{digest}-{count}"
