"""Pages of a list that only grows, by opaque tokens.

A token holds the place where its page starts. Rows are only ever added at the end, so no row is left out or comes twice
however much is added between two pages. The order (oldest first), the number of items on a page and the meaning of
`skipSummary` beside `cursorSummary` are the sandbox's own.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec
from attrs import frozen

from amili_async.sandbox.problems import Flaw, Problem

__all__ = ["Page", "page_of"]

T = TypeVar("T")


class _Token(msgspec.Struct, frozen=True, array_like=True):
    scope: int
    place: int  # a gap between rows: 0 is before the first one
    number: int
    total: int


_DECODER: Final = msgspec.json.Decoder(_Token)


@frozen(kw_only=True)
class Page(Generic[T]):
    """One page.

    Attributes:
        items: Its rows.
        number: Which page it is, from 1.
        size: Rows on a page at most.
        total: Rows on all pages, as counted when the first one was read.
        next_token: Token of the page after it.
        previous_token: Token of the page before it.
    """

    items: list[T]
    number: int
    size: int
    total: int
    next_token: str | None
    previous_token: str | None

    def summaries(self) -> dict[str, Any]:
        """The two summaries that follow `data` in a list answer."""
        cursor: dict[str, Any] = {"status": "SUCCESS"}
        if self.next_token is not None:
            cursor["nextPageToken"] = self.next_token
        if self.previous_token is not None:
            cursor["previousPageToken"] = self.previous_token
        return {
            "skipSummary": {
                "status": "SUCCESS",
                "totalCount": self.total,
                "currentPage": self.number,
                "pageSize": self.size,
                "totalPages": -(-self.total // self.size),
                "hasNextPage": self.next_token is not None,
                "hasPreviousPage": self.previous_token is not None,
            },
            "cursorSummary": cursor,
        }


def page_of(
    rows: Sequence[T],
    *,
    scope: Any,
    size: int,
    token: str | None = None,
    matches: Callable[[T], bool] | None = None,
    newest_first: bool = False,
) -> Page[T]:
    """Cut one page out of a list.

    Args:
        rows: The list, oldest first; it may have grown since the token was given out.
        scope: What was asked for (operation and filters); a token is good for the same question only.
        size: Rows on a page at most.
        token: The page to give; None for the first one.
        matches: Which rows belong to the list; None for all.
        newest_first: Walk the list from its end.

    Raises:
        Problem: The token is not one of this list's.
    """
    scope_sum = zlib.crc32(msgspec.json.encode([scope, newest_first], enc_hook=str))
    step = -1 if newest_first else 1
    if token:
        start = _decode(token, scope_sum, len(rows))
    else:
        total = len(rows) if matches is None else sum(map(matches, rows))
        start = _Token(scope_sum, len(rows) if newest_first else 0, 1, total)
    items, end, has_more = _walk(rows, start.place, step, size, matches)
    previous = None
    if start.number > 1:
        _, back, _ = _walk(rows, start.place, -step, size, matches)
        previous = _encode(_Token(scope_sum, back, start.number - 1, start.total))
    following = _encode(_Token(scope_sum, end, start.number + 1, start.total)) if has_more else None
    return Page(
        items=items,
        number=start.number,
        size=size,
        total=start.total,
        next_token=following,
        previous_token=previous,
    )


def _walk(
    rows: Sequence[T], place: int, step: int, size: int, matches: Callable[[T], bool] | None
) -> tuple[list[T], int, bool]:
    """Collect rows from a gap on: the rows, the gap where the next page starts, and whether there is one."""
    found: list[T] = []
    while place < len(rows) if step > 0 else place > 0:
        row = rows[place if step > 0 else place - 1]
        if matches is None or matches(row):
            if len(found) == size:
                return found, place, True
            found.append(row)
        place += step
    return found, place, False


def _encode(token: _Token) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(token)).decode().rstrip("=")


def _decode(text: str, scope: int, length: int) -> _Token:
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        token = _DECODER.decode(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError):
        raise _bad_token("it is not a token that this sandbox gave out") from None
    if token.scope != scope:
        raise _bad_token("it belongs to another list or to other filters; repeat the filters of the first page")
    if not (0 <= token.place <= length and token.number >= 1 and token.total >= 0):
        raise _bad_token("it is not a token that this sandbox gave out")
    return token


def _bad_token(why: str) -> Problem:
    return Problem(400, "the page token cannot be used", [Flaw("PageToken", why)])
