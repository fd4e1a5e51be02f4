# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili AutoCollect legacy API: what is known of every operation."""

from __future__ import annotations

from typing import Any, Final

from amili_async.models.legacy import LegacyBatch
from amili_async.operations import Body, Evidence, Operation, Param

LEGACY_GET_BATCH: Final[Operation[LegacyBatch]] = Operation(
    id="LegacyGetBatch",
    method="GET",
    path="/webapi/api/Batch",
    prefix="",
    product="legacy",
    tag="batch",
    summary="Fetch creditors, cases and settlements in one answer.",
    idempotency="safe",
    evidence=Evidence(
        level="partial",
        pages=("webapiapibatch-4161131e0", "webapiapibatch-4131300e0", "webapiapibatch-3939032e0"),
        modified="2026-03-12",
        note=(
            "The page of 2026-03 was read whole (the date is its). The pages disagree: 2025-09 opens a settlement "
            "with fields in small letters and was cut there; 2026-03 prints settlements, and a later page cases, "
            "in the shape of the newer API. That is probably a mix-up in the documentation and not a change of "
            "the answer. The codes of debtcollectiontransfer are those of an ERP setting that Amili's help centre "
            "explains (article 46489819155729)."
        ),
    ),
    since="2025-09",
    params=(
        Param(name="sender_id", wire="senderid", location="query"),
        Param(name="creditor_id", wire="creditorid", location="query"),
        Param(name="customer_ref", wire="customerref", location="query"),
        Param(name="ledger_ref", wire="ledgerref", location="query"),
        Param(name="include_closed", wire="includeclosed", location="query"),
        Param(name="last_settlement_id", wire="lastsettlementid", location="query"),
        Param(name="remittance_date", wire="remittancedate", location="query"),
        Param(name="language_code", wire="languagecode", location="query"),
    ),
    responses={200: LegacyBatch},
)
LEGACY_POST_BATCH: Final[Operation[Any]] = Operation(
    id="LegacyPostBatch",
    method="POST",
    path="/webapi/api/Batch",
    prefix="",
    product="legacy",
    tag="batch",
    summary="Send what is new in one batch.",
    idempotency="unsafe",
    evidence=Evidence(
        level="partial",
        pages=("webapiapibatch-4131301e0", "webapiapibatch-3939033e0"),
        note=(
            "Method, path, query and content type are printed, of request and answer only that they exist. The "
            "answer probably holds the object that 2025-09 prints as the status of a batch of the newer API "
            "(collection.yaml, BatchStatusDetail), whose names are in the manner of this interface. What can be "
            "sent is told by an introduction of 2023, a public Postman collection (2s93eYVsAw)."
        ),
    ),
    since="2025-09",
    params=(Param(name="sender_id", wire="senderid", location="query"),),
    request_body=Body(model=None, content_type="application/json-patch+json"),
    responses={200: None},
)
LEGACY_ATTACHMENT: Final[Operation[Any]] = Operation(
    id="LegacyAttachment",
    method="GET",
    path="/webapi/api/Attachment",
    prefix="",
    product="legacy",
    tag="attachment",
    summary="Fetch a file of a case's history.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note=(
            "Only the path stands in the page's menu; method and parameter are concluded from `attachmentid` in "
            "the history of a case."
        ),
    ),
    since="2025-09",
    params=(Param(name="attachment_id", wire="attachmentid", location="query", required=True),),
    responses={200: None},
)
LEGACY_PING: Final[Operation[Any]] = Operation(
    id="LegacyPing",
    method="GET",
    path="/webapi/api/Ping",
    prefix="",
    product="legacy",
    tag="ping",
    summary="Ask whether the service is there.",
    idempotency="safe",
    evidence=Evidence(
        level="assumed",
        pages=("getcasesbyorganization-4326442e0",),
        note="Only the path stands in the page's menu; the method is concluded from the name.",
    ),
    since="2025-09",
    responses={200: None},
)

TABLE: Final[tuple[Operation[Any], ...]] = (
    LEGACY_GET_BATCH,
    LEGACY_POST_BATCH,
    LEGACY_ATTACHMENT,
    LEGACY_PING,
)
"""All operations of the product, in the order of the spec."""
