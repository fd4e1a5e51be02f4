# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Debt Collection API: operations."""

from __future__ import annotations

from amili_async.endpoints.collection._namespace import Collection

__all__ = ["Collection"]
