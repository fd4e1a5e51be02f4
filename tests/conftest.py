"""What every test gets."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import FakeClock

pytest_plugins = ["tests.postgres"]

_OF_THE_TERMINAL = frozenset({"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"})

# Shared machines stall: a slow example is not a failing one.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", parent=settings.get_profile("default"), max_examples=20)
settings.load_profile("fast" if os.environ.get("FAST") else "default")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests may reach them, nor the width that pytest-xdist gives its workers."""
    for name in list(os.environ):
        if name.startswith("AMILI_") or name in _OF_THE_TERMINAL:
            monkeypatch.delenv(name)


@pytest.fixture
def clock() -> FakeClock:
    """Virtual time."""
    return FakeClock()


@pytest.fixture
def rng() -> random.Random:
    """The same dice every time."""
    return random.Random(7)
