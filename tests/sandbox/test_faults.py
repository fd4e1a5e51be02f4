"""Faults: by order and by chance."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from amili_async.sandbox import Faults, Sandbox
from tests.sandbox.api import Api, invoice, opened


def accepted(api: Api) -> int:
    """How many invoice numbers the sandbox has taken in."""
    api.clock.advance(1)
    return len(api.sandbox.state.ledger(api.sandbox.organization_id))


async def test_an_ordered_status_strikes_once(api: Api) -> None:
    """The next request is refused without being acted on, the one after it goes through."""
    api.sandbox.fail_next(status=503, retry_after=2.5)
    refused = await api.post("/invoices", {"invoices": [invoice()]})
    assert (refused.status, refused.headers["Retry-After"]) == (503, "3")
    assert accepted(api) == 0
    assert (await api.post("/invoices", {"invoices": [invoice()]})).status == 202


async def test_retry_after_can_be_a_date_or_missing(api: Api) -> None:
    """Both forms of the header can be ordered, and none at all."""
    date = "Sun, 09 Mar 2025 14:31:00 GMT"
    api.sandbox.fail_next(status=429, retry_after=date)
    api.sandbox.fail_next(status=429)
    assert (await api.get("/cases")).headers["Retry-After"] == date
    assert "Retry-After" not in (await api.get("/cases")).headers


async def test_an_order_can_wait_for_its_operation(api: Api) -> None:
    """A fault for one operation leaves the others alone, the token service included."""
    api.sandbox.fail_next(status=500, operation="CreateInvoices", times=2)
    assert (await api.get("/cases")).status == 200
    assert [(await api.post("/invoices", {"invoices": []})).status for _ in range(3)] == [500, 500, 202]
    api.sandbox.fail_next(status=500, operation="RequestToken")
    assert (await api.log_in()).status == 500


async def test_a_dropped_connection_before_acting_changes_nothing(api: Api) -> None:
    """The client gets no answer, and the sandbox has done nothing."""
    api.sandbox.fail_next(drop="before")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.post("/invoices", {"invoices": [invoice()]})
    assert accepted(api) == 0
    assert [(entry.status, entry.fault) for entry in api.sandbox.requests][-1] == (None, "drop before")


async def test_a_dropped_connection_after_acting_hides_what_was_done(api: Api) -> None:
    """The client gets no answer, though the sandbox has acted."""
    api.sandbox.fail_next(drop="after")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await api.post("/invoices", {"invoices": [invoice()]}, key="k")
    assert accepted(api) == 1
    assert len((await api.get("/batches", IdempotencyKey="k")).body["data"]) == 1


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"status": 500, "drop": "after"},
        {"status": 200},
        {"drop": "sometimes"},
        {"status": 500, "times": 0},
        {"status": 500, "operation": "CreateInvoice"},
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(api: Api, order: dict[str, Any]) -> None:
    """A mistake in a test shows in the test."""
    with pytest.raises(ValueError, match=r"status|drop|times|operation"):
        api.sandbox.fail_next(**order)


@pytest.mark.parametrize("settings", [{"rate_429": 1.1}, {"drop_after": -0.1}, {"rate_429": 0.6, "rate_503": 0.6}])
def test_chances_are_shares(settings: dict[str, float]) -> None:
    """A share lies between 0 and 1, and so does their sum."""
    with pytest.raises(ValueError, match=r"<= 1|>= 0|more than 1"):
        Faults(**settings)  # type: ignore[arg-type]  # wrong on purpose


def test_faults_for_an_unknown_operation_are_refused() -> None:
    """A misspelt name would never strike, and the test would prove nothing."""
    with pytest.raises(ValueError, match="CreateInvoice is not"):
        Sandbox(faults=Faults(rate_429=1, operations="CreateInvoice"))
    assert Faults(operations="CreateInvoices").operations == frozenset({"CreateInvoices"})


async def outcomes(seed: int, faults: Faults, requests: int = 200) -> list[str]:
    """What came of as many requests."""
    found = []
    async with opened(seed=seed, faults=faults) as api:
        for _ in range(requests):
            try:
                found.append(str((await api.post("/payments", {"payments": []})).status))
            except aiohttp.ServerDisconnectedError:
                found.append("dropped")
    return found


async def test_chance_strikes_in_its_share_and_repeatably() -> None:
    """Each fault comes about as often as told; the same seed strikes the same requests."""
    faults = Faults(rate_429=0.3, rate_503=0.1, drop_before=0.1, drop_after=0.1)
    found = await outcomes(1, faults)
    assert 40 <= found.count("429") <= 80
    assert 8 <= found.count("503") <= 32
    assert 20 <= found.count("dropped") <= 60
    assert found == await outcomes(1, faults)
    assert found != await outcomes(2, faults)


async def test_raising_one_rate_keeps_the_strikes_of_before() -> None:
    """A request that was struck stays struck when another fault is added behind it."""
    few = await outcomes(1, Faults(rate_429=0.2), 50)
    more = await outcomes(1, Faults(rate_429=0.2, rate_503=0.2), 50)
    assert [n for n, x in enumerate(few) if x == "429"] == [n for n, x in enumerate(more) if x == "429"]


async def test_chance_spares_the_token_service_unless_told() -> None:
    """A client can log in whatever the rates; naming the operations strikes those only."""
    async with opened(faults=Faults(rate_429=1)) as api:
        assert (await api.log_in()).status == 200
        assert (await api.get("/cases")).headers["Retry-After"] == "1"
    async with opened(faults=Faults(rate_503=1, operations={"GetSettlements"})) as api:
        assert (await api.get("/cases")).status == 200
        assert (await api.get("/settlements")).status == 503


async def test_latency_passes_on_the_sandboxs_clock() -> None:
    """A slow sandbox takes its time, which a virtual clock lets pass at once."""
    async with opened(faults=Faults(latency_s=30)) as api:
        before = api.clock.monotonic()
        await api.get("/cases")
        assert api.clock.monotonic() - before == 30
