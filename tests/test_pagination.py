"""Pages joined are the list, for any page size and both generations of answers."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest
from attrs import define, evolve, field
from hypothesis import given
from hypothesis import strategies as st

from amili_async import Pager, PaginationError, RequestOptions
from amili_async.operations import Evidence, Operation, Pagination, Param, operation
from tests.fakes import settle


@define
class Cursor:
    next_page_token: str | None = None


@define
class Skip:
    has_next_page: bool | None = None
    current_page: int | None = None


@define
class Page:
    data: list[int]
    summary: Cursor | None = None
    cursor_summary: Cursor | None = None
    skip_summary: Skip | None = None

    def page_items(self) -> list[int]:
        return self.data


def row(pagination: Pagination | None) -> Operation[Any]:
    return Operation(
        id="ListNumbers",
        method="GET",
        path="/numbers",
        prefix="",
        product="collection",
        tag="Numbers",
        summary="For the tests.",
        idempotency="safe",
        evidence=Evidence(level="documented"),
        pagination=pagination,
        params=(Param(name="page_token", wire="PageToken", location="query"),),
    )


CURSOR = row(Pagination(style="cursor", items="data", token="PageToken"))


@define
class Numbers:
    """A list operation over a plain list."""

    numbers: list[int]
    size: int
    current: bool = True
    loop: bool = False
    fetched: list[str | None] = field(factory=list)

    @operation(CURSOR)
    async def list_numbers(self, *, page_token: str | None = None) -> Page:
        self.fetched.append(page_token)
        start = int(page_token or 0)
        end = start + self.size
        more = end < len(self.numbers)
        cursor = Cursor("0" if self.loop and more else str(end) if more else None)
        if self.current:
            return Page(self.numbers[start:end], cursor_summary=cursor, skip_summary=Skip(more))
        return Page(self.numbers[start:end], summary=cursor)


def pager(source: Numbers, **kwargs: Any) -> Pager[int]:
    return Pager(source.list_numbers, (), kwargs)


@given(st.lists(st.integers(), max_size=30), st.integers(1, 8), st.booleans())
async def test_pages_joined_equal_the_list(numbers: list[int], size: int, current: bool) -> None:  # noqa: FBT001
    """Nothing is lost or doubled at page borders."""
    assert [n async for n in pager(Numbers(numbers, size, current))] == numbers


@given(st.lists(st.integers(), max_size=30), st.integers(1, 8), st.integers(0, 35))
async def test_limit_takes_the_head_and_fetches_no_more(numbers: list[int], size: int, limit: int) -> None:
    """Pages behind the last wanted item are not asked for."""
    source = Numbers(numbers, size)
    assert [n async for n in pager(source).limit(limit)] == numbers[:limit]
    assert len(source.fetched) <= -(-limit // size)


async def test_pages_come_whole() -> None:
    """For those who need the summaries."""
    pages = [page async for page in pager(Numbers([1, 2, 3], 2)).pages()]
    assert [page.page_items() for page in pages] == [[1, 2], [3]]


async def test_iterating_again_starts_anew() -> None:
    """A pager holds no position."""
    numbers = pager(Numbers([1, 2, 3], 2))
    assert [n async for n in numbers] == [n async for n in numbers] == [1, 2, 3]


async def test_a_given_token_is_where_it_starts() -> None:
    """To go on from a page seen before."""
    assert [n async for n in pager(Numbers([1, 2, 3], 2), page_token="2")] == [3]


async def test_a_repeating_cursor_ends_with_an_error() -> None:
    """A server that sends the same cursor for ever must not hold a service for ever."""
    with pytest.raises(PaginationError, match="same cursor twice"):
        [n async for n in pager(Numbers([1, 2, 3, 4, 5], 1, loop=True))]


async def test_pages_that_stay_empty_end_with_an_error() -> None:
    """Ever new cursors and never an item; some empty pages are fine."""
    asked = 0

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None) -> Page:
        nonlocal asked
        asked += 1
        return Page([7] if asked == 99 else [], cursor_summary=Cursor(str(asked)))

    numbers = aiter(Pager(list_numbers, (), {}))
    assert await anext(numbers) == 7
    with pytest.raises(PaginationError, match="100 pages in a row"):
        await anext(numbers)
    assert asked == 199


async def test_more_without_a_cursor_is_said() -> None:
    """Silently stopping would look like a complete list."""

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None) -> Page:
        return Page([1], skip_summary=Skip(has_next_page=True))

    with pytest.raises(PaginationError, match="further page but holds no cursor"):
        [n async for n in Pager(list_numbers, (), {})]


@define
class ListSummary:
    page_no: int | None = None
    total_pages: int | None = None
    query_id: str | None = None
    next_page: str | None = None
    current_page_size: int | None = None


@define
class QueryPage:
    customers: list[int]
    summary: ListSummary

    def page_items(self) -> list[int]:
        return self.customers


QUERY = evolve(
    CURSOR,
    pagination=Pagination(style="query", items="customers", token="query", page="pageno"),
    params=(
        Param(name="name", wire="name", location="query"),
        Param(name="query", wire="query", location="query"),
        Param(name="pageno", wire="pageno", location="query"),
    ),
)


@define
class Customers:
    """A list whose server remembers the query."""

    numbers: list[int]
    size: int
    asked: list[dict[str, Any]] = field(factory=list)

    @operation(QUERY)
    async def list_customers(
        self, client_no: int, *, name: str | None = None, query: str | None = None, pageno: int | None = None
    ) -> QueryPage:
        self.asked.append({k: v for k, v in {"name": name, "query": query, "pageno": pageno}.items() if v is not None})
        number = pageno or 1
        total = max(1, -(-len(self.numbers) // self.size))
        start = (number - 1) * self.size
        return QueryPage(self.numbers[start : start + self.size], ListSummary(number, total, "q-1"))


@given(st.lists(st.integers(), max_size=30), st.integers(1, 8))
async def test_stored_queries_are_followed_by_page_number(numbers: list[int], size: int) -> None:
    """The filters go with the first request only; after that the query's id stands for them."""
    source = Customers(numbers, size)
    assert [n async for n in Pager(source.list_customers, (2218,), {"name": "x"})] == numbers
    assert source.asked[0] == {"name": "x"}
    assert source.asked[1:] == [{"query": "q-1", "pageno": n} for n in range(2, len(source.asked) + 1)]


