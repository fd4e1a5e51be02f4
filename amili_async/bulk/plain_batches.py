"""Batches as the engine reads them: what they say of each record stays as plain values.

There is one item for each record, and all the engine wants of nearly every one is a name. Made into models, they take
most of the time that it takes to read a batch.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from attrs import define, evolve, field

from amili_async.endpoints.collection._operations import GET_BATCH_BY_ID
from amili_async.models.collection import BatchStatus, BatchStatusDetail
from amili_async.operations import Operation, Requester
from amili_async.options import RequestOptions
from amili_async.request import Response
from amili_async.types import UnknownVariant

__all__ = ["PlainBatch", "PlainBatches"]


@define(kw_only=True)
class PlainBatch:
    """`Batch`, as far as it is looked at, with items as they came."""

    status: BatchStatus | BatchStatusDetail | UnknownVariant | None = field(default=None, metadata={"wire": "status"})
    finished_at: dt.datetime | None = field(default=None, metadata={"wire": "finishedAt"})
    succeeded: list[Any] | None = field(default=None, repr=False, metadata={"wire": "succeeded"})
    failed: list[Any] | None = field(default=None, repr=False, metadata={"wire": "failed"})
    additional_properties: dict[str, Any] = field(factory=dict, repr=False)


@define(kw_only=True)
class _PlainBatchResponse:
    data: PlainBatch = field(metadata={"wire": "data"})
    additional_properties: dict[str, Any] = field(factory=dict, repr=False)


class PlainBatches:
    """Has batches read so. Other operations go through as they are.

    Args:
        requester: Sends.
    """

    def __init__(self, requester: Requester) -> None:
        self._requester = requester

    async def call(
        self,
        operation: Operation[Any],
        /,
        *path_args: Any,
        body: Any = None,
        options: RequestOptions | None = None,
        **params: Any,
    ) -> Response[Any]:
        """Send one request and decode its answer."""
        asked = _plain() if operation is GET_BATCH_BY_ID else operation
        return await self._requester.call(asked, *path_args, body=body, options=options, **params)


@cache
def _plain() -> Operation[Any]:
    return evolve(GET_BATCH_BY_ID, responses={200: _PlainBatchResponse})
