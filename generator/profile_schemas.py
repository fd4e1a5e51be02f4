"""Rules for schemas."""

from __future__ import annotations

import builtins
import re
from typing import Any, Literal

from generator import names
from generator.pointers import RawNode, child
from generator.profile_base import Report, as_list, as_map, as_text, sentence_too_long, words
from generator.tagging import is_nullable, is_open_object

__all__ = ["check_components", "check_schema", "json_kind"]

Place = Literal["component", "property", "parameter", "elsewhere"]

# Names that the generated modules import.
_TAKEN = words("Any Body Decimal Evidence Final Operation Pagination Param RequestOptions Requester Sequence UUID")
# By the place of a schema: a component, a property of one, a parameter, or elsewhere (an item, a member, an answer).
_EXTENSIONS = {
    "component": frozenset({"x-amili-sensitive", "x-extensible-enum", "x-enum-descriptions"}),
    "property": frozenset({"x-amili-evidence", "x-amili-name", "x-amili-null", "x-amili-sensitive"}),
    "parameter": frozenset({"x-amili-evidence", "x-amili-sensitive"}),
    "elsewhere": frozenset({"x-amili-sensitive"}),
}
_BESIDE_REF = frozenset({"$ref", "description", "deprecated"})
_ALLOWED = words(
    "type format description properties required items anyOf additionalProperties const default deprecated "
    "example examples readOnly writeOnly minLength maxLength pattern minimum maximum exclusiveMinimum "
    "exclusiveMaximum multipleOf minItems maxItems uniqueItems $comment"
)
_INSTEAD = {
    "title": "the component's name is the class's name",
    "allOf": "write the properties out",
    "oneOf": "write anyOf",
    "enum": "Amili's vocabularies grow; name a string component with x-extensible-enum",
    "nullable": "write type: [..., 'null']",
    "not": "say it in the description",
}
_FORMATS = {
    "string": {"date", "date-time", "date-or-date-time", "uuid", "email", "uri", "password", "byte"},
    "number": {"decimal", "double"},
    "integer": {"int32", "int64"},
}
_KINDS = {"integer": "number"}
# Names of amounts: none of these may become a binary float.
_MONEY = re.compile(
    r"(?:amount|principal|interest|fees?|costs?|balance|price|total|sum|debt|vat|collector|creditor|claim|debit|credit)$",
    re.IGNORECASE,
)


def check_components(report: Report) -> None:
    """Check all schemas of `components`."""
    components = as_map(report.raw.get("components"))
    schemas = as_map(components.get("schemas"))
    seen: dict[str, str] = {}
    namespace = report.document.product.title().replace("_", "")
    for name, schema in schemas.items():
        pointer = child("/components/schemas", name)
        if not names.is_class_name(name):
            report.refuse(pointer, f"{name!r} cannot be a class's name; write it like `InvoiceClaim`")
        if name in _TAKEN or name == namespace or hasattr(builtins, name):
            report.refuse(pointer, f"{name!r} means something else in the generated modules; choose another name")
        if name.lower() in seen:
            report.refuse(pointer, f"the name differs from {seen[name.lower()]!r} by case alone")
        seen.setdefault(name.lower(), name)
        check_schema(report, schema, pointer, name, "component")


def json_kind(report: Report, schema: Any, pointer: str) -> str | None:
    """The JSON kind that a schema allows, null left aside; None where that is not one."""
    resolved = report.resolve(schema, pointer)
    if resolved is None:
        return None
    kind = resolved[0].get("type")
    kinds = [k for k in (kind if isinstance(kind, list) else [kind]) if k != "null"]
    if len(kinds) != 1 or not isinstance(kinds[0], str):
        return None
    return _KINDS.get(kinds[0], kinds[0])


