# Generated from openapi/ by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Operations, a package per product with a module of functions per tag.

Packages load on first use, so that importing the library stays light.
"""

from __future__ import annotations

from typing import Final

__all__ = ["PRODUCTS"]

PRODUCTS: Final[tuple[str, ...]] = (
    "collection",
    "identity",
    "legacy",
    "receivables",
)
"""Names of the products; each is a package here and a module of `amili_async.models`."""
