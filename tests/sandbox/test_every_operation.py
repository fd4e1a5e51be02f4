"""Every operation of the library can be called against the sandbox, and is answered within the spec."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from typing import Any

import pytest

from amili_async import AmiliClient, UnverifiedOperationWarning
from amili_async import client as client_module
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateCorrectionsRequest,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    CreatePaymentItem,
    CreatePaymentsRequest,
)
from amili_async.models.identity import TokenRequest
from amili_async.models.receivables import (
    CurrencyAmounts,
    CustomerWrite,
    DocumentBatchRequest,
    DocumentWrite,
    PaymentReservationRequest,
)
from amili_async.operations import OPERATIONS, Operation
from amili_async.sandbox import Sandbox, VirtualClock
from amili_async.sandbox.jsonio import decode_json
from amili_async.sandbox.spec import load_documents, operations_of

SPECS = {operation.id: operation for operation in operations_of(load_documents())}


@pytest.fixture
async def amili(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Sandbox, AmiliClient]]:
    """A client of a sandbox that has something of everything."""
    monkeypatch.setattr(client_module, "_warned", set())  # the warning comes once per process, the test per operation
    clock = VirtualClock()
    async with Sandbox(clock=clock) as sandbox, AmiliClient(sandbox.config(), clock=clock) as client:
        yield sandbox, client


def invoices() -> CreateInvoicesRequest:
    """One invoice."""
    return CreateInvoicesRequest(
        invoices=[
            CreateInvoiceItem(
                invoice_number="1",
                original_invoice_amount=Decimal("100.50"),
                currency="NOK",
                invoice_date=dt.date(2025, 1, 1),
                debtors=[CreateInvoiceDebtor(name="Prøve AS")],
            )
        ]
    )


def documents() -> DocumentBatchRequest:
    """One document."""
    amounts = CurrencyAmounts(excl_vat=Decimal(80), vat=Decimal(20), incl_vat=Decimal(100))
    return DocumentBatchRequest(
        documents=[DocumentWrite(document_no="88776655", customer_no="543210", currency_amounts=amounts)]
    )


async def furnish(sandbox: Sandbox, client: AmiliClient) -> Mapping[str, str]:
    """Put something of everything into the sandbox; the path parameters that name it."""
    org, no = sandbox.organization_id, sandbox.settings.client_no
    accepted = await client.collection.create_invoices(org, body=invoices())
    batch = await client.wait_for_batch(org, accepted.data.batch_id)
    assert batch.succeeded is not None
    item = batch.succeeded[0]
    assert item is not None
    payment = CreatePaymentItem(invoice_id=item.invoice_id, amount=Decimal(1), currency="NOK")
    paid = await client.collection.create_payments(org, body=CreatePaymentsRequest(payments=[payment]))
    await client.wait_for_batch(org, paid.data.batch_id)
    settlements = await client.collection.get_settlements(org)
    await client.receivables.create_customer(no, body=CustomerWrite(customer_no="543210"))
    await client.receivables.create_customer(no, body=CustomerWrite(customer_no="765432"))
    ar_batch = await client.receivables.create_document_batch(no, body=documents())
    await sandbox_time(sandbox)
    await client.receivables.create_auto_postings(no, "manual", body=[{"amount": 10, "documentNo": "88776655"}])
    files = await client.receivables.upload_files(no, body=[{"name": "a.pdf"}])
    at = f"/arm/v1/clients/{no}"
    sandbox.state.records.put(f"{at}/clientconfigs", "colour", {"key": "colour", "value": "blue"})
    sandbox.state.records.put(f"{at}/documentbundles", "1", {"documentBundleId": 1})
    sandbox.state.records.put("/webapi/api/Attachment", "7", {"attachmentid": "7"})
    return {
        "organizationId": org,
        "orgId": org,
        "clientno": str(no),
        "batchId": str(accepted.data.batch_id),
        "invoiceId": str(item.invoice_id),
        "caseId": str(item.case_id),
        "settlementId": str(settlements.data[0].id),
        "aritemid": "700001",
        "glitemid": "900001",
        "logitemid": "1",
        "customerno": "765432",
        "documentno": "88776655",
        "batchuuid": ar_batch["batchUuid"],
        "fileid": files["files"][0]["fileId"],
        "key": "colour",
        "documentbundleid": "1",
        "autopostingmethod": "manual",
    }


async def sandbox_time(sandbox: Sandbox) -> None:
    """Let batches end."""
    await sandbox.clock.sleep(1)


def body_of(row: Operation[Any], names: Mapping[str, str], sandbox: Sandbox) -> Any:
    """A body that the operation takes."""
    bodies: dict[str, Any] = {
        "RequestToken": TokenRequest(
            grant_type="client_credentials",
            client_id=sandbox.settings.client_id,
            client_secret=sandbox.settings.client_secret,
        ),
        "CreateInvoices": invoices(),
        "CreatePayments": CreatePaymentsRequest(payments=[CreatePaymentItem(amount=Decimal(1))]),
        "CreateCorrections": CreateCorrectionsRequest(corrections=[CreateCorrectionItem(amount=Decimal(1))]),
        "UpdateArItem": {"arItemId": 700001, "note": "paid soon"},
        "CreateAutoPostings": [{"amount": 5}],
        "CreateCustomer": CustomerWrite(customer_no="1"),
        "UpdateCustomer": CustomerWrite(customer_no="543210"),
        "CreateCustomerBatch": [{"customerNo": "2"}],
        "UpdateCustomerBatch": {"customers": [{"customerNo": "543210"}]},
        "CreateDocument": {"documentNo": "2"},
        "CreateDocumentBatch": documents(),
        "UploadFiles": [{"name": "b.pdf"}],
        "CreatePaymentReservation": PaymentReservationRequest(payment_id="p", document_no=names["documentno"]),
        "LegacyPostBatch": {"invoice": [{"ledgerref": "1"}]},
    }
    if row.request_body is None:
        return None
    return bodies.get(row.id, {} if row.request_body.required else None)


@pytest.mark.parametrize("operation_id", list(OPERATIONS))
async def test_it_is_answered_within_the_spec(operation_id: str, amili: tuple[Sandbox, AmiliClient]) -> None:
    """The SDK's call succeeds with a status of the spec, and the body fits what the spec has for that status."""
    sandbox, client = amili
    row = OPERATIONS[operation_id]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnverifiedOperationWarning)  # of furnishing, not of what is tested
        names = await furnish(sandbox, client)
    client_module._warned.clear()
    path = [names[parameter.wire] for parameter in row.path_params]
    required: dict[str, Any] = {
        parameter.name: "7" for parameter in row.params if parameter.location != "path" and parameter.required
    }
    wanted: AbstractContextManager[Any] = nullcontext()
    if row.evidence.level == "assumed" and row.is_read:
        wanted = pytest.warns(UnverifiedOperationWarning, match=operation_id)
    with wanted:
        response = await client.call(row, *path, body=body_of(row, names, sandbox), **required)
    assert response.status in row.responses
    content = decode_json(response.content) if response.content else None
    assert SPECS[operation_id].answer_flaws(response.status, content) == []
    assert sandbox.requests[-1].operation == operation_id
