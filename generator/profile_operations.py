"""Rules for paths and operations."""

from __future__ import annotations

import re
from typing import Any

from generator.ir import EDITIONS
from generator.pointers import RawNode, child
from generator.profile_base import Report, as_list, as_map, as_text, sentence_too_long, words
from generator.profile_messages import check_body, check_parameter, check_response
from generator.profile_schemas import json_kind
from generator.tagging import METHODS, is_open_object

__all__ = ["check_operations"]

_LEVELS = ("documented", "partial", "assumed")
_IDEMPOTENCY = ("safe", "upsert", "keyed", "unsafe")
_STYLES = ("cursor", "skip", "query")
_OPERATION_KEYS = words("tags summary description operationId parameters requestBody responses deprecated security")
_OPERATION_EXTENSIONS = frozenset({"x-amili-evidence", "x-amili-idempotency", "x-amili-pagination", "x-amili-since"})
_SUMMARIES = frozenset({"summary", "skipSummary", "cursorSummary"})


def check_operations(report: Report, operation_ids: dict[str, str]) -> None:
    """Check all paths; `operation_ids` holds those of the documents before and takes this one's."""
    components = as_map(report.raw.get("components"))
    for name, parameter in as_map(components.get("parameters")).items():
        check_parameter(report, parameter, child("/components/parameters", name), None)
    for name, response in as_map(components.get("responses")).items():
        check_response(report, response, child("/components/responses", name))
    for name, body in as_map(components.get("requestBodies")).items():
        check_body(report, body, child("/components/requestBodies", name))
    tags = [as_text(as_map(tag).get("name")) for tag in as_list(report.raw.get("tags"))]
    for path, node in as_map(report.raw.get("paths")).items():
        item, at = as_map(node), child("/paths", path)
        for key in item:
            if key not in (*METHODS, "parameters"):
                report.refuse(child(at, key), f"the generator does nothing with {key!r}; take it out")
        if re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*", re.sub(r"\{[^{}]*\}", "", path)) is None:
            report.refuse(at, "no URL's path holds this: letters a-z, digits and -._~ only; a query is `parameters`")
        for index, parameter in enumerate(as_list(item.get("parameters"))):
            check_parameter(report, parameter, child(at, "parameters", index), path)
        for method in METHODS:
            if method in item:
                operation = _Operation(report, at, method, as_map(item[method]), item)
                operation.check(path, tags, operation_ids)
    for name, item in as_map(report.raw.get("webhooks")).items():
        for method, raw in as_map(item).items():
            _Operation(report, child("/webhooks", name), method, as_map(raw), {}).check_webhook()


