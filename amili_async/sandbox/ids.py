"""Identifiers from a seed: the same calls give the same ids on every run."""

from __future__ import annotations

import random
from uuid import UUID

__all__ = ["Ids"]


class Ids:
    """Random-looking ids in a repeatable order.

    Args:
        seed: Two sources with the same seed give the same ids.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose; guards nothing

    def uuid(self) -> str:
        """A new uuid in its usual spelling."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def token_bytes(self, length: int) -> bytes:
        """Bytes for an opaque token."""
        return self._random.randbytes(length)
