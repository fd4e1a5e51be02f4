# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Invoices and other documents of the ledger.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import (
    CREATE_DOCUMENT,
    CREATE_DOCUMENT_BATCH,
    GET_DOCUMENT,
    LIST_DOCUMENTS,
)
from amili_async.models.receivables import Document, DocumentBatchRequest, DocumentList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "create_document",
    "create_document_batch",
    "get_document",
    "list_documents",
]


@operation(CREATE_DOCUMENT)
async def create_document(
    client: Requester, client_no: int, *, body: dict[str, Any], options: RequestOptions | None = None
) -> Any:
    """Create one document.

    Presumably takes one of the documents that CreateDocumentBatch takes, with the same metadata. How the two are nested
    is not known, so the body is any object. The documentation's title is "POST (create) one document".

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The pages show their
    titles only; the path is concluded from those of GetDocument and CreateDocumentBatch. In the documentation since
    2025-09.

    Documentation:
    - https://docs.amili.dev/post-create-one-document-4205277e0
    - https://docs.amili.dev/post-create-one-document-3942669e0

    Args:
        client: Sends the request.
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
    response = await client.call(CREATE_DOCUMENT, client_no, body=body, options=options)
    return response.parsed


@operation(LIST_DOCUMENTS)
async def list_documents(
    client: Requester,
    client_no: int,
    *,
    maximum_count: int | None = None,
    page_size: int | None = None,
    query: str | None = None,
    page_no: int | None = None,
    options: RequestOptions | None = None,
) -> DocumentList:
    """List documents, page by page.

    The documentation's title, "GET a list of documents", is all that is known. That the list has pages is taken from
    its siblings.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). The pages show their
    titles only; the path is concluded from those of GetDocument and CreateDocumentBatch, the name of the list from the
    naming rule, paging is that of ListCustomers. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/get-a-list-of-documents-4205278e0
    - https://docs.amili.dev/get-a-list-of-documents-3942670e0

    Args:
        client: Sends the request.
        client_no: Number of the ARM client. A number in the printed example, whose answer gives it back as one.
        maximum_count: Most documents that the query gives, all pages together. Default and upper limit are not known.
            Inferred: not seen here in the current documentation.
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
    response = await client.call(
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
    client: Requester, client_no: int, document_no: str, *, options: RequestOptions | None = None
) -> Document:
    """Read one document.

    What the answer holds depends on the type of document and on an `expand` parameter. That parameter, the other query
    parameters and the header parameters exist, but how they are spelt and what they take was not seen. The
    documentation's title is "GET one document".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
    those of 2025-09. No body was seen. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-one-document-3942667e0

    Args:
        client: Sends the request.
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
    response = await client.call(GET_DOCUMENT, client_no, document_no, options=options)
    return response.parsed


@operation(CREATE_DOCUMENT_BATCH)
async def create_document_batch(
    client: Requester, client_no: int, *, body: DocumentBatchRequest, options: RequestOptions | None = None
) -> Any:
    """Create many documents at once.

    Presumably carried out later and read with GetArBatch. How the answer names its batch, and how many documents one
    may hold, is not known. The documentation's title is "POST (create) a batch of documents".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and request are
    those of 2025-09, whose example was read up to the beginning of the second document. Neither statuses nor answer
    were seen. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/post-create-a-batch-of-documents-3942668e0

    Args:
        client: Sends the request.
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
    response = await client.call(CREATE_DOCUMENT_BATCH, client_no, body=body, options=options)
    return response.parsed
