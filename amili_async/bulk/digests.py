"""What stands for a record in the journal and in memory: digests, never the record or its key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

__all__ = ["BODY_BYTES", "KEY_BYTES", "RECORD_BYTES", "SALT_BYTES", "Digester", "records_in"]

# 96 bits of the key: among a billion records the chance that two different ones meet is about 1 to 10^11.
KEY_BYTES: Final = 12
# Compared with the body that the same key had before, and with those of records that are missing: 64 bits are plenty.
BODY_BYTES: Final = 8
RECORD_BYTES: Final = KEY_BYTES + BODY_BYTES
SALT_BYTES: Final = 16


class Digester:
    """Turns a record into `RECORD_BYTES` bytes.

    Args:
        salt: Of the journal, so that digests of two journals cannot be compared, nor looked up in a list made before.
    """

    def __init__(self, salt: bytes = b"") -> None:
        self._key = hashlib.blake2b(digest_size=KEY_BYTES, key=salt)
        self._body = hashlib.blake2b(digest_size=BODY_BYTES, key=salt)

    def record(self, key: str, content: bytes) -> bytes:
        """The digest of a record's key, and after it that of its encoded body."""
        try:
            text = key.encode()
        except UnicodeEncodeError:  # rare, and asking for it each time takes as long as the encoding
            text = key.encode(errors="surrogatepass")
        of_key, of_body = self._key.copy(), self._body.copy()
        of_key.update(text)
        of_body.update(content)
        return of_key.digest() + of_body.digest()


def records_in(joined: bytes) -> Iterator[bytes]:
    """The digests that lie side by side in `joined`."""
    return (joined[at : at + RECORD_BYTES] for at in range(0, len(joined), RECORD_BYTES))
