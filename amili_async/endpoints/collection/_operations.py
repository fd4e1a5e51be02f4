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
    since="2025-09",
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
    since="2025-09",
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
    since="2025-09",
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
    since="2025-09",
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
    since="2026-spring",
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
    since="2026-spring",
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
    since="2025-09",
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
        note=(
            'Parameter types, limits and whole enums are not printed. The menu of 2025-09 had "Retrieve cases for '
            'an organization", of which nothing else is known.'
        ),
    ),
    since="2026-05",
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
ACCEPT_DEBT_COLLECTION_LIST: Final[Operation[Any]] = Operation(
    id="AcceptDebtCollectionList",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/debt-collection-list/accept",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Approve a case that waits in the debt collection list.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. What "
            "the list is, is told by Amili's help centre (article 46489819155729), which speaks of ERP clients, "
            "not of this API."
        ),
    ),
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
REJECT_DEBT_COLLECTION_LIST: Final[Operation[Any]] = Operation(
    id="RejectDebtCollectionList",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/debt-collection-list/reject",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Decline a case that waits in the debt collection list.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. What "
            "the list is, is told by Amili's help centre (article 46489819155729), which speaks of ERP clients, "
            "not of this API."
        ),
    ),
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
PAUSE_CASE: Final[Operation[Any]] = Operation(
    id="PauseCase",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/pause",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Pause the collection of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is told by Amili's help centre (articles 46489020013841, 46491031061265, 46489819155729, "
            "47265175378833, 46132787980817), which speaks of ERP clients and the portal, not of this API."
        ),
    ),
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
WITHDRAW_CASE: Final[Operation[Any]] = Operation(
    id="WithdrawCase",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/withdraw",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="End Amili's collection of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is told by Amili's help centre (articles 46489020013841, 46491031061265, 46132787980817), "
            "which speaks of ERP clients and the portal, not of this API."
        ),
    ),
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
RESUME_CASE: Final[Operation[Any]] = Operation(
    id="ResumeCase",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/resume",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Go on with the collection of a paused case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is told by Amili's help centre (articles 46489020013841, 46491031061265, 46132787980817), "
            "which speaks of ERP clients and the portal, not of this API."
        ),
    ),
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
ACCEPT_EVICTION_REQUEST: Final[Operation[Any]] = Operation(
    id="AcceptEvictionRequest",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/eviction-request/accept",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Accept the eviction request of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is concluded from the name alone."
        ),
    ),
    since="2026-spring",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
REJECT_EVICTION_REQUEST: Final[Operation[Any]] = Operation(
    id="RejectEvictionRequest",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/eviction-request/reject",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Reject the eviction request of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is concluded from the name alone."
        ),
    ),
    since="2026-spring",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
ACCEPT_EVICTION_CONFIRMATION: Final[Operation[Any]] = Operation(
    id="AcceptEvictionConfirmation",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/eviction-confirmation/accept",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Accept the eviction confirmation of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is concluded from the name alone."
        ),
    ),
    since="2026-spring",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
