# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Results of the writes that are carried out later.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amili_async.endpoints.receivables._operations import GET_AR_BATCH
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_ar_batch",
]


@operation(GET_AR_BATCH)
async def get_ar_batch(
    client: Requester, client_no: int, batch_uuid: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Read one batch that is carried out later.

    Three statuses are a success, and what each says is not explained. A working reading by their names: 200 when it has
    ended, 202 while it has not, 206 when it has ended and a part was refused; an error of 406 when nothing was
    accepted. So look at the status beside the body, and have this reading confirmed before you rely on it. Presumably
    this is where the batches of customers and of documents are read. The documentation's title is "GET one batch".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
    those of 2025-09; the newest page shows its title only. No body was seen; those of 202 and 206 are taken to be JSON,
    as that of 200 is. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-one-batch-4205264e0
    - https://docs.amili.dev/get-one-batch-3942681e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        batch_uuid: The batch. That it is a UUID is concluded from the name. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        - 200: The batch, presumably ended. Given as plain JSON values.
        - 202: The batch, presumably not ended yet. Given as plain JSON values.
        - 206: The batch, presumably ended with a part of it refused. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_AR_BATCH, client_no, batch_uuid, options=options)
    return response.parsed
