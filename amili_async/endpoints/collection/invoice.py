# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Hand invoices over for collection and read them back.

One function per operation; each takes the client first.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from amili_async.endpoints.collection._operations import (
    CREATE_INVOICES,
    GET_INVOICE_BY_ID,
    GET_INVOICE_DOCUMENTS,
    GET_INVOICE_HISTORY,
    GET_INVOICE_PAYMENTS,
    GET_INVOICES_BY_ORGANIZATION,
    PAUSE_INVOICE,
    RESUME_INVOICE,
    WITHDRAW_INVOICE,
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
    "get_invoice_documents",
    "get_invoice_history",
    "get_invoice_payments",
    "get_invoices_by_organization",
    "pause_invoice",
    "resume_invoice",
    "withdraw_invoice",
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
    after its description is taken from the 2025-09 read model. The answer's body is that of CreateCorrections. In the
    documentation since 2025-09.

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
        field names are those of CreateCorrections. Its shape is inferred.

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
    seen, not the rest of the invoice, the paging part of the answer, or the error statuses. In the documentation since
    2025-09. The page was last modified on 2025-09-23.

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

    By Amili's id of it, which the batch that brought it in names (`invoiceId` of its items).

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen up to
    the organization's number; the rest is taken to be the item of GetInvoicesByOrganization. In the documentation since
    2025-09.

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


@operation(GET_INVOICE_PAYMENTS)
async def get_invoice_payments(
    client: Requester, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Read the payments of an invoice.

    The documentation's title was "Get invoice payments by invoice id". What a payment looks like, and whether the
    answer comes in pages, is not known.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Printed in 2025-09 and
    gone since. The page was cut inside the statuses: the body of the answer and the statuses after 404 were not seen.
    In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-invoice-payments-by-invoice-id-3939022e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        options: Settings for this call alone.

    Returns:
        The payments. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_INVOICE_PAYMENTS, organization_id, invoice_id, options=options)
    return response.parsed


@operation(GET_INVOICE_DOCUMENTS)
async def get_invoice_documents(
    client: Requester, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Read the documents of an invoice.

    The documentation's title was "Get invoice documents by invoice id". Whether the answer lists documents or holds
    their contents is not known.

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and method
    stand in the page's menu, in 2025-09, and are gone since. The path is by analogy with GetInvoicePayments. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_INVOICE_DOCUMENTS, organization_id, invoice_id, options=options)
    return response.parsed


@operation(GET_INVOICE_HISTORY)
async def get_invoice_history(
    client: Requester, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Read the history of an invoice.

    The documentation's title was "Get invoice history by invoice id".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and method
    stand in the page's menu, in 2025-09, and are gone since. The path is by analogy with GetInvoicePayments. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        options: Settings for this call alone.

    Returns:
        The answer. Its shape is not known. Given as plain JSON values.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        UnverifiedOperationWarning: Once per process: the path is only assumed.
    """
    response = await client.call(GET_INVOICE_HISTORY, organization_id, invoice_id, options=options)
    return response.parsed


@operation(PAUSE_INVOICE)
async def pause_invoice(
    client: Requester,
    organization_id: UUID | str,
    invoice_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """Pause the collection of an invoice.

    PauseCase has taken its place, and tells what pausing means. The documentation's title was "Pause invoice".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and method
    stand in the page's menu, in 2025-09, and are gone since. The rest is by analogy with ResumeInvoice. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(PAUSE_INVOICE, organization_id, invoice_id, body=body, options=options)
    return response.parsed


@operation(WITHDRAW_INVOICE)
async def withdraw_invoice(
    client: Requester,
    organization_id: UUID | str,
    invoice_id: UUID | str,
    *,
    body: dict[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Any:
    """End Amili's collection of an invoice.

    WithdrawCase has taken its place, and tells what withdrawing means. The documentation's title was "Withdraw
    invoice".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and method
    stand in the page's menu, in 2025-09, and are gone since. The rest is by analogy with ResumeInvoice. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
        options: Settings for this call alone.

    Returns:
        Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without one,
        newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with the
        batch's id in `data.batchId`. Given as plain JSON values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
        UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
    """
    response = await client.call(WITHDRAW_INVOICE, organization_id, invoice_id, body=body, options=options)
    return response.parsed


@operation(RESUME_INVOICE)
async def resume_invoice(
    client: Requester, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
) -> Any:
    """Go on with the collection of a paused invoice.

    ResumeCase has taken its place. It takes no body and answers without one. The documentation's title was "Resume
    invoice".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: documented (method, path and body shape are printed). Printed in 2025-09 and gone since. In the
    documentation since 2025-09.

    Documentation: https://docs.amili.dev/resume-invoice-3939025e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        invoice_id: Amili's id of the invoice.
        options: Settings for this call alone.

    Returns:
        Accepted. There is no body. None, as there is no content.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
        OutcomeUnknownError: The request may have been acted on: look before sending it again.
    """
    response = await client.call(RESUME_INVOICE, organization_id, invoice_id, options=options)
    return response.parsed
