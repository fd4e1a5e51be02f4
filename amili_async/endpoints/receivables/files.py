# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Files of an operating system ("OS files"), as opposed to documents.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from typing import Any

from amili_async.endpoints.receivables._operations import GET_FILE, LIST_FILES, UPLOAD_FILES
from amili_async.models.receivables import FileList
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_file",
    "list_files",
    "upload_files",
]


@operation(LIST_FILES)
async def list_files(
    client: Requester,
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
        client: Sends the request.
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
    response = await client.call(
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
async def upload_files(client: Requester, client_no: int, *, body: Any, options: RequestOptions | None = None) -> Any:
    """Upload one or more files.

    The body is JSON, so the content of a file presumably stands in it as base64. Which kinds of file a client may
    upload is set up by Amili for that client. A status of 207 is a success in part: read the result of each file. The
    documentation's title is "POST (upload) one or more OS files".

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path, content type and
    statuses are those of 2025-09. Neither the request's fields nor the answers' were seen; what 207 means is concluded
    from its name. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/post-upload-one-or-more-os-files-3942683e0

    Args:
        client: Sends the request.
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
    response = await client.call(UPLOAD_FILES, client_no, body=body, options=options)
    return response.parsed


@operation(GET_FILE)
async def get_file(client: Requester, client_no: int, file_id: str, *, options: RequestOptions | None = None) -> Any:
    """Read one file.

    The documentation's title, "GET one OS file", is all that is known. Whether the answer is JSON or the file itself is
    not.

    Evidence: assumed (only the name is known; method or path are by analogy with its siblings). Only the title, which
    begins with the method, stands in the page's menu; the path is concluded from that of UploadFiles. In the
    documentation since 2026-05.

    Documentation: https://docs.amili.dev/getcasesbyorganization-4326442e0

    Args:
        client: Sends the request.
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
    response = await client.call(GET_FILE, client_no, file_id, options=options)
    return response.parsed
