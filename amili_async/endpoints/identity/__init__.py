# Generated from openapi/identity.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili identity service: operations."""

from __future__ import annotations

from amili_async.endpoints.identity._namespace import Identity

__all__ = ["Identity"]
