# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Items of the subledger.

A positive amount is debit, a negative one credit; an item is open while its balance is not 0.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_AR_ITEM, LIST_AR_ITEMS, UPDATE_AR_ITEM
from amili_async.models.receivables import ArItem, ArItemList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_ar_item",
    "list_ar_items",
    "update_ar_item",
]


@operation(LIST_AR_ITEMS)
async def list_ar_items(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> ArItemList:
    """List AR items, page by page.

    The list can be filtered; the names of the filters, and those of the header parameters, were not seen. The
    documentation's title is "GET a list of AR items".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and limits are those
    of 2025-09; the newest page shows its title only. No answer was seen: its summary is taken from ListCustomers, the
    name of its list from the naming rule. The statuses after 200 were cut. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-a-list-of-ar-items-4205260e0
    - https://docs.amili.dev/get-a-list-of-ar-items-3942665e0
    - https://docs.amili.dev/about-355476m0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most items that the query gives, all pages together. At most 10000. The server takes 10000 if
            nothing is given. Type and meaning are inferred.
        page_size: Items per page. At most 1000. The server takes 100 if nothing is given. Type and meaning are
            inferred.
        query: The `queryId` of the first page, to get a further one. Taken from ListCustomers. Inferred: not seen here
            in the current documentation.
        page_no: Number of the further page; the first is 1. Taken from ListCustomers. Inferred: not seen here in the
            current documentation.
        options: Settings for this call alone.

    Returns:
        One page of AR items.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        LIST_AR_ITEMS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed


@operation(UPDATE_AR_ITEM)
async def update_ar_item(
    client: Requester, client_no: int, *, body: dict[str, Any], options: RequestOptions | None = None
) -> Any:
    """Change details of an AR item, or credit an invoice or an interest note.

    The item is not in the path, so the body presumably names it. Since the same call can create a credit note, it must
    not be repeated blindly: look at the item first. The documentation's title is "PUT (update) ar item details".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The path and the statuses
    are those of 2025-09. Of request and answer only that they are JSON was seen. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/put-update-ar-item-details-3942666e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        body: Which item, and what to change; the names are not known. A sister operation names an item by `arItemId`,
            `documentNo`, `documentUuid`, `referenceNo` or `kid`.
        options: Settings for this call alone.

    Returns:
        What became of it, in a shape that was not seen. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(UPDATE_AR_ITEM, client_no, body=body, options=options)
    return response.parsed


@operation(GET_AR_ITEM)
async def get_ar_item(
    client: Requester,
    client_no: int,
    ar_item_id: str,
    *,
    expand: str | None = None,
    user_id: str | None = None,
    accept_language: str | None = None,
    options: RequestOptions | None = None,
) -> ArItem:
    """Read one AR item.

    What the answer holds depends on `expand`. The documentation's title is "GET one AR item".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, query and statuses
    are those of 2025-09; the newest page shows its title only. The body was not seen. Of the header parameter the first
    two letters were seen. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-one-ar-item-4205262e0
    - https://docs.amili.dev/get-one-ar-item-3942664e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        ar_item_id: Id of the AR item. Whether a number or a word is not known. Type and meaning are inferred.
        expand: What to add to the answer. The values it takes are not known. Type and meaning are inferred.
        user_id: Presumably the user on whose behalf it is read. Type and meaning are inferred.
        accept_language: Presumably the language of texts in the answer. The values it takes are not known. Inferred:
            not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        The AR item.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        GET_AR_ITEM,
        client_no,
        ar_item_id,
        expand=expand,
        user_id=user_id,
        accept_language=accept_language,
        options=options,
    )
    return response.parsed
