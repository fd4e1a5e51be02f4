# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Files that belong to the history of a case.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.legacy._operations import LEGACY_ATTACHMENT
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "legacy_attachment",
]


@operation(LEGACY_ATTACHMENT)
async def legacy_attachment(client: Requester, *, attachment_id: str, options: RequestOptions | None = None) -> Any:
    """Fetch a file of a case's history.

    Only the path is known, from the documentation's menu. Whether the answer is JSON or the file itself is not known.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the path stands in
    the page's menu; method and parameter are concluded from `attachmentid` in the history of a case. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        attachment_id: The attachment, as named in the history of a case. Inferred: not seen here in the current
            documentation.
        options: Settings for this call alone.

    Returns:
        The file, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(LEGACY_ATTACHMENT, attachment_id=attachment_id, options=options)
    return response.parsed
