"""Names that stand in the database."""

from __future__ import annotations

from typing import Final

__all__ = ["CHANNEL", "NAMESPACE", "PORTION_TASK", "QUEUE"]

QUEUE: Final = "amili"
"""Procrastinate's queue, unless another one is named."""
NAMESPACE: Final = "amili"
PORTION_TASK: Final = f"{NAMESPACE}:portion"
CHANNEL: Final = "amili_portion_final"
"""Where the end of a portion is told, with its run's id."""
