# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Accounts Receivable API: the namespace that a client offers as `.receivables`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amili_async.endpoints.receivables._operations import (
    CREATE_ACTION,
    CREATE_AUTO_POSTINGS,
    CREATE_CUSTOMER,
    CREATE_CUSTOMER_BATCH,
    CREATE_DOCUMENT,
    CREATE_DOCUMENT_BATCH,
    CREATE_PAYMENT_RESERVATION,
    CREATE_REPORTS_ACTION,
    DELETE_CUSTOMER,
    GET_AR_BATCH,
    GET_AR_HEALTH,
    GET_AR_ITEM,
    GET_CLIENT_CONFIG,
    GET_CODES,
    GET_CUSTOMER,
    GET_DOCUMENT,
    GET_DOCUMENT_BUNDLE,
    GET_FILE,
    GET_GL_ITEM,
    GET_LATEST_CLOSED_GL_MOVEMENT,
    GET_LOG_ITEM,
    LIST_ADB_INTERVALS,
    LIST_AR_ITEMS,
    LIST_CLIENT_CONFIGS,
    LIST_CUSTOMERS,
    LIST_DOCUMENT_BUNDLES,
    LIST_DOCUMENTS,
    LIST_FILES,
    LIST_GL_ITEMS,
    LIST_GL_MOVEMENTS,
    LIST_LOG_ITEMS,
    UPDATE_AR_ITEM,
    UPDATE_CUSTOMER,
    UPDATE_CUSTOMER_BATCH,
    UPLOAD_FILES,
)
from amili_async.models.receivables import (
    AdbIntervalList,
    ArItem,
    ArItemList,
    ClientConfigList,
    Customer,
    CustomerList,
    CustomerWrite,
    Document,
    DocumentBatchRequest,
    DocumentBundleList,
    DocumentList,
    FileList,
    GlItem,
    GlItemList,
    GlMovementList,
    LogItemList,
    PaymentReservationRequest,
)
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = ["Receivables"]


