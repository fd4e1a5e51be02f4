"""The token service's operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.settings import TOKEN_OPERATION
from amili_async.sandbox.tokens import OAuthError

__all__ = ["HANDLERS"]


def request_token(call: Call) -> Answer:
    """Exchange client credentials for a token."""
    try:
        return Answer(200, call.tokens.issue(call.body or {}))
    except OAuthError as error:
        return Answer(error.status, error.body())


HANDLERS: Final[Mapping[str, Handler]] = {TOKEN_OPERATION: request_token}
