"""What the engine needs of a client."""

from __future__ import annotations

import random
from typing import Protocol
from uuid import UUID

from amili_async.bulk.matching import FinalBatch
from amili_async.clock import Clock
from amili_async.config import Config
from amili_async.operations import Requester

__all__ = ["BulkClient"]


class BulkClient(Requester, Protocol):
    """`AmiliClient`, as far as the engine knows it."""

    @property
    def config(self) -> Config:
        """Its settings."""
        ...

    @property
    def clock(self) -> Clock:
        """Its source of time."""
        ...

    @property
    def rng(self) -> random.Random:
        """Its source of jitter."""
        ...

    async def wait_for_batch(
        self,
        organization_id: UUID | str,
        batch_id: UUID | str,
        *,
        max_wait_s: float | None = 300,
        via: Requester | None = None,
    ) -> FinalBatch:
        """Poll a batch until it is final."""
        ...
