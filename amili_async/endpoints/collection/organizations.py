# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Reports on an organization.

Dropped from the documentation.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amili_async.endpoints.collection._operations import GET_ORGANIZATION_REPORTS
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_organization_reports",
]


@operation(GET_ORGANIZATION_REPORTS)
async def get_organization_reports(
    client: Requester, organization_id: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Read the reports of an organization.

    The documentation's title was "Get reports on a organization". What is reported, and which parameters there are, is
    not known.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title stands
    in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the documentation since
    2025-09.

    Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_ORGANIZATION_REPORTS, organization_id, options=options)
    return response.parsed
