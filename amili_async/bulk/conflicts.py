"""What HTTP 409 means for a key that was sent before."""

from __future__ import annotations

import random
from typing import Any, TypeVar
from uuid import UUID

from amili_async.bulk.client import BulkClient
from amili_async.bulk.matching import FinalBatch
from amili_async.clock import Clock
from amili_async.config import Config
from amili_async.errors import ConflictError, OutcomeUnknownError
from amili_async.operations import Operation
from amili_async.options import RequestOptions
from amili_async.request import Response

__all__ = ["ConflictWatch"]

T = TypeVar("T")


class ConflictWatch:
    """A client that takes 409 for no refusal where it may mean that the key is known, so that the first one arrived.

    Args:
        client: Sends.
    """

    def __init__(self, client: BulkClient) -> None:
        self._client = client
        self._again: dict[str, bool] = {}
        self._met: set[str] = set()

    @property
    def config(self) -> Config:
        """The client's settings."""
        return self._client.config

    @property
    def clock(self) -> Clock:
        """The client's source of time."""
        return self._client.clock

    @property
    def rng(self) -> random.Random:
        """The client's source of jitter."""
        return self._client.rng

    def goes_again(self, key: str) -> None:
        """A request with this key was lost, and is sent once more."""
        self._again.setdefault(key, False)

    def contradicted(self, key: str) -> bool:
        """Whether a request that went again met with a 409."""
        return self._again.get(key, False)

    def met(self, key: str | None) -> bool:
        """Whether any request with this key met with a 409."""
        return key in self._met

    def forget(self, key: str) -> None:
        """The request is done with."""
        self._again.pop(key, None)

    async def call(
        self,
        operation: Operation[T],
        /,
        *path_args: Any,
        body: Any = None,
        options: RequestOptions | None = None,
        **params: Any,
    ) -> Response[T]:
        """Send one request and decode its answer."""
        try:
            return await self._client.call(operation, *path_args, body=body, options=options, **params)
        except ConflictError as error:
            key = options.idempotency_key if options is not None else None
            if key is not None:
                self._met.add(key)
            if key is None or key not in self._again:
                raise
            self._again[key] = True
            raise OutcomeUnknownError(
                "it was sent again and met with HTTP 409: the first request with its key may have arrived after all"
            ) from error

    async def wait_for_batch(
        self, organization_id: UUID | str, batch_id: UUID | str, *, max_wait_s: float | None = 300
    ) -> FinalBatch:
        """Poll a batch until it is final."""
        return await self._client.wait_for_batch(organization_id, batch_id, max_wait_s=max_wait_s)
