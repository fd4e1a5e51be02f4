"""Documents that are refused: what is said, and of which place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import profile
from generator.load import Document
from generator.pointers import look_up
from generator.problems import Problem, SpecError
from tests.generator.specs import PATH, build, fragment, minimal, refusals

GET = "/paths/~1orders~1{orderId}/get"
PARAMETERS = f"{GET}/parameters"
ANSWER = f"{GET}/responses/200/content/application~1json"
SCHEMAS = "/components/schemas"
ORDER = f"{SCHEMAS}/Order"
FIELD = f"{ORDER}/properties/id"

Change = Callable[[dict[str, Any]], object]


def put(pointer: str, text: str) -> Change:
    """Write something, given as YAML, at a place; a number past the end of a list appends."""
    parent, _, key = pointer.rpartition("/")
    key = key.replace("~1", "/")

    def change(raw: dict[str, Any]) -> None:
        node, value = look_up(raw, parent), fragment(text)
        if isinstance(node, list):
            node[int(key) : int(key) + 1] = [value]
        else:
            node[key] = value

    return change


def drop(pointer: str) -> Change:
    """Take away what stands at a place."""
    parent, _, key = pointer.rpartition("/")
    return lambda raw: look_up(raw, parent).pop(key.replace("~1", "/"))


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda raw: [change(raw) for change in changes]


def test_the_minimal_document_is_without_fault() -> None:
    """Else the cases below would prove nothing."""
    assert refusals(lambda raw: None) == {}


HEAD = {
    "version": (put("/openapi", "3.0.3"), "/openapi", "write 3.1.0"),
    "unknown part": (put("/x-else", "1"), "/x-else", "take it out"),
    "no servers": (drop("/servers"), "", "name the servers"),
    "relative server": (put("/servers/0/url", "/shop"), "/servers/0", "a whole https URL"),
    "variable path": (put("/servers/0/url", "https://a.example/{v}"), "/servers/0", "without variables in its path"),
    "two prefixes": (put("/servers/1", "{url: 'https://b.example/v2'}"), "/servers", "there is one prefix"),
    "tag without text": (put("/tags/0", "{name: Orders}"), "/tags/0", "describe the tag"),
    "tag with a long text": (put("/tags/0/description", "long " * 30), "/tags/0", "at most 100 characters"),
    "tags alike": (put("/tags/1", "{name: orders, description: Other.}"), "/tags/1", "both become the module 'orders'"),
    "title in quotes": (put("/info/title", "'The \"Shop\"'"), "/info/title", "no quotation marks"),
    "title of two lines": (put("/info/title", '"A shop\\nimport os"'), "/info/title", "one line"),
    "extension of the head": (put("/info/x-amili-since", "a"), "/info/x-amili-since", "unknown extension"),
    "extension of a server": (put("/servers/0/x-a", "1"), "/servers/0/x-a", "unknown extension"),
    "extension of a tag": (put("/tags/0/x-a", "1"), "/tags/0/x-a", "unknown extension"),
    "extension of the components": (put("/components/x-a", "1"), "/components/x-a", "unknown extension"),
    "unknown security": (put("/security", "[{other: []}]"), "/security/0", "securitySchemes"),
}


def rename_path(path: str) -> Change:
    """The one path under another name."""

    def change(raw: dict[str, Any]) -> None:
        raw["paths"] = {path: next(iter(raw["paths"].values()))}

    return change


OPERATIONS = {
    "no name": (drop(f"{GET}/operationId"), f"{GET}/operationId", "name the operation"),
    "dotted name": (put(f"{GET}/operationId", "orders.get"), f"{GET}/operationId", "name the operation"),
    "no tag": (put(f"{GET}/tags", "[]"), f"{GET}/tags", "exactly one tag"),
    "two tags": (put(f"{GET}/tags", "[Orders, Orders]"), f"{GET}/tags", "exactly one tag"),
    "unknown tag": (put(f"{GET}/tags", "[Other]"), f"{GET}/tags", "not among the document's tags"),
    "no summary": (drop(f"{GET}/summary"), f"{GET}/summary", "in one line"),
    "long summary": (put(f"{GET}/summary", "word " * 30), f"{GET}/summary", "at most 100 characters"),
    "callbacks": (put(f"{GET}/callbacks", "{}"), f"{GET}/callbacks", "take it out"),
    "shared summary": (put("/paths/~1orders~1{orderId}/summary", "a"), "/paths/~1orders~1{orderId}/summary", "take it"),
    "misspelt extension": (put(f"{GET}/x-amili-evidense", "{}"), f"{GET}/x-amili-evidense", "unknown extension"),
    "no evidence": (drop(f"{GET}/x-amili-evidence"), GET, "how sure"),
    "level": (put(f"{GET}/x-amili-evidence/level", "sure"), f"{GET}/x-amili-evidence/level", "documented, partial"),
    "no pages": (drop(f"{GET}/x-amili-evidence/pages"), f"{GET}/x-amili-evidence/pages", "name it"),
    "page": (put(f"{GET}/x-amili-evidence/pages", "['https://x']"), f"{GET}/x-amili-evidence/pages", "slugs"),
    "evidence key": (put(f"{GET}/x-amili-evidence/page", "a"), f"{GET}/x-amili-evidence/page", "level, pages"),
    "modified": (put(f"{GET}/x-amili-evidence/modified", "May"), f"{GET}/x-amili-evidence/modified", "a date"),
    "note": (put(f"{GET}/x-amili-evidence/note", "[1]"), f"{GET}/x-amili-evidence/note", "a text"),
    "no since": (drop(f"{GET}/x-amili-since"), f"{GET}/x-amili-since", "which edition of the documentation had it"),
    "since": (put(f"{GET}/x-amili-since", "2026-06"), f"{GET}/x-amili-since", "one of 2025-09, 2026-03, 2026-spring,"),
    "no idempotency": (drop(f"{GET}/x-amili-idempotency"), f"{GET}/x-amili-idempotency", "what may be repeated"),
    "unsafe read": (put(f"{GET}/x-amili-idempotency", "keyed"), f"{GET}/x-amili-idempotency", "a read is `safe`"),
    "body of a read": (
        put(f"{GET}/requestBody", "{content: {application/json: {schema: {}}}}"),
        f"{GET}/requestBody",
        "a read has no body",
    ),
    "security": (put(f"{GET}/security", "[{other: []}]"), f"{GET}/security", "securitySchemes"),
    "no default": (drop(f"{GET}/responses/default"), f"{GET}/responses", "a `default` answer"),
    "no success": (drop(f"{GET}/responses/200"), f"{GET}/responses", "statuses of success"),
    "range": (put(f"{GET}/responses/2XX", "{description: a}"), f"{GET}/responses/2XX", "write each status"),
    "two media types": (
        put(f"{GET}/responses/200/content/text~1csv", "{}"),
        f"{GET}/responses/200/content",
        "one media type",
    ),
    "csv": (put(f"{GET}/responses/200/content", "{text/csv: {}}"), f"{GET}/responses/200/content/text~1csv", "JSON"),
    "mark of a media type": (put(f"{ANSWER}/x-amili-evidence", "sure"), f"{ANSWER}/x-amili-evidence", "`inferred`"),
    "batch of 200": (put(f"{GET}/responses/200/x-amili-batch", "{kind: a}"), f"{GET}/responses/200", "belongs to 202"),
    "batch without kind": (
        put(f"{GET}/responses/202", "{description: a, x-amili-batch: {sort: a}}"),
        f"{GET}/responses/202/x-amili-batch",
        "the kind of batch",
    ),
    "documented without a shape": (
        put(f"{ANSWER}/schema", "{$ref: '#/components/schemas/Error'}"),
        f"{GET}/x-amili-evidence/level",
        "a body of which nothing is known",
    ),
    "query in the path": (rename_path("/orders/{orderId}?a=b"), "/paths/~1orders~1{orderId}?a=b", "no URL's path"),
    "letters in the path": (rename_path("/bestillinger/{orderId}/på"), "/paths/~1bestillinger~1{orderId}~1på", "a-z"),
    "dangling answer": (
        put(f"{GET}/responses/default", "{$ref: '#/components/responses/Fault'}"),
        f"{GET}/responses/default",
        "leads nowhere",
    ),
}

LIST = put(f"{ORDER}/properties/data", "{type: array, items: {type: string}}")
TOKEN = put(f"{PARAMETERS}/1", "{name: PageToken, in: query, schema: {type: string}}")
PAGING = f"{GET}/x-amili-pagination"

PAGES = {
    "unpaged list": (LIST, GET, "say how it is paged"),
    "unpaged list under another name": (
        put(f"{ORDER}/properties", "{orders: {type: array, items: {}}, summary: {type: string}}"),
        GET,
        "say how it is paged",
    ),
    "unpaged list by its name": (put(f"{GET}/operationId", "ListOrders"), GET, "say how it is paged"),
    "no such list": (
        both(TOKEN, put(PAGING, "{style: cursor, items: data, token: PageToken}")),
        f"{PAGING}/items",
        "list",
    ),
    "style": (both(LIST, put(PAGING, "{style: endless, items: data}")), f"{PAGING}/style", "cursor, skip, query"),
    "no token": (both(LIST, put(PAGING, "{style: cursor, items: data}")), PAGING, "needs 'token'"),
    "no page": (
        both(LIST, TOKEN, put(PAGING, "{style: query, items: data, token: PageToken}")),
        PAGING,
        "needs 'page'",
    ),
    "unknown parameter": (
        both(LIST, put(PAGING, "{style: cursor, items: data, token: pageToken}")),
        f"{PAGING}/token",
        "no query parameter",
    ),
    "unknown key": (
        both(LIST, TOKEN, put(PAGING, "{style: cursor, items: data, token: PageToken, limit: a}")),
        f"{PAGING}/limit",
        "style, items",
    ),
}

PARAMS = {
    "unnamed in the path": (put(f"{PARAMETERS}/0/name", "id"), PARAMETERS, "holds {orderId}"),
    "not in the path": (put(f"{PARAMETERS}/0/name", "id"), f"{PARAMETERS}/0", "does not hold {id}"),
    "optional in the path": (drop(f"{PARAMETERS}/0/required"), f"{PARAMETERS}/0", "required: true"),
    "content": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, content: {application/json: {schema: {}}}}"),
        f"{PARAMETERS}/1/content",
        "describe it by `schema`",
    ),
    "cookie": (
        put(f"{PARAMETERS}/1", "{name: a, in: cookie, schema: {type: string}}"),
        f"{PARAMETERS}/1/in",
        "path, query",
    ),
    "twice": (
        both(*(put(f"{PARAMETERS}/{i}", "{name: a, in: query, schema: {type: string}}") for i in (1, 2))),
        f"{PARAMETERS}/2",
        "stands twice",
    ),
    "object": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: object}}"),
        f"{PARAMETERS}/1/schema",
        "an object cannot be sent",
    ),
    "null": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: [string, 'null']}}"),
        f"{PARAMETERS}/1/schema",
        "null cannot be sent",
    ),
    "list of lists": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: array, items: {type: array, items: {}}}}"),
        f"{PARAMETERS}/1/schema/items",
        "holds single values",
    ),
    "list of objects": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: array, items: {type: object}}}"),
        f"{PARAMETERS}/1/schema/items",
        "holds single values",
    ),
    "binary float": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: number, format: double}}"),
        f"{PARAMETERS}/1/schema",
        "`format: decimal`",
    ),
    "binary floats": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, schema: {type: array, items: {type: number, format: double}}}"),
        f"{PARAMETERS}/1/schema/items",
        "`format: decimal`",
    ),
    "list in a header": (
        put(f"{PARAMETERS}/1", "{name: a, in: header, schema: {type: array, items: {type: string}}}"),
        f"{PARAMETERS}/1/schema",
        "only query parameters can be lists",
    ),
    "instant in a header": (
        put(f"{PARAMETERS}/1", "{name: a, in: header, schema: {type: string, format: date-time}}"),
        f"{PARAMETERS}/1/schema",
        "a header is",
    ),
    "commas": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}"),
        f"{PARAMETERS}/1/explode",
        "a repeated parameter",
    ),
    "style": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, style: deepObject, schema: {type: string}}"),
        f"{PARAMETERS}/1/style",
        "usual styles",
    ),
    "authorization": (
        put(f"{PARAMETERS}/1", "{name: Authorization, in: header, schema: {type: string}}"),
        f"{PARAMETERS}/1",
        "sends 'Authorization' itself",
    ),
    "reserved name": (
        put(f"{PARAMETERS}/1", "{name: a, in: query, x-amili-name: options, schema: {type: string}}"),
        f"{PARAMETERS}/1/x-amili-name",
        "write another one",
    ),
    "names alike": (
        put(f"{PARAMETERS}/1", "{name: order_id, in: query, schema: {type: string}}"),
        f"{PARAMETERS}/1",
        "'order_id' and 'orderId' both become 'order_id' in Python",
    ),
    "dangling": (put(f"{PARAMETERS}/1", "{$ref: '#/components/parameters/A'}"), f"{PARAMETERS}/1", "leads nowhere"),
}

FIELDS = {
    "title": ("{type: string, title: Id}", "/title", "component's name"),
    "allOf": ("{allOf: [{$ref: '#/components/schemas/Error'}]}", "/allOf", "write the properties out"),
    "oneOf": ("{oneOf: [{type: string}]}", "/oneOf", "write anyOf"),
    "enum": ("{type: string, enum: [A]}", "/enum", "x-extensible-enum"),
    "unnamed vocabulary": ("{type: string, x-extensible-enum: [A]}", "", "name the vocabulary"),
    "inline object": ("{type: object, properties: {a: {type: string}}}", "", "an object needs a name"),
    "format": ("{type: string, format: datetime}", "/format", "unknown for string; known: byte, date,"),
    "decimal text": ("{type: string, format: decimal}", "/format", "unknown for string"),
    "plain number": ("{type: number}", "", "`format: decimal`"),
    "two types": ("{type: [string, integer]}", "/type", "as anyOf"),
    "only null": ("{type: 'null'}", "/type", "null alone"),
    "format without type": ("{format: date}", "", "say the type"),
    "array without items": ("{type: array}", "", "what the items are"),
    "const number": ("{type: integer, const: 1}", "/const", "only strings"),
    "foreign reference": ("{$ref: 'other.yaml#/a'}", "", "in this document"),
    "deep reference": ("{$ref: '#/components/schemas/Order/properties/id'}", "", "refer to #/components/schemas/"),
    "dangling reference": ("{$ref: '#/components/schemas/Nothing'}", "", "leads nowhere"),
    "beside a reference": ("{$ref: '#/components/schemas/Error', maxLength: 3}", "/maxLength", "beside a $ref is lost"),
    "closed": ("{type: object, additionalProperties: false}", "/additionalProperties", "objects are open"),
    "typed rest": ("{type: object, additionalProperties: {type: string}}", "/additionalProperties", "take it out"),
    "true": ("true", "", "write an object"),
    "evidence": ("{type: string, x-amili-evidence: documented}", "/x-amili-evidence", "`inferred`"),
    "not sensitive": ("{type: string, x-amili-sensitive: false}", "/x-amili-sensitive", "`true`"),
    "name": ("{type: string, x-amili-name: Order Id}", "/x-amili-name", "write another one"),
    "reserved name": ("{type: string, x-amili-name: additional_properties}", "/x-amili-name", "write another one"),
    "extension": ("{type: string, x-amili-senstive: true}", "/x-amili-senstive", "unknown extension"),
    "evidence of an item": (
        "{type: array, items: {type: string, x-amili-evidence: inferred}}",
        "/items/x-amili-evidence",
        "unknown extension",
    ),
    "null without quotes": ("{type: [string, null]}", "/type", "put quotes around 'null'"),
    "null without quotes in a union": ("{anyOf: [{type: string}, {type: null}]}", "/anyOf/1/type", "put quotes"),
    "description": ("{type: string, description: 42}", "/description", "write a text"),
    "empty description": ("{$ref: '#/components/schemas/Error', description: }", "/description", "write a text"),
    "null, not nullable": ("{type: string, x-amili-null: distinct}", "/x-amili-null", "null is not allowed here"),
    "null, otherwise": ("{type: [string, 'null'], x-amili-null: same}", "/x-amili-null", "`distinct`"),
    "empty union": ("{anyOf: [{type: 'null'}]}", "/anyOf", "null alone"),
    "union of strings": ("{anyOf: [{type: string}, {type: string, format: date}]}", "/anyOf/1", "of the kind string"),
    "union of numbers": (
        "{anyOf: [{type: integer}, {type: number, format: decimal}]}",
        "/anyOf/1",
        "of the kind number",
    ),
    "union with a list": ("{anyOf: [{type: string}, {type: array, items: {}}]}", "/anyOf/1", "a union joins"),
    "union with anything": ("{anyOf: [{type: string}, {}]}", "/anyOf/1", "has one type"),
    "union with a type": ("{type: string, anyOf: [{type: string}]}", "", "into the members"),
}

COMPONENTS = {
    "name": (put(f"{SCHEMAS}/my_order", "{type: object}"), f"{SCHEMAS}/my_order", "cannot be a class's name"),
    "taken name": (put(f"{SCHEMAS}/RequestOptions", "{type: object}"), f"{SCHEMAS}/RequestOptions", "something else"),
    "builtin": (put(f"{SCHEMAS}/Exception", "{type: object}"), f"{SCHEMAS}/Exception", "something else"),
    "namespace": (put(f"{SCHEMAS}/Shop", "{type: object}"), f"{SCHEMAS}/Shop", "something else"),
    "case": (put(f"{SCHEMAS}/ORder", "{type: object}"), f"{SCHEMAS}/ORder", "by case alone"),
    "circle": (
        both(
            put(f"{SCHEMAS}/A", "{$ref: '#/components/schemas/B'}"),
            put(f"{SCHEMAS}/B", "{$ref: '#/components/schemas/A'}"),
        ),
        f"{SCHEMAS}/A",
        "in a circle",
    ),
    "long sentence": (put(f"{ORDER}/description", "long " * 30), f"{ORDER}/description", "at most 100 characters"),
    "required": (put(f"{ORDER}/required", "[name]"), f"{ORDER}/required", "'name' is not among"),
    "odd required": (put(f"{ORDER}/required", "[{id: a}]"), f"{ORDER}/required", "is not among"),
    "no properties": (put(f"{ORDER}/properties", "null"), f"{ORDER}/properties", "write an object"),
    "type": (put(f"{ORDER}/type", "[object, 'null']"), f"{ORDER}/type", "null is allowed where it is used"),
    "required three-state": (
        both(put(f"{ORDER}/required", "[id]"), put(FIELD, "{type: [string, 'null'], x-amili-null: distinct}")),
        f"{FIELD}/x-amili-null",
        "a required field",
    ),
    "mixed vocabulary": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A, 1]}"),
        f"{SCHEMAS}/Kind/x-extensible-enum",
        "each a string",
    ),
    "empty vocabulary": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: []}"),
        f"{SCHEMAS}/Kind/x-extensible-enum",
        "list the known values",
    ),
    "nullable vocabulary": (
        put(f"{SCHEMAS}/Kind", "{type: [string, 'null'], x-extensible-enum: [A]}"),
        f"{SCHEMAS}/Kind",
        "string or integer",
    ),
    "value twice": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A, A]}"),
        f"{SCHEMAS}/Kind/x-extensible-enum",
        "both become 'A'",
    ),
    "values alike": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [on-hold, on_hold]}"),
        f"{SCHEMAS}/Kind/x-extensible-enum",
        "both become 'ON_HOLD'",
    ),
    "description of nothing": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A], x-enum-descriptions: {B: b}}"),
        f"{SCHEMAS}/Kind/x-enum-descriptions/B",
        "not listed",
    ),
    "descriptions as a list": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A], x-enum-descriptions: [A]}"),
        f"{SCHEMAS}/Kind/x-enum-descriptions",
        "write an object",
    ),
    "description without a text": (
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A], x-enum-descriptions: {A: }}"),
        f"{SCHEMAS}/Kind/x-enum-descriptions/A",
        "write a text",
    ),
    "fields alike but for letters that are dropped": (
        put(f"{ORDER}/properties", "{class: {type: string}, class_: {type: string}}"),
        f"{ORDER}/properties/class_",
        "'class_' and 'class' both become 'class_' in Python; give one of them an x-amili-name",
    ),
    "fields alike": (
        put(f"{ORDER}/properties/Id", "{type: string}"),
        f"{ORDER}/properties/Id",
        "'Id' and 'id' both become 'id' in Python; give one of them an x-amili-name",
    ),
    "list within itself": (
        put(f"{SCHEMAS}/Tree", "{type: array, items: {$ref: '#/components/schemas/Tree'}}"),
        f"{SCHEMAS}/Tree",
        "the parser refuses this",
    ),
}

POST = "/paths/~1orders/post"


def post(body: str) -> Change:
    """A second operation, with a body."""

    def change(raw: dict[str, Any]) -> None:
        operation = copy.deepcopy(look_up(raw, GET))
        del operation["parameters"]
        operation |= {"operationId": "CreateOrder", "x-amili-idempotency": "keyed", "requestBody": fragment(body)}
        operation["x-amili-evidence"]["level"] = "partial"
        raw["paths"]["/orders"] = {"post": operation}

    return change


BODIES = {
    "xml": (post("{content: {text/xml: {schema: {}}}}"), f"{POST}/requestBody/content/text~1xml", "bodies are JSON"),
    "extension": (
        post("{x-amili-evidence: inferred, content: {application/json: {schema: {}}}}"),
        f"{POST}/requestBody/x-amili-evidence",
        "unknown extension",
    ),
    "no schema": (
        post("{content: {application/json: {}}}"),
        f"{POST}/requestBody/content/application~1json",
        "describe the body",
    ),
    "two": (
        post("{content: {application/json: {schema: {}}, text/csv: {schema: {}}}}"),
        f"{POST}/requestBody/content",
        "a body has one media type",
    ),
    "open form": (
        post("{content: {application/x-www-form-urlencoded: {schema: {type: object}}}}"),
        f"{POST}/requestBody/content/application~1x-www-form-urlencoded/schema",
        "a form is a named object",
    ),
    "dangling": (post("{$ref: '#/components/requestBodies/A'}"), f"{POST}/requestBody", "leads nowhere"),
    "same name": (
        both(post("{content: {application/json: {schema: {}}}}"), put(f"{POST}/operationId", "GetOrder")),
        f"{POST}/operationId",
        "'GetOrder' stands in openapi/shop.yaml#/paths/~1orders~1{orderId}/get already",
    ),
    "names alike": (
        both(post("{content: {application/json: {schema: {}}}}"), put(f"{POST}/operationId", "GETOrder")),
        POST,
        "both become 'get_order' in Python",
    ),
}

CASES = {
    f"{group}: {name}": case
    for group, cases in {
        "head": HEAD,
        "operation": OPERATIONS,
        "page": PAGES,
        "parameter": PARAMS,
        "field": {name: (put(FIELD, text), FIELD + at, message) for name, (text, at, message) in FIELDS.items()},
        "component": COMPONENTS,
        "body": BODIES,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("change", "pointer", "message"), CASES.values(), ids=CASES.keys())
def test_it_is_refused_with_its_place(change: Change, pointer: str, message: str) -> None:
    """The problem names the place that has to be changed, and says what to write."""
    found = refusals(change)
    assert any(message in text for text in found.get(pointer, [])), found


@pytest.mark.parametrize("name", ["totalAmount", "amount", "originalPrincipal", "fee", "vat", "collector", "Balance"])
def test_money_is_never_a_binary_float(name: str) -> None:
    """What looks like an amount by its name has to be a decimal, whatever float format is asked for."""
    pointer = f"{ORDER}/properties/{name}"
    assert pointer in refusals(put(pointer, "{type: number, format: double}"))
    assert refusals(put(pointer, "{type: number, format: decimal}")) == {}
    assert refusals(put(f"{ORDER}/properties/weight", "{type: number, format: double}")) == {}


def test_all_problems_are_reported_at_once() -> None:
    """One run names everything that has to be changed, in every document."""
    first, second = minimal(), minimal()
    del look_up(first, GET)["summary"]
    look_up(first, FIELD)["title"] = "Id"
    look_up(second, GET)["operationId"] = "GetOther"
    del look_up(second, GET)["x-amili-evidence"]
    found = profile.check([Document("shop", PATH, first), Document("other", "openapi/other.yaml", second)])
    assert {(problem.document, problem.pointer) for problem in found} == {
        (PATH, f"{GET}/summary"),
        (PATH, f"{FIELD}/title"),
        ("openapi/other.yaml", GET),
    }


def test_operation_names_are_unique_over_all_documents() -> None:
    """The table of operations is one mapping for all products."""
    documents = [Document("shop", PATH, minimal()), Document("other", "openapi/other.yaml", minimal())]
    (problem,) = profile.check(documents)
    assert (problem.document, problem.pointer) == ("openapi/other.yaml", f"{GET}/operationId")


def test_what_is_no_openapi_is_refused_by_the_validator() -> None:
    """Rules of the standard itself are not repeated here; its validator runs too."""
    raw = minimal()
    del raw["info"]["version"]
    (problem,) = profile.check([Document("shop", PATH, raw)])
    assert problem.pointer == "/info"
    assert "required property" in problem.message


def test_problems_come_in_an_order_of_their_own() -> None:
    """Two runs print the same: several wrong keys of one object come by name."""
    keys = [chr(letter) for letter in range(ord("a"), ord("z"))]

    def change(raw: dict[str, Any]) -> None:
        look_up(raw, f"{GET}/x-amili-evidence").update(dict.fromkeys(keys, "x"))

    assert [place.rpartition("/")[2] for place in refusals(change) if "evidence" in place] == keys


def test_a_file_named_by_a_word_of_python_is_refused() -> None:
    """Its module could not be imported."""
    (problem,) = profile.check([Document("import", "openapi/import.yaml", minimal())])
    assert str(problem).startswith("openapi/import.yaml#: the file's name names a package")


def test_a_query_parameter_may_be_named_like_one_of_the_path() -> None:
    """With a Python name of its own it is another parameter."""
    raw = minimal()
    raw["paths"]["/orders/{orderId}"]["get"]["parameters"].append(
        fragment("{name: orderId, in: query, x-amili-name: other_id, schema: {type: string}}")
    )
    (operation,) = build(Document("shop", PATH, raw)).operations
    assert [(param.name, param.location) for param in operation.params] == [("order_id", "path"), ("other_id", "query")]


def test_a_problem_reads_as_place_and_message() -> None:
    """A line of output leads an editor to the file, and a reader to the place."""
    error = SpecError([Problem(PATH, "/info", "wrong"), Problem(PATH, "/info", "wrong")])
    assert str(error) == "openapi/shop.yaml#/info: wrong"


def places(node: Any, pointer: str = "") -> list[str]:
    """All places of a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = [pointer] if pointer else []
    for key, value in items:
        found += places(value, pointer + "/" + str(key).replace("~", "~0").replace("/", "~1"))
    return found


