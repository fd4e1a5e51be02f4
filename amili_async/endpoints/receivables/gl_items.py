# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Items of the general ledger.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from amili_async.endpoints.receivables._operations import GET_GL_ITEM, LIST_GL_ITEMS
from amili_async.models.receivables import GlItem, GlItemList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_gl_item",
    "list_gl_items",
]


@operation(GET_GL_ITEM)
async def get_gl_item(
    client: Requester,
    client_no: int,
    gl_item_id: str,
    *,
    accept_language: str | None = None,
    options: RequestOptions | None = None,
) -> GlItem:
    """Read one GL item.

    The documentation's title is "Get one GL item".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, header and statuses
    are those of 2025-09; the newest page was cut inside its path. No body was seen. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-one-gl-item-4205284e0
    - https://docs.amili.dev/get-one-gl-item-3942672e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        gl_item_id: Id of the GL item. Whether a number or a word is not known. Type and meaning are inferred.
        accept_language: Presumably the language of texts in the answer. The values it takes are not known. Type and
            meaning are inferred.
        options: Settings for this call alone.

    Returns:
        The GL item.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_GL_ITEM, client_no, gl_item_id, accept_language=accept_language, options=options)
    return response.parsed


@operation(LIST_GL_ITEMS)
async def list_gl_items(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> GlItemList:
    """List GL items, page by page.

    The list can be filtered; the names of the filters were not seen. The documentation's title is "GET a list of GL
    items".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and limits are those
    of 2025-09. No answer was seen: its summary is taken from ListCustomers, the name of its list from the naming rule.
    The statuses after 403 were cut. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-a-list-of-gl-items-3942673e0
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
        One page of GL items.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        LIST_GL_ITEMS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed
