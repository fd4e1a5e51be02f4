"""JSON Schemas of a document, looked at: where references lead, which types and words there are, what fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["Document", "resolve", "smallest", "types_of", "words_of"]

Document = Mapping[str, Any]

_SAMPLES: Final[Mapping[str, str]] = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "date": "2025-03-09",
    "date-time": "2025-03-09T14:30:00Z",
    "date-or-date-time": "2025-03-09",
    "decimal": "0",
    "uri": "https://example.invalid/",
    "email": "sandbox@example.invalid",
}


def types_of(schema: Mapping[str, Any], document: Document) -> list[str]:
    """The JSON types that a schema allows, as far as they are written at its top."""
    schema = resolve(schema, document)
    kinds = schema.get("type", [])
    found = [kinds] if isinstance(kinds, str) else list(kinds)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        found += types_of(branch, document)
    return found


def smallest(schema: Mapping[str, Any], document: Document) -> Any:
    """A value that fits a schema and says as little as possible: only what is required, and none of it true."""
    schema = resolve(schema, document)
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


def words_of(schema: Mapping[str, Any], document: Document, seen: set[int] | None = None) -> Iterator[tuple[str, str]]:
    """The fields below a schema that are words of an open vocabulary, with each word that is known."""
    seen = set() if seen is None else seen
    schema = resolve(schema, document)
    if id(schema) in seen:
        return
    seen.add(id(schema))
    for name, inner in schema.get("properties", {}).items():
        for branch in (inner, *inner.get("anyOf", ())):
            for word in resolve(branch, document).get("x-extensible-enum", ()):
                yield name, word
            yield from words_of(branch, document, seen)
    if "items" in schema:
        yield from words_of(schema["items"], document, seen)


def resolve(node: Mapping[str, Any], document: Document) -> Mapping[str, Any]:
    """What a reference leads to; anything else is itself."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
