"""Access tokens: kept until shortly before they expire, fetched once however many callers wait.

Token service: docs.amili.dev/example-workflow-359631m0 (client credentials, form-encoded, lifetime about an hour).
"""

from __future__ import annotations

import asyncio
import base64
import copy
import math
import random
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from attrs import field, frozen

from amili_async.clock import Clock
from amili_async.errors import AmiliError, AuthError, ClientStateError

__all__ = ["BasicCredentials", "Token", "TokenCache", "TokenSource", "TokenState"]

#: A token is renewed this long before it expires, or after nine tenths of its life if that is later; and up to half as
#: much earlier still, so that a fleet of workers that started together does not ask together for ever.
EARLY_S: Final = 60.0


@frozen
class Token:
    """An access token and its lifetime.

    Attributes:
        value: Goes into the `Authorization` header. Never shown.
        expires_in_s: Seconds it is good for, from the moment it was asked for.
        scheme: Goes before it there.
    """

    value: str = field(repr=False)
    expires_in_s: float
    scheme: str = "Bearer"

    @property
    def header(self) -> str:
        """The `Authorization` header."""
        return f"{self.scheme} {self.value}"


class TokenSource(Protocol):
    """Where access tokens come from. Hand one of your own to `AmiliClient(tokens=...)` to get them another way.

    `amili.tokens` is the source of a client, to be shared with another client of the same credentials.
    """

    async def get(self) -> Token:
        """A token that is good now. Called before each request, so it should be kept until shortly before it expires.

        Raises:
            AuthError: None could be had.
        """
        ...

    def reject(self, token: Token) -> bool:
        """Take note that the API answered 401 to this token. Returns whether the next `get` may bring another one."""
        ...


class BasicCredentials:
    """HTTP Basic, for the legacy API."""

    def __init__(self, username: str, password: str) -> None:
        text = base64.b64encode(f"{username}:{password}".encode()).decode()
        self._token = Token(text, math.inf, scheme="Basic")

    async def get(self) -> Token:
        """User name and password, in the form of the header."""
        return self._token

    def reject(self, token: Token) -> bool:
        """They do not change, so there is no point in sending them again."""
        return False


class TokenState:
    """Which token is held and whether it is still good. No I/O; time is an argument."""

    def __init__(self) -> None:
        self._token: Token | None = None
        self._renew_at = 0.0
        self._expires_at = 0.0

    def usable(self, now: float) -> Token | None:
        """The held token, unless it is time to renew it."""
        return self._token if now < self._renew_at else None

    def good(self, now: float) -> Token | None:
        """The held token, unless it has expired; for when it could not be renewed in time."""
        return self._token if now < self._expires_at else None

    def accept(self, token: Token, asked_at: float, spread: float = 0.0) -> None:
        """Hold a new token. Its life is counted from when it was asked for: the server's clock may differ from ours.

        Args:
            token: The token.
            asked_at: When it was asked for.
            spread: Between 0 and 1: how much of the extra half to renew it earlier.
        """
        early = min(EARLY_S, 0.1 * token.expires_in_s) * (1 + spread / 2)
        self._token, self._expires_at = token, asked_at + token.expires_in_s
        self._renew_at = self._expires_at - early

    def reject(self, token: Token) -> None:
        """Forget a token that the API did not accept, unless a newer one has taken its place."""
        if self._token is token:
            self._token = None
            self._renew_at = 0.0


class TokenCache:
    """One token for all callers, with at most one request for a new one in flight."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], clock: Clock, rng: random.Random) -> None:
        self._fetch = fetch
        self._clock = clock
        self._rng = rng
        self._state = TokenState()
        self._refresh: asyncio.Task[Token] | None = None

    def ready(self) -> Token | None:
        """A token that is good now, if there is one; without waiting for anything."""
        return self._state.usable(self._clock.monotonic())

    async def get(self) -> Token:
        """A token that is good now.

        Raises:
            AuthError: None could be had.
        """
        token = self.ready()
        if token is not None:
            return token
        if self._refresh is None:
            self._refresh = asyncio.create_task(self._renew(), name="amili-token")
            self._refresh.add_done_callback(self._refreshed)
        refresh = self._refresh
        try:
            # Shielded: a caller that is cancelled must not take the token away from those who wait with it.
            return await asyncio.shield(refresh)
        except AmiliError as error:
            held = self._state.good(self._clock.monotonic())
            if held is not None and isinstance(error, AuthError) and not error.refused:
                return held  # it was to be renewed early for just this: the service has until its end to come back
            # A copy for each caller: one error for all would gather the notes and the frames of all.
            raise copy.copy(error) from error.__cause__
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if refresh.cancelled() and task is not None and not task.cancelling():
                # It is not the caller that was cancelled. A cancellation nobody asked for would vanish in a task group.
                raise ClientStateError("this AmiliClient was closed while a call was waiting for its token") from None
            raise

    def reject(self, token: Token) -> bool:
        """Forget a token that the API answered 401 to."""
        self._state.reject(token)
        return True

    async def close(self) -> None:
        """Stop a request in flight."""
        if self._refresh is not None:
            self._refresh.cancel()
            await asyncio.wait([self._refresh])

    async def _renew(self) -> Token:
        asked_at = self._clock.monotonic()
        token = await self._fetch()
        if not token.value or token.expires_in_s <= 0:
            raise AuthError("the token service sent an empty or already expired token")
        self._state.accept(token, asked_at, self._rng.random())
        return token

    def _refreshed(self, task: asyncio.Task[Token]) -> None:
        self._refresh = None
        if not task.cancelled():
            task.exception()  # looked at, so that a failure nobody waits for any more is not reported as forgotten
