"""The smallest complete program: send three invoices to a local Amili, and print what came of them."""

import asyncio
from datetime import date
from decimal import Decimal

from amili_async import AmiliClient
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, InvoiceType
from amili_async.sandbox import Sandbox

INVOICES = [
    CreateInvoiceItem(
        type=InvoiceType.NOTICE,
        invoice_number=number,
        original_invoice_amount=Decimal(amount),
        currency="NOK",
        invoice_date=date(2026, 9, 1),
        due_date=date(2026, 9, 15),
        debtors=[CreateInvoiceDebtor(firstname="Kari", lastname="Eksempel")],
    )
    for number, amount in [("1001", "450.00"), ("1002", "1299.50"), ("1003", "-10.00")]
]


async def main() -> None:
    """Start a sandbox and push. With an account: AmiliClient(Config.from_env()), and no sandbox."""
    async with Sandbox() as sandbox, AmiliClient(sandbox.config()) as amili:
        report = await amili.bulk.submit_invoices(sandbox.organization_id, INVOICES)
    print(report)


asyncio.run(main())