REJECT_EVICTION_CONFIRMATION: Final[Operation[Any]] = Operation(
    id="RejectEvictionConfirmation",
    method="POST",
    path="/orgs/{organizationId}/cases/{caseId}/eviction-confirmation/reject",
    prefix="/collection/v1",
    product="collection",
    tag="collections",
    summary="Reject the eviction confirmation of a case.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "The page's menu has the name and the method; path and answer are by analogy with ResumeInvoice. The "
            "meaning is concluded from the name alone."
        ),
    ),
    since="2026-spring",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="case_id", wire="caseId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
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
    since="2025-09",
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
    since="2026-03",
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="settlement_id", wire="settlementId", location="path", required=True),
    ),
    responses={200: SettlementResponse},
)
GET_BATCH_BY_ID_LEGACY: Final[Operation[BatchResponse]] = Operation(
    id="GetBatchByIdLegacy",
    method="GET",
    path="/batches/{batchId}",
    prefix="/collection/v1",
    product="collection",
    tag="batches",
    summary="Read one batch without naming its organization.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("getbatchbyid-3939029e0", "get-batch-by-id-3939029e0", "example-workflow-359631m0"),
        note=(
            "Path and statuses are those that GetBatchById had in 2025-09; its own page, under the present title, "
            "was not seen. That the title means this path is concluded. The answer is taken to be that of "
            "GetBatchById."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(Param(name="batch_id", wire="batchId", location="path", required=True),),
    responses={200: BatchResponse},
)
GET_ALL_BATCHES: Final[Operation[BatchList]] = Operation(
    id="GetAllBatches",
    method="GET",
    path="/batches",
    prefix="/collection/v1",
    product="collection",
    tag="batches",
    summary="List all batches, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="documented",
        pages=("get-all-batches-3939027e0",),
        note="Printed in 2025-09 and gone since. The error statuses and the parameter types were not seen.",
    ),
    since="2025-09",
    deprecated=True,
    pagination=Pagination(style="cursor", items="data", token="PageToken", size="PageSize"),
    params=(
        Param(name="state", wire="State", location="query"),
        Param(name="type", wire="Type", location="query"),
        Param(name="page_token", wire="PageToken", location="query"),
        Param(name="page_size", wire="PageSize", location="query"),
        Param(name="sort_direction", wire="SortDirection", location="query"),
    ),
    responses={200: BatchList},
)
GET_INVOICE_PAYMENTS: Final[Operation[Any]] = Operation(
    id="GetInvoicePayments",
    method="GET",
    path="/orgs/{organizationId}/invoices/{invoiceId}/payments",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Read the payments of an invoice.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-invoice-payments-by-invoice-id-3939022e0",),
        note=(
            "Printed in 2025-09 and gone since. The page was cut inside the statuses: the body of the answer and "
            "the statuses after 404 were not seen."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    responses={200: None},
)
GET_INVOICE_DOCUMENTS: Final[Operation[Any]] = Operation(
    id="GetInvoiceDocuments",
    method="GET",
    path="/orgs/{organizationId}/invoices/{invoiceId}/documents",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Read the documents of an invoice.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-organization-invoices-3939018e0",),
        note=(
            "Only title and method stand in the page's menu, in 2025-09, and are gone since. The path is by "
            "analogy with GetInvoicePayments."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    responses={200: None},
)
GET_INVOICE_HISTORY: Final[Operation[Any]] = Operation(
    id="GetInvoiceHistory",
    method="GET",
    path="/orgs/{organizationId}/invoices/{invoiceId}/history",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Read the history of an invoice.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-organization-invoices-3939018e0",),
        note=(
            "Only title and method stand in the page's menu, in 2025-09, and are gone since. The path is by "
            "analogy with GetInvoicePayments."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    responses={200: None},
)
PAUSE_INVOICE: Final[Operation[Any]] = Operation(
    id="PauseInvoice",
    method="POST",
    path="/orgs/{organizationId}/invoices/{invoiceId}/pause",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Pause the collection of an invoice.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("get-organization-invoices-3939018e0",),
        note=(
            "Only title and method stand in the page's menu, in 2025-09, and are gone since. The rest is by "
            "analogy with ResumeInvoice."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
WITHDRAW_INVOICE: Final[Operation[Any]] = Operation(
    id="WithdrawInvoice",
    method="POST",
    path="/orgs/{organizationId}/invoices/{invoiceId}/withdraw",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="End Amili's collection of an invoice.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("get-organization-invoices-3939018e0",),
        note=(
            "Only title and method stand in the page's menu, in 2025-09, and are gone since. The rest is by "
            "analogy with ResumeInvoice."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    request_body=Body(model=None, required=False),
    responses={202: None},
)
RESUME_INVOICE: Final[Operation[Any]] = Operation(
    id="ResumeInvoice",
    method="POST",
    path="/orgs/{organizationId}/invoices/{invoiceId}/resume",
    prefix="/collection/v1",
    product="collection",
    tag="invoice",
    summary="Go on with the collection of a paused invoice.",
    idempotency="unsafe",
    evidence=Evidence(
        level="documented", pages=("resume-invoice-3939025e0",), note="Printed in 2025-09 and gone since."
    ),
    since="2025-09",
    deprecated=True,
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="invoice_id", wire="invoiceId", location="path", required=True),
    ),
    responses={202: None},
)
PING: Final[Operation[Any]] = Operation(
    id="Ping",
    method="GET",
    path="/ping",
    prefix="/collection/v1",
    product="collection",
    tag="api_status",
    summary="Ask whether the API answers.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("retrieve-settlements-from-an-organization-3939011e0",),
        note=(
            "Only the title stands in the page's menu, in 2025-09, and is gone since. Method and path are "
            "concluded from it."
        ),
    ),
    since="2025-09",
    deprecated=True,
    responses={200: None},
)
PING_AUTHORIZED: Final[Operation[Any]] = Operation(
    id="PingAuthorized",
    method="GET",
    path="/ping/authorized",
    prefix="/collection/v1",
    product="collection",
    tag="api_status",
    summary="Ask whether the API accepts the token.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("retrieve-settlements-from-an-organization-3939011e0",),
        note=(
            "Only the title stands in the page's menu, in 2025-09, and is gone since. Method and path are "
            "concluded from it."
        ),
    ),
    since="2025-09",
    deprecated=True,
    responses={200: None},
)
GET_HEALTH: Final[Operation[Any]] = Operation(
    id="GetHealth",
    method="GET",
    path="/health",
    prefix="/collection/v1",
    product="collection",
    tag="api_status",
    summary="Ask for the health of the API.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("retrieve-settlements-from-an-organization-3939011e0",),
        note=(
            "Only the title stands in the page's menu, in 2025-09, and is gone since. Method and path are "
            "concluded from it."
        ),
    ),
    since="2025-09",
    deprecated=True,
    responses={200: None},
)
GET_ORGANIZATION_REPORTS: Final[Operation[Any]] = Operation(
    id="GetOrganizationReports",
    method="GET",
    path="/orgs/{organizationId}/reports",
    prefix="/collection/v1",
    product="collection",
    tag="organizations",
    summary="Read the reports of an organization.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("retrieve-settlements-from-an-organization-3939011e0",),
        note=(
            "Only the title stands in the page's menu, in 2025-09, and is gone since. Method and path are "
            "concluded from it."
        ),
    ),
    since="2025-09",
    deprecated=True,
    params=(Param(name="organization_id", wire="organizationId", location="path", required=True),),
    responses={200: None},
)
CALL_BANQ_SOFT: Final[Operation[Any]] = Operation(
    id="CallBanqSoft",
    method="POST",
    path="/banqsoft",
    prefix="/collection/v1",
    product="collection",
    tag="call_banq_soft",
    summary="Call BanqSoft.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("retrieve-settlements-from-an-organization-3939011e0",),
        note=("Only the title stands in the page's menu, in 2025-09, and is gone since. Method and path are guesses."),
    ),
    since="2025-09",
    deprecated=True,
    request_body=Body(model=None, required=False),
    responses={202: None},
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
    ACCEPT_DEBT_COLLECTION_LIST,
    REJECT_DEBT_COLLECTION_LIST,
    PAUSE_CASE,
    WITHDRAW_CASE,
    RESUME_CASE,
    ACCEPT_EVICTION_REQUEST,
    REJECT_EVICTION_REQUEST,
    ACCEPT_EVICTION_CONFIRMATION,
    REJECT_EVICTION_CONFIRMATION,
    GET_SETTLEMENTS,
    GET_SETTLEMENT_BY_ID,
    GET_BATCH_BY_ID_LEGACY,
    GET_ALL_BATCHES,
    GET_INVOICE_PAYMENTS,
    GET_INVOICE_DOCUMENTS,
    GET_INVOICE_HISTORY,
    PAUSE_INVOICE,
    WITHDRAW_INVOICE,
    RESUME_INVOICE,
    PING,
    PING_AUTHORIZED,
    GET_HEALTH,
    GET_ORGANIZATION_REPORTS,
    CALL_BANQ_SOFT,
)
"""All operations of the product, in the order of the spec."""
