# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Settings of an ARM client.

Newer than 2025-09; only the titles are known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_CLIENT_CONFIG, LIST_CLIENT_CONFIGS
from amili_async.models.receivables import ClientConfigList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_client_config",
    "list_client_configs",
]


@operation(LIST_CLIENT_CONFIGS)
async def list_client_configs(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> ClientConfigList:
    """List the client's settings, page by page.

    The documentation's title, "GET a list of client config values", is all that is known. That the list has pages is
    taken from its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; path and name of the list are built by the naming rule of its
    siblings, paging is that of ListCustomers. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most settings that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
        page_size: Settings per page. Default and upper limit are not known. Inferred: not seen here in the current
            documentation.
        query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
            documentation.
        page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        One page of settings.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(
        LIST_CLIENT_CONFIGS,
        client_no,
        maximum_count=maximum_count,
        page_size=page_size,
        query=query,
        page_no=page_no,
        options=options,
    )
    return response.parsed


@operation(GET_CLIENT_CONFIG)
async def get_client_config(
    client: Requester, client_no: int, key: str, *, options: RequestOptions | None = None
) -> Any:
    """Read the values of one of the client's settings.

    The documentation's title, "GET values for one client config key", is all that is known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/get-values-for-one-client-config-key-4205266e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        key: Key of the setting. The keys are not known. Inferred: not seen here in the current documentation.
        options: Settings for this call alone.

    Returns:
        The values, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_CLIENT_CONFIG, client_no, key, options=options)
    return response.parsed
