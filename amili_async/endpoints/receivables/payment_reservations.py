# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Payments that are announced but not yet booked.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import CREATE_PAYMENT_RESERVATION
from amili_async.models.receivables import PaymentReservationRequest
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_payment_reservation",
]


@operation(CREATE_PAYMENT_RESERVATION)
async def create_payment_reservation(
    client: Requester, client_no: int, *, body: PaymentReservationRequest, options: RequestOptions | None = None
) -> Any:
    """Reserve a payment for a document's AR item, or for a customer.

    At least one field must say what it is for. `paymentId` must be unique, but what a repeated one is answered with was
    not seen: so the call counts as one that must not be repeated blindly. The documentation's title is "POST (create) a
    new payment reservation".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are those
    of 2025-09; the newest page shows its title only. The rule about paymentId was cut after its first words. Types, the
    amount and whatever else a reservation holds, the statuses and the answer were not seen. In the documentation since
    2025-09.

    Documentation:
    - https://docs.amili.dev/post-create-a-new-payment-reservation-4205291e0
    - https://docs.amili.dev/creates-a-new-payment-reservation-3942682e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        body: The reservation.
        options: Settings for this call alone.

    Returns:
        What became of it, in a shape that was not seen. The status was not seen either. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(CREATE_PAYMENT_RESERVATION, client_no, body=body, options=options)
    return response.parsed
