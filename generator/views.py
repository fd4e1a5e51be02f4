"""What the templates show: the representation as finished pieces of text, so that templates hold no decisions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from generator.docs import attribute, described, docstring, section, sentence, wrap
from generator.ir import (
    Api,
    Body,
    EnumDef,
    Evidence,
    Field,
    Model,
    Nullable,
    Operation,
    Param,
    Response,
    Scalar,
    TypeRef,
)
from generator.pytypes import IN_ENDPOINTS, IN_MODELS, without_none

__all__ = ["EnumView", "FieldView", "ModelView", "OperationView", "enum_view", "model_view", "operation_view"]

DOCUMENTATION = "https://docs.amili.dev/"
_INFERRED = "Inferred: not seen here in the current documentation."
_TYPE_INFERRED = "Type and meaning are inferred."
_SHAPE_INFERRED = "Its shape is inferred."
_SENSITIVE = "Personal data or a secret: left out of `repr`."
_DEPRECATED = "Deprecated: dropped by the documentation, or marked for removal."
_LEVELS = {
    "documented": "documented (method, path and body shape are printed).",
    "partial": "partial (the path is printed; a body was seen in part, or taken from a sibling).",
    "assumed": "assumed (only the name is known; method or path are by analogy with its siblings).",
}


@frozen
class FieldView:
    """A field of a model: its line of code and its docstring."""

    code: str
    doc: str


@frozen
class ModelView:
    """A model."""

    name: str
    doc: str
    fields: tuple[FieldView, ...]
    page_items: str | None = None
    page_item_type: str = ""


@frozen
class EnumView:
    """An enum."""

    name: str
    base: str
    doc: str
    members: tuple[FieldView, ...]


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


def enum_view(enum: EnumDef) -> EnumView:
    """Spell out an enum."""
    text = enum.description or f"Values of {enum.name}."
    return EnumView(
        name=enum.name,
        base="_OpenStrEnum" if enum.base == "str" else "_OpenIntEnum",
        doc=described(text, 4),
        members=tuple(
            FieldView(f"{member.name} = {member.value!r}", attribute(sentence(member.description), 4))
            for member in enum.members
        ),
    )


def model_view(model: Model) -> ModelView:
    """Spell out a model."""
    view = ModelView(
        name=model.name,
        doc=described(model.description or f"The object {model.name}.", 4, _DEPRECATED if model.deprecated else ""),
        fields=tuple(FieldView(_field_code(field), _field_doc(field)) for field in model.fields),
    )
    if (field := model.page_items) is None:
        return view
    optional = not field.required or isinstance(field.type, Nullable)
    return evolve(
        view,
        page_items=f"self.{field.name} or []" if optional else f"self.{field.name}",
        page_item_type=IN_MODELS.annotation(without_none(field.type)),
    )


def _field_code(field: Field) -> str:
    annotation = IN_MODELS.annotation(field.type)
    arguments = []
    if field.const is not None:
        arguments.append(f"default={field.const!r}")
    elif field.unset:
        annotation = f"{IN_MODELS.annotation(without_none(field.type))} | _Unset | None"
        arguments.append("default=_UNSET")
    elif not field.required:
        annotation = IN_MODELS.optional(field.type)
        arguments.append("default=None")
    if field.sensitive:
        arguments.append("repr=False")
    arguments.append(f'metadata={{"wire": {field.wire!r}}}')
    return f"{field.name}: {annotation} = _field({', '.join(arguments)})"


def _field_doc(field: Field) -> str:
    parts = [sentence(field.description), *field.facts]
    if field.unset:
        parts.append("None is sent as null; leave it out to say nothing.")
    if field.inferred:
        parts.append(_INFERRED)
    if field.sensitive:
        parts.append(_SENSITIVE)
    if field.deprecated:
        parts.append(_DEPRECATED)
    return attribute(" ".join(part for part in parts if part), 4)


# Operations


def _result(responses: Iterable[Response]) -> tuple[str, tuple[TypeRef, ...]]:
    """The type of a call's result."""
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
    return None if response.type in (Scalar.ANY, Scalar.OPEN_OBJECT) else response.type


def _parameter(param: Param) -> str:
    annotation = IN_ENDPOINTS.argument(param.type)
    return f"{param.name}: {annotation}" if param.required else f"{param.name}: {annotation} | None = None"


def _python_tuple(items: Iterable[str]) -> str:
    items = list(items)
    return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"


def operation_view(operation: Operation, api: Api) -> OperationView:
    """Spell out an operation."""
    returns, result_types = _result(operation.responses)
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
        function_doc=_operation_doc(operation, [*path, *others], 4, with_client=True),
        method_doc=_operation_doc(operation, [*path, *others], 8, with_client=False),
        types=types,
        row_types=(*((body.type,) if body is not None and _body_model(body.type) else ()), *result_types),
        uses_any=returns == "Any",
        uses_sequence=any("Sequence[" in parameter for parameter in parameters),
    )


def _body_model(type_: TypeRef) -> str | None:
    return None if type_ in (Scalar.ANY, Scalar.OPEN_OBJECT) else IN_ENDPOINTS.annotation(type_)


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
        arguments = [f"model={_body_model(body.type)}"]
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


def _operation_doc(operation: Operation, params: Sequence[Param], indent: int, *, with_client: bool) -> str:
    lines = [sentence(operation.summary)]
    if operation.description:
        lines += ["", *wrap(operation.description, indent)]
    if operation.deprecated:
        lines += ["", _DEPRECATED]
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
        arguments.append(("body", f"{text} {_SHAPE_INFERRED}" if body.inferred else text))
    arguments += [(param.name, _param_doc(param)) for param in params if param.location != "path"]
    arguments.append(("options", "Settings for this call alone."))
    lines += section("Args", arguments, indent)
    lines += section("Returns", [("", _returns_doc(operation.responses))], indent)
    lines += section("Raises", _raises(operation), indent)
    return docstring(lines, indent)


def _body_doc(body: Body) -> str:
    if _body_model(body.type) is None:
        return "The request body, as plain JSON values."
    return "The request body." if body.content_type == "application/json" else "The request body, sent as a form."


def _param_doc(param: Param) -> str:
    parts = [sentence(param.description), *param.facts]
    if param.inferred:
        parts.append(_INFERRED)
    elif param.type_inferred:
        parts.append(_TYPE_INFERRED)
    if param.deprecated:
        parts.append(_DEPRECATED)
    return " ".join(part for part in parts if part) or f"`{param.wire}` in the request."


def _returns_doc(responses: Sequence[Response]) -> str:
    def one(response: Response) -> str:
        text = sentence(" ".join(response.description.split()))
        if response.type is None:
            return f"{text} None, as there is no content.".strip()
        if _model(response) is None:
            return f"{text} Given as plain JSON values.".strip()
        return f"{text} {_SHAPE_INFERRED}" if response.inferred else text

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
