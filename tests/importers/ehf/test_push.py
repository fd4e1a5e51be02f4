"""EHF invoices on their way to Amili."""

from __future__ import annotations

from decimal import Decimal

from amili_async import AmiliClient
from amili_async.bulk import OutcomeStatus
from amili_async.importers.archives import open_archive
from amili_async.importers.kinds import INVOICES
from amili_async.importers.options import ReadOptions
from amili_async.models.collection import CreateInvoiceItem
from amili_async.sandbox import Sandbox
from tests.importers.ehf.documents import DATA


async def test_a_folder_of_documents_is_pushed_to_the_cent() -> None:
    """What the sandbox has afterwards is what the documents ask for, under the right numbers."""
    source = open_archive(DATA, INVOICES, ReadOptions())
    records = []
    for row in source:
        assert isinstance(row, CreateInvoiceItem), row
        records.append(row)
    async with Sandbox() as sandbox, AmiliClient(sandbox.config()) as amili:
        report = await amili.bulk.submit_invoices(sandbox.organization_id, records)
        assert (report.accepted, report.rejected) == (2, 0)
        assert report.totals["NOK"][OutcomeStatus.ACCEPTED] == Decimal("1979.50")
        pager = amili.paginate(amili.collection.get_invoices_by_organization, sandbox.organization_id)
        found = {invoice.invoice_number: invoice async for invoice in pager}
    assert set(found) == {"F-26001", "26002"}
    assert found["F-26001"].original_invoice_amount == Decimal("980.00")
    assert found["26002"].ocr_reference_number == "0000260026"
    debtors = found["26002"].debtors
    assert debtors is not None
    assert debtors[0].name == "Kari Eksempel"
