"""Holds the documents to `openapi/unseen.yaml`, the list of what the documentation hid.

The list and the marks in the documents say the same thing twice, on purpose: whoever writes down a conclusion has to
say in both places that it is one, and whoever confirms it has to look at both. So each must name exactly what the other
does, operation by operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from generator.load import Document
from generator.pointers import RawNode, child, last
from generator.problems import Problem
from generator.profile_base import Report, as_list, as_map, as_text
from generator.tagging import METHODS

__all__ = ["check_unseen"]

_KEYS = {
    "operations": ("fields", "parameters", "answers", "request_line", "notes"),
    "webhooks": ("fields", "notes"),
}
_REQUEST_LINE = ("method", "path")


@frozen
class _Place:
    """Something that can carry the mark `inferred`."""

    pointer: str
    marked: bool


@define
class _Subject:
    """An operation or event: its document, its place, and what of it can be marked, by the names that the list uses."""

    report: Report
    pointer: str
    level: str
    found: dict[str, dict[str, _Place]] = field(factory=dict)

    def refuse(self, message: str) -> None:
        self.report.refuse(self.pointer, message)


def check_unseen(documents: Sequence[Document], unseen: Document) -> list[Problem]:
    """All problems between some documents and the list."""
    listing = Report(unseen)
    reports = [Report(document) for document in documents]
    for key in unseen.raw:
        if key not in (*_KEYS, "general"):
            listing.refuse(child("", key), "the list has operations, webhooks and general")
    operations = {name: subject for report in reports for name, subject in _operations(report)}
    events = {name: subject for report in reports for name, subject in _events(report)}
    for kind, subjects in (("operations", operations), ("webhooks", events)):
        entries = as_map(unseen.raw.get(kind))
        for name in entries:
            if name not in subjects:
                listing.refuse(child("", kind, name), "no document has this; is it misspelt?")
        for name, subject in subjects.items():
            if name in entries:
                _check_entry(listing, kind, name, as_map(entries[name]), subject)
            else:
                subject.refuse(
                    f"enter {name!r} in {unseen.path} ({kind}) with what was not seen of it, or with "
                    "`{fields: [], notes: []}` if nothing was hidden"
                )
    return [problem for report in (*reports, listing) for problem in report.problems]


def _check_entry(listing: Report, kind: str, name: str, entry: RawNode, subject: _Subject) -> None:
    at = child("", kind, name)
    for key, value in entry.items():
        if key not in _KEYS[kind]:
            listing.refuse(child(at, key), f"an entry of {kind} has {', '.join(_KEYS[kind])}")
        elif not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            listing.refuse(child(at, key), "write a list of texts")
    for key, places in subject.found.items():
        _check_marks(listing, child(at, key), as_list(entry.get(key)), places, subject, name)
    if kind == "operations":
        _check_level(listing, at, entry, subject)


def _check_marks(
    listing: Report,
    pointer: str,
    listed: Sequence[Any],
    places: Mapping[str, _Place],
    subject: _Subject,
    name: str,
) -> None:
    """Compare one list of an entry with the marks in the document."""
    kind = last(pointer)
    for index, item in enumerate(listed):
        place = places.get(as_text(item))
        if place is None:
            listing.refuse(child(pointer, index), f"{item!r} is not among the {kind} of {name}")
        elif not place.marked:
            subject.report.refuse(
                place.pointer,
                f"{listing.document.path} lists it as not seen ({name}): mark it `x-amili-evidence: inferred`, "
                "or take it off the list if it has been confirmed",
            )
    for item, place in places.items():
        if place.marked and item not in listed:
            subject.report.refuse(
                place.pointer,
                f"it is marked `inferred`, so list it in {listing.document.path} ({name}, {kind}: {item}), "
                "or drop the mark if it has been confirmed",
            )


def _check_level(listing: Report, pointer: str, entry: RawNode, subject: _Subject) -> None:
    """The level may not say more than the list leaves."""
    at = child(subject.pointer, "x-amili-evidence", "level")
    request_line = as_list(entry.get("request_line"))
    for index, item in enumerate(request_line):
        if item not in _REQUEST_LINE:
            listing.refuse(child(pointer, "request_line", index), "the request line is made of method and path")
    if request_line and subject.level != "assumed":
        hidden = " and ".join(str(item) for item in request_line)
        subject.report.refuse(at, f"{listing.document.path} lists its {hidden} as not printed, so it is `assumed`")
    if not request_line and subject.level == "assumed":
        subject.report.refuse(
            at,
            f"`assumed` says that method or path is not printed: list which in {listing.document.path} (request_line)",
        )
    if entry.get("answers") and subject.level == "documented":
        subject.report.refuse(at, f"{listing.document.path} lists an answer that was not seen, so it is `partial`")


def _operations(report: Report) -> Iterator[tuple[str, _Subject]]:
    for path, item in as_map(report.raw.get("paths")).items():
        for method in METHODS:
            raw = as_map(as_map(item).get(method))
            if name := as_text(raw.get("operationId")):
                pointer = child("/paths", path, method)
                subject = _Subject(report, pointer, as_text(as_map(raw.get("x-amili-evidence")).get("level")))
                subject.found["fields"] = _fields(report, raw)
                subject.found["parameters"] = {
                    **_parameters(report, as_list(as_map(item).get("parameters")), child("/paths", path)),
                    **_parameters(report, as_list(raw.get("parameters")), pointer),
                }
                subject.found["answers"] = _answers(report, raw, pointer)
                yield name, subject


def _events(report: Report) -> Iterator[tuple[str, _Subject]]:
    for name, item in as_map(report.raw.get("webhooks")).items():
        for method, raw in as_map(item).items():
            subject = _Subject(report, child("/webhooks", name, method), "")
            subject.found["fields"] = _fields(report, as_map(raw))
            yield name, subject


def _is_marked(*nodes: Any) -> bool:
    return any(as_map(node).get("x-amili-evidence") == "inferred" for node in nodes)


def _fields(report: Report, node: Any) -> dict[str, _Place]:
    """All properties that something leads to, as `Schema.property`."""
    found: dict[str, _Place] = {}
    seen: set[str] = set()
    queue: list[Any] = [node]
    while queue:
        node = queue.pop()
        if isinstance(node, list):
            queue += node
        if not isinstance(node, dict):
            continue
        queue += node.values()
        ref = node.get("$ref")
        resolved = report.resolve(node, "") if isinstance(ref, str) and ref not in seen else None
        if resolved is None:
            continue
        seen.add(str(ref))
        schema, pointer = resolved
        queue.append(schema)
        for name, value in as_map(schema.get("properties")).items():
            found[f"{last(pointer)}.{name}"] = _Place(child(pointer, "properties", name), _is_marked(value))
    return found


def _parameters(report: Report, nodes: Sequence[Any], pointer: str) -> dict[str, _Place]:
    found = {}
    for index, node in enumerate(nodes):
        resolved = report.resolve(node, child(pointer, "parameters", index))
        if resolved is not None:
            raw, at = resolved
            found[as_text(raw.get("name"))] = _Place(at, _is_marked(raw, raw.get("schema")))
    return found


def _answers(report: Report, operation: RawNode, pointer: str) -> dict[str, _Place]:
    found = {}
    for status, node in as_map(operation.get("responses")).items():
        resolved = report.resolve(node, child(pointer, "responses", status))
        if resolved is not None:
            raw, at = resolved
            found[status] = _Place(at, _is_marked(*as_map(raw.get("content")).values()))
    return found
