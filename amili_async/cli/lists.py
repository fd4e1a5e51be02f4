"""The lists of the command: which operation gives them, which date they can be cut at, how they look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from rich.table import Table

from amili_async.cli.cases import cases_table
from amili_async.cli.list_tables import batches_table, invoices_table, settlements_table
from amili_async.models.collection import Batch, Case, Invoice, Settlement

__all__ = ["LISTINGS", "Cut", "Listing"]


@frozen(kw_only=True)
class Cut:
    """How a list is cut at a date.

    Attributes:
        since: Parameter of the API for the beginning; None if it has none, so that all is fetched and cut here.
        until: The same for the end.
        wire: Both, as the documentation writes them.
        note: What is compared, as far as it is known.
        days: Whether whole days are asked for when an incremental run goes on.
    """

    since: str | None
    until: str | None
    wire: tuple[str, str] | None
    note: str
    days: bool = False


@frozen(kw_only=True)
class Listing:
    """One list.

    Attributes:
        name: What it lists, in the plural.
        singular: The same in the singular.
        method: Method of the collection namespace.
        model: Of an item.
        sized: Whether a page size can be asked for.
        cut: How it is cut at a date.
        time: The time of an item that says how new it is.
        field: Where that stands, as the documentation writes it.
        table: How it looks.
    """

    name: str
    singular: str
    method: str
    model: type
    sized: bool
    cut: Cut
    time: Callable[[Any], dt.datetime | None]
    field: str
    table: Callable[[Sequence[Any], int], Table]


def _settled(settlement: Settlement) -> dt.datetime | None:
    return settlement.settlement_date or settlement.date


LISTINGS: Final[Mapping[str, Listing]] = {
    "cases": Listing(
        name="cases",
        singular="case",
        method="get_cases_by_organization",
        model=Case,
        sized=True,
        cut=Cut(
            since="from_created_at",
            until="to_created_at",
            wire=("FromCreatedAt", "ToCreatedAt"),
            note="presumably the time of creation",
        ),
        time=lambda case: case.registered_at,
        field="registeredAt",
        table=cases_table,
    ),
    "invoices": Listing(
        name="invoices",
        singular="invoice",
        method="get_invoices_by_organization",
        model=Invoice,
        sized=False,
        cut=Cut(since="from_", until="to", wire=("From", "To"), note="which date it looks at is not documented"),
        time=lambda invoice: invoice.created_at,
        field="createdAt",
        table=invoices_table,
    ),
    "batches": Listing(
        name="batches",
        singular="batch",
        method="get_batches_by_organization",
        model=Batch,
        sized=True,
        cut=Cut(since=None, until=None, wire=None, note=""),
        time=lambda batch: batch.created_at,
        field="createdAt",
        table=batches_table,
    ),
    "settlements": Listing(
        name="settlements",
        singular="settlement",
        method="get_settlements",
        model=Settlement,
        sized=True,
        cut=Cut(
            since="from_date",
            until="to_date",
            wire=("fromDate", "toDate"),
            note="which date it looks at is not documented",
            days=True,
        ),
        time=_settled,
        field="settlementDate",
        table=settlements_table,
    ),
}
