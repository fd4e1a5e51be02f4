# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Cases in collection.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from amili_async.endpoints.collection._operations import GET_CASES_BY_ORGANIZATION
from amili_async.models.collection import CaseList, CaseStatus, CaseType
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_cases_by_organization",
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
    printed. The page was last modified on 2026-05-15.

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
