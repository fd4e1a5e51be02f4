"""The docstrings of operations."""

from __future__ import annotations

from collections.abc import Sequence

from generator.docs import docstring, section, sentence, wrap
from generator.ir import Body, Operation, Param, Response
from generator.phrases import DEPRECATED, DOCUMENTATION, INFERRED, SHAPE_INFERRED, TYPE_INFERRED
from generator.pytypes import is_plain_json

__all__ = ["operation_doc"]

_LEVELS = {
    "documented": "documented (method, path and body shape are printed).",
    "partial": "partial (the path is printed; a body was seen in part, or taken from a sibling).",
    "assumed": "assumed (only the name is known; method or path are by analogy with its siblings).",
}


def operation_doc(operation: Operation, params: Sequence[Param], indent: int, *, with_client: bool) -> str:
    """The docstring of an operation's function (which takes a client) or method; `params` in the order to list them."""
    lines = [sentence(operation.summary)]
    if operation.description:
        lines += ["", *wrap(operation.description, indent)]
    if operation.deprecated:
        lines += ["", DEPRECATED]
    evidence = operation.evidence
    text = f"Evidence: {_LEVELS[evidence.level]}"
    if evidence.note:
        text += f" {sentence(' '.join(evidence.note.split()))}"
    if operation.since:
        text += f" In the documentation since {operation.since}."
    if evidence.modified:
        text += f" The page was last modified on {evidence.modified}."
    lines += ["", *wrap(text, indent)]
    pages = [DOCUMENTATION + page for page in evidence.pages]
    if len(pages) == 1:
        lines += ["", f"Documentation: {pages[0]}"]
    elif pages:
        lines += ["", "Documentation:", *(f"- {page}" for page in pages)]
    arguments = [("client", "Sends the request.")] if with_client else []
    arguments += [(param.name, _param_doc(param)) for param in params if param.location == "path"]
    if (body := operation.body) is not None:
        text = sentence(body.description) or _body_doc(body)
        arguments.append(("body", f"{text} {SHAPE_INFERRED}" if body.inferred else text))
    arguments += [(param.name, _param_doc(param)) for param in params if param.location != "path"]
    arguments.append(("options", "Settings for this call alone."))
    lines += section("Args", arguments, indent)
    lines += section("Returns", [("", _returns_doc(operation.responses))], indent)
    lines += section("Raises", _raises(operation), indent)
    return docstring(lines, indent)


def _body_doc(body: Body) -> str:
    if is_plain_json(body.type):
        return "The request body, as plain JSON values."
    return "The request body." if body.content_type == "application/json" else "The request body, sent as a form."


def _param_doc(param: Param) -> str:
    parts = [sentence(param.description), *param.facts]
    if param.inferred:
        parts.append(INFERRED)
    elif param.type_inferred:
        parts.append(TYPE_INFERRED)
    if param.deprecated:
        parts.append(DEPRECATED)
    return " ".join(part for part in parts if part) or f"`{param.wire}` in the request."


def _returns_doc(responses: Sequence[Response]) -> str:
    def one(response: Response) -> str:
        text = sentence(" ".join(response.description.split()))
        if response.type is None:
            return f"{text} None, as there is no content.".strip()
        if is_plain_json(response.type):
            return f"{text} Given as plain JSON values.".strip()
        return f"{text} {SHAPE_INFERRED}" if response.inferred else text

    if len(responses) == 1:
        return one(responses[0])
    return "\n".join(f"- {response.status}: {one(response)}" for response in responses)


def _raises(operation: Operation) -> list[tuple[str, str]]:
    entries = [
        ("RequestError", "An argument cannot be sent; nothing has left."),
        ("ResponseError", "The API refused; the subclass tells the status (`NotFoundError` for 404, ...)."),
        ("TransportError", "The API was not reached, or the answer broke off."),
    ]
    if operation.body is not None:
        entries[0] = ("RequestError", "An argument or the body cannot be sent; nothing has left.")
    if operation.idempotency in ("keyed", "unsafe"):
        entries.append(("OutcomeUnknownError", "The request may have been acted on: look before sending it again."))
    if operation.evidence.level == "assumed":
        if operation.idempotency == "safe":
            entries.append(("UnverifiedOperationWarning", "Once per process: the path is only assumed."))
        else:
            entries.append(("UnverifiedOperationError", "The path is only assumed; set `allow_unverified` to try it."))
    return entries
