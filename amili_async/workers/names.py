"""Names that stand in the database."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from amili_async.errors import BulkError

__all__ = ["CHANNEL", "NAMESPACE", "PORTION_TASK", "QUEUE", "run_id_of", "storable"]

QUEUE: Final = "amili"
"""Procrastinate's queue, unless another one is named."""
NAMESPACE: Final = "amili"
PORTION_TASK: Final = f"{NAMESPACE}:portion"
CHANNEL: Final = "amili_portion_final"
"""Where the end of a portion is told, with its run's id."""


def run_id_of(given: UUID | str) -> UUID:
    """A run's id, as somebody gave it.

    Raises:
        BulkError: It is no UUID.
    """
    try:
        return given if isinstance(given, UUID) else UUID(str(given))
    except ValueError:
        raise BulkError(f"run_id must be a UUID, not {given!r}") from None


def storable(text: str) -> str:
    """A text with what PostgreSQL cannot hold, NUL and lone surrogates, written out."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\x00")
