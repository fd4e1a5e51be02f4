"""Reading invoices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler, listed, single
from amili_async.sandbox.filters import all_of, candidates, equals, includes, not_after, not_before
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.problems import not_found
from amili_async.sandbox.views import invoice_view

__all__ = ["HANDLERS"]


def get_invoice(call: Call) -> Answer:
    """One invoice."""
    books = call.books
    invoice = books.invoices.get(call.path["invoiceId"])
    if invoice is None:
        raise not_found("the invoice")
    return single(invoice_view(invoice, books.organization))


def list_invoices(call: Call) -> Answer:
    """The invoices of an organization; `From` and `To` are compared with the time they were taken in."""
    books, query = call.books, call.query
    page = page_of(
        candidates(
            books.invoices,
            query,
            number="InvoiceNumber",
            source_id="UniqueSourceInvoiceId",
            customer_number="CustomerNumber",
        ),
        scope=call.scope,
        size=call.page_size(),
        token=query.get("PageToken"),
        matches=all_of(
            includes(query.get("InvoiceNumber"), lambda invoice: [invoice.number]),
            includes(query.get("UniqueSourceInvoiceId"), lambda invoice: [invoice.source_id]),
            includes(query.get("CustomerNumber"), lambda invoice: invoice.customer_numbers),
            equals(query.get("Status"), lambda invoice: invoice.case.status),
            equals(query.get("Type"), lambda invoice: invoice.type),
            not_before(query.get("From"), lambda invoice: invoice.registered_at),
            not_after(query.get("To"), lambda invoice: invoice.registered_at),
        ),
    )
    return listed(page, lambda invoice: invoice_view(invoice, books.organization))


HANDLERS: Final[Mapping[str, Handler]] = {
    "GetInvoiceById": get_invoice,
    "GetInvoicesByOrganization": list_invoices,
}
