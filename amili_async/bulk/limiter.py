"""How many requests may be under way, and how fast: adapted to what the API says.

Two small rules stand here rather than a library. The best kept one for asyncio, aiolimiter (1.3 was looked at), is a
leaky bucket that does not fit in four ways: it reads the event loop's time and sets the loop's timers, so that no clock
can be given to it; what leaks away during a Retry-After is free to leave all at once after it, while here the rate
counts from when records do leave; it lets the smallest amount go first, so that full chunks would wait behind small
ones; and it refuses amounts larger than its capacity, which is what may leave at once: so it would be a whole chunk.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from attrs import define

from amili_async.clock import Clock

__all__ = ["Limiter", "Pacer", "Permit"]

T = TypeVar("T")

_START: Final = 4


@define(eq=False)
class Permit:
    """Leave to send one request.

    Attributes:
        epoch: How often the limit had been cut when it was given.
    """

    epoch: int


class Limiter:
    """Shared by all runs of a client: a limit on requests under way that follows the API's answers.

    Additive increase, multiplicative decrease. It begins with 4 and grows by one with every good answer, until the API
    first says that it is too much: then it is halved, and grows by one for every full round of good answers. Requests
    that left before a cut do not cut again. A Retry-After pauses everybody.

    Args:
        clock: Time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ceilings: Counter[int] = Counter()
        self._limit = _START
        self._good = 0
        self._epoch = 0
        self._cautious = False
        self._in_use = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._paused_until = float("-inf")

    @property
    def limit(self) -> int:
        """Requests that may be under way now."""
        return max(1, min(self._limit, self._ceiling))

    @property
    def _ceiling(self) -> int:
        return max(self._ceilings, default=1)

    def join(self, ceiling: int) -> None:
        """A run begins. The highest ceiling of those that go on counts."""
        self._ceilings[ceiling] += 1
        self._wake()

    def leave(self, ceiling: int) -> None:
        """A run has ended."""
        self._ceilings -= Counter({ceiling: 1})
        if not self._ceilings:  # what was learned is old when the next run begins
            self._limit, self._good, self._cautious = _START, 0, False
        self._limit = min(self._limit, max(_START, self._ceiling))

    async def acquire(self) -> Permit:
        """Wait for leave to send. Give it back with `release`, whatever happens."""
        while True:
            try:
                await self.pause_over()
            except asyncio.CancelledError:
                self._wake()  # it may have been our turn, which nobody else would get
                raise
            if self._in_use < self.limit:
                self._in_use += 1
                return Permit(self._epoch)
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                else:
                    self._wake()  # it was our turn: let somebody else have it
                raise

    def release(self, permit: Permit, *, good: bool = False, cut: bool = False) -> None:
        """A request has ended.

        Args:
            permit: As given.
            good: It went well.
            cut: It was too much: throttled, or out of time.
        """
        self._in_use -= 1
        if cut and permit.epoch == self._epoch:
            self._epoch += 1
            self._limit = max(1, self.limit // 2)
            self._good = 0
            self._cautious = True
        elif good:
            self._good += 1
            if self._good >= (self.limit if self._cautious else 1):
                self._limit = min(self._ceiling, self._limit + 1)
                self._good = 0
        self._wake()

    def pause(self, seconds: float) -> None:
        """Let nobody send for a while."""
        self._paused_until = max(self._paused_until, self._clock.monotonic() + seconds)

    async def pause_over(self) -> None:
        """Wait until a pause is over."""
        while (left := self._paused_until - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)

    def pacer(self, rate: float | None) -> Pacer:
        """What holds a run to a rate of records per second; None for no limit."""
        return Pacer(rate, self._clock)

    def _wake(self) -> None:
        free = self.limit - self._in_use
        while self._waiting and free > 0:
            turn = self._waiting.popleft()
            if not turn.done():  # else its waiter was cancelled, and is about to see it
                turn.set_result(None)
                free -= 1


class Pacer:
    """A fixed rate: so many records per second on average, a chunk at a time.

    Args:
        rate: Records per second; None for no limit.
        clock: Time.
    """

    def __init__(self, rate: float | None, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._next = float("-inf")
        self._turn = asyncio.Lock()

    async def wait(self, records: int, leave: Callable[[], Awaitable[T]]) -> T:
        """Wait until so many records may leave, and then for leave from elsewhere.

        Whoever waits for that keeps the turn: the rate counts from when records do leave, so that those who had to wait
        together do not leave together.

        Args:
            records: How many.
            leave: What else to wait for; its result is given back.
        """
        if self._rate is None:
            return await leave()
        async with self._turn:
            left_s = self._next - self._clock.monotonic()
            if left_s > 0:
                await self._clock.sleep(left_s)
            given = await leave()
            self._next = self._clock.monotonic() + records / self._rate
            return given
