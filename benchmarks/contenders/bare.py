"""The limit: a loop written by hand for this one job, on bare aiohttp and msgspec, with plain dicts."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from typing import Any

import aiohttp  # noqa: TID251  # the limit is measured on it
import msgspec

from benchmarks.contenders.driving import POLL_S, drive
from benchmarks.sample import ORGANIZATION, plain_item

__all__ = ["push"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder()
_FINAL = ("SUCCESS", "PARTIAL", "FAILED")


async def push(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
    """Hand invoices over, wait for their batches, and find the result of each."""
    prefix = f"{url}/collection/v1/orgs/{ORGANIZATION}"
    headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency), headers=headers) as session:

        async def call(method: str, path: str, data: bytes | None = None, **headers: str) -> Any:
            async with session.request(method, prefix + path, data=data, headers=headers) as response:
                if response.status >= 300:
                    raise RuntimeError(f"status {response.status}")
                return _DECODER.decode(await response.read())

        async def submit(chunk: list[dict[str, Any]]) -> int:
            body = _ENCODER.encode({"invoices": [plain_item(row) for row in chunk]})
            accepted = await call("POST", "/invoices", body, IdempotencyKey=str(uuid.uuid4()))
            path = f"/batches/{accepted['data']['batchId']}"
            while (batch := (await call("GET", path))["data"])["status"] not in _FINAL:  # noqa: ASYNC110  # polling is the job
                await asyncio.sleep(POLL_S)
            results = {item["invoiceNumber"]: item["invoiceId"] for item in batch["succeeded"]}
            outcomes = [(row["invoice_number"], results.get(row["invoice_number"])) for row in chunk]
            return sum(invoice_id is not None for _, invoice_id in outcomes)

        return await drive(rows, submit, chunk_size=chunk_size, concurrency=concurrency)
