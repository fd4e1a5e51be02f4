# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Debt Collection API: the namespace that a client offers as `.collection`."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from amili_async.endpoints.collection._operations import (
    ACCEPT_DEBT_COLLECTION_LIST,
    ACCEPT_EVICTION_CONFIRMATION,
    ACCEPT_EVICTION_REQUEST,
    CALL_BANQ_SOFT,
    CREATE_CORRECTIONS,
    CREATE_INVOICES,
    CREATE_PAYMENTS,
    GET_ALL_BATCHES,
    GET_BATCH_BY_ID,
    GET_BATCH_BY_ID_LEGACY,
    GET_BATCHES_BY_ORGANIZATION,
    GET_CASES_BY_ORGANIZATION,
    GET_HEALTH,
    GET_INVOICE_BY_ID,
    GET_INVOICE_DOCUMENTS,
    GET_INVOICE_HISTORY,
    GET_INVOICE_PAYMENTS,
    GET_INVOICES_BY_ORGANIZATION,
    GET_ORGANIZATION_REPORTS,
    GET_SETTLEMENT_BY_ID,
    GET_SETTLEMENTS,
    PAUSE_CASE,
    PAUSE_INVOICE,
    PING,
    PING_AUTHORIZED,
    REJECT_DEBT_COLLECTION_LIST,
    REJECT_EVICTION_CONFIRMATION,
    REJECT_EVICTION_REQUEST,
    RESUME_CASE,
    RESUME_INVOICE,
    WITHDRAW_CASE,
    WITHDRAW_INVOICE,
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
        CreateCorrections. In the documentation since 2025-09.

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
            field names are those of CreateCorrections. Its shape is inferred.

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
        were seen, not the rest of the invoice, the paging part of the answer, or the error statuses. In the
        documentation since 2025-09. The page was last modified on 2025-09-23.

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

        By Amili's id of it, which the batch that brought it in names (`invoiceId` of its items).

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen
        up to the organization's number; the rest is taken to be the item of GetInvoicesByOrganization. In the
        documentation since 2025-09.

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
        to its currency; date and description are taken from CreateCorrections, and so is the body of the answer. In the
        documentation since 2025-09.

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
            CreateCorrections. Its shape is inferred.

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
        path parameter orgId. In the documentation since 2026-spring.

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
        up to the second field of the first item that succeeded. What an item that failed looks like is not known. In
        the documentation since 2026-spring.

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
        the paging part after data. In the documentation since 2025-09. The page was last modified on 2025-09-23.

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
        printed. The menu of 2025-09 had "Retrieve cases for an organization", of which nothing else is known. In the
        documentation since 2026-05. The page was last modified on 2026-05-15.

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

    @operation(ACCEPT_DEBT_COLLECTION_LIST)
    async def accept_debt_collection_list(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Approve a case that waits in the debt collection list.

        Once a debt collection notice (inkassovarsel) has run past its due date unpaid, a claim is ready for debt
        collection. Depending on a setting of the creditor it then goes on by itself, or waits in a list that empties
        itself after two to three working days unless the claim is paused or closed, or waits in a list until somebody
        approves it. A claim that is left in the list for more than 60 days is closed. This presumably approves a claim
        of that list; the cases meant are presumably those whose `subStatus` is `DEBT_COLLECTION_LIST_MANUAL`. Whether
        it takes one case or several is not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. What the list is, is told by Amili's
        help centre (article 46489819155729), which speaks of ERP clients, not of this API. In the documentation since
        2026-03.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            ACCEPT_DEBT_COLLECTION_LIST, organization_id, case_id, body=body, options=options
        )
        return response.parsed

    @operation(REJECT_DEBT_COLLECTION_LIST)
    async def reject_debt_collection_list(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Decline a case that waits in the debt collection list.

        Presumably declines a claim that waits in the list described under AcceptDebtCollectionList. What becomes of the
        claim then, whether it is closed or goes back a stage, is not known; nor is whether it takes one case or
        several.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. What the list is, is told by Amili's
        help centre (article 46489819155729), which speaks of ERP clients, not of this API. In the documentation since
        2026-03.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            REJECT_DEBT_COLLECTION_LIST, organization_id, case_id, body=body, options=options
        )
        return response.parsed

    @operation(PAUSE_CASE)
    async def pause_case(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Pause the collection of a case.

        The process stops, while interest goes on accruing every day. A claim that stays paused for more than 60 days is
        closed. ERP clients offer this only until the claim is registered as debt collection, and Amili's portal only to
        users with the Administrator or Write role; whether the API is bound by the same is not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help
        centre (articles 46489020013841, 46491031061265, 46489819155729, 47265175378833, 46132787980817), which speaks
        of ERP clients and the portal, not of this API. In the documentation since 2026-03.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(PAUSE_CASE, organization_id, case_id, body=body, options=options)
        return response.parsed

    @operation(WITHDRAW_CASE)
    async def withdraw_case(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """End Amili's collection of a case.

        Once a claim is at the debt collection stage, the costs that it has run up may be invoiced, presumably to the
        creditor. Amili's portal offers this only to users with the Administrator or Write role. Whether a withdrawn
        case can be taken up again is not known: take it as final.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help
        centre (articles 46489020013841, 46491031061265, 46132787980817), which speaks of ERP clients and the portal,
        not of this API. In the documentation since 2026-03.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(WITHDRAW_CASE, organization_id, case_id, body=body, options=options)
        return response.parsed

    @operation(RESUME_CASE)
    async def resume_case(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Go on with the collection of a paused case.

        ERP clients offer this only until the claim is registered as debt collection, and Amili's portal only to users
        with the Administrator or Write role; whether the API is bound by the same is not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is told by Amili's help
        centre (articles 46489020013841, 46491031061265, 46132787980817), which speaks of ERP clients and the portal,
        not of this API. In the documentation since 2026-03.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(RESUME_CASE, organization_id, case_id, body=body, options=options)
        return response.parsed

    @operation(ACCEPT_EVICTION_REQUEST)
    async def accept_eviction_request(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Accept the eviction request of a case.

        Eviction (fravikelse) presumably concerns claims for rent, in two steps: a request and later a confirmation,
        each of which the creditor accepts or rejects. This presumably accepts the request. What follows from it is not
        known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the
        name alone. In the documentation since 2026-spring.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            ACCEPT_EVICTION_REQUEST, organization_id, case_id, body=body, options=options
        )
        return response.parsed

    @operation(REJECT_EVICTION_REQUEST)
    async def reject_eviction_request(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Reject the eviction request of a case.

        Presumably rejects the request of the first step described under AcceptEvictionRequest. What follows from it is
        not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the
        name alone. In the documentation since 2026-spring.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            REJECT_EVICTION_REQUEST, organization_id, case_id, body=body, options=options
        )
        return response.parsed

    @operation(ACCEPT_EVICTION_CONFIRMATION)
    async def accept_eviction_confirmation(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Accept the eviction confirmation of a case.

        Presumably accepts the confirmation of the second step described under AcceptEvictionRequest. What follows from
        it is not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the
        name alone. In the documentation since 2026-spring.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            ACCEPT_EVICTION_CONFIRMATION, organization_id, case_id, body=body, options=options
        )
        return response.parsed

    @operation(REJECT_EVICTION_CONFIRMATION)
    async def reject_eviction_confirmation(
        self,
        organization_id: UUID | str,
        case_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Reject the eviction confirmation of a case.

        Presumably rejects the confirmation of the second step described under AcceptEvictionRequest. What follows from
        it is not known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page's menu has
        the name and the method; path and answer are by analogy with ResumeInvoice. The meaning is concluded from the
        name alone. In the documentation since 2026-spring.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            organization_id: The id that Amili issued for the organization.
            case_id: Id of the case. Inferred: not seen here in the current documentation.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(
            REJECT_EVICTION_CONFIRMATION, organization_id, case_id, body=body, options=options
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
        of a settlement were seen, not its remaining fields nor the paging part. In the documentation since 2025-09. The
        page was last modified on 2025-09-23.

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
        (webapiapibatch-4131300e0), which open with the same fields in the same order. In the documentation since
        2026-03.

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

    @operation(GET_BATCH_BY_ID_LEGACY)
    async def get_batch_by_id_legacy(
        self, batch_id: UUID | str, *, options: RequestOptions | None = None
    ) -> BatchResponse:
        """Read one batch without naming its organization.

        Use GetBatchById. The documentation lists this as "GetBatchById - Legacy (To be removed)".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
        those that GetBatchById had in 2025-09; its own page, under the present title, was not seen. That the title
        means this path is concluded. The answer is taken to be that of GetBatchById. In the documentation since
        2025-09.

        Documentation:
        - https://docs.amili.dev/getbatchbyid-3939029e0
        - https://docs.amili.dev/get-batch-by-id-3939029e0
        - https://docs.amili.dev/example-workflow-359631m0

        Args:
            batch_id: The batch, as named by the answer to the write.
            options: Settings for this call alone.

        Returns:
            The batch, ended or not. Taken to be what GetBatchById answers. Its shape is inferred.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_BATCH_BY_ID_LEGACY, batch_id, options=options)
        return response.parsed

    @operation(GET_ALL_BATCHES)
    async def get_all_batches(
        self,
        *,
        state: BatchStatus | str | None = None,
        type: BatchType | str | None = None,
        page_token: str | None = None,
        page_size: int | None = None,
        sort_direction: str | None = None,
        options: RequestOptions | None = None,
    ) -> BatchList:
        """List all batches, page by page.

        Use GetBatchesByOrganization. Whose batches are listed is not said; presumably those of every organization that
        the token may see. All filters are taken to be optional. The documentation's title was "Get all batches".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: documented (method, path and body shape are printed). Printed in 2025-09 and gone since. The error
        statuses and the parameter types were not seen. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-all-batches-3939027e0

        Args:
            state: Only batches of this status (the parameter is called state, the field status). Type and meaning are
                inferred.
            type: Only batches of this type. Type and meaning are inferred.
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
            GET_ALL_BATCHES,
            state=state,
            type=type,
            page_token=page_token,
            page_size=page_size,
            sort_direction=sort_direction,
            options=options,
        )
        return response.parsed

    @operation(GET_INVOICE_PAYMENTS)
    async def get_invoice_payments(
        self, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read the payments of an invoice.

        The documentation's title was "Get invoice payments by invoice id". What a payment looks like, and whether the
        answer comes in pages, is not known.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Printed in 2025-09
        and gone since. The page was cut inside the statuses: the body of the answer and the statuses after 404 were not
        seen. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-invoice-payments-by-invoice-id-3939022e0

        Args:
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
        response = await self._client.call(GET_INVOICE_PAYMENTS, organization_id, invoice_id, options=options)
        return response.parsed

    @operation(GET_INVOICE_DOCUMENTS)
    async def get_invoice_documents(
        self, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read the documents of an invoice.

        The documentation's title was "Get invoice documents by invoice id". Whether the answer lists documents or holds
        their contents is not known.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and
        method stand in the page's menu, in 2025-09, and are gone since. The path is by analogy with GetInvoicePayments.
        In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

        Args:
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
        response = await self._client.call(GET_INVOICE_DOCUMENTS, organization_id, invoice_id, options=options)
        return response.parsed

    @operation(GET_INVOICE_HISTORY)
    async def get_invoice_history(
        self, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read the history of an invoice.

        The documentation's title was "Get invoice history by invoice id".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and
        method stand in the page's menu, in 2025-09, and are gone since. The path is by analogy with GetInvoicePayments.
        In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

        Args:
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
        response = await self._client.call(GET_INVOICE_HISTORY, organization_id, invoice_id, options=options)
        return response.parsed

    @operation(PAUSE_INVOICE)
    async def pause_invoice(
        self,
        organization_id: UUID | str,
        invoice_id: UUID | str,
        *,
        body: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Pause the collection of an invoice.

        PauseCase has taken its place, and tells what pausing means. The documentation's title was "Pause invoice".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and
        method stand in the page's menu, in 2025-09, and are gone since. The rest is by analogy with ResumeInvoice. In
        the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

        Args:
            organization_id: The id that Amili issued for the organization.
            invoice_id: Amili's id of the invoice.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(PAUSE_INVOICE, organization_id, invoice_id, body=body, options=options)
        return response.parsed

    @operation(WITHDRAW_INVOICE)
    async def withdraw_invoice(
        self,
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

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only title and
        method stand in the page's menu, in 2025-09, and are gone since. The rest is by analogy with ResumeInvoice. In
        the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-organization-invoices-3939018e0

        Args:
            organization_id: The id that Amili issued for the organization.
            invoice_id: Amili's id of the invoice.
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(WITHDRAW_INVOICE, organization_id, invoice_id, body=body, options=options)
        return response.parsed

    @operation(RESUME_INVOICE)
    async def resume_invoice(
        self, organization_id: UUID | str, invoice_id: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Go on with the collection of a paused invoice.

        ResumeCase has taken its place. It takes no body and answers without one. The documentation's title was "Resume
        invoice".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: documented (method, path and body shape are printed). Printed in 2025-09 and gone since. In the
        documentation since 2025-09.

        Documentation: https://docs.amili.dev/resume-invoice-3939025e0

        Args:
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
        response = await self._client.call(RESUME_INVOICE, organization_id, invoice_id, options=options)
        return response.parsed

    @operation(PING)
    async def ping(self, *, options: RequestOptions | None = None) -> Any:
        """Ask whether the API answers.

        The documentation's title was "Ping the server". Whether it needs a token is not known.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the
        documentation since 2025-09.

        Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            options: Settings for this call alone.

        Returns:
            The answer. Its shape is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(PING, options=options)
        return response.parsed

    @operation(PING_AUTHORIZED)
    async def ping_authorized(self, *, options: RequestOptions | None = None) -> Any:
        """Ask whether the API accepts the token.

        The documentation's title was "Ping the server to check if authorized".

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the
        documentation since 2025-09.

        Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            options: Settings for this call alone.

        Returns:
            The answer. Its shape is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(PING_AUTHORIZED, options=options)
        return response.parsed

    @operation(GET_HEALTH)
    async def get_health(self, *, options: RequestOptions | None = None) -> Any:
        """Ask for the health of the API.

        The documentation's title was "Check the status of the API health". The health check that the newest menu names
        belongs to Accounts Receivable.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the
        documentation since 2025-09.

        Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            options: Settings for this call alone.

        Returns:
            The answer. Its shape is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_HEALTH, options=options)
        return response.parsed

    @operation(GET_ORGANIZATION_REPORTS)
    async def get_organization_reports(
        self, organization_id: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read the reports of an organization.

        The documentation's title was "Get reports on a organization". What is reported, and which parameters there are,
        is not known.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu, in 2025-09, and is gone since. Method and path are concluded from it. In the
        documentation since 2025-09.

        Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            organization_id: The id that Amili issued for the organization.
            options: Settings for this call alone.

        Returns:
            The answer. Its shape is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_ORGANIZATION_REPORTS, organization_id, options=options)
        return response.parsed

    @operation(CALL_BANQ_SOFT)
    async def call_banq_soft(self, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None) -> Any:
        """Call BanqSoft.

        The documentation's title was "banqsoft". What it does, and to what, is not known: do not call it unless Amili
        has told you to.

        Deprecated: dropped by the documentation, or marked for removal.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu, in 2025-09, and is gone since. Method and path are guesses. In the documentation
        since 2025-09.

        Documentation: https://docs.amili.dev/retrieve-settlements-from-an-organization-3939011e0

        Args:
            body: Whether there is a body, and what it holds, is not known. Whatever is given is sent as it is.
            options: Settings for this call alone.

        Returns:
            Presumably accepted for processing. Whether there is a body is not known: ResumeInvoice answered without
            one, newer writes answer with a batch reference. So this is None, or the reference as plain JSON values with
            the batch's id in `data.batchId`. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(CALL_BANQ_SOFT, body=body, options=options)
        return response.parsed
