# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili AutoCollect legacy API: operations."""

from __future__ import annotations

from amili_async.endpoints.legacy._namespace import Legacy

__all__ = ["Legacy"]
