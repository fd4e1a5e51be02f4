"""Working one portion: the engine's own run over its records, with its own journal.

What is known afterwards is written in one transaction: the outcomes, and that the bodies are gone. A portion of which
some records are UNSENT or UNKNOWN stays open, to be taken up again as a run that broke off is, until the run's time for
that is over; then it is told as it is.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Final, Self
from uuid import UUID

from attrs import define, evolve, frozen
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from amili_async.bulk import kinds
from amili_async.bulk.digests import Digester
from amili_async.bulk.history import History
from amili_async.bulk.journal_postgres import PostgresJournal
from amili_async.bulk.kinds import Kind
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.bulk.run import BulkRun
from amili_async.bulk.settings import Settings
from amili_async.client import AmiliClient
from amili_async.config import Config
from amili_async.errors import AmiliError, JournalError
from amili_async.workers.counts import Counts
from amili_async.workers.database import conninfo, speaking
from amili_async.workers.names import CHANNEL
from amili_async.workers.pace import PaceRow, SharedLimiter
from amili_async.workers.portion_journal import PortionJournal
from amili_async.workers.vault import Body, Vault

__all__ = ["PortionOpen", "WorkSettings", "Workshop"]

log = logging.getLogger("amili_async")

_KINDS: Final = {"invoices": kinds.invoices, "payments": kinds.payments, "corrections": kinds.corrections}
_LONGEST_WAIT_S: Final = 300.0
_IN_USE_S: Final = 5.0
_LETTERS: Final = {
    OutcomeStatus.ACCEPTED: "A",
    OutcomeStatus.REJECTED: "R",
    OutcomeStatus.UNSENT: "U",
    OutcomeStatus.UNKNOWN: "?",
}


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
    """

    rate_limit: float | None = None
    concurrency: int = 8
    settle_s: float = 20.0
    batch_wait_s: float = 300.0
    grace_s: float = 10.0
    again_s: float = 2.0


