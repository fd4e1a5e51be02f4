"""The client that openapi-python-client generates from our spec: httpx, attrs classes, json of the standard library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from benchmarks.contenders import Codec, Push
from benchmarks.contenders.driving import POLL_S, drive
from benchmarks.contenders.generators import make_opc
from benchmarks.sample import ORGANIZATION

__all__ = ["NAME", "make"]

NAME: Final = "openapi-python-client"
_FINAL = ("SUCCESS", "PARTIAL", "FAILED")


def make(folder: Path) -> tuple[Codec, Push]:
    """Generate the client, and give its codec and the push that is written with it.

    Raises:
        Missing: It cannot be generated here.
    """
    package = make_opc(folder)
    models: Any = import_module(f"{package}.models")

    def write(model: Any) -> bytes:
        # As httpx does it for `json=`.
        return json.dumps(model.to_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    codec = Codec(
        name=NAME,
        read_page=lambda data: models.InvoiceList.from_dict(json.loads(data)),
        write_page=write,
        read_body=lambda data: models.CreateInvoicesRequest.from_dict(json.loads(data)),
        write_body=write,
        plain=lambda model: model.to_dict(),
    )
    return codec, _push(package, models)


def _push(package: str, models: Any) -> Push:
    client_class: Any = import_module(f"{package}.client").AuthenticatedClient
    create: Any = import_module(f"{package}.api.invoice.create_invoices").asyncio
    get_batch: Any = import_module(f"{package}.api.batches.get_batch_by_id").asyncio
    organization = UUID(ORGANIZATION)

    async def push(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
        async with client_class(base_url=f"{url}/collection/v1", token="t") as client:  # noqa: S106  # no secret

            async def submit(chunk: list[dict[str, Any]]) -> int:
                body = models.CreateInvoicesRequest(invoices=[_item(models, row) for row in chunk])
                batch_id = (await create(organization, client=client, body=body)).data.batch_id
                while (batch := (await get_batch(organization, batch_id, client=client)).data).status not in _FINAL:  # noqa: ASYNC110  # polling is the job
                    await asyncio.sleep(POLL_S)
                results = {item.invoice_number: item.invoice_id for item in batch.succeeded}
                outcomes = [(row["invoice_number"], results.get(row["invoice_number"])) for row in chunk]
                return sum(invoice_id is not None for _, invoice_id in outcomes)

            return await drive(rows, submit, chunk_size=chunk_size, concurrency=concurrency)

    return push


def _item(models: Any, row: dict[str, Any]) -> Any:
    # Amounts are floats in this client, and the dates of this body text.
    amount = float(row["amount"])
    return models.CreateInvoiceItem(
        type_=row["type"],
        invoice_number=row["invoice_number"],
        original_invoice_amount=amount,
        currency=row["currency"],
        invoice_date=row["invoice_date"].isoformat(),
        due_date=row["due_date"].isoformat(),
        unique_source_invoice_id=row["unique_source_invoice_id"],
        description=row["description"],
        debtors=[
            models.CreateInvoiceDebtor(
                type_="PRIVATE",
                firstname=row["firstname"],
                lastname=row["lastname"],
                customer_number=row["customer_number"],
                emails=[models.EmailAddress(value=row["email"])],
                addresses=[
                    models.PostalAddress(
                        street=row["street"], city=row["city"], zip_code=row["zip_code"], country_code=row["country"]
                    )
                ],
            )
        ],
        claims=[models.CreateInvoiceClaim(type_="PRINCIPAL", original_amount=amount, currency=row["currency"])],
        ocr_reference_number=row["ocr"],
    )
