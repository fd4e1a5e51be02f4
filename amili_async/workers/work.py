"""Working one portion: the engine's own run over its records, with its own journal.

What is known afterwards is written in one transaction: the outcomes, and that the bodies are gone. A portion of which
some records are UNSENT or UNKNOWN stays open, to be taken up again as a run that broke off is, until the run's time for
that is over; then it is told as it is.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Final, Self

from attrs import evolve, frozen
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.bulk.run import BulkRun
from amili_async.bulk.settings import Settings
from amili_async.client import AmiliClient
from amili_async.config import Config
from amili_async.errors import AmiliError, JournalError
from amili_async.workers.database import conninfo, speaking
from amili_async.workers.pace import PaceRow, SharedLimiter
from amili_async.workers.portion_journal import PortionJournal
from amili_async.workers.portions import Portion, finish, is_held, leave_open, load, note_work, register_of
from amili_async.workers.tokens import SharedTokens
from amili_async.workers.vault import Body, Vault

__all__ = ["PortionOpen", "WorkSettings", "Workshop"]

log = logging.getLogger("amili_async")

_LONGEST_WAIT_S: Final = 300.0
_IN_USE_S: Final = 5.0
_UNSETTLED: Final = (OutcomeStatus.UNSENT, OutcomeStatus.UNKNOWN)


class PortionOpen(Exception):  # noqa: N818  # not an error: the job is to come again
    """A portion is not done with, and is to be taken up again.

    Attributes:
        delay_s: In how many seconds.
    """

    def __init__(self, portion: int, delay_s: float, why: str) -> None:
        super().__init__(f"portion {portion} is taken up again in {delay_s:.0f} s: {why}")
        self.delay_s = delay_s


@frozen(kw_only=True)
class WorkSettings:
    """How a worker works.

    Attributes:
        rate_limit: Records per second at most, of all workers of an organization together.
        concurrency: Requests at a time, of each portion.
        settle_s: Seconds after which a request whose answer was lost is no longer on its way. Longer than for a push,
            since the one who sent it may have been cut off from the database only, and not have noticed yet.
        batch_wait_s: Seconds for which a portion waits for its batches, before it makes room for another one.
        grace_s: Seconds that what is under way may take to finish when a worker is told to stop.
        again_s: Seconds after which a portion that is not done with comes again; they double each time.
        share_token: Share one access token with all workers that use the same credentials.
    """

    rate_limit: float | None = None
    concurrency: int = 8
    settle_s: float = 20.0
    batch_wait_s: float = 300.0
    grace_s: float = 10.0
    again_s: float = 2.0
    share_token: bool = False

    def __attrs_post_init__(self) -> None:
        self.of_portion()  # wrong ones are to be noticed here, and not in each portion

    def of_portion(self, **settings: Any) -> Settings:
        """What the engine is told of them.

        Raises:
            BulkError: A value makes no sense.
        """
        return Settings(
            concurrency=self.concurrency,
            rate_limit=self.rate_limit,
            max_wait_s=self.batch_wait_s,
            grace_s=self.grace_s,
            settle_s=self.settle_s,
            **settings,
        )


@frozen
class _Stored:
    """A record of a portion, as the engine's source gives it."""

    body: Body
    model: Any


