"""What the sandbox's tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.api import Api, opened


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """A client of a sandbox with its defaults, on a virtual clock."""
    async with opened() as api:
        yield api
