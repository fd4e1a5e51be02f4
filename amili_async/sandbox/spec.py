"""The OpenAPI documents as the sandbox uses them: routes, and validators of requests and answers.

The documents are the same that the library's own code is generated from, kept as JSON beside it. Whatever they say is
checked by an independent JSON Schema validator, so the sandbox catches what the generated code gets wrong.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module, resources
from typing import Any, Final
from urllib.parse import urlsplit

import jsonschema_rs
from attrs import define, field, frozen

from amili_async.sandbox.formats import FORMATS
from amili_async.sandbox.problems import Flaw, json_path

__all__ = [
    "Document",
    "OperationSpec",
    "ParameterSpec",
    "default_operations",
    "load_documents",
    "operations_of",
    "smallest",
]

Document = Mapping[str, Any]

_METHODS: Final = ("get", "put", "post", "delete", "patch")
_MAX_FLAWS: Final = 50
_JSON: Final = "application/json"


@frozen(kw_only=True)
class ParameterSpec:
    """One parameter: where it stands, and what it may be."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]
    types: frozenset[str]


class Checker:
    """Says what is wrong with a value.

    Args:
        schema: What it has to be.
        document: Where the references of the schema lead.
    """

    def __init__(self, schema: Mapping[str, Any], document: Document) -> None:
        self._validator = jsonschema_rs.Draft202012Validator(
            {"components": document.get("components", {}), "allOf": [schema]},
            validate_formats=True,
            formats=dict(FORMATS),
            mask="the value",  # a message may end up in a log; what a debtor is called must not
        )

    def flaws(self, value: Any, path: Sequence[str | int] = ()) -> list[Flaw]:
        """Everything that is wrong, or the first of it if that is very much."""
        if self._validator.is_valid(value):  # much faster than asking for the errors, of which there mostly are none
            return []
        found = []
        for error in self._validator.iter_errors(value):
            found.append(Flaw(json_path([*path, *error.instance_path]), error.message))
            if len(found) == _MAX_FLAWS:
                break
        return found


@define(eq=False, slots=False, kw_only=True)
class OperationSpec:
    """One operation of a document.

    Attributes:
        id: Its operationId.
        product: The document it stands in.
        method: HTTP method.
        path: Path template on the host, the product's prefix included.
        secured: Whether credentials are needed.
        schemes: Which ones do: `bearer`, `basic`.
        parameters: Path and query parameters.
        body_types: Content types of the request body; none where there is no body.
        body_required: Whether the body has to be there.
    """

    id: str
    product: str
    method: str
    path: str
    secured: bool
    schemes: frozenset[str]
    parameters: tuple[ParameterSpec, ...]
    body_types: tuple[str, ...]
    body_required: bool
    _raw: Mapping[str, Any]
    _document: Document
    _answer_checkers: dict[int, Checker] = field(factory=dict, init=False)
    _schema_checkers: dict[str, Checker] = field(factory=dict, init=False)

    @property
    def success_status(self) -> int | None:
        """The first status of a good answer that the spec has."""
        return min((int(name) for name in self._raw.get("responses", {}) if name.startswith("2")), default=None)

    @property
    def pagination(self) -> Mapping[str, str] | None:
        """How the list is paged, if it is one."""
        return self._raw.get("x-amili-pagination")

    def sample(self, status: int) -> Any:
        """The smallest body that an answer with this status can have; None where it has none."""
        content = (self._response(status) or {}).get("content", {})
        if _JSON not in content:
            return None
        return smallest(content[_JSON].get("schema", {}), self._document)

    def vocabulary(self, status: int) -> Iterator[tuple[str, str]]:
        """The fields of an answer that are words of an open vocabulary, with each word that is known."""
        content = (self._response(status) or {}).get("content", {})
        yield from _words(content.get(_JSON, {}).get("schema", {}), self._document, set())

    def schema_flaws(self, name: str, value: Any, path: Sequence[str | int] = ()) -> list[Flaw]:
        """What is wrong with a value as one of the document's schemas, for bodies that the operation leaves open."""
        if name not in self._schema_checkers:
            self._schema_checkers[name] = Checker({"$ref": f"#/components/schemas/{name}"}, self._document)
        return self._schema_checkers[name].flaws(value, path)

    def parameter_flaws(self, location: str, values: Mapping[str, Any]) -> list[Flaw]:
        """What is wrong with the path's or the query's parameters, already converted to their types."""
        checker = self._path_checker if location == "path" else self._query_checker
        return [Flaw(flaw.path.removeprefix("$."), flaw.message) for flaw in checker.flaws(values)]

    def body_flaws(self, body: Any) -> list[Flaw]:
        """What is wrong with the request body."""
        return self._body_checker.flaws(body) if self._body_checker is not None else []

    def answer_flaws(self, status: int, body: Any) -> list[Flaw]:
        """What is wrong with an answer; `body` is None where there is none."""
        response = self._response(status)
        if response is None:
            return [Flaw("$", f"the spec has no answer with status {status} for {self.id}")]
        has_content = _JSON in response.get("content", {})
        if body is None:
            return [Flaw("$", f"the spec wants a body with status {status}")] if has_content else []
        if not has_content:
            return [Flaw("$", f"the spec wants no body with status {status}")]
        return self._answer_checker(status).flaws(body)

    @functools.cached_property
    def _path_checker(self) -> Checker:
        return self._parameter_checker("path")

    @functools.cached_property
    def _query_checker(self) -> Checker:
        return self._parameter_checker("query")

    def _parameter_checker(self, location: str) -> Checker:
        chosen = [parameter for parameter in self.parameters if parameter.location == location]
        schema = {
            "type": "object",
            "properties": {parameter.name: parameter.schema for parameter in chosen},
            "required": [parameter.name for parameter in chosen if parameter.required],
        }
        return Checker(schema, self._document)

    @functools.cached_property
    def _body_checker(self) -> Checker | None:
        content = _resolve(self._raw.get("requestBody", {}), self._document).get("content", {})
        schema = next((media.get("schema") for kind, media in content.items() if _is_json(kind)), None)
        return Checker(schema, self._document) if schema is not None else None

    def _response(self, status: int) -> Mapping[str, Any] | None:
        responses = self._raw.get("responses", {})
        for name in (str(status), f"{status // 100}XX", "default"):
            if name in responses:
                return _resolve(responses[name], self._document)
        return None

    def _answer_checker(self, status: int) -> Checker:
        if status not in self._answer_checkers:
            content = (self._response(status) or {}).get("content", {})
            self._answer_checkers[status] = Checker(content.get(_JSON, {}).get("schema", {}), self._document)
        return self._answer_checkers[status]


