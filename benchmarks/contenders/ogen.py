"""The client that openapi-generator makes from our spec (-g python --library asyncio): aiohttp and pydantic v2."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from benchmarks.contenders import Codec, Push
from benchmarks.contenders.driving import POLL_S, drive
from benchmarks.contenders.generators import make_ogen
from benchmarks.sample import ORGANIZATION

__all__ = ["NAME", "make"]

NAME: Final = "openapi-generator"
_FINAL = ("SUCCESS", "PARTIAL", "FAILED")


def make(folder: Path) -> tuple[Codec, Push]:
    """Generate the client, and give its codec and the push that is written with it.

    Raises:
        Missing: It cannot be generated here.
    """
    package = make_ogen(folder)
    models: Any = import_module(f"{package}.models")
    codec = Codec(
        name=NAME,
        read_page=lambda data: models.InvoiceList.from_json(data.decode()),
        write_page=lambda model: model.to_json().encode(),
        read_body=lambda data: models.CreateInvoicesRequest.from_json(data.decode()),
        write_body=lambda model: model.to_json().encode(),
        plain=lambda model: model.to_dict(),
    )
    return codec, _push(package, models)


def _push(package: str, models: Any) -> Push:
    root: Any = import_module(package)
    organization = UUID(ORGANIZATION)

    async def push(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
        settings = root.Configuration(host=f"{url}/collection/v1", access_token="t")  # noqa: S106  # no secret
        async with root.ApiClient(settings) as client:
            invoices, batches = root.InvoiceApi(client), root.BatchesApi(client)

            async def submit(chunk: list[dict[str, Any]]) -> int:
                body = models.CreateInvoicesRequest(invoices=[_item(models, row) for row in chunk])
                batch_id = (await invoices.create_invoices(organization, body)).data.batch_id
                while True:
                    batch = (await batches.get_batch_by_id(organization, batch_id)).data
                    if batch.status.actual_instance in _FINAL:
                        break
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
        type=row["type"],
        invoice_number=row["invoice_number"],
        original_invoice_amount=amount,
        currency=row["currency"],
        invoice_date=row["invoice_date"].isoformat(),
        due_date=row["due_date"].isoformat(),
        unique_source_invoice_id=row["unique_source_invoice_id"],
        description=row["description"],
        debtors=[
            models.CreateInvoiceDebtor(
                type="PRIVATE",
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
        claims=[models.CreateInvoiceClaim(type="PRINCIPAL", original_amount=amount, currency=row["currency"])],
        ocr_reference_number=row["ocr"],
    )
