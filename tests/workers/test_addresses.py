"""The database's address: what cannot be one is refused, and a password in it is shown nowhere."""

from __future__ import annotations

import traceback

import attrs
import psycopg
import pytest

from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_postgres import PostgresJournal
from amili_async.cli.push_arguments import PushArguments
from amili_async.cli.push_journal import DatabaseJournal
from amili_async.errors import JournalError
from amili_async.workers import migrate
from amili_async.workers.database import connect, conninfo
from amili_async.workers.enqueue import EnqueueSettings
from tests.postgres import Postgres


@pytest.mark.parametrize("password", ["p/geheim", "p@geheim", "1/geheim", "p/ge@heim"])
async def test_a_password_that_is_not_encoded_is_not_told(password: str) -> None:
    """With @ or / in it, a part of it would be taken for the host or the database, and named as what is not found."""
    url = f"postgresql://me:{password}@127.0.0.1:1/x"
    with pytest.raises(JournalError, match="percent-encoded") as caught:
        await connect(url)
    assert "heim" not in "".join(traceback.format_exception_only(caught.value))
    assert caught.value.__cause__ is None
    assert "heim" not in str(DatabaseJournal(url, ""))


def test_an_encoded_one_is_taken() -> None:
    """And so is a socket with a name of its own."""
    assert "geheim" in conninfo("postgresql://me:p%40%2Fgeheim@127.0.0.1/x")
    assert conninfo("host=@socket dbname=x")


def test_an_empty_address_is_not_the_default_one() -> None:
    """A variable that is not set must not lead to whatever database there is."""
    with pytest.raises(JournalError, match="empty"):
        conninfo("")


def test_settings_do_not_show_it() -> None:
    """Nor do they where a caller prints them."""
    assert "geheim" not in repr(EnqueueSettings(database="postgresql://me:geheim@h/x"))
    assert not attrs.fields_dict(PushArguments)["database"].repr


async def test_schemas_of_one_database_do_not_hold_each_other_up(postgres: Postgres) -> None:
    """Locks are the database's, and numbers are the schema's: two deployments have the same ones."""
    url = postgres.new(empty=True)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA one")
        connection.execute("CREATE SCHEMA two")
    scope = Scope(host="example.com", organization_id="o", kind="invoices", keys="own")
    journals = []
    for schema in ("one", "two"):
        there = f"{url}&options=-csearch_path%3D{schema}"
        await migrate(there)
        journals.append(PostgresJournal(there))
    try:
        for journal in journals:
            await journal.open(scope)
        with pytest.raises(JournalError, match="in use"):
            await PostgresJournal(there).open(scope)
    finally:
        for journal in journals:
            await journal.close()
