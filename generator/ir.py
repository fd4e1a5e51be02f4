"""What the generator knows of an API: plain frozen values, free of the parser and of Python's spelling of types."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal

from attrs import frozen

__all__ = [
    "EDITIONS",
    "Api",
    "Body",
    "EnumDef",
    "Event",
    "Evidence",
    "Field",
    "ListOf",
    "Member",
    "Model",
    "Named",
    "Nullable",
    "Operation",
    "Pagination",
    "Param",
    "Response",
    "Scalar",
    "Tag",
    "TypeRef",
    "UnionOf",
]


EDITIONS: Final = ("2025-09", "2026-03", "2026-spring", "2026-05")
"""The editions of the documentation, oldest first; `openapi/README.md` says how they are told apart."""


class Scalar(Enum):
    """A type that needs no definition."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "date-time"
    DATE_OR_DATETIME = "date-or-date-time"
    UUID = "uuid"
    ANY = "any"
    OPEN_OBJECT = "open object"


@frozen
class Named:
    """A model or enum of the same document."""

    name: str
    kind: Literal["model", "enum"]


@frozen
class ListOf:
    """An array."""

    item: TypeRef


@frozen
class UnionOf:
    """One of several JSON kinds."""

    members: tuple[TypeRef, ...]


@frozen
class Nullable:
    """Something or null."""

    inner: TypeRef


TypeRef = Scalar | Named | ListOf | UnionOf | Nullable


@frozen(kw_only=True)
class Member:
    """A known value of an enum."""

    name: str
    value: str | int
    description: str = ""


@frozen(kw_only=True)
class EnumDef:
    """An open enum."""

    name: str
    pointer: str
    description: str
    base: Literal["str", "int"]
    members: tuple[Member, ...]


@frozen(kw_only=True)
class Field:
    """A property of a model.

    Attributes:
        name: In Python.
        wire: In JSON.
        type: Without the `None` that being optional adds.
        pointer: Where it stands in the document.
        description: From the place of use, else from the schema it refers to.
        facts: Limits and formats, as sentences.
        required: Whether it has to be given.
        inferred: Not seen in the documentation of this body.
        sensitive: Personal data.
        deprecated: Dropped by the documentation, or marked for removal.
        distinct_null: In requests, null says something else than leaving the field out.
        unset: Whether the generated field has three states; set by `passes`.
        const: The one value it can have, which is its default then.
    """

    name: str
    wire: str
    type: TypeRef
    pointer: str
    description: str = ""
    facts: tuple[str, ...] = ()
    required: bool = False
    inferred: bool = False
    sensitive: bool = False
    deprecated: bool = False
    distinct_null: bool = False
    unset: bool = False
    const: str | None = None


@frozen(kw_only=True)
class Model:
    """An object with named properties.

    Attributes:
        page_items: The list that a page's `page_items()` gives; set by `passes`.
    """

    name: str
    pointer: str
    description: str
    fields: tuple[Field, ...]
    page_items: Field | None = None
    deprecated: bool = False

    def field(self, wire: str) -> Field | None:
        """The field of this wire name."""
        return next((field for field in self.fields if field.wire == wire), None)


@frozen(kw_only=True)
class Param:
    """A path, query or header parameter.

    Attributes:
        inferred: Not seen in the documentation of this operation.
        type_inferred: Seen, but not what type it has.
    """

    name: str
    wire: str
    location: Literal["path", "query", "header"]
    type: TypeRef
    pointer: str
    description: str = ""
    facts: tuple[str, ...] = ()
    required: bool = False
    inferred: bool = False
    type_inferred: bool = False
    deprecated: bool = False


@frozen(kw_only=True)
class Body:
    """A request body. `inferred`: that there is one is known, its shape is concluded."""

    type: TypeRef
    content_type: str
    required: bool
    inferred: bool = False
    description: str = ""


@frozen(kw_only=True)
class Response:
    """A success answer. `type` is None where there is no content; `inferred`: its shape is concluded."""

    status: int
    type: TypeRef | None
    inferred: bool = False
    description: str = ""


@frozen(kw_only=True)
class Evidence:
    """How sure the spec is of an operation."""

    level: Literal["documented", "partial", "assumed"]
    pages: tuple[str, ...] = ()
    modified: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class Pagination:
    """How a list is paged."""

    style: Literal["cursor", "skip", "query"]
    items: str
    token: str | None = None
    size: str | None = None
    page: str | None = None


@frozen(kw_only=True)
class Operation:
    """One method on one path. `since` is the edition of the documentation that first had it."""

    id: str
    function: str
    constant: str
    method: str
    path: str
    tag: str
    pointer: str
    summary: str
    description: str
    idempotency: Literal["safe", "upsert", "keyed", "unsafe"]
    evidence: Evidence
    deprecated: bool
    pagination: Pagination | None
    batch: str | None
    params: tuple[Param, ...]
    body: Body | None
    responses: tuple[Response, ...]
    secured: bool
    since: str | None = None


@frozen(kw_only=True)
class Event:
    """Something that Amili sends by itself. `model` is the name of what it sends, where that is a model."""

    name: str
    pointer: str
    summary: str
    evidence: Evidence
    since: str | None
    model: str | None


@frozen(kw_only=True)
class Tag:
    """A group of operations: one module of functions."""

    name: str
    module: str
    description: str


@frozen(kw_only=True)
class Api:
    """One document."""

    product: str
    source: str
    title: str
    description: str
    prefix: str
    tags: tuple[Tag, ...]
    enums: tuple[EnumDef, ...]
    models: tuple[Model, ...]
    operations: tuple[Operation, ...]
    events: tuple[Event, ...] = ()
