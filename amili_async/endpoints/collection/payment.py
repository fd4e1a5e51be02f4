# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Report payments that the creditor received directly.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from uuid import UUID

from amili_async.endpoints.collection._operations import CREATE_PAYMENTS
from amili_async.models.collection import BatchAccepted, CreatePaymentsRequest
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_payments",
]


@operation(CREATE_PAYMENTS)
async def create_payments(
    client: Requester,
    organization_id: UUID | str,
    *,
    body: CreatePaymentsRequest,
    options: RequestOptions | None = None,
) -> BatchAccepted:
    """Report payments that reached the creditor directly.

    A payment is addressed to an invoice by Amili's id of it, which the batch of the invoice tells, not by the invoice
    number. The answer names a batch. Not known: the largest number of payments per request and which fields are
    required.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). A payment was seen up to
    its currency; date and description are taken from CreateCorrections, and so is the body of the answer. In the
    documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/createpayments-4148070e0
    - https://docs.amili.dev/createpayments-3939016e0
    - https://docs.amili.dev/create-new-payments-3939016e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        body: The request body.
        options: Settings for this call alone.

    Returns:
        Accepted for processing. Status and content type are documented; the body is taken to be that of
        CreateCorrections. Its shape is inferred.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(CREATE_PAYMENTS, organization_id, body=body, options=options)
    return response.parsed
