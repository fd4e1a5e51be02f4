"""Identifiers from a seed: the same calls give the same ids on every run."""

from __future__ import annotations

import random

__all__ = ["Ids"]


class Ids:
    """Random-looking ids in a repeatable order.

    Args:
        seed: Two sources with the same seed give the same ids.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose; guards nothing

    def restart(self) -> None:
        """Begin again with the first id."""
        self._random.seed(self._seed)

    def uuid(self) -> str:
        """A new uuid (version 4) in its usual spelling."""
        digits = f"{self._random.getrandbits(128):032x}"  # a UUID object costs more than all else a row needs
        variant = "89ab"[int(digits[16], 16) & 3]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def token_bytes(self, length: int) -> bytes:
        """Bytes for an opaque token."""
        return self._random.randbytes(length)
