# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Those who owe the client.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import (
    CREATE_CUSTOMER,
    CREATE_CUSTOMER_BATCH,
    DELETE_CUSTOMER,
    GET_CUSTOMER,
    LIST_CUSTOMERS,
    UPDATE_CUSTOMER,
    UPDATE_CUSTOMER_BATCH,
)
from amili_async.models.receivables import Customer, CustomerList, CustomerWrite
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_customer",
    "create_customer_batch",
    "delete_customer",
    "get_customer",
    "list_customers",
    "update_customer",
    "update_customer_batch",
]


@operation(CREATE_CUSTOMER)
async def create_customer(
    client: Requester, client_no: int, *, body: CustomerWrite, options: RequestOptions | None = None
) -> Any:
    """Create a customer, or update the one that exists.

    The customer is checked and stored at once, and can be used straight away. One that exists is updated by the rules
    of UpdateCustomer, so the call can be repeated. The documentation's title is "POST (create) one customer".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are those
    of 2025-09; the newest page shows its title only. The fields are those that ListCustomers prints; which of them can
    be written, the statuses and the answer were not seen. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/post-create-one-customer-4205268e0
    - https://docs.amili.dev/post-create-one-customer-3942680e0

    Args:
        client: Sends the request.
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
    response = await client.call(CREATE_CUSTOMER, client_no, body=body, options=options)
    return response.parsed


@operation(UPDATE_CUSTOMER)
async def update_customer(
    client: Requester, client_no: int, *, body: CustomerWrite, options: RequestOptions | None = None
) -> Any:
    """Update a customer.

    The customer is not in the path, so the body presumably names it by `customerNo`. A field that is left out, or null,
    keeps its stored value; an empty string is a value and clears it. The postal address is an exception: as soon as one
    of its fields is sent, all of them are written, so always send it whole. The change takes effect at once. The
    documentation's title is "PUT (update) one customer".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and rules are those
    of 2025-09; the newest page shows its title only. The fields are those that ListCustomers prints; the statuses and
    the answer were not seen. Repeating it writes the same values again. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/put-update-one-customer-4205269e0
    - https://docs.amili.dev/put-update-one-customer-3942678e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        body: Which customer, and what to change.
        options: Settings for this call alone.

    Returns:
        The result, in a shape that was not seen. That the status is 200 is taken from its siblings. Given as plain JSON
        values.

    Raises:
        RequestError: An argument or the body cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(UPDATE_CUSTOMER, client_no, body=body, options=options)
    return response.parsed


@operation(LIST_CUSTOMERS)
async def list_customers(
    client: Requester,
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

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, limits and answer
    are those of 2025-09, whose example was read up to the name of the second customer; the newest page shows its title
    only. The paging parameters are read off the links in the answer. The statuses were not seen. In the documentation
    since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-a-list-of-customers-4205270e0
    - https://docs.amili.dev/get-a-list-of-customers-3942679e0
    - https://docs.amili.dev/about-355476m0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most customers that the query gives, all pages together. At most 10000. The server takes 10000 if
            nothing is given. Type and meaning are inferred.
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
    response = await client.call(
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
    client: Requester, client_no: int, customer_no: str, *, options: RequestOptions | None = None
) -> Customer:
    """Read one customer.

    There are query and header parameters, whose names were not seen. The documentation's title is "GET one customer".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
    those of 2025-09; the newest page shows its title only. The body was not seen; it is taken to be an item of
    ListCustomers. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-one-customer-4205271e0
    - https://docs.amili.dev/get-one-customer-3942674e0

    Args:
        client: Sends the request.
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
    response = await client.call(GET_CUSTOMER, client_no, customer_no, options=options)
    return response.parsed


@operation(DELETE_CUSTOMER)
async def delete_customer(
    client: Requester, client_no: int, customer_no: str, *, options: RequestOptions | None = None
) -> Any:
    """Delete a customer that has neither documents nor AR items.

    There are query parameters, whose names were not seen. If the answer to a delete was lost and the request is
    repeated, 404 presumably says that it had been carried out. The documentation's title is "DELETE a customer".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, rule and statuses
    are those of 2025-09; the newest page shows its title only. The body was not seen. It counts as repeatable because
    it names its customer and a customer that is gone cannot be deleted a second time. In the documentation since
    2025-09.

    Documentation:
    - https://docs.amili.dev/delete-a-customer-4205272e0
    - https://docs.amili.dev/delete-a-customer-3942675e0

    Args:
        client: Sends the request.
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
    response = await client.call(DELETE_CUSTOMER, client_no, customer_no, options=options)
    return response.parsed


@operation(CREATE_CUSTOMER_BATCH)
async def create_customer_batch(
    client: Requester, client_no: int, *, body: Any, options: RequestOptions | None = None
) -> Any:
    """Create many customers at once.

    Presumably carried out later, like UpdateCustomerBatch. How the answer names its batch is not known. The
    documentation's title is "POST (create) a batch of customers".

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The page shows its
    title only; the path is that of UpdateCustomerBatch. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/post-create-a-batch-of-customers-4205273e0

    Args:
        client: Sends the request.
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
    response = await client.call(CREATE_CUSTOMER_BATCH, client_no, body=body, options=options)
    return response.parsed


@operation(UPDATE_CUSTOMER_BATCH)
async def update_customer_batch(
    client: Requester, client_no: int, *, body: Any, options: RequestOptions | None = None
) -> Any:
    """Update many customers at once.

    Unlike UpdateCustomer, which takes effect at once, presumably carried out later and read with GetArBatch. How the
    answer names the batch, and how many customers one may hold, is not known. The documentation's title is "PUT
    (update) a batch of customers".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and purpose are
    those of 2025-09. The body is a list of customers, but whether a bare one was not seen, nor were the statuses and
    the answer. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/put-update-a-batch-of-customers-3942677e0

    Args:
        client: Sends the request.
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
    response = await client.call(UPDATE_CUSTOMER_BATCH, client_no, body=body, options=options)
    return response.parsed
