# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Movements and balances of the general ledger.

Newer than 2025-09; only the titles are known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_LATEST_CLOSED_GL_MOVEMENT, LIST_GL_MOVEMENTS
from amili_async.models.receivables import GlMovementList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_latest_closed_gl_movement",
    "list_gl_movements",
]


@operation(GET_LATEST_CLOSED_GL_MOVEMENT)
async def get_latest_closed_gl_movement(
    client: Requester, client_no: int, *, options: RequestOptions | None = None
) -> Any:
    """Read the movement and balance of the latest closed year and period.

    The documentation's title, "Get movement/balance for the latest closed GL year/period", is all that is known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-movementbalance-for-the-latest-closed-gl-yearperiod-4205286e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        options: Settings for this call alone.

    Returns:
        The movement and balance, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_LATEST_CLOSED_GL_MOVEMENT, client_no, options=options)
    return response.parsed


@operation(LIST_GL_MOVEMENTS)
async def list_gl_movements(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> GlMovementList:
    """List movements and balances, page by page.

    The documentation's title, "GET a list of GL movements/balances", is all that is known. That the list has pages is
    taken from its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; path and name of the list are built by the naming rule of its siblings, paging is that of ListCustomers.
    In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-a-list-of-gl-movementsbalances-4205287e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most movements that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
        page_size: Movements per page. Default and upper limit are not known. Inferred: not seen here in the current
            documentation.
        query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
            documentation.
        page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        One page of movements and balances.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(
        LIST_GL_MOVEMENTS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed
