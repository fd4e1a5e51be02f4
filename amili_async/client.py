"""`AmiliClient`: opens the connections, holds the token, and sends every call through one path."""

from __future__ import annotations

import random
import uuid
import warnings
from collections.abc import Awaitable, Callable, Iterable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

from attrs import evolve

from amili_async.answers import parsed, request_id
from amili_async.auth import BasicCredentials, Token, TokenCache, TokenSource
from amili_async.batches import BatchWaiter, Bells
from amili_async.building import build_request, finish_request
from amili_async.clock import SYSTEM_CLOCK, Clock
from amili_async.config import Config
from amili_async.credentials import fetch_token
from amili_async.errors import ConfigError, RequestError, UnverifiedOperationError, UnverifiedOperationWarning
from amili_async.hooks import Hooks, HookSet
from amili_async.operations import Idempotency, Operation, Requester
from amili_async.options import RequestOptions
from amili_async.pagination import PageModel, Pager
from amili_async.request import RawResponse, Request, Response
from amili_async.retry import Budget, RetryPolicy
from amili_async.sending import Errand, Sender
from amili_async.transport import Transport

if TYPE_CHECKING:  # products load on first use, so that `import amili_async` stays light
    from uuid import UUID

    from amili_async.bulk import Bulk
    from amili_async.endpoints.collection import Collection
    from amili_async.endpoints.legacy import Legacy
    from amili_async.endpoints.receivables import Receivables
    from amili_async.models.collection import Batch
    from amili_async.webhooks import BatchCompleted

__all__ = ["AmiliClient"]

T = TypeVar("T")
P = ParamSpec("P")
ItemT = TypeVar("ItemT")

_NO_OPTIONS: Final = RequestOptions()
# Which assumed reads have been warned of. Per process, so that a loop does not fill the log.
_warned: set[str] = set()


class AmiliClient:
    """The Amili API, for `async with`.

    One client per event loop, shared by all tasks on it. It holds a connection pool and one access token.

    Args:
        config: Settings; `Config.from_env()` reads them from the environment.
        tokens: Where access tokens come from, instead of the token service of the config: a source of your own, or
            `other.tokens` to share that of another client, which must stay open for as long.
        hooks: Functions that are told of requests, answers, repetitions and changes of the API; see
            `amili_async.hooks`.
        clock: Time, for tests.
        rng: Randomness of the waits between attempts, for tests.
    """

    def __init__(
        self,
        config: Config,
        *,
        tokens: TokenSource | None = None,
        hooks: Iterable[Hooks] = (),
        clock: Clock = SYSTEM_CLOCK,
        rng: random.Random | None = None,
    ) -> None:
        self._config = config
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  # jitter, not secrets
        self._transport = Transport(config)
        policy = RetryPolicy(trust_key=config.trust_idempotency_key, max_retry_after_s=config.max_retry_after_s)
        self._hooks = HookSet(hooks)
        self._sender = Sender(self._transport, policy, clock, self._rng, self._hooks)
        self._bells = Bells()
        self._own_tokens = TokenCache(self._fetch_token, clock, self._rng)
        self._tokens: TokenSource = tokens if tokens is not None else self._own_tokens

    async def __aenter__(self) -> Self:
        await self._transport.open()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections. `async with` does it."""
        try:
            await self._own_tokens.close()
        finally:
            # Also when closing is cancelled: connections must not stay open behind a client that is gone.
            await self._transport.close()

    def __repr__(self) -> str:
        return f"<AmiliClient {urlsplit(self._config.host_url).netloc}>"

    @property
    def config(self) -> Config:
        """The settings it was made with."""
        return self._config

    @property
    def tokens(self) -> TokenSource:
        """Its source of access tokens, to be shared with another client."""
        return self._tokens

    @property
    def clock(self) -> Clock:
        """Its source of time."""
        return self._clock

    @property
    def rng(self) -> random.Random:
        """Its source of jitter."""
        return self._rng

    @cached_property
    def collection(self) -> Collection:
        """Debt Collection: invoices, payments, corrections, batches, cases, settlements."""
        return _collection(self)

    @cached_property
    def receivables(self) -> Receivables:
        """Accounts Receivable (ARM): customers, documents, AR items, ledger, files."""
        from amili_async.endpoints.receivables import Receivables

        return Receivables(self)

    @cached_property
    def legacy(self) -> Legacy:
        """The legacy AutoCollect API (`/webapi`), at `legacy_base_url`."""
        from amili_async.endpoints.legacy import Legacy

        return Legacy(self)

    @cached_property
    def bulk(self) -> Bulk:
        """Concurrent submission of many invoices, payments or corrections."""
        from amili_async.bulk import Bulk

        return Bulk(self)

    def paginate(
        self, method: Callable[P, Awaitable[PageModel[ItemT]]], *args: P.args, **kwargs: P.kwargs
    ) -> Pager[ItemT]:
        """Go through all items of a list operation; pages are fetched as they are needed.

            async for case in amili.paginate(amili.collection.get_cases_by_organization, org_id, status="OPEN"):
                ...

        Args:
            method: A list method of one of the namespaces.
            *args: Its arguments.
            **kwargs: Its arguments.

        Raises:
            TypeError: The method is not a list operation.
        """
        return Pager(method, args, kwargs)

    async def wait_for_batch(
        self,
        organization_id: UUID | str,
        batch_id: UUID | str,
        *,
        max_wait_s: float | None = 300,
        via: Requester | None = None,
    ) -> Batch:
        """Poll a batch until Amili has finished it. `batch_finished` ends the wait between two polls.

        Once it has been read, polls that fail in a way that may pass (time-outs, dropped connections, 408, 429, 5xx) do
        not end the wait before `max_wait_s` does; without that they end it after half an hour of nothing else.

        Args:
            organization_id: Owner of the batch.
            batch_id: As returned by the call that submitted it.
            max_wait_s: Seconds for the whole wait; None waits for as long as it takes.
            via: Sends the polls, if that is not to be this client itself; the submission engine has a pace to keep.

        Returns:
            The final batch. Check its `status`: a FAILED or PARTIAL batch is returned as well.

        Raises:
            BatchTimeoutError: Still running; it carries what is needed to wait again.
            AmiliError: The batch could not be read.
        """
        get_batch = (self.collection if via is None else _collection(via)).get_batch_by_id
        waiter = BatchWaiter(get_batch, self._clock, self._rng, self._bells, self._config.deadline_s)
        # The engine waits only for batches that the API has named to it.
        return await waiter.wait(str(organization_id), str(batch_id), max_wait_s, accepted=via is not None)

    def batch_finished(self, event: BatchCompleted) -> None:
        """Wake whoever waits for a batch in `wait_for_batch`: it reads the batch at once and returns it.

        Webhooks only save time: without them, or when one is lost, the batch is polled all the same. An event that
        nobody waits for does nothing. Call it on the client's event loop; from another thread use
        `loop.call_soon_threadsafe(amili.batch_finished, event)`.

        Args:
            event: As `amili_async.webhooks.parse_event` returned it.
        """
        if event.batch_id is not None:
            self._bells.ring(event.batch_id)

    async def call(
        self,
        operation: Operation[T],
        /,
        *path_args: Any,
        body: Any = None,
        options: RequestOptions | None = None,
        **params: Any,
    ) -> Response[T]:
        """Call an operation and get the answer with everything around it.

        Args:
            operation: A row of `amili_async.operations.OPERATIONS`.
            *path_args: Path parameters, in the order of the path.
            body: The request body, as a model; or bytes, which are sent as they are.
            options: Settings for this call.
            **params: Query and header parameters by their Python names.

        Raises:
            RequestError: An argument cannot be sent.
            UnverifiedOperationError: A write whose path is only assumed, and nobody allowed it.
            AuthError: No token.
            ResponseError: The API refused.
            OutcomeUnknownError: A write may or may not have been acted on.
            TransportError: The API was not reached, or the answer broke off.
            DecodeError: The answer has another shape than the spec says.
        """
        options = options or _NO_OPTIONS
        self._check_evidence(operation, options)
        request = build_request(operation, path_args, params, body, options)
        key = None
        if operation.idempotency == "keyed":
            key = options.idempotency_key if options.idempotency_key is not None else str(uuid.uuid4())
            request = self._with_key(request, key)
        started = self._clock.monotonic()
        raw, attempts = await self._sender.send(
            Errand(
                name=operation.id,
                request=request,
                origin=self._origin(operation),
                idempotency=operation.idempotency,
                budget=self._budget(options),
                key=key,
                tokens=self._access(operation),
                operation=operation.id,
                route=operation.prefix + operation.path,
            )
        )
        answer = parsed(operation, raw, key)
        if self._hooks.wants_drift:
            self._hooks.look_for_drift(operation.id, answer)
        return self._response(raw, attempts, started, answer)

    async def send(self, request: Request, *, options: RequestOptions | None = None) -> Response[bytes]:
        """Send a request of your own making, for what the spec lacks; token, retries and errors are those of `call`.

        Only GET and HEAD are repeated where it is not known whether the API acted. A write for which
        `options.idempotency_key` is given carries that key.

        Args:
            request: Its path goes on the API host and must be quoted already (`/collection/v1/...`).
            options: Settings for this call.

        Raises:
            RequestError: The path does not begin with a slash, or a header belongs to the client.
            ResponseError: The API refused.
            OutcomeUnknownError: A write may or may not have been acted on.
            TransportError: The API was not reached, or the answer broke off.
        """
        options = options or _NO_OPTIONS
        request = finish_request(evolve(request, method=request.method.upper()), options)
        key = None
        idempotency: Idempotency = "safe" if request.method in ("GET", "HEAD") else "unsafe"
        if idempotency == "unsafe" and options.idempotency_key is not None:
            idempotency, key = "keyed", options.idempotency_key
            request = self._with_key(request, key)
        started = self._clock.monotonic()
        raw, attempts = await self._sender.send(
            Errand(
                name=f"{request.method} request",
                request=request,
                origin=self._config.host_url,
                idempotency=idempotency,
                budget=self._budget(options),
                key=key,
                tokens=self._tokens,
            )
        )
        return self._response(raw, attempts, started, raw.content)

    def _with_key(self, request: Request, key: str) -> Request:
        header = self._config.idempotency_header
        if any(name.lower() == header.lower() for name in request.headers):
            raise RequestError(
                f"the header {header} carries the idempotency key: give it as options.idempotency_key", path=header
            )
        return request.with_header(header, key)

    def _origin(self, operation: Operation[Any]) -> str:
        if operation.product != "legacy":
            return self._config.host_url
        if self._config.legacy_base_url is None:
            raise ConfigError(
                f"{operation.id} is of the legacy API, whose host is not documented: "
                "set legacy_base_url (AMILI_LEGACY_BASE_URL)"
            )
        return self._config.legacy_base_url

    def _access(self, operation: Operation[Any]) -> TokenSource | None:
        config = self._config
        if not operation.secured:
            return None
        # The legacy API was documented with HTTP Basic in 2025-09 and with tokens since; both are possible.
        if operation.product == "legacy" and config.legacy_username and config.legacy_password:
            return BasicCredentials(config.legacy_username, config.legacy_password)
        return self._tokens

    def _response(self, raw: RawResponse, attempts: int, started: float, answer: T) -> Response[T]:
        return Response(
            status=raw.status,
            headers=raw.headers,
            request_id=request_id(raw.headers),
            attempts=attempts,
            elapsed_s=self._clock.monotonic() - started,
            content=raw.content,
            parsed=answer,
        )

    def _budget(self, options: RequestOptions) -> Budget:
        return Budget(
            max_attempts=self._config.max_attempts if options.max_attempts is None else options.max_attempts,
            deadline_s=self._config.deadline_s if options.deadline_s is None else options.deadline_s,
        )

    def _check_evidence(self, operation: Operation[Any], options: RequestOptions) -> None:
        if operation.evidence.level != "assumed":
            return
        if operation.is_read:
            if operation.id not in _warned:
                warnings.warn(
                    f"{operation.id}: its method or path was not seen in the documentation, only assumed",
                    UnverifiedOperationWarning,
                    stacklevel=4,  # the caller of the generated function
                )
                # Not before: where warnings are errors, the read fails each time and not just the first.
                _warned.add(operation.id)
            return
        allowed = options.allow_unverified
        by_config = self._config.allow_unverified or self._config.is_sandbox
        if not (by_config if allowed is None else allowed):
            raise UnverifiedOperationError(
                f"{operation.id} is a write whose method or path is only assumed; set allow_unverified=True "
                "(AMILI_ALLOW_UNVERIFIED) if you know it to be right"
            )

    async def _fetch_token(self) -> Token:
        return await fetch_token(self._config, self._sender)


def _collection(requester: Requester) -> Collection:
    from amili_async.endpoints.collection import Collection  # loads on first use

    return Collection(requester)
