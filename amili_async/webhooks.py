"""Events that Amili sends: checked, and read as what they are.

    event = parse_event(request.headers, await request.read(), verifier=HmacSha256Verifier([secret]))
    match event:
        case BatchCompleted():
            amili.batch_finished(event)
        case CaseUpdated(status="PAUSED"):
            ...

Works with any web framework; `amili_async.webhooks_aiohttp` has a ready handler for aiohttp.

What Amili documents of its webhooks is little: four events, four headers, and that there is a signature, but not how it
is made. Therefore the verifier is required and can be exchanged. What is sent again, and which answers count as taken,
is not documented either.

Source: docs.amili.dev/webhooks-361430m0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async._webhooks.events import (
    BatchCompleted,
    CaseCreated,
    CaseUpdated,
    Event,
    SettlementCreated,
    UnknownEvent,
)
from amili_async._webhooks.headers import read_delivery
from amili_async._webhooks.payload import read_payload
from amili_async._webhooks.problems import SignatureError
from amili_async._webhooks.reading import read_event
from amili_async._webhooks.seen import InMemorySeen, SeenStore
from amili_async._webhooks.signatures import UNVERIFIED, HmacSha256Verifier, Unverified, Verifier, check
from amili_async.errors import WebhookError

__all__ = [
    "MAX_BODY_BYTES",
    "UNVERIFIED",
    "BatchCompleted",
    "CaseCreated",
    "CaseUpdated",
    "Event",
    "HmacSha256Verifier",
    "InMemorySeen",
    "SeenStore",
    "SettlementCreated",
    "SignatureError",
    "UnknownEvent",
    "Unverified",
    "Verifier",
    "WebhookError",
    "parse_event",
]

#: The documented events have less than a kilobyte; a case with thousands of invoices still fits.
MAX_BODY_BYTES: Final = 1_000_000


def parse_event(
    headers: Mapping[str, str],
    body: bytes,
    *,
    verifier: Verifier | Unverified,
    max_body_bytes: int = MAX_BODY_BYTES,
) -> Event:
    """Check where a webhook comes from, then read it.

    Args:
        headers: As they came; upper or lower case does not matter. A multi-dict will do.
        body: The bytes as they came. Not text and not parsed: the signature is over the bytes.
        verifier: `HmacSha256Verifier([secret])`, one of your own, or `UNVERIFIED`.
        max_body_bytes: Longer bodies are refused before anything is computed of them.

    Returns:
        The event; an `UnknownEvent` if its type is new. Fields that the spec does not name are in `raw` and in the
        `additional_properties` of `model`.

    Raises:
        SignatureError: It cannot be trusted. Answer 401.
        WebhookError: It is too long, not JSON, has no type, or a field is of another type than documented. Answer 400.
        TypeError: The body is no bytes, or the verifier is none.
    """
    if not isinstance(body, (bytes, bytearray, memoryview)):
        raise TypeError("body must be the bytes of the request as they came, not text or parsed JSON")
    body = bytes(body)
    if len(body) > max_body_bytes:
        raise WebhookError(f"the webhook's body is longer than {max_body_bytes} bytes (max_body_bytes)")
    check(verifier, headers, body)
    return read_event(read_payload(body), read_delivery(headers))
