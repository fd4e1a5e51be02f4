# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Dropped from the documentation, which never said what it is for.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.collection._operations import CALL_BANQ_SOFT
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "call_banq_soft",
]


@operation(CALL_BANQ_SOFT)
async def call_banq_soft(
    client: Requester, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None
) -> Any:
    """Call BanqSoft.

    The documentation's title was "banqsoft". What it does, and to what, is not known: do not call it unless Amili has
    told you to.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu, in 2025-09, and is gone since. Method and path are guesses. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(CALL_BANQ_SOFT, body=body, options=options)
    return response.parsed
