# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
# ruff: noqa: S106  # `token` names a request parameter; nothing secret stands here
"""Amili Debt Collection API: what is known of every operation."""

from __future__ import annotations

from typing import Any, Final

from amili_async.models.collection import (
    BatchAccepted,
    BatchList,
    BatchResponse,
    CaseList,
    CreateCorrectionsRequest,
    CreateInvoicesRequest,
    CreatePaymentsRequest,
    InvoiceList,
    InvoiceResponse,
    SettlementList,
    SettlementResponse,
)
from amili_async.operations import Body, Evidence, Operation, Pagination, Param

CREATE_INVOICES: Final[Operation[BatchAccepted]] = Operation(
    id="CreateInvoices",
    method="POST",
    path="/orgs/{organizationId}/invoices",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Hand invoices over for collection.",
    idempotency="keyed",
    evidence=Evidence(
        level="partial",
        pages=(
            "createinvoices-4148067e0",
            "createinvoices-3939017e0",
            "create-a-new-invoice-3939017e0",
            "example-workflow-359631m0",
        ),
        note=(
            "Of an invoice, everything after its description is taken from the 2025-09 read model. The answer's "
            "body is that of CreateCorrections."
        ),
    ),
    batch="invoices",
    params=(Param(name="organization_id", wire="organizationId", location="path", required=True),),
    request_body=Body(model=CreateInvoicesRequest),
    responses={202: BatchAccepted},
)
GET_INVOICES_BY_ORGANIZATION: Final[Operation[InvoiceList]] = Operation(
    id="GetInvoicesByOrganization",
    method="GET",
    path="/orgs/{organizationId}/invoices",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="List an organization's invoices, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=(
            "getinvoicesbyorganization-4148068e0",
            "getinvoicesbyorganization-3939018e0",
            "get-organization-invoices-3939018e0",
        ),
        modified="2025-09-23",
        note=(
            "The page of 2025-09 was read whole (the date is its). Of the current page the path, the parameters "
            "and the invoice up to createdAt were seen, not the rest of the invoice, the paging part of the "
            "answer, or the error statuses."
        ),
    ),
    pagination=Pagination(style="cursor", items="data", token="PageToken"),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="status", wire="Status", location="query"),
        Param(name="type", wire="Type", location="query"),
        Param(name="invoice_number", wire="InvoiceNumber", location="query"),
        Param(name="unique_source_invoice_id", wire="UniqueSourceInvoiceId", location="query"),
        Param(name="customer_number", wire="CustomerNumber", location="query"),
        Param(name="from_", wire="From", location="query"),
        Param(name="to", wire="To", location="query"),
        Param(name="page_token", wire="PageToken", location="query"),
    ),
    responses={200: InvoiceList},
)
GET_INVOICE_BY_ID: Final[Operation[InvoiceResponse]] = Operation(
    id="GetInvoiceById",
    method="GET",
    path="/orgs/{organizationId}/invoices/{invoiceId}",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Read one invoice.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("getinvoicebyid-4148069e0", "getinvoicebyid-3939019e0", "get-invoice-by-id-3939019e0"),
        note=(
            "The answer was seen up to the organization's number; the rest is taken to be the item of "
            "GetInvoicesByOrganization."
        ),
    ),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    responses={200: InvoiceResponse},
)
CREATE_PAYMENTS: Final[Operation[BatchAccepted]] = Operation(
    id="CreatePayments",
    method="POST",
    path="/orgs/{organizationId}/payments",
    prefix="/collection/v1",
    product="collection",
    tag="payment",
    summary="Report payments that reached the creditor directly.",
    idempotency="keyed",
    evidence=Evidence(
        level="partial",
        pages=("createpayments-4148070e0", "createpayments-3939016e0", "create-new-payments-3939016e0"),
        note=(
            "A payment was seen up to its currency; date and description are taken from CreateCorrections, and so "
            "is the body of the answer."
        ),
    ),
    batch="payments",
    params=(Param(name="organization_id", wire="organizationId", location="path", required=True),),
    request_body=Body(model=CreatePaymentsRequest),
    responses={202: BatchAccepted},
)
CREATE_CORRECTIONS: Final[Operation[BatchAccepted]] = Operation(
    id="CreateCorrections",
    method="POST",
    path="/orgs/{organizationId}/corrections",
    prefix="/collection/v1",
    product="collection",
    tag="correction",
    summary="Correct the claims of invoices that are in collection.",
    idempotency="keyed",
    evidence=Evidence(
        level="partial",
        pages=("createcorrections-4148074e0",),
        note=(
            "The request is printed whole. Of the answer, the end of batchUrl and whatever may follow it were not "
            "seen. The page calls the path parameter orgId."
        ),
    ),
    batch="corrections",
    params=(Param(name="organization_id", wire="organizationId", location="path", required=True),),
    request_body=Body(model=CreateCorrectionsRequest),
    responses={202: BatchAccepted},
)
GET_BATCH_BY_ID: Final[Operation[BatchResponse]] = Operation(
    id="GetBatchById",
    method="GET",
    path="/orgs/{organizationId}/batches/{batchId}",
    prefix="/collection/v1",
    product="collection",
    tag="batches",
    summary="Read one batch and what became of its items.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("getbatchbyid-4148060e0", "getbatchbyid-3939029e0", "get-batch-by-id-3939029e0"),
        note=(
            "The answer was seen up to the second field of the first item that succeeded. What an item that "
            "failed looks like is not known."
        ),
    ),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="batch_id", wire="batchId", location="path", required=True),
    ),
    responses={200: BatchResponse},
)
GET_BATCHES_BY_ORGANIZATION: Final[Operation[BatchList]] = Operation(
    id="GetBatchesByOrganization",
    method="GET",
    path="/orgs/{organizationId}/batches",
    prefix="/collection/v1",
    product="collection",
    tag="batches",
    summary="List an organization's batches, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=(
            "getbatchesbyorganization-4148061e0",
            "getbatchesbyorganization-3939028e0",
            "get-organization-batches-3939028e0",
        ),
        modified="2025-09-23",
        note=(
            "The page of 2025-09 was read whole (the date is its). Of the current answer the batch was seen, its "
            "items as empty objects, but not the paging part after data."
        ),
    ),
    pagination=Pagination(style="cursor", items="data", token="PageToken", size="PageSize"),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="state", wire="State", location="query"),
        Param(name="type", wire="Type", location="query"),
        Param(name="subject_id", wire="SubjectId", location="query"),
        Param(name="idempotency_key", wire="IdempotencyKey", location="query"),
        Param(name="page_token", wire="PageToken", location="query"),
        Param(name="page_size", wire="PageSize", location="query"),
        Param(name="sort_direction", wire="SortDirection", location="query"),
    ),
    responses={200: BatchList},
)
GET_CASES_BY_ORGANIZATION: Final[Operation[CaseList]] = Operation(
    id="GetCasesByOrganization",
    method="GET",
    path="/orgs/{organizationId}/cases",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="List an organization's cases, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="documented",
        pages=("getcasesbyorganization-4326442e0",),
        modified="2026-05-15",
        note="Parameter types, limits and whole enums are not printed.",
    ),
    pagination=Pagination(style="cursor", items="data", token="PageToken", size="PageSize"),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="status", wire="Status", location="query"),
        Param(name="type", wire="Type", location="query"),
        Param(name="case_number", wire="CaseNumber", location="query"),
        Param(name="customer_number", wire="CustomerNumber", location="query"),
        Param(name="unique_source_invoice_id", wire="UniqueSourceInvoiceId", location="query"),
        Param(name="search_term", wire="SearchTerm", location="query"),
        Param(name="from_created_at", wire="FromCreatedAt", location="query"),
        Param(name="to_created_at", wire="ToCreatedAt", location="query"),
        Param(name="page_token", wire="PageToken", location="query"),
        Param(name="page_size", wire="PageSize", location="query"),
    ),
    responses={200: CaseList},
)
GET_SETTLEMENTS: Final[Operation[SettlementList]] = Operation(
    id="GetSettlements",
    method="GET",
    path="/orgs/{organizationId}/settlements",
    prefix="/collection/v1",
    product="collection",
    tag="settlement",
    summary="List an organization's settlements, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=(
            "getsettlements-4148071e0",
            "getsettlements-4123125e0",
            "retrieve-settlements-from-an-organization-3939011e0",
        ),
        modified="2025-09-23",
        note=(
            "The page of 2025-09 was read whole (the date is its). Of the current page the path, the parameters, "
            "the statuses and the beginning of a settlement were seen, not its remaining fields nor the paging "
            "part."
        ),
    ),
    pagination=Pagination(style="cursor", items="data", token="pageToken", size="pageSize"),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="from_date", wire="fromDate", location="query"),
        Param(name="to_date", wire="toDate", location="query"),
        Param(name="page_size", wire="pageSize", location="query"),
        Param(name="page_token", wire="pageToken", location="query"),
    ),
    responses={200: SettlementList},
)
GET_SETTLEMENT_BY_ID: Final[Operation[SettlementResponse]] = Operation(
    id="GetSettlementById",
    method="GET",
    path="/orgs/{organizationId}/settlements/{settlementId}",
    prefix="/collection/v1",
    product="collection",
    tag="settlement",
    summary="Read one settlement.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("getsettlement-on-id-4148072e0", "getsettlement-on-id-4113097e0"),
        note=(
            "The settlement was seen up to its exchange rate; the rest is read from the settlements printed "
            "inside the legacy batch page (webapiapibatch-4131300e0), which open with the same fields in the same "
            "order."
        ),
    ),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="settlement_id", wire="settlementId", location="path", required=True),
    ),
    responses={200: SettlementResponse},
)

TABLE: Final[tuple[Operation[Any], ...]] = (
    CREATE_INVOICES,
    GET_INVOICES_BY_ORGANIZATION,
    GET_INVOICE_BY_ID,
    CREATE_PAYMENTS,
    CREATE_CORRECTIONS,
    GET_BATCH_BY_ID,
    GET_BATCHES_BY_ORGANIZATION,
    GET_CASES_BY_ORGANIZATION,
    GET_SETTLEMENTS,
    GET_SETTLEMENT_BY_ID,
)
"""All operations of the product, in the order of the spec."""
