"""Lists that come in pages, as one stream of items."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from amili_async.errors import PaginationError
from amili_async.operations import Operation, operation_of

__all__ = ["PageModel", "Pager", "next_cursor"]

ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)


class PageModel(Protocol[ItemT_co]):
    """What the answer of every list operation offers."""

    def page_items(self) -> Sequence[ItemT_co]:
        """The items of this page."""
        ...


def next_cursor(page: Any) -> str | None:
    """The cursor of the page after this one, or None if this is the last.

    Answers of the current API hold it in `cursorSummary`, those of 2025-09 in `summary`.

    Raises:
        PaginationError: The answer says that there is more, but holds no cursor.
    """
    for summary in (getattr(page, "cursor_summary", None), getattr(page, "summary", None)):
        token: str | None = getattr(summary, "next_page_token", None)
        if token:
            return token
    if getattr(getattr(page, "skip_summary", None), "has_next_page", None):
        raise PaginationError(
            "the answer says that there is a further page but holds no cursor, and the request parameter for page "
            "numbers is not documented; ask for larger pages or narrow the filter"
        )
    return None


class Pager(Generic[ItemT]):
    """The items of a list operation. Iterate it with `async for`, as often as you like; each time starts anew.

    Raises while iterating what the list operation raises, and `PaginationError` if the cursors lead nowhere.
    """

    def __init__(
        self,
        method: Callable[..., Awaitable[PageModel[ItemT]]],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        *,
        limit: int | None = None,
    ) -> None:
        self._method = method
        self._args = args
        self._kwargs = kwargs
        self._limit = limit
        self._operation: Operation[Any] = operation_of(method)
        paging = self._operation.pagination
        if paging is None:
            raise TypeError(f"{self._operation.id} is not a list operation, so it has no pages")
        if paging.style != "cursor" or paging.token is None:
            raise TypeError(f"{self._operation.id} is paged by {paging.style}, which paginate does not support yet")
        self._token_name = self._operation.param_named(paging.token).name

    def __repr__(self) -> str:
        return f"<Pager {self._operation.id}>"

    def limit(self, count: int) -> Pager[ItemT]:
        """The same list, but at most so many items. Pages that are not needed for them are not fetched."""
        if count < 0:
            raise ValueError(f"limit is {count}; it cannot be negative")
        return Pager(self._method, self._args, self._kwargs, limit=count)

    async def pages(self) -> AsyncIterator[PageModel[ItemT]]:
        """The answers as they come, whole pages, whatever the limit of items."""
        kwargs = dict(self._kwargs)
        seen: set[str] = {kwargs[self._token_name]} if kwargs.get(self._token_name) else set()
        while True:
            page = await self._method(*self._args, **kwargs)
            yield page
            cursor = next_cursor(page)
            if cursor is None:
                return
            if cursor in seen:
                raise PaginationError(
                    f"{self._operation.id}: the API sent the same cursor twice; going on would never end"
                )
            seen.add(cursor)
            kwargs[self._token_name] = cursor

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        left = self._limit
        if left == 0:
            return
        async for page in self.pages():
            for item in page.page_items():
                yield item
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
