"""Webhooks: events are sent to a URL, signed, tried again, and sent twice on demand.

The bodies and the names of the headers are the documentation's. How the signature is made is not: here it is the
HMAC-SHA256 of the body's bytes, in hexadecimal digits. Nor is when a delivery is tried again: here after 1, 5, 25 and
125 seconds, whenever the answer is not a 2xx; `IdempotencyKey` stays the same, for copies too.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
from collections import deque
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from attrs import define, field

from amili_async.sandbox.events import Event
from amili_async.sandbox.fault_plan import FaultPlan
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.jsonio import encode_json
from amili_async.sandbox.settings import Settings
from amili_async.sandbox.timeline import Timeline

__all__ = ["Delivery", "Webhooks", "sign"]

_DELAYS_S: Final = (1, 5, 25, 125)
_KEEP: Final = 1000
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10)


@define(kw_only=True, eq=False)
class Delivery:
    """An event on its way to the URL.

    Attributes:
        event_id: The event's id.
        kind: Its type.
        key: The header `IdempotencyKey`.
        body: The bytes that are sent.
        due: When it is tried next; None when it is not tried again.
        statuses: What each attempt came to: the status of the answer, or None where none came.
    """

    event_id: str
    kind: str
    key: str
    body: bytes = field(repr=False)
    due: datetime | None
    statuses: list[int | None] = field(factory=list)

    @property
    def state(self) -> str:
        """`delivered`, `waiting` or `given up`."""
        if self.due is not None:
            return "waiting"
        return "delivered" if self.statuses and _is_good(self.statuses[-1]) else "given up"


def sign(body: bytes, secret: str) -> str:
    """The header `X-Webhook-Signature` of a body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Webhooks:
    """Sends events to the URL of the settings.

    Args:
        settings: Where to, and the secret.
        timeline: What time it is.
        ids: Where ids come from.
        faults: Says how often an event is sent.

    Raises:
        ValueError: The URL is none, or not on this machine.
    """

    def __init__(self, settings: Settings, timeline: Timeline, ids: Ids, faults: FaultPlan) -> None:
        self._settings = settings
        self._timeline = timeline
        self._ids = ids
        self._faults = faults
        self._lock = asyncio.Lock()
        self.deliveries: deque[Delivery] = deque(maxlen=_KEEP)
        self._waiting: list[Delivery] = []
        if settings.webhook_url is not None:
            _check(settings.webhook_url, allow_remote=settings.webhook_allow_remote)

    @property
    def is_on(self) -> bool:
        """Whether there is a URL to send to."""
        return self._settings.webhook_url is not None

    def add(self, event: Event) -> None:
        """Have an event sent."""
        event_id, key = self._ids.uuid(), self._ids.uuid()
        body = encode_json(event.body(event_id))
        for _ in range(self._faults.copies(event.kind)):
            self._queue(Delivery(event_id=event_id, kind=event.kind, key=key, body=body, due=event.at))

    def repeat(self, event_id: str) -> bool:
        """Send an event once more; False if it is not known."""
        for known in self.deliveries:
            if known.event_id == event_id:
                now = self._timeline.now()
                self._queue(Delivery(event_id=event_id, kind=known.kind, key=known.key, body=known.body, due=now))
                return True
        return False

    async def deliver(self) -> list[Delivery]:
        """Send what is due, in order; the deliveries that were tried."""
        if not self._waiting:
            return []
        async with self._lock, aiohttp.ClientSession(timeout=_TIMEOUT, auto_decompress=False) as session:
            now = self._timeline.now()
            tried = []
            for delivery in [each for each in self._waiting if each.due is not None and each.due <= now]:
                if delivery.due is None:  # forgotten while others were sent
                    continue
                tried.append(delivery)
                delivery.statuses.append(await self._post(session, delivery))
                delivery.due = self._next_time(delivery)
            self._waiting = [delivery for delivery in self._waiting if delivery.due is not None]
            return tried

    def clear(self) -> None:
        """Forget every delivery."""
        for delivery in self._waiting:
            delivery.due = None
        self.deliveries.clear()
        self._waiting.clear()

    def _queue(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self._waiting.append(delivery)

    def _next_time(self, delivery: Delivery) -> datetime | None:
        attempts = len(delivery.statuses)
        if _is_good(delivery.statuses[-1]) or attempts > len(_DELAYS_S):
            return None
        return self._timeline.now() + timedelta(seconds=_DELAYS_S[attempts - 1])

    async def _post(self, session: aiohttp.ClientSession, delivery: Delivery) -> int | None:
        headers = {
            "Content-Type": "application/json",
            "X-Amili-Event": delivery.kind,
            "IdempotencyKey": delivery.key,
            "X-Amili-Request-Id": self._ids.uuid(),
            "X-Webhook-Signature": sign(delivery.body, self._settings.webhook_secret),
        }
        url = self._settings.webhook_url or ""
        try:
            # A redirect could lead off this machine.
            async with session.post(url, data=delivery.body, headers=headers, allow_redirects=False) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return None


def _is_good(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _check(url: str, *, allow_remote: bool) -> None:
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port above 65535
        is_one = False
    if not is_one:
        raise ValueError("webhook_url is not a URL such as http://127.0.0.1:8000/amili")
    host = parts.hostname or ""
    if not allow_remote and not _is_loopback(host):
        raise ValueError(
            f"webhook_url leads to {host}, off this machine; set webhook_allow_remote=True if that is meant"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