def check_schema(report: Report, schema: Any, pointer: str, name: str, place: Place = "elsewhere") -> None:
    """Check a schema and those in it.

    Args:
        report: Takes the problems.
        schema: The schema.
        pointer: Its place.
        name: The property, parameter or component that it describes.
        place: What it is.
    """
    component = place == "component"
    if not isinstance(schema, dict):
        report.refuse(pointer, "write an object; `{}` allows anything")
        return
    report.check_marks(schema, pointer)
    if not isinstance(schema.get("description", ""), str):
        report.refuse(child(pointer, "description"), "write a text; put quotes around a number or a lone `true`")
    if "$ref" in schema:
        report.check_ref(schema, pointer, "schemas")
        for key in schema:
            if key not in _BESIDE_REF and not key.startswith("x-"):
                report.refuse(child(pointer, key), f"{key!r} beside a $ref is lost; put it into what is referred to")
        report.check_extensions(schema, pointer, _EXTENSIONS[place])
        return
    for key in schema:
        if key not in _ALLOWED and not key.startswith("x-"):
            instead = _INSTEAD.get(key, "the generator does nothing with it")
            report.refuse(child(pointer, key), f"{key!r} is not used in this spec: {instead}")
    # A vocabulary in the wrong place has a message of its own.
    report.check_extensions(schema, pointer, _EXTENSIONS[place] | {"x-extensible-enum"})
    if component and (message := sentence_too_long(as_text(schema.get("description")))):
        report.refuse(child(pointer, "description"), message)
    _check_type(report, schema, pointer, name)
    if "x-extensible-enum" in schema:
        _check_enum(report, schema, pointer, component=component)
    if "properties" in schema:
        _check_object(report, schema, pointer, component=component)
    if schema.get("additionalProperties", True) not in (True, {}):
        report.refuse(child(pointer, "additionalProperties"), "objects are open, and stay open: take it out")
    if "items" in schema:
        check_schema(report, schema["items"], child(pointer, "items"), name)
    if "anyOf" in schema:
        _check_union(report, schema, pointer, name)


def _check_type(report: Report, schema: RawNode, pointer: str, name: str) -> None:
    kinds = schema.get("type", [])
    kinds = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind != "null"]
    if None in kinds:
        report.refuse(child(pointer, "type"), "put quotes around 'null': without them YAML reads nothing at all")
        return
    if "type" in schema and not kinds:
        report.refuse(child(pointer, "type"), "null alone says nothing; `{}` allows anything")
    if len(kinds) > 1:
        report.refuse(child(pointer, "type"), "write a union of several kinds as anyOf")
    if not kinds:
        for key in ("format", "properties", "items", "const", "x-extensible-enum"):
            if key in schema:
                report.refuse(pointer, f"say the type: {key!r} means nothing without one")
        return
    kind, form = str(kinds[0]), schema.get("format")
    formats = sorted(_FORMATS.get(kind, set()))
    if form is not None and form not in formats:
        known = ", ".join(formats) or "none"
        report.refuse(child(pointer, "format"), f"the format {form!r} is unknown for {kind}; known: {known}")
    if kind == "number" and form != "decimal" and (form is None or _MONEY.search(name)):
        report.refuse(pointer, "a number is `format: decimal` (all money is), or `double` if it never was exact")
    if kind == "array" and "items" not in schema:
        report.refuse(pointer, "say what the items are; `items: {}` allows anything")
    if "const" in schema and not (kind == "string" and isinstance(schema["const"], str)):
        report.refuse(child(pointer, "const"), "only strings can be constant here")


