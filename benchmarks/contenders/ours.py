"""This library."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from amili_async import AmiliClient, Config, codec
from amili_async.models.collection import (
    ClaimType,
    CreateInvoiceClaim,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    DebtorType,
    EmailAddress,
    InvoiceList,
    InvoiceType,
    PostalAddress,
)
from benchmarks.contenders import Codec
from benchmarks.sample import ORGANIZATION

__all__ = ["CODEC", "NAME", "config", "item", "push"]

NAME: Final = "amili-async"
CODEC = Codec(
    name=NAME,
    read_page=lambda data: codec.decode(data, InvoiceList),
    write_page=codec.encode,
    read_body=lambda data: codec.decode(data, CreateInvoicesRequest),
    write_body=codec.encode,
    plain=codec.unstructure,
)


def config(url: str) -> Config:
    """Settings for a server of ours."""
    return Config(
        base_url=url,
        token_url=f"{url}/token",
        client_id="benchmark",
        client_secret="none",  # noqa: S106  # the server asks for none
        organization_id=ORGANIZATION,
    )


def item(row: dict[str, Any]) -> CreateInvoiceItem:
    """A row as a model."""
    amount: Decimal = row["amount"]
    return CreateInvoiceItem(
        type=InvoiceType.PAYMENT_REMINDER,
        invoice_number=row["invoice_number"],
        original_invoice_amount=amount,
        currency=row["currency"],
        invoice_date=row["invoice_date"],
        due_date=row["due_date"],
        unique_source_invoice_id=row["unique_source_invoice_id"],
        description=row["description"],
        debtors=[
            CreateInvoiceDebtor(
                type=DebtorType.PRIVATE,
                firstname=row["firstname"],
                lastname=row["lastname"],
                customer_number=row["customer_number"],
                emails=[EmailAddress(value=row["email"])],
                addresses=[
                    PostalAddress(
                        street=row["street"], city=row["city"], zip_code=row["zip_code"], country_code=row["country"]
                    )
                ],
            )
        ],
        claims=[CreateInvoiceClaim(type=ClaimType.PRINCIPAL, original_amount=amount, currency=row["currency"])],
        ocr_reference_number=row["ocr"],
    )


async def push(
    url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int, journal: Path | None = None
) -> int:
    """Hand invoices over, wait for their batches, and find the result of each."""
    async with AmiliClient(config(url)) as amili:
        report = await amili.bulk.submit_invoices(
            ORGANIZATION, map(item, rows), journal=journal, chunk_size=chunk_size, concurrency=concurrency
        )
    return report.accepted
