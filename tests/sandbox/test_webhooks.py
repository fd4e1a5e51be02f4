"""Webhooks: what is sent, how it is signed, and what happens when nobody listens."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from attrs import define, field

from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.spec import Checker, load_documents
from amili_async.webhooks import (
    BatchCompleted,
    CaseCreated,
    CaseUpdated,
    Event,
    HmacSha256Verifier,
    InMemorySeen,
    SettlementCreated,
)
from amili_async.webhooks_aiohttp import webhook_handler
from tests.sandbox.api import Api, invoice, opened


@define
class Receiver:
    """A server of the user's that gets events."""

    url: str = ""
    answers: list[int] = field(factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(factory=list)
    came: asyncio.Event = field(factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        self.came.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 204)

    @property
    def events(self) -> list[Any]:
        return [json.loads(body) for _, body in self.got]

    @property
    def kinds(self) -> list[str]:
        return [headers["X-Amili-Event"] for headers, _ in self.got]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/amili", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/amili"
        yield receiver
    finally:
        await runner.cleanup()


@asynccontextmanager
async def told(**settings: Any) -> AsyncIterator[tuple[Api, Receiver]]:
    """A sandbox that tells a receiver, when asked to."""
    async with receiving() as receiver:
        defaults: dict[str, Any] = {"webhook_url": receiver.url, "webhook_background": False}
        async with opened(**{**defaults, **settings}) as api:
            yield api, receiver


async def test_events_come_in_the_documented_shapes() -> None:
    """A batch, a case, a payment and a pause are told with the documentation's odd names, and fit the spec."""
    async with told() as (api, receiver):
        batch = await api.push([invoice()])
        item = batch["succeeded"][0]
        payment = {"invoiceId": item["invoiceId"], "amount": 7, "currency": "NOK"}
        await api.finished("/payments", {"payments": [payment]})
        await api.finished(f"/cases/{item['caseId']}/pause", {})
        await api.sandbox.deliver_webhooks()
    assert receiver.kinds == [
        "CASE",
        "BATCH_COMPLETED",
        "CASE_UPDATED",
        "SETTLEMENT_CREATED",
        "BATCH_COMPLETED",
        "CASE_UPDATED",
        "BATCH_COMPLETED",
    ]
    case, completed, paid, settled, _, paused, _ = receiver.events
    assert completed["type"] == "BATCH_COMPLETED"
    assert completed["data"] == {
        "batchId": batch["batchId"],
        "organizationId": api.sandbox.organization_id,
        "status": "SUCCESS",
    }
    assert case["eventType"] == "CASE"
    assert (case["data"]["orgId"], case["data"]["invoices"]) == (api.sandbox.organization_id, [item["invoiceId"]])
    assert paid["data"]["fields"] == ["amounts"]
    assert settled["data"]["settlementDate"] == "2025-03-09"
    assert (paused["data"]["status"], paused["data"]["fields"]) == ("PAUSED", ["status"])
    document = load_documents()["collection"]
    for kind, event in zip(receiver.kinds, receiver.events, strict=True):
        schema = document["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert Checker(schema, document).flaws(event) == []
        assert event["source"] == "COLLECTION"
        assert event["timeStamp"].endswith("Z")


async def test_a_delivery_is_signed() -> None:
    """The signature is the HMAC-SHA256 of the raw body in hex; every delivery has its key and request id."""
    async with told(webhook_secret="hush") as (api, receiver):
        await api.push([invoice(), invoice("F-2")])
        await api.sandbox.deliver_webhooks()
    for headers, body in receiver.got:
        assert headers["X-Webhook-Signature"] == hmac.new(b"hush", body, hashlib.sha256).hexdigest()
    assert len({headers["IdempotencyKey"] for headers, _ in receiver.got}) == 3
    assert len({headers["X-Amili-Request-Id"] for headers, _ in receiver.got}) == 3


async def test_a_refused_delivery_is_tried_again() -> None:
    """It comes again with the same key after its time, and not before; after the fifth time it is given up."""
    async with told() as (api, receiver):
        receiver.answers = [500, 302, 404, 500, 500, 500]
        await api.push([])
        for wait in (0, 0, 1, 4, 1, 25, 125, 10_000):
            api.clock.advance(wait)
            await api.sandbox.deliver_webhooks()
        (delivery,) = api.sandbox.webhooks.deliveries
        assert (delivery.state, delivery.statuses) == ("given up", [500, 302, 404, 500, 500])
    assert len({headers["IdempotencyKey"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1


async def test_nobody_listening_is_no_failure() -> None:
    """An address that nobody answers at costs an attempt; the sandbox serves on."""
    async with opened(webhook_url="http://127.0.0.1:9/", webhook_background=False) as api:
        await api.push([])
        await api.sandbox.deliver_webhooks()
        (delivery,) = api.sandbox.webhooks.deliveries
        assert (delivery.state, delivery.statuses) == ("waiting", [None])
        assert (await api.get("/cases")).status == 200


async def test_an_event_can_come_twice() -> None:
    """By rule, or on demand: the same event under the same key."""
    rule = Rule(kind="duplicate-webhook", operation="BATCH_COMPLETED", times=1)
    async with told(faults=Faults(rules=[rule])) as (api, receiver):
        await api.push([])
        await api.push([])
        await api.sandbox.deliver_webhooks()
        keys = [headers["IdempotencyKey"] for headers, _ in receiver.got]
        assert (len(keys), len(set(keys))) == (3, 2)
        async with api.session.get("/__sandbox__/webhooks") as response:
            known = (await response.json())["webhooks"]
        assert [row["state"] for row in known] == ["delivered"] * 3
        for event_id, status in ((known[-1]["id"], 200), ("unknown", 404)):
            async with api.session.post("/__sandbox__/webhooks/repeat", json={"id": event_id}) as response:
                assert response.status == status
        async with api.session.post("/__sandbox__/webhooks/deliver") as response:
            assert await response.json() == {"tried": 1}
    assert receiver.got[-1][1] == receiver.got[-2][1]


async def test_what_was_forgotten_is_not_sent() -> None:
    """A reset while events are on their way ends them: the next test gets none of the last one's."""
    async with told() as (api, receiver):

        class Reset(asyncio.Event):
            def set(self) -> None:
                api.sandbox.reset()

        receiver.came = Reset()
        await api.push([invoice("1"), invoice("2")])
        assert len(await api.sandbox.deliver_webhooks()) == 1
        assert await api.sandbox.deliver_webhooks() == []
    assert receiver.kinds == ["CASE"]


async def test_events_are_sent_by_themselves() -> None:
    """Unless switched off, nobody has to ask: neither for the batch nor for the delivery."""
    async with told(webhook_background=True, batch_delay_s=0) as (api, receiver):
        assert (await api.post("/invoices", {"invoices": []})).status == 202
        await asyncio.wait_for(receiver.came.wait(), 20)
    assert receiver.kinds == ["BATCH_COMPLETED"]


async def test_the_librarys_own_handler_takes_them() -> None:
    """What the sandbox sends passes the default verifier and is read as the event that it is, once per key."""
    got: list[Event] = []

    async def take(event: Event) -> None:
        got.append(event)

    app = web.Application()
    handler = webhook_handler(take, verifier=HmacSha256Verifier(["hush"]), seen=InMemorySeen())
    app.router.add_post("/amili", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/amili"
        faults = Faults(rules=[Rule(kind="duplicate-webhook")])
        async with opened(webhook_url=url, webhook_secret="hush", webhook_background=False, faults=faults) as api:
            item = (await api.push([invoice()]))["succeeded"][0]
            await api.finished("/payments", {"payments": [{**item, "amount": 7, "currency": "NOK"}]})
            await api.sandbox.deliver_webhooks()
            assert {delivery.state for delivery in api.sandbox.webhooks.deliveries} == {"delivered"}
    finally:
        await runner.cleanup()
    assert [type(event) for event in got] == [
        CaseCreated,
        BatchCompleted,
        CaseUpdated,
        SettlementCreated,
        BatchCompleted,
    ]


@pytest.mark.parametrize("url", ["https://example.invalid/hook", "http://10.0.0.1/", "ftp://127.0.0.1/", "here"])
def test_events_stay_on_this_machine(url: str) -> None:
    """A URL that is none, or that leads elsewhere, is refused; elsewhere must be meant."""
    with pytest.raises(ValueError, match="webhook_url"):
        Sandbox(webhook_url=url)
    if url.startswith("http"):
        assert Sandbox(webhook_url=url, webhook_allow_remote=True).webhooks.is_on


async def test_without_a_url_nothing_is_kept(api: Api) -> None:
    """A sandbox that has nobody to tell does not collect events."""
    await api.push([invoice()])
    assert await api.sandbox.deliver_webhooks() == []
    assert len(api.sandbox.webhooks.deliveries) == 0


async def test_the_secret_is_not_shown() -> None:
    """Neither settings nor deliveries print what must not be seen."""
    async with told(webhook_secret="hush") as (api, _):
        await api.push([invoice()])
        assert "hush" not in repr(api.sandbox.settings)
        assert "F-1" not in repr(list(api.sandbox.webhooks.deliveries))
        assert isinstance(api.session, aiohttp.ClientSession)
