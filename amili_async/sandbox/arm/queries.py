"""Lists of ARM: the first answer stores the query, further pages are asked for by its id and a page number.

The stored rows are those of the first answer, so no row is left out or comes twice while others are added. How long
Amili keeps a query is not documented; here the last 1,000 of a client are kept, until the sandbox stops.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from amili_async.sandbox.problems import Flaw, Problem

if TYPE_CHECKING:
    from amili_async.sandbox.call import Answer, Call

__all__ = ["StoredQueries", "page_by_query"]

_KEEP: Final = 1000
_MAXIMUM_COUNT: Final = 10_000
_PAGE_SIZE: Final = 100
# "A pagesize below 5 is not usable: the server then uses 10" (docs.amili.dev/about-355476m0).
_SMALLEST_USABLE: Final = 5
_INSTEAD: Final = 10
_LARGEST: Final = 1000


@frozen(kw_only=True)
class _Query:
    operation: str
    rows: Sequence[Any]
    size: int
    maximum: int


class StoredQueries:
    """The queries of one client.

    Args:
        seed: For their ids.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose; guards nothing
        self._queries: dict[str, _Query] = {}

    def store(self, query: _Query) -> str:
        """Keep a query; its id has 22 characters, as in the documentation."""
        query_id = base64.urlsafe_b64encode(self._random.randbytes(16)).decode().rstrip("=")
        self._queries[query_id] = query
        if len(self._queries) > _KEEP:
            del self._queries[next(iter(self._queries))]
        return query_id

    def get(self, query_id: str, operation: str) -> _Query:
        """The query with this id.

        Raises:
            Problem: There is none, or it belongs to another list.
        """
        query = self._queries.get(query_id)
        if query is None or query.operation != operation:
            raise Problem(404, "there is no such stored query of this list; begin again without query")
        return query


def page_by_query(call: Call, name: str, rows: Sequence[Any]) -> Answer:
    """Answer one page of a list.

    Args:
        call: The request; with `query` all but `pageno` is taken from the stored query.
        name: The list's name in the answer.
        rows: What the list holds now.

    Raises:
        Problem: The query is unknown or the page does not exist.
    """
    from amili_async.sandbox.call import Answer

    queries = call.client.queries
    query_id = call.query.get("query")
    if query_id:
        query = queries.get(query_id, call.operation.id)
    else:
        maximum = call.query.get("maximumcount", _MAXIMUM_COUNT)
        if maximum < 1:
            raise _misfit("maximumcount", "it must be at least 1")
        size = call.query.get("pagesize", _PAGE_SIZE)
        size = _INSTEAD if size < _SMALLEST_USABLE else min(size, _LARGEST)
        maximum = min(maximum, _MAXIMUM_COUNT)
        query = _Query(operation=call.operation.id, rows=rows[:maximum], size=size, maximum=maximum)
        query_id = queries.store(query)
    pages = -(-len(query.rows) // query.size)
    number = call.query.get("pageno", 1)
    if not 1 <= number <= max(pages, 1):
        raise _misfit("pageno", f"there are {pages} pages")
    items = list(query.rows[(number - 1) * query.size : number * query.size])
    link = f"{call.url}{call.location}?query={query_id}&pageno="
    summary = {
        "pageNo": number,
        "currentPageSize": len(items),
        "pageSizeLimit": query.size,
        "totalPages": pages,
        "totalCount": len(query.rows),
        "maximumCount": query.maximum,
        **({"nextPage": f"{link}{number + 1}"} if number < pages else {}),
        **({"lastPage": f"{link}{pages}"} if pages else {}),
        "queryId": query_id,
    }
    return Answer(200, {"summary": summary, name: items})


def _misfit(name: str, message: str) -> Problem:
    return Problem(400, "the parameters do not fit", [Flaw(name, message)])
