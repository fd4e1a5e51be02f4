"""The list of what was not seen, and the marks in the documents: neither may say more than the other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import profile
from generator.load import Document
from generator.pointers import look_up
from tests.generator.specs import PATH, fragment, minimal

GET = "/paths/~1orders~1{orderId}/get"
ENTRY = "/operations/GetOrder"
ID = "/components/schemas/Order/properties/id"
ANSWER = f"{GET}/responses/200/content/application~1json"
LEVEL = f"{GET}/x-amili-evidence/level"

Change = Callable[[dict[str, Any], dict[str, Any]], object]


def marked() -> tuple[dict[str, Any], dict[str, Any]]:
    """A document with one conclusion of each kind, and the list that names them."""
    raw = minimal()
    look_up(raw, ID)["x-amili-evidence"] = "inferred"
    look_up(raw, f"{GET}/parameters/0/schema")["x-amili-evidence"] = "inferred"
    look_up(raw, ANSWER)["x-amili-evidence"] = "inferred"
    look_up(raw, f"{GET}/x-amili-evidence")["level"] = "partial"
    raw["webhooks"] = fragment(
        """
        ORDERED:
          post:
            x-amili-evidence: {level: documented, pages: [webhooks-1]}
            x-amili-since: 2026-03
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
            responses: {default: {description: Taken.}}
        """
    )
    unseen = fragment(
        """
        operations:
          GetOrder: {fields: [Order.id], parameters: [orderId], answers: ['200'], notes: [Its age.]}
        webhooks:
          ORDERED: {fields: [Order.id], notes: []}
        general: [The weather.]
        """
    )
    return raw, unseen


def found(raw: dict[str, Any], unseen: dict[str, Any]) -> dict[str, str]:
    """File and pointer → message, for a document and a list."""
    problems = profile.check([Document("shop", PATH, raw)], Document("unseen", "openapi/unseen.yaml", unseen))
    places = {f"{problem.document}#{problem.pointer}" for problem in problems}
    return {place: "\n".join(str(p) for p in problems if str(p).startswith(f"{place}: ")) for place in places}


def in_document(pointer: str, key: str, value: Any) -> Change:
    return lambda raw, _: look_up(raw, pointer).__setitem__(key, value)


def in_list(pointer: str, key: str, value: Any) -> Change:
    return lambda _, unseen: look_up(unseen, pointer).__setitem__(key, value)


def unmark(pointer: str) -> Change:
    return lambda raw, _: look_up(raw, pointer).pop("x-amili-evidence")


SPEC, LIST = f"{PATH}#", "openapi/unseen.yaml#"

CASES: dict[str, tuple[Change, str, str]] = {
    "field called documented": (unmark(ID), SPEC + ID, "openapi/unseen.yaml lists it as not seen (GetOrder): mark it"),
    "parameter called documented": (
        unmark(f"{GET}/parameters/0/schema"),
        f"{SPEC}{GET}/parameters/0",
        "lists it as not seen",
    ),
    "answer called documented": (unmark(ANSWER), f"{SPEC}{GET}/responses/200", "lists it as not seen"),
    "field not listed": (
        in_list(ENTRY, "fields", []),
        SPEC + ID,
        "so list it in openapi/unseen.yaml (GetOrder, fields",
    ),
    "parameter not listed": (
        in_list(ENTRY, "parameters", []),
        f"{SPEC}{GET}/parameters/0",
        "(GetOrder, parameters: orderId)",
    ),
    "answer not listed": (in_list(ENTRY, "answers", []), f"{SPEC}{GET}/responses/200", "(GetOrder, answers: 200)"),
    "field of an event not listed": (in_list("/webhooks/ORDERED", "fields", []), SPEC + ID, "(ORDERED, fields"),
    "unknown field": (
        in_list(ENTRY, "fields", ["Order.id", "Order.age"]),
        f"{LIST}{ENTRY}/fields/1",
        "'Order.age' is not among the fields of GetOrder",
    ),
    "unknown parameter": (in_list(ENTRY, "parameters", ["orderId", "age"]), f"{LIST}{ENTRY}/parameters/1", "'age'"),
    "unknown answer": (in_list(ENTRY, "answers", ["200", "201"]), f"{LIST}{ENTRY}/answers/1", "'201'"),
    "unknown operation": (in_list("/operations", "GetOrders", {}), f"{LIST}/operations/GetOrders", "misspelt"),
    "unknown event": (in_list("/webhooks", "ORDER", {}), f"{LIST}/webhooks/ORDER", "misspelt"),
    "no list": (in_list(ENTRY, "notes", "x"), f"{LIST}{ENTRY}/notes", "a list of texts"),
    "list of something else": (in_list(ENTRY, "fields", ["Order.id", 1]), f"{LIST}{ENTRY}/fields", "a list of texts"),
    "unknown list": (in_list(ENTRY, "headers", []), f"{LIST}{ENTRY}/headers", "fields, parameters, answers"),
    "unknown part": (lambda _, unseen: unseen.update(other=[]), f"{LIST}/other", "operations, webhooks and general"),
    "operation not listed": (
        lambda _, unseen: unseen["operations"].clear(),
        SPEC + GET,
        "enter 'GetOrder' in openapi/unseen.yaml",
    ),
    "event not listed": (
        lambda _, unseen: unseen["webhooks"].clear(),
        f"{SPEC}/webhooks/ORDERED/post",
        "enter 'ORDERED' in openapi/unseen.yaml (webhooks)",
    ),
    "path called printed": (
        in_list(ENTRY, "request_line", ["method", "path"]),
        SPEC + LEVEL,
        "its method and path as not printed, so it is `assumed`",
    ),
    "assumed for no reason": (
        in_document(f"{GET}/x-amili-evidence", "level", "assumed"),
        SPEC + LEVEL,
        "list which in openapi/unseen.yaml (request_line)",
    ),
    "part of a request line": (
        in_list(ENTRY, "request_line", ["query"]),
        f"{LIST}{ENTRY}/request_line/0",
        "method and path",
    ),
    "answer not seen, but documented": (
        in_document(f"{GET}/x-amili-evidence", "level", "documented"),
        SPEC + LEVEL,
        "an answer that was not seen",
    ),
}


def test_a_list_that_names_what_is_marked_is_without_fault() -> None:
    """Else the cases below would prove nothing."""
    assert found(*marked()) == {}


@pytest.mark.parametrize(("change", "place", "message"), CASES.values(), ids=CASES.keys())
def test_a_difference_is_refused_with_its_place(change: Change, place: str, message: str) -> None:
    """The problem names the place that has to be changed, in the document or in the list."""
    raw, unseen = marked()
    change(raw, unseen)
    assert message in found(raw, unseen).get(place, ""), found(raw, unseen)


def test_an_assumed_operation_is_listed_with_what_was_not_printed() -> None:
    """Both say that the path is by analogy."""
    raw, unseen = marked()
    look_up(raw, f"{GET}/x-amili-evidence")["level"] = "assumed"
    unseen["operations"]["GetOrder"]["request_line"] = ["path"]
    assert found(raw, unseen) == {}


def test_a_field_counts_wherever_it_is_reached_from() -> None:
    """Also through lists and other objects; what no operation reaches is nobody's."""
    raw, unseen = marked()
    schemas = raw["components"]["schemas"]
    schemas["Line"] = {"type": "object", "properties": {"text": {"type": "string", "x-amili-evidence": "inferred"}}}
    assert found(raw, unseen) == {}
    schemas["Order"]["properties"]["lines"] = {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}
    (place,) = found(raw, unseen)
    assert place == f"{SPEC}/components/schemas/Line/properties/text"


@settings(max_examples=40)
@given(
    st.sampled_from(
        ["", "/operations", ENTRY, f"{ENTRY}/fields", f"{ENTRY}/answers", "/webhooks", "/webhooks/ORDERED"]
    ),
    st.sampled_from([None, True, 0, "x", [], [1], [{}], {}, {"GetOrder": []}, {"fields": {"a": 1}}]),
)
def test_a_list_that_is_wrong_in_any_way_is_reported_and_not_stumbled_over(pointer: str, junk: Any) -> None:
    """Whatever stands in the list, the rules answer with problems."""
    raw, unseen = marked()
    parent, _, key = pointer.rpartition("/")
    if pointer:
        look_up(unseen, parent)[key] = copy.deepcopy(junk)
    else:
        unseen = {"operations": junk}
    assert found(raw, unseen)
