"""The journal as a file: what is its own. What every journal has to keep is in test_journals.py."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from amili_async import AmiliClient
from amili_async.bulk import BulkReport, SqliteJournal
from amili_async.bulk.journal import Began, Event, Held, Scope, Sent
from amili_async.bulk.journal_sqlite import SqliteFile
from amili_async.errors import BulkError, JournalError
from amili_async.sandbox import Sandbox
from tests.bulk.fake_amili import invoices

ROOT = Path(__file__).parents[2]
SCOPE = Scope(host="https://api.example", organization_id="org", kind="invoices")
EVENT = Began(chunk=1, key="k", records=b"r" * 20, at=0.0)
MANY = [Began(chunk=number, key="k", records=b"r" * 400, at=0.0) for number in range(1, 200)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nightly.db"


@pytest.fixture
def file(path: Path) -> Iterator[SqliteFile]:
    file = SqliteFile(path)
    yield file
    file.close()


def made(path: Path, *events: Event) -> Path:
    """A journal with something in it, closed."""
    file = SqliteFile(path)
    file.open(SCOPE)
    file.append(events or [EVENT])
    file.close()
    return path


def broken_off(path: Path, *statements: str) -> None:
    """A process that dies in a transaction of which a part is in the file already."""
    program = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size=2')\n"
        "connection.execute('BEGIN')\n"
        "for statement in sys.argv[2:]: connection.execute(statement)\n"
        "connection.execute('CREATE TABLE filler (x)')\n"
        "connection.executemany('INSERT INTO filler VALUES (?)', [('a' * 500,)] * 500)\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, path, *statements], check=True)


def refused(path: Path) -> str:
    """What opening it says; nothing beside it or in it may change."""
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        SqliteFile(path).open(SCOPE)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return str(caught.value)


class TestKeeping:
    """What is appended comes back."""

    def test_salts_differ(self, tmp_path: Path) -> None:
        """Digests of two journals cannot be compared."""
        files = [SqliteFile(tmp_path / name) for name in ("a", "b")]
        assert len({file.open(SCOPE) for file in files}) == 2
        for file in files:
            file.close()

    def test_it_is_durable_without_being_closed(self, path: Path) -> None:
        """A process that ends without a word leaves what it appended."""
        program = (
            "import os, sys; from amili_async.bulk.journal import *; from amili_async.bulk.journal_sqlite import *\n"
            "file = SqliteFile(sys.argv[1])\n"
            "file.open(Scope(host='https://api.example', organization_id='org', kind='invoices'))\n"
            "file.append([Began(chunk=1, key='k', records=b'r' * 20, at=0.0)])\n"
            "os._exit(9)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, path], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False
        )
        assert done.returncode == 9
        assert path.with_name("nightly.db-wal").stat().st_size > 0
        file = SqliteFile(path)
        file.open(SCOPE)
        assert list(file.replay()) == [[EVENT]]
        file.close()

    def test_settings_are_the_safe_ones(self, path: Path, file: SqliteFile) -> None:
        """Write-ahead log, and every commit on the disk before it counts."""
        file.open(SCOPE)
        connection = file._usable()
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)

    def test_only_the_owner_can_read_it(self, path: Path, file: SqliteFile) -> None:
        """Mode 0600, for the file and what stands beside it, also if it was there with another mode."""
        path.touch(mode=0o644)
        file.open(SCOPE)
        file.append([EVENT])
        assert {entry.stat().st_mode & 0o777 for entry in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.iterdir())) == 2

    def test_a_journal_that_others_could_read_is_closed_to_them(self, path: Path, file: SqliteFile) -> None:
        """One of this library, as a copy may have left it; the file beside it too."""
        made(path).chmod(0o644)
        file.open(SCOPE)
        file.append([EVENT])
        assert {entry.stat().st_mode & 0o777 for entry in path.parent.iterdir()} == {0o600}

    def test_one_that_broke_off_while_it_was_made_is_made_anew(self, path: Path, file: SqliteFile) -> None:
        """Killed between SQLite's two writes, it is no journal yet: nothing was sent with it."""
        broken_off(path, "PRAGMA user_version=2", "CREATE TABLE scope (host TEXT)")
        assert path.stat().st_size > 0
        file.open(SCOPE)
        file.append([EVENT])
        assert list(file.replay()) == [[EVENT]]

    def test_an_empty_file_is_a_new_journal(self, path: Path, file: SqliteFile) -> None:
        """As `mktemp` makes them."""
        path.touch()
        assert len(file.open(SCOPE)) == 16


