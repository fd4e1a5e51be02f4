"""Data to measure with: invoices to and from people who do not exist, the same in every run."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

__all__ = ["ORGANIZATION", "page", "request", "row", "rows"]

ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DAY = dt.datetime(2026, 1, 5, 8, 0, tzinfo=dt.UTC)

Row = dict[str, Any]


def page(invoices: int) -> bytes:
    """The JSON text of a page of invoices: each with its organization, 3 claims, and 2 debtors with 2 addresses."""
    rng = random.Random(20260105)  # noqa: S311  # repeatable, no secret
    data = [_invoice(number, rng) for number in range(invoices)]
    return _ENCODER.encode({"summary": {"status": "SUCCESS", "nextPageToken": "page-2"}, "data": data})


def rows(count: int) -> Iterator[Row]:
    """Invoices to hand over, as a database might give them: made one by one, as they are asked for."""
    return map(row, range(count))


def row(number: int) -> Row:
    """One of them: 1 claim, 1 debtor with 1 address."""
    amount = Decimal(number % 100_000 * 100 + 10_099) / 100
    return {
        "type": "PAYMENT_REMINDER",
        "invoice_number": f"F-{number}",
        "unique_source_invoice_id": f"erp-{number}",
        "amount": amount,
        "currency": "NOK",
        "invoice_date": dt.date(2026, 1, 5),
        "due_date": dt.date(2026, 1, 19),
        "description": "Sesongkort 2026",
        "ocr": f"{number:010d}",
        "firstname": "Fiktiva",
        "lastname": "Testesen",
        "customer_number": str(number),
        "email": "fiktiva@example.com",
        "street": "Eksempelveien 1",
        "zip_code": "0001",
        "city": "Eksempelby",
        "country": "NO",
    }


def request(invoices: int) -> dict[str, Any]:
    """The body of a CreateInvoices request, as plain JSON values."""
    return {"invoices": [plain_item(each) for each in rows(invoices)]}


def plain_item(row: Row) -> dict[str, Any]:
    """A row as an item of the request, in plain values that msgspec can write."""
    return {
        "type": row["type"],
        "invoiceNumber": row["invoice_number"],
        "originalInvoiceAmount": row["amount"],
        "currency": row["currency"],
        "invoiceDate": row["invoice_date"],
        "dueDate": row["due_date"],
        "uniqueSourceInvoiceId": row["unique_source_invoice_id"],
        "description": row["description"],
        "debtors": [
            {
                "type": "PRIVATE",
                "firstname": row["firstname"],
                "lastname": row["lastname"],
                "customerNumber": row["customer_number"],
                "emails": [{"value": row["email"]}],
                "addresses": [
                    {
                        "street": row["street"],
                        "city": row["city"],
                        "zipCode": row["zip_code"],
                        "countryCode": row["country"],
                    }
                ],
            }
        ],
        "claims": [{"type": "PRINCIPAL", "originalAmount": row["amount"], "currency": row["currency"]}],
        "ocrReferenceNumber": row["ocr"],
    }


def _invoice(number: int, rng: random.Random) -> dict[str, Any]:
    created = _DAY + dt.timedelta(seconds=rng.randrange(10_000_000), microseconds=rng.randrange(1_000_000))
    amount = _amount(rng)
    return {
        "id": _uuid(rng),
        "organization": {"id": ORGANIZATION, "organizationNumber": "000000000", "name": "Eksempel AS"},
        "invoiceNumber": f"F-{number}",
        "collectionCaseNumber": str(700_000 + number),
        "type": rng.choice(("PAYMENT_REMINDER", "NOTICE")),
        "status": "OPEN",
        "createdAt": created,
        "originalInvoiceAmount": amount,
        "currency": "NOK",
        "invoiceDate": _DAY,
        "dueDate": _DAY + dt.timedelta(days=14),
        "ocrReferenceNumber": f"{rng.randrange(10**12):012d}",
        "uniqueSourceInvoiceId": f"erp-{number}",
        "currentAmount": amount,
        "paidAmount": Decimal("0.00"),
        "claims": [_claim(rng) for _ in range(3)],
        "debtors": [_debtor(number, rng) for _ in range(2)],
    }


def _claim(rng: random.Random) -> dict[str, Any]:
    amount = _amount(rng)
    return {
        "type": "PRINCIPAL",
        "originalAmount": amount,
        "currentAmount": amount,
        "paidAmount": Decimal("0.00"),
        "currency": "NOK",
    }


def _debtor(number: int, rng: random.Random) -> dict[str, Any]:
    return {
        "type": "PRIVATE",
        "firstname": rng.choice(("Fiktiva", "Oppdiktet", "Påfunn")),
        "lastname": "Testesen",
        "customerNumber": str(number),
        "dateOfBirth": "1900-01-01",
        "emails": [{"value": f"person{number}@example.com"}],
        "phoneNumbers": [{"value": "+4700000000"}],
        "addresses": [
            {"street": f"Eksempelveien {rng.randrange(200)}", "city": city, "zipCode": "0001", "countryCode": "NO"}
            for city in ("Eksempelby", "Prøvested")
        ],
    }


def _amount(rng: random.Random) -> Decimal:
    return Decimal(rng.randrange(10_000, 5_000_000)).scaleb(-2)


def _uuid(rng: random.Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))
