# Generated from openapi/ by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Models, a module per product: `from amili_async.models.collection import ...`.

Modules load on first use, so that importing the library stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amili_async.models import collection as collection
    from amili_async.models import identity as identity
    from amili_async.models import legacy as legacy
    from amili_async.models import receivables as receivables

__all__ = [
    "collection",
    "identity",
    "legacy",
    "receivables",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
