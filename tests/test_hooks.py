"""Looking on: what the client tells of itself."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from amili_async import Hooks, NotFoundError, OutcomeUnknownError, Request, RequestError, RequestOptions, TransportError
from amili_async.client import AmiliClient
from amili_async.hooks import HookSet, drift_in
from amili_async.models.collection import Case as CaseModel
from amili_async.models.collection import CaseList, CaseStatus, CaseType
from tests.fakes import Answer, FakeClock, scripted

ORG = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
CASES = Answer(body={"data": [{"status": "FROZEN", "type": "PAYMENT_REMINDER", "mood": "grim"}]})


class Onlooker:
    """Keeps all events."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.hooks = Hooks(
            on_request=self.events.append,
            on_response=self.events.append,
            on_retry=self.events.append,
            on_schema_drift=self.events.append,
        )

    def told(self) -> list[str]:
        return [type(event).__name__.removesuffix("Event") for event in self.events]


async def test_every_attempt_is_told_with_its_end(clock: FakeClock) -> None:
    """Token request, failed attempt, repetition, good attempt; the two events of an attempt share a number."""
    onlooker = Onlooker()
    async with scripted([Answer(503, headers={"Retry-After": "1"}), Answer(body={"data": []})]) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[onlooker.hooks]) as amili:
            await amili.collection.get_cases_by_organization(ORG, search_term="Kari")
    assert onlooker.told() == ["Request", "Response", "Request", "Response", "Retry", "Request", "Response"]
    requests = [event for event in onlooker.events if type(event).__name__ == "RequestEvent"]
    assert [event.operation for event in requests] == [
        "RequestToken",
        "GetCasesByOrganization",
        "GetCasesByOrganization",
    ]
    assert [event.attempt for event in requests] == [1, 1, 2]
    assert onlooker.events[5].id == onlooker.events[6].id
    assert onlooker.events[5].route == "/collection/v1/orgs/{organizationId}/cases"
    assert (onlooker.events[4].status, onlooker.events[4].reason) == (503, "not acted on")
    assert "Kari" not in repr(onlooker.events)
    assert ORG not in repr(onlooker.events)


async def test_the_replay_after_a_401_is_told(clock: FakeClock) -> None:
    """It is a repetition like any other, without a wait."""
    onlooker = Onlooker()
    async with scripted([Answer(401), Answer(body={"data": []})]) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[onlooker.hooks]) as amili:
            await amili.collection.get_cases_by_organization(ORG)
    (retry,) = [event for event in onlooker.events if type(event).__name__ == "RetryEvent"]
    assert (retry.status, retry.delay_s, retry.attempt) == (401, 0.0, 1)


async def test_an_attempt_without_an_answer_has_an_end_too(clock: FakeClock) -> None:
    """Its event names the error instead of a status."""
    onlooker = Onlooker()
    async with scripted([Answer(drop="before")]) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[onlooker.hooks]) as amili:
            with pytest.raises(TransportError):
                await amili.collection.get_cases_by_organization(ORG, options=RequestOptions(max_attempts=1))
    assert (onlooker.events[-1].status, onlooker.events[-1].error) == (None, "TransportError")


async def test_a_moved_api_is_told_once(clock: FakeClock) -> None:
    """Unknown fields and enum values, once each however often they come."""
    onlooker = Onlooker()
    async with scripted([CASES]) as server:
        async with AmiliClient(server.config(), clock=clock, hooks=[onlooker.hooks]) as amili:
            for _ in range(3):
                await amili.collection.get_cases_by_organization(ORG)
    drift = [e for e in onlooker.events if type(e).__name__ == "SchemaDriftEvent"]
    assert {(e.model, e.field, e.value) for e in drift} == {("Case", "mood", None), ("Case", "status", "FROZEN")}
    assert len(drift) == 2


