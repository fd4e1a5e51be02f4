# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Accounts Receivable API: operations."""

from __future__ import annotations

from amili_async.endpoints.receivables._namespace import Receivables

__all__ = ["Receivables"]
