# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Cases in collection, and what may be done with them.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from amili_async.endpoints.collection._operations import (
    ACCEPT_DEBT_COLLECTION_LIST,
    ACCEPT_EVICTION_CONFIRMATION,
    ACCEPT_EVICTION_REQUEST,
    GET_CASES_BY_ORGANIZATION,
    PAUSE_CASE,
    REJECT_DEBT_COLLECTION_LIST,
    REJECT_EVICTION_CONFIRMATION,
    REJECT_EVICTION_REQUEST,
    RESUME_CASE,
    WITHDRAW_CASE,
)
from amili_async.models.collection import CaseList, CaseStatus, CaseType
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "accept_debt_collection_list",
    "accept_eviction_confirmation",
    "accept_eviction_request",
    "get_cases_by_organization",
    "pause_case",
    "reject_debt_collection_list",
    "reject_eviction_confirmation",
    "reject_eviction_request",
    "resume_case",
    "withdraw_case",
]


@operation(GET_CASES_BY_ORGANIZATION)
async def get_cases_by_organization(
    client: Requester,
    organization_id: UUID | str,
    *,
    status: CaseStatus | str | None = None,
    type: CaseType | str | None = None,
    case_number: str | None = None,
    customer_number: str | None = None,
    unique_source_invoice_id: str | None = None,
    search_term: str | None = None,
    from_created_at: dt.datetime | dt.date | None = None,
    to_created_at: dt.datetime | dt.date | None = None,
    page_token: str | None = None,
    page_size: int | None = None,
    options: RequestOptions | None = None,
) -> CaseList:
    """List an organization's cases, page by page.

    All filters are taken to be optional. The answer holds page-number totals and cursor tokens; the request offers no
    page number, so the cursor is the way on. No error statuses are listed.

    Evidence: documented (method, path and body shape are printed). Parameter types, limits and whole enums are not
    printed. The menu of 2025-09 had "Retrieve cases for an organization", of which nothing else is known. In the
    documentation since 2026-05. The page was last modified on 2026-05-15.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        status: Only cases of this status. Type and meaning are inferred.
        type: Only cases of this type. Type and meaning are inferred.
        case_number: The number of the case. Type and meaning are inferred.
        customer_number: The debtor's customer number. Type and meaning are inferred.
        unique_source_invoice_id: The caller's own id of an invoice of the case. Type and meaning are inferred.
        search_term: Presumably a free-text search; which fields it looks at is not known. May hold a person's name.
            Type and meaning are inferred.
        from_created_at: Presumably the earliest time of creation. The time zone of a plain date is not known. Type and
            meaning are inferred.
        to_created_at: Presumably the latest time of creation. Whether it is inclusive is not known. Type and meaning
            are inferred.
        page_token: The token of the next page, from the answer before. Type and meaning are inferred.
        page_size: Cases per page. Default and upper limit are not known. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        One page of cases.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        GET_CASES_BY_ORGANIZATION,
        organization_id,
        status=status,
        type=type,
        case_number=case_number,
        customer_number=customer_number,
        unique_source_invoice_id=unique_source_invoice_id,
        search_term=search_term,
        from_created_at=from_created_at,
        to_created_at=to_created_at,
        page_token=page_token,
        page_size=page_size,
        options=options,
    )
    return response.parsed


@operation(ACCEPT_DEBT_COLLECTION_LIST)
async def accept_debt_collection_list(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Approve a case that waits in the debt collection list.

    Once a debt collection notice (inkassovarsel) has run past its due date unpaid, a claim is ready for debt
    collection. Depending on a setting of the creditor it then goes on by itself, or waits in a list that empties itself
    after two to three working days unless the claim is paused or closed, or waits in a list until somebody approves it.
    A claim that is left in the list for more than 60 days is closed. This presumably approves a claim of that list; the
    cases meant are presumably those whose `subStatus` is `DEBT_COLLECTION_LIST_MANUAL`. Whether it takes one case or
    several is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. What the list is, is told by Amili's help
    centre (article 46489819155729), which speaks of ERP clients, not of this API. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(ACCEPT_DEBT_COLLECTION_LIST, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(REJECT_DEBT_COLLECTION_LIST)
async def reject_debt_collection_list(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Decline a case that waits in the debt collection list.

    Presumably declines a claim that waits in the list described under AcceptDebtCollectionList. What becomes of the
    claim then, whether it is closed or goes back a stage, is not known; nor is whether it takes one case or several.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. What the list is, is told by Amili's help
    centre (article 46489819155729), which speaks of ERP clients, not of this API. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(REJECT_DEBT_COLLECTION_LIST, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(PAUSE_CASE)
async def pause_case(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Pause the collection of a case.

    The process stops, while interest goes on accruing every day. A claim that stays paused for more than 60 days is
    closed. ERP clients offer this only until the claim is registered as debt collection, and Amili's portal only to
    users with the Administrator or Write role; whether the API is bound by the same is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help centre
    (articles 46489020013841, 46491031061265, 46489819155729, 47265175378833, 46132787980817), which speaks of ERP
    clients and the portal, not of this API. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(PAUSE_CASE, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(WITHDRAW_CASE)
async def withdraw_case(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """End Amili's collection of a case.

    Once a claim is at the debt collection stage, the costs that it has run up may be invoiced, presumably to the
    creditor. Amili's portal offers this only to users with the Administrator or Write role. Whether a withdrawn case
    can be taken up again is not known: take it as final.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help centre
    (articles 46489020013841, 46491031061265, 46132787980817), which speaks of ERP clients and the portal, not of this
    API. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(WITHDRAW_CASE, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(RESUME_CASE)
async def resume_case(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Go on with the collection of a paused case.

    ERP clients offer this only until the claim is registered as debt collection, and Amili's portal only to users with
    the Administrator or Write role; whether the API is bound by the same is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help centre
    (articles 46489020013841, 46491031061265, 46132787980817), which speaks of ERP clients and the portal, not of this
    API. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(RESUME_CASE, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(ACCEPT_EVICTION_REQUEST)
async def accept_eviction_request(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Accept the eviction request of a case.

    Eviction (fravikelse) presumably concerns claims for rent, in two steps: a request and later a confirmation, each of
    which the creditor accepts or rejects. This presumably accepts the request. What follows from it is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the name
    alone. In the documentation since 2026-spring.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(ACCEPT_EVICTION_REQUEST, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(REJECT_EVICTION_REQUEST)
async def reject_eviction_request(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Reject the eviction request of a case.

    Presumably rejects the request of the first step described under AcceptEvictionRequest. What follows from it is not
    known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the name
    alone. In the documentation since 2026-spring.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(REJECT_EVICTION_REQUEST, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(ACCEPT_EVICTION_CONFIRMATION)
async def accept_eviction_confirmation(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Accept the eviction confirmation of a case.

    Presumably accepts the confirmation of the second step described under AcceptEvictionRequest. What follows from it
    is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the name
    alone. In the documentation since 2026-spring.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(ACCEPT_EVICTION_CONFIRMATION, organization_id, case_id, body=body, options=options)
    return response.parsed


@operation(REJECT_EVICTION_CONFIRMATION)
async def reject_eviction_confirmation(
    client: Requester,
    organization_id: UUID | str,
    case_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Reject the eviction confirmation of a case.

    Presumably rejects the confirmation of the second step described under AcceptEvictionRequest. What follows from it
    is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has the
    name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the name
    alone. In the documentation since 2026-spring.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        case_id: Id of the case. Inferred: not seen here in the current documentation.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(REJECT_EVICTION_CONFIRMATION, organization_id, case_id, body=body, options=options)
    return response.parsed
