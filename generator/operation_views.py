"""Operations as finished pieces of text, for the templates."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from attrs import frozen

from generator.ir import Api, Evidence, Operation, Param, Response, TypeRef
from generator.operation_docs import operation_doc
from generator.pytypes import IN_ENDPOINTS, is_plain_json

__all__ = ["OperationView", "operation_view", "result_of"]


@frozen
class OperationView:
    """An operation: what its row, its function and its method need.

    Attributes:
        row_type: `T` of its `Operation[T]`.
        row: Arguments of its row.
        parameters: Its signature without the client.
        returns: Its result type.
        call: Arguments of `client.call`.
        function_doc: Docstring of the function, which takes a client.
        method_doc: Docstring of the method.
        types: All types of its signature.
    """

    id: str
    constant: str
    function: str
    tag: str
    row_type: str
    row: tuple[str, ...]
    parameters: tuple[str, ...]
    returns: str
    call: tuple[str, ...]
    function_doc: str
    method_doc: str
    types: tuple[TypeRef, ...]
    row_types: tuple[TypeRef, ...]
    uses_any: bool
    uses_sequence: bool


def result_of(responses: Iterable[Response]) -> tuple[str, tuple[TypeRef, ...]]:
    """The type of a call's result: its spelling, and what of it the library decodes (nothing, if that is `Any`)."""
    responses = tuple(responses)
    known = list(dict.fromkeys(r.type for r in responses if _model(r) is not None))
    unknown = [r for r in responses if _model(r) is None]
    if not known or any(r.type is not None for r in unknown):
        # Nothing is known of an answer: JSON of whatever shape, or nothing.
        return "Any", ()
    spelt = " | ".join(IN_ENDPOINTS.annotation(type_) for type_ in known if type_ is not None)
    return (f"{spelt} | None" if unknown else spelt), tuple(type_ for type_ in known if type_ is not None)


def _model(response: Response) -> TypeRef | None:
    """What an answer is decoded to, if that is more than plain JSON."""
    return None if is_plain_json(response.type) else response.type


def _parameter(param: Param) -> str:
    annotation = IN_ENDPOINTS.argument(param.type)
    return f"{param.name}: {annotation}" if param.required else f"{param.name}: {annotation} | None = None"


def _python_tuple(items: Iterable[str]) -> str:
    items = list(items)
    return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"


def operation_view(operation: Operation, api: Api) -> OperationView:
    """Spell out an operation."""
    returns, result_types = result_of(operation.responses)
    path = [param for param in operation.params if param.location == "path"]
    others = sorted((p for p in operation.params if p.location != "path"), key=lambda param: not param.required)
    body = operation.body
    body_types: tuple[TypeRef, ...] = ()
    parameters = [_parameter(param) for param in path] + ["*"]
    call = [operation.constant, *(param.name for param in path)]
    if body is not None:
        spelt = IN_ENDPOINTS.annotation(body.type)
        parameters.append(f"body: {spelt}" if body.required else f"body: {IN_ENDPOINTS.optional(body.type)} = None")
        call.append("body=body")
        body_types = (body.type,)
    parameters += [_parameter(param) for param in others] + ["options: RequestOptions | None = None"]
    call += [f"{param.name}={param.name}" for param in others] + ["options=options"]
    types = (*(param.type for param in operation.params), *body_types, *result_types)
    return OperationView(
        id=operation.id,
        constant=operation.constant,
        function=operation.function,
        tag=operation.tag,
        row_type=returns,
        row=_row(operation, api),
        parameters=tuple(parameters),
        returns=returns,
        call=tuple(call),
        function_doc=operation_doc(operation, [*path, *others], 4, with_client=True),
        method_doc=operation_doc(operation, [*path, *others], 8, with_client=False),
        types=types,
        row_types=(*(type_ for type_ in body_types if not is_plain_json(type_)), *result_types),
        uses_any=returns == "Any",
        uses_sequence=any("Sequence[" in parameter for parameter in parameters),
    )


def _keywords(**values: object) -> str:
    """Keyword arguments, those that are None or False left out."""
    return ", ".join(f"{name}={value!r}" for name, value in values.items() if value is not None and value is not False)


def _evidence(evidence: Evidence) -> str:
    keywords = _keywords(level=evidence.level, pages=evidence.pages or None, modified=evidence.modified)
    return f"{keywords}, note={_literal(evidence.note)}" if evidence.note else keywords


def _literal(text: str) -> str:
    """A text as string literals, one for each line of source."""
    lines = textwrap.wrap(" ".join(text.split()), 100, break_long_words=False, break_on_hyphens=False)
    literals = [repr(line + " ") for line in lines[:-1]] + [repr(lines[-1])]
    return literals[0] if len(literals) == 1 else "(" + "\n".join(literals) + ")"


def _row(operation: Operation, api: Api) -> tuple[str, ...]:
    tag = next(tag.module for tag in api.tags if tag.name == operation.tag)
    evidence = operation.evidence
    row = [
        f"id={operation.id!r}",
        f"method={operation.method!r}",
        f"path={operation.path!r}",
        f"prefix={api.prefix!r}",
        f"product={api.product!r}",
        f"tag={tag!r}",
        f"summary={' '.join(operation.summary.split())!r}",
        f"idempotency={operation.idempotency!r}",
        f"evidence=Evidence({_evidence(evidence)})",
    ]
    if operation.since is not None:
        row.append(f"since={operation.since!r}")
    if operation.deprecated:
        row.append("deprecated=True")
    if (paging := operation.pagination) is not None:
        keywords = _keywords(
            style=paging.style, items=paging.items, token=paging.token, size=paging.size, page=paging.page
        )
        row.append(f"pagination=Pagination({keywords})")
    if operation.batch is not None:
        row.append(f"batch={operation.batch!r}")
    if operation.params:
        params = (
            f"Param({_keywords(name=p.name, wire=p.wire, location=p.location, required=p.required)})"
            for p in operation.params
        )
        row.append(f"params={_python_tuple(params)}")
    if (body := operation.body) is not None:
        arguments = [f"model={None if is_plain_json(body.type) else IN_ENDPOINTS.annotation(body.type)}"]
        if body.content_type != "application/json":
            arguments.append(f"content_type={body.content_type!r}")
        if not body.required:
            arguments.append("required=False")
        row.append(f"request_body=Body({', '.join(arguments)})")
    answers = []
    for response in operation.responses:
        model = _model(response)
        answers.append(f"{response.status}: {None if model is None else IN_ENDPOINTS.annotation(model)}")
    row.append("responses={" + ", ".join(answers) + "}")
    if not operation.secured:
        row.append("secured=False")
    return tuple(row)
