# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Bundles of documents.

Newer than 2025-09; only the titles are known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_DOCUMENT_BUNDLE, LIST_DOCUMENT_BUNDLES
from amili_async.models.receivables import DocumentBundleList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_document_bundle",
    "list_document_bundles",
]


@operation(LIST_DOCUMENT_BUNDLES)
async def list_document_bundles(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> DocumentBundleList:
    """List document bundles, page by page.

    The documentation's title, "GET a list of document bundles", is all that is known. That the list has pages is taken
    from its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; path and name of the list are built by the naming rule of its
    siblings, paging is that of ListCustomers. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most bundles that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
        page_size: Bundles per page. Default and upper limit are not known. Inferred: not seen here in the current
            documentation.
        query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
            documentation.
        page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        One page of document bundles.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(
        LIST_DOCUMENT_BUNDLES,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed


@operation(GET_DOCUMENT_BUNDLE)
async def get_document_bundle(
    client: Requester, client_no: int, document_bundle_id: str, *, options: RequestOptions | None = None
) -> Any:
    """Read one document bundle.

    The documentation's title, "GET one document bundle", is all that is known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-one-document-bundle-4205276e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        document_bundle_id: Id of the bundle. Whether a number or a word is not known. Inferred: not seen here in the
            current documentation.
        options: Settings for this call alone.

    Returns:
        The bundle, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_DOCUMENT_BUNDLE, client_no, document_bundle_id, options=options)
    return response.parsed