def test_a_field_that_is_no_enum_after_all_does_not_fill_the_memory() -> None:
    """Were each of its values told and kept, a service would grow for as long as it runs."""
    told: list[object] = []
    hooks = HookSet([Hooks(on_schema_drift=told.append)])
    for number in range(5000):
        hooks.look_for_drift("Op", CaseModel(status=CaseStatus(f"STATUS-{number}")))
    assert len(told) == 1000


def test_what_the_spec_names_is_no_drift() -> None:
    """Known fields and values are quiet, whatever they hold."""
    page = CaseList(data=[CaseModel(status=CaseStatus.OPEN, type=CaseType.PAYMENT_REMINDER)])
    assert list(drift_in("Op", page)) == []
    assert list(drift_in("Op", None)) == list(drift_in("Op", b"raw")) == []


async def test_a_broken_hook_breaks_nothing(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    """Metrics that fail must not lose an invoice."""

    def fail(_: object) -> None:
        raise ZeroDivisionError

    onlooker = Onlooker()
    async with scripted([Answer(body={"data": []})]) as server:
        hooks = [Hooks(on_request=fail, on_response=fail), onlooker.hooks]
        async with AmiliClient(server.config(), clock=clock, hooks=hooks) as amili:
            await amili.collection.get_cases_by_organization(ORG)
    assert onlooker.told() == ["Request", "Response"] * 2
    assert "a hook failed on RequestEvent" in [record.getMessage() for record in caplog.records]
    assert all(record.levelno == logging.ERROR for record in caplog.records)


async def test_send_reaches_what_the_spec_lacks(clock: FakeClock) -> None:
    """With token and retries; bytes come back as they are."""
    async with scripted([Answer(500), Answer(body=b"raw")]) as server:
        async with AmiliClient(server.config(), clock=clock) as amili:
            response = await amili.send(Request(method="GET", path="/collection/v1/new", query=[("A", "1")]))
    assert (response.parsed, response.attempts) == (b"raw", 2)
    assert server.requests[1].path == "/collection/v1/new?A=1"
    assert server.requests[1].headers["Authorization"] == "Bearer tok-1"


async def test_send_repeats_no_write(clock: FakeClock) -> None:
    """What it does is not known here, so an unclear outcome is said; a key given with it is sent."""
    async with scripted([Answer(500)]) as server, AmiliClient(server.config(), clock=clock) as amili:
        with pytest.raises(OutcomeUnknownError):
            await amili.send(
                Request(method="POST", path="/x", content=b"{}"), options=RequestOptions(idempotency_key="k-1")
            )
    assert [seen.headers["IdempotencyKey"] for seen in server.requests] == ["k-1"]


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX: y", "/å", "/a?b=c", "/a#b", "/%zz"])
async def test_send_takes_quoted_paths_only(clock: FakeClock, path: str) -> None:
    """What would be rewritten on the way, or break the request line, is refused with the way to quote it."""
    async with scripted([Answer()]) as server, AmiliClient(server.config(), clock=clock) as amili:
        with pytest.raises(RequestError, match="urllib"):
            await amili.send(Request(method="GET", path=path))
    assert server.requests == []


async def test_send_knows_methods_in_any_case(clock: FakeClock) -> None:
    """`get` is a read and may be repeated; an error of it belongs to no operation."""
    async with scripted([Answer(500), Answer(404)]) as server, AmiliClient(server.config(), clock=clock) as amili:
        with pytest.raises(NotFoundError) as caught:
            await amili.send(Request(method="get", path="/x"))
    assert len(server.requests) == 2
    assert caught.value.operation is None


@pytest.mark.parametrize("path", ["https://evil.example/x", "//evil.example/x", "x", ""])
async def test_send_goes_to_the_configured_host_only(clock: FakeClock, path: str) -> None:
    """The token is for that host."""
    async with scripted([Answer()]) as server, AmiliClient(server.config(), clock=clock) as amili:
        with pytest.raises(RequestError, match="one slash"):
            await amili.send(Request(method="GET", path=path))
        with pytest.raises(RequestError, match="Authorization"):
            await amili.send(Request(method="GET", path="/x", headers={"Authorization": "mine"}))
    assert server.requests == []
