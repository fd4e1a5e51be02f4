# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Hand invoices over for collection and read them back.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from amili_async.endpoints.collection._operations import (
    CREATE_INVOICES,
    GET_INVOICE_BY_ID,
    GET_INVOICES_BY_ORGANIZATION,
)
from amili_async.models.collection import (
    BatchAccepted,
    CreateInvoicesRequest,
    InvoiceList,
    InvoiceResponse,
    InvoiceStatus,
    InvoiceType,
)
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_invoices",
    "get_invoice_by_id",
    "get_invoices_by_organization",
]


@operation(CREATE_INVOICES)
async def create_invoices(
    client: Requester,
    organization_id: UUID | str,
    *,
    body: CreateInvoicesRequest,
    options: RequestOptions | None = None,
) -> BatchAccepted:
    """Hand invoices over for collection.

    The answer names a batch; the invoices are taken in when that batch has ended, each with its own result. The token
    needs the scope `write:collection.case`. Not known: the largest number of invoices per request, which fields are
    required, and whether a `uniqueSourceInvoiceId` that came before is refused. The documentation lists no 429 and no
    503 here.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Of an invoice, everything
    after its description is taken from the 2025-09 read model. The answer's body is that of CreateCorrections.

    Documentation:
    - https://docs.amili.dev/createinvoices-4148067e0
    - https://docs.amili.dev/createinvoices-3939017e0
    - https://docs.amili.dev/create-a-new-invoice-3939017e0
    - https://docs.amili.dev/example-workflow-359631m0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        body: The request body.
        options: Settings for this call alone.

    Returns:
        Accepted for processing. The status is documented; that the body is a batch reference is said in words, its
        field names are those of CreateCorrections.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(CREATE_INVOICES, organization_id, body=body, options=options)
    return response.parsed


@operation(GET_INVOICES_BY_ORGANIZATION)
async def get_invoices_by_organization(
    client: Requester,
    organization_id: UUID | str,
    *,
    status: InvoiceStatus | str | None = None,
    type: InvoiceType | str | None = None,
    invoice_number: str | None = None,
    unique_source_invoice_id: str | None = None,
    customer_number: str | None = None,
    from_: dt.datetime | dt.date | None = None,
    to: dt.datetime | dt.date | None = None,
    page_token: str | None = None,
    options: RequestOptions | None = None,
) -> InvoiceList:
    """List an organization's invoices, page by page.

    All filters are taken to be optional. This list has no page size and no sort parameter; its order is not known.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09 was
    read whole (the date is its). Of the current page the path, the parameters and the invoice up to createdAt were
    seen, not the rest of the invoice, the paging part of the answer, or the error statuses. The page was last modified
    on 2025-09-23.

    Documentation:
    - https://docs.amili.dev/getinvoicesbyorganization-4148068e0
    - https://docs.amili.dev/getinvoicesbyorganization-3939018e0
    - https://docs.amili.dev/get-organization-invoices-3939018e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        status: Only invoices of this status. Type and meaning are inferred.
        type: Only invoices of this type. Type and meaning are inferred.
        invoice_number: The creditor's invoice number. Type and meaning are inferred.
        unique_source_invoice_id: The caller's own id of the invoice, as given when it was handed over. Type and meaning
            are inferred.
        customer_number: The debtor's customer number. Type and meaning are inferred.
        from_: Start of a period. Which date of the invoice it is compared with, and the time zone of a plain date, are
            not known. Type and meaning are inferred.
        to: End of the period. Whether it is inclusive is not known. Type and meaning are inferred.
        page_token: The token of the next page, from the answer before. Type and meaning are inferred.
        options: Settings for this call alone.

    Returns:
        One page of invoices.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(
        GET_INVOICES_BY_ORGANIZATION,
        organization_id,
        status=status,
        type=type,
        invoice_number=invoice_number,
        unique_source_invoice_id=unique_source_invoice_id,
        customer_number=customer_number,
        from_=from_,
        to=to,
        page_token=page_token,
        options=options,
    )
    return response.parsed


@operation(GET_INVOICE_BY_ID)
async def get_invoice_by_id(
    client: Requester, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
) -> InvoiceResponse:
    """Read one invoice.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen up to
    the organization's number; the rest is taken to be the item of GetInvoicesByOrganization.

    Documentation:
    - https://docs.amili.dev/getinvoicebyid-4148069e0
    - https://docs.amili.dev/getinvoicebyid-3939019e0
    - https://docs.amili.dev/get-invoice-by-id-3939019e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        options: Settings for this call alone.

    Returns:
        The invoice.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_INVOICE_BY_ID, organization_id, invoice_id, options=options)
    return response.parsed
