"""Push an invoice to whatever the environment names, and list the open cases. The same for sandbox and production."""

import asyncio
import sys
from datetime import date
from decimal import Decimal

from amili_async import AmiliClient, Config
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem

INVOICE = CreateInvoiceItem(
    unique_source_invoice_id="erp-1004",
    invoice_number="1004",
    original_invoice_amount=Decimal("780.00"),
    currency="NOK",
    invoice_date=date(2026, 9, 1),
    due_date=date(2026, 9, 15),
    debtors=[CreateInvoiceDebtor(customer_number="504", firstname="Nora", lastname="Eksempel")],
)


async def main() -> None:
    """Run once more, it sends nothing: the journal knows the invoice."""
    config = Config.from_env()
    organization_id = config.default_organization_id or sys.exit("set AMILI_ORGANIZATION_ID")
    async with AmiliClient(config) as amili:
        report = await amili.bulk.submit_invoices(organization_id, [INVOICE], journal="python.journal")
        print(f"{report.accepted} accepted, {report.resumed} of them by an earlier run")
        async for case in amili.paginate(
            amili.collection.get_cases_by_organization, organization_id, status="OPEN"
        ).limit(10):
            print(case.case_number, case.remaining_amount)


asyncio.run(main())