def _check_enum(report: Report, schema: RawNode, pointer: str, *, component: bool) -> None:
    values = schema["x-extensible-enum"]
    if not component:
        report.refuse(pointer, "name the vocabulary: move it to components/schemas and refer to it")
    kinds: dict[str, type] = {"string": str, "integer": int}
    expected = kinds.get(str(schema.get("type")))
    if expected is None:
        report.refuse(pointer, "the type of a vocabulary is string or integer; null is allowed where it is used")
    elif not isinstance(values, list) or not values or any(type(value) is not expected for value in values):
        report.refuse(child(pointer, "x-extensible-enum"), f"list the known values, each a {schema['type']}")
    else:
        _check_members(report, values, child(pointer, "x-extensible-enum"))
    known = {str(value) for value in as_list(values)}
    descriptions = schema.get("x-enum-descriptions", {})
    if not isinstance(descriptions, dict):
        report.refuse(child(pointer, "x-enum-descriptions"), "write an object: value, and a text on it")
    for value, text in as_map(descriptions).items():
        if value not in known:
            report.refuse(child(pointer, "x-enum-descriptions", value), "describes a value that is not listed")
        if not isinstance(text, str):
            report.refuse(child(pointer, "x-enum-descriptions", value), "write a text")


def _check_members(report: Report, values: list[Any], pointer: str) -> None:
    seen: dict[str, Any] = {}
    for value in values:
        name = names.enum_member(value)
        if name in seen:
            message = f"{value!r} and {seen[name]!r} both become {name!r}; list one, the enum keeps others as they come"
            report.refuse(pointer, message)
        seen.setdefault(name, value)


def _check_object(report: Report, schema: RawNode, pointer: str, *, component: bool) -> None:
    if not isinstance(schema["properties"], dict):
        report.refuse(child(pointer, "properties"), "write an object: each property's name, and its schema")
    properties = as_map(schema["properties"])
    required = as_list(schema.get("required"))
    if not component:
        report.refuse(pointer, "an object needs a name: move it to components/schemas and refer to it")
    if properties and "type" in schema and schema["type"] != "object":
        report.refuse(child(pointer, "type"), "properties belong to `type: object`; null is allowed where it is used")
    for name in required:
        if as_text(name) not in properties:
            report.refuse(child(pointer, "required"), f"{name!r} is not among the properties")
    for name, value in properties.items():
        at = child(pointer, "properties", name)
        check_schema(report, value, at, name, "property")
        report.check_name(as_map(value), at, names.field_name)
        if "x-amili-null" in as_map(value):
            _check_null(report, value, at, required=name in required)


def _check_null(report: Report, schema: RawNode, pointer: str, *, required: bool) -> None:
    at = child(pointer, "x-amili-null")
    if schema["x-amili-null"] != "distinct":
        report.refuse(at, "the one value is `distinct`: null says something else than leaving the field out")
    if required:
        report.refuse(at, "a required field cannot be left out, so there is nothing to tell apart")
    resolved = report.resolve(schema, pointer)
    if resolved is not None and not is_nullable(schema) and not is_nullable(resolved[0]):
        report.refuse(at, "null is not allowed here, so there is nothing to tell apart")


def _check_union(report: Report, schema: RawNode, pointer: str, name: str) -> None:
    if not isinstance(schema["anyOf"], list) or not all(isinstance(member, dict) for member in schema["anyOf"]):
        report.refuse(child(pointer, "anyOf"), "list the members, each an object")
        return
    if "type" in schema or "properties" in schema:
        report.refuse(pointer, "put the type into the members of anyOf")
    members = [(m, child(pointer, "anyOf", i)) for i, m in enumerate(schema["anyOf"]) if m.get("type") != "null"]
    if not members:
        report.refuse(child(pointer, "anyOf"), "null alone says nothing; `{}` allows anything")
    seen: set[str] = set()
    for member, at in members:
        check_schema(report, member, at, name)
        if len(members) == 1:
            continue
        kind = json_kind(report, member, at)
        if kind is None:
            report.refuse(at, "a member of a union has one type, which a reader can tell from the others'")
        elif kind in seen:
            report.refuse(at, f"two members are of the kind {kind}: an answer would not tell them apart")
        elif is_open_object(member) or kind == "array":
            report.refuse(at, "a union joins scalars and one named object")
        seen.add(kind or "")
