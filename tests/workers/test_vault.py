"""What stands of people in the database."""

from __future__ import annotations

import psycopg
import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk import Outcome, OutcomeStatus
from amili_async.errors import ConfigError, JournalError
from amili_async.workers import Vault
from amili_async.workers.vault import Body
from tests.bulk.fake_amili import invoices
from tests.workers.conftest import Bench

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))

bodies = st.builds(Body, index=st.integers(0, 2**40), at=st.integers(0, 999), key=st.text(), content=st.binary())
outcomes = st.builds(
    Outcome,
    index=st.integers(0, 2**40),
    key=st.none() | st.text(),
    status=st.sampled_from(OutcomeStatus),
    batch_id=st.none() | st.uuids(),
    invoice_id=st.none() | st.uuids(),
    problem=st.none() | st.text(),
)


def dump(bench: Bench) -> bytes:
    """Everything that is in the database, the queue included."""
    found = b""
    with psycopg.connect(bench.database) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text = 'public'"
        )
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM {table}".encode()).fetchall():  # noqa: S608  # from above
                found += b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    return found


@given(st.lists(bodies, max_size=5), st.lists(outcomes, max_size=5), st.sampled_from([(), (OLD,)]))
def test_what_goes_in_comes_out(some: list[Body], told: list[Outcome], keys: tuple[str, ...]) -> None:
    """To the last byte, with keys and without."""
    vault = Vault(keys)
    assert vault.unpack_bodies(vault.pack_bodies(some)) == some
    assert vault.unpack_outcomes(vault.pack_outcomes(told)) == told


def test_keys_can_be_changed() -> None:
    """The newest one in front encrypts; what older ones encrypted can be read as long as they stand behind it."""
    before = Vault([OLD]).seal(b"Eksempel")
    both = Vault([NEW, OLD])
    assert both.open(before) == b"Eksempel"
    after = both.seal(b"Eksempel")
    assert Vault([NEW]).open(after) == b"Eksempel"
    for late in (Vault([NEW]), Vault()):
        with pytest.raises(JournalError, match="AMILI_QUEUE_KEYS"):
            late.open(before)


def test_keys_can_be_set_later() -> None:
    """What was enqueued without is still worked."""
    assert Vault([NEW]).open(Vault().seal(b"Eksempel")) == b"Eksempel"


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Separated by commas, blanks forgiven; none means no encryption. No key is ever shown."""
    assert not Vault.from_env().is_secret
    monkeypatch.setenv("AMILI_QUEUE_KEYS", f" {NEW} , {OLD},")
    vault = Vault.from_env()
    assert vault.open(Vault([OLD]).seal(b"x")) == b"x"
    assert NEW not in repr(vault)
    monkeypatch.setenv("AMILI_QUEUE_KEYS", "geheim")
    with pytest.raises(ConfigError, match="AMILI_QUEUE_KEYS") as caught:
        Vault.from_env()
    assert "geheim" not in str(caught.value)


def test_damage_is_noticed() -> None:
    """Bytes that nobody packed are no records."""
    for packed in (b"", b"\0", b"\0nonsense", b"\2x"):
        with pytest.raises(JournalError):
            Vault().unpack_bodies(packed)


async def test_bodies_are_there_until_they_are_sent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """With keys nobody can read them, nor what became of them; once the portion is final they are gone."""
    monkeypatch.setenv("AMILI_QUEUE_KEYS", OLD)
    records = invoices(5)
    records[0].invoice_number = "F-20931"
    await bench.enqueue(records)
    for _ in range(2):
        content = dump(bench)
        assert len(content) > 500
        assert not [telling for telling in (b"F-20931", b"Fiktiva", b"Testesen", b"100.00") if telling in content]
        await bench.work(bench.workshop(Vault([NEW, OLD])))
    assert bench.sql("SELECT bodies, state FROM amili_portion") == [(None, "final")]
    assert bench.ledger()["F-20931"] == 1


async def test_without_the_key_nothing_is_lost(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that lacks it says so, and leaves the portion to one that has it."""
    monkeypatch.setenv("AMILI_QUEUE_KEYS", OLD)
    await bench.enqueue(invoices(5))
    with pytest.raises(JournalError, match="AMILI_QUEUE_KEYS"):
        await bench.work(bench.workshop(Vault([NEW])))
    await bench.work(bench.workshop(Vault([NEW, OLD])))
    assert len(bench.ledger()) == 5