RICH = "{anyOf: [{$ref: '#/components/schemas/Order'}, {type: 'null'}], x-amili-null: distinct}"


def rich() -> dict[str, Any]:
    raw = minimal()
    changes = (
        LIST,
        TOKEN,
        put(PAGING, "{style: cursor, items: data, token: PageToken}"),
        put(FIELD, RICH),
        put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A]}"),
        post("{content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}"),
        drop(f"{POST}/responses/200"),
        put(f"{POST}/responses/202", "{description: a, x-amili-batch: {kind: a}}"),
    )
    both(*changes)(raw)
    return raw


PLACES = places(rich())
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, "", "x", [], [1], {}, {"$ref": "#/a"}, {"$ref": 1}, {"anyOf": [1]}, {"x": {}}]
)


@settings(max_examples=40)  # each builds a document; the failures it found came within a few dozen
@given(st.sampled_from(PLACES), JUNK)
def test_a_document_that_is_wrong_in_any_way_is_refused_and_not_stumbled_over(pointer: str, junk: Any) -> None:
    """Whatever stands at whatever place, the rules answer with problems or let it pass; then it can be built."""
    raw = rich()
    parent, _, key = pointer.rpartition("/")
    node = look_up(raw, parent)
    key = key.replace("~1", "/").replace("~0", "~")
    node[int(key) if isinstance(node, list) else key] = copy.deepcopy(junk)
    with suppress(SpecError):
        assert build(Document("shop", PATH, raw)).product == "shop"
