"""Reading cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler, listed
from amili_async.sandbox.entities import Case
from amili_async.sandbox.filters import all_of, candidates, contains, equals, includes, not_after, not_before
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.views import case_view

__all__ = ["HANDLERS"]


def list_cases(call: Call) -> Answer:
    """The cases of an organization; `SearchTerm` looks at numbers and names."""
    books, query = call.books, call.query
    page = page_of(
        candidates(
            books.cases, query, number="CaseNumber", source_id="UniqueSourceInvoiceId", customer_number="CustomerNumber"
        ),
        scope=call.scope,
        size=call.page_size(),
        token=query.get("PageToken"),
        matches=all_of(
            includes(query.get("CaseNumber"), lambda case: [str(case.number)]),
            includes(query.get("UniqueSourceInvoiceId"), lambda case: [row.source_id for row in case.invoices]),
            includes(
                query.get("CustomerNumber"), lambda case: [n for row in case.invoices for n in row.customer_numbers]
            ),
            equals(query.get("Status"), lambda case: case.status),
            equals(query.get("Type"), lambda case: case.type),
            contains(query.get("SearchTerm"), _texts),
            not_before(query.get("FromCreatedAt"), lambda case: case.registered_at),
            not_after(query.get("ToCreatedAt"), lambda case: case.registered_at),
        ),
    )
    return listed(page, lambda case: case_view(case, books.organization))


def _texts(case: Case) -> Iterator[str | None]:
    yield str(case.number)
    yield case.description
    for invoice in case.invoices:
        yield invoice.number
        yield invoice.source_id
        for debtor in invoice.debtors:
            first, last = debtor.given.get("firstname"), debtor.given.get("lastname")
            yield debtor.given.get("name")
            yield " ".join(part for part in (first, last) if part)
            yield debtor.given.get("customerNumber")


HANDLERS: Final[Mapping[str, Handler]] = {"GetCasesByOrganization": list_cases}
