"""Asking the token service for a token (OAuth 2.0 client credentials).

Source: docs.amili.dev/example-workflow-359631m0. Its error answers were not seen, so they are told apart by status.
"""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlsplit

from amili_async import codec
from amili_async.auth import Token
from amili_async.building import build_request
from amili_async.config import Config
from amili_async.errors import AuthError, DecodeError, ResponseError, TransportError
from amili_async.options import RequestOptions, is_header_text
from amili_async.retry import Budget
from amili_async.sending import Errand, Sender

__all__ = ["fetch_token"]


async def fetch_token(config: Config, sender: Sender) -> Token:
    """Get a fresh access token.

    Raises:
        ConfigError: Client id or secret are missing.
        AuthError: The service refused the credentials, failed, made no sense, or was not reached.
    """
    # The generated product is loaded on first use, like all others.
    from amili_async.endpoints.identity._operations import REQUEST_TOKEN
    from amili_async.models.identity import TokenRequest

    # No variable holds the secret: tools that report errors show the variables of a frame.
    form = TokenRequest(
        grant_type="client_credentials", client_id=config.credentials[0], client_secret=config.credentials[1]
    )
    request = build_request(REQUEST_TOKEN, (), {}, form, RequestOptions())
    url = urlsplit(config.token_service_url)
    errand = Errand(
        name=REQUEST_TOKEN.id,
        operation=REQUEST_TOKEN.id,
        route=url.path,
        # The path is part of the setting: Amili's is /token, a gateway's may be another.
        request=request.at(url.path),
        origin=f"{url.scheme}://{url.netloc}",
        idempotency=REQUEST_TOKEN.idempotency,
        budget=Budget(max_attempts=config.max_attempts, deadline_s=config.deadline_s),
    )
    service = f"the token service {url.netloc}"
    try:
        raw, _ = await sender.send(errand)
        return _token(codec.decode_json(raw.content))
    except ResponseError as error:
        raise _refusal(service, error) from error
    except TransportError as error:
        raise AuthError(f"no access token: {error.message}") from error
    except DecodeError as error:
        raise AuthError(
            f"{service} answered, but not with a token: check token_url (AMILI_TOKEN_URL)", status=raw.status
        ) from error.with_traceback(None)  # its frames hold the answer


def _token(answer: Any) -> Token:
    """The two fields that matter. A third one of an unexpected form must not lock everybody out."""
    value = answer.get("access_token") if isinstance(answer, dict) else None
    lifetime = answer.get("expires_in") if isinstance(answer, dict) else None
    try:
        seconds = float(lifetime)  # type: ignore[arg-type]  # text is read as well, and None ends below
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    if not isinstance(value, str) or math.isnan(seconds) or isinstance(lifetime, bool):
        raise DecodeError("expected access_token and expires_in")
    token = Token(value, seconds)
    if value and not is_header_text(token.header):
        # Said here as well as before it is sent, so that it is not kept for its lifetime.
        raise AuthError("the token service sent a token with characters that cannot stand in a header")
    return token


def _refusal(service: str, error: ResponseError) -> AuthError:
    if error.status in (400, 401, 403):
        return AuthError(
            f"{service} refused these credentials ({error.status}): check client_id (AMILI_CLIENT_ID) and "
            "client_secret (AMILI_CLIENT_SECRET), and that they belong to this environment",
            status=error.status,
            refused=True,
        )
    if error.status >= 500 or error.status == 429:
        return AuthError(f"{service} failed ({error.status}): try again later", status=error.status)
    return AuthError(f"{service} answered {error.status}: check token_url (AMILI_TOKEN_URL)", status=error.status)
