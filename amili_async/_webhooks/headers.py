"""Headers of a delivery, whatever kind of mapping a web framework keeps them in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from amili_async.errors import WebhookError

__all__ = ["SIGNATURE", "Delivery", "all_values", "only_value", "read_delivery"]

# Source: docs.amili.dev/webhooks-361430m0.
SIGNATURE: Final = "X-Webhook-Signature"
_EVENT: Final = "X-Amili-Event"
_IDEMPOTENCY_KEY: Final = "IdempotencyKey"
_REQUEST_ID: Final = "X-Amili-Request-Id"


@frozen(kw_only=True)
class Delivery:
    """What the headers say of a delivery."""

    header_type: str | None = None
    idempotency_key: str | None = None
    request_id: str | None = None


def all_values(headers: Mapping[str, str], name: str) -> list[str]:
    """Every value of a header, in upper or lower case, blanks around them removed.

    By going through all items: a multi-dict hands out only the first value by name, and a second one is just what a
    forger would add.

    Raises:
        WebhookError: A value is not text.
    """
    wanted = name.lower()
    values = [value for key, value in headers.items() if key.lower() == wanted]
    if not all(isinstance(value, str) for value in values):
        raise WebhookError(f"header {name} is not text; give the headers as a mapping of str to str")
    return [value.strip() for value in values]


def only_value(headers: Mapping[str, str], name: str) -> str | None:
    """The value of a header; None if it is missing or empty.

    Raises:
        WebhookError: It came with different values.
    """
    values = set(all_values(headers, name))
    if len(values) > 1:
        raise WebhookError(f"header {name} came more than once, with different values")
    return next(iter(values), None) or None


def read_delivery(headers: Mapping[str, str]) -> Delivery:
    """Read the headers that say what was delivered.

    Raises:
        WebhookError: One of them contradicts itself.
    """
    return Delivery(
        header_type=only_value(headers, _EVENT),
        idempotency_key=only_value(headers, _IDEMPOTENCY_KEY),
        request_id=only_value(headers, _REQUEST_ID),
    )
