"""The smallest complete program: hand three invoices over and see what becomes of each."""

import asyncio
from datetime import date
from decimal import Decimal

from amili_async import AmiliClient
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem
from amili_async.sandbox import Sandbox


def invoice(number: str, amount: str) -> CreateInvoiceItem:
    """One overdue invoice to a person who does not exist."""
    return CreateInvoiceItem(
        invoice_number=number,
        original_invoice_amount=Decimal(amount),
        currency="NOK",
        invoice_date=date(2026, 9, 1),
        due_date=date(2026, 9, 15),
        debtors=[CreateInvoiceDebtor(firstname="Kari", lastname="Eksempel", customer_number="1001")],
    )


async def main() -> None:
    """Push to a local Amili."""
    invoices = [invoice("F-1", "1249.50"), invoice("F-2", "300.00"), invoice("F-3", "-12.00")]
    async with Sandbox() as sandbox, AmiliClient(sandbox.config()) as amili:
        async with amili.bulk.stream_invoices(sandbox.organization_id, invoices) as run:
            async for outcome in run:
                print(outcome.key, outcome.status, outcome.problem or "")
        print(run.report)


asyncio.run(main())
