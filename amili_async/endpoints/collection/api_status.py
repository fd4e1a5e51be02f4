# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Whether the API is there.

Dropped from the documentation.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.collection._operations import GET_HEALTH, PING, PING_AUTHORIZED
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_health",
    "ping",
    "ping_authorized",
]


@operation(PING)
async def ping(client: Requester, *, options: RequestOptions | None = None) -> Any:
    """Ask whether the API answers.

    The documentation's title was "Ping the server". Whether it needs a token is not known.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the documentation since
    2025-09.

    Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(PING, options=options)
    return response.parsed


@operation(PING_AUTHORIZED)
async def ping_authorized(client: Requester, *, options: RequestOptions | None = None) -> Any:
    """Ask whether the API accepts the token.

    The documentation's title was "Ping the server to check if authorized".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the documentation since
    2025-09.

    Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(PING_AUTHORIZED, options=options)
    return response.parsed


@operation(GET_HEALTH)
async def get_health(client: Requester, *, options: RequestOptions | None = None) -> Any:
    """Ask for the health of the API.

    The documentation's title was "Check the status of the API health". The health check that the newest menu names
    belongs to Accounts Receivable.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the documentation since
    2025-09.

    Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_HEALTH, options=options)
    return response.parsed
