# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Figures about the ledger.

Newer than 2025-09; only the title is known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from amili_async.endpoints.receivables._operations import LIST_ADB_INTERVALS
from amili_async.models.receivables import AdbIntervalList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "list_adb_intervals",
]


@operation(LIST_ADB_INTERVALS)
async def list_adb_intervals(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> AdbIntervalList:
    """List the intervals of the age distributed balance, page by page.

    The documentation's title, "GET a list of ADB intervals", is all that is known. That the list has pages is taken
    from its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; path and name of the list are built by the naming rule of its siblings, paging is that of ListCustomers.
    In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-a-list-of-adb-intervals-4205288e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most intervals that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
        page_size: Intervals per page. Default and upper limit are not known. Inferred: not seen here in the current
            documentation.
        query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
            documentation.
        page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        One page of intervals.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(
        LIST_ADB_INTERVALS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed
