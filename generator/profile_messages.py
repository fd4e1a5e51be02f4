"""Rules for what is sent and received: parameters, bodies and answers."""

from __future__ import annotations

import re
from typing import Any

from generator import names
from generator.pointers import RawNode, child
from generator.profile_base import Report, as_map, as_text, words
from generator.profile_schemas import check_schema, json_kind
from generator.tagging import is_nullable, without_null

__all__ = ["check_body", "check_parameter", "check_response"]

_PARAMETER_KEYS = words("name in description required deprecated schema example examples style explode")
_PARAMETER_EXTENSIONS = frozenset({"x-amili-evidence", "x-amili-name", "x-amili-sensitive"})
_RUNTIME_HEADERS = frozenset({"authorization", "content-type", "content-length", "accept", "host"})
_HEADER_KINDS = frozenset({"string", "number", "boolean"})
_FORM = "application/x-www-form-urlencoded"


def check_parameter(report: Report, parameter: Any, pointer: str, path: str | None) -> None:
    """Check a parameter at a path, or one of `components` (no path)."""
    node = as_map(parameter)
    if "$ref" in node:
        report.check_ref(node, pointer, "parameters")
    resolved = report.resolve(node, pointer)
    if resolved is None:
        return
    raw, at = resolved
    name, location = as_text(raw.get("name")), raw.get("in")
    if path is not None and location == "path" and "{" + name + "}" not in path:
        report.refuse(pointer, f"the path does not hold {{{name}}}")
    if "$ref" in node:
        return
    for key in raw:
        if key not in _PARAMETER_KEYS and not key.startswith("x-"):
            instead = "describe it by `schema`" if key == "content" else "take it out"
            report.refuse(child(at, key), f"the generator does nothing with {key!r}; {instead}")
    report.check_extensions(raw, at, _PARAMETER_EXTENSIONS)
    report.check_marks(raw, at)
    report.check_name(raw, at, names.parameter_name)
    if location not in ("path", "query", "header"):
        report.refuse(child(at, "in"), "a parameter is in path, query or header")
    if location == "path" and raw.get("required") is not True:
        report.refuse(at, "a path parameter is `required: true`")
    if location == "header" and name.lower() in _RUNTIME_HEADERS:
        report.refuse(at, f"the library sends {name!r} itself; take it out")
    if "schema" not in raw:
        report.refuse(at, "describe it by `schema`")
        return
    check_schema(report, raw["schema"], child(at, "schema"), name, "parameter")
    _check_parameter_type(report, raw, at)


def _check_parameter_type(report: Report, raw: RawNode, pointer: str) -> None:
    at = child(pointer, "schema")
    resolved = report.resolve(raw["schema"], at)
    if resolved is None:
        return
    if is_nullable(resolved[0]):
        report.refuse(at, "null cannot be sent here; a parameter is left out")
    inner, inner_at = without_null(resolved[0], resolved[1]) if "anyOf" not in resolved[0] else resolved
    kind = json_kind(report, inner, inner_at)
    if kind == "object":
        report.refuse(at, "an object cannot be sent as a parameter")
    if kind == "array":
        _check_sendable(report, inner.get("items"), child(inner_at, "items"), ("object", "array"))
    else:
        _check_sendable(report, inner, inner_at, ())
    if kind == "array" and raw.get("in") != "query":
        report.refuse(at, "only query parameters can be lists")
    if raw.get("in") == "header" and (kind not in _HEADER_KINDS or as_text(inner.get("format")).startswith("date")):
        report.refuse(at, "a header is a string, a number, a boolean or a uuid")
    if raw.get("style", "form" if raw.get("in") == "query" else "simple") not in ("form", "simple"):
        report.refuse(child(pointer, "style"), "parameters are sent in OpenAPI's usual styles only")
    if kind == "array" and raw.get("explode", True) is not True:
        report.refuse(child(pointer, "explode"), "lists are sent as a repeated parameter only")


def _check_sendable(report: Report, schema: Any, pointer: str, kinds: tuple[str, ...]) -> None:
    """Refuse what the client refuses to send, so that no function is made that can never be called."""
    resolved = report.resolve(schema, pointer)
    if resolved is None:
        return
    if json_kind(report, *resolved) in kinds:
        report.refuse(pointer, "a list that is sent as a parameter holds single values")
    if resolved[0].get("format") == "double":
        report.refuse(pointer, "a parameter is sent exactly: write `format: decimal`")


def check_body(report: Report, body: Any, pointer: str) -> None:
    """Check a request body."""
    node = as_map(body)
    if "$ref" in node:
        report.check_ref(node, pointer, "requestBodies")
        return
    report.check_extensions(node, pointer, frozenset())
    content = as_map(node.get("content"))
    if len(content) != 1:
        report.refuse(child(pointer, "content"), "a body has one media type")
    for media_type, media in content.items():
        at = child(pointer, "content", media_type)
        _check_media(report, media, at)
        if media_type != _FORM and not _is_json(media_type):
            report.refuse(at, "bodies are JSON, or a form (application/x-www-form-urlencoded)")
            continue
        if "schema" not in as_map(media):
            report.refuse(at, "describe the body by `schema`; `{}` allows anything")
            continue
        schema, schema_at = media["schema"], child(at, "schema")
        check_schema(report, schema, schema_at, "body")
        resolved = report.resolve(schema, schema_at)
        if media_type == _FORM and resolved is not None:
            properties = as_map(resolved[0].get("properties"))
            kinds = {json_kind(report, value, "") for value in properties.values()}
            if not properties or kinds & {None, "object", "array"}:
                report.refuse(schema_at, "a form is a named object of strings, numbers and booleans")


def check_response(report: Report, response: Any, pointer: str) -> None:
    """Check an answer."""
    node = as_map(response)
    if "$ref" in node:
        report.check_ref(node, pointer, "responses")
        return
    report.check_extensions(node, pointer, frozenset({"x-amili-batch"}))
    if "x-amili-batch" in node:
        batch = as_map(node["x-amili-batch"])
        if set(batch) != {"kind"} or re.fullmatch(r"[a-z][a-z-]*", as_text(batch.get("kind"))) is None:
            report.refuse(child(pointer, "x-amili-batch"), "say the kind of batch, like `{kind: invoices}`")
    content = as_map(node.get("content"))
    if len(content) > 1:
        report.refuse(child(pointer, "content"), "an answer has one media type")
    for media_type, media in content.items():
        at = child(pointer, "content", media_type)
        _check_media(report, media, at)
        if not _is_json(media_type):
            report.refuse(at, "answers are JSON: the library decodes nothing else")
        elif "schema" in as_map(media):
            check_schema(report, media["schema"], child(at, "schema"), "answer")


def _check_media(report: Report, media: Any, pointer: str) -> None:
    report.check_extensions(as_map(media), pointer, frozenset({"x-amili-evidence"}))
    report.check_marks(as_map(media), pointer)


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")
