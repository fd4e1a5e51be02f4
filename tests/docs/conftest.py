"""A database for the how-tos that need one."""

from __future__ import annotations

import pytest

from tests.postgres import Postgres


@pytest.fixture
def database(postgres: Postgres) -> str:
    """One with nothing in it: the how-tos bring their own tables."""
    return postgres.new(empty=True)