async def test_a_list_under_another_name_is_no_empty_list() -> None:
    """Most names of these lists are inferred; a wrong guess must be heard."""

    @operation(QUERY)
    async def list_customers(*, query: str | None = None, pageno: int | None = None) -> QueryPage:
        return QueryPage([], ListSummary(1, 1, "q", current_page_size=7))

    with pytest.raises(PaginationError, match="additional_properties"):
        [n async for n in Pager(list_customers, (), {})]


async def test_page_numbers_are_used_only_under_a_given_name() -> None:
    """The documentation does not name the parameter; a user who knows it can."""
    asked: list[str | None] = []

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None, options: RequestOptions | None = None) -> Page:
        asked.append(options.query.get("PageNumber") if options else None)
        number = int(asked[-1] or 1)
        return Page([number], skip_summary=Skip(number < 3, number))

    assert [n async for n in Pager(list_numbers, (), {}).page_numbers("PageNumber")] == [1, 2, 3]
    assert asked == [None, "2", "3"]


async def test_a_page_number_that_does_not_move_is_an_error() -> None:
    """A wrong name would otherwise read the first page for ever."""

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None, options: RequestOptions | None = None) -> Page:
        return Page([1], skip_summary=Skip(has_next_page=True, current_page=1))

    with pytest.raises(PaginationError, match="has another name"):
        [n async for n in Pager(list_numbers, (), {}).page_numbers("Wrong")]


