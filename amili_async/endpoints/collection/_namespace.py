# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Debt Collection API: the namespace that a client offers as `.collection`."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from amili_async.endpoints.collection._operations import (
    CREATE_CORRECTIONS,
    CREATE_INVOICES,
    CREATE_PAYMENTS,
    GET_BATCH_BY_ID,
    GET_BATCHES_BY_ORGANIZATION,
    GET_CASES_BY_ORGANIZATION,
    GET_INVOICE_BY_ID,
    GET_INVOICES_BY_ORGANIZATION,
    GET_SETTLEMENT_BY_ID,
    GET_SETTLEMENTS,
)
from amili_async.models.collection import (
    BatchAccepted,
    BatchList,
    BatchResponse,
    BatchStatus,
    BatchType,
    CaseList,
    CaseStatus,
    CaseType,
    CreateCorrectionsRequest,
    CreateInvoicesRequest,
    CreatePaymentsRequest,
    InvoiceList,
    InvoiceResponse,
    InvoiceStatus,
    InvoiceType,
    SettlementList,
    SettlementResponse,
)
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = ["Collection"]


class Collection:
    """Amili Debt Collection API: a method per operation.

    Writes are accepted with 202 and carried out later as a batch, whose result says of each item what became of it. Two
    kinds of failure must be told apart: a request that is refused (4xx, 5xx), and an item that fails inside a batch,
    which is reported with 200 on the batch.

    Paths are those of the newest edition of the documentation; answers of the 2025-09 edition fit the same schemas.
    Amounts are JSON numbers in major units (4500.00 kroner, not øre). Instants are printed in UTC, with a trailing `Z`.
    Objects and enums are open: the documentation could be read only in part, so expect fields and values beyond these.
    """

    __slots__ = ("_client",)

    def __init__(self, client: Requester) -> None:
        self._client = client

    @operation(CREATE_INVOICES)
    async def create_invoices(
        self, organization_id: UUID | str, *, body: CreateInvoicesRequest, options: RequestOptions | None = None
    ) -> BatchAccepted:
        """Hand invoices over for collection.

        The answer names a batch; the invoices are taken in when that batch has ended, each with its own result. The
        token needs the scope `write:collection.case`. Not known: the largest number of invoices per request, which
        fields are required, and whether a `uniqueSourceInvoiceId` that came before is refused. The documentation lists
        no 429 and no 503 here.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Of an invoice,
        everything after its description is taken from the 2025-09 read model. The answer's body is that of
        CreateCorrections.

        Documentation:
        - https://docs.amili.dev/createinvoices-4148067e0
        - https://docs.amili.dev/createinvoices-3939017e0
        - https://docs.amili.dev/create-a-new-invoice-3939017e0
        - https://docs.amili.dev/example-workflow-359631m0

        Args:
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
        response = await self._client.call(CREATE_INVOICES, organization_id, body=body, options=options)
        return response.parsed

    @operation(GET_INVOICES_BY_ORGANIZATION)
    async def get_invoices_by_organization(
        self,
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

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09
        was read whole (the date is its). Of the current page the path, the parameters and the invoice up to createdAt
        were seen, not the rest of the invoice, the paging part of the answer, or the error statuses. The page was last
        modified on 2025-09-23.

        Documentation:
        - https://docs.amili.dev/getinvoicesbyorganization-4148068e0
        - https://docs.amili.dev/getinvoicesbyorganization-3939018e0
        - https://docs.amili.dev/get-organization-invoices-3939018e0

        Args:
            organization_id: The id that Amili issued for the organization.
            status: Only invoices of this status. Type and meaning are inferred.
            type: Only invoices of this type. Type and meaning are inferred.
            invoice_number: The creditor's invoice number. Type and meaning are inferred.
            unique_source_invoice_id: The caller's own id of the invoice, as given when it was handed over. Type and
                meaning are inferred.
            customer_number: The debtor's customer number. Type and meaning are inferred.
            from_: Start of a period. Which date of the invoice it is compared with, and the time zone of a plain date,
                are not known. Type and meaning are inferred.
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
        response = await self._client.call(
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
        self, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
    ) -> InvoiceResponse:
        """Read one invoice.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen
        up to the organization's number; the rest is taken to be the item of GetInvoicesByOrganization.

        Documentation:
        - https://docs.amili.dev/getinvoicebyid-4148069e0
        - https://docs.amili.dev/getinvoicebyid-3939019e0
        - https://docs.amili.dev/get-invoice-by-id-3939019e0

        Args:
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
        response = await self._client.call(GET_INVOICE_BY_ID, organization_id, invoice_id, options=options)
        return response.parsed

    @operation(CREATE_PAYMENTS)
    async def create_payments(
        self, organization_id: UUID | str, *, body: CreatePaymentsRequest, options: RequestOptions | None = None
    ) -> BatchAccepted:
        """Report payments that reached the creditor directly.

        A payment is addressed to an invoice by Amili's id of it, which the batch of the invoice tells, not by the
        invoice number. The answer names a batch. Not known: the largest number of payments per request and which fields
        are required.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). A payment was seen up
        to its currency; date and description are taken from CreateCorrections, and so is the body of the answer.

        Documentation:
        - https://docs.amili.dev/createpayments-4148070e0
        - https://docs.amili.dev/createpayments-3939016e0
        - https://docs.amili.dev/create-new-payments-3939016e0

        Args:
            organization_id: The id that Amili issued for the organization.
            body: The request body.
            options: Settings for this call alone.

        Returns:
            Accepted for processing. Status and content type are documented; the body is taken to be that of
            CreateCorrections.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(CREATE_PAYMENTS, organization_id, body=body, options=options)
        return response.parsed

    @operation(CREATE_CORRECTIONS)
    async def create_corrections(
        self, organization_id: UUID | str, *, body: CreateCorrectionsRequest, options: RequestOptions | None = None
    ) -> BatchAccepted:
        """Correct the claims of invoices that are in collection.

        A correction is addressed to an invoice by Amili's id of it. The answer names a batch. Not known: whether a
        reduction is a positive or a negative amount, the largest number of corrections per request, and the error
        statuses.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The request is
        printed whole. Of the answer, the end of batchUrl and whatever may follow it were not seen. The page calls the
        path parameter orgId.

        Documentation: https://docs.amili.dev/createcorrections-4148074e0

        Args:
            organization_id: The id that Amili issued for the organization.
            body: The request body.
            options: Settings for this call alone.

        Returns:
            Accepted for processing; the body names the batch.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(CREATE_CORRECTIONS, organization_id, body=body, options=options)
        return response.parsed

    @operation(GET_BATCH_BY_ID)
    async def get_batch_by_id(
        self, organization_id: UUID | str, batch_id: UUID | str, *, options: RequestOptions | None = None
    ) -> BatchResponse:
        """Read one batch and what became of its items.

        Poll it until the status is `SUCCESS`, `PARTIAL` or `FAILED`. Other statuses on the way are not excluded, and no
        polling interval is recommended anywhere. Items that failed are reported here, with status 200.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen
        up to the second field of the first item that succeeded. What an item that failed looks like is not known.

        Documentation:
        - https://docs.amili.dev/getbatchbyid-4148060e0
        - https://docs.amili.dev/getbatchbyid-3939029e0
        - https://docs.amili.dev/get-batch-by-id-3939029e0

        Args:
            organization_id: The id that Amili issued for the organization.
            batch_id: The batch, as named by the answer to the write.
            options: Settings for this call alone.

        Returns:
            The batch, ended or not.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_BATCH_BY_ID, organization_id, batch_id, options=options)
        return response.parsed

    @operation(GET_BATCHES_BY_ORGANIZATION)
    async def get_batches_by_organization(
        self,
        organization_id: UUID | str,
        *,
        state: BatchStatus | str | None = None,
        type: BatchType | str | None = None,
        subject_id: str | None = None,
        idempotency_key: str | None = None,
        page_token: str | None = None,
        page_size: int | None = None,
        sort_direction: str | None = None,
        options: RequestOptions | None = None,
    ) -> BatchList:
        """List an organization's batches, page by page.

        All filters are taken to be optional. The default order and what it sorts by are not known.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09
        was read whole (the date is its). Of the current answer the batch was seen, its items as empty objects, but not
        the paging part after data. The page was last modified on 2025-09-23.

        Documentation:
        - https://docs.amili.dev/getbatchesbyorganization-4148061e0
        - https://docs.amili.dev/getbatchesbyorganization-3939028e0
        - https://docs.amili.dev/get-organization-batches-3939028e0

        Args:
            organization_id: The id that Amili issued for the organization.
            state: Only batches of this status (the parameter is called state, the field status). Type and meaning are
                inferred.
            type: Only batches of this type. Type and meaning are inferred.
            subject_id: Newer than 2025-09. What a subject is, is not explained. Type and meaning are inferred.
            idempotency_key: Newer than 2025-09. Presumably finds the batch of the write that was sent with this key;
                how a write carries its key is not documented. Type and meaning are inferred.
            page_token: The token of the next page, from the answer before. Type and meaning are inferred.
            page_size: Batches per page. Default and upper limit are not known. Type and meaning are inferred.
            sort_direction: Direction of the order. The values it takes are not known. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            One page of batches.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            GET_BATCHES_BY_ORGANIZATION,
            organization_id,
            state=state,
            type=type,
            subject_id=subject_id,
            idempotency_key=idempotency_key,
            page_token=page_token,
            page_size=page_size,
            sort_direction=sort_direction,
            options=options,
        )
        return response.parsed

    @operation(GET_CASES_BY_ORGANIZATION)
    async def get_cases_by_organization(
        self,
        organization_id: UUID | str,
        *,
        status: CaseStatus | str | None = None,
        type: CaseType | str | None = None,
        case_number: str | None = None,
        customer_number: str | None = None,
        unique_source_invoice_id: str | None = None,
        search_term: str | None = None,
        from_created_at: dt.datetime | dt.date | None = None,
        to_created_at: dt.datetime | dt.date | None = None,
        page_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> CaseList:
        """List an organization's cases, page by page.

        All filters are taken to be optional. The answer holds page-number totals and cursor tokens; the request offers
        no page number, so the cursor is the way on. No error statuses are listed.

        Evidence: documented (method, path and body shape are printed). Parameter types, limits and whole enums are not
        printed. The page was last modified on 2026-05-15.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            status: Only cases of this status. Type and meaning are inferred.
            type: Only cases of this type. Type and meaning are inferred.
            case_number: The number of the case. Type and meaning are inferred.
            customer_number: The debtor's customer number. Type and meaning are inferred.
            unique_source_invoice_id: The caller's own id of an invoice of the case. Type and meaning are inferred.
            search_term: Presumably a free-text search; which fields it looks at is not known. May hold a person's name.
                Type and meaning are inferred.
            from_created_at: Presumably the earliest time of creation. The time zone of a plain date is not known. Type
                and meaning are inferred.
            to_created_at: Presumably the latest time of creation. Whether it is inclusive is not known. Type and
                meaning are inferred.
            page_token: The token of the next page, from the answer before. Type and meaning are inferred.
            page_size: Cases per page. Default and upper limit are not known. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            One page of cases.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            GET_CASES_BY_ORGANIZATION,
            organization_id,
            status=status,
            type=type,
            case_number=case_number,
            customer_number=customer_number,
            unique_source_invoice_id=unique_source_invoice_id,
            search_term=search_term,
            from_created_at=from_created_at,
            to_created_at=to_created_at,
            page_token=page_token,
            page_size=page_size,
            options=options,
        )
        return response.parsed

    @operation(GET_SETTLEMENTS)
    async def get_settlements(
        self,
        organization_id: UUID | str,
        *,
        from_date: dt.datetime | dt.date | None = None,
        to_date: dt.datetime | dt.date | None = None,
        page_size: int | None = None,
        page_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> SettlementList:
        """List an organization's settlements, page by page.

        All filters are taken to be optional. Unlike in the other lists of this API, the parameters begin with a small
        letter. The order is not known.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09
        was read whole (the date is its). Of the current page the path, the parameters, the statuses and the beginning
        of a settlement were seen, not its remaining fields nor the paging part. The page was last modified on
        2025-09-23.

        Documentation:
        - https://docs.amili.dev/getsettlements-4148071e0
        - https://docs.amili.dev/getsettlements-4123125e0
        - https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            organization_id: The id that Amili issued for the organization.
            from_date: Start of a period. Which date of the settlement it is compared with, and the time zone of a plain
                date, are not known. Type and meaning are inferred.
            to_date: End of the period. Whether it is inclusive is not known. Type and meaning are inferred.
            page_size: Settlements per page. Default and upper limit are not known. Type and meaning are inferred.
            page_token: The token of the next page, from the answer before. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            One page of settlements.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            GET_SETTLEMENTS,
            organization_id,
            from_date=from_date,
            to_date=to_date,
            page_size=page_size,
            page_token=page_token,
            options=options,
        )
        return response.parsed

    @operation(GET_SETTLEMENT_BY_ID)
    async def get_settlement_by_id(
        self, organization_id: UUID | str, settlement_id: UUID | str, *, options: RequestOptions | None = None
    ) -> SettlementResponse:
        """Read one settlement.

        The documentation's own title of this operation is "GetSettlement on Id".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The settlement was
        seen up to its exchange rate; the rest is read from the settlements printed inside the legacy batch page
        (webapiapibatch-4131300e0), which open with the same fields in the same order.

        Documentation:
        - https://docs.amili.dev/getsettlement-on-id-4148072e0
        - https://docs.amili.dev/getsettlement-on-id-4113097e0

        Args:
            organization_id: The id that Amili issued for the organization.
            settlement_id: The settlement. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            The settlement.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_SETTLEMENT_BY_ID, organization_id, settlement_id, options=options)
        return response.parsed
