"""asyncio-first SDK for the Amili API: Norwegian debt collection and accounts receivable.

    async with AmiliClient(Config.from_env()) as amili:
        async for case in amili.paginate(amili.collection.get_cases_by_organization, organization_id):
            print(case.case_number, case.remaining_amount)

Models stand in `amili_async.models.<product>`, errors in `amili_async.errors`, a local Amili to develop against in
`amili_async.sandbox`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from amili_async._version import __version__

if TYPE_CHECKING:
    from amili_async.client import AmiliClient
    from amili_async.config import Config
    from amili_async.errors import (
        AmiliError,
        AnotherListError,
        AuthError,
        BadRequestError,
        BatchTimeoutError,
        BulkError,
        ClientStateError,
        ConfigError,
        ConflictError,
        DecodeError,
        ForbiddenError,
        JournalError,
        NotFoundError,
        OutcomeUnknownError,
        PaginationError,
        RateLimitedError,
        RequestError,
        ResponseError,
        ServerError,
        TransportError,
        TransportTimeoutError,
        UnauthorizedError,
        UnprocessableError,
        UnverifiedOperationError,
        UnverifiedOperationWarning,
        WebhookError,
    )
    from amili_async.hooks import Hooks
    from amili_async.operations import Operation
    from amili_async.options import RequestOptions
    from amili_async.pagination import Pager
    from amili_async.request import Request, Response
    from amili_async.types import UNSET, Unset

__all__ = [
    "UNSET",
    "AmiliClient",
    "AmiliError",
    "AnotherListError",
    "AuthError",
    "BadRequestError",
    "BatchTimeoutError",
    "BulkError",
    "ClientStateError",
    "Config",
    "ConfigError",
    "ConflictError",
    "DecodeError",
    "ForbiddenError",
    "Hooks",
    "JournalError",
    "NotFoundError",
    "Operation",
    "OutcomeUnknownError",
    "Pager",
    "PaginationError",
    "RateLimitedError",
    "Request",
    "RequestError",
    "RequestOptions",
    "Response",
    "ResponseError",
    "ServerError",
    "TransportError",
    "TransportTimeoutError",
    "UnauthorizedError",
    "UnprocessableError",
    "Unset",
    "UnverifiedOperationError",
    "UnverifiedOperationWarning",
    "WebhookError",
    "__version__",
]

# Names load on first use: the command line's help and completion need none of them, and aiohttp takes a while.
_HOMES = {
    "AmiliClient": "client",
    "AmiliError": "errors",
    "AnotherListError": "errors",
    "AuthError": "errors",
    "BadRequestError": "errors",
    "BatchTimeoutError": "errors",
    "BulkError": "errors",
    "ClientStateError": "errors",
    "Config": "config",
    "ConfigError": "errors",
    "ConflictError": "errors",
    "DecodeError": "errors",
    "ForbiddenError": "errors",
    "Hooks": "hooks",
    "JournalError": "errors",
    "NotFoundError": "errors",
    "Operation": "operations",
    "OutcomeUnknownError": "errors",
    "Pager": "pagination",
    "PaginationError": "errors",
    "RateLimitedError": "errors",
    "Request": "request",
    "RequestError": "errors",
    "RequestOptions": "options",
    "Response": "request",
    "ResponseError": "errors",
    "ServerError": "errors",
    "TransportError": "errors",
    "TransportTimeoutError": "errors",
    "UNSET": "types",
    "UnauthorizedError": "errors",
    "UnprocessableError": "errors",
    "Unset": "types",
    "UnverifiedOperationError": "errors",
    "UnverifiedOperationWarning": "errors",
    "WebhookError": "errors",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
