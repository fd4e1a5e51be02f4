# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Correct the claim of an invoice that is in collection.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from uuid import UUID

from amili_async.endpoints.collection._operations import CREATE_CORRECTIONS
from amili_async.models.collection import BatchAccepted, CreateCorrectionsRequest
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_corrections",
]


@operation(CREATE_CORRECTIONS)
async def create_corrections(
    client: Requester,
    organization_id: UUID | str,
    *,
    body: CreateCorrectionsRequest,
    options: RequestOptions | None = None,
) -> BatchAccepted:
    """Correct the claims of invoices that are in collection.

    A correction is addressed to an invoice by Amili's id of it. The answer names a batch. Not known: whether a
    reduction is a positive or a negative amount, the largest number of corrections per request, and the error statuses.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The request is printed
    whole. Of the answer, the end of batchUrl and whatever may follow it were not seen. The page calls the path
    parameter orgId. In the documentation since 2026-spring.

    Documentation: https://docs.amili.dev/createcorrections-4148074e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        body: The request body.
        options: Settings for this call alone.

    Returns:
        Accepted for processing; the body names the batch.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(CREATE_CORRECTIONS, organization_id, body=body, options=options)
    return response.parsed
