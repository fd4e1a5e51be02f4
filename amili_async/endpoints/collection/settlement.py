# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""What Amili settles with the creditor.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from amili_async.endpoints.collection._operations import GET_SETTLEMENT_BY_ID, GET_SETTLEMENTS
from amili_async.models.collection import SettlementList, SettlementResponse
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_settlement_by_id",
    "get_settlements",
]


@operation(GET_SETTLEMENTS)
async def get_settlements(
    client: Requester,
    organization_id: UUID | str,
    *,
    from_date: dt.datetime | dt.date | None = None,
    to_date: dt.datetime | dt.date | None = None,
    page_size: int | None = None,
    page_token: str | None = None,
    options: RequestOptions | None = None,
) -> SettlementList:
    """List an organization's settlements, page by page.

    All filters are taken to be optional. Unlike in the other lists of this API, the parameters begin with a small
    letter. The order is not known.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09 was
    read whole (the date is its). Of the current page the path, the parameters, the statuses and the beginning of a
    settlement were seen, not its remaining fields nor the paging part. In the documentation since 2025-09. The page was
    last modified on 2025-09-23.

    Documentation:
    - https://docs.amili.dev/getsettlements-4148071e0
    - https://docs.amili.dev/getsettlements-4123125e0
    - https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        from_date: Start of a period. Which date of the settlement it is compared with, and the time zone of a plain
            date, are not known. Type and meaning are inferred.
        to_date: End of the period. Whether it is inclusive is not known. Type and meaning are inferred.
        page_size: Settlements per page. Default and upper limit are not known. Type and meaning are inferred.
        page_token: The token of the next page, from the answer before. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        One page of settlements.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        GET_SETTLEMENTS,
        organization_id,
        from_date=from_date,
        to_date=to_date,
        page_size=page_size,
        page_token=page_token,
        options=options,
    )
    return response.parsed


@operation(GET_SETTLEMENT_BY_ID)
async def get_settlement_by_id(
    client: Requester, organization_id: UUID | str, settlement_id: UUID | str, *, options: RequestOptions | None = None
) -> SettlementResponse:
    """Read one settlement.

    The documentation's own title of this operation is "GetSettlement on Id".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The settlement was seen
    up to its exchange rate; the rest is read from the settlements printed inside the legacy batch page
    (webapiapibatch-4131300e0), which open with the same fields in the same order. In the documentation since 2026-03.

    Documentation:
    - https://docs.amili.dev/getsettlement-on-id-4148072e0
    - https://docs.amili.dev/getsettlement-on-id-4113097e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        settlement_id: The settlement. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        The settlement.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_SETTLEMENT_BY_ID, organization_id, settlement_id, options=options)
    return response.parsed
