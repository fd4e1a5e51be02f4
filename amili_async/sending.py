"""One request, sent as often as is safe and useful."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
from typing import NamedTuple
from urllib.parse import urlsplit

from attrs import frozen

from amili_async.answers import error_for, request_id
from amili_async.auth import Token, TokenCache, TokenSource
from amili_async.clock import Clock
from amili_async.errors import AmiliError, AuthError, OutcomeUnknownError, TransportError, TransportTimeoutError
from amili_async.hooks import HookSet, RequestEvent, ResponseEvent, RetryEvent
from amili_async.operations import Idempotency
from amili_async.options import is_header_text
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


class _Failed(NamedTuple):
    """An attempt that brought no good answer.

    `replay`: it was refused for its token alone, and another one may be had.
    """

    error: Exception
    failure: Failure
    replay: bool = False


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
            The answer (status 2xx), and how often the request was sent.

        Raises:
            ResponseError: The server refused.
            OutcomeUnknownError: A write may or may not have been acted on.
            TransportError: The server was not reached, or the answer broke off.
            AuthError: No token.
        """
        self._transport.check_usable()
        attempt = 0
        started: float | None = None
        unclear = replayed = False
        last: Exception | None = None
        while True:
            attempt += 1
            # A token request is made while its caller holds a slot, so it takes none itself.
            async with self._transport.slot(taken=errand.tokens is None):
                # The deadline begins when the first slot is held: a queue of our own calls is not the server's fault.
                started = self._clock.monotonic() if started is None else started
                if last is not None and self._clock.monotonic() - started >= errand.budget.deadline_s:
                    # The wait for the slot took what was left. To send now and hang up at once would only make the
                    # outcome unknown.
                    raise self._given_up(errand, attempt - 1, last, unclear=unclear)
                try:
                    result = await self._attempt(errand, attempt, started + errand.budget.deadline_s)
                except Exception as caught:
                    # The client was closed meanwhile, or there is no token: that this attempt never left does not tell
                    # what became of one before it.
                    if not unclear:
                        raise
                    raise self._given_up(errand, attempt - 1, caught, unclear=unclear)  # noqa: B904  # sets the cause
            if isinstance(result, RawResponse):
                log.debug("%s: %s after %s attempt(s)", errand.name, result.status, attempt)
                return result, attempt
            error, failure, replay = result
            last = error
            if replay and not replayed:
                replayed = True
                self._tell_retry(errand, attempt, error, failure, 0.0)
                continue
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
            if decision.delay_s is None:
                raise self._given_up(errand, attempt, error, unclear=decision.outcome_unknown)
            self._tell_retry(errand, attempt, error, failure, decision.delay_s)
            await self._clock.sleep(decision.delay_s)

    def _given_up(self, errand: Errand, attempts: int, error: Exception, *, unclear: bool) -> Exception:
        """What to raise when nothing more is sent."""
        if not unclear or errand.idempotency in ("safe", "upsert"):
            return error
        # The text of an error that is not ours, such as that of a source of tokens, may hold anything.
        reason = error.message if isinstance(error, AmiliError) else type(error).__name__
        unknown = OutcomeUnknownError(
            f"{errand.name}: it is not known whether the API acted on it ({reason}); "
            "look it up before sending it again",
            operation=errand.operation,
            idempotency_key=errand.key,
            attempts=attempts,
        )
        unknown.__cause__ = error
        return unknown

    def _tell_retry(self, errand: Errand, attempt: int, error: Exception, failure: Failure, delay_s: float) -> None:
        reason = failure.knowledge.value
        log.info("%s: attempt %s failed (%s), again in %.2f s", errand.name, attempt, reason, delay_s)
        self._hooks.retry(
            RetryEvent(
                operation=errand.operation,
                attempt=attempt,
                delay_s=delay_s,
                reason=reason,
                status=getattr(error, "status", None),
            )
        )

    async def _attempt(self, errand: Errand, attempt: int, end: float) -> RawResponse | _Failed:
        """Send once, by `end` on the clock. Gives a good answer, or what is to be decided on."""
        token = None
        try:
            if errand.tokens is not None:
                token = await self._token(errand.tokens, end)
                if self._clock.monotonic() >= end:
                    # To send now and hang up at once would only make the outcome unknown.
                    raise TransportTimeoutError("the deadline of the call ran out while it got its token", sent=False)
            raw = await self._transmit(errand, token, attempt, self._left_s(end))
        except TransportError as error:
            error.operation, error.attempts = errand.operation, attempt
            knowledge = Knowledge.UNCLEAR if error.sent else Knowledge.NOT_ACTED_ON
            return _Failed(error, Failure(knowledge, pointless=error.pointless))
        except AuthError as error:
            return _Failed(error, Failure(Knowledge.FINAL))
        if 200 <= raw.status < 300:
            return raw
        retry_after_s = parse_retry_after(raw.headers, self._clock.now())
        refusal = error_for(raw, errand.name, errand.operation, attempt, retry_after_s)
        if raw.status == 401 and errand.tokens is not None and token is not None:
            # Not acted on, whatever the operation. The token may have been revoked: once more, with a new one.
            another = errand.tokens.reject(token)
            return _Failed(refusal, Failure(Knowledge.FINAL), replay=another)
        return _Failed(refusal, status_failure(raw.status, retry_after_s))

    async def _token(self, tokens: TokenSource, end: float) -> Token:
        try:
            # Nearly always there is one, and then no time has to be kept.
            token = tokens.ready() if isinstance(tokens, TokenCache) else None
            if token is None:
                async with asyncio.timeout(self._left_s(end)):
                    token = await tokens.get()
            if not is_header_text(token.header):
                raise AuthError("the access token holds characters that cannot stand in a header")
            return token
        except TimeoutError as error:
            raise AuthError("no access token came within the deadline of the call (deadline_s)") from error

    def _left_s(self, end: float) -> float:
        return max(0.001, end - self._clock.monotonic())

    async def _transmit(self, errand: Errand, token: Token | None, attempt: int, timeout_s: float) -> RawResponse:
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
            raw = await self._transport.send(errand.request, errand.origin, authorization=token, timeout_s=timeout_s)
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
