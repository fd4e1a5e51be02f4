# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Start something on the ledger.

Newer than 2025-09; only the titles are known.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import CREATE_ACTION, CREATE_REPORTS_ACTION
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_action",
    "create_reports_action",
]


@operation(CREATE_ACTION)
async def create_action(
    client: Requester, client_no: int, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None
) -> Any:
    """Create an action.

    The documentation's title, "POST (create) an action", is all that is known. Which actions there are is not.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings. In the
    documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        body: The action, in a shape that is not known.
        options: Settings for this call alone.

    Returns:
        What became of it, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(CREATE_ACTION, client_no, body=body, options=options)
    return response.parsed


@operation(CREATE_REPORTS_ACTION)
async def create_reports_action(
    client: Requester, client_no: int, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None
) -> Any:
    """Create a reports action, that is, have a report made.

    The documentation's title, "POST (create) a reports action/generate a report", is all that is known. How the report
    is handed over is not.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

    Documentation: https://docs.amili.dev/post-create-a-reports-actiongenerate-a-report-4205259e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        body: What to report, in a shape that is not known.
        options: Settings for this call alone.

    Returns:
        What became of it, in a shape that is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(CREATE_REPORTS_ACTION, client_no, body=body, options=options)
    return response.parsed
