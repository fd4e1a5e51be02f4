"""Reading batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.call import Answer, Call, Handler, listed, single
from amili_async.sandbox.filters import all_of, candidates, equals, includes
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.problems import not_found
from amili_async.sandbox.views import batch_view

__all__ = ["HANDLERS"]


def get_batch(call: Call) -> Answer:
    """One batch."""
    books = call.books
    batch = books.batches.get(call.path["batchId"])
    if batch is None:
        raise not_found("the batch")
    return single(batch_view(batch, books.organization))


def list_batches(call: Call) -> Answer:
    """The batches of an organization.

    What `SubjectId` means is not documented; here it is whoever made the batch (`createdBy`), or the case that an
    action was about.
    """
    books, query = call.books, call.query
    page = page_of(
        candidates(books.batches, query, idempotency_key="IdempotencyKey"),
        scope=call.scope,
        size=call.page_size(),
        token=query.get("PageToken"),
        matches=all_of(
            equals(query.get("State"), lambda batch: batch.status),
            equals(query.get("Type"), lambda batch: batch.type),
            includes(query.get("SubjectId"), lambda batch: (batch.created_by, batch.subject_id)),
        ),
        newest_first=str(query.get("SortDirection", "")).lower().startswith("desc"),
    )
    return listed(page, lambda batch: batch_view(batch, books.organization))


HANDLERS: Final[Mapping[str, Handler]] = {"GetBatchById": get_batch, "GetBatchesByOrganization": list_batches}
