"""Phrases that docstrings of models, those of operations and the coverage table share."""

from __future__ import annotations

__all__ = ["DEPRECATED", "DOCUMENTATION", "INFERRED", "SENSITIVE", "SHAPE_INFERRED", "TYPE_INFERRED"]

DOCUMENTATION = "https://docs.amili.dev/"
INFERRED = "Inferred: not seen here in the current documentation."
TYPE_INFERRED = "Type and meaning are inferred."
SHAPE_INFERRED = "Its shape is inferred."
SENSITIVE = "Personal data or a secret: left out of `repr`."
DEPRECATED = "Deprecated: dropped by the documentation, or marked for removal."