class Workshop:
    """What a process needs to work portions: a client, connections, and a pace for each tenant.

    Args:
        database: URL of the PostgreSQL database.
        config: Of the API.
        settings: How to work.
        vault: Decrypts what is personal. By default with the keys of `AMILI_QUEUE_KEYS`.
        client: Sends, instead of one of its own.
    """

    def __init__(
        self,
        database: str,
        config: Config,
        *,
        settings: WorkSettings | None = None,
        vault: Vault | None = None,
        client: AmiliClient | None = None,
    ) -> None:
        self.database = database
        self._settings = settings or WorkSettings()
        self._vault = vault or Vault.from_env()
        self._config = config
        self._given = client
        self._tools: tuple[AmiliClient, AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]]] | None = None
        self._limiters: dict[str, SharedLimiter] = {}
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self.records = 0
        """Records of the portions that were finished here."""
        self.working = 0
        """Portions under way."""

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        limiters, self._limiters, self._tools = self._limiters, {}, None
        for limiter in limiters.values():
            await limiter.close()
        await self._stack.aclose()

    async def work(self, portion: int) -> None:
        """Work one portion, as far as it can be done now.

        Raises:
            PortionOpen: It is to be taken up again.
            JournalError: The database cannot be used.
        """
        client, pool = await self._open()
        self.working += 1
        try:
            await self._work(portion, client, pool)
        finally:
            self.working -= 1

    async def _open(self) -> tuple[AmiliClient, AsyncConnectionPool[Any]]:
        async with self._opening:
            if self._tools is None:
                async with AsyncExitStack() as stack:
                    pool = AsyncConnectionPool(
                        conninfo(self.database),
                        min_size=1,
                        max_size=4,
                        open=False,
                        check=AsyncConnectionPool.check_connection,
                    )
                    with speaking(self.database):
                        await stack.enter_async_context(pool)
                    self._tools = self._given or await self._new_client(stack, pool), pool
                    self._stack = stack.pop_all()
            return self._tools

    async def _new_client(self, stack: AsyncExitStack, pool: AsyncConnectionPool[Any]) -> AmiliClient:
        client = await stack.enter_async_context(AmiliClient(self._config))
        if not self._settings.share_token:
            return client
        tokens = SharedTokens(
            client.tokens, pool, url=self.database, vault=self._vault, config=self._config, clock=client.clock
        )
        return await stack.enter_async_context(AmiliClient(self._config, tokens=tokens))

    async def _work(self, number: int, client: AmiliClient, pool: AsyncConnectionPool[Any]) -> None:
        with speaking(self.database):
            async with pool.connection() as connection:
                portion = await load(connection, number, self._vault)
        if portion is None:
            return
        journal = PortionJournal(self.database, number)
        outcomes: dict[int, Outcome] = {}
        report: BulkReport | None = None
        try:
            async with self._run(portion, journal, client, pool) as run:
                try:
                    async for outcome in run:
                        outcomes[outcome.index] = outcome
                finally:
                    report = run.report
                    portion.counts.add_work(report)
            problem = report.stopped
        except JournalError as error:
            # Nothing is concluded from a run without its journal: what happened stands there.
            await self._note_work(pool, portion)
            raise PortionOpen(number, _IN_USE_S, str(error)) from None
        except AmiliError as error:
            problem = str(error)
        with speaking(self.database):
            await self._conclude(pool, portion, journal, outcomes, problem)

    def _run(
        self, portion: Portion, journal: PortionJournal, client: AmiliClient, pool: AsyncConnectionPool[Any]
    ) -> BulkRun:
        kind = portion.kind
        # The bytes are those that were enqueued, whatever this library would make of the record today.
        as_stored = evolve(
            kind,
            item=_Stored,
            own_key=lambda record: record.body.key,
            former_key=None,  # looked at when they were put into the queue
            names=lambda record: kind.names(record.model),
            money=lambda record: kind.money(record.model),
            encode=lambda record: record.body.content,
        )
        return BulkRun(
            client,
            as_stored,
            portion.organization_id,
            list(map(_Stored, portion.bodies, portion.models)),
            self._settings.of_portion(
                journal=journal,
                chunk_size=portion.settings["chunk_size"],
                max_chunk_bytes=portion.settings["max_chunk_bytes"],
            ),
            limiter=self._limiter(portion.organization_id, client, pool),
            new_key=lambda: str(uuid.uuid4()),
            streamed=True,
        )

    def _limiter(self, organization_id: str, client: AmiliClient, pool: AsyncConnectionPool[Any]) -> SharedLimiter:
        if organization_id not in self._limiters:
            row = PaceRow(pool, client.config.host_url, organization_id)
            self._limiters[organization_id] = SharedLimiter(client.clock, row)
        return self._limiters[organization_id]

    async def _note_work(self, pool: AsyncConnectionPool[Any], portion: Portion) -> None:
        try:
            async with pool.connection(timeout=_IN_USE_S) as connection:
                await note_work(connection, portion)
        except Exception as error:  # noqa: BLE001  # a few counts are not worth more
            log.debug("the work of an attempt is not counted (%s)", type(error).__name__)

    async def _conclude(
        self,
        pool: AsyncConnectionPool[Any],
        portion: Portion,
        journal: PortionJournal,
        outcomes: dict[int, Outcome],
        problem: str | None,
    ) -> None:
        delay_s = min(self._settings.again_s * 2**portion.attempts, _LONGEST_WAIT_S)
        is_open = False
        async with pool.connection() as connection, connection.transaction():
            if not await is_held(connection, portion.id, journal.epoch):
                raise PortionOpen(portion.id, _IN_USE_S, "another worker has taken it over")
            register = await register_of(connection, portion.id)
            told = portion.told(outcomes, register)
            left = sum(told[body.index].status in _UNSETTLED for body in portion.bodies)
            if left:
                is_open = await leave_open(
                    connection, portion, told, vault=self._vault, delay_s=delay_s, problem=problem
                )
            if not is_open:
                await finish(connection, portion, told, register, vault=self._vault, problem=problem)
        if is_open:
            raise PortionOpen(portion.id, delay_s, problem or f"{left} of its records are unsent or unknown")
        self.records += len(portion.bodies)
