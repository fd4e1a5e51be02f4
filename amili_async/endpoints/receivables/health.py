# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Whether the service is there.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_AR_HEALTH
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_ar_health",
]


@operation(GET_AR_HEALTH)
async def get_ar_health(client: Requester, *, options: RequestOptions | None = None) -> Any:
    """Ask how the service is.

    The documentation's title, "Check API health", is all that is known. Whether it asks for a token is not.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu; method and path are concluded from the title. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        options: Settings for this call alone.

    Returns:
        It is there. What the answer holds is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_AR_HEALTH, options=options)
    return response.parsed
