"""The answer of operations that have no handler: stored or echoed as the spec's shape allows, no rules of its own.

A new operation in the spec is answered at once: what is written to a path can be read below it, lists page in the way
that the spec names, and where the spec wants fields that nothing was said about, they come with empty values.
"""

from __future__ import annotations

from typing import Any

from amili_async.sandbox.arm.queries import page_by_query
from amili_async.sandbox.call import Answer, Call, listed
from amili_async.sandbox.paging import page_of
from amili_async.sandbox.problems import OF_CLIENT, Problem, not_found

__all__ = ["answer_generically"]


def answer_generically(call: Call) -> Answer:
    """Answer an operation by the spec alone.

    Raises:
        Problem: The spec has no good answer to it, or what is asked for is not there.
    """
    status = call.operation.success_status
    if status is None:
        raise Problem(
            501,
            f"the spec has no good answer to {call.operation.id}",
            extra={"operation": call.operation.id},
        )
    if "clientno" in call.path:
        _ = call.client  # 404 if there is no such client
    elif "organizationId" in call.path:
        _ = call.books
    collection, _, last = call.location.rstrip("/").rpartition("/")
    names_one = call.operation.path.endswith("}")
    records = call.state.records
    match call.operation.method:
        case "GET" if call.operation.pagination is not None:
            return _listed(call, status)
        case "GET" if names_one:
            found = records.get(collection, last)
            if found is None:
                raise _nothing_there(call)
            return _fitting(call, status, found)
        case "GET":
            return _fitting(call, status, records.get(collection, last))
        case "DELETE":
            if names_one and records.remove(collection, last) is None:
                raise _nothing_there(call)
            return _fitting(call, status, {})
        case "PUT" | "PATCH" if names_one:
            records.put(collection, last, call.body)
            return _fitting(call, status, call.body)
        case _:
            record = {"id": call.state.new_id(), **call.body} if isinstance(call.body, dict) else call.body
            identity = record["id"] if isinstance(record, dict) else call.state.new_id()
            records.put(call.location, str(identity), record)
            return _fitting(call, status, record)


def _nothing_there(call: Call) -> Problem:
    what = "what the path names"
    return not_found(what, where=OF_CLIENT) if "clientno" in call.path else not_found(what)


def _listed(call: Call, status: int) -> Answer:
    paging = call.operation.pagination or {}
    rows = call.state.records.all(call.location)
    if paging.get("style") == "query":
        return page_by_query(call, paging["items"], rows)
    page = page_of(rows, scope=call.scope, size=call.page_size(), token=call.query.get(paging.get("token", "")))
    answer = listed(page, lambda row: row)
    return answer if not call.operation.answer_flaws(status, answer.body) else _fitting(call, status, None)


def _fitting(call: Call, status: int, body: Any) -> Answer:
    """The body if the spec lets it out with this status, else the least that it does let out."""
    if body is not None and not call.operation.answer_flaws(status, body):
        return Answer(status, body)
    return Answer(status, call.operation.sample(status))
