"""The reference: a page for each product, with its operations and models, as `docs/operations/<product>.md`."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from generator.docs import sentence
from generator.ir import (
    Api,
    EnumDef,
    Field,
    ListOf,
    Model,
    Named,
    Nullable,
    Operation,
    Response,
    Scalar,
    TypeRef,
    UnionOf,
)
from generator.operation_views import OperationView, operation_view
from generator.phrases import DEPRECATED, DOCUMENTATION, INFERRED, SENSITIVE, SHAPE_INFERRED, TYPE_INFERRED
from generator.pytypes import IN_TEXT, is_plain_json, without_none

__all__ = ["REFERENCE", "EnumPart", "Group", "ModelPart", "OperationPart", "Page", "page_of"]

REFERENCE = "docs/operations"
"""The directory of these pages; every file in it is generated."""

_LEVELS = {
    "documented": "method, path and body shape are printed.",
    "partial": "the path is printed; a body was seen in part, or taken from a sibling.",
    "assumed": "only the name is known; method or path are by analogy.",
}
_IDEMPOTENCY = {
    "safe": "a read; repeated when it fails.",
    "upsert": "repeatable by its nature; repeated when it fails.",
    "keyed": "carries an idempotency key; not sent again when its outcome is unclear.",
    "unsafe": "not sent again when its outcome is unclear.",
}
_ASSUMED = {
    True: "It warns once per process (`UnverifiedOperationWarning`).",
    False: "It raises `UnverifiedOperationError` unless `allow_unverified` is set.",
}


@frozen
class OperationPart:
    """One operation, as pieces of Markdown."""

    id: str
    summary: str
    request: str
    call: OperationView
    description: str
    facts: tuple[str, ...]
    params: tuple[tuple[str, ...], ...]
    answers: tuple[str, ...]


@frozen
class Group:
    """The operations of a tag."""

    name: str
    description: str
    operations: tuple[OperationPart, ...]


@frozen
class EnumPart:
    """A vocabulary, and its known values."""

    name: str
    description: str
    members: tuple[str, ...]


@frozen
class ModelPart:
    """An object, and its fields as cells."""

    name: str
    description: str
    fields: tuple[tuple[str, ...], ...]


@frozen
class Page:
    """The reference of one product. `secured`: it takes a token, so it is a namespace of the client."""

    product: str
    secured: bool
    title: str
    prefix: str
    description: str
    groups: tuple[Group, ...]
    models: tuple[ModelPart, ...]
    enums: tuple[EnumPart, ...]


def page_of(api: Api) -> Page:
    """All that is known of a product, in the order of the spec."""
    groups = (
        Group(
            tag.name,
            _line(tag.description),
            tuple(_operation(operation, api) for operation in api.operations if operation.tag == tag.name),
        )
        for tag in api.tags
    )
    return Page(
        product=api.product,
        secured=any(operation.secured for operation in api.operations),
        title=api.title,
        prefix=api.prefix,
        description=_line(api.description),
        groups=tuple(group for group in groups if group.operations),
        models=tuple(_model(model) for model in api.models),
        enums=tuple(_enum(enum) for enum in api.enums),
    )


def _operation(operation: Operation, api: Api) -> OperationPart:
    evidence = operation.evidence
    level = f"**Evidence**: {evidence.level}: {_LEVELS[evidence.level]}"
    if evidence.level == "assumed":
        level += " " + _ASSUMED[operation.idempotency == "safe"]
    facts = [f"{level} {_line(evidence.note)}".strip()]
    facts.append(f"**When it fails**: `{operation.idempotency}`: {_IDEMPOTENCY[operation.idempotency]}")
    if operation.deprecated:
        facts.append(f"**{DEPRECATED}**")
    if (paging := operation.pagination) is not None:
        facts.append(f"**Paging**: {paging.style}; `amili.paginate` gives the items of `{paging.items}`.")
    if operation.batch is not None:
        facts.append(f"**Batch**: of {operation.batch}; `amili.wait_for_batch` waits for its end.")
    since = f"since {operation.since}; " if operation.since else ""
    modified = f" (last modified on {evidence.modified})" if evidence.modified else ""
    pages = ", ".join(f"[{page}]({DOCUMENTATION}{page})" for page in evidence.pages)
    facts.append(f"**Documentation**: {since}{pages}{modified}")
    return OperationPart(
        id=operation.id,
        summary=_line(operation.summary),
        request=f"{operation.method} {api.prefix}{operation.path}",
        call=operation_view(operation, api),
        description=_line(operation.description),
        facts=tuple(facts),
        params=tuple(_params(operation)),
        answers=tuple(_answer(response) for response in operation.responses),
    )


def _params(operation: Operation) -> Iterable[tuple[str, ...]]:
    for param in operation.params:
        notes = [_line(param.description), *param.facts]
        if param.inferred:
            notes.append(INFERRED)
        elif param.type_inferred:
            notes.append(TYPE_INFERRED)
        if param.deprecated:
            notes.append(DEPRECATED)
        need = "yes" if param.required else ""
        yield (f"`{param.name}`", f"`{param.wire}` ({param.location})", _type(param.type), need, _cell(notes))
    if (body := operation.body) is not None:
        notes = [_line(body.description), SHAPE_INFERRED if body.inferred else ""]
        need = "yes" if body.required else ""
        yield ("`body`", "the body", _type(body.type), need, _cell(notes))


def _answer(response: Response) -> str:
    given = "`None`" if response.type is None else _type(response.type)
    if response.type is not None and is_plain_json(response.type):
        given = "plain JSON values"
    notes = [_line(response.description), SHAPE_INFERRED if response.inferred else ""]
    return f"`{response.status}` gives {given}. {_cell(notes)}".strip()


def _enum(enum: EnumDef) -> EnumPart:
    members = (
        f"`{member.value}`" + (f": {_line(member.description)}" if member.description else "")
        for member in enum.members
    )
    return EnumPart(enum.name, _line(enum.description), tuple(members))


def _model(model: Model) -> ModelPart:
    text = _line(model.description) + (f" {DEPRECATED}" if model.deprecated else "")
    return ModelPart(model.name, text.strip(), tuple(_field(field) for field in model.fields))


def _field(field: Field) -> tuple[str, ...]:
    notes = [_line(field.description), *field.facts]
    if field.unset:
        notes.append("None is sent as null; leave it out to say nothing.")
    notes += [
        phrase
        for phrase, holds in ((INFERRED, field.inferred), (SENSITIVE, field.sensitive), (DEPRECATED, field.deprecated))
        if holds
    ]
    return (f"`{field.name}`", f"`{field.wire}`", _type(field.type), "yes" if field.required else "", _cell(notes))


def _type(type_: TypeRef) -> str:
    # In words: a bar in a table would have to be escaped, and no two renderers agree on how.
    match type_:
        case Named(name=name):
            return f"[`{name}`](#{name.lower()})"
        case ListOf(item=item):
            return f"list of {_type(item)}"
        case UnionOf(members=members):
            return " or ".join(_type(member) for member in members)
        case Nullable():
            return f"{_type(without_none(type_))} or `None`"
        case Scalar.DATE_OR_DATETIME:
            return "`datetime` or `date`"
        case _:
            return f"`{IN_TEXT.scalars[type_]}`"


def _line(text: str | None) -> str:
    return sentence(" ".join((text or "").split()))


def _cell(notes: Iterable[str]) -> str:
    return " ".join(note for note in notes if note).replace("|", "\\|")
