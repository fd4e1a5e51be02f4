"""One token for all workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from psycopg_pool import AsyncConnectionPool

from amili_async import Config
from amili_async.auth import Token
from amili_async.errors import ConfigError
from amili_async.workers import Vault, WorkSettings, Workshop
from amili_async.workers.tokens import SharedTokens
from tests.bulk.fake_amili import invoices
from tests.fakes import FakeClock
from tests.workers.conftest import Bench

CONFIG = Config(environment="staging", client_id="me", client_secret="geheim")
VAULT = Vault([Fernet.generate_key().decode()])


class Service:
    """Gives a new token each time, and counts."""

    def __init__(self, expires_in_s: float = 3600) -> None:
        self.given: list[Token] = []
        self.expires_in_s = expires_in_s

    async def get(self) -> Token:
        self.given.append(Token(f"token-{len(self.given)}", self.expires_in_s))
        return self.given[-1]

    def reject(self, token: Token) -> bool:
        return True


@pytest.fixture
async def pool(database: str) -> AsyncIterator[AsyncConnectionPool[Any]]:
    async with AsyncConnectionPool(database, min_size=1, max_size=4, open=False) as pool:
        yield pool


def shared(pool: AsyncConnectionPool[Any], service: Service, clock: FakeClock | None = None) -> SharedTokens:
    return SharedTokens(service, pool, url="", vault=VAULT, config=CONFIG, clock=clock or FakeClock())


async def test_one_worker_asks_for_all(pool: AsyncConnectionPool[Any]) -> None:
    """The others find its token; in the database nobody can read it."""
    service = Service()
    workers = [shared(pool, service) for _ in range(3)]
    assert {(await worker.get()).value for worker in workers for _ in range(2)} == {"token-0"}
    assert len(service.given) == 1
    async with pool.connection() as connection:
        [(stored,)] = await (await connection.execute("SELECT token FROM amili_token")).fetchall()
    assert b"token-0" not in stored


async def test_a_token_that_was_refused_is_not_taken_again(pool: AsyncConnectionPool[Any]) -> None:
    """A 401 brings a new one for everybody, and those who had the old one are told by their own 401."""
    service = Service()
    one, other = shared(pool, service), shared(pool, service)
    old = await one.get()
    assert await other.get() == old
    assert one.reject(old)
    assert (await one.get()).value == "token-1"
    assert await other.get() == old
    other.reject(old)
    assert (await other.get()).value == "token-1"
    assert len(service.given) == 2


async def test_a_token_is_renewed_before_it_expires(pool: AsyncConnectionPool[Any]) -> None:
    """A minute early, so that none expires on its way."""
    service, clock = Service(), FakeClock()
    worker = shared(pool, service, clock)
    await worker.get()
    clock.advance(3530)
    async with pool.connection() as connection:
        await connection.execute("UPDATE amili_token SET expires_at = expires_at - interval '3550 s'")
    clock.advance(20)
    assert (await worker.get()).value == "token-1"


def test_none_is_kept_in_the_open(pool: AsyncConnectionPool[Any]) -> None:
    """Without keys there is nothing to encrypt it with."""
    with pytest.raises(ConfigError, match="AMILI_QUEUE_KEYS"):
        SharedTokens(Service(), pool, url="", vault=Vault(), config=CONFIG, clock=FakeClock())


async def test_workers_share_one(bench: Bench) -> None:
    """Two processes' worth of workers, one request for a token."""
    await bench.enqueue(invoices(20), vault=VAULT)
    for portion in (1, 2):
        settings = WorkSettings(share_token=True)
        async with Workshop(bench.database, bench.amili.config, vault=VAULT, settings=settings) as workshop:
            await workshop.work(portion)
    assert len(bench.ledger()) == 20
    assert bench.sql("SELECT count(*) FROM amili_token") == [(1,)]
    assert bench.writes("RequestToken") == 1
