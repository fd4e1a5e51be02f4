"""AR items, GL items and the log: what documents and postings have left, to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amili_async.sandbox.arm import batches
from amili_async.sandbox.arm.queries import page_by_query
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import OF_CLIENT, Flaw, Problem, not_found

__all__ = ["HANDLERS"]

_NAMES: Final = ("arItemId", "documentNo", "documentUuid", "referenceNo", "kid")
_FIXED: Final = frozenset({*_NAMES, "amount", "balance", "customerNo", "metadata"})


def list_ar_items(call: Call) -> Answer:
    """The client's AR items."""
    return page_by_query(call, "arItems", [dict(row) for row in call.client.ar_items.values()])


def get_ar_item(call: Call) -> Answer:
    """One AR item; what `expand` adds is not known, so it adds nothing."""
    return _one(call.client.ar_items, call.path["aritemid"], "the AR item")


def update_ar_item(call: Call) -> Answer:
    """Write fields of an AR item. Of the body nothing was seen: it names its item as reservations do.

    How a credit note is asked for is not known, so none is made.
    """
    if not any(call.body.get(name) is not None for name in _NAMES):
        raise Problem(422, "the body names no AR item", [Flaw("$", f"one of {', '.join(_NAMES)} is wanted")])
    item = call.client.find_ar_item(call.body)
    if item is None:
        raise not_found("the AR item", where=OF_CLIENT)
    item.update({name: value for name, value in call.body.items() if name not in _FIXED and value is not None})
    call.client.log(call.operation.id, call.state.now)
    return Answer(200, item)


def list_gl_items(call: Call) -> Answer:
    """The client's GL items; auto postings make them."""
    return page_by_query(call, "glItems", list(call.client.gl_items.values()))


def get_gl_item(call: Call) -> Answer:
    """One GL item."""
    return _one(call.client.gl_items, call.path["glitemid"], "the GL item")


def list_log_items(call: Call) -> Answer:
    """The writes of the client, without what they held."""
    return page_by_query(call, "logItems", list(call.client.log_items.values()))


def get_log_item(call: Call) -> Answer:
    """One log item."""
    return _one(call.client.log_items, call.path["logitemid"], "the log item")


def _one(rows: Mapping[str, Any], row_id: str, what: str) -> Answer:
    row = rows.get(row_id)
    if row is None:
        raise not_found(what, where=OF_CLIENT)
    return Answer(200, row)


HANDLERS: Final[Mapping[str, Handler]] = {
    **batches.HANDLERS,
    "ListArItems": list_ar_items,
    "GetArItem": get_ar_item,
    "UpdateArItem": update_ar_item,
    "ListGlItems": list_gl_items,
    "GetGlItem": get_gl_item,
    "ListLogItems": list_log_items,
    "GetLogItem": get_log_item,
}
