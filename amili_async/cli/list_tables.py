"""Invoices, batches and settlements as tables that fit the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from amili_async.cli.tables import money, plain, table
from amili_async.models.collection import Batch, Invoice, InvoiceDebtor, Settlement

__all__ = ["amount", "batches_table", "day", "invoices_table", "minute", "settlements_table", "state_of"]

_WIDE: Final = 110
_GOOD: Final = frozenset({"SUCCESS", "OPEN"})


def invoices_table(invoices: Sequence[Invoice], width: int) -> Table:
    """Invoices as a table; on a narrow screen without their ids.

    Args:
        invoices: The invoices.
        width: Columns of the screen.
    """
    wide = width >= _WIDE
    grid = table("Invoice")
    _fixed(grid, "Status", "Case")
    grid.add_column("Debtor")
    _fixed(grid, "Due")
    grid.add_column("Current amount", justify="right", no_wrap=True)
    if wide:
        _fixed(grid, "Id")
    for invoice in invoices:
        grid.add_row(
            plain(invoice.invoice_number),
            styled(invoice.status),
            plain(invoice.collection_case_number),
            plain(", ".join(filter(None, map(_name, invoice.debtors or ())))),
            day(invoice.due_date),
            amount(invoice.current_amount, invoice.currency),
            *([plain(invoice.id)] if wide else []),
        )
    return grid


def batches_table(batches: Sequence[Batch], width: int) -> Table:
    """Batches as a table.

    Args:
        batches: The batches.
        width: Columns of the screen; on a narrow one the end of a batch is left out.
    """
    wide = width >= _WIDE
    grid = table("Batch")
    grid.columns[0].no_wrap = True
    _fixed(grid, "Type", "Status", *(("Created (UTC)", "Finished (UTC)") if wide else ("Created",)))
    grid.add_column("Failed", justify="right", no_wrap=True)
    for batch in batches:
        times = (minute(batch.created_at), minute(batch.finished_at)) if wide else (day(batch.created_at),)
        grid.add_row(
            plain(batch.batch_id),
            plain(batch.type),
            styled(state_of(batch)),
            *times,
            Text(_failed_of(batch), style="bad" if batch.failed else ""),
        )
    return grid


def settlements_table(settlements: Sequence[Settlement], width: int) -> Table:
    """Settlements as a table; on a narrow screen only what finds them.

    Args:
        settlements: The settlements.
        width: Columns of the screen.
    """
    wide = width >= _WIDE
    grid = table("Settlement")
    grid.columns[0].no_wrap = True
    if wide:
        grid.add_column("Number", justify="right", no_wrap=True)
    _fixed(grid, "Date")
    grid.add_column("Invoice")
    if wide:
        _fixed(grid, "Case")
    grid.add_column("Paid", justify="right", no_wrap=True)
    if wide:
        grid.add_column("Principal to you", justify="right", no_wrap=True)
    for settlement in settlements:
        invoice, principal = settlement.invoice, settlement.principal_distribution
        grid.add_row(
            plain(settlement.id),
            *([plain(settlement.settlement_number)] if wide else []),
            day(settlement.settlement_date or settlement.date),
            plain(invoice.invoice_number if invoice else None),
            *([plain(settlement.case_number)] if wide else []),
            amount(settlement.payment_amount, settlement.currency),
            *([amount(principal.creditor if principal else None, settlement.currency)] if wide else []),
        )
    return grid


def state_of(batch: Batch) -> str:
    """The status of a batch as a word; the object of 2025-09 says only whether it has ended."""
    if isinstance(batch.status, str):
        return str(batch.status)
    return "–" if batch.status is None else "FINISHED" if batch.finished_at else "RUNNING"


def styled(status: Any) -> Text:
    """A status, coloured by whether all is well."""
    text = plain(status)
    return Text(text, style="good" if text in _GOOD else "bad" if text == "FAILED" else "open")


def day(moment: dt.datetime | None) -> str:
    """The day of an instant."""
    return f"{moment:%Y-%m-%d}" if moment else "–"


def minute(moment: dt.datetime | None) -> str:
    """An instant to the minute, in UTC."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M}" if moment else "–"


def amount(value: Decimal | None, currency: str | None) -> str:
    """An amount with its currency; what is not known is a dash, nothing owed is 0.00."""
    if value is None:
        return "–"
    return f"{plain(currency)} " * bool(currency) + (money(value) if value else "0.00")


def _failed_of(batch: Batch) -> str:
    if batch.failed is None and batch.succeeded is None:
        return "–"
    failed = len(batch.failed or ())
    return f"{failed:,} of {failed + len(batch.succeeded or ()):,}"


def _fixed(grid: Table, *names: str) -> None:
    for name in names:
        grid.add_column(name, no_wrap=True)


def _name(debtor: InvoiceDebtor) -> str:
    parts: Iterable[str | None] = (debtor.firstname, debtor.lastname)
    return debtor.name or " ".join(filter(None, parts)) or str(debtor.customer_number or "")
