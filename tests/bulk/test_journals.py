"""What every journal has to keep, in a file or in PostgreSQL."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amili_async import AmiliClient
from amili_async.bulk import BulkReport, SqliteJournal
from amili_async.bulk.journal import Began, Disputed, Ended, Event, Held, Journal, Opened, Scope, Sent, Settled, Started
from amili_async.bulk.journal_postgres import PostgresJournal
from amili_async.errors import JournalError
from amili_async.sandbox import Sandbox
from tests.bulk.fake_amili import invoices

ROOT = Path(__file__).parents[2]
SCOPE = Scope(host="https://api.example", organization_id="org", kind="invoices")
EVENT = Began(chunk=1, key="k", records=b"r" * 20, at=1.5)
MANY = [Began(chunk=number, key="k", records=b"r" * 400, at=1.5) for number in range(1, 1200)]


@frozen
class Store:
    """One kind of journal.

    Attributes:
        again: A journal object for the same place.
        elsewhere: One for another place.
        code: Python that makes one for the same place.
        tamper: Runs SQL over what was kept; the tables are `{event}` and `{scope}`.
        content: Everything that was kept, as bytes.
    """

    again: Callable[[], Journal]
    elsewhere: Callable[[], Journal]
    code: str
    tamper: Callable[[str], None]
    content: Callable[[], bytes]


def in_file(folder: Path) -> Store:
    path = folder / "nightly.db"

    def tamper(statement: str) -> None:
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(statement.format(event="event", scope="scope"))
        connection.close()

    return Store(
        again=lambda: SqliteJournal(path),
        elsewhere=lambda: SqliteJournal(folder / "other.db"),
        code=f"from amili_async.bulk import SqliteJournal; journal = SqliteJournal({str(path)!r})",
        tamper=tamper,
        content=path.read_bytes,
    )


def in_database(url: str) -> Store:
    def tamper(statement: str) -> None:
        with psycopg.connect(url) as connection:
            connection.execute(statement.format(event="amili_event", scope="amili_scope").encode())

    def content() -> bytes:
        found = b""
        with psycopg.connect(url) as connection:
            for table in ("amili_event", "amili_scope", "amili_journal"):
                cursor = connection.execute(f"SELECT * FROM {table}".encode())  # noqa: S608  # the names above
                for row in cursor.fetchall():
                    found += b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
        return found

    module = "from amili_async.bulk.journal_postgres import PostgresJournal"
    return Store(
        again=lambda: PostgresJournal(url),
        elsewhere=lambda: PostgresJournal(url, "another list"),
        code=f"{module}; journal = PostgresJournal({url!r})",
        tamper=tamper,
        content=content,
    )


@pytest.fixture(params=["file", "database"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return in_file(tmp_path) if request.param == "file" else in_database(request.getfixturevalue("database"))


@asynccontextmanager
async def opened(journal: Journal) -> AsyncIterator[Journal]:
    await journal.open(SCOPE)
    try:
        yield journal
    finally:
        await journal.close()


async def kept(journal: Journal) -> list[Event]:
    async with opened(journal):
        return [event async for event in journal.replay()]


async def keep(store: Store, *events: Event) -> None:
    async with opened(store.again()) as journal:
        await journal.append(events)


chunks = st.integers(1, 2**40)
events = st.one_of(
    st.builds(Started),
    st.builds(Ended, taken=chunks),
    st.builds(
        Began,
        chunk=chunks,
        key=st.text(max_size=40).filter(lambda text: "\0" not in text),
        records=st.binary(),
        at=st.floats(0, 2**40),
    ),
    st.builds(Disputed, chunk=chunks),
    st.builds(Held, chunk=chunks),
    st.builds(Sent, chunk=chunks),
    st.builds(Opened, chunk=chunks, batch_id=st.uuids()),
    st.builds(Settled, chunk=chunks, outcomes=st.text("ARU?").map(str.encode)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(groups=st.lists(st.lists(events, min_size=1, max_size=5), max_size=5))
def test_events_come_back_as_they_were(store: Store, groups: list[list[Event]]) -> None:
    """In order and to the last one, after it was closed and opened again, behind what was there before."""

    async def check() -> None:
        before = await kept(store.again())
        async with opened(store.again()) as journal:
            for group in groups:
                await journal.append(group)
        assert await kept(store.again()) == before + [event for group in groups for event in group]

    asyncio.run(check())


async def test_more_events_than_are_read_at_a_time_come_back(store: Store) -> None:
    """None is missed between two reads, and none comes twice."""
    await keep(store, *MANY)
    assert await kept(store.again()) == MANY


async def test_a_journal_keeps_its_salt_and_another_one_has_another(store: Store) -> None:
    """Digests of two journals cannot be compared; those of one can."""
    salts = []
    for journal in (store.again(), store.again(), store.elsewhere()):
        salts.append(await journal.open(SCOPE))
        await journal.close()
    assert len(salts[0]) == 16
    assert salts[0] == salts[1] != salts[2]


async def test_it_is_durable_without_being_closed(store: Store) -> None:
    """A process that ends without a word leaves what it appended, and its hold ends with it."""
    program = (
        "import asyncio, os\n"
        "from amili_async.bulk.journal import *\n"
        f"{store.code}\n"
        "async def main():\n"
        "    await journal.open(Scope(host='https://api.example', organization_id='org', kind='invoices'))\n"
        "    await journal.append([Began(chunk=1, key='k', records=b'r' * 20, at=1.5)])\n"
        "    os._exit(9)\n"
        "asyncio.run(main())"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 9
    for _ in range(100):  # the server notices the end of a process a moment later
        try:
            assert await kept(store.again()) == [EVENT]
            return
        except JournalError:
            await asyncio.sleep(0.05)
    pytest.fail("the dead process still holds the journal")


async def test_one_run_at_a_time(store: Store) -> None:
    """A second one is refused at once, the first goes on, and after its end the next one can have it."""
    async with opened(store.again()) as journal:
        for _ in range(2):
            with pytest.raises(JournalError, match="in use by another run"):
                await store.again().open(SCOPE)
        await journal.append([EVENT])
    assert await kept(store.again()) == [EVENT]


async def test_one_object_is_for_one_run_at_a_time(store: Store) -> None:
    """The same object given to two runs is refused to the second."""
    async with opened(store.again()) as journal:
        with pytest.raises(JournalError, match="in use by another run"):
            await journal.open(SCOPE)
        await journal.append([EVENT])


async def test_before_it_is_open_it_says_so(store: Store) -> None:
    """Nothing is written nowhere."""
    with pytest.raises(JournalError, match="not open"):
        await store.again().append([EVENT])


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE {event} SET idempotency_key = 'l' WHERE number = 3",
        "UPDATE {event} SET chunk = 7 WHERE number = 3",
        "UPDATE {event} SET what = 'DANCED' WHERE number = 3",
        "UPDATE {event} SET seal = substr(seal, 2) WHERE number = 3",
        "DELETE FROM {event} WHERE number = 2",
        "UPDATE {scope} SET salt = substr(salt, 2)",
    ],
)
async def test_a_row_that_is_not_as_it_was_written_is_damage(store: Store, harm: str) -> None:
    """The database finds no fault with it, but a record would be taken for another one and sent twice."""
    await keep(store, *MANY[:5])
    store.tamper(harm)
    with pytest.raises(JournalError, match="damaged"):
        await kept(store.again())


async def submitted(store: Store, sandbox: Sandbox, count: int) -> BulkReport:
    async with AmiliClient(sandbox.config()) as amili:
        return await amili.bulk.submit_invoices(
            sandbox.organization_id, invoices(count), chunk_size=10, journal=store.again()
        )


async def test_a_run_goes_on_from_it(store: Store) -> None:
    """With another number of records: only what is new is sent."""
    async with Sandbox(seed=1, batch_delay_s=0) as sandbox:
        reports = [await submitted(store, sandbox, count) for count in (40, 60, 60)]
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert [(report.accepted, report.resumed) for report in reports] == [(40, 0), (60, 40), (60, 60)]
    assert {entry.accepted for entry in ledger.values()} == {1}


async def test_two_runs_on_one_journal_are_one_too_many(store: Store) -> None:
    """The second is refused before it sends anything, the first is not disturbed."""
    async with Sandbox(seed=1, batch_delay_s=0.05) as sandbox:
        results = await asyncio.gather(
            submitted(store, sandbox, 40), submitted(store, sandbox, 40), return_exceptions=True
        )
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert sorted(type(result).__name__ for result in results) == ["BulkReport", "JournalError"]
    assert {entry.accepted for entry in ledger.values()} == {1}


async def test_it_holds_nothing_personal(store: Store) -> None:
    """No name, no number of an invoice, no amount, and no digest that could be made without the journal's own salt."""
    async with Sandbox(seed=1, batch_delay_s=0) as sandbox, AmiliClient(sandbox.config()) as amili:
        records = invoices(7)
        records[0].invoice_number = "F-20931"
        await amili.bulk.submit_invoices(sandbox.organization_id, records, journal=store.again())
    content = await asyncio.to_thread(store.content)
    assert len(content) > 200
    for telling in (b"F-20931", b"Fiktiva", b"Testesen", b"100.00"):
        assert telling not in content
    for size in (8, 12, 16, 20, 32):
        assert hashlib.blake2b(b"F-20931", digest_size=size).digest() not in content
