"""Idempotency keys: honoured, or by switch not."""

from __future__ import annotations

from typing import Any

from tests.sandbox.api import Api, invoice, opened


async def batches(api: Api, **query: Any) -> list[Any]:
    """The organization's batches."""
    body = (await api.get("/batches", **query)).body
    rows: list[Any] = body["data"]
    return rows


async def test_a_repeated_key_gives_the_first_batch_again(api: Api) -> None:
    """The same request under the same key is acted on once, before and after its batch has ended."""
    body = {"invoices": [invoice("F-1")]}
    first = await api.post("/invoices", body, key="k")
    again = await api.post("/invoices", body, key="k")
    api.clock.advance(1)
    late = await api.post("/invoices", body, key="k")
    assert first.status == again.status == late.status == 202
    assert first.body == again.body == late.body
    assert len(await batches(api)) == 1


async def test_the_order_of_fields_does_not_make_another_request(api: Api) -> None:
    """Two spellings of the same JSON are the same request."""
    first = await api.post("/invoices", b'{"invoices":[{"invoiceNumber":"1","currency":"NOK"}]}', key="k")
    again = await api.post("/invoices", b'{"invoices": [{"currency":"NOK", "invoiceNumber":"1"}]}', key="k")
    assert first.body == again.body


async def test_a_key_with_another_request_is_a_conflict(api: Api) -> None:
    """A key stands for one request: other items, or another operation, are refused."""
    await api.post("/invoices", {"invoices": [invoice("F-1")]}, key="k")
    assert (await api.post("/invoices", {"invoices": [invoice("F-2")]}, key="k")).status == 409
    await api.post("/payments", {"payments": []}, key="other")
    assert (await api.post("/corrections", {"corrections": []}, key="other")).status == 409


async def test_keys_of_two_organizations_are_apart(api: Api) -> None:
    """Another organization can use the same key."""
    other = api.sandbox.state.add_organization("Prøve Utleie AS")
    first = api.sandbox.state.submit(api.sandbox.organization_id, "invoices", [invoice("F-1")], key="k")
    second = api.sandbox.state.submit(other.id, "invoices", [invoice("F-2")], key="k")
    assert first.id != second.id


async def test_without_a_key_every_request_is_acted_on(api: Api) -> None:
    """Only the key says that two requests are one."""
    body = {"invoices": [invoice("F-1")]}
    assert (await api.post("/invoices", body)).body != (await api.post("/invoices", body)).body
    assert len(await batches(api)) == 2


async def test_keys_can_be_ignored() -> None:
    """With the switch off a repeated key is acted on again, and its batches are still found by it."""
    async with opened(honour_idempotency_keys=False) as api:
        body = {"invoices": [invoice("F-1")]}
        first = await api.post("/invoices", body, key="k")
        again = await api.post("/invoices", body, key="k")
        assert first.body != again.body
        assert len(await batches(api, IdempotencyKey="k")) == 2


async def test_keys_can_be_unfindable() -> None:
    """With storing off the look-up finds nothing, though the batch is there."""
    async with opened(store_idempotency_keys=False) as api:
        await api.post("/invoices", {"invoices": [invoice("F-1")]}, key="k")
        assert await batches(api, IdempotencyKey="k") == []
        assert len(await batches(api)) == 1


async def test_the_header_can_have_another_name() -> None:
    """The name of the header is not documented, so it is a setting."""
    async with opened(idempotency_header="X-Idempotency-Key") as api:
        await api.post("/invoices", {"invoices": [invoice("F-1")]}, **{"X-Idempotency-Key": "k"})
        await api.post("/invoices", {"invoices": [invoice("F-2")]}, key="other")
        assert len(await batches(api, IdempotencyKey="k")) == 1
        assert await batches(api, IdempotencyKey="other") == []
        assert [entry.idempotency_key for entry in api.sandbox.requests.where(operation="CreateInvoices")] == [
            "k",
            None,
        ]
