# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
# ruff: noqa: S106  # `token` names a request parameter; nothing secret stands here
"""Amili Accounts Receivable API: what is known of every operation."""

from __future__ import annotations

from typing import Any, Final

from amili_async.models.receivables import (
    AdbIntervalList,
    ArItem,
    ArItemList,
    ClientConfigList,
    Customer,
    CustomerList,
    CustomerWrite,
    Document,
    DocumentBatchRequest,
    DocumentBundleList,
    DocumentList,
    FileList,
    GlItem,
    GlItemList,
    GlMovementList,
    LogItemList,
    PaymentReservationRequest,
)
from amili_async.operations import Body, Evidence, Operation, Pagination, Param

CREATE_ACTION: Final[Operation[Any]] = Operation(
    id="CreateAction",
    method="POST",
    path="/clients/{clientno}/actions",
    prefix="/arm/v1",
    product="receivables",
    tag="actions",
    summary="Create an action.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; the path is built by the "
            "naming rule of its siblings."
        ),
    ),
    since="2026-05",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None, required=False),
    responses={200: None},
)
CREATE_REPORTS_ACTION: Final[Operation[Any]] = Operation(
    id="CreateReportsAction",
    method="POST",
    path="/clients/{clientno}/actions/reports",
    prefix="/arm/v1",
    product="receivables",
    tag="actions",
    summary="Create a reports action, that is, have a report made.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("post-create-a-reports-actiongenerate-a-report-4205259e0",),
        note="The page shows its title only; the path is built by the naming rule of its siblings.",
    ),
    since="2026-05",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None, required=False),
    responses={200: None},
)
LIST_AR_ITEMS: Final[Operation[ArItemList]] = Operation(
    id="ListArItems",
    method="GET",
    path="/clients/{clientno}/aritems",
    prefix="/arm/v1",
    product="receivables",
    tag="ar_items",
    summary="List AR items, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-a-list-of-ar-items-4205260e0", "get-a-list-of-ar-items-3942665e0", "about-355476m0"),
        note=(
            "Path and limits are those of 2025-09; the newest page shows its title only. No answer was seen: its "
            "summary is taken from ListCustomers, the name of its list from the naming rule. The statuses after "
            "200 were cut."
        ),
    ),
    since="2025-09",
    pagination=Pagination(style="query", items="arItems", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: ArItemList},
)
UPDATE_AR_ITEM: Final[Operation[Any]] = Operation(
    id="UpdateArItem",
    method="PUT",
    path="/clients/{clientno}/aritems",
    prefix="/arm/v1",
    product="receivables",
    tag="ar_items",
    summary="Change details of an AR item, or credit an invoice or an interest note.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("put-update-ar-item-details-3942666e0",),
        note=(
            "The path and the statuses are those of 2025-09. Of request and answer only that they are JSON was seen."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None),
    responses={200: None},
)
GET_AR_ITEM: Final[Operation[ArItem]] = Operation(
    id="GetArItem",
    method="GET",
    path="/clients/{clientno}/aritems/{aritemid}",
    prefix="/arm/v1",
    product="receivables",
    tag="ar_items",
    summary="Read one AR item.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-one-ar-item-4205262e0", "get-one-ar-item-3942664e0"),
        note=(
            "Path, query and statuses are those of 2025-09; the newest page shows its title only. The body was "
            "not seen. Of the header parameter the first two letters were seen."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="ar_item_id", wire="aritemid", location="path", required=True),
        Param(name="expand", wire="expand", location="query"),
        Param(name="user_id", wire="userid", location="query"),
        Param(name="accept_language", wire="Accept-Language", location="header"),
    ),
    responses={200: ArItem},
)
CREATE_AUTO_POSTINGS: Final[Operation[Any]] = Operation(
    id="CreateAutoPostings",
    method="POST",
    path="/clients/{clientno}/autopostings/{autopostingmethod}",
    prefix="/arm/v1",
    product="receivables",
    tag="auto_postings",
    summary="Carry out one or more auto postings.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("post-create-one-or-more-auto-postings-4205263e0", "post-create-one-or-more-auto-postings-3942671e0"),
        note=(
            "Path and rules are those of 2025-09; the newest page shows its title only. Neither body nor the "
            "statuses were seen, and the rule about validateOnly was cut."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="auto_posting_method", wire="autopostingmethod", location="path", required=True),
    ),
    request_body=Body(model=None),
    responses={200: None},
)
GET_AR_BATCH: Final[Operation[Any]] = Operation(
    id="GetArBatch",
    method="GET",
    path="/clients/{clientno}/batches/{batchuuid}",
    prefix="/arm/v1",
    product="receivables",
    tag="batches",
    summary="Read one batch that is carried out later.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-one-batch-4205264e0", "get-one-batch-3942681e0"),
        note=(
            "Path and statuses are those of 2025-09; the newest page shows its title only. No body was seen; "
            "those of 202 and 206 are taken to be JSON, as that of 200 is."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="batch_uuid", wire="batchuuid", location="path", required=True),
    ),
    responses={200: None, 202: None, 206: None},
)
LIST_CLIENT_CONFIGS: Final[Operation[ClientConfigList]] = Operation(
    id="ListClientConfigs",
    method="GET",
    path="/clients/{clientno}/clientconfigs",
    prefix="/arm/v1",
    product="receivables",
    tag="client_configs",
    summary="List the client's settings, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; path and name of the list "
            "are built by the naming rule of its siblings, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="clientConfigs", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: ClientConfigList},
)
GET_CLIENT_CONFIG: Final[Operation[Any]] = Operation(
    id="GetClientConfig",
    method="GET",
    path="/clients/{clientno}/clientconfigs/{key}",
    prefix="/arm/v1",
    product="receivables",
    tag="client_configs",
    summary="Read the values of one of the client's settings.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-values-for-one-client-config-key-4205266e0",),
        note="The page shows its title only; the path is built by the naming rule of its siblings.",
    ),
    since="2026-05",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="key", wire="key", location="path", required=True),
    ),
    responses={200: None},
)
GET_CODES: Final[Operation[Any]] = Operation(
    id="GetCodes",
    method="GET",
    path="/clients/{clientno}/codes",
    prefix="/arm/v1",
    product="receivables",
    tag="codes",
    summary="Read the values of ARM's system codes.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; the path is built by the "
            "naming rule of its siblings."
        ),
    ),
    since="2026-05",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    responses={200: None},
)
CREATE_CUSTOMER: Final[Operation[Any]] = Operation(
    id="CreateCustomer",
    method="POST",
    path="/clients/{clientno}/customers",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Create a customer, or update the one that exists.",
    idempotency="upsert",
    evidence=Evidence(
        level="partial",
        pages=("post-create-one-customer-4205268e0", "post-create-one-customer-3942680e0"),
        note=(
            "Path and rules are those of 2025-09; the newest page shows its title only. The fields are those that "
            "ListCustomers prints; which of them can be written, the statuses and the answer were not seen."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=CustomerWrite),
    responses={200: None},
)
UPDATE_CUSTOMER: Final[Operation[Any]] = Operation(
    id="UpdateCustomer",
    method="PUT",
    path="/clients/{clientno}/customers",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Update a customer.",
    idempotency="upsert",
    evidence=Evidence(
        level="partial",
        pages=("put-update-one-customer-4205269e0", "put-update-one-customer-3942678e0"),
        note=(
            "Path and rules are those of 2025-09; the newest page shows its title only. The fields are those that "
            "ListCustomers prints; the statuses and the answer were not seen. Repeating it writes the same values "
            "again."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=CustomerWrite),
    responses={200: None},
)
LIST_CUSTOMERS: Final[Operation[CustomerList]] = Operation(
    id="ListCustomers",
    method="GET",
    path="/clients/{clientno}/customers",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="List customers, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-a-list-of-customers-4205270e0", "get-a-list-of-customers-3942679e0", "about-355476m0"),
        note=(
            "Path, limits and answer are those of 2025-09, whose example was read up to the name of the second "
            "customer; the newest page shows its title only. The paging parameters are read off the links in the "
            "answer. The statuses were not seen."
        ),
    ),
    since="2025-09",
    pagination=Pagination(style="query", items="customers", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: CustomerList},
)
GET_CUSTOMER: Final[Operation[Customer]] = Operation(
    id="GetCustomer",
    method="GET",
    path="/clients/{clientno}/customers/{customerno}",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Read one customer.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-one-customer-4205271e0", "get-one-customer-3942674e0"),
        note=(
            "Path and statuses are those of 2025-09; the newest page shows its title only. The body was not seen; "
            "it is taken to be an item of ListCustomers."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="customer_no", wire="customerno", location="path", required=True),
    ),
    responses={200: Customer},
)
DELETE_CUSTOMER: Final[Operation[Any]] = Operation(
    id="DeleteCustomer",
    method="DELETE",
    path="/clients/{clientno}/customers/{customerno}",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Delete a customer that has neither documents nor AR items.",
    idempotency="upsert",
    evidence=Evidence(
        level="partial",
        pages=("delete-a-customer-4205272e0", "delete-a-customer-3942675e0"),
        note=(
            "Path, rule and statuses are those of 2025-09; the newest page shows its title only. The body was not "
            "seen. It counts as repeatable because it names its customer and a customer that is gone cannot be "
            "deleted a second time."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="customer_no", wire="customerno", location="path", required=True),
    ),
    responses={200: None},
)
CREATE_CUSTOMER_BATCH: Final[Operation[Any]] = Operation(
    id="CreateCustomerBatch",
    method="POST",
    path="/clients/{clientno}/customers/batches",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Create many customers at once.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("post-create-a-batch-of-customers-4205273e0",),
        note="The page shows its title only; the path is that of UpdateCustomerBatch.",
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None),
    responses={200: None},
)
UPDATE_CUSTOMER_BATCH: Final[Operation[Any]] = Operation(
    id="UpdateCustomerBatch",
    method="PUT",
    path="/clients/{clientno}/customers/batches",
    prefix="/arm/v1",
    product="receivables",
    tag="customers",
    summary="Update many customers at once.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("put-update-a-batch-of-customers-3942677e0",),
        note=(
            "Path and purpose are those of 2025-09. The body is a list of customers, but whether a bare one was "
            "not seen, nor were the statuses and the answer."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None),
    responses={200: None},
)
LIST_DOCUMENT_BUNDLES: Final[Operation[DocumentBundleList]] = Operation(
    id="ListDocumentBundles",
    method="GET",
    path="/clients/{clientno}/documentbundles",
    prefix="/arm/v1",
    product="receivables",
    tag="document_bundles",
    summary="List document bundles, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; path and name of the list "
            "are built by the naming rule of its siblings, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="documentBundles", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: DocumentBundleList},
)
GET_DOCUMENT_BUNDLE: Final[Operation[Any]] = Operation(
    id="GetDocumentBundle",
    method="GET",
    path="/clients/{clientno}/documentbundles/{documentbundleid}",
    prefix="/arm/v1",
    product="receivables",
    tag="document_bundles",
    summary="Read one document bundle.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-one-document-bundle-4205276e0",),
        note="The page shows its title only; the path is built by the naming rule of its siblings.",
    ),
    since="2026-05",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="document_bundle_id", wire="documentbundleid", location="path", required=True),
    ),
    responses={200: None},
)
CREATE_DOCUMENT: Final[Operation[Any]] = Operation(
    id="CreateDocument",
    method="POST",
    path="/clients/{clientno}/documents",
    prefix="/arm/v1",
    product="receivables",
    tag="documents",
    summary="Create one document.",
    idempotency="unsafe",
    evidence=Evidence(
        level="assumed",
        pages=("post-create-one-document-4205277e0", "post-create-one-document-3942669e0"),
        note=(
            "The pages show their titles only; the path is concluded from those of GetDocument and CreateDocumentBatch."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None),
    responses={200: None},
)
LIST_DOCUMENTS: Final[Operation[DocumentList]] = Operation(
    id="ListDocuments",
    method="GET",
    path="/clients/{clientno}/documents",
    prefix="/arm/v1",
    product="receivables",
    tag="documents",
    summary="List documents, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-a-list-of-documents-4205278e0", "get-a-list-of-documents-3942670e0"),
        note=(
            "The pages show their titles only; the path is concluded from those of GetDocument and "
            "CreateDocumentBatch, the name of the list from the naming rule, paging is that of ListCustomers."
        ),
    ),
    since="2025-09",
    pagination=Pagination(style="query", items="documents", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: DocumentList},
)
GET_DOCUMENT: Final[Operation[Document]] = Operation(
    id="GetDocument",
    method="GET",
    path="/clients/{clientno}/documents/{documentno}",
    prefix="/arm/v1",
    product="receivables",
    tag="documents",
    summary="Read one document.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-one-document-3942667e0",),
        note="Path and statuses are those of 2025-09. No body was seen.",
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="document_no", wire="documentno", location="path", required=True),
    ),
    responses={200: Document},
)
CREATE_DOCUMENT_BATCH: Final[Operation[Any]] = Operation(
    id="CreateDocumentBatch",
    method="POST",
    path="/clients/{clientno}/documents/batches",
    prefix="/arm/v1",
    product="receivables",
    tag="documents",
    summary="Create many documents at once.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("post-create-a-batch-of-documents-3942668e0",),
        note=(
            "Path and request are those of 2025-09, whose example was read up to the beginning of the second "
            "document. Neither statuses nor answer were seen."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=DocumentBatchRequest),
    responses={200: None},
)
LIST_FILES: Final[Operation[FileList]] = Operation(
    id="ListFiles",
    method="GET",
    path="/clients/{clientno}/files",
    prefix="/arm/v1",
    product="receivables",
    tag="files",
    summary="List one or more files, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-one-or-more-os-files-4205281e0",),
        note=(
            "The page shows its title only; the path is that of UploadFiles, the name of the list is built by the "
            "naming rule, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="files", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: FileList},
)
UPLOAD_FILES: Final[Operation[Any]] = Operation(
    id="UploadFiles",
    method="POST",
    path="/clients/{clientno}/files",
    prefix="/arm/v1",
    product="receivables",
    tag="files",
    summary="Upload one or more files.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("post-upload-one-or-more-os-files-3942683e0",),
        note=(
            "Path, content type and statuses are those of 2025-09. Neither the request's fields nor the answers' "
            "were seen; what 207 means is concluded from its name."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=None),
    responses={200: None, 207: None},
)
GET_FILE: Final[Operation[Any]] = Operation(
    id="GetFile",
    method="GET",
    path="/clients/{clientno}/files/{fileid}",
    prefix="/arm/v1",
    product="receivables",
    tag="files",
    summary="Read one file.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; the path is concluded from "
            "that of UploadFiles."
        ),
    ),
    since="2026-05",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="file_id", wire="fileid", location="path", required=True),
    ),
    responses={200: None},
)
GET_GL_ITEM: Final[Operation[GlItem]] = Operation(
    id="GetGlItem",
    method="GET",
    path="/clients/{clientno}/glitems/{glitemid}",
    prefix="/arm/v1",
    product="receivables",
    tag="gl_items",
    summary="Read one GL item.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-one-gl-item-4205284e0", "get-one-gl-item-3942672e0"),
        note=(
            "Path, header and statuses are those of 2025-09; the newest page was cut inside its path. No body was seen."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="gl_item_id", wire="glitemid", location="path", required=True),
        Param(name="accept_language", wire="Accept-Language", location="header"),
    ),
    responses={200: GlItem},
)
LIST_GL_ITEMS: Final[Operation[GlItemList]] = Operation(
    id="ListGlItems",
    method="GET",
    path="/clients/{clientno}/glitems",
    prefix="/arm/v1",
    product="receivables",
    tag="gl_items",
    summary="List GL items, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("get-a-list-of-gl-items-3942673e0", "about-355476m0"),
        note=(
            "Path and limits are those of 2025-09. No answer was seen: its summary is taken from ListCustomers, "
            "the name of its list from the naming rule. The statuses after 403 were cut."
        ),
    ),
    since="2025-09",
    pagination=Pagination(style="query", items="glItems", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: GlItemList},
)
GET_LATEST_CLOSED_GL_MOVEMENT: Final[Operation[Any]] = Operation(
    id="GetLatestClosedGlMovement",
    method="GET",
    path="/clients/{clientno}/glmovements/latestclosed",
    prefix="/arm/v1",
    product="receivables",
    tag="gl_movements",
    summary="Read the movement and balance of the latest closed year and period.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-movementbalance-for-the-latest-closed-gl-yearperiod-4205286e0",),
        note="The page shows its title only; the path is built by the naming rule of its siblings.",
    ),
    since="2026-05",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    responses={200: None},
)
LIST_GL_MOVEMENTS: Final[Operation[GlMovementList]] = Operation(
    id="ListGlMovements",
    method="GET",
    path="/clients/{clientno}/glmovements",
    prefix="/arm/v1",
    product="receivables",
    tag="gl_movements",
    summary="List movements and balances, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-a-list-of-gl-movementsbalances-4205287e0",),
        note=(
            "The page shows its title only; path and name of the list are built by the naming rule of its "
            "siblings, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="glMovements", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: GlMovementList},
)
LIST_ADB_INTERVALS: Final[Operation[AdbIntervalList]] = Operation(
    id="ListAdbIntervals",
    method="GET",
    path="/clients/{clientno}/insights/adbintervals",
    prefix="/arm/v1",
    product="receivables",
    tag="insights",
    summary="List the intervals of the age distributed balance, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-a-list-of-adb-intervals-4205288e0",),
        note=(
            "The page shows its title only; path and name of the list are built by the naming rule of its "
            "siblings, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="adbIntervals", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: AdbIntervalList},
)
GET_LOG_ITEM: Final[Operation[Any]] = Operation(
    id="GetLogItem",
    method="GET",
    path="/clients/{clientno}/logitems/{logitemid}",
    prefix="/arm/v1",
    product="receivables",
    tag="log_items",
    summary="Read one log item.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the title, which begins with the method, stands in the page's menu; the path is built by the "
            "naming rule of its siblings."
        ),
    ),
    since="2026-05",
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="log_item_id", wire="logitemid", location="path", required=True),
    ),
    responses={200: None},
)
LIST_LOG_ITEMS: Final[Operation[LogItemList]] = Operation(
    id="ListLogItems",
    method="GET",
    path="/clients/{clientno}/logitems",
    prefix="/arm/v1",
    product="receivables",
    tag="log_items",
    summary="List log items, page by page.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("get-a-list-of-log-items-4205290e0",),
        note=(
            "The page shows its title only; path and name of the list are built by the naming rule of its "
            "siblings, paging is that of ListCustomers."
        ),
    ),
    since="2026-05",
    pagination=Pagination(style="query", items="logItems", token="query", size="pagesize", page="pageno"),
    params=(
        Param(name="client_no", wire="clientno", location="path", required=True),
        Param(name="maximum_count", wire="maximumcount", location="query"),
        Param(name="page_size", wire="pagesize", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="page_no", wire="pageno", location="query"),
    ),
    responses={200: LogItemList},
)
CREATE_PAYMENT_RESERVATION: Final[Operation[Any]] = Operation(
    id="CreatePaymentReservation",
    method="POST",
    path="/clients/{clientno}/paymentreservations",
    prefix="/arm/v1",
    product="receivables",
    tag="payment_reservations",
    summary="Reserve a payment for a document's AR item, or for a customer.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("post-create-a-new-payment-reservation-4205291e0", "creates-a-new-payment-reservation-3942682e0"),
        note=(
            "Path and rules are those of 2025-09; the newest page shows its title only. The rule about paymentId "
            "was cut after its first words. Types, the amount and whatever else a reservation holds, the statuses "
            "and the answer were not seen."
        ),
    ),
    since="2025-09",
    params=(Param(name="client_no", wire="clientno", location="path", required=True),),
    request_body=Body(model=PaymentReservationRequest),
    responses={200: None},
)
GET_AR_HEALTH: Final[Operation[Any]] = Operation(
    id="GetArHealth",
    method="GET",
    path="/health",
    prefix="/arm/v1",
    product="receivables",
    tag="health",
    summary="Ask how the service is.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note="Only the title stands in the page's menu; method and path are concluded from the title.",
    ),
    since="2025-09",
    responses={200: None},
)

