"""The token cache: one request however many wait."""

from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.auth import Token, TokenCache, TokenState
from amili_async.errors import AuthError, ClientStateError
from tests.fakes import FakeClock, settle


class Service:
    """A token service that answers when it is let."""

    def __init__(self, *, lifetime_s: float = 3600, fail: bool = False) -> None:
        self.calls = 0
        self.lifetime_s = lifetime_s
        self.fail = fail
        self.refused = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def fetch(self) -> Token:
        self.calls += 1
        number = self.calls
        await self.gate.wait()
        if self.fail:
            raise AuthError("refused", refused=self.refused)
        return Token(f"token-{number}", self.lifetime_s)


async def test_many_callers_share_one_request(clock: FakeClock) -> None:
    """A hundred at once cost one token request."""
    service = Service()
    service.gate.clear()
    cache = TokenCache(service.fetch, clock, random.Random(1))
    callers = [asyncio.create_task(cache.get()) for _ in range(100)]
    await settle()
    service.gate.set()
    assert {token.value for token in await asyncio.gather(*callers)} == {"token-1"}
    assert service.calls == 1


async def test_one_request_per_expiry(clock: FakeClock) -> None:
    """The token is kept until shortly before it expires, and then renewed once."""
    service = Service(lifetime_s=3600)
    cache = TokenCache(service.fetch, clock, random.Random(1))
    await cache.get()
    clock.advance(3509)
    await cache.get()
    assert service.calls == 1
    clock.advance(31)
    assert (await cache.get()).value == "token-2"
    assert service.calls == 2


@given(spread=st.floats(0, 1), life=st.floats(0.1, 1e6))
def test_renewal_is_spread_but_always_before_the_end(spread: float, life: float) -> None:
    """A fleet that started together drifts apart; nobody renews late, or before five sixths of the time."""
    state, token = TokenState(), Token("x", life)
    state.accept(token, 100.0, spread)
    assert state.usable(100.0 + life * 0.83) is token
    assert state.usable(100.0 + life - min(60, life / 10)) is None


async def test_a_renewal_that_fails_does_not_cost_a_token_that_is_still_good(clock: FakeClock) -> None:
    """A hiccup of the service in the last minute of a token stops no push; a plain no, or the end of it, does."""
    service = Service(lifetime_s=3600)
    cache = TokenCache(service.fetch, clock, random.Random(1))
    await cache.get()
    service.fail = True
    clock.advance(3590)
    assert (await cache.get()).value == "token-1"
    service.refused = True
    with pytest.raises(AuthError, match="refused"):
        await cache.get()
    service.refused = False
    clock.advance(10)
    with pytest.raises(AuthError):
        await cache.get()
    service.fail = False
    assert (await cache.get()).value == "token-5"


async def test_a_rejected_token_is_not_used_for_want_of_another(clock: FakeClock) -> None:
    """The API has answered 401 to it."""
    service = Service()
    cache = TokenCache(service.fetch, clock, random.Random(1))
    cache.reject(await cache.get())
    service.fail = True
    with pytest.raises(AuthError):
        await cache.get()


async def test_short_lived_tokens_are_used_for_most_of_their_life(clock: FakeClock) -> None:
    """A minute's margin would eat up a token of a minute."""
    service = Service(lifetime_s=60)
    cache = TokenCache(service.fetch, clock, random.Random(1))
    await cache.get()
    clock.advance(50)
    await cache.get()
    assert service.calls == 1


async def test_the_request_survives_its_first_waiter(clock: FakeClock) -> None:
    """Cancelling one caller must not take the token from the others."""
    service = Service()
    service.gate.clear()
    cache = TokenCache(service.fetch, clock, random.Random(1))
    first = asyncio.create_task(cache.get())
    second = asyncio.create_task(cache.get())
    await settle()
    first.cancel()
    await settle()
    service.gate.set()
    assert (await second).value == "token-1"
    assert service.calls == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failure_reaches_all_and_is_not_kept(clock: FakeClock) -> None:
    """Every waiter learns of it; the next caller tries anew."""
    service = Service(fail=True)
    cache = TokenCache(service.fetch, clock, random.Random(1))
    results = await asyncio.gather(cache.get(), cache.get(), return_exceptions=True)
    assert all(isinstance(result, AuthError) for result in results)
    service.fail = False
    assert (await cache.get()).value == "token-2"


async def test_each_caller_has_an_error_of_its_own(clock: FakeClock) -> None:
    """What one of them notes on it, or raises it from, is not seen by the others."""
    cache = TokenCache(Service(fail=True).fetch, clock, random.Random(1))
    one, other = await asyncio.gather(cache.get(), cache.get(), return_exceptions=True)
    assert isinstance(one, AuthError)
    assert isinstance(other, AuthError)
    one.add_note("while working on Kari")
    assert not hasattr(other, "__notes__")
    assert (one.message, one.status, one.refused) == (other.message, other.status, other.refused)


async def test_a_failure_nobody_waits_for_is_no_noise(clock: FakeClock) -> None:
    """The only waiter was cancelled, then the request failed: nothing is reported as forgotten."""
    service = Service(fail=True)
    service.gate.clear()
    cache = TokenCache(service.fetch, clock, random.Random(1))
    waiter = asyncio.create_task(cache.get())
    await settle()
    waiter.cancel()
    service.gate.set()
    await settle()
    service.fail = False
    assert (await cache.get()).value == "token-2"


def test_only_the_rejected_token_is_forgotten() -> None:
    """Two calls got 401 with the old token; the second must not throw the new one away."""
    state = TokenState()
    old, new = Token("old", 3600), Token("new", 3600)
    state.accept(old, 0)
    state.reject(old)
    assert state.usable(1) is None
    state.accept(new, 1)
    state.reject(old)
    assert state.usable(2) is new


@pytest.mark.parametrize("token", [Token("", 3600), Token("x", 0), Token("x", -5)])
async def test_useless_tokens_are_refused(clock: FakeClock, token: Token) -> None:
    """An empty or expired token is an error here and not a 401 later."""

    async def fetch() -> Token:
        return token

    with pytest.raises(AuthError, match="empty or already expired"):
        await TokenCache(fetch, clock, random.Random(1)).get()


def test_a_token_does_not_show() -> None:
    """In a log line, for example."""
    assert "hush" not in repr(Token("hush", 1))


async def test_close_stops_a_request_in_flight(clock: FakeClock) -> None:
    """Nothing is left running behind a closed client."""
    service = Service()
    service.gate.clear()
    cache = TokenCache(service.fetch, clock, random.Random(1))
    waiter = asyncio.create_task(cache.get())
    await settle()
    await cache.close()
    with pytest.raises(ClientStateError, match="closed while"):
        await waiter
