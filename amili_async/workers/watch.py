"""Looking on at a run, from any process and at any time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import TracebackType
from typing import Any, Final, Self
from uuid import UUID

from attrs import evolve

from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.errors import BulkError
from amili_async.workers.counts import Counts, merged
from amili_async.workers.database import Connection, connect, speaking
from amili_async.workers.names import CHANNEL, run_id_of
from amili_async.workers.vault import Vault

__all__ = ["Watch"]

_MOST_PROBLEMS: Final = 100
_LOOK_AGAIN_S: Final = 5.0
_BREATH_S: Final = 0.1
# Longer than two looks are apart, and than clocks differ. What is missed all the same is found at the end.
_LATEST: Final = timedelta(minutes=2)
_GONE: Final = "Its other run, that had it before, is not kept any more; look it up"


class Watch:
    """The outcomes of a run as they are known, and its report.

        watch = amili.bulk.watch(run_id, database=DATABASE)
        async for outcome in watch:
            ...
        print(watch.report)

    Outcomes come portion by portion, and each once; begin again with another `Watch`, and they come again. The loop
    ends when the whole source was enqueued and every portion is final. Who leaves it before that uses `async with`, or
    calls `close()`.

    Args:
        run_id: As `enqueue_*` returned it.
        database: URL of the PostgreSQL database.
        vault: Decrypts the outcomes.
    """

    def __init__(self, run_id: UUID | str, database: str, vault: Vault | None = None) -> None:
        self.run_id = run_id_of(run_id)
        self._database = database
        self._vault = vault or Vault.from_env()
        self._report: BulkReport | None = None
        self._outcomes: AsyncGenerator[Outcome, None] | None = None
        self._seen: set[int] = set()

    @property
    def report(self) -> BulkReport:
        """What came of the run, once the loop has ended; `progress()` tells before that."""
        if self._report is None:
            raise BulkError("the run has not ended; go through all its outcomes, or ask for progress()")
        return self._report

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Outcome:
        if self._outcomes is None:
            self._outcomes = self._all()
        return await anext(self._outcomes)

    async def finish(self) -> BulkReport:
        """Wait for the end of the run, without the outcomes.

        Raises:
            JournalError: The database cannot be used.
        """
        async for _ in self:
            pass
        return self.report

    async def progress(self) -> BulkReport:
        """What has come of it so far; `stopped` says what is missing.

        Raises:
            BulkError: There is no such run.
            JournalError: The database cannot be used.
        """
        connection = await connect(self._database)
        try:
            with speaking(self._database):
                return await self._sum_up(connection)
        finally:
            await connection.close()

    async def close(self) -> None:
        """End the connection. Calling it again does nothing."""
        if self._outcomes is not None:
            await self._outcomes.aclose()

    async def _all(self) -> AsyncGenerator[Outcome, None]:
        connection = await connect(self._database)
        try:
            with speaking(self._database):
                await connection.execute(f"LISTEN {CHANNEL}")
                is_first = True
                while True:
                    # Asked before the portions: what is final by then is among them.
                    is_complete = await self._is_complete(connection)
                    # All are looked through at the beginning and at the end, and in between the latest ones only.
                    async with aclosing(self._news(connection, is_all=is_first or is_complete)) as news:
                        async for outcome in news:
                            yield outcome
                    if is_complete:
                        self._report = await self._sum_up(connection)
                        return
                    is_first = False
                    await self._wait(connection)
        finally:
            await connection.close()

    async def _wait(self, connection: Connection) -> None:
        """Until some portion has become final, of this run or one that it shares records with."""
        await asyncio.sleep(_BREATH_S)  # portions that end together are looked at together
        async for _ in connection.notifies(timeout=_LOOK_AGAIN_S, stop_after=1):
            pass

    async def _is_complete(self, connection: Connection) -> bool:
        cursor = await connection.execute(
            "SELECT r.state = 'enqueued' AND NOT EXISTS "
            "(SELECT FROM amili_portion p WHERE p.run = r.id AND p.state = 'open') AND NOT EXISTS "
            "(SELECT FROM amili_link l JOIN amili_portion p ON p.id = l.of_portion "
            "WHERE l.run = r.id AND p.state = 'open') FROM amili_run r WHERE r.id = %s",
            (self.run_id,),
        )
        row = await cursor.fetchone()
        if row is None:
            raise BulkError(f"there is no run {self.run_id} in this database")
        return bool(row[0])

    async def _news(self, connection: Connection, *, is_all: bool) -> AsyncGenerator[Outcome, None]:
        """Of portions that have become final since, this run's own and those it shares."""
        cursor = await connection.execute(
            "SELECT p.id FROM amili_portion p WHERE p.run = %(run)s AND p.state = 'final' AND p.ended_at >= %(since)s "
            "UNION SELECT l.of_portion FROM amili_link l LEFT JOIN amili_portion p ON p.id = l.of_portion "
            "WHERE l.run = %(run)s AND p.state IS DISTINCT FROM 'open' AND p.ended_at >= %(since)s "
            "UNION SELECT l.of_portion FROM amili_link l WHERE l.run = %(run)s AND %(all)s "
            "AND NOT EXISTS (SELECT FROM amili_portion p WHERE p.id = l.of_portion) ORDER BY 1",
            {
                "run": self.run_id,
                "all": is_all,
                "since": datetime.min.replace(tzinfo=UTC) if is_all else datetime.now(UTC) - _LATEST,
            },
        )
        for (number,) in await cursor.fetchall():
            if number in self._seen:
                continue
            own, linked = await outcomes_of(connection, self._vault, self.run_id, number)
            for outcome in (*own, *(each for each, _, _ in linked)):
                yield outcome
            self._seen.add(number)

    async def _sum_up(self, connection: Connection) -> BulkReport:
        cursor = await connection.execute(
            "SELECT s.kind, r.state, r.taken, "
            "extract(epoch FROM greatest(max(p.ended_at), r.enqueued_at, r.created_at) - r.created_at)::float8, "
            "count(*) FILTER (WHERE p.state = 'open'), coalesce(jsonb_agg(p.counts) "
            "FILTER (WHERE p.counts IS NOT NULL), '[]') FROM amili_run r JOIN amili_scope s ON s.id = r.scope "
            "LEFT JOIN amili_portion p ON p.run = r.id WHERE r.id = %s "
            "GROUP BY s.kind, r.state, r.taken, r.created_at, r.enqueued_at",
            (self.run_id,),
        )
        row = await cursor.fetchone()
        if row is None:
            raise BulkError(f"there is no run {self.run_id} in this database")
        kind, state, taken, elapsed_s, portions_left, parts = row
        counts = merged(map(Counts.from_jsonb, parts))
        problems = [*await self._own_problems(connection), *await self._count_linked(connection, counts)]
        problems.sort(key=lambda each: each.index)
        stopped = None
        if state != "enqueued":
            stopped = "its source was not read to the end; call enqueue again with its run_id"
        elif portions_left:
            stopped = f"{portions_left} portions are not final yet"
        elif missing := taken - sum(counts.by_status.values()):
            stopped = (
                f"nothing is known of {missing} of its {taken} records: they are in portions of another run that are "
                "not final yet, or were in portions that were deleted"
            )
        return counts.report(kind, elapsed_s, problems[:_MOST_PROBLEMS], stopped)

    async def _own_problems(self, connection: Connection) -> list[Outcome]:
        """The first of the run's own outcomes that are not ACCEPTED."""
        problems: list[Outcome] = []
        cursor = await connection.execute(
            "SELECT id, state FROM amili_portion WHERE run = %s AND (state = 'final' OR entries < taken) "
            "AND (counts->'by_status'->>'ACCEPTED')::bigint < taken ORDER BY number",
            (self.run_id,),
        )
        for number, state in await cursor.fetchall():
            if len(problems) >= _MOST_PROBLEMS:
                break
            own, _ = await outcomes_of(connection, self._vault, self.run_id, number)
            # Of an open portion only what was refused is certain.
            told = own if state == "final" else [each for each in own if each.refused_here]
            problems += [each for each in told if each.status is not OutcomeStatus.ACCEPTED]
        return problems

    async def _count_linked(self, connection: Connection, counts: Counts) -> list[Outcome]:
        """Count the records that other runs have; those of them that are not ACCEPTED."""
        problems: list[Outcome] = []
        cursor = await connection.execute(
            "SELECT DISTINCT l.of_portion FROM amili_link l LEFT JOIN amili_portion p ON p.id = l.of_portion "
            "WHERE l.run = %s AND p.state IS DISTINCT FROM 'open' ORDER BY 1",
            (self.run_id,),
        )
        for (number,) in await cursor.fetchall():
            _, linked = await outcomes_of(connection, self._vault, self.run_id, number)
            for outcome, amount, currency in linked:
                counts.count(outcome, amount, currency)
            problems += [each for each, _, _ in linked if each.status is not OutcomeStatus.ACCEPTED]
        return problems


Linked = tuple[Outcome, Decimal | None, str | None]


async def outcomes_of(
    connection: Connection, vault: Vault, run: UUID, number: int
) -> tuple[list[Outcome], list[Linked]]:
    """What a portion says of a run: its own records, and those that the run shares with the portion's."""
    cursor = await connection.execute("SELECT run, first, outcomes FROM amili_portion WHERE id = %s", (number,))
    row: Any = await cursor.fetchone()
    outcomes = vault.unpack_outcomes(bytes(row[2])) if row is not None else []
    if row is not None and row[0] == run:
        return outcomes, []
    by_place = {outcome.index - row[1]: outcome for outcome in outcomes} if row is not None else {}
    cursor = await connection.execute(
        "SELECT index, of_at, amount, currency FROM amili_link WHERE run = %s AND of_portion = %s ORDER BY index",
        (run, number),
    )
    linked = []
    for index, at, amount, currency in await cursor.fetchall():
        there = by_place.get(at, Outcome(index=index, key=None, status=OutcomeStatus.UNKNOWN, problem=_GONE))
        resumed = there.status in (OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED)
        outcome = evolve(there, index=index, resumed=resumed)
        linked.append((outcome, None if amount is None else Decimal(amount), currency))
    return [], linked
