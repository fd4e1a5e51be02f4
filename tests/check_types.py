"""User code that has to type-check, and user code that must not: read by mypy in `make lint`, never run.

Each `type: ignore` below stands for a mistake that mypy finds. If it stops finding one, the unused ignore is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import assert_type

from amili_async import AmiliClient, Pager, Response
from amili_async.bulk import BulkReport, Outcome
from amili_async.models.collection import (
    Batch,
    BatchAccepted,
    Case,
    CaseStatus,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    CreatePaymentItem,
    Settlement,
)
from amili_async.models.receivables import Customer, CustomerList
from amili_async.operations import OPERATIONS


async def lists(amili: AmiliClient, org: str) -> None:
    """A pager knows what it gives, and takes the arguments of its operation."""
    cases = amili.paginate(amili.collection.get_cases_by_organization, org, status=CaseStatus.OPEN, page_size=50)
    assert_type(cases, Pager[Case])
    async for case in cases.limit(5).prefetch().resume_from("..."):
        assert_type(case, Case)
        assert_type(case.remaining_amount, Decimal | None)
    async for page in cases.pages():
        assert_type(page.page_items(), Sequence[Case])
    assert_type(amili.paginate(amili.collection.get_settlements, org), Pager[Settlement])
    assert_type(amili.paginate(amili.receivables.list_customers, 2218), Pager[Customer])
    assert_type(await amili.receivables.list_customers(2218), CustomerList)

    amili.paginate(amili.collection.get_cases_by_organization)  # type: ignore[call-arg]  # the organization is missing
    amili.paginate(amili.collection.get_cases_by_organization, org, stauts="OPEN")  # type: ignore[call-arg]
    amili.paginate(amili.collection.get_cases_by_organization, org, page_size="many")  # type: ignore[arg-type]
    amili.paginate(amili.collection.get_batch_by_id, org, org)  # type: ignore[arg-type]  # it gives no list


async def writes(amili: AmiliClient, org: str, invoices: list[CreateInvoiceItem]) -> None:
    """What comes back can be used without looking for None first, where the answer is useless without it."""
    accepted = await amili.collection.create_invoices(org, body=CreateInvoicesRequest(invoices=invoices))
    assert_type(accepted, BatchAccepted)
    assert_type(await amili.wait_for_batch(org, accepted.data.batch_id, max_wait_s=None), Batch)
    assert_type(await amili.bulk.submit_invoices(org, invoices, chunk_size=10), BulkReport)
    async with amili.bulk.stream_invoices(org, iter(invoices)) as run:
        async for outcome in run:
            assert_type(outcome, Outcome)

    await amili.collection.create_invoices(org, body=invoices)  # type: ignore[arg-type]
    await amili.collection.create_invoices(org)  # type: ignore[call-arg]  # the body is missing
    await amili.bulk.submit_invoices(org, [CreatePaymentItem()])  # type: ignore[list-item]
    await amili.bulk.submit_invoices(org, invoices, chunk_siez=10)  # type: ignore[call-arg]
    CreateInvoiceItem(original_invoice_amount=10.5)  # type: ignore[arg-type]  # money is no float


async def raw(amili: AmiliClient, org: str) -> None:
    """A row of the table knows its answer where it is named; by text it is anything."""
    from amili_async.endpoints.collection._operations import CREATE_INVOICES

    assert_type(await amili.call(CREATE_INVOICES, org, body=b"{}"), Response[BatchAccepted])
    await amili.call(OPERATIONS["GetInvoiceById"], org, org)