@define
class _Portion:
    """A portion as it stands in the database."""

    id: int
    run: UUID
    first: int
    taken: int
    bodies: list[Body]
    outcomes: list[Outcome]
    counts: Counts
    attempts: int
    organization_id: str
    kind: Kind
    salt: bytes
    settings: dict[str, Any]


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
        vault: Decrypts what is personal.
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
        self._client: AmiliClient | None = None
        self._pool: AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]] | None = None
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
        self._pool = self._client = None
        self._limiters.clear()
        await self._stack.aclose()

    async def work(self, portion: int) -> None:
        """Work one portion, as far as it can be done now.

        Raises:
            PortionOpen: It is to be taken up again.
        """
        await self._open()
        self.working += 1
        try:
            await self._work(portion)
        finally:
            self.working -= 1

    async def _open(self) -> None:
        async with self._opening:
            if self._pool is not None:
                return
            pool = AsyncConnectionPool(
                conninfo(self.database), min_size=1, max_size=4, open=False, check=AsyncConnectionPool.check_connection
            )
            with speaking(self.database):
                await self._stack.enter_async_context(pool)
            client = self._given
            if client is None:
                client = await self._stack.enter_async_context(AmiliClient(self._config))
            self._client, self._pool = client, pool

    async def _work(self, number: int) -> None:
        portion = await self._load(number)
        if portion is None:
            return
        journal = PortionJournal(self.database, number)
        outcomes: dict[int, Outcome] = {}
        report, problem = None, None
        try:
            run = self._run(portion, journal)
            async with run:
                try:
                    async for outcome in run:
                        outcomes[outcome.index] = outcome
                finally:
                    report = run.report
            problem = report.stopped
        except JournalError as error:
            # Nothing is concluded from a run without its journal: what happened stands there.
            await self._count(portion, report)
            raise PortionOpen(number, _IN_USE_S, str(error)) from None
        except AmiliError as error:
            problem = str(error)
        await self._conclude(portion, journal, outcomes, report, problem)

    def _run(self, portion: _Portion, journal: PostgresJournal) -> BulkRun:
        assert self._client is not None  # noqa: S101  # for the type checker: opened
        item, kind = portion.kind.item, portion.kind
        from amili_async import codec

        stored = [_Stored(body, codec.decode(body.content, item)) for body in portion.bodies]
        # The bytes are those that were enqueued, whatever this library would make of the record today.
        as_stored = evolve(
            kind,
            item=_Stored,
            own_key=lambda record: record.body.key,
            names=lambda record: kind.names(record.model),
            money=lambda record: kind.money(record.model),
            encode=lambda record: record.body.content,
        )
        work = self._settings
        return BulkRun(
            self._client,
            as_stored,
            portion.organization_id,
            stored,
            Settings(
                journal=journal,
                chunk_size=portion.settings["chunk_size"],
                max_chunk_bytes=portion.settings["max_chunk_bytes"],
                concurrency=work.concurrency,
                rate_limit=work.rate_limit,
                max_wait_s=work.batch_wait_s,
                grace_s=work.grace_s,
                settle_s=work.settle_s,
            ),
            limiter=self._limiter(portion.organization_id),
            new_key=lambda: str(uuid.uuid4()),
            streamed=True,
        )

    def _limiter(self, organization_id: str) -> SharedLimiter:
        if organization_id not in self._limiters:
            assert self._pool is not None  # noqa: S101  # for the type checker: opened
            assert self._client is not None  # noqa: S101
            row = PaceRow(self._pool, self._client.config.host_url, organization_id)
            self._limiters[organization_id] = SharedLimiter(self._client.clock, row)
        return self._limiters[organization_id]

    async def _load(self, number: int) -> _Portion | None:
        """The portion, unless it is done with or gone."""
        assert self._pool is not None  # noqa: S101  # for the type checker: opened
        with speaking(self.database):
            async with self._pool.connection() as connection:
                cursor = await connection.execute(
                    "UPDATE amili_portion p SET started_at = coalesce(started_at, now()) "
                    "FROM amili_run r, amili_scope s "
                    "WHERE p.id = %s AND p.state = 'open' AND r.id = p.run AND s.id = r.scope "
                    "RETURNING p.run, p.first, p.taken, p.bodies, p.outcomes, p.counts, p.attempts, "
                    "s.organization_id, s.kind, s.salt, r.settings",
                    (number,),
                )
                row = await cursor.fetchone()
        if row is None:
            return None
        run, first, taken, bodies, outcomes, counts, attempts, organization_id, kind, salt, settings = row
        return _Portion(
            id=number,
            run=run,
            first=first,
            taken=taken,
            bodies=self._vault.unpack_bodies(bytes(bodies)),
            outcomes=self._vault.unpack_outcomes(bytes(outcomes)),
            counts=Counts.from_json(counts),
            attempts=attempts,
            organization_id=organization_id,
            kind=_KINDS[kind](),
            salt=bytes(salt),
            settings=settings,
        )

    async def _count(self, portion: _Portion, report: BulkReport | None) -> None:
        """Note what an attempt has asked of the API, though nothing came of it."""
        if report is None or self._pool is None:
            return
        portion.counts.add_work(report)
        try:
            async with self._pool.connection(timeout=_IN_USE_S) as connection:
                await connection.execute(
                    "UPDATE amili_portion SET counts = %s WHERE id = %s AND state = 'open' AND attempts = %s",
                    (Jsonb(json.loads(portion.counts.to_json())), portion.id, portion.attempts),
                )
        except Exception as error:  # noqa: BLE001  # a few counts are not worth more
            log.debug("the work of an attempt is not counted (%s)", type(error).__name__)

    async def _conclude(
        self,
        portion: _Portion,
        journal: PostgresJournal,
        by_place: dict[int, Outcome],
        report: BulkReport | None,
        problem: str | None,
    ) -> None:
        assert self._pool is not None  # noqa: S101  # for the type checker: opened
        if report is not None:
            portion.counts.add_work(report)
        told = {outcome.index: outcome for outcome in portion.outcomes}
        for place, body in enumerate(portion.bodies):
            told[body.index] = _told(body, by_place.get(place), told.get(body.index))
        left = sum(told[body.index].status in (OutcomeStatus.UNSENT, OutcomeStatus.UNKNOWN) for body in portion.bodies)
        with speaking(self.database):
            async with self._pool.connection() as connection, connection.transaction():
                # Holds a new holder of the journal off until this is through, or finds that there is one already.
                cursor = await connection.execute(
                    "SELECT FROM amili_journal WHERE id = %s AND epoch = %s FOR SHARE", (journal.id, journal.epoch)
                )
                if cursor.rowcount != 1:
                    raise PortionOpen(portion.id, _IN_USE_S, "another worker has taken it over")
                cursor = await connection.execute(
                    "SELECT now() >= started_at + make_interval(secs => %s) FROM amili_portion WHERE id = %s "
                    "FOR UPDATE",
                    (portion.settings["resolve_for_s"], portion.id),
                )
                is_over = await cursor.fetchone() == (True,)
                if left and not is_over:
                    delay_s = min(self._settings.again_s * 2**portion.attempts, _LONGEST_WAIT_S)
                    await self._leave_open(connection, portion, list(told.values()), delay_s, problem)
                else:
                    await self._finish(connection, portion, told, problem)
        if left and not is_over:
            why = problem or f"{left} of its records are unsent or unknown"
            raise PortionOpen(portion.id, delay_s, why)
        self.records += len(portion.bodies)

    async def _leave_open(
        self, connection: Any, portion: _Portion, outcomes: Sequence[Outcome], delay_s: float, problem: str | None
    ) -> None:
        await connection.execute(
            "UPDATE amili_portion SET outcomes = %s, counts = %s, problem = %s, "
            "attempts = attempts + 1, due_at = now() + make_interval(secs => %s) WHERE id = %s",
            (
                self._vault.pack_outcomes(outcomes),
                Jsonb(json.loads(portion.counts.to_json())),
                problem,
                delay_s,
                portion.id,
            ),
        )

    async def _finish(self, connection: Any, portion: _Portion, told: dict[int, Outcome], problem: str | None) -> None:
        register = (await _history(connection, portion)).register
        digester = Digester(portion.salt)
        letters = bytearray(b"-" * portion.taken)
        for body in portion.bodies:
            outcome = told[body.index]
            letter = _LETTERS[outcome.status]
            if letter == "R" and not register.recalls(digester.record(body.key, body.content)):
                letter = "U"  # refused with its whole request: nobody has judged this record
            letters[body.at] = ord(letter)
            money = portion.kind.money(_model(portion.kind, body))
            portion.counts.count(outcome, *money)
        await connection.execute(
            "UPDATE amili_portion SET state = 'final', bodies = NULL, outcomes = %s, letters = %s, counts = %s, "
            "problem = %s, ended_at = now() WHERE id = %s",
            (
                self._vault.pack_outcomes(sorted(told.values(), key=lambda outcome: outcome.index)),
                bytes(letters),
                Jsonb(json.loads(portion.counts.to_json())),
                problem,
                portion.id,
            ),
        )
        await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(portion.run)))


def _told(body: Body, now: Outcome | None, before: Outcome | None) -> Outcome:
    """The outcome of a record, in the run's own counting. What an earlier attempt was told holds Amili's ids."""
    if now is None:
        why = "Its worker stopped before it was known what became of it"
        return before or Outcome(index=body.index, key=body.key, status=OutcomeStatus.UNKNOWN, problem=why)
    if now.resumed and before is not None and before.status is now.status:
        return before
    return evolve(now, index=body.index, resumed=False)


def _model(kind: Kind, body: Body) -> Any:
    from amili_async import codec

    return codec.decode(body.content, kind.item)


async def _history(connection: Any, portion: _Portion) -> History:
    """What the portion's own journal says, to know which records somebody has judged."""
    from amili_async.bulk.journal_rows import COLUMNS, event_of

    history = History()
    columns = ", ".join(COLUMNS)
    cursor = await connection.execute(
        f"SELECT {columns} FROM amili_event WHERE journal = %s ORDER BY number",  # noqa: S608  # our own names
        (portion.id,),
    )
    for row in await cursor.fetchall():
        history.apply(event_of(*row))
    return history