TABLE: Final[tuple[Operation[Any], ...]] = (
    CREATE_ACTION,
    CREATE_REPORTS_ACTION,
    LIST_AR_ITEMS,
    UPDATE_AR_ITEM,
    GET_AR_ITEM,
    CREATE_AUTO_POSTINGS,
    GET_AR_BATCH,
    LIST_CLIENT_CONFIGS,
    GET_CLIENT_CONFIG,
    GET_CODES,
    CREATE_CUSTOMER,
    UPDATE_CUSTOMER,
    LIST_CUSTOMERS,
    GET_CUSTOMER,
    DELETE_CUSTOMER,
    CREATE_CUSTOMER_BATCH,
    UPDATE_CUSTOMER_BATCH,
    LIST_DOCUMENT_BUNDLES,
    GET_DOCUMENT_BUNDLE,
    CREATE_DOCUMENT,
    LIST_DOCUMENTS,
    GET_DOCUMENT,
    CREATE_DOCUMENT_BATCH,
    LIST_FILES,
    UPLOAD_FILES,
    GET_FILE,
    GET_GL_ITEM,
    LIST_GL_ITEMS,
    GET_LATEST_CLOSED_GL_MOVEMENT,
    LIST_GL_MOVEMENTS,
    LIST_ADB_INTERVALS,
    GET_LOG_ITEM,
    LIST_LOG_ITEMS,
    CREATE_PAYMENT_RESERVATION,
    GET_AR_HEALTH,
)
"""All operations of the product, in the order of the spec."""
