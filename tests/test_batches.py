"""Waiting for a batch, on a virtual clock."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from amili_async import (
    AmiliError,
    AuthError,
    BatchTimeoutError,
    ForbiddenError,
    NotFoundError,
    RateLimitedError,
    RequestError,
    RequestOptions,
    ServerError,
    TransportError,
    TransportTimeoutError,
)
from amili_async.batches import LONGEST_OUTAGE_S, BatchWaiter, is_final
from amili_async.models.collection import Batch, BatchResponse, BatchStatus, BatchStatusDetail
from tests.fakes import FakeClock

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
MISSING = NotFoundError("not yet", status=404)


class Server:
    """Answers with the given states, the last one for ever."""

    def __init__(self, states: Sequence[Any]) -> None:
        self.states = list(states)
        self.polls = 0

    async def get(self, organization_id: str, batch_id: str, options: RequestOptions | None = None) -> BatchResponse:
        state = self.states[min(self.polls, len(self.states) - 1)]
        self.polls += 1
        if isinstance(state, Exception):
            raise state
        batch = state if isinstance(state, Batch) else Batch(batch_id=UUID(int=1), status=BatchStatus(state))
        return BatchResponse(data=batch)


async def wait(server: Server, clock: FakeClock, max_wait_s: float | None = 300) -> Batch:
    return await BatchWaiter(server.get, clock, random.Random(1)).wait("org", "batch", max_wait_s)


@pytest.mark.parametrize("status", ["SUCCESS", "PARTIAL", "FAILED"])
async def test_it_polls_until_the_batch_is_final(clock: FakeClock, status: str) -> None:
    """Also a failed batch is an answer, not an error."""
    server = Server(["QUEUED", "QUEUED", status])
    assert (await wait(server, clock)).status == status
    assert server.polls == 3


async def test_unknown_states_are_not_taken_for_the_end(clock: FakeClock) -> None:
    """States between QUEUED and the end are not excluded by the documentation."""
    assert (await wait(Server(["QUEUED", "PROCESSING", "SUCCESS"]), clock)).status == "SUCCESS"


def test_finished_at_ends_a_batch_of_the_older_form() -> None:
    """Answers of 2025-09 have an object as their status."""
    assert not is_final(Batch(status=BatchStatusDetail(statuscode=0)))
    assert is_final(Batch(status=BatchStatusDetail(statuscode=0), finished_at=NOW))


async def test_intervals_grow_up_to_a_bound(clock: FakeClock) -> None:
    """A quick batch is seen quickly, a slow one is not pestered."""
    await wait(Server(["QUEUED"] * 20 + ["SUCCESS"]), clock)
    assert clock.sleeps[0] <= 0.3
    assert all(
        later >= earlier * 0.9 for earlier, later in zip(clock.sleeps, clock.sleeps[1:], strict=False) if later < 8
    )
    assert max(clock.sleeps) <= 12
    assert clock.sleeps[-1] >= 8


async def test_the_wait_has_an_end_and_can_be_taken_up_again(clock: FakeClock) -> None:
    """The error carries the ids, the time and the last status; it never waits longer than told."""
    with pytest.raises(BatchTimeoutError, match="wait again") as caught:
        await wait(Server(["QUEUED"]), clock, max_wait_s=60)
    assert (caught.value.organization_id, caught.value.batch_id) == ("org", "batch")
    assert caught.value.last_status == "QUEUED"
    assert clock.elapsed == pytest.approx(60)


async def test_a_wait_of_zero_looks_once(clock: FakeClock) -> None:
    """To ask for the state without waiting."""
    assert (await wait(Server(["SUCCESS"]), clock, max_wait_s=0)).status == "SUCCESS"
    server = Server(["QUEUED"])
    with pytest.raises(BatchTimeoutError):
        await wait(server, clock, max_wait_s=0)
    assert server.polls == 1


async def test_no_poll_outlasts_the_wait(clock: FakeClock) -> None:
    """Each poll may take what is left, and one that is cut short by it is the end of the wait, not trouble."""
    asked: list[float | None] = []

    async def get(organization_id: str, batch_id: str, options: RequestOptions | None = None) -> BatchResponse:
        asked.append(options.deadline_s if options else None)
        clock.advance(4)
        raise TransportTimeoutError("slow")

    waiter = BatchWaiter(get, clock, random.Random(1))
    with pytest.raises(BatchTimeoutError, match="wait again"):
        await waiter.wait("org", "batch", 3)
    with pytest.raises(TransportTimeoutError):
        await waiter.wait("org", "batch", 100)
    with pytest.raises(TransportTimeoutError):
        await waiter.wait("org", "batch", None)
    assert asked == [3, 100, None]


async def test_without_a_limit_it_waits_for_as_long_as_it_takes(clock: FakeClock) -> None:
    """A nightly run may be behind thousands of others."""
    await wait(Server(["QUEUED"] * 1000 + ["SUCCESS"]), clock, max_wait_s=None)
    assert clock.elapsed > 3600


async def test_a_limit_that_is_no_number_is_refused(clock: FakeClock) -> None:
    """Nothing is more than it, so the wait would have no end. Nothing is asked."""
    server = Server(["QUEUED"] * 10 + ["SUCCESS"])
    with pytest.raises(RequestError, match="max_wait_s"):
        await wait(server, clock, max_wait_s=math.nan)
    assert server.polls == 0


async def test_a_batch_may_appear_a_moment_later(clock: FakeClock) -> None:
    """A 404 right after the batch was accepted is not the end."""
    assert (await wait(Server([MISSING, MISSING, "SUCCESS"]), clock)).status == "SUCCESS"


async def test_a_batch_that_stays_missing_is_an_error(clock: FakeClock) -> None:
    """After some seconds it is the wrong id."""
    with pytest.raises(NotFoundError):
        await wait(Server([MISSING]), clock)
    assert 10 <= clock.elapsed < 20


PASSING = [
    ServerError("broken", status=500),
    ServerError("busy", status=503),
    RateLimitedError("slow down", status=429),
    TransportError("dropped"),
    TransportTimeoutError("slow"),
    AuthError("the token service failed"),
]


@pytest.mark.parametrize("error", PASSING, ids=str)
@pytest.mark.parametrize("max_wait_s", [None, 3600])
async def test_trouble_that_passes_does_not_end_the_wait(
    clock: FakeClock, error: AmiliError, max_wait_s: float | None
) -> None:
    """The batch goes on at Amili's side, however often in a row it cannot be read."""
    server = Server(["QUEUED", *[error] * 50, "QUEUED", *[error] * 50, "SUCCESS"])
    assert (await wait(server, clock, max_wait_s)).status == "SUCCESS"
    assert server.polls == 103


async def test_a_batch_that_was_just_accepted_is_waited_for_from_the_first_poll_on(clock: FakeClock) -> None:
    """The API has named it, so that it is no wrong host; else the first poll has to go through."""
    error = ServerError("broken", status=500)
    waiter = BatchWaiter(Server([error] * 9 + ["SUCCESS"]).get, clock, random.Random(1))
    assert (await waiter.wait("org", "batch", None, accepted=True)).status == "SUCCESS"
    with pytest.raises(ServerError):
        await wait(Server([error] * 9 + ["SUCCESS"]), clock)


@pytest.mark.parametrize("error", [ForbiddenError("no", status=403), AuthError("no", refused=True)], ids=str)
async def test_a_refusal_ends_the_wait(clock: FakeClock, error: AmiliError) -> None:
    """It would be the same later."""
    with pytest.raises(type(error)):
        await wait(Server(["QUEUED", error, "SUCCESS"]), clock)


async def test_an_outage_ends_a_wait_without_end(clock: FakeClock) -> None:
    """After half an hour of nothing else the failure is raised; a single answer begins it anew."""
    error = ServerError("broken", status=500)
    with pytest.raises(ServerError):
        await wait(Server(["QUEUED", error]), clock, None)
    assert LONGEST_OUTAGE_S <= clock.elapsed < LONGEST_OUTAGE_S + 30


async def test_an_outage_is_no_longer_than_the_wait(clock: FakeClock) -> None:
    """The time that was given counts; the error says why the batch was not read, and carries that as its cause."""
    error = ServerError("broken", status=500)
    with pytest.raises(BatchTimeoutError, match=r"could not be read any more \(broken\) after 60 s") as caught:
        await wait(Server(["QUEUED", error]), clock, 60)
    assert caught.value.__cause__ is error
    assert clock.elapsed == pytest.approx(60)


async def test_a_poll_comes_no_earlier_than_it_was_asked_for(clock: FakeClock) -> None:
    """A Retry-After that the client has not waited for itself is waited for here, unless the wait would be over."""
    error = RateLimitedError("slow down", status=429)
    error.retry_after_s = 200.0
    assert (await wait(Server(["QUEUED", error, "SUCCESS"]), clock, None)).status == "SUCCESS"
    assert 200 <= clock.elapsed < 205
    with pytest.raises(BatchTimeoutError):
        await wait(Server(["QUEUED", error, "SUCCESS"]), clock, 150)
    assert clock.elapsed < 210
    error.retry_after_s = LONGEST_OUTAGE_S
    with pytest.raises(RateLimitedError):
        await wait(Server(["QUEUED", error, "SUCCESS"]), clock, None)
