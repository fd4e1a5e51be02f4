"""The documented webhooks, and how a test signs them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "openapi" / "examples" / "collection"
SECRET = "a made-up secret"

BATCH_COMPLETED = (EXAMPLES / "webhook.BATCH_COMPLETED.2026-03.json").read_bytes()
SETTLEMENT_CREATED = (EXAMPLES / "webhook.SETTLEMENT_CREATED.2026-03.json").read_bytes()
CASE = (EXAMPLES / "webhook.CASE.2026-03.json").read_bytes()
CASE_UPDATED = (EXAMPLES / "webhook.CASE_UPDATED.2026-03.json").read_bytes()
DOCUMENTED = [BATCH_COMPLETED, SETTLEMENT_CREATED, CASE, CASE_UPDATED]


def digest(body: bytes, secret: str | bytes = SECRET) -> bytes:
    """The HMAC-SHA-256 of a body."""
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(key, body, hashlib.sha256).digest()


def signed(body: bytes, secret: str | bytes = SECRET, **headers: str) -> dict[str, str]:
    """Headers of a delivery with the signature in hex. Underscores in names stand for hyphens."""
    return {
        "X-Webhook-Signature": digest(body, secret).hex(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }


def base64_text(data: bytes) -> str:
    """Standard base64, padded."""
    return base64.b64encode(data).decode()
