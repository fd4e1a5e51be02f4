"""Listing cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from rich.table import Table
from rich.text import Text

from amili_async import codec
from amili_async.cli.tables import money, plain, table
from amili_async.client import AmiliClient
from amili_async.models.collection import Case

__all__ = ["as_json", "cases_table", "list_cases"]

_LARGEST_PAGE = 100
_WIDE = 96


async def list_cases(
    amili: AmiliClient, organization_id: UUID | str, *, status: str | None = None, limit: int = 20
) -> list[Case]:
    """The first cases of an organization.

    Args:
        amili: The client.
        organization_id: Whose cases.
        status: Only cases of this status.
        limit: How many at most.
    """
    pager = amili.paginate(
        amili.collection.get_cases_by_organization,
        organization_id,
        status=status,
        page_size=min(limit, _LARGEST_PAGE),
    )
    return [case async for case in pager.limit(limit)]


def as_json(cases: Sequence[Case]) -> str:
    """Cases as a JSON array, under the API's own names, numbers exact."""
    items = ",\n".join(codec.encode(case).decode() for case in cases)
    return f"[\n{items}\n]" if items else "[]"


def cases_table(cases: Sequence[Case], width: int) -> Table:
    """Cases as a table.

    Args:
        cases: The cases.
        width: Columns of the screen; on a narrow one the date of registration is left out.
    """
    wide = width >= _WIDE
    grid = table("Case")
    grid.columns[0].no_wrap = True
    grid.add_column("Status", no_wrap=True)
    grid.add_column("Type", no_wrap=True)
    grid.add_column("Debtor")
    grid.add_column("Invoices")
    if wide:
        grid.add_column("Registered", no_wrap=True)
    grid.add_column("Remaining", justify="right", no_wrap=True)
    for case in cases:
        registered = f"{case.registered_at:%Y-%m-%d}" if case.registered_at else "–"
        grid.add_row(
            plain(case.case_number),
            Text(plain(case.status), style="good" if case.status == "OPEN" else "open"),
            plain(case.type),
            plain(", ".join(_debtors(case))),
            plain(", ".join(invoice.invoice_number or "–" for invoice in case.invoices or ())),
            *([registered] if wide else []),
            _remaining(case),
        )
    return grid


def _debtors(case: Case) -> Iterator[str]:
    for debtor in case.debtors or ():
        name = debtor.full_name or " ".join(filter(None, (debtor.first_name, debtor.last_name)))
        if name or debtor.customer_number:
            yield name or str(debtor.customer_number)


def _remaining(case: Case) -> str:
    if case.remaining_amount is None:
        return "–"
    # A case names no currency of its own; its claims do.
    currencies = {claim.currency for claim in case.claims or () if claim.currency}
    currency = f"{plain(currencies.pop())} " if len(currencies) == 1 else ""
    # What is not known is a dash; that nothing is owed any more is known.
    return f"{currency}{money(case.remaining_amount) if case.remaining_amount else '0.00'}"
