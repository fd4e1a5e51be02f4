"""A plain HTTP client of the sandbox: what any program would send, without the SDK."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import aiohttp
import msgspec
from attrs import define

from amili_async.sandbox import Faults, Sandbox, VirtualClock

_ENCODER = msgspec.json.Encoder(decimal_format="number")
CREDENTIALS = {"grant_type": "client_credentials", "client_id": "sandbox-client", "client_secret": "sandbox-secret"}


def invoice(number: str = "F-1", **changes: Any) -> dict[str, Any]:
    """An invoice that the sandbox accepts, unless a change spoils it."""
    fields = {
        "type": "NOTICE",
        "invoiceNumber": number,
        "originalInvoiceAmount": Decimal("4500.00"),
        "currency": "NOK",
        "invoiceDate": "2025-01-15",
        "dueDate": "2025-02-15T00:00:00Z",
        "uniqueSourceInvoiceId": f"erp-{number}",
        "debtors": [
            {
                "type": "PRIVATE",
                "firstname": "Prøve",
                "lastname": "Testesen",
                "customerNumber": f"K-{number}",
                "emails": [{"value": "prove@example.invalid"}],
            }
        ],
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


@define
class Answer:
    """What came back; numbers with a fraction as Decimal."""

    status: int
    body: Any
    headers: Mapping[str, str]


@define
class Api:
    """Speaks to a running sandbox with a token of its own."""

    sandbox: Sandbox
    clock: VirtualClock
    session: aiohttp.ClientSession
    token: str = ""

    @property
    def organization(self) -> str:
        return f"/collection/v1/orgs/{self.sandbox.organization_id}"

    async def log_in(self, **changes: str) -> Answer:
        async with self.session.post("/token", data={**CREDENTIALS, **changes}) as response:
            answer = await _answer(response)
        self.token = answer.body.get("access_token", "")
        return answer

    async def get(self, path: str, **query: Any) -> Answer:
        """GET below the organization."""
        async with self.session.get(
            self.organization + path, params=query, headers={"Authorization": f"Bearer {self.token}"}
        ) as response:
            return await _answer(response)

    async def post(self, path: str, body: Any, *, key: str | None = None, **headers: str) -> Answer:
        """POST below the organization; bytes are sent as they are."""
        content = body if isinstance(body, bytes) else _ENCODER.encode(body)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        if key is not None:
            sent["IdempotencyKey"] = key
        async with self.session.post(self.organization + path, data=content, headers=sent) as response:
            return await _answer(response)

    async def arm(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        """Any method below the ARM client."""
        return await self.ask(method, f"/arm/v1/clients/{self.sandbox.settings.client_no}{path}", body, **query)

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Answer:
        """Any method on any path, with the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        content = None
        if body is not None:
            content, headers["Content-Type"] = _ENCODER.encode(body), "application/json"
        async with self.session.request(method, path, params=query, data=content, headers=headers) as response:
            return await _answer(response)

    async def push(self, invoices: Sequence[Mapping[str, Any]], *, key: str | None = None) -> Any:
        """Hand invoices over and give the finished batch."""
        return await self.finished("/invoices", {"invoices": invoices}, key=key)

    async def finished(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """Make a write and give the finished batch."""
        accepted = await self.post(path, body, key=key)
        assert accepted.status == 202, accepted.body
        self.clock.advance(1)
        batch = await self.get(f"/batches/{accepted.body['data']['batchId']}")
        assert batch.status == 200, batch.body
        return batch.body["data"]


@asynccontextmanager
async def opened(*, seed: int = 1, faults: Faults | None = None, **settings: Any) -> AsyncIterator[Api]:
    """A sandbox on a virtual clock, and a client that is logged in."""
    clock = VirtualClock()
    async with (
        Sandbox(seed=seed, faults=faults, clock=clock, **settings) as sandbox,
        aiohttp.ClientSession(sandbox.url) as session,
    ):
        api = Api(sandbox, clock, session)
        assert (await api.log_in()).status == 200
        yield api


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    text = await response.text()
    return Answer(response.status, json.loads(text, parse_float=Decimal) if text else None, response.headers)
