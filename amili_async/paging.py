"""Where the next page of a list is: pure decisions over the answers.

Three ways of paging stand in the documentation:

- *cursor*: the answer holds a token for the next page, in `cursorSummary` (current) or `summary` (2025-09).
- *skip*: the answer holds `skipSummary` with page numbers. Which request parameter takes a page number is not
  documented, so it is used only when a name for it was given.
- *query*: accounts receivable. The server remembers the query under `summary.queryId`; the next page is asked for with
  that id and a page number, without the filters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, Literal

from attrs import asdict, evolve, frozen

from amili_async.errors import PaginationError
from amili_async.operations import Pagination

__all__ = ["START", "Position", "advance", "read_checkpoint", "write_checkpoint"]

_VERSION: Final = 1


@frozen(kw_only=True)
class Position:
    """A place in a list.

    Attributes:
        cursor: Token of the page; the id of the stored query in the query style.
        page: Number of the page, in the styles that count pages.
        taken: How many items of this page have been handed out.
    """

    cursor: str | None = None
    page: int | None = None
    taken: int = 0


START: Final = Position()


def advance(paging: Pagination, page: Any, here: Position, *, page_numbers: bool) -> Position | None:
    """The position after this page, or None if it was the last.

    Args:
        paging: How the operation is paged.
        page: The answer.
        here: The position it was asked for with.
        page_numbers: Whether a request parameter for page numbers is known.

    Raises:
        PaginationError: The answer says that there is more, but there is no way to ask for it; or it does not move on.
    """
    if paging.style == "query":
        return _advance_query(page, here)
    cursor = _cursor(page)
    if cursor is not None:
        return Position(cursor=cursor)
    return _advance_skip(page, here, page_numbers=page_numbers)


def _cursor(page: Any) -> str | None:
    for name in ("cursor_summary", "summary"):
        token: str | None = getattr(getattr(page, name, None), "next_page_token", None)
        if token:
            return token
    return None


def _advance_skip(page: Any, here: Position, *, page_numbers: bool) -> Position | None:
    summary = getattr(page, "skip_summary", None)
    if not getattr(summary, "has_next_page", None):
        return None
    if not page_numbers:
        raise PaginationError(
            "the answer says that there is a further page but holds no cursor, and the request parameter for page "
            "numbers is not documented; if you know its name, use .page_numbers(name), else ask for larger pages"
        )
    current: int | None = getattr(summary, "current_page", None)
    if current is None:
        raise PaginationError("the answer says that there is a further page, but not which page it is itself")
    if here.page is not None and current < here.page:
        raise PaginationError(
            f"page {here.page} was asked for and page {current} came: the request parameter for page numbers has "
            "another name"
        )
    return Position(page=current + 1)


def _advance_query(page: Any, here: Position) -> Position | None:
    summary = getattr(page, "summary", None)
    # The names of most of these lists are inferred. A wrong one must not look like an empty list.
    if getattr(summary, "current_page_size", None) and not page.page_items():
        raise PaginationError(
            "the answer says that it holds items, but not under the name that the spec infers; "
            "look for them in the page's additional_properties"
        )
    number: int = getattr(summary, "page_no", None) or (here.page or 1)
    total: int | None = getattr(summary, "total_pages", None)
    more = number < total if total is not None else bool(getattr(summary, "next_page", None))
    if not more:
        return None
    if here.page is not None and number < here.page:
        raise PaginationError(f"page {here.page} was asked for and page {number} came; going on would never end")
    query: str | None = getattr(summary, "query_id", None) or here.cursor
    if query is None:
        raise PaginationError("the answer says that there is a further page but holds no queryId to ask for it with")
    return Position(cursor=query, page=number + 1)


def write_checkpoint(operation_id: str, arguments: Mapping[str, Any], position: Position) -> str:
    """A position as text, to be kept and used in another process.

    It holds the operation's name, a digest of the arguments and the position; no credentials.
    """
    state = {"v": _VERSION, "operation": operation_id, "arguments": _digest(arguments), **asdict(position)}
    return json.dumps(state, separators=(",", ":"))


def read_checkpoint(text: str, operation_id: str, arguments: Mapping[str, Any]) -> Position:
    """The position in a checkpoint.

    Raises:
        PaginationError: It is damaged, of another version, of another operation or of other arguments.
    """
    try:
        state = json.loads(text)
        version = state["v"]
    except (ValueError, TypeError, KeyError):
        raise PaginationError("this is not a checkpoint of a list") from None
    if version != _VERSION:
        raise PaginationError(f"the checkpoint is of version {version}, this library reads version {_VERSION}")
    if state.get("operation") != operation_id:
        raise PaginationError(f"the checkpoint is of {state.get('operation')}, not of {operation_id}")
    if state.get("arguments") != _digest(arguments):
        raise PaginationError("the checkpoint is of other arguments: use the same organization and filters as before")
    try:
        return evolve(
            START,
            cursor=_of(state, "cursor", str),
            page=_of(state, "page", int),
            taken=_of(state, "taken", int) or 0,
        )
    except TypeError:
        raise PaginationError("the checkpoint is damaged") from None


def _of(state: Mapping[str, Any], name: Literal["cursor", "page", "taken"], kind: type) -> Any:
    value = state.get(name)
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise TypeError(name)
    return value


def _digest(arguments: Mapping[str, Any]) -> str:
    # The arguments may name a debtor, so only their digest is kept.
    text = json.dumps({k: str(v) for k, v in arguments.items() if v is not None}, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]
