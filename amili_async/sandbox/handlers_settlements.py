"""Reading settlements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler, listed, single
from amili_async.sandbox.filters import all_of, not_after, not_before
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.problems import not_found
from amili_async.sandbox.views import settlement_view

__all__ = ["HANDLERS"]


def get_settlement(call: Call) -> Answer:
    """One settlement."""
    books = call.books
    settlement = books.settlements.get(call.path["settlementId"])
    if settlement is None:
        raise not_found("the settlement")
    return single(settlement_view(settlement, books.organization))


def list_settlements(call: Call) -> Answer:
    """The settlements of an organization; `fromDate` and `toDate` are compared with `settlementDate`."""
    books, query = call.books, call.query
    page = page_of(
        books.settlements.rows,
        scope=call.scope,
        size=call.page_size("pageSize"),
        token=query.get("pageToken"),
        matches=all_of(
            not_before(query.get("fromDate"), lambda settlement: settlement.settled_at),
            not_after(query.get("toDate"), lambda settlement: settlement.settled_at),
        ),
    )
    return listed(page, lambda settlement: settlement_view(settlement, books.organization))


HANDLERS: Final[Mapping[str, Handler]] = {"GetSettlementById": get_settlement, "GetSettlements": list_settlements}