@given(
    st.lists(st.integers(), min_size=1, max_size=30), st.integers(1, 8), st.data(), st.sampled_from(["cursor", "query"])
)
async def test_a_checkpoint_goes_on_where_it_was_taken(
    numbers: list[int], size: int, data: st.DataObject, style: str
) -> None:
    """Stop after any item, go on with another pager: together they are the list."""

    def fresh() -> Pager[int]:
        if style == "cursor":
            return pager(Numbers(numbers, size))
        return Pager(Customers(numbers, size).list_customers, (2218,), {})

    stop_after = data.draw(st.integers(0, len(numbers)))
    first = fresh()
    head: list[int] = []
    if stop_after:
        async for n in first:
            head.append(n)
            if len(head) == stop_after:
                break
    rest = [n async for n in fresh().resume_from(first.checkpoint())]
    assert head + rest == numbers


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a checkpoint"),
        ("[]", "not a checkpoint"),
        ('{"v": 9}', "version 9"),
        ('{"v": 1, "operation": "Other"}', "of Other, not of ListNumbers"),
    ],
)
def test_foreign_checkpoints_are_refused(text: str, message: str) -> None:
    """Going on from the wrong place would skip items without a sound."""
    with pytest.raises(PaginationError, match=message):
        pager(Numbers([], 1)).resume_from(text)


def test_a_checkpoint_belongs_to_its_arguments_and_shows_none() -> None:
    """Other filters, other list; and a filter may name a debtor."""
    text = pager(Numbers([], 1), search="Kari").checkpoint()
    assert "Kari" not in text
    with pytest.raises(PaginationError, match="other arguments"):
        pager(Numbers([], 1), search="Ola").resume_from(text)
    with pytest.raises(PaginationError, match="damaged"):
        pager(Numbers([], 1), search="Kari").resume_from(text.replace('"taken":0', '"taken":"x"'))


async def test_prefetch_asks_for_the_next_page_while_this_one_is_worked_on() -> None:
    """One page ahead, no further, and the same items."""
    source = Numbers([1, 2, 3, 4, 5, 6], 2)
    seen: list[tuple[int, int]] = []
    async for n in pager(source).prefetch():
        await settle()
        seen.append((n, len(source.fetched)))
    assert seen == [(1, 2), (2, 2), (3, 3), (4, 3), (5, 3), (6, 3)]


@pytest.mark.parametrize(("limit", "pages"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
async def test_prefetch_asks_for_no_page_beyond_the_limit(limit: int, pages: int) -> None:
    """It would be asked for in vain, and hung up on."""
    source = Numbers([1, 2, 3, 4, 5, 6, 7, 8], 2)
    async for _ in pager(source).limit(limit).prefetch():
        await settle()
    assert len(source.fetched) == pages


async def test_prefetch_counts_what_is_left_of_a_page_that_was_begun() -> None:
    """Taken up in the middle of a page, a limit may need the next one where the whole page would have done."""
    begun = pager(Numbers([1, 2, 3, 4, 5, 6], 2)).limit(1)
    assert [n async for n in begun] == [1]
    source = Numbers([1, 2, 3, 4, 5, 6], 2)
    fetched = []
    async for _ in pager(source).resume_from(begun.checkpoint()).limit(2).prefetch():
        await settle()
        fetched.append(len(source.fetched))
    assert fetched == [2, 2]


async def test_leaving_early_leaves_no_task_behind() -> None:
    """The page fetched ahead is given up."""
    never = asyncio.Event()

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None) -> Page:
        if page_token:
            await never.wait()
        return Page([1, 2], cursor_summary=Cursor("next"))

    before = asyncio.all_tasks()
    async with aclosing(Pager(list_numbers, (), {}).prefetch().__aiter__()) as items:
        async for _ in items:
            break
    assert asyncio.all_tasks() == before


def test_only_list_operations_have_pages() -> None:
    """Anything else is a programming error, said at once."""

    @operation(row(None))
    async def get_number() -> Page:
        return Page([])

    async def stranger() -> Page:
        return Page([])

    with pytest.raises(TypeError, match="ListNumbers is not a list operation"):
        Pager(get_number, (), {})
    with pytest.raises(TypeError, match="is not an operation of this library"):
        Pager(stranger, (), {})
    with pytest.raises(ValueError, match="limit is -1"):
        pager(Numbers([], 1)).limit(-1)
