"""A queue in a database, a sandbox, and somebody who works it without a process of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from attrs import define

from amili_async import AmiliClient
from amili_async.bulk.outcomes import Outcome
from amili_async.bulk.report import BulkReport
from amili_async.sandbox import Sandbox
from amili_async.workers import Vault, Watch, WorkSettings, Workshop
from amili_async.workers.work import PortionOpen
from tests.fakes import FakeClock


@define
class Bench:
    """What a test works with.

    Attributes:
        database: URL of the database.
        sandbox: The API.
        amili: A client whose waits take no time.
    """

    database: str
    sandbox: Sandbox
    amili: AmiliClient

    @property
    def organization(self) -> str:
        """The creditor."""
        return self.sandbox.organization_id

    def sql(self, statement: str, *arguments: Any) -> list[Any]:
        """Ask the database, or change something in it."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), arguments or None)
            return cursor.fetchall() if cursor.description else []

    def workshop(self, vault: Vault | None = None, **settings: Any) -> Workshop:
        """A workshop with the client."""
        return Workshop(
            self.database, self.amili.config, settings=WorkSettings(**settings), vault=vault, client=self.amili
        )

    async def work(self, workshop: Workshop | None = None) -> int:
        """Work every open portion once; how many stay open."""
        still = 0
        async with workshop or self.workshop() as here:
            for (portion,) in self.sql("SELECT id FROM amili_portion WHERE state = 'open' ORDER BY id"):
                try:
                    await here.work(portion)
                except PortionOpen:
                    still += 1
        return still

    async def enqueue(self, records: Any, **settings: Any) -> Any:
        """Put invoices into the queue."""
        return await self.amili.bulk.enqueue_invoices(
            self.organization, records, database=self.database, **{"portion_size": 10, "chunk_size": 5, **settings}
        )

    async def told(self, run: Any, vault: Vault | None = None) -> tuple[BulkReport, list[Outcome]]:
        """What comes of a run that is over."""
        watch = Watch(run, self.database, vault)
        outcomes = [outcome async for outcome in watch]
        return watch.report, sorted(outcomes, key=lambda outcome: outcome.index)

    def ledger(self) -> dict[str, int]:
        """How often each invoice number was accepted."""
        return {number: entry.accepted for number, entry in self.sandbox.state.ledger(self.organization).items()}

    def writes(self, operation: str = "CreateInvoices") -> int:
        """How many requests brought records."""
        return Counter(entry.operation for entry in self.sandbox.requests)[operation]


@pytest.fixture
async def bench(database: str) -> AsyncIterator[Bench]:
    async with Sandbox(seed=1, batch_delay_s=0, honour_idempotency_keys=False, reject_duplicates=False) as sandbox:
        async with AmiliClient(sandbox.config(), clock=FakeClock()) as amili:
            yield Bench(database, sandbox, amili)