class _Operation:
    """One operation under examination, or what Amili calls at its clients."""

    def __init__(self, report: Report, item_pointer: str, method: str, raw: RawNode, item: RawNode) -> None:
        self.report, self.method, self.raw, self.item = report, method, raw, item
        self.pointer = child(item_pointer, method)

    def refuse(self, message: str, *keys: str | int) -> None:
        self.report.refuse(child(self.pointer, *keys), message)

    def check_webhook(self) -> None:
        self.report.check_extensions(self.raw, self.pointer, frozenset({"x-amili-evidence", "x-amili-since"}))
        self.check_evidence()
        self.check_since()
        self.check_parameters("")
        if "requestBody" in self.raw:
            check_body(self.report, self.raw["requestBody"], child(self.pointer, "requestBody"))

    def check(self, path: str, tags: list[str], operation_ids: dict[str, str]) -> None:
        for key in self.raw:
            if key not in _OPERATION_KEYS and not key.startswith("x-"):
                self.refuse(f"the generator does nothing with {key!r}; take it out", key)
        self.report.check_extensions(self.raw, self.pointer, _OPERATION_EXTENSIONS)
        self.check_names(tags, operation_ids)
        self.check_evidence()
        self.check_since()
        self.check_idempotency()
        wires = self.check_parameters(path)
        self.check_security()
        if "requestBody" in self.raw:
            check_body(self.report, self.raw["requestBody"], child(self.pointer, "requestBody"))
            if self.method in ("get", "head"):
                self.refuse("a read has no body", "requestBody")
        self.check_responses()
        self.check_shapes()
        self.check_pagination(wires)

    def check_names(self, tags: list[str], operation_ids: dict[str, str]) -> None:
        operation_id = as_text(self.raw.get("operationId"))
        if re.fullmatch(r"[A-Z][A-Za-z0-9]*", operation_id) is None:
            self.refuse("name the operation as the documentation does, like `CreateInvoices`", "operationId")
        elif operation_id in operation_ids:
            self.refuse(f"{operation_id!r} stands in {operation_ids[operation_id]} already", "operationId")
        operation_ids.setdefault(operation_id, f"{self.report.document.path}#{self.pointer}")
        own = as_list(self.raw.get("tags"))
        if len(own) != 1:
            self.refuse("give it exactly one tag: its function stands in one module", "tags")
        for tag in own:
            if tag not in tags:
                self.refuse(f"{tag!r} is not among the document's tags", "tags")
        summary = as_text(self.raw.get("summary"))
        if not summary.strip() or "\n" in summary.strip():
            self.refuse("say in one line what it does", "summary")
        elif message := sentence_too_long(summary):
            self.refuse(message, "summary")

    def check_evidence(self) -> None:
        node = self.raw.get("x-amili-evidence")
        if not isinstance(node, dict):
            self.refuse("say how sure it is: x-amili-evidence with level and pages")
            return
        if node.get("level") not in _LEVELS:
            self.refuse(f"one of {', '.join(_LEVELS)}", "x-amili-evidence", "level")
        for key in sorted(node.keys() - {"level", "pages", "modified", "note"}):
            self.refuse("evidence has level, pages, modified and note", "x-amili-evidence", key)
        pages = node.get("pages", [])
        if not isinstance(pages, list) or not all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", as_text(p)) for p in pages):
            self.refuse("list the slugs of pages, like `createinvoices-4148067e0`", "x-amili-evidence", "pages")
        elif not pages and node.get("level") != "assumed":
            self.refuse("what was printed was printed on a page: name it", "x-amili-evidence", "pages")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", as_text(node.get("modified", "2026-01-01"))) is None:
            self.refuse("a date like 2026-05-15", "x-amili-evidence", "modified")
        if not isinstance(node.get("note", ""), str):
            self.refuse("a text", "x-amili-evidence", "note")

    def check_since(self) -> None:
        if self.raw.get("x-amili-since") not in EDITIONS:
            known = ", ".join(EDITIONS)
            self.refuse(f"say which edition of the documentation had it first: one of {known}", "x-amili-since")

    def check_idempotency(self) -> None:
        value = self.raw.get("x-amili-idempotency")
        if value not in _IDEMPOTENCY:
            self.refuse(f"say what may be repeated: one of {', '.join(_IDEMPOTENCY)}", "x-amili-idempotency")
        elif self.method in ("get", "head") and value != "safe":
            self.refuse("a read is `safe`", "x-amili-idempotency")
        elif self.method in ("put", "patch", "delete") and value == "safe":
            self.refuse("this changes something: it is not `safe`", "x-amili-idempotency")

    def check_security(self) -> None:
        schemes = as_map(as_map(self.report.raw.get("components")).get("securitySchemes"))
        for requirement in as_list(self.raw.get("security")):
            for name in as_map(requirement):
                if name not in schemes:
                    self.refuse(f"{name!r} is not in components/securitySchemes", "security")

    def check_parameters(self, path: str) -> set[tuple[str, str]]:
        """Check the parameters; give location and wire name of all, those of the path item included."""
        wires: set[tuple[str, str]] = set()
        seen: set[tuple[str, str]] = set()
        for index, parameter in enumerate(as_list(self.raw.get("parameters"))):
            at = child(self.pointer, "parameters", index)
            check_parameter(self.report, parameter, at, path)
            resolved = self.report.resolve(parameter, at)
            key = (as_text(as_map(resolved and resolved[0]).get("in")), _wire(resolved))
            if key in seen:
                self.report.refuse(at, f"the {key[0]} parameter {key[1]!r} stands twice")
            seen.add(key)
        for parameter in (*as_list(self.item.get("parameters")), *as_list(self.raw.get("parameters"))):
            resolved = self.report.resolve(parameter, "")
            if resolved is not None:
                wires.add((as_text(resolved[0].get("in")), _wire(resolved)))
        for name in re.findall(r"\{([^}]*)\}", path):
            if ("path", name) not in wires:
                self.refuse(f"the path holds {{{name}}}, and no path parameter has that name", "parameters")
        return wires

    def check_responses(self) -> None:
        responses = as_map(self.raw.get("responses"))
        if "default" not in responses:
            self.refuse("every operation has a `default` answer: the open error", "responses")
        if not any(re.fullmatch(r"2\d\d", status) for status in responses):
            self.refuse("name the statuses of success, like 200", "responses")
        for status, response in responses.items():
            at = child(self.pointer, "responses", status)
            if status.startswith("2") and re.fullmatch(r"2\d\d", status) is None:
                self.report.refuse(at, "write each status of success out")
            if "$ref" in as_map(response):
                self.report.check_ref(response, at, "responses")
            else:
                check_response(self.report, response, at)
            resolved = self.report.resolve(response, at)
            if resolved is not None and "x-amili-batch" in resolved[0] and status != "202":
                self.report.refuse(at, "x-amili-batch belongs to 202: accepted, and carried out later")

    def check_shapes(self) -> None:
        """What is documented has bodies of which something is known."""
        if as_map(self.raw.get("x-amili-evidence")).get("level") != "documented":
            return
        for schema in (*self.schemas_of(self.raw.get("requestBody")), *self.answers()):
            if not schema or is_open_object(schema):
                message = "a body of which nothing is known was not seen, so it is `partial`"
                self.refuse(message, "x-amili-evidence", "level")

    def schemas_of(self, node: Any) -> list[RawNode]:
        """The schemas of a body or answer, references followed."""
        resolved = self.report.resolve(node, "")
        content = as_map(resolved[0].get("content")) if resolved is not None else {}
        found = [self.report.resolve(as_map(media).get("schema"), "") for media in content.values()]
        return [schema[0] for schema in found if schema is not None]

    def answers(self) -> list[RawNode]:
        """The schemas of all answers of success."""
        responses = as_map(self.raw.get("responses")).items()
        return [schema for status, node in responses if status.startswith("2") for schema in self.schemas_of(node)]

    def check_pagination(self, wires: set[tuple[str, str]]) -> None:
        node = self.raw.get("x-amili-pagination")
        answers = self.answers()
        if node is None:
            if as_text(self.raw.get("operationId")).startswith("List") or any(map(self.is_page, answers)):
                self.refuse("the answer is a list: say how it is paged (x-amili-pagination)")
            return
        properties = as_map(answers[0].get("properties")) if len(answers) == 1 else {}
        node = as_map(node)
        for key in sorted(node.keys() - {"style", "items", "token", "size", "page"}):
            self.refuse("paging has style, items, token, size and page", "x-amili-pagination", key)
        if node.get("style") not in _STYLES:
            self.refuse(f"one of {', '.join(_STYLES)}", "x-amili-pagination", "style")
        if json_kind(self.report, properties.get(as_text(node.get("items"))), "") != "array":
            self.refuse("name a list of the answer's properties", "x-amili-pagination", "items")
        for key in ("token", "size", "page"):
            if key in node and ("query", as_text(node[key])) not in wires:
                self.refuse(f"{node[key]!r} is no query parameter of this operation", "x-amili-pagination", key)
        needs = {"cursor": ("token",), "query": ("token", "page")}.get(as_text(node.get("style")), ())
        for key in needs:
            if key not in node:
                self.refuse(f"the style {node['style']} needs {key!r}", "x-amili-pagination")

    def is_page(self, answer: RawNode) -> bool:
        """Whether an answer looks like a page: it has a list as its `data`, or a list beside a summary of pages."""
        properties = as_map(answer.get("properties"))
        lists = [name for name, value in properties.items() if json_kind(self.report, value, "") == "array"]
        return "data" in lists or (bool(lists) and not _SUMMARIES.isdisjoint(properties))


def _wire(resolved: tuple[RawNode, str] | None) -> str:
    return as_text(as_map(resolved and resolved[0]).get("name"))
