# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Values of ARM's system codes.

Newer than 2025-09; only the title is known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_CODES
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_codes",
]


@operation(GET_CODES)
async def get_codes(client: Requester, client_no: int, *, options: RequestOptions | None = None) -> Any:
    """Read the values of ARM's system codes.

    The documentation's title, "GET ARM system code values", is all that is known. The codes in customers and documents
    are presumably among them.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings. In the
    documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        options: Settings for this call alone.

    Returns:
        The values, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_CODES, client_no, options=options)
    return response.parsed
