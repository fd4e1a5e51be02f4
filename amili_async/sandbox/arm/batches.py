"""Batches of ARM: accepted at once, carried out after `batch_delay_s`, then read with one of three statuses.

What 202, 206 and 406 mean is concluded from their names: not ended yet, ended with a part refused, all refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from amili_async.sandbox.arm.books import ArBatch, ClientBooks
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.entities import timestamp
from amili_async.sandbox.problems import OF_CLIENT, Flaw, Problem, not_found

__all__ = ["HANDLERS", "Refused", "items_of", "submit"]


class Refused(Exception):  # noqa: N818  # an outcome rather than a failure of the sandbox
    """An item that is not carried out; the text says why."""


def items_of(body: Any, name: str) -> Sequence[Any]:
    """The items of a body of which it is not known whether it is a bare list or has the list under a name.

    Raises:
        Problem: There is no list.
    """
    found = body.get(name) if isinstance(body, dict) else body
    if not isinstance(found, list):
        raise Problem(
            422, "the body does not fit", [Flaw("$", f"a list, or an object with the list {name}, is wanted")]
        )
    return found


def submit(
    call: Call,
    items: Sequence[Any],
    *,
    schema: str,
    carry_out: Callable[[ClientBooks, Mapping[str, Any]], Mapping[str, Any]],
) -> Answer:
    """Accept items that are carried out later.

    Args:
        call: The request.
        items: What is to be done.
        schema: What each of them has to be.
        carry_out: Does it for one item and gives its result.

    Raises:
        Problem: There are too many.
    """
    limit = call.settings.max_items
    if len(items) > limit:
        raise Problem(400, "too many items in one request", [Flaw("$", f"more than {limit} items")])
    client, operation = call.client, call.operation
    batch = ArBatch(id=client.new_id(), kind=operation.id, created_at=call.state.now, results=[])
    client.batches[batch.id] = batch

    def work(due: datetime) -> None:
        for index, item in enumerate(items):
            errors = [f"{flaw.path}: {flaw.message}" for flaw in operation.schema_flaws(schema, item)]
            result: Mapping[str, Any] = {}
            if not errors:
                try:
                    result = carry_out(client, item)
                except Refused as error:
                    errors = [str(error)]
            batch.results.append({"index": index, **result, "errors": errors})
        batch.finished_at = due

    call.state.later(work, after_s=call.settings.batch_delay_s)
    client.log(operation.id, call.state.now)
    return Answer(200, {"batchUuid": batch.id, "status": "QUEUED"})


def get_batch(call: Call) -> Answer:
    """One batch; the status of the answer says how far it is."""
    batch = call.client.batches.get(call.path["batchuuid"].lower())
    if batch is None:
        raise not_found("the batch", where=OF_CLIENT)
    body = {
        "batchUuid": batch.id,
        "operation": batch.kind,
        "createdAt": timestamp(batch.created_at),
        "results": batch.results,
    }
    if batch.finished_at is None:
        return Answer(202, {**body, "status": "QUEUED"})
    body["finishedAt"] = timestamp(batch.finished_at)
    if not batch.refused:
        return Answer(200, {**body, "status": "SUCCESS"})
    if batch.refused < len(batch.results):
        return Answer(206, {**body, "status": "PARTIAL"})
    raise Problem(406, "every item of the batch was refused", extra={**body, "batchStatus": "FAILED"})


HANDLERS: Final[Mapping[str, Handler]] = {"GetArBatch": get_batch}
