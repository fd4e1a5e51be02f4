"""One request, sent as often as is safe and useful."""

from __future__ import annotations

import itertools
import logging
import random
from urllib.parse import urlsplit

from attrs import frozen

from amili_async.answers import error_for, request_id
from amili_async.auth import TokenSource
from amili_async.clock import Clock
from amili_async.errors import AuthError, OutcomeUnknownError, TransportError
from amili_async.hooks import HookSet, RequestEvent, ResponseEvent, RetryEvent
from amili_async.operations import Idempotency
from amili_async.request import RawResponse, Request
from amili_async.retry import Budget, Failure, Knowledge, RetryPolicy, parse_retry_after, status_failure
from amili_async.transport import Transport

__all__ = ["Errand", "Sender"]

log = logging.getLogger("amili_async")

_attempt_numbers = itertools.count(1)


@frozen(kw_only=True)
class Errand:
    """What is to be sent, and how far one may go for it.

    Attributes:
        name: operationId, or method and path for a request of the caller's own making.
        request: The request.
        origin: Scheme and host it goes to.
        idempotency: Whether it may be repeated.
        budget: Sends and seconds.
        key: The idempotency key it carries.
        tokens: Where its access token comes from; None for none.
        operation: operationId, if it belongs to one.
        route: The path's template, for those who look on.
    """

    name: str
    request: Request
    origin: str
    idempotency: Idempotency
    budget: Budget
    key: str | None = None
    tokens: TokenSource | None = None
    operation: str | None = None
    route: str | None = None


class Sender:
    """Drives the transport by the retry policy."""

    def __init__(
        self, transport: Transport, policy: RetryPolicy, clock: Clock, rng: random.Random, hooks: HookSet
    ) -> None:
        self._transport = transport
        self._hooks = hooks
        self._policy = policy
        self._clock = clock
        self._rng = rng

    async def send(self, errand: Errand) -> tuple[RawResponse, int]:
        """Send until there is a good answer or no point in going on.

        Returns:
            The answer (status below 300), and how often the request was sent.

        Raises:
            ResponseError: The server refused.
            OutcomeUnknownError: A write may or may not have been acted on.
            TransportError: The server was not reached, or the answer broke off.
            AuthError: No token.
        """
        attempt = 0
        started: float | None = None
        unclear = replayed = False
        while True:
            attempt += 1
            # A token request is made while its caller holds a slot, so it takes none itself.
            async with self._transport.slot(taken=errand.tokens is None):
                # The deadline begins when the first slot is held: a queue of our own calls is not the server's fault.
                started = self._clock.monotonic() if started is None else started
                left_s = errand.budget.deadline_s - (self._clock.monotonic() - started)
                result = await self._attempt(errand, attempt, max(0.001, left_s), may_replay=not replayed)
            if isinstance(result, RawResponse):
                log.debug("%s: %s after %s attempt(s)", errand.name, result.status, attempt)
                return result, attempt
            if result is None:
                replayed = True
                continue
            error, failure = result
            decision = self._policy.decide(
                failure,
                idempotency=errand.idempotency,
                attempt=attempt,
                elapsed_s=self._clock.monotonic() - started,
                budget=errand.budget,
                was_unclear=unclear,
                rng=self._rng,
            )
            unclear = unclear or failure.knowledge is Knowledge.UNCLEAR
            if decision.outcome_unknown:
                raise OutcomeUnknownError(
                    f"{errand.name}: it is not known whether the API acted on it ({error}); "
                    "look it up before sending it again",
                    operation=errand.name,
                    idempotency_key=errand.key,
                    attempts=attempt,
                ) from error
            if decision.delay_s is None:
                raise error
            log.info(
                "%s: attempt %s failed (%s), again in %.2f s",
                errand.name,
                attempt,
                failure.knowledge.value,
                decision.delay_s,
            )
            self._hooks.retry(
                RetryEvent(
                    operation=errand.operation,
                    attempt=attempt,
                    delay_s=decision.delay_s,
                    reason=failure.knowledge.value,
                    status=getattr(error, "status", None),
                )
            )
            await self._clock.sleep(decision.delay_s)

    async def _attempt(
        self, errand: Errand, attempt: int, timeout_s: float, *, may_replay: bool
    ) -> RawResponse | tuple[Exception, Failure] | None:
        """Send once. Gives a good answer, a failure to decide on, or None to send again at once with a new token."""
        headers = dict(errand.request.headers)
        token = None
        try:
            if errand.tokens is not None:
                token = await errand.tokens.get()
                headers["Authorization"] = token.header
            raw = await self._transmit(errand, headers, attempt, timeout_s)
        except TransportError as error:
            error.operation, error.attempts = errand.name, attempt
            return error, Failure(Knowledge.UNCLEAR if error.sent else Knowledge.NOT_ACTED_ON)
        except AuthError as error:
            return error, Failure(Knowledge.FINAL)
        if raw.status < 300:
            return raw
        # 401 is not acted on, whatever the operation. The token may have been revoked: once more, with a new one.
        refused = raw.status == 401 and errand.tokens is not None and token is not None and errand.tokens.reject(token)
        if refused and may_replay:
            return None
        retry_after_s = parse_retry_after(raw.headers, self._clock.now())
        return error_for(raw, errand.name, attempt, retry_after_s), status_failure(raw.status, retry_after_s)

    async def _transmit(self, errand: Errand, headers: dict[str, str], attempt: int, timeout_s: float) -> RawResponse:
        """Send once, telling those who look on."""
        number, started = next(_attempt_numbers), self._clock.monotonic()
        status = error = server_id = None
        if self._hooks:
            self._hooks.request(
                RequestEvent(
                    id=number,
                    operation=errand.operation,
                    method=errand.request.method,
                    host=urlsplit(errand.origin).netloc,
                    route=errand.route,
                    attempt=attempt,
                )
            )
        try:
            raw = await self._transport.send(
                errand.request.method,
                errand.origin + errand.request.path,
                query=errand.request.query,
                headers=headers,
                content=errand.request.content,
                timeout_s=timeout_s,
            )
            status, server_id = raw.status, request_id(raw.headers)
            return raw
        except BaseException as caught:
            error = type(caught).__name__
            raise
        finally:
            if self._hooks:
                self._hooks.response(
                    ResponseEvent(
                        id=number,
                        operation=errand.operation,
                        attempt=attempt,
                        status=status,
                        error=error,
                        request_id=server_id,
                        elapsed_s=self._clock.monotonic() - started,
                    )
                )
