"""The how-to on PostgreSQL: rows are pushed once, and what became of each stands beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from amili_async import AmiliClient
from amili_async.bulk import OutcomeStatus
from amili_async.sandbox import Sandbox
from examples.push_from_postgres import push

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "how-to" / "postgres.md").read_text(encoding="utf-8")
SCHEMA = GUIDE.partition("```sql\n")[2].partition("```")[0]

ROWS = """
    INSERT INTO customer (id, number, first_name, last_name) VALUES (1, '1001', 'Kari', 'Eksempel');
    INSERT INTO invoice (id, customer_id, number, amount, currency, issued_on, due_on, paid_on) VALUES
        (1, 1, 'F-1', 1249.50, 'NOK', '2026-01-01', '2026-01-15', NULL),
        (2, 1, 'F-2', 300.10, 'NOK', '2026-01-01', '2026-01-15', NULL),
        (3, 1, 'F-3', -12.00, 'NOK', '2026-01-01', '2026-01-15', NULL),
        (4, 1, 'F-4', 99.00, 'NOK', '2026-01-01', '2026-01-15', '2026-01-20'),
        (5, 1, 'F-5', 99.00, 'NOK', current_date, current_date + 14, NULL);
"""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


def prepare(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(SCHEMA.encode())
        connection.execute(ROWS.encode())


def statuses(database: str) -> dict[str, str | None]:
    with psycopg.connect(database) as connection:
        return dict(connection.execute("SELECT number, amili_status FROM invoice ORDER BY id").fetchall())


async def test_what_is_overdue_is_pushed_and_noted(sandbox: Sandbox, database: str, tmp_path: Path) -> None:
    """Amounts are exact, paid and not yet due ones stay out, and refusals stand beside their rows."""
    prepare(database)
    async with AmiliClient(sandbox.config()) as amili:
        report = await push(amili, sandbox.organization_id, database, str(tmp_path / "journal"))
    assert (report.accepted, report.rejected, report.unsent, report.unknown) == (2, 1, 0, 0)
    assert report.totals["NOK"][OutcomeStatus.ACCEPTED] == Decimal("1549.60")
    assert statuses(database) == {"F-1": "ACCEPTED", "F-2": "ACCEPTED", "F-3": "REJECTED", "F-4": None, "F-5": None}
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT amili_invoice_id, amili_problem FROM invoice ORDER BY id LIMIT 3").fetchall()
    assert all(row[0] is not None and row[1] is None for row in rows[:2])
    assert "originalInvoiceAmount" in rows[2][1]


async def test_an_outcome_that_was_not_noted_is_not_sent_again(sandbox: Sandbox, database: str, tmp_path: Path) -> None:
    """The program died before it wrote them down: the journal knows them, and the next night notes them."""
    prepare(database)
    async with AmiliClient(sandbox.config()) as amili:
        await push(amili, sandbox.organization_id, database, str(tmp_path / "journal"))
        with psycopg.connect(database) as connection:
            connection.execute("UPDATE invoice SET amili_status = NULL")
        report = await push(amili, sandbox.organization_id, database, str(tmp_path / "journal"))
    assert report.resumed == 3
    assert sandbox.requests.count(operation="CreateInvoices") == 1
    assert statuses(database)["F-2"] == "ACCEPTED"


async def test_a_second_night_sends_what_is_new(sandbox: Sandbox, database: str, tmp_path: Path) -> None:
    """The journal stays, and so does what was accepted; a mended invoice goes again."""
    prepare(database)
    async with AmiliClient(sandbox.config()) as amili:
        await push(amili, sandbox.organization_id, database, str(tmp_path / "journal"))
        with psycopg.connect(database) as connection:
            connection.execute("UPDATE invoice SET amount = 12, amili_status = NULL WHERE number = 'F-3'")
            connection.execute(
                "UPDATE invoice SET issued_on = '2026-01-01', due_on = '2026-01-15' WHERE number = 'F-5'"
            )
        report = await push(amili, sandbox.organization_id, database, str(tmp_path / "journal"))
    assert (report.accepted, report.resumed) == (2, 0)
    assert {entry.accepted for entry in sandbox.state.ledger(sandbox.organization_id).values()} == {1}
