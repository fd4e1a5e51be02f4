"""Lists that come in pages, as one stream of items."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from attrs import evolve, field, frozen

from amili_async.errors import PaginationError
from amili_async.operations import Operation, Pagination, operation_of
from amili_async.options import RequestOptions
from amili_async.paging import START, Position, advance, read_checkpoint, write_checkpoint

__all__ = ["PageModel", "Pager"]

#: A filter may leave pages empty; this many in a row are no filter.
MOST_EMPTY_PAGES: Final = 100

ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)


class PageModel(Protocol[ItemT_co]):
    """What the answer of every list operation offers."""

    def page_items(self) -> Sequence[ItemT_co]:
        """The items of this page."""
        ...


@frozen(kw_only=True)
class _Plan:
    """What is to be listed, and how."""

    method: Callable[..., Awaitable[Any]]
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    operation: Operation[Any]
    paging: Pagination
    limit: int | None = None
    ahead: bool = False
    page_parameter: str | None = None
    start: Position = field(default=START)

    @property
    def arguments(self) -> dict[str, Any]:
        """What makes this list another one than the next: for the checkpoint."""
        filters = {name: value for name, value in self.kwargs.items() if name != "options"}
        return {**{str(n): value for n, value in enumerate(self.args)}, **filters}

    async def fetch(self, position: Position) -> Any:
        return await self.method(*self.args, **self._kwargs_at(position))

    def _kwargs_at(self, position: Position) -> dict[str, Any]:
        kwargs = dict(self.kwargs)
        if position == START or (position.cursor is None and position.page is None):
            return kwargs
        if self.paging.style == "query":
            # The server remembers the filters under the query's id.
            kwargs = {"options": kwargs["options"]} if "options" in kwargs else {}
            kwargs[self._python_name(self.paging.page)] = position.page
        if position.cursor is not None:
            kwargs[self._python_name(self.paging.token)] = position.cursor
        elif self.page_parameter is not None:
            options: RequestOptions = kwargs.get("options") or RequestOptions()
            kwargs["options"] = evolve(options, query={**options.query, self.page_parameter: str(position.page)})
        return kwargs

    def _python_name(self, wire: str | None) -> str:
        if wire is None:
            raise PaginationError(f"{self.operation.id}: the spec names no request parameter for the next page")
        return self.operation.param_named(wire).name


class _Walk:
    """From page to page: each step gives the position, the page, and the position after it.

    A class and not a generator: generators inside generators are closed twice when a loop shuts down.
    """

    def __init__(self, plan: _Plan, wanted: float = math.inf) -> None:
        self._plan = plan
        self._wanted = wanted  # items, of this page and those to come
        self._here: Position | None = plan.start
        self._seen = {plan.start.cursor} - {None}
        self._upcoming: asyncio.Task[Any] | None = None
        self._empty = 0

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> tuple[Position, Any, Position | None]:
        here, plan = self._here, self._plan
        if here is None:
            raise StopAsyncIteration
        if self._upcoming is None:
            page = await plan.fetch(here)
        else:
            try:
                page = await self._upcoming
            finally:
                self._upcoming.cancel()  # only if this very wait was cancelled; else it is done
                self._upcoming = None
        self._wanted -= len(page.page_items()) - here.taken
        self._empty = 0 if page.page_items() else self._empty + 1
        after = advance(plan.paging, page, here, page_numbers=plan.page_parameter is not None)
        if after is not None and self._empty >= MOST_EMPTY_PAGES:
            raise PaginationError(
                f"{plan.operation.id}: {self._empty} pages in a row held nothing and promised more; "
                "going on may never end"
            )
        if after is not None and after.page is None:
            if after.cursor in self._seen:
                raise PaginationError(
                    f"{plan.operation.id}: the API sent the same cursor twice; going on would never end"
                )
            self._seen.add(after.cursor)
        if plan.ahead and after is not None and self._wanted > 0:
            self._upcoming = asyncio.ensure_future(plan.fetch(after))
        self._here = after
        return here, page, after

    async def aclose(self) -> None:
        """Give up a page that is being fetched ahead."""
        if self._upcoming is not None:
            self._upcoming.cancel()
            await asyncio.wait([self._upcoming])
            self._upcoming = None


class Pager(Generic[ItemT]):
    """The items of a list operation, fetched page by page as they are consumed.

        async for case in amili.paginate(amili.collection.get_cases_by_organization, org_id).limit(500):
            ...

    Each `async for` starts anew (or where `resume_from` said). Iterating raises what the list operation raises, and
    `PaginationError` if the pages lead nowhere. What the server adds or removes meanwhile may be missed or come twice,
    as with any paged list.
    """

    def __init__(
        self, method: Callable[..., Awaitable[PageModel[ItemT]]], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        operation = operation_of(method)
        if operation.pagination is None:
            raise TypeError(f"{operation.id} is not a list operation, so it has no pages")
        self._plan = _Plan(method=method, args=args, kwargs=kwargs, operation=operation, paging=operation.pagination)
        self._position = START

    def __repr__(self) -> str:
        return f"<Pager {self._plan.operation.id}>"

    def limit(self, count: int) -> Pager[ItemT]:
        """The same list, but at most so many items. Pages that are not needed for them are not fetched."""
        if count < 0:
            raise ValueError(f"limit is {count}; it cannot be negative")
        return self._with(limit=count)

    def prefetch(self) -> Pager[ItemT]:
        """The same list, but the next page is fetched while the items of this one are worked on."""
        return self._with(ahead=True)

    def page_numbers(self, parameter: str) -> Pager[ItemT]:
        """The same list, going on by page number where an answer holds no cursor.

        Args:
            parameter: Query parameter that takes the number. The documentation does not name it.
        """
        return self._with(page_parameter=parameter)

    def resume_from(self, checkpoint: str) -> Pager[ItemT]:
        """The same list, from where `checkpoint` left off, in this process or another.

        Raises:
            PaginationError: The checkpoint is damaged, or of another operation or other filters.
        """
        plan = self._plan
        resumed = self._with(start=read_checkpoint(checkpoint, plan.operation.id, plan.arguments))
        resumed._position = resumed._plan.start
        return resumed

    def checkpoint(self) -> str:
        """Where the latest iteration of this pager is, as a short text without secrets.

        Items handed out so far count as done, so take it after an item has been dealt with.
        """
        return write_checkpoint(self._plan.operation.id, self._plan.arguments, self._position)

    async def pages(self) -> AsyncGenerator[PageModel[ItemT], None]:
        """The answers as they come, whole pages, whatever the limit of items."""
        self._position = self._plan.start
        async with aclosing(_Walk(self._plan)) as walk:
            async for position, page, after in walk:
                self._position = position
                yield page
                # Back here, the page has been dealt with. The last one stays the position, with all its items taken.
                self._position = after or evolve(position, taken=len(page.page_items()))

    async def __aiter__(self) -> AsyncGenerator[ItemT, None]:
        left = self._plan.limit
        self._position = self._plan.start
        if left == 0:
            return
        async with aclosing(_Walk(self._plan, math.inf if left is None else left)) as walk:
            async for position, page, after in walk:
                items = page.page_items()
                for number, item in enumerate(items[position.taken :], position.taken + 1):
                    last = number == len(items)
                    self._position = after if after is not None and last else evolve(position, taken=number)
                    yield item
                    if left is not None:
                        left -= 1
                        if left == 0:
                            return

    def _with(self, **changes: Any) -> Pager[ItemT]:
        other: Pager[ItemT] = object.__new__(Pager)
        other._plan = evolve(self._plan, **changes)
        other._position = other._plan.start
        return other
