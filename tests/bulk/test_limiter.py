"""How many requests may be under way, and how fast."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk.limiter import Limiter, Pacer
from tests.bulk.virtual_time import LoopClock, run


def limiter(ceiling: int = 16) -> Limiter:
    made = Limiter(LoopClock())
    made.join(ceiling)
    return made


async def at_once() -> None:
    """Nothing else to wait for."""


async def round_of(it: Limiter, *, good: bool = False, cut: bool = False) -> int:
    """As many requests as may be under way, all at once; says how many."""
    permits = [await it.acquire() for _ in range(it.limit)]
    for permit in permits:
        it.release(permit, good=good, cut=cut)
    return len(permits)


def test_it_grows_fast_until_the_first_trouble_and_slowly_after() -> None:
    """From 4 it doubles with every round; once it was cut, a round adds one; it never passes the ceiling."""

    async def scenario() -> list[int]:
        it = limiter()
        seen = [await round_of(it, good=True) for _ in range(4)]
        seen.append(await round_of(it, cut=True))
        seen += [await round_of(it, good=True) for _ in range(3)]
        return seen

    assert run(scenario()) == [4, 8, 16, 16, 16, 8, 9, 10]


def test_requests_that_left_together_cut_once() -> None:
    """Sixteen 429s for one burst mean half, not nothing; the next one means half of that."""

    async def scenario() -> list[int]:
        it = limiter(8)
        await round_of(it, good=True)
        seen = []
        for _ in range(5):
            await round_of(it, cut=True)
            seen.append(it.limit)
        return seen

    assert run(scenario()) == [4, 2, 1, 1, 1]


def test_a_pause_holds_everybody_back() -> None:
    """Nobody gets leave before it is over, and the longest of several counts."""

    async def scenario() -> list[float]:
        it, clock = limiter(), LoopClock()
        it.pause(5)
        it.pause(2)
        times: list[float] = []

        async def worker() -> None:
            it.release(await it.acquire())
            times.append(clock.monotonic())

        await asyncio.gather(*(worker() for _ in range(6)))
        return times

    assert run(scenario()) == pytest.approx([5.0] * 6)


def test_a_turn_is_passed_on_by_who_goes_away_during_a_pause() -> None:
    """Who was woken, met a pause and was cancelled in it lets the next one have the turn; else that one hangs."""

    async def scenario() -> float:
        it, clock = limiter(1), LoopClock()
        held = await it.acquire()
        leaving = asyncio.create_task(it.acquire())
        staying = asyncio.create_task(it.acquire())
        await clock.sleep(1)
        it.pause(30)
        it.release(held)  # the turn of the one who leaves, who now waits for the end of the pause
        await clock.sleep(1)
        leaving.cancel()
        await asyncio.wait([leaving])
        it.release(await staying)
        return clock.monotonic()

    assert run(scenario()) == 31


def test_the_highest_ceiling_of_the_runs_that_go_on_counts() -> None:
    """A run that ends takes its ceiling along."""
    it = limiter(2)
    assert it.limit == 2
    it.join(3)
    it.join(2)
    assert it.limit == 3
    it.leave(3)
    assert it.limit == 2


@given(
    st.integers(1, 6),
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.1, 1.0]),
            st.sampled_from(["good", "cut", "neither", "pause", "cancelled waiting", "cancelled working"]),
        ),
        max_size=40,
    ),
)
def test_no_leave_is_lost_and_none_is_given_twice(ceiling: int, workers: list[tuple[float, str]]) -> None:
    """Whatever becomes of those who ask, never more than the ceiling are under way, and all get their turn."""

    async def scenario() -> None:
        it, clock = limiter(ceiling), LoopClock()
        working = most = 0

        async def worker(seconds: float, fate: str) -> None:
            nonlocal working, most
            permit = await it.acquire()
            working += 1
            most = max(most, working)
            try:
                await clock.sleep(seconds)
                if fate == "pause":
                    it.pause(1)
            finally:
                working -= 1
                it.release(permit, good=fate == "good", cut=fate == "cut")

        tasks = []
        for seconds, fate in workers:
            tasks.append(asyncio.create_task(worker(seconds, fate)))
            if fate == "cancelled working":
                await asyncio.sleep(0)
            if fate.startswith("cancelled"):
                tasks[-1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert most <= ceiling
        assert 1 <= it.limit <= ceiling
        assert [await it.acquire() for _ in range(it.limit)]  # all of them are there again

    run(scenario())


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(0, 3)), max_size=20), st.floats(0.5, 100))
def test_a_rate_is_never_passed(chunks: list[tuple[int, float]], rate: float) -> None:
    """Between the first chunk and any later one, no more left than the rate allows; nor does idleness save up."""

    async def scenario() -> None:
        clock = LoopClock()
        pacer = Pacer(rate, clock)
        left: list[tuple[float, int]] = []
        for records, idle_s in chunks:
            await clock.sleep(idle_s)
            await pacer.wait(records, at_once)
            left.append((clock.monotonic(), records))
        for first in range(len(left)):
            sent = 0
            for at, records in left[first:]:
                assert sent <= rate * (at - left[first][0]) + 1e-6
                sent += records

    run(scenario())


def test_without_a_rate_nobody_waits() -> None:
    """No limit, no wait."""

    async def scenario() -> float:
        await Pacer(None, clock := LoopClock()).wait(10**9, at_once)
        return clock.monotonic()

    assert run(scenario()) == 0
