"""How a refused webhook is told from one that is not understood."""

from __future__ import annotations

from amili_async.errors import WebhookError

__all__ = ["SignatureError"]


class SignatureError(WebhookError):
    """A webhook could not be trusted: its signature is missing, wrong, or out of its time."""
