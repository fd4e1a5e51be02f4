# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Book all that follows from an event, in the general ledger and in accounts receivable.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import CREATE_AUTO_POSTINGS
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_auto_postings",
]


@operation(CREATE_AUTO_POSTINGS)
async def create_auto_postings(
    client: Requester, client_no: int, auto_posting_method: str, *, body: Any, options: RequestOptions | None = None
) -> Any:
    """Carry out one or more auto postings.

    An auto posting is all the debit and credit entries that follow from one event. It is all or nothing: if one posting
    fails, all are refused and count as `FAILED`, and those that were valid by themselves are marked with the
    `resultType` `BATCH-REJECTED`. So read the results, whatever the status. A posting can carry `validateOnly`; if one
    does, all of the request are affected, presumably by being checked and not booked. The documentation's title is
    "POST (create) one or more auto postings".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are those
    of 2025-09; the newest page shows its title only. Neither body nor the statuses were seen, and the rule about
    validateOnly was cut. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/post-create-one-or-more-auto-postings-4205263e0
    - https://docs.amili.dev/post-create-one-or-more-auto-postings-3942671e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        auto_posting_method: Presumably the kind of posting. The values it takes are not known. Type and meaning are
            inferred.
        body: The postings, in a shape that was not seen.
        options: Settings for this call alone.

    Returns:
        What became of each posting, in a shape that was not seen. That the status is 200 is taken from its siblings.
        Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(CREATE_AUTO_POSTINGS, client_no, auto_posting_method, body=body, options=options)
    return response.parsed
