"""The how-to on FastAPI: the service as a caller meets it, with a sandbox behind it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from amili_async.sandbox import Faults, Rule, Sandbox
from examples.fastapi_service import make_app

SECRET = "a made-up secret"
INVOICE = {
    "number": "F-1",
    "amount": "1249.50",
    "issued_on": "2026-09-01",
    "due_on": "2026-09-15",
    "customer_number": "1001",
    "first_name": "Kari",
    "last_name": "Eksempel",
}


@pytest.fixture
async def sandbox(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A sandbox whose batches take as long as the test says."""
    async with Sandbox(batch_delay_s=getattr(request, "param", 0.2)) as sandbox:
        yield sandbox


@pytest.fixture
async def service(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    app = make_app(sandbox.config(), sandbox.organization_id, SECRET)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service.example") as client,
    ):
        yield client


def event(**data: Any) -> tuple[bytes, dict[str, str]]:
    body = json.dumps({"type": "BATCH_COMPLETED", "data": data}).encode()
    return body, {"X-Webhook-Signature": hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


async def test_an_invoice_is_handed_over_and_its_case_seen(service: httpx.AsyncClient) -> None:
    """202 with a batch; the batch ends; the case is there, to the øre."""
    answer = await service.post("/invoices", json=INVOICE)
    assert answer.status_code == 202
    batch = await service.get(f"/batches/{answer.json()['batch_id']}", params={"wait_s": 20})
    assert batch.json() == {"status": "SUCCESS", "done": True, "failed": 0}
    cases = await service.get("/cases")
    assert cases.json() == [{"case": 5000001, "type": "PAYMENT_REMINDER", "remaining": "1249.50"}]


@pytest.mark.parametrize("sandbox", [600], indirect=True)
async def test_a_batch_that_has_not_ended_says_so(service: httpx.AsyncClient) -> None:
    """A caller that does not wait gets the status there is, and asks again."""
    answer = await service.post("/invoices", json=INVOICE)
    batch = await service.get(f"/batches/{answer.json()['batch_id']}")
    assert (batch.status_code, batch.json()) == (200, {"status": "QUEUED", "done": False})


@pytest.mark.parametrize("amount", [1249.5, "1249.505", "-1.00", "much"])
async def test_amounts_that_are_no_money_are_refused(
    service: httpx.AsyncClient, sandbox: Sandbox, amount: object
) -> None:
    """Floats above all; nothing is sent."""
    answer = await service.post("/invoices", json=INVOICE | {"amount": amount})
    assert answer.status_code == 422
    assert sandbox.requests.count() == 0


async def test_an_unclear_outcome_is_not_an_error_to_be_repeated(service: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """504 with the key to look it up by; it was sent once."""
    sandbox.fail_next(operation="CreateInvoices", drop="after")
    answer = await service.post("/invoices", json=INVOICE)
    assert answer.status_code == 504
    assert answer.json()["idempotency_key"]
    assert sandbox.requests.count(operation="CreateInvoices") == 1


@pytest.mark.parametrize(("status", "retry_after_s", "told"), [(429, 3600, 503), (422, None, 502)])
async def test_refusals_of_amili_are_told_apart(
    service: httpx.AsyncClient, sandbox: Sandbox, status: int, retry_after_s: float | None, told: int
) -> None:
    """A caller learns whether to come back, and when."""
    sandbox.set_faults(
        Faults(rules=[Rule(kind="status", status=status, retry_after_s=retry_after_s, operation="CreateInvoices")])
    )
    answer = await service.post("/invoices", json=INVOICE)
    assert answer.status_code == told
    if retry_after_s is not None:
        assert float(answer.headers["Retry-After"]) == retry_after_s


async def test_a_batch_that_is_not_there_yet_has_no_status(service: httpx.AsyncClient) -> None:
    """It may come: a batch is waited for during its first seconds."""
    answer = await service.get("/batches/00000000-0000-0000-0000-000000000001")
    assert (answer.status_code, answer.json()) == (200, {"status": None, "done": False})


async def test_webhooks_are_checked(service: httpx.AsyncClient) -> None:
    """A signed one is taken, a forged one refused, nonsense named."""
    body, headers = event(batchId="db6a7ff4-3a20-4042-b271-a9485ded6333", status="SUCCESS")
    assert (await service.post("/webhooks/amili", content=body, headers=headers)).status_code == 200
    assert (await service.post("/webhooks/amili", content=body + b" ", headers=headers)).status_code == 401
    signed = hmac.new(SECRET.encode(), b"[]", hashlib.sha256).hexdigest()
    answer = await service.post("/webhooks/amili", content=b"[]", headers={"X-Webhook-Signature": signed})
    assert answer.status_code == 400
