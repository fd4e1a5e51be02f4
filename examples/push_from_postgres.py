"""Push the overdue invoices of a PostgreSQL database, and write back what became of each."""

import asyncio
import os
from collections.abc import AsyncIterator
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from amili_async import AmiliClient, Config
from amili_async.bulk import BulkReport
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem

# What is settled is left out. What is UNSENT or UNKNOWN comes again: the journal knows what may be done with it.
OVERDUE = """
    SELECT invoice.id, invoice.number, amount, currency, issued_on, due_on,
           customer.number AS customer_number, first_name, last_name
      FROM invoice
      JOIN customer ON customer.id = invoice.customer_id
     WHERE due_on < current_date AND paid_on IS NULL
       AND (amili_status IS NULL OR amili_status NOT IN ('ACCEPTED', 'REJECTED'))
     ORDER BY invoice.id
"""
WRITE_BACK = """
    UPDATE invoice SET amili_status = %s, amili_problem = %s, amili_invoice_id = coalesce(%s, amili_invoice_id)
     WHERE 'erp-' || id = %s
"""


async def overdue(connection: AsyncConnection) -> AsyncIterator[CreateInvoiceItem]:
    """The rows as records, a thousand at a time; the cursor stays at the server."""
    async with connection.cursor(name="overdue", row_factory=dict_row) as cursor:
        cursor.itersize = 1000
        await cursor.execute(OVERDUE)
        async for row in cursor:
            yield CreateInvoiceItem(
                unique_source_invoice_id=f"erp-{row['id']}",  # the record's key: never reuse one
                invoice_number=row["number"],
                original_invoice_amount=row["amount"],  # numeric is Decimal in Python, to the øre
                currency=row["currency"],
                invoice_date=row["issued_on"],
                due_date=row["due_on"],
                debtors=[
                    CreateInvoiceDebtor(
                        customer_number=row["customer_number"],
                        firstname=row["first_name"],
                        lastname=row["last_name"],
                    )
                ],
            )


async def push(amili: AmiliClient, organization_id: UUID | str, database: str, journal: str) -> BulkReport:
    """Push all that is overdue, and note the outcome of each beside it."""
    async with (
        await AsyncConnection.connect(database) as reader,
        await AsyncConnection.connect(database, autocommit=True) as writer,
        amili.bulk.stream_invoices(organization_id, overdue(reader), journal=journal) as run,
    ):
        async for outcome in run:
            values = (outcome.status, outcome.problem, outcome.invoice_id, outcome.key)
            await writer.execute(WRITE_BACK, values)
    return run.report


async def main() -> None:
    """Settings come from the environment."""
    config = Config.from_env()
    async with AmiliClient(config) as amili:
        report = await push(amili, os.environ["AMILI_ORGANIZATION_ID"], os.environ["DATABASE_URL"], "invoices.journal")
    print(report)


if __name__ == "__main__":
    asyncio.run(main())
