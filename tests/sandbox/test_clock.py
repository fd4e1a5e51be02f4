"""The sandbox's clock, which nothing that is asked of it may break."""

from __future__ import annotations

import math
from typing import Any

import pytest

from amili_async.sandbox import Sandbox, VirtualClock
from amili_async.sandbox.timeline import Timeline
from tests.sandbox.api import Api, opened

CENTURY_S = 100 * 365 * 86_400


async def lives(api: Api) -> bool:
    """Whether page and token service still answer."""
    async with api.session.get("/") as response:
        return response.status == 200 and (await api.log_in()).status == 200


@pytest.mark.parametrize(
    "content", ['"nan"', '"inf"', '"60"', "1e13", "1e29", "9" * 400, "-1", "true", "null", "[]", "{}"]
)
async def test_a_bad_number_leaves_the_clock_alone(api: Api, content: str) -> None:
    """What is no JSON number or leads off the calendar is a 400, and the sandbox lives on at the same instant."""
    before = api.sandbox.now
    async with api.session.post("/__sandbox__/clock", data=f'{{"advance_s": {content}}}') as response:
        assert (response.status, bool((await response.json())["title"])) == (400, True)
    assert api.sandbox.now == before
    assert await lives(api)


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "1e13", "1e300", "-1", "soon"])
async def test_a_bad_number_in_the_form_leaves_the_clock_alone(api: Api, seconds: str) -> None:
    """The same for the page's form; no words of Python's reach the reader."""
    before = api.sandbox.now
    async with api.session.post("/__sandbox__/page", data={"action": "advance", "seconds": seconds}) as response:
        assert response.status == 400
        assert "convert" not in await response.text()
    assert api.sandbox.now == before
    assert await lives(api)


async def test_moving_on_again_and_again_ends_before_the_calendar_does() -> None:
    """The sum of many moves is looked at too, with a clock that follows the real one and with one that does not."""
    for clock in (VirtualClock(), Sandbox().clock):
        timeline = Timeline(clock)
        refused = 0
        for _ in range(120):
            try:
                timeline.advance(CENTURY_S)
            except ValueError:
                refused += 1
        assert 0 < refused < 120
        assert timeline.now().year <= 9000


async def test_a_sandbox_at_the_end_of_its_time_still_answers() -> None:
    """After the last move that is permitted, tokens, batches and the page work."""
    async with opened() as api:
        for _ in range(120):
            async with api.session.post("/__sandbox__/clock", json={"advance_s": CENTURY_S}) as response:
                assert response.status in (200, 400)
        assert response.status == 400
        assert await lives(api)
        assert (await api.push([]))["status"] == "SUCCESS"


@pytest.mark.parametrize("seconds", [math.nan, math.inf, 1e13, -1])
async def test_the_virtual_clock_stays_whole(seconds: Any) -> None:
    """A test that shares its clock with the sandbox cannot break it either."""
    clock = VirtualClock()
    before = clock.now()
    with pytest.raises(ValueError, match="clock"):
        clock.advance(seconds)
    assert clock.now() == before
