"""A ready request handler for aiohttp.web that takes Amili's webhooks.

    async def on_event(event: Event) -> None: ...

    handler = webhook_handler(on_event, verifier=HmacSha256Verifier([secret]), seen=InMemorySeen())
    app.router.add_post("/webhooks/amili", handler)

Verified, read, duplicates dropped, and answered so that a failed event can be sent again.
"""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from aiohttp import web

from amili_async._webhooks.signatures import ensure_verifier
from amili_async.errors import WebhookError
from amili_async.webhooks import (
    MAX_BODY_BYTES,
    Event,
    InMemorySeen,
    SeenStore,
    SignatureError,
    Unverified,
    Verifier,
    parse_event,
)

__all__ = ["InMemorySeen", "SeenStore", "webhook_handler"]

log = logging.getLogger("amili_async")

Callback = Callable[[Event], Awaitable[object]]

_REQUEST_ID: Final = "X-Amili-Request-Id"
_LOGGABLE: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def webhook_handler(
    callback: Callback,
    *,
    verifier: Verifier | Unverified,
    seen: SeenStore | None = None,
    max_body_bytes: int = MAX_BODY_BYTES,
    success_status: int = 200,
) -> Callable[[web.Request], Coroutine[Any, Any, web.Response]]:
    """Make a handler that checks a webhook, reads it, and hands it to a callback.

    It answers, always without a body:

    - `success_status` if the callback returned, or if the delivery had been taken before;
    - 401 if the webhook cannot be trusted, 400 if it cannot be read, 413 if it is too long;
    - 500 if the callback or the store raised, so that Amili may send it again.

    Which statuses Amili takes for success, whether and how often it repeats, and how long it waits for an answer is not
    documented. So be quick: put the event into a queue or a table of your own, return, and work on it from there.

    Args:
        callback: Is awaited with each event. If it raises, the delivery counts as not taken.
        verifier: `HmacSha256Verifier([secret])`, one of your own, or `UNVERIFIED`.
        seen: Drops deliveries whose `IdempotencyKey` was taken already, such as `InMemorySeen()`. None drops nothing,
            and a delivery without that header is never dropped.
        max_body_bytes: Longest body; no more than this is read.
        success_status: The status for a delivery that was taken.
    """
    ensure_verifier(verifier)
    return _Receiver(callback, verifier, seen, max_body_bytes, success_status).handle


class _Receiver:
    def __init__(
        self,
        callback: Callback,
        verifier: Verifier | Unverified,
        seen: SeenStore | None,
        max_body_bytes: int,
        success_status: int,
    ) -> None:
        self._callback = callback
        self._verifier = verifier
        self._seen = seen
        self._max_body_bytes = max_body_bytes
        self._success = success_status
        self._running: dict[str, asyncio.Future[bool]] = {}

    async def handle(self, request: web.Request) -> web.Response:
        name = _loggable(request.headers.get(_REQUEST_ID))
        try:
            status = await self._take(request, name)
        except SignatureError as error:
            log.warning("webhook %s refused: %s", name, error.message)
            status = 401
        except WebhookError as error:
            log.warning("webhook %s refused: %s", name, error.message)
            status = 400
        except Exception as error:  # noqa: BLE001  # a store's or a verifier's; aiohttp would log its text
            _log_failure(f"webhook {name} could not be handled", error)
            status = 500
        return web.Response(status=status)

    async def _take(self, request: web.Request, name: str) -> int:
        body = await _read(request, self._max_body_bytes)
        if body is None:
            log.warning("webhook %s refused: it is longer than %d bytes", name, self._max_body_bytes)
            return 413
        event = parse_event(request.headers, body, verifier=self._verifier, max_body_bytes=self._max_body_bytes)
        taken = await self._hand_over_once(event, name)
        return self._success if taken else 500

    async def _hand_over_once(self, event: Event, name: str) -> bool:
        key = event.idempotency_key
        if self._seen is None or key is None:
            return await self._hand_over(event, name)
        running = self._running.get(key)
        if running is not None:
            # Sent again while the first is worked on. To say "taken" now would lose the event if that one fails.
            return await asyncio.shield(running)
        outcome = self._running[key] = asyncio.get_running_loop().create_future()
        taken = False
        try:
            taken = await self._hand_over_if_new(event, name, key, self._seen)
        finally:
            del self._running[key]
            outcome.set_result(taken)
        return taken

    async def _hand_over_if_new(self, event: Event, name: str, key: str, seen: SeenStore) -> bool:
        taken = False
        try:
            if await seen.first_time(key):
                taken = await self._hand_over(event, name)
            else:
                log.info("webhook %s dropped: this %s was taken before", name, type(event).__name__)
                taken = True
        finally:
            if not taken:
                # Also when cancelled, and when the store failed and may have remembered: twice is better than never.
                await self._forget(key, name, seen)
        return taken

    async def _hand_over(self, event: Event, name: str) -> bool:
        try:
            await self._callback(event)
        except Exception as error:  # noqa: BLE001  # whatever it is, Amili is to send the event again
            _log_failure(f"webhook {name}: the callback failed on this {type(event).__name__}", error)
            return False
        log.debug("webhook %s taken: %s", name, type(event).__name__)
        return True

    async def _forget(self, key: str, name: str, seen: SeenStore) -> None:
        try:
            await seen.forget(key)
        except Exception as error:  # noqa: BLE001  # what made us forget is the one to be reported
            _log_failure(f"webhook {name}: a failed delivery is still marked as taken", error)


async def _read(request: web.Request, limit: int) -> bytes | None:
    """Read the body, or no more than shows that it is longer than the limit: then None.

    Raises:
        WebhookError: It broke off, or is compressed and cannot be unpacked.
    """
    if request.content_length is not None and request.content_length > limit:
        return None
    received = bytearray()
    try:
        if not request.can_read_body:  # there is none, or a middleware has read it and aiohttp kept it
            received += await request.read()
        async for chunk in request.content.iter_any():
            received += chunk
            if len(received) > limit:
                return None
    except (web.RequestPayloadError, ConnectionError):
        # Without the cause, which may quote the request.
        raise WebhookError("the webhook's body broke off or cannot be unpacked") from None
    return bytes(received) if len(received) <= limit else None


def _loggable(request_id: str | None) -> str:
    # It comes from outside, and before anything is verified.
    return request_id if request_id is not None and _LOGGABLE.fullmatch(request_id) else "(no id)"


def _log_failure(what: str, error: Exception) -> None:
    # Class and place, and not the text: an error of the caller's code may quote what is personal.
    frames = traceback.extract_tb(error.__traceback__)
    place = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    log.error("%s: %s at%s", what, type(error).__name__, place)
