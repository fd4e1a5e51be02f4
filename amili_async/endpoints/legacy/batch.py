# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Fetch what has happened, send what is new.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from amili_async.endpoints.legacy._operations import LEGACY_GET_BATCH, LEGACY_POST_BATCH
from amili_async.models.legacy import LegacyBatch
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "legacy_get_batch",
    "legacy_post_batch",
]


@operation(LEGACY_GET_BATCH)
async def legacy_get_batch(
    client: Requester,
    *,
    sender_id: str | None = None,
    creditor_id: str | None = None,
    customer_ref: str | None = None,
    ledger_ref: str | None = None,
    include_closed: bool | None = None,
    last_settlement_id: str | None = None,
    remittance_date: dt.datetime | dt.date | None = None,
    language_code: str | None = None,
    options: RequestOptions | None = None,
) -> LegacyBatch:
    """Fetch creditors, cases and settlements in one answer.

    There are no pages: the parameters narrow what is fetched, and `lastsettlementid` presumably leaves out the
    settlements that were fetched before. All parameters are taken to be optional. No error statuses are listed.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2026-03 was
    read whole (the date is its). The pages disagree: 2025-09 opens a settlement with fields in small letters and was
    cut there; 2026-03 prints settlements, and a later page cases, in the shape of the newer API. That is probably a
    mix-up in the documentation and not a change of the answer. The codes of debtcollectiontransfer are those of an ERP
    setting that Amili's help centre explains (article 46489819155729). In the documentation since 2025-09. The page was
    last modified on 2026-03-12.

    Documentation:
    - https://docs.amili.dev/webapiapibatch-4161131e0
    - https://docs.amili.dev/webapiapibatch-4131300e0
    - https://docs.amili.dev/webapiapibatch-3939032e0

    Args:
        client: Sends the request.
        sender_id: Presumably the id of the sending system. Type and meaning are inferred.
        creditor_id: Which creditor. Presumably the `idnumber` of a creditor in the answer. Type and meaning are
            inferred.
        customer_ref: Only cases of this customer reference. Type and meaning are inferred.
        ledger_ref: Only the case of this ledger reference, presumably the caller's key of the invoice. Type and meaning
            are inferred.
        include_closed: Presumably whether closed cases are wanted too. What is taken if it is left out is not known.
            Type and meaning are inferred.
        last_settlement_id: Presumably the last settlement that was fetched; only later ones are given then. Type and
            meaning are inferred.
        remittance_date: Presumably only settlements of the remittance of this day. The format, and the time zone of a
            plain date, are not known. Type and meaning are inferred.
        language_code: Presumably the language of texts in the answer. The values it takes are not known. Type and
            meaning are inferred.
        options: Settings for this call alone.

    Returns:
        What there is.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        LEGACY_GET_BATCH,
        sender_id=sender_id,
        creditor_id=creditor_id,
        customer_ref=customer_ref,
        ledger_ref=ledger_ref,
        include_closed=include_closed,
        last_settlement_id=last_settlement_id,
        remittance_date=remittance_date,
        language_code=language_code,
        options=options,
    )
    return response.parsed


@operation(LEGACY_POST_BATCH)
async def legacy_post_batch(
    client: Requester, *, body: dict[str, Any], sender_id: str | None = None, options: RequestOptions | None = None
) -> Any:
    """Send what is new in one batch.

    A client can presumably send new creditors, invoices, direct payments and credits, change requests and messages to
    the case handler, and has to send payments and credits. Despite its content type the body is presumably not a JSON
    Patch. No error statuses are listed.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Method, path, query and
    content type are printed, of request and answer only that they exist. The answer probably holds the object that
    2025-09 prints as the status of a batch of the newer API (collection.yaml, BatchStatusDetail), whose names are in
    the manner of this interface. What can be sent is told by an introduction of 2023, a public Postman collection
    (2s93eYVsAw). In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/webapiapibatch-4131301e0
    - https://docs.amili.dev/webapiapibatch-3939033e0

    Args:
        client: Sends the request.
        body: Any JSON object. Presumably lists of objects beside fields like those that LegacyBatch opens with; none
            was seen.
        sender_id: Presumably the id of the sending system. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        Accepted. Whether each object was accepted too is presumably said in the body, which was not seen. Given as
        plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(LEGACY_POST_BATCH, body=body, sender_id=sender_id, options=options)
    return response.parsed