class Receivables:
    """Amili Accounts Receivable API: a method per operation.

    Least is known of this product. What could be read of its pages is the 2025-09 edition (told by its menu, for no
    page of this product shows a date), and that in part; of the newest edition only the titles, which name more
    operations. That paths are still the same is concluded from equal titles. Operations have no names of their own in
    this documentation: the ids here are made from the titles.

    Names in URLs are in small letters throughout (`clientno`), names in bodies are not (`clientNo`); in Python both are
    `client_no`. Values do not depend on case, except UUIDs. Amounts are JSON numbers in major units (4500.00 kroner,
    not øre); a day is a plain date, and an instant was not seen anywhere. Objects are open, and codes are plain
    strings, since none of their value sets was seen.

    Lists answer with `summary`, which holds a `queryId` for a query that the server remembers: a further page is asked
    for with `query` and `pageno` alone, without filters and sizes. How long a query is remembered is not known. A page
    size below 5 is said to be replaced by 10, though the printed answer has pages of 2. No rate limit and no error body
    was seen.
    """

    __slots__ = ("_client",)

    def __init__(self, client: Requester) -> None:
        self._client = client

    @operation(CREATE_ACTION)
    async def create_action(
        self, client_no: int, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None
    ) -> Any:
        """Create an action.

        The documentation's title, "POST (create) an action", is all that is known. Which actions there are is not.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings.
        In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The action, in a shape that is not known.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(CREATE_ACTION, client_no, body=body, options=options)
        return response.parsed

    @operation(CREATE_REPORTS_ACTION)
    async def create_reports_action(
        self, client_no: int, *, body: dict[str, Any] | None = None, options: RequestOptions | None = None
    ) -> Any:
        """Create a reports action, that is, have a report made.

        The documentation's title, "POST (create) a reports action/generate a report", is all that is known. How the
        report is handed over is not.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/post-create-a-reports-actiongenerate-a-report-4205259e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: What to report, in a shape that is not known.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(CREATE_REPORTS_ACTION, client_no, body=body, options=options)
        return response.parsed

    @operation(LIST_AR_ITEMS)
    async def list_ar_items(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> ArItemList:
        """List AR items, page by page.

        The list can be filtered; the names of the filters, and those of the header parameters, were not seen. The
        documentation's title is "GET a list of AR items".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and limits are
        those of 2025-09; the newest page shows its title only. No answer was seen: its summary is taken from
        ListCustomers, the name of its list from the naming rule. The statuses after 200 were cut. In the documentation
        since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-a-list-of-ar-items-4205260e0
        - https://docs.amili.dev/get-a-list-of-ar-items-3942665e0
        - https://docs.amili.dev/about-355476m0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most items that the query gives, all pages together. At most 10000. The server takes 10000 if
                nothing is given. Type and meaning are inferred.
            page_size: Items per page. At most 1000. The server takes 100 if nothing is given. Type and meaning are
                inferred.
            query: The `queryId` of the first page, to get a further one. Taken from ListCustomers. Inferred: not seen
                here in the current documentation.
            page_no: Number of the further page; the first is 1. Taken from ListCustomers. Inferred: not seen here in
                the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of AR items.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            LIST_AR_ITEMS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(UPDATE_AR_ITEM)
    async def update_ar_item(
        self, client_no: int, *, body: dict[str, Any], options: RequestOptions | None = None
    ) -> Any:
        """Change details of an AR item, or credit an invoice or an interest note.

        The item is not in the path, so the body presumably names it. Since the same call can create a credit note, it
        must not be repeated blindly: look at the item first. The documentation's title is "PUT (update) ar item
        details".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The path and the
        statuses are those of 2025-09. Of request and answer only that they are JSON was seen. In the documentation
        since 2025-09.

        Documentation: https://docs.amili.dev/put-update-ar-item-details-3942666e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: Which item, and what to change; the names are not known. A sister operation names an item by
                `arItemId`, `documentNo`, `documentUuid`, `referenceNo` or `kid`.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that was not seen. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(UPDATE_AR_ITEM, client_no, body=body, options=options)
        return response.parsed

    @operation(GET_AR_ITEM)
    async def get_ar_item(
        self,
        client_no: int,
        ar_item_id: str,
        *,
        expand: str | None = None,
        user_id: str | None = None,
        accept_language: str | None = None,
        options: RequestOptions | None = None,
    ) -> ArItem:
        """Read one AR item.

        What the answer holds depends on `expand`. The documentation's title is "GET one AR item".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, query and
        statuses are those of 2025-09; the newest page shows its title only. The body was not seen. Of the header
        parameter the first two letters were seen. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-one-ar-item-4205262e0
        - https://docs.amili.dev/get-one-ar-item-3942664e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            ar_item_id: Id of the AR item. Whether a number or a word is not known. Type and meaning are inferred.
            expand: What to add to the answer. The values it takes are not known. Type and meaning are inferred.
            user_id: Presumably the user on whose behalf it is read. Type and meaning are inferred.
            accept_language: Presumably the language of texts in the answer. The values it takes are not known.
                Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            The AR item.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            GET_AR_ITEM,
            client_no,
            ar_item_id,
            expand=expand,
            user_id=user_id,
            accept_language=accept_language,
            options=options,
        )
        return response.parsed

    @operation(CREATE_AUTO_POSTINGS)
    async def create_auto_postings(
        self, client_no: int, auto_posting_method: str, *, body: Any, options: RequestOptions | None = None
    ) -> Any:
        """Carry out one or more auto postings.

        An auto posting is all the debit and credit entries that follow from one event. It is all or nothing: if one
        posting fails, all are refused and count as `FAILED`, and those that were valid by themselves are marked with
        the `resultType` `BATCH-REJECTED`. So read the results, whatever the status. A posting can carry `validateOnly`;
        if one does, all of the request are affected, presumably by being checked and not booked. The documentation's
        title is "POST (create) one or more auto postings".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are
        those of 2025-09; the newest page shows its title only. Neither body nor the statuses were seen, and the rule
        about validateOnly was cut. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/post-create-one-or-more-auto-postings-4205263e0
        - https://docs.amili.dev/post-create-one-or-more-auto-postings-3942671e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            auto_posting_method: Presumably the kind of posting. The values it takes are not known. Type and meaning are
                inferred.
            body: The postings, in a shape that was not seen.
            options: Settings for this call alone.

        Returns:
            What became of each posting, in a shape that was not seen. That the status is 200 is taken from its
            siblings. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(
            CREATE_AUTO_POSTINGS, client_no, auto_posting_method, body=body, options=options
        )
        return response.parsed

    @operation(GET_AR_BATCH)
    async def get_ar_batch(
        self, client_no: int, batch_uuid: UUID | str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read one batch that is carried out later.

        Three statuses are a success, and what each says is not explained. A working reading by their names: 200 when it
        has ended, 202 while it has not, 206 when it has ended and a part was refused; an error of 406 when nothing was
        accepted. So look at the status beside the body, and have this reading confirmed before you rely on it.
        Presumably this is where the batches of customers and of documents are read. The documentation's title is "GET
        one batch".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
        those of 2025-09; the newest page shows its title only. No body was seen; those of 202 and 206 are taken to be
        JSON, as that of 200 is. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-one-batch-4205264e0
        - https://docs.amili.dev/get-one-batch-3942681e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            batch_uuid: The batch. That it is a UUID is concluded from the name. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            - 200: The batch, presumably ended. Given as plain JSON values.
            - 202: The batch, presumably not ended yet. Given as plain JSON values.
            - 206: The batch, presumably ended with a part of it refused. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_AR_BATCH, client_no, batch_uuid, options=options)
        return response.parsed

    @operation(LIST_CLIENT_CONFIGS)
    async def list_client_configs(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> ClientConfigList:
        """List the client's settings, page by page.

        The documentation's title, "GET a list of client config values", is all that is known. That the list has pages
        is taken from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; path and name of the list are built by the naming rule
        of its siblings, paging is that of ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most settings that the query gives, all pages together. Default and upper limit are not
                known. Inferred: not seen here in the current documentation.
            page_size: Settings per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of settings.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_CLIENT_CONFIGS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_CLIENT_CONFIG)
    async def get_client_config(self, client_no: int, key: str, *, options: RequestOptions | None = None) -> Any:
        """Read the values of one of the client's settings.

        The documentation's title, "GET values for one client config key", is all that is known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-values-for-one-client-config-key-4205266e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            key: Key of the setting. The keys are not known. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            The values, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_CLIENT_CONFIG, client_no, key, options=options)
        return response.parsed

    @operation(GET_CODES)
    async def get_codes(self, client_no: int, *, options: RequestOptions | None = None) -> Any:
        """Read the values of ARM's system codes.

        The documentation's title, "GET ARM system code values", is all that is known. The codes in customers and
        documents are presumably among them.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings.
        In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            options: Settings for this call alone.

        Returns:
            The values, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_CODES, client_no, options=options)
        return response.parsed

    @operation(CREATE_CUSTOMER)
    async def create_customer(
        self, client_no: int, *, body: CustomerWrite, options: RequestOptions | None = None
    ) -> Any:
        """Create a customer, or update the one that exists.

        The customer is checked and stored at once, and can be used straight away. One that exists is updated by the
        rules of UpdateCustomer, so the call can be repeated. The documentation's title is "POST (create) one customer".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are
        those of 2025-09; the newest page shows its title only. The fields are those that ListCustomers prints; which of
        them can be written, the statuses and the answer were not seen. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/post-create-one-customer-4205268e0
        - https://docs.amili.dev/post-create-one-customer-3942680e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The customer.
            options: Settings for this call alone.

        Returns:
            Status and result, in a shape that was not seen. That the status is 200 is taken from its siblings. Given as
            plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(CREATE_CUSTOMER, client_no, body=body, options=options)
        return response.parsed

    @operation(UPDATE_CUSTOMER)
    async def update_customer(
        self, client_no: int, *, body: CustomerWrite, options: RequestOptions | None = None
    ) -> Any:
        """Update a customer.

        The customer is not in the path, so the body presumably names it by `customerNo`. A field that is left out, or
        null, keeps its stored value; an empty string is a value and clears it. The postal address is an exception: as
        soon as one of its fields is sent, all of them are written, so always send it whole. The change takes effect at
        once. The documentation's title is "PUT (update) one customer".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are
        those of 2025-09; the newest page shows its title only. The fields are those that ListCustomers prints; the
        statuses and the answer were not seen. Repeating it writes the same values again. In the documentation since
        2025-09.

        Documentation:
        - https://docs.amili.dev/put-update-one-customer-4205269e0
        - https://docs.amili.dev/put-update-one-customer-3942678e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: Which customer, and what to change.
            options: Settings for this call alone.

        Returns:
            The result, in a shape that was not seen. That the status is 200 is taken from its siblings. Given as plain
            JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(UPDATE_CUSTOMER, client_no, body=body, options=options)
        return response.parsed

    @operation(LIST_CUSTOMERS)
    async def list_customers(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> CustomerList:
        """List customers, page by page.

        The list can be filtered; the names of the filters were not seen. The documentation's title is "GET a list of
        customers".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, limits and
        answer are those of 2025-09, whose example was read up to the name of the second customer; the newest page shows
        its title only. The paging parameters are read off the links in the answer. The statuses were not seen. In the
        documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-a-list-of-customers-4205270e0
        - https://docs.amili.dev/get-a-list-of-customers-3942679e0
        - https://docs.amili.dev/about-355476m0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most customers that the query gives, all pages together. At most 10000. The server takes
                10000 if nothing is given. Type and meaning are inferred.
            page_size: Customers per page. At most 1000. The server takes 100 if nothing is given. Type and meaning are
                inferred.
            query: The `queryId` of the first page, to get a further one. Type and meaning are inferred.
            page_no: Number of the further page; the first is 1. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            One page of customers.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            LIST_CUSTOMERS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_CUSTOMER)
    async def get_customer(
        self, client_no: int, customer_no: str, *, options: RequestOptions | None = None
    ) -> Customer:
        """Read one customer.

        There are query and header parameters, whose names were not seen. The documentation's title is "GET one
        customer".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
        those of 2025-09; the newest page shows its title only. The body was not seen; it is taken to be an item of
        ListCustomers. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-one-customer-4205271e0
        - https://docs.amili.dev/get-one-customer-3942674e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            customer_no: Number of the customer, not of its account. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            The customer. Its shape is inferred.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_CUSTOMER, client_no, customer_no, options=options)
        return response.parsed

    @operation(DELETE_CUSTOMER)
    async def delete_customer(self, client_no: int, customer_no: str, *, options: RequestOptions | None = None) -> Any:
        """Delete a customer that has neither documents nor AR items.

        There are query parameters, whose names were not seen. If the answer to a delete was lost and the request is
        repeated, 404 presumably says that it had been carried out. The documentation's title is "DELETE a customer".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, rule and
        statuses are those of 2025-09; the newest page shows its title only. The body was not seen. It counts as
        repeatable because it names its customer and a customer that is gone cannot be deleted a second time. In the
        documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/delete-a-customer-4205272e0
        - https://docs.amili.dev/delete-a-customer-3942675e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            customer_no: Number of the customer, not of its account. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            The result, in a shape that was not seen. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(DELETE_CUSTOMER, client_no, customer_no, options=options)
        return response.parsed

    @operation(CREATE_CUSTOMER_BATCH)
    async def create_customer_batch(self, client_no: int, *, body: Any, options: RequestOptions | None = None) -> Any:
        """Create many customers at once.

        Presumably carried out later, like UpdateCustomerBatch. How the answer names its batch is not known. The
        documentation's title is "POST (create) a batch of customers".

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is that of UpdateCustomerBatch. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/post-create-a-batch-of-customers-4205273e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: Presumably a list of customers (CustomerWrite), bare or inside an object.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that is not known. The status is not known either. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(CREATE_CUSTOMER_BATCH, client_no, body=body, options=options)
        return response.parsed

    @operation(UPDATE_CUSTOMER_BATCH)
    async def update_customer_batch(self, client_no: int, *, body: Any, options: RequestOptions | None = None) -> Any:
        """Update many customers at once.

        Unlike UpdateCustomer, which takes effect at once, presumably carried out later and read with GetArBatch. How
        the answer names the batch, and how many customers one may hold, is not known. The documentation's title is "PUT
        (update) a batch of customers".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and purpose are
        those of 2025-09. The body is a list of customers, but whether a bare one was not seen, nor were the statuses
        and the answer. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/put-update-a-batch-of-customers-3942677e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: A list of customers (CustomerWrite), bare or inside an object: which of the two was not seen.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that was not seen. The status was not seen either. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(UPDATE_CUSTOMER_BATCH, client_no, body=body, options=options)
        return response.parsed

    @operation(LIST_DOCUMENT_BUNDLES)
    async def list_document_bundles(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> DocumentBundleList:
        """List document bundles, page by page.

        The documentation's title, "GET a list of document bundles", is all that is known. That the list has pages is
        taken from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; path and name of the list are built by the naming rule
        of its siblings, paging is that of ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most bundles that the query gives, all pages together. Default and upper limit are not known.
                Inferred: not seen here in the current documentation.
            page_size: Bundles per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of document bundles.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_DOCUMENT_BUNDLES,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_DOCUMENT_BUNDLE)
    async def get_document_bundle(
        self, client_no: int, document_bundle_id: str, *, options: RequestOptions | None = None
    ) -> Any:
        """Read one document bundle.

        The documentation's title, "GET one document bundle", is all that is known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-one-document-bundle-4205276e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            document_bundle_id: Id of the bundle. Whether a number or a word is not known. Inferred: not seen here in
                the current documentation.
            options: Settings for this call alone.

        Returns:
            The bundle, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_DOCUMENT_BUNDLE, client_no, document_bundle_id, options=options)
        return response.parsed

    @operation(CREATE_DOCUMENT)
    async def create_document(
        self, client_no: int, *, body: dict[str, Any], options: RequestOptions | None = None
    ) -> Any:
        """Create one document.

        Presumably takes one of the documents that CreateDocumentBatch takes, with the same metadata. How the two are
        nested is not known, so the body is any object. The documentation's title is "POST (create) one document".

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The pages show
        their titles only; the path is concluded from those of GetDocument and CreateDocumentBatch. In the documentation
        since 2025-09.

        Documentation:
        - https://docs.amili.dev/post-create-one-document-4205277e0
        - https://docs.amili.dev/post-create-one-document-3942669e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The document, in a shape that is not known.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
            UnverifiedOperationError: The path is only assumed; set `allow_unverified` to try it.
        """
        response = await self._client.call(CREATE_DOCUMENT, client_no, body=body, options=options)
        return response.parsed

    @operation(LIST_DOCUMENTS)
    async def list_documents(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> DocumentList:
        """List documents, page by page.

        The documentation's title, "GET a list of documents", is all that is known. That the list has pages is taken
        from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The pages show
        their titles only; the path is concluded from those of GetDocument and CreateDocumentBatch, the name of the list
        from the naming rule, paging is that of ListCustomers. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-a-list-of-documents-4205278e0
        - https://docs.amili.dev/get-a-list-of-documents-3942670e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most documents that the query gives, all pages together. Default and upper limit are not
                known. Inferred: not seen here in the current documentation.
            page_size: Documents per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of documents.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_DOCUMENTS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_DOCUMENT)
    async def get_document(
        self, client_no: int, document_no: str, *, options: RequestOptions | None = None
    ) -> Document:
        """Read one document.

        What the answer holds depends on the type of document and on an `expand` parameter. That parameter, the other
        query parameters and the header parameters exist, but how they are spelt and what they take was not seen. The
        documentation's title is "GET one document".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
        those of 2025-09. No body was seen. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/get-one-document-3942667e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            document_no: Number of the document, not its id. Type and meaning are inferred.
            options: Settings for this call alone.

        Returns:
            The document.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(GET_DOCUMENT, client_no, document_no, options=options)
        return response.parsed

    @operation(CREATE_DOCUMENT_BATCH)
    async def create_document_batch(
        self, client_no: int, *, body: DocumentBatchRequest, options: RequestOptions | None = None
    ) -> Any:
        """Create many documents at once.

        Presumably carried out later and read with GetArBatch. How the answer names its batch, and how many documents
        one may hold, is not known. The documentation's title is "POST (create) a batch of documents".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and request are
        those of 2025-09, whose example was read up to the beginning of the second document. Neither statuses nor answer
        were seen. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/post-create-a-batch-of-documents-3942668e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The documents.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that was not seen. The status was not seen either. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(CREATE_DOCUMENT_BATCH, client_no, body=body, options=options)
        return response.parsed

    @operation(LIST_FILES)
    async def list_files(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> FileList:
        """List one or more files, page by page.

        The documentation's title, "GET one or more OS files", is all that is known. Whether it gives the files or only
        their names, and whether it has pages, is not.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is that of UploadFiles, the name of the list is built by the naming rule, paging is that of
        ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-one-or-more-os-files-4205281e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most files that the query gives, all pages together. Default and upper limit are not known.
                Inferred: not seen here in the current documentation.
            page_size: Files per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of files.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_FILES,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(UPLOAD_FILES)
    async def upload_files(self, client_no: int, *, body: Any, options: RequestOptions | None = None) -> Any:
        """Upload one or more files.

        The body is JSON, so the content of a file presumably stands in it as base64. Which kinds of file a client may
        upload is set up by Amili for that client. A status of 207 is a success in part: read the result of each file.
        The documentation's title is "POST (upload) one or more OS files".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, content type
        and statuses are those of 2025-09. Neither the request's fields nor the answers' were seen; what 207 means is
        concluded from its name. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/post-upload-one-or-more-os-files-3942683e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The files, in a shape that was not seen.
            options: Settings for this call alone.

        Returns:
            - 200: All files were taken in. The body's shape was not seen. Given as plain JSON values.
            - 207: Presumably some files were taken in and some were not, with a result for each. The body was not seen.
              Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(UPLOAD_FILES, client_no, body=body, options=options)
        return response.parsed

    @operation(GET_FILE)
    async def get_file(self, client_no: int, file_id: str, *, options: RequestOptions | None = None) -> Any:
        """Read one file.

        The documentation's title, "GET one OS file", is all that is known. Whether the answer is JSON or the file
        itself is not.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; the path is concluded from that of UploadFiles. In the
        documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            file_id: Id of the file. Whether a number or a word is not known. Inferred: not seen here in the current
                documentation.
            options: Settings for this call alone.

        Returns:
            The file, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_FILE, client_no, file_id, options=options)
        return response.parsed

    @operation(GET_GL_ITEM)
    async def get_gl_item(
        self,
        client_no: int,
        gl_item_id: str,
        *,
        accept_language: str | None = None,
        options: RequestOptions | None = None,
    ) -> GlItem:
        """Read one GL item.

        The documentation's title is "Get one GL item".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, header and
        statuses are those of 2025-09; the newest page was cut inside its path. No body was seen. In the documentation
        since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-one-gl-item-4205284e0
        - https://docs.amili.dev/get-one-gl-item-3942672e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            gl_item_id: Id of the GL item. Whether a number or a word is not known. Type and meaning are inferred.
            accept_language: Presumably the language of texts in the answer. The values it takes are not known. Type and
                meaning are inferred.
            options: Settings for this call alone.

        Returns:
            The GL item.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            GET_GL_ITEM, client_no, gl_item_id, accept_language=accept_language, options=options
        )
        return response.parsed

    @operation(LIST_GL_ITEMS)
    async def list_gl_items(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> GlItemList:
        """List GL items, page by page.

        The list can be filtered; the names of the filters were not seen. The documentation's title is "GET a list of GL
        items".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and limits are
        those of 2025-09. No answer was seen: its summary is taken from ListCustomers, the name of its list from the
        naming rule. The statuses after 403 were cut. In the documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/get-a-list-of-gl-items-3942673e0
        - https://docs.amili.dev/about-355476m0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most items that the query gives, all pages together. At most 10000. The server takes 10000 if
                nothing is given. Type and meaning are inferred.
            page_size: Items per page. At most 1000. The server takes 100 if nothing is given. Type and meaning are
                inferred.
            query: The `queryId` of the first page, to get a further one. Taken from ListCustomers. Inferred: not seen
                here in the current documentation.
            page_no: Number of the further page; the first is 1. Taken from ListCustomers. Inferred: not seen here in
                the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of GL items.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
        """
        response = await self._client.call(
            LIST_GL_ITEMS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_LATEST_CLOSED_GL_MOVEMENT)
    async def get_latest_closed_gl_movement(self, client_no: int, *, options: RequestOptions | None = None) -> Any:
        """Read the movement and balance of the latest closed year and period.

        The documentation's title, "Get movement/balance for the latest closed GL year/period", is all that is known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; the path is built by the naming rule of its siblings. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-movementbalance-for-the-latest-closed-gl-yearperiod-4205286e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            options: Settings for this call alone.

        Returns:
            The movement and balance, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_LATEST_CLOSED_GL_MOVEMENT, client_no, options=options)
        return response.parsed

    @operation(LIST_GL_MOVEMENTS)
    async def list_gl_movements(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> GlMovementList:
        """List movements and balances, page by page.

        The documentation's title, "GET a list of GL movements/balances", is all that is known. That the list has pages
        is taken from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; path and name of the list are built by the naming rule of its siblings, paging is that of
        ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-a-list-of-gl-movementsbalances-4205287e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most movements that the query gives, all pages together. Default and upper limit are not
                known. Inferred: not seen here in the current documentation.
            page_size: Movements per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of movements and balances.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_GL_MOVEMENTS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(LIST_ADB_INTERVALS)
    async def list_adb_intervals(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> AdbIntervalList:
        """List the intervals of the age distributed balance, page by page.

        The documentation's title, "GET a list of ADB intervals", is all that is known. That the list has pages is taken
        from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; path and name of the list are built by the naming rule of its siblings, paging is that of
        ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-a-list-of-adb-intervals-4205288e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most intervals that the query gives, all pages together. Default and upper limit are not
                known. Inferred: not seen here in the current documentation.
            page_size: Intervals per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of intervals.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_ADB_INTERVALS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(GET_LOG_ITEM)
    async def get_log_item(self, client_no: int, log_item_id: str, *, options: RequestOptions | None = None) -> Any:
        """Read one log item.

        The documentation's title, "GET one log item", is all that is known.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title,
        which begins with the method, stands in the page's menu; the path is built by the naming rule of its siblings.
        In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            log_item_id: Id of the log item. Whether a number or a word is not known. Inferred: not seen here in the
                current documentation.
            options: Settings for this call alone.

        Returns:
            The log item, in a shape that is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_LOG_ITEM, client_no, log_item_id, options=options)
        return response.parsed

    @operation(LIST_LOG_ITEMS)
    async def list_log_items(
        self,
        client_no: int,
        *,
        maximum_count: int | None = None,
        page_size: int | None = None,
        query: str | None = None,
        page_no: int | None = None,
        options: RequestOptions | None = None,
    ) -> LogItemList:
        """List log items, page by page.

        The documentation's title, "GET a list of log items", is all that is known. That the list has pages is taken
        from its siblings.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
        title only; path and name of the list are built by the naming rule of its siblings, paging is that of
        ListCustomers. In the documentation since 2026-05.

        Documentation: https://docs.amili.dev/get-a-list-of-log-items-4205290e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            maximum_count: Most log items that the query gives, all pages together. Default and upper limit are not
                known. Inferred: not seen here in the current documentation.
            page_size: Log items per page. Default and upper limit are not known. Inferred: not seen here in the current
                documentation.
            query: The `queryId` of the first page, to get a further one. Inferred: not seen here in the current
                documentation.
            page_no: Number of the further page; the first is 1. Inferred: not seen here in the current documentation.
            options: Settings for this call alone.

        Returns:
            One page of log items.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(
            LIST_LOG_ITEMS,
            client_no,
            maximum_count=maximum_count,
            page_size=page_size,
            query=query,
            page_no=page_no,
            options=options,
        )
        return response.parsed

    @operation(CREATE_PAYMENT_RESERVATION)
    async def create_payment_reservation(
        self, client_no: int, *, body: PaymentReservationRequest, options: RequestOptions | None = None
    ) -> Any:
        """Reserve a payment for a document's AR item, or for a customer.

        At least one field must say what it is for. `paymentId` must be unique, but what a repeated one is answered with
        was not seen: so the call counts as one that must not be repeated blindly. The documentation's title is "POST
        (create) a new payment reservation".

        Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are
        those of 2025-09; the newest page shows its title only. The rule about paymentId was cut after its first words.
        Types, the amount and whatever else a reservation holds, the statuses and the answer were not seen. In the
        documentation since 2025-09.

        Documentation:
        - https://docs.amili.dev/post-create-a-new-payment-reservation-4205291e0
        - https://docs.amili.dev/creates-a-new-payment-reservation-3942682e0

        Args:
            client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
            body: The reservation.
            options: Settings for this call alone.

        Returns:
            What became of it, in a shape that was not seen. The status was not seen either. Given as plain JSON values.

        Raises:
            RequestError: An argument or the body cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            OutcomeUnknownError: The request may have been acted on: look before sending it again.
        """
        response = await self._client.call(CREATE_PAYMENT_RESERVATION, client_no, body=body, options=options)
        return response.parsed

    @operation(GET_AR_HEALTH)
    async def get_ar_health(self, *, options: RequestOptions | None = None) -> Any:
        """Ask how the service is.

        The documentation's title, "Check API health", is all that is known. Whether it asks for a token is not.

        Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title
        stands in the page's menu; method and path are concluded from the title. In the documentation since 2025-09.

        Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

        Args:
            options: Settings for this call alone.

        Returns:
            It is there. What the answer holds is not known. Given as plain JSON values.

        Raises:
            RequestError: An argument cannot be sent; nothing has left.
            ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
            TransportError: The API was not reached, or the answer broke off.
            UnverifiedOperationWarning: Once per process: the path is only assumed.
        """
        response = await self._client.call(GET_AR_HEALTH, options=options)
        return response.parsed
