"""The limit: a loop written by hand for this one job, on bare aiohttp and msgspec, with plain dicts.

And the same loop with this library's models in place of the dicts, which tells what the models cost and what the rest.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp  # noqa: TID251  # the limit is measured on it
import msgspec

from amili_async import codec
from amili_async.models.collection import BatchResponse, CreateInvoicesRequest
from benchmarks.contenders.driving import POLL_S, drive
from benchmarks.contenders.ours import item
from benchmarks.sample import ORGANIZATION, plain_item

__all__ = ["push", "push_models"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder()
_FINAL = ("SUCCESS", "PARTIAL", "FAILED")


Rows = list[dict[str, Any]]
Call = Callable[..., Any]


async def push(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
    """Hand invoices over, wait for their batches, and find the result of each."""

    async def submit(call: Call, chunk: Rows) -> int:
        body = _ENCODER.encode({"invoices": [plain_item(row) for row in chunk]})
        accepted = _DECODER.decode(await call("POST", "/invoices", body, IdempotencyKey=str(uuid.uuid4())))
        path = f"/batches/{accepted['data']['batchId']}"
        while (batch := _DECODER.decode(await call("GET", path))["data"])["status"] not in _FINAL:  # noqa: ASYNC110  # polling is the job
            await asyncio.sleep(POLL_S)
        results = {item["invoiceNumber"]: item["invoiceId"] for item in batch["succeeded"]}
        outcomes = [(row["invoice_number"], results.get(row["invoice_number"])) for row in chunk]
        return sum(invoice_id is not None for _, invoice_id in outcomes)

    return await _push(url, rows, submit, chunk_size=chunk_size, concurrency=concurrency)


async def push_models(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
    """As `push`, with a model for each invoice and for the answer."""

    async def submit(call: Call, chunk: Rows) -> int:
        invoices = [item(row) for row in chunk]
        body = codec.encode(CreateInvoicesRequest(invoices=invoices))
        accepted = _DECODER.decode(await call("POST", "/invoices", body, IdempotencyKey=str(uuid.uuid4())))
        path = f"/batches/{accepted['data']['batchId']}"
        while (batch := codec.decode(await call("GET", path), BatchResponse).data).status not in _FINAL:  # noqa: ASYNC110  # as above
            await asyncio.sleep(POLL_S)
        results = {found.invoice_number: found.invoice_id for found in batch.succeeded or ()}
        outcomes = [(invoice.invoice_number, results.get(invoice.invoice_number)) for invoice in invoices]
        return sum(invoice_id is not None for _, invoice_id in outcomes)

    return await _push(url, rows, submit, chunk_size=chunk_size, concurrency=concurrency)


async def _push(
    url: str,
    rows: Iterator[dict[str, Any]],
    submit: Callable[[Call, Rows], Any],
    *,
    chunk_size: int,
    concurrency: int,
) -> int:
    prefix = f"{url}/collection/v1/orgs/{ORGANIZATION}"
    headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency), headers=headers) as session:

        async def call(method: str, path: str, data: bytes | None = None, **headers: str) -> bytes:
            async with session.request(method, prefix + path, data=data, headers=headers) as response:
                if response.status >= 300:
                    raise RuntimeError(f"status {response.status}")
                return await response.read()

        return await drive(rows, lambda chunk: submit(call, chunk), chunk_size=chunk_size, concurrency=concurrency)