def operations_of(documents: Mapping[str, Document]) -> tuple[OperationSpec, ...]:
    """Every operation of every document."""
    return tuple(operation for product, document in documents.items() for operation in _operations(product, document))


@functools.cache
def default_operations() -> tuple[OperationSpec, ...]:
    """The operations that came with the library; shared, since making a validator takes longer than using it."""
    return operations_of(load_documents())


@functools.cache
def load_documents() -> Mapping[str, Document]:
    """Read the documents that came with the library, by product."""
    products: Sequence[str] = import_module("amili_async.endpoints").PRODUCTS
    return {product: _read(product) for product in products}


def _read(product: str) -> Document:
    file = resources.files("amili_async.endpoints").joinpath(product, "openapi.json")
    document: Document = json.loads(file.read_bytes())
    return document


def _operations(product: str, document: Document) -> Iterator[OperationSpec]:
    servers = document.get("servers") or [{"url": ""}]
    prefix = urlsplit(servers[0]["url"]).path.rstrip("/")
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield _operation(product, document, prefix + path, method, item)


def _operation(product: str, document: Document, path: str, method: str, item: Mapping[str, Any]) -> OperationSpec:
    raw = item[method]
    body = _resolve(raw.get("requestBody", {}), document)
    shared = [_parameter(entry, document) for entry in item.get("parameters", ())]
    own = [_parameter(entry, document) for entry in raw.get("parameters", ())]
    security = raw.get("security", document.get("security", ()))
    schemes = document.get("components", {}).get("securitySchemes", {})
    merged = {(parameter.location, parameter.name): parameter for parameter in [*shared, *own]}
    return OperationSpec(
        id=raw["operationId"],
        product=product,
        method=method.upper(),
        path=path,
        secured=bool(security),
        schemes=frozenset(schemes[name].get("scheme", "bearer") for entry in security for name in entry),
        parameters=tuple(merged.values()),
        body_types=tuple(body.get("content", {})),
        body_required=bool(body.get("required", False)),
        raw=raw,
        document=document,
    )


def _parameter(entry: Mapping[str, Any], document: Document) -> ParameterSpec:
    entry = _resolve(entry, document)
    schema = entry.get("schema", {})
    return ParameterSpec(
        name=entry["name"],
        location=entry["in"],
        required=bool(entry.get("required", False)),
        schema=schema,
        types=frozenset(_types(schema, document)),
    )


def _types(schema: Mapping[str, Any], document: Document) -> list[str]:
    """The JSON types that a schema allows, as far as they are written at its top."""
    schema = _resolve(schema, document)
    kinds = schema.get("type", [])
    found = [kinds] if isinstance(kinds, str) else list(kinds)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        found += _types(branch, document)
    return found


def _resolve(node: Mapping[str, Any], document: Document) -> Mapping[str, Any]:
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


_SAMPLES: Final[Mapping[str, str]] = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "date": "2025-03-09",
    "date-time": "2025-03-09T14:30:00Z",
    "date-or-date-time": "2025-03-09",
    "decimal": "0",
    "uri": "https://example.invalid/",
    "email": "sandbox@example.invalid",
}


def smallest(schema: Mapping[str, Any], document: Document) -> Any:
    """A value that fits a schema and says as little as possible: only what is required, and none of it true."""
    schema = _resolve(schema, document)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        return smallest(branch, document)
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if schema.get("enum"):
        return schema["enum"][0]
    kinds = schema.get("type", "object")
    match kinds if isinstance(kinds, str) else kinds[0]:
        case "object":
            properties = schema.get("properties", {})
            return {name: smallest(properties.get(name, {}), document) for name in schema.get("required", ())}
        case "array":
            return [smallest(schema.get("items", {}), document)] * schema.get("minItems", 0)
        case "string":
            text = next(iter(schema.get("x-extensible-enum", ())), _SAMPLES.get(schema.get("format", ""), ""))
            return str(text).ljust(schema.get("minLength", 0), "x")
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
    return None


def _words(schema: Mapping[str, Any], document: Document, seen: set[int]) -> Iterator[tuple[str, str]]:
    schema = _resolve(schema, document)
    if id(schema) in seen:
        return
    seen.add(id(schema))
    for name, inner in schema.get("properties", {}).items():
        for branch in (inner, *inner.get("anyOf", ())):
            for word in _resolve(branch, document).get("x-extensible-enum", ()):
                yield name, word
            yield from _words(branch, document, seen)
    if "items" in schema:
        yield from _words(schema["items"], document, seen)


def _is_json(content_type: str) -> bool:
    return content_type == _JSON or content_type.endswith("+json")
