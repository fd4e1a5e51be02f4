"""What is PostgreSQL's own about its journal."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
from attrs import evolve

from amili_async import AmiliClient
from amili_async.bulk.journal import Began, Held, Scope
from amili_async.bulk.journal_postgres import FENCE_S, PostgresJournal
from amili_async.errors import JournalError
from amili_async.sandbox import Sandbox
from amili_async.workers.schema import migrate
from tests.bulk.fake_amili import invoices
from tests.postgres import Postgres

SCOPE = Scope(host="https://api.example", organization_id="org", kind="invoices")
EVENT = Began(chunk=1, key="k", records=b"r" * 20, at=1.5)


class Watch:
    """A clock that stands still unless told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def execute(url: str, statement: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else None


def cut_off(url: str) -> None:
    """End all other sessions, as a restart or a firewall does."""
    execute(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()",
    )


class TestFencing:
    """Who lost the hold without noticing must not go on."""

    async def test_a_holder_that_was_overtaken_writes_nothing(self, database: str) -> None:
        """Even if its connection is alive: each append proves the hold in its own transaction."""
        first = PostgresJournal(database)
        await first.open(SCOPE)
        await first.append([EVENT])
        execute(database, "UPDATE amili_journal SET epoch = epoch + 1")
        with pytest.raises(JournalError, match="taken this journal over"):
            await first.append([Held(chunk=1)])
        await first.close()
        assert execute(database, "SELECT what FROM amili_event") == [("BEGAN",)]

    async def test_a_session_that_ended_can_be_taken_over_at_once(self, database: str) -> None:
        """The next one has the journal, and the one that was cut off neither writes nor confirms."""
        watch = Watch()
        first, second = PostgresJournal(database, monotonic=watch), PostgresJournal(database)
        await first.open(SCOPE)
        await first.append([EVENT])
        await asyncio.to_thread(cut_off, database)
        await second.open(SCOPE)
        watch.now += FENCE_S + 1
        with pytest.raises(JournalError):
            await first.confirm()
        with pytest.raises(JournalError):
            await first.append([Held(chunk=1)])
        await second.append([Held(chunk=1)])
        await first.close()
        await second.close()

    async def test_a_fresh_proof_is_not_asked_for_again(self, database: str) -> None:
        """What was appended just now proves the hold for a moment, without another question."""
        watch = Watch()
        journal = PostgresJournal(database, monotonic=watch)
        await journal.open(SCOPE)
        await journal.append([EVENT])
        execute(database, "UPDATE amili_journal SET epoch = epoch + 1")
        watch.now += FENCE_S
        await journal.confirm()
        watch.now += 0.001
        with pytest.raises(JournalError, match="taken this journal over"):
            await journal.confirm()
        await journal.close()

    async def test_an_answer_that_took_too_long_proves_nothing(self, database: str) -> None:
        """Since it was asked, the hold may have been lost."""
        readings = iter([0.0, 10.0, 10.0, 20.0])
        journal = PostgresJournal(database, monotonic=lambda: next(readings))
        await journal.open(SCOPE)
        with pytest.raises(JournalError, match="too long"):
            await journal.confirm()
        await journal.close()

    async def test_nothing_is_sent_by_a_run_that_was_overtaken(self, database: str) -> None:
        """Its journal refuses before the request leaves, and the run ends with that."""
        async with Sandbox(seed=1, batch_delay_s=0) as sandbox, AmiliClient(sandbox.config()) as amili:

            async def source() -> Any:
                for number, record in enumerate(invoices(60)):
                    if number == 30:
                        await asyncio.to_thread(execute, database, "UPDATE amili_journal SET epoch = epoch + 1")
                    yield record

            with pytest.raises(JournalError, match="taken this journal over"):
                await amili.bulk.submit_invoices(
                    sandbox.organization_id,
                    source(),
                    chunk_size=10,
                    concurrency=1,
                    journal=PostgresJournal(database),
                )
            began = execute(database, "SELECT count(*) FROM amili_event WHERE what = 'BEGAN'")[0][0]
            assert len(sandbox.state.ledger(sandbox.organization_id)) == 10 * began < 60

    async def test_a_request_that_waited_too_long_after_its_note_does_not_leave(self, database: str) -> None:
        """What was appended in time and is to be sent late is confirmed first: by then somebody else may have it."""

        class Slow(PostgresJournal):
            async def append(self, events: Any) -> None:
                await super().append(events)
                watch.now += FENCE_S + 1
                await asyncio.to_thread(execute, database, "UPDATE amili_journal SET epoch = epoch + 1")

        watch = Watch()
        async with Sandbox(seed=1, batch_delay_s=0) as sandbox, AmiliClient(sandbox.config()) as amili:
            with pytest.raises(JournalError, match="taken this journal over"):
                await amili.bulk.submit_invoices(
                    sandbox.organization_id, invoices(20), chunk_size=10, journal=Slow(database, monotonic=watch)
                )
            assert sandbox.state.ledger(sandbox.organization_id) == {}


class TestScopes:
    """One database serves all; nothing is mixed up."""

    @pytest.mark.parametrize(
        "change", [{"host": "https://other.example"}, {"organization_id": "o"}, {"kind": "payments"}]
    )
    async def test_each_has_a_journal_of_its_own(self, database: str, change: dict[str, Any]) -> None:
        """Another API, organization or kind of record: there the same key is another record."""
        first, second = PostgresJournal(database), PostgresJournal(database)
        salts = [await first.open(SCOPE), await second.open(evolve(SCOPE, **change))]
        await first.append([EVENT])
        assert [event async for event in second.replay()] == []
        assert salts[0] != salts[1]
        await first.close()
        await second.close()

    async def test_names_tell_lists_apart(self, database: str) -> None:
        """As files do for payments, where equal records of two lists are not told apart."""
        first, second = PostgresJournal(database, "2026-11-02"), PostgresJournal(database, "2026-11-03")
        await first.open(SCOPE)
        await second.open(SCOPE)
        await first.append([EVENT])
        assert [event async for event in second.replay()] == []
        await first.close()
        await second.close()


class TestBadDatabases:
    """A clear error, and nothing half done."""

    async def refused(self, url: str) -> str:
        with pytest.raises(JournalError) as caught:
            await PostgresJournal(url).open(SCOPE)
        return str(caught.value)

    async def test_one_that_is_not_there(self, postgres: Postgres, database: str) -> None:
        """Neither the server nor the database; the password is not shown."""
        said = await self.refused("postgresql://me:geheim@127.0.0.1:1/nightly?connect_timeout=2")
        assert "the database nightly at 127.0.0.1 cannot be reached" in said
        assert "geheim" not in said
        assert "does not exist" in await self.refused(database.replace("amili_", "nosuch_", 1))

    @pytest.mark.parametrize("url", ["postgresql://me:geheim@[host/x", "nightly=geheim", "mysql://geheim"])
    async def test_an_address_that_cannot_be_read(self, url: str) -> None:
        """What was given is not quoted, since it may hold a password."""
        said = await self.refused(url)
        assert "postgresql://user@host" in said
        assert "geheim" not in said

    async def test_one_without_tables(self, postgres: Postgres) -> None:
        """The message says how to make them; nothing is made unasked."""
        url = postgres.new(empty=True)
        assert "amili worker --migrate" in await self.refused(url)
        assert execute(url, "SELECT count(*) FROM pg_class WHERE relname LIKE 'amili%'") == [(0,)]

    async def test_one_of_a_newer_version(self, database: str) -> None:
        """What a later library made is not guessed at."""
        execute(database, "INSERT INTO amili_schema (version) VALUES (99)")
        assert "version 99" in await self.refused(database)
        with pytest.raises(JournalError, match="version 99"):
            await migrate(database)

    async def test_one_of_an_older_version(self, database: str) -> None:
        """It is not used as it is; the message says what to run."""
        execute(database, "UPDATE amili_schema SET version = 0")
        assert "amili worker --migrate" in await self.refused(database)

    async def test_one_that_may_not_be_written(self, database: str) -> None:
        """A user without the right to it is told so, before anything is sent."""
        execute(database, "DROP ROLE IF EXISTS amili_reader")
        execute(database, "CREATE ROLE amili_reader LOGIN")
        execute(database, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO amili_reader")
        try:
            assert "does not let this user" in await self.refused(database.replace("postgres:@", "amili_reader@"))
        finally:
            execute(database, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM amili_reader")


class TestMigrating:
    """Making the tables."""

    async def test_twice_is_once(self, postgres: Postgres) -> None:
        """Also at the same time from two places."""
        url = postgres.new(empty=True)
        first, second = await asyncio.gather(migrate(url), migrate(url))
        assert sorted(["is now at version 1" in first, "is now at version 1" in second]) == [False, True]
        assert "up to date" in await migrate(url)
        journal = PostgresJournal(url)
        await journal.open(SCOPE)
        await journal.close()

    async def test_a_foreign_procrastinate_is_used_as_it_is(self, postgres: Postgres) -> None:
        """Its jobs stay, and its tables are not made anew."""
        url = postgres.new()
        execute(url, "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('q', 'theirs', '{}')")
        tables = execute(url, "SELECT relname FROM pg_class WHERE relname LIKE 'amili%' AND relkind = 'r'")
        execute(url, "DROP TABLE " + ", ".join(name for (name,) in tables) + " CASCADE")
        said = await migrate(url)
        assert "now at version" in said
        assert "Procrastinate" not in said
        assert execute(url, "SELECT task_name FROM procrastinate_jobs") == [("theirs",)]

    async def test_an_old_procrastinate_is_refused(self, postgres: Postgres) -> None:
        """One that the installed version cannot work with is named, and nothing is made beside it."""
        url = postgres.new(empty=True)
        execute(url, "CREATE TABLE procrastinate_jobs (id int)")
        with pytest.raises(JournalError, match="procrastinate_fetch_job_v"):
            await migrate(url)
        assert execute(url, "SELECT count(*) FROM pg_class WHERE relname LIKE 'amili%'") == [(0,)]
