"""Prepares a copy of a document for the parser.

The parser drops most of what a schema says (formats, limits, extensions), but it carries a schema's `description`
along to wherever the schema ends up. So in the copy every description is the JSON pointer of its schema, which leads
back to the whole of it. What the parser has no notion of, or stumbles over, is lowered to something plainer; the
adapter reads the original.
"""

from __future__ import annotations

import copy
from typing import Any

from generator.pointers import RawNode, child

__all__ = ["METHODS", "is_nullable", "is_open_object", "prepare", "property_name", "without_null"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def is_nullable(schema: RawNode) -> bool:
    """Whether null is allowed here, by the schema itself (a reference is not followed)."""
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        return True
    return any(member.get("type") == "null" for _, member in _members(schema))


def without_null(schema: RawNode, pointer: str) -> tuple[RawNode, str]:
    """The schema that is left when null is taken away; a union of one is that one."""
    rest = [(member, child(pointer, "anyOf", i)) for i, member in _members(schema) if member.get("type") != "null"]
    return rest[0] if len(rest) == 1 else (schema, pointer)


def _members(schema: RawNode) -> list[tuple[int, RawNode]]:
    """The members of a union. The profile asks too, before it is certain that they are objects."""
    union = schema.get("anyOf")
    return (
        [(i, member) for i, member in enumerate(union) if isinstance(member, dict)] if isinstance(union, list) else []
    )


def is_open_object(schema: RawNode) -> bool:
    """Whether this is an object of which no property is named."""
    kind = schema.get("type")
    return (kind == "object" or kind == ["object", "null"]) and not schema.get("properties")


def property_name(index: int) -> str:
    """What the parser knows a property by: it loses a whole object over two names that only it finds alike."""
    return f"property{index}"


def prepare(document: RawNode) -> RawNode:
    """The copy that goes to the parser."""
    result = copy.deepcopy(document)
    # Only the servers' paths matter, and those are read from the original.
    result.pop("servers", None)
    # What Amili calls at its clients is no operation of ours; the objects it sends are among the components.
    result.pop("webhooks", None)
    components = result.get("components", {})
    schemas = components.get("schemas", {})
    for name, schema in schemas.items():
        schemas[name] = _schema(schema, child("", "components", "schemas", name))
    for name, parameter in components.get("parameters", {}).items():
        _parameter(parameter, child("", "components", "parameters", name))
    for kind in ("responses", "requestBodies"):
        for name, node in components.get(kind, {}).items():
            _content(node, child("", "components", kind, name))
    for path, item in result.get("paths", {}).items():
        at_path = child("", "paths", path)
        for index, parameter in enumerate(item.get("parameters", ())):
            _parameter(parameter, child(at_path, "parameters", index))
        for method in METHODS:
            if method in item:
                _operation(item[method], child(at_path, method))
    return result


def _operation(operation: RawNode, pointer: str) -> None:
    operation["description"] = pointer
    for index, parameter in enumerate(operation.get("parameters", ())):
        _parameter(parameter, child(pointer, "parameters", index))
    if "requestBody" in operation:
        _content(operation["requestBody"], child(pointer, "requestBody"))
    # Error answers have one type in this library, whatever the document says of them.
    operation["responses"] = {s: r for s, r in operation.get("responses", {}).items() if s.startswith("2")}
    for status, response in operation["responses"].items():
        _content(response, child(pointer, "responses", status))


def _parameter(parameter: RawNode, pointer: str) -> None:
    if "schema" in parameter:
        parameter["schema"] = _schema(parameter["schema"], child(pointer, "schema"))


def _content(node: RawNode, pointer: str) -> None:
    node.pop("headers", None)
    for media_type, media in node.get("content", {}).items():
        if "schema" in media:
            media["schema"] = _schema(media["schema"], child(pointer, "content", media_type, "schema"))


def _schema(schema: RawNode, pointer: str) -> RawNode:
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    inner, at = without_null(schema, pointer)
    if inner is not schema:
        return _schema(inner, at)
    lowered: dict[str, Any] = {"description": pointer}
    if is_open_object(schema):
        return lowered
    kinds = schema.get("type")
    if isinstance(kinds, list):
        kinds = next((kind for kind in kinds if kind != "null"), "null")
    if kinds is not None:
        lowered["type"] = kinds
    if "format" in schema:
        lowered["format"] = schema["format"]
    if "x-extensible-enum" in schema:
        lowered["enum"] = schema["x-extensible-enum"]
    if "properties" in schema:
        stand_ins = {name: property_name(index) for index, name in enumerate(schema["properties"])}
        lowered["required"] = [stand_ins[name] for name in schema.get("required", ())]
        lowered["properties"] = {
            stand_ins[name]: _schema(value, child(pointer, "properties", name))
            for name, value in schema["properties"].items()
        }
    if "items" in schema:
        lowered["items"] = _schema(schema["items"], child(pointer, "items"))
    if "anyOf" in schema:
        lowered["anyOf"] = [
            _schema(member, child(pointer, "anyOf", index))
            for index, member in enumerate(schema["anyOf"])
            if member.get("type") != "null"
        ]
    return lowered
