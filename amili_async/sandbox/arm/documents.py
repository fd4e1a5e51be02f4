"""Documents: each opens an AR item over its amount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amili_async.sandbox.arm.batches import Refused, submit
from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.arm.queries import page_by_query
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import OF_CLIENT, Flaw, Problem, not_found

__all__ = ["HANDLERS"]

_SCHEMA: Final = "DocumentWrite"


def create(call: Call) -> Answer:
    """Create one document: the body, which was not seen, is one as the batch has them, or `document` holds it."""
    fields = call.body.get("document", call.body)
    flaws = call.operation.schema_flaws(_SCHEMA, fields)
    if flaws:
        raise Problem(422, "the document does not fit the spec", flaws)
    try:
        result = _store(call.client, {name: value for name, value in fields.items() if name != "metadata"})
    except Refused as error:
        raise Problem(422, "the document cannot be created", [Flaw("$.documentNo", str(error))]) from None
    call.client.log(call.operation.id, call.state.now)
    return Answer(200, result)


def create_batch(call: Call) -> Answer:
    """Create many documents later."""
    return submit(call, call.body["documents"], schema=_SCHEMA, carry_out=_store)


def list_documents(call: Call) -> Answer:
    """The client's documents."""
    return page_by_query(call, "documents", list(call.client.documents.values()))


def get(call: Call) -> Answer:
    """One document, by its number."""
    document = call.client.documents.get(call.path["documentno"])
    if document is None:
        raise not_found("the document", where=OF_CLIENT)
    return Answer(200, document)


def _store(client: ClientBooks, fields: Mapping[str, Any]) -> dict[str, Any]:
    number = fields.get("documentNo")
    if not number:
        raise Refused("documentNo is missing")
    if number in client.documents:
        raise Refused("documentNo was used before")
    document = client.add_document(fields)
    return {"documentNo": number, "documentUuid": document["documentUuid"]}


HANDLERS: Final[Mapping[str, Handler]] = {
    "CreateDocument": create,
    "CreateDocumentBatch": create_batch,
    "ListDocuments": list_documents,
    "GetDocument": get,
}
