# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Whether the service is there.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.legacy._operations import LEGACY_PING
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "legacy_ping",
]


@operation(LEGACY_PING)
async def legacy_ping(client: Requester, *, options: RequestOptions | None = None) -> Any:
    """Ask whether the service is there.

    Only the path is known, from the documentation's menu. Whether it asks for credentials is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the path stands in
    the page's menu; the method is concluded from the name. In the documentation since 2025-09.

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
    response = await client.call(LEGACY_PING, options=options)
    return response.parsed
