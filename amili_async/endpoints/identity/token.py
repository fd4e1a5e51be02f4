# Generated from openapi/identity.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Access tokens.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from amili_async.endpoints.identity._operations import REQUEST_TOKEN
from amili_async.models.identity import TokenRequest, TokenResponse
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "request_token",
]


@operation(REQUEST_TOKEN)
async def request_token(
    client: Requester, *, body: TokenRequest, options: RequestOptions | None = None
) -> TokenResponse:
    """Exchange client credentials for an access token.

    The credentials travel in the form body; the documented example sends neither a Basic header nor a scope. Keep the
    token and reuse it until it expires: asking for one per call is slow and discouraged. There is no refresh token in
    the example; ask again when the token has run out.

    Evidence: documented (method, path and body shape are printed). Request and answer are printed whole. The answer to
    a refused request is not known. In the documentation since 2026-03.

    Documentation: https://docs.amili.dev/example-workflow-359631m0

    Args:
        client: Sends the request.
        body: The request body, sent as a form.
        options: Settings for this call alone.

    Returns:
        The token.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(REQUEST_TOKEN, body=body, options=options)
    return response.parsed
