# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Results of the writes, which are carried out later.

One function per operation; each takes the client first.
"""

from __future__ import annotations

from uuid import UUID

from amili_async.endpoints.collection._operations import (
    GET_ALL_BATCHES,
    GET_BATCH_BY_ID,
    GET_BATCH_BY_ID_LEGACY,
    GET_BATCHES_BY_ORGANIZATION,
)
from amili_async.models.collection import BatchList, BatchResponse, BatchStatus, BatchType
from amili_async.operations import Requester, operation
from amili_async.options import RequestOptions

__all__ = [
    "get_all_batches",
    "get_batch_by_id",
    "get_batch_by_id_legacy",
    "get_batches_by_organization",
]


@operation(GET_BATCH_BY_ID)
async def get_batch_by_id(
    client: Requester, organization_id: UUID | str, batch_id: UUID | str, *, options: RequestOptions | None = None
) -> BatchResponse:
    """Read one batch and what became of its items.

    Poll it until the status is `SUCCESS`, `PARTIAL` or `FAILED`. Other statuses on the way are not excluded, and no
    polling interval is recommended anywhere. Items that failed are reported here, with status 200.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The answer was seen up to
    the second field of the first item that succeeded. What an item that failed looks like is not known. In the
    documentation since 2026-spring.

    Documentation:
    - https://docs.amili.dev/getbatchbyid-4148060e0
    - https://docs.amili.dev/getbatchbyid-3939029e0
    - https://docs.amili.dev/get-batch-by-id-3939029e0

    Args:
        client: Sends the request.
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
    response = await client.call(GET_BATCH_BY_ID, organization_id, batch_id, options=options)
    return response.parsed


@operation(GET_BATCHES_BY_ORGANIZATION)
async def get_batches_by_organization(
    client: Requester,
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

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). The page of 2025-09 was
    read whole (the date is its). Of the current answer the batch was seen, its items as empty objects, but not the
    paging part after data. In the documentation since 2025-09. The page was last modified on 2025-09-23.

    Documentation:
    - https://docs.amili.dev/getbatchesbyorganization-4148061e0
    - https://docs.amili.dev/getbatchesbyorganization-3939028e0
    - https://docs.amili.dev/get-organization-batches-3939028e0

    Args:
        client: Sends the request.
        organization_id: The id that Amili issued for the organization.
        state: Only batches of this status (the parameter is called state, the field status). Type and meaning are
            inferred.
        type: Only batches of this type. Type and meaning are inferred.
        subject_id: Newer than 2025-09. What a subject is, is not explained. Type and meaning are inferred.
        idempotency_key: Newer than 2025-09. Presumably finds the batch of the write that was sent with this key; how a
            write carries its key is not documented. Type and meaning are inferred.
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
    response = await client.call(
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


@operation(GET_BATCH_BY_ID_LEGACY)
async def get_batch_by_id_legacy(
    client: Requester, batch_id: UUID | str, *, options: RequestOptions | None = None
) -> BatchResponse:
    """Read one batch without naming its organization.

    Use GetBatchById. The documentation lists this as "GetBatchById - Legacy (To be removed)".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: partial (the path is printed; a body was seen in part, or taken from a sibling). Path and statuses are
    those that GetBatchById had in 2025-09; its own page, under the present title, was not seen. That the title means
    this path is concluded. The answer is taken to be that of GetBatchById. In the documentation since 2025-09.

    Documentation:
    - https://docs.amili.dev/getbatchbyid-3939029e0
    - https://docs.amili.dev/get-batch-by-id-3939029e0
    - https://docs.amili.dev/example-workflow-359631m0

    Args:
        client: Sends the request.
        batch_id: The batch, as named by the answer to the write.
        options: Settings for this call alone.

    Returns:
        The batch, ended or not. Taken to be what GetBatchById answers. Its shape is inferred.

    Raises:
        RequestError: An argument cannot be sent; nothing has left.
        ResponseError: The API refused; the subclass tells the status (`NotFoundError` for 404, ...).
        TransportError: The API was not reached, or the answer broke off.
    """
    response = await client.call(GET_BATCH_BY_ID_LEGACY, batch_id, options=options)
    return response.parsed


@operation(GET_ALL_BATCHES)
async def get_all_batches(
    client: Requester,
    *,
    state: BatchStatus | str | None = None,
    type: BatchType | str | None = None,
    page_token: str | None = None,
    page_size: int | None = None,
    sort_direction: str | None = None,
    options: RequestOptions | None = None,
) -> BatchList:
    """List all batches, page by page.

    Use GetBatchesByOrganization. Whose batches are listed is not said; presumably those of every organization that the
    token may see. All filters are taken to be optional. The documentation's title was "Get all batches".

    Deprecated: dropped by the documentation, or marked for removal.

    Evidence: documented (method, path and body shape are printed). Printed in 2025-09 and gone since. The error
    statuses and the parameter types were not seen. In the documentation since 2025-09.

    Documentation: https://docs.amili.dev/get-all-batches-3939027e0

    Args:
        client: Sends the request.
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
    response = await client.call(
        GET_ALL_BATCHES,
        state=state,
        type=type,
        page_token=page_token,
        page_size=page_size,
        sort_direction=sort_direction,
        options=options,
    )
    return response.parsed
