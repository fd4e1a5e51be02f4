"""The token service: OAuth 2.0 client credentials, as documented; its errors as RFC 6749 has them.

Amili's own token errors are not documented.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from amili_async.clock import Clock
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.settings import Settings

__all__ = ["OAuthError", "TokenService"]


class OAuthError(Exception):
    """A token request that is refused.

    Args:
        status: HTTP status.
        code: `invalid_client`, `invalid_request` or `unsupported_grant_type`.
        description: What to do about it.
    """

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.code = code
        self.description = description

    def body(self) -> dict[str, str]:
        """The answer's body."""
        return {"error": self.code, "error_description": self.description}


class TokenService:
    """Gives out tokens and knows which are still good.

    Args:
        settings: The client that is known, and how long a token lasts.
        clock: What time it is.
        ids: Where the tokens' bytes come from.
    """

    def __init__(self, settings: Settings, clock: Clock, ids: Ids) -> None:
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self._resource = ids.uuid()
        self._expiry: dict[str, datetime] = {}
        self._scopes: dict[str, frozenset[str]] = {}

    def issue(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Answer a token request.

        Raises:
            OAuthError: It is refused.
        """
        for name in ("grant_type", "client_id", "client_secret"):
            if not form.get(name):
                raise OAuthError(400, "invalid_request", f"{name} is missing from the form")
        if form["grant_type"] != "client_credentials":
            raise OAuthError(400, "unsupported_grant_type", "grant_type must be client_credentials")
        known = (self._settings.client_id, self._settings.client_secret)
        given = (form["client_id"], form["client_secret"])
        if not all(hmac.compare_digest(a.encode(), b.encode()) for a, b in zip(known, given, strict=True)):
            raise OAuthError(401, "invalid_client", "client_id or client_secret is not the sandbox's")
        lifetime = self._settings.token_lifetime_s
        not_before = int(self._clock.now().timestamp())
        token = self._token(not_before, not_before + lifetime)
        self._forget_expired()
        self._scopes[token] = frozenset(self._settings.client_scopes)
        self._expiry[token] = datetime.fromtimestamp(not_before + lifetime, tz=self._clock.now().tzinfo)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "not_before": not_before,
            "expires_in": lifetime,
            "expires_on": not_before + lifetime,
            "resource": self._resource,
        }

    def accepts(self, token: str) -> bool:
        """Whether a token was given out here and is still good."""
        expiry = self._expiry.get(token)
        return expiry is not None and self._clock.now() < expiry

    def permits(self, token: str, scope: str) -> bool:
        """Whether a token has a scope."""
        return scope in self._scopes.get(token, ())

    def expire(self, token: str) -> None:
        """Make one token worthless."""
        self._expiry.pop(token, None)

    def revoke_all(self) -> None:
        """Make every token given out so far worthless."""
        self._expiry.clear()

    def _forget_expired(self) -> None:
        now = self._clock.now()
        self._expiry = {token: expiry for token, expiry in self._expiry.items() if now < expiry}
        self._scopes = {token: scopes for token, scopes in self._scopes.items() if token in self._expiry}

    def _token(self, not_before: int, expires: int) -> str:
        # Shaped like the RS256 tokens of the documentation, so that clients that look inside find what they expect;
        # the signature is noise, since nobody but the sandbox itself checks it.
        header = {"typ": "JWT", "alg": "RS256"}
        payload = {
            "iss": "amili-sandbox",
            "sub": self._settings.client_id,
            "aud": self._resource,
            "nbf": not_before,
            "exp": expires,
            "jti": self._ids.uuid(),
            "scope": " ".join(self._settings.client_scopes),
        }
        parts = (msgspec.json.encode(header), msgspec.json.encode(payload), self._ids.token_bytes(32))
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