class TestRefusing:
    """Files that are not to be used."""

    def test_another_file_is_left_alone(self, path: Path) -> None:
        """A file that is no SQLite file is named, and not touched."""
        path.write_text("invoiceNumber;amount\n" * 100)
        assert "no journal" in refused(path)

    def test_another_database_is_left_alone(self, path: Path) -> None:
        """An SQLite file of somebody else is named, and not touched."""
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
        connection.close()
        assert "no journal" in refused(path)

    def test_a_foreign_database_that_broke_off_is_left_alone(self, path: Path) -> None:
        """Its program died in a transaction: taking that back is that program's business, and so is the file's mode."""
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE mine (x)")
        connection.executemany("INSERT INTO mine VALUES (?)", [("a" * 500,)] * 500)
        connection.commit()
        connection.close()
        path.chmod(0o644)
        broken_off(path, "UPDATE mine SET x = zeroblob(500)")
        before = {entry.name: entry.read_bytes() for entry in path.parent.iterdir()}
        assert len(before) == 2
        with pytest.raises(JournalError, match="no journal"):
            SqliteFile(path).open(SCOPE)
        assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir()} == before
        assert path.stat().st_mode & 0o777 == 0o644

    @pytest.mark.parametrize("version", [2, 4])
    def test_another_version_is_left_alone(self, path: Path, version: int) -> None:
        """What a later library wrote is not guessed at, nor what an earlier one did not write down."""
        connection = sqlite3.connect(made(path))
        connection.execute(f"PRAGMA user_version={version}")
        connection.close()
        assert f"version {version}" in refused(path)

    def test_keys_of_another_origin_are_refused(self, path: Path) -> None:
        """With `key=` every record would be another one than without it, and all would be sent again."""
        made(path)
        with pytest.raises(JournalError, match="begun without key=, and this run is with it"):
            SqliteFile(path).open(evolve(SCOPE, keys="given"))
        other = path.with_name("other.db")
        file = SqliteFile(other)
        file.open(evolve(SCOPE, keys="given"))
        file.close()
        with pytest.raises(JournalError, match="begun with key=, and this run is without it"):
            SqliteFile(other).open(SCOPE)

    def test_a_damaged_file_is_left_alone(self, path: Path) -> None:
        """Pages full of something else are found before anything is sent."""
        content = bytearray(made(path, *MANY).read_bytes())
        content[4096 * 3 : 4096 * 9] = os.urandom(4096 * 6)
        path.write_bytes(content)
        assert "damaged" in refused(path)

    def test_a_file_that_was_cut_off_is_left_alone(self, path: Path) -> None:
        """As a full disk or a broken copy leaves them."""
        content = made(path, *MANY).read_bytes()
        path.write_bytes(content[: len(content) // 2])
        assert "damaged" in refused(path)

    @pytest.mark.parametrize(
        "change", [{"host": "https://other.example"}, {"organization_id": "o"}, {"kind": "payments"}]
    )
    def test_a_journal_is_about_one_thing(self, path: Path, change: dict[str, Any]) -> None:
        """Another API, organization or kind of record: there the same key is another record."""
        made(path).chmod(0o640)
        with pytest.raises(JournalError, match="each needs its own"):
            SqliteFile(path).open(evolve(SCOPE, **change))
        assert path.stat().st_mode & 0o777 == 0o640

    def test_a_directory_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        """The message names the file."""
        with pytest.raises(JournalError, match=r"missing/j\.db"):
            SqliteFile(tmp_path / "missing" / "j.db").open(SCOPE)

    def test_nonsense_in_a_row_is_damage(self, path: Path, file: SqliteFile) -> None:
        """A row that no version of this library wrote is not passed over."""
        connection = sqlite3.connect(made(path))
        connection.execute("INSERT INTO event (chunk, what) VALUES (1, 'DANCED')")
        connection.commit()
        connection.close()
        file.open(SCOPE)
        with pytest.raises(JournalError, match="damaged"):
            list(file.replay())

    @pytest.mark.parametrize(
        "harm",
        [
            "UPDATE event SET records = CAST(x'73' || substr(records, 2) AS BLOB) WHERE number = 2",
            "UPDATE event SET idempotency_key = 'l' WHERE number = 3",
            "UPDATE event SET chunk = 7 WHERE number = 3",
            "UPDATE event SET seal = NULL WHERE number = 3",
            "DELETE FROM event WHERE number = 2",
            "UPDATE event SET number = 1000 WHERE number = 2",
            "UPDATE scope SET salt = x'00112233445566778899aabbccddeeff'",
        ],
    )
    def test_a_row_that_is_not_as_it_was_written_is_damage(self, path: Path, file: SqliteFile, harm: str) -> None:
        """SQLite finds no fault with it, but a record would be taken for another one and sent twice."""
        connection = sqlite3.connect(made(path, *MANY))
        connection.execute(harm)
        connection.commit()
        connection.close()
        file.open(SCOPE)
        with pytest.raises(JournalError, match="damaged"):
            list(file.replay())

    def test_a_bit_that_flipped_in_the_file_is_damage(self, path: Path, file: SqliteFile) -> None:
        """In the digest of a record, where SQLite's own check does not look."""
        content = bytearray(made(path, *MANY).read_bytes())
        content[bytes(content).index(b"r" * 400) + 7] ^= 1
        path.write_bytes(content)
        file.open(SCOPE)
        with pytest.raises(JournalError, match="damaged"):
            list(file.replay())

    def test_seals_go_on_after_a_failed_append(self, path: Path, file: SqliteFile) -> None:
        """What was rolled back leaves no trace in the seals of what follows."""
        file.open(SCOPE)
        file.append([EVENT])
        connection = file._usable()
        connection.execute("PRAGMA query_only=1")
        with pytest.raises(JournalError):
            file.append([Held(chunk=1)])
        connection.execute("PRAGMA query_only=0")
        file.append([Sent(chunk=1)])
        assert list(file.replay()) == [[EVENT, Sent(chunk=1)]]

    def test_before_it_is_open_it_says_so(self, file: SqliteFile) -> None:
        """Nothing is written nowhere."""
        with pytest.raises(JournalError, match="not open"):
            file.append([EVENT])


class TestOneAtATime:
    """Two runs on one journal would send everything twice."""

    def test_in_one_process(self, path: Path, file: SqliteFile) -> None:
        """A second run is refused at once, and the first goes on."""
        file.open(SCOPE)
        with pytest.raises(JournalError, match="in use by another run"):
            SqliteFile(path).open(SCOPE)
        file.append([EVENT])

    def test_who_is_in_the_way_for_a_moment_only(
        self, path: Path, file: SqliteFile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of two who open it at once, each may hold a part of its locks: one that lets go lets the other one on."""
        other = sqlite3.connect(made(path), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("amili_async.bulk.journal_sqlite.time.sleep", lambda _: other.close())
        file.open(SCOPE)
        file.append([EVENT])

    def test_who_was_refused_holds_nothing(self, path: Path, file: SqliteFile) -> None:
        """Also while somebody keeps the error, and with it the places where it passed, the journal can be had."""
        other = sqlite3.connect(made(path), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalError, match="in use by another run") as kept:
            SqliteFile(path).open(SCOPE)
        other.close()
        file.open(SCOPE)
        assert kept.value.__cause__ is not None

    def test_in_two_processes(self, path: Path, file: SqliteFile) -> None:
        """Also a refused run of the first process has not loosened its hold; after the end the next one can have it."""
        file.open(SCOPE)
        with pytest.raises(JournalError):
            SqliteFile(path).open(SCOPE)
        program = (
            "import sys; from amili_async.bulk.journal import *; from amili_async.bulk.journal_sqlite import *\n"
            "SqliteFile(sys.argv[1]).open(Scope(host='https://api.example', organization_id='org', kind='invoices'))"
        )
        command = [sys.executable, "-c", program, str(path)]
        other = subprocess.run(
            command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
        assert "in use by another run" in other.stderr
        file.close()
        subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True)


class TestStayingInPlace:
    """What is written is to be where the next run looks for it."""

    @pytest.mark.parametrize("name", ["nightly.db", "nightly.db-wal"])
    def test_a_file_that_was_deleted_takes_no_more(self, path: Path, file: SqliteFile, name: str) -> None:
        """SQLite would go on writing to it without a word, and the next run would find nothing."""
        file.open(SCOPE)
        file.append([EVENT])
        path.with_name(name).unlink()
        with pytest.raises(JournalError, match="is gone"):
            file.append([EVENT])

    def test_a_file_that_was_replaced_takes_no_more(self, path: Path, file: SqliteFile) -> None:
        """As when a backup is put back during a run."""
        file.open(SCOPE)
        path.rename(path.with_name("aside.db"))
        made(path)
        with pytest.raises(JournalError, match="replaced"):
            file.append([EVENT])

    def test_the_process_may_go_to_another_directory(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relative name means the file that was opened."""
        monkeypatch.chdir(path.parent)
        file = SqliteFile(path.name)
        file.open(SCOPE)
        monkeypatch.chdir("/")
        file.append([EVENT])
        file.close()

    def test_another_run_at_it_is_no_reason(self, path: Path, file: SqliteFile) -> None:
        """After it was closed, a file that was moved in the meantime is opened like any other."""
        file.open(SCOPE)
        file.close()
        path.rename(path.with_name("aside.db"))
        made(path)
        file.open(SCOPE)
        file.append([EVENT])


async def test_a_run_ends_when_its_journal_is_deleted(path: Path) -> None:
    """Nothing more is sent than what was under way, and the run says why."""

    def source() -> Iterator[Any]:
        for number, record in enumerate(invoices(200)):
            if number == 40:
                for each in path.parent.iterdir():
                    each.unlink()
            yield record

    async with Sandbox(seed=1, batch_delay_s=0) as sandbox, AmiliClient(sandbox.config()) as amili:
        with pytest.raises(JournalError, match="is gone"):
            await amili.bulk.submit_invoices(
                sandbox.organization_id, source(), chunk_size=10, concurrency=1, journal=path
            )
        assert len(sandbox.state.ledger(sandbox.organization_id)) < 100


async def submitted(sandbox: Sandbox, count: int, **settings: Any) -> BulkReport:
    async with AmiliClient(sandbox.config()) as amili:
        return await amili.bulk.submit_invoices(sandbox.organization_id, invoices(count), chunk_size=10, **settings)


async def test_a_run_goes_on_from_its_file(path: Path) -> None:
    """With the real client, a path as text, and another number of records: only what is new is sent."""
    async with Sandbox(seed=1, batch_delay_s=0) as sandbox:
        first = await submitted(sandbox, 40, journal=str(path))
        second = await submitted(sandbox, 60, journal=path)
        third = await submitted(sandbox, 60, journal=SqliteJournal(path))
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert [(report.accepted, report.resumed) for report in (first, second, third)] == [(40, 0), (60, 40), (60, 60)]
    assert {entry.accepted for entry in ledger.values()} == {1}
    assert [entry.name for entry in path.parent.iterdir()] == ["nightly.db"]


async def test_two_runs_on_one_journal_are_one_too_many(path: Path) -> None:
    """The second is refused before it sends anything, the first is not disturbed."""
    async with Sandbox(seed=1, batch_delay_s=0.5) as sandbox:
        results = await asyncio.gather(
            submitted(sandbox, 40, journal=path), submitted(sandbox, 40, journal=path), return_exceptions=True
        )
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert sorted(type(result).__name__ for result in results) == ["BulkReport", "JournalError"]
    assert {entry.accepted for entry in ledger.values()} == {1}


async def test_it_holds_nothing_personal(path: Path) -> None:
    """No name, no number of an invoice, no amount, and no digest that could be made without the file's own salt."""
    async with Sandbox(seed=1, batch_delay_s=0) as sandbox, AmiliClient(sandbox.config()) as amili:
        records = [*invoices(3), *invoices(4)]
        records[0].invoice_number = "F-20931"
        await amili.bulk.submit_invoices(sandbox.organization_id, records, journal=path)
    content = await asyncio.to_thread(path.read_bytes)
    for telling in (b"F-20931", b"Fiktiva", b"Testesen", b"100.00"):
        assert telling not in content
    for size in (8, 12, 16, 20, 32):
        assert hashlib.blake2b(b"F-20931", digest_size=size).digest() not in content


@pytest.mark.parametrize("given", ["", 7])
async def test_what_is_no_journal_is_refused(given: Any) -> None:
    """An empty name, or an object that is no journal, is named as the setting it is."""
    async with Sandbox(seed=1) as sandbox:
        with pytest.raises(BulkError, match="journal"):
            await submitted(sandbox, 1, journal=given)
