"""Pages joined are the list, for any page size and both generations of answers."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from amili_async import Pager, PaginationError
from amili_async.operations import Evidence, Operation, Pagination, Param, operation


@define
class Cursor:
    next_page_token: str | None = None


@define
class Skip:
    has_next_page: bool | None = None


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


async def test_more_without_a_cursor_is_said() -> None:
    """Silently stopping would look like a complete list."""

    @operation(CURSOR)
    async def list_numbers(*, page_token: str | None = None) -> Page:
        return Page([1], skip_summary=Skip(has_next_page=True))

    with pytest.raises(PaginationError, match="further page but holds no cursor"):
        [n async for n in Pager(list_numbers, (), {})]


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
