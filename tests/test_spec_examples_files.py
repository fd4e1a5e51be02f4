"""The printed bodies and the list of unseen fields, held against the spec."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

OPENAPI = Path(__file__).parent.parent / "openapi"
EXAMPLES = OPENAPI / "examples"
METHODS = ("get", "post", "put", "patch", "delete")
GENERATION = re.compile(r"\d{4}-(\d{2}|spring)")


def load(name: str) -> Any:
    """Read a YAML file of the spec."""
    return yaml.safe_load((OPENAPI / name).read_text(encoding="utf-8"))


INDEX: dict[str, list[dict[str, Any]]] = load("examples/index.yaml")
ENTRIES = [pytest.param(product, entry, id=entry["file"]) for product, entries in INDEX.items() for entry in entries]
PRODUCTS = sorted(path.stem for path in OPENAPI.glob("*.yaml") if path.stem != "unseen")
DOCUMENTS: dict[str, dict[str, Any]] = {name: load(f"{name}.yaml") for name in PRODUCTS}


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to a component."""
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    component: dict[str, Any] = document["components"][kind][name]
    return component


OPERATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]] = {
    item[method]["operationId"]: (
        document,
        item[method],
        [resolved(document, row) for row in (*item.get("parameters", []), *item[method].get("parameters", []))],
    )
    for document in DOCUMENTS.values()
    for item in document["paths"].values()
    for method in METHODS
    if method in item
}
EVENTS: dict[str, dict[str, dict[str, Any]]] = {
    product: {name: item["post"] for name, item in document.get("webhooks", {}).items()}
    for product, document in DOCUMENTS.items()
}
UNSEEN: dict[str, dict[str, Any]] = load("unseen.yaml")["operations"]
UNSEEN_OF_EVENTS: dict[str, dict[str, Any]] = load("unseen.yaml")["webhooks"]


def test_the_index_names_every_example_once() -> None:
    """An example that the index does not name has no origin, and one that is named twice has two."""
    named = [f"{product}/{entry['file']}" for product, entries in INDEX.items() for entry in entries]
    stored = [path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.json")]
    assert sorted(named) == sorted(stored)


@pytest.mark.parametrize(("product", "entry"), ENTRIES)
def test_an_example_is_named_for_what_it_is(product: str, entry: dict[str, Any]) -> None:
    """The file name says the operation or event, the direction and the generation that the index says."""
    if entry["direction"] == "webhook":
        assert entry["file"] == f"webhook.{entry['event']}.{entry['generation']}.json"
        schema = EVENTS[product][entry["event"]]["requestBody"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": f"#/components/schemas/{entry['schema']}"}
        return
    direction = f"response-{entry['status']}" if entry["direction"] == "response" else "request"
    assert entry["file"] == f"{entry['operation']}.{direction}.{entry['generation']}.json"
    assert OPERATIONS[entry["operation"]][0] is DOCUMENTS[product]


@pytest.mark.parametrize(("product", "entry"), ENTRIES)
def test_a_printed_body_fits_its_schema(product: str, entry: dict[str, Any]) -> None:
    """What the documentation prints, of any generation, is valid against the spec, formats included."""
    validator = jsonschema_rs.validator_for(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": f"#/components/schemas/{entry['schema']}",
            "components": DOCUMENTS[product]["components"],
        },
        validate_formats=True,
    )
    body = json.loads((EXAMPLES / product / entry["file"]).read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(body)] == []


@pytest.mark.parametrize(("product", "entry"), ENTRIES)
def test_the_spec_names_every_field_of_a_printed_body(product: str, entry: dict[str, Any]) -> None:
    """Objects are open, so a printed field that the spec forgot would pass validation: look for it by name."""
    components = DOCUMENTS[product]["components"]["schemas"]
    body = json.loads((EXAMPLES / product / entry["file"]).read_text(encoding="utf-8"))
    assert list(forgotten({"$ref": f"#/components/schemas/{entry['schema']}"}, body, components, "$")) == []


def forgotten(schema: dict[str, Any], value: Any, components: dict[str, Any], path: str) -> list[str]:
    """Paths of the fields in `value` that `schema` does not name."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return min((forgotten(member, value, components, path) for member in schema["anyOf"]), key=len)
    if isinstance(value, list) and "items" in schema:
        return [name for item in value for name in forgotten(schema["items"], item, components, f"{path}[]")]
    if not isinstance(value, dict) or "type" not in schema:  # without a type, anything is meant
        return []
    names = []
    for key, item in value.items():
        if key in schema.get("properties", {}):
            names += forgotten(schema["properties"][key], item, components, f"{path}.{key}")
        else:
            names.append(f"{path}.{key}")
    return names


@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_what_was_not_seen_is_marked_so(operation_id: str) -> None:
    """A field, parameter or answer on the list of unseen things carries the mark `inferred` in the spec."""
    document, operation, parameters = OPERATIONS[operation_id]
    schemas = document["components"]["schemas"]
    unmarked = [
        name
        for name in UNSEEN[operation_id].get("fields", [])
        for schema, _, key in [name.partition(".")]
        if schemas[schema]["properties"][key].get("x-amili-evidence") != "inferred"
    ]
    marked = {row["name"] for row in parameters if "inferred" in evidence_of(row, row.get("schema", {}))}
    answers = {
        status
        for status, response in operation["responses"].items()
        if "inferred" in evidence_of(*resolved(document, response).get("content", {}).values())
    }
    assert unmarked == []
    assert set(UNSEEN[operation_id].get("parameters", [])) == marked
    assert set(UNSEEN[operation_id].get("answers", [])) == answers


def evidence_of(*nodes: dict[str, Any]) -> set[str]:
    """The marks on some parts of the spec."""
    return {node["x-amili-evidence"] for node in nodes if "x-amili-evidence" in node}


def test_every_field_that_is_marked_is_on_the_list() -> None:
    """A conclusion in the spec is listed, so that one place tells all that has to be confirmed."""
    listed = {
        name for entries in (UNSEEN, UNSEEN_OF_EVENTS) for entry in entries.values() for name in entry.get("fields", [])
    }
    marked = {
        f"{name}.{key}"
        for document in DOCUMENTS.values()
        for name, schema in document["components"]["schemas"].items()
        for key, value in schema.get("properties", {}).items()
        if value.get("x-amili-evidence") == "inferred"
    }
    assert marked == listed


def test_only_known_operations_are_listed_as_unseen() -> None:
    """A misspelt operation or event on the list would guard nothing."""
    assert set(UNSEEN) <= set(OPERATIONS)
    assert set(UNSEEN_OF_EVENTS) == {name for events in EVENTS.values() for name in events}


@pytest.mark.parametrize("operation_id", sorted(OPERATIONS))
def test_an_operation_says_since_when_it_is_documented(operation_id: str) -> None:
    """The coverage table shows for each operation the first generation of the documentation that has it."""
    assert GENERATION.fullmatch(OPERATIONS[operation_id][1].get("x-amili-since", ""))


def test_every_event_has_an_example() -> None:
    """An event is known by its print alone, so one without an example has no origin."""
    printed = {(product, row["event"]) for product, rows in INDEX.items() for row in rows if "event" in row}
    assert printed == {(product, name) for product, events in EVENTS.items() for name in events}
