"""A pytest plugin: the fixtures `amili_sandbox` and `amili_client`.

Turn it on with `pytest_plugins = ["amili_async.sandbox.plugin"]` in the top `conftest.py`. The server and its validator
are loaded when a test asks for a fixture. The sandbox of a test is its own; what it is to be is said with a marker:

    @pytest.mark.amili_sandbox(faults=Faults(rate_429=0.2), batch_delay_s=0)
    async def test_push(amili_sandbox, amili_client): ...

Unless told otherwise it runs on a `VirtualClock` that the client shares, so polling and backing off take no time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from amili_async.client import AmiliClient
    from amili_async.sandbox import Sandbox

try:
    from pytest_asyncio import fixture as _fixture
except ImportError:  # anyio's plugin runs async fixtures that are declared the plain way
    _fixture = pytest.fixture  # type: ignore[assignment]

__all__ = ["amili_client", "amili_sandbox"]


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        "amili_sandbox(**settings): how the sandbox of `amili_sandbox` is made; see amili_async.sandbox.Sandbox",
    )


@_fixture
async def amili_sandbox(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A running sandbox, new for every test."""
    from amili_async.sandbox import Sandbox, VirtualClock

    settings: dict[str, Any] = {"clock": VirtualClock(running=True)}
    for marker in reversed(list(request.node.iter_markers("amili_sandbox"))):
        if marker.args:  # would be left out without a word, and a test of faults pass without any
            raise pytest.UsageError("the marker amili_sandbox takes keywords only, such as faults=Faults(rate_429=0.2)")
        settings.update(marker.kwargs)
    async with Sandbox(**settings) as sandbox:
        yield sandbox


@_fixture
async def amili_client(amili_sandbox: Sandbox) -> AsyncIterator[AmiliClient]:
    """A client of the test's sandbox, on the same clock."""
    from amili_async.client import AmiliClient

    async with AmiliClient(amili_sandbox.config(), clock=amili_sandbox.clock) as client:
        yield client
