# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""What was logged.

Newer than 2025-09; only the titles are known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_LOG_ITEM, LIST_LOG_ITEMS
from amili_async.models.receivables import LogItemList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_log_item",
    "list_log_items",
]


@operation(GET_LOG_ITEM)
async def get_log_item(
    client: Requester, client_no: int, log_item_id: str, *, options: RequestOptions | None = None
) -> Any:
    """Read one log item.

    The documentation's title, "GET one log item", is all that is known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings. In the
    documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        log_item_id: Id of the log item. Whether a number or a word is not known. Inferred: not seen here in the current
            documentation.
        options: Settings for this call alone.

    Returns:
        The log item, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_LOG_ITEM, client_no, log_item_id, options=options)
    return response.parsed


@operation(LIST_LOG_ITEMS)
async def list_log_items(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> LogItemList:
    """List log items, page by page.

    The documentation's title, "GET a list of log items", is all that is known. That the list has pages is taken from
    its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; path and name of the list are built by the naming rule of its siblings, paging is that of ListCustomers.
    In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-a-list-of-log-items-4205290e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most log items that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
        page_size: Log items per page. Default and upper limit are not known. Inferred: not seen here in the current
            documentation.
        query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
            documentation.
        page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        One page of log items.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(
        LIST_LOG_ITEMS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed
