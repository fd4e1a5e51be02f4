"""Two editions of a spec: what is said of their difference, and whether it breaks code that was right before."""

from __future__ import annotations

import copy
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import adapter, passes
from generator.__main__ import main
from generator.diff import compare
from generator.ir import Api
from generator.load import Document
from generator.pointers import look_up
from tests.generator.specs import COMPONENTS, HEAD, fragment, minimal, read

SPEC = (
    HEAD
    + """
paths:
  /shops/{shopId}/orders/{orderId}:
    parameters:
      - {name: shopId, in: path, required: true, schema: {type: string, format: uuid}}
      - {name: orderId, in: path, required: true, schema: {type: string}}
    get:
      operationId: GetOrder
      tags: [Orders]
      summary: Read an order.
      x-amili-evidence: {level: partial, pages: [getorder-1]}
      x-amili-since: 2025-09
      x-amili-idempotency: safe
      parameters:
        - {name: Status, in: query, schema: {$ref: '#/components/schemas/OrderStatus'}}
        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
        - {name: PageToken, in: query, schema: {type: string}}
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        default: {$ref: '#/components/responses/Error'}
    post:
      operationId: ChangeOrder
      tags: [Orders]
      summary: Change an order.
      x-amili-evidence: {level: partial, pages: [changeorder-1]}
      x-amili-since: 2025-09
      x-amili-idempotency: keyed
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/OrderChange'}}}
      responses:
        '202': {description: Accepted., x-amili-batch: {kind: orders}}
        default: {$ref: '#/components/responses/Error'}
webhooks:
  ORDERED:
    post:
      x-amili-evidence: {level: partial, pages: [webhooks-1]}
      x-amili-since: 2026-03
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {default: {description: Taken.}}
"""
    + COMPONENTS
    + """
    OrderStatus: {type: string, x-extensible-enum: [OPEN, CLOSED]}
    Order:
      type: object
      description: Only received.
      required: [total]
      properties:
        total: {type: number, format: decimal}
        status: {$ref: '#/components/schemas/OrderStatus'}
        vat: {type: number, format: decimal, x-amili-evidence: inferred}
        day: {type: string, format: date}
        kind: {type: string}
        note: {}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
    OrderChange:
      type: object
      description: Only sent.
      required: [reason]
      properties:
        reason: {type: string}
        text: {type: [string, 'null'], x-amili-null: distinct}
        amount: {type: number, format: decimal}
        line: {$ref: '#/components/schemas/Line'}
    Line:
      type: object
      description: Sent and received.
      properties:
        text: {type: string}
"""
)

PATH = "/paths/~1shops~1{shopId}~1orders~1{orderId}"
GET, POST = f"{PATH}/get", f"{PATH}/post"
SCHEMAS = "/components/schemas"
ORDER = f"{SCHEMAS}/Order/properties"
CHANGE = f"{SCHEMAS}/OrderChange/properties"

HEALTH = """
get:
  operationId: GetHealth
  tags: [Orders]
  summary: Ask whether it is there.
  x-amili-evidence: {level: assumed}
  x-amili-since: 2025-09
  x-amili-idempotency: safe
  responses: {'204': {description: It is.}, default: {$ref: '#/components/responses/Error'}}
"""

Change = Callable[[dict[str, Any]], object]


def put(pointer: str, text: str) -> Change:
    """Write something, given as YAML, at a place."""
    parent, _, key = pointer.rpartition("/")
    return lambda raw: look_up(raw, parent).__setitem__(key.replace("~1", "/"), fragment(text))


def drop(pointer: str) -> Change:
    """Take away what stands at a place."""
    parent, _, key = pointer.rpartition("/")
    return lambda raw: look_up(raw, parent).pop(int(key) if key.isdigit() else key)


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda raw: [change(raw) for change in changes]


def add(pointer: str, text: str) -> Change:
    """Append something, given as YAML, to a list."""
    return lambda raw: look_up(raw, pointer).append(fragment(text))


def move(old: str, new: str) -> Change:
    """Put what stands at one place to another."""

    def change(raw: dict[str, Any]) -> None:
        parent, _, key = old.rpartition("/")
        value = look_up(raw, parent).pop(key.replace("~1", "/"))
        parent, _, key = new.rpartition("/")
        look_up(raw, parent)[key.replace("~1", "/")] = value

    return change


def build(raw: dict[str, Any], product: str = "shop") -> Api:
    return passes.complete(adapter.build(Document(product, f"openapi/{product}.yaml", raw)))


@pytest.fixture(scope="module")
def before() -> Api:
    """The edition that all cases start from."""
    return build(read(SPEC).raw)


SHOP = "amili_async.endpoints.shop"
TURNED = "/orders/{orderId}/shops/{shopId}"
ORDERS = "/shops/{shopId}/orders/{orderId}"
CASES: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    # Fields of what is received: a wider type breaks who reads it, a narrower one does not.
    "received, may be null now": (
        put(f"{ORDER}/total", "{type: [number, 'null'], format: decimal}"),
        [("breaking", "Order.total: Decimal -> Decimal | None")],
    ),
    "received, not required any more": (
        drop(f"{SCHEMAS}/Order/required"),
        [("breaking", "Order.total: Decimal -> Decimal | None")],
    ),
    "received, required now": (
        put(f"{SCHEMAS}/Order/required", "[total, day]"),
        [("changed", "Order.day: date | None -> date"), ("breaking", "Order.day: now required")],
    ),
    "received, another type": (
        put(f"{ORDER}/day", "{type: string}"),
        [("breaking", "Order.day: date | None -> str | None")],
    ),
    "received, wider": (
        put(f"{ORDER}/day", "{type: string, format: date-or-date-time}"),
        [("breaking", "Order.day: date | None -> datetime | date | None")],
    ),
    "received, a vocabulary of the texts before": (
        put(f"{ORDER}/kind", "{$ref: '#/components/schemas/OrderStatus'}"),
        [("changed", "Order.kind: str | None -> OrderStatus | None")],
    ),
    "received, text of the plain values before": (
        put(f"{ORDER}/note", "{type: string}"),
        [("changed", "Order.note: Any -> str | None")],
    ),
    "received, a model of the plain values before": (
        put(f"{ORDER}/note", "{$ref: '#/components/schemas/Line'}"),
        [("breaking", "Order.note: Any -> Line | None")],
    ),
    "received, items may be null now": (
        put(f"{ORDER}/lines/items", "{anyOf: [{$ref: '#/components/schemas/Line'}, {type: 'null'}]}"),
        [("breaking", "Order.lines: list[Line] | None -> list[Line | None] | None")],
    ),
    # Fields of what is sent: the other way round.
    "sent, not required any more": (
        drop(f"{SCHEMAS}/OrderChange/required"),
        [("changed", "OrderChange.reason: str -> str | None")],
    ),
    "sent, required now": (
        put(f"{SCHEMAS}/OrderChange/required", "[reason, amount]"),
        [
            ("breaking", "OrderChange.amount: Decimal | None -> Decimal"),
            ("breaking", "OrderChange.amount: now required"),
        ],
    ),
    "sent, three states no more": (
        put(f"{CHANGE}/text", "{type: [string, 'null']}"),
        [("breaking", "OrderChange.text: str | Unset | None -> str | None")],
    ),
    "sent, three states now": (
        put(f"{CHANGE}/amount", "{type: [number, 'null'], format: decimal, x-amili-null: distinct}"),
        [("changed", "OrderChange.amount: Decimal | None -> Decimal | Unset | None")],
    ),
    # Both: only what is equal does.
    "sent and received": (
        put(f"{SCHEMAS}/Line/required", "[text]"),
        [("breaking", "Line.text: str | None -> str"), ("breaking", "Line.text: now required")],
    ),
    # Fields in themselves.
    "field removed": (drop(f"{ORDER}/day"), [("breaking", "Order.day: removed")]),
    "field added": (put(f"{ORDER}/age", "{type: integer}"), [("added", "Order.age: int | None")]),
    "required field added": (
        both(put(f"{CHANGE}/age", "{type: integer}"), put(f"{SCHEMAS}/OrderChange/required", "[reason, age]")),
        [("breaking", "OrderChange.age: int (new, required)")],
    ),
    "field renamed in Python": (
        put(f"{ORDER}/day", "{type: string, format: date, x-amili-name: order_day}"),
        [("breaking", "Order.day: renamed to order_day")],
    ),
    "field renamed on the wire": (
        move(f"{ORDER}/day", f"{ORDER}/Day"),
        [("changed", "Order.day: name in JSON day -> Day")],
    ),
    "field confirmed": (
        drop(f"{ORDER}/vat/x-amili-evidence"),
        [("changed", "Order.vat: evidence inferred -> documented")],
    ),
    "field hidden": (put(f"{ORDER}/day/x-amili-sensitive", "true"), [("changed", "Order.day: now left out of repr")]),
    "field dropped": (put(f"{ORDER}/day/deprecated", "true"), [("changed", "Order.day: deprecated")]),
    "field limited": (
        put(f"{CHANGE}/reason", "{type: string, maxLength: 5}"),
        [("changed", "OrderChange.reason: limits none -> At most 5 characters.")],
    ),
    "field always the same": (
        put(f"{CHANGE}/reason", "{type: string, const: because}"),
        [("changed", "OrderChange.reason: default none -> because")],
    ),
    # Classes.
    "model removed": (
        both(drop(f"{ORDER}/lines"), drop(f"{CHANGE}/line"), drop(f"{SCHEMAS}/Line")),
        [
            ("breaking", "Line: removed"),
            ("breaking", "Order.lines: removed"),
            ("breaking", "OrderChange.line: removed"),
        ],
    ),
    "model added": (
        put(f"{SCHEMAS}/Buyer", "{type: object, properties: {name: {type: string}}}"),
        [("added", "Buyer: new model")],
    ),
    "enum added": (put(f"{SCHEMAS}/Kind", "{type: string, x-extensible-enum: [A]}"), [("added", "Kind: new enum")]),
    "member added": (
        put(f"{SCHEMAS}/OrderStatus/x-extensible-enum", "[OPEN, CLOSED, LOST]"),
        [("added", "OrderStatus.LOST")],
    ),
    "member removed": (
        put(f"{SCHEMAS}/OrderStatus/x-extensible-enum", "[OPEN]"),
        [("breaking", "OrderStatus.CLOSED: removed")],
    ),
    "member spelt otherwise": (
        put(f"{SCHEMAS}/OrderStatus/x-extensible-enum", "[open, CLOSED]"),
        [("changed", "OrderStatus.OPEN: 'OPEN' -> 'open'")],
    ),
    # Operations.
    "operation removed": (drop(GET), [("breaking", "shop.get_order(): removed")]),
    "operation added": (
        put("/paths/~1health", HEALTH),
        [("added", "shop.get_health(): GET /health, assumed")],
    ),
    "operation renamed": (
        put(f"{GET}/operationId", "ReadOrder"),
        [("breaking", "shop.get_order(): renamed to read_order()")],
    ),
    "path": (
        move(PATH, "/paths/~1v2~1shops~1{shopId}~1orders~1{orderId}"),
        [
            (
                "changed",
                f"shop.get_order(): GET {ORDERS} -> GET /v2{ORDERS}",
            ),
            (
                "changed",
                f"shop.change_order(): POST {ORDERS} -> POST /v2{ORDERS}",
            ),
        ],
    ),
    "order of the path": (
        move(PATH, "/paths/~1orders~1{orderId}~1shops~1{shopId}"),
        [
            (
                "changed",
                f"shop.get_order(): GET {ORDERS} -> GET {TURNED}",
            ),
            ("breaking", "shop.get_order(): order of arguments shop_id, order_id -> order_id, shop_id"),
            (
                "changed",
                f"shop.change_order(): POST {ORDERS} -> POST {TURNED}",
            ),
            ("breaking", "shop.change_order(): order of arguments shop_id, order_id -> order_id, shop_id"),
        ],
    ),
    "method": (
        move(POST, f"{PATH}/put"),
        [
            (
                "changed",
                f"shop.change_order(): POST {ORDERS} -> PUT {ORDERS}",
            )
        ],
    ),
    "evidence": (
        put(f"{GET}/x-amili-evidence/level", "documented"),
        [("changed", "shop.get_order(): evidence partial -> documented")],
    ),
    "read that becomes a guess": (
        put(f"{GET}/x-amili-evidence/level", "assumed"),
        [("changed", "shop.get_order(): evidence partial -> assumed")],
    ),
    "write that becomes a guess, and is refused": (
        put(f"{POST}/x-amili-evidence/level", "assumed"),
        [("breaking", "shop.change_order(): evidence partial -> assumed")],
    ),
    "idempotency": (
        put(f"{POST}/x-amili-idempotency", "unsafe"),
        [("changed", "shop.change_order(): idempotency keyed -> unsafe")],
    ),
    "deprecated": (put(f"{GET}/deprecated", "true"), [("changed", "shop.get_order(): deprecated")]),
    "security": (put(f"{GET}/security", "[]"), [("changed", "shop.get_order(): needs no token")]),
    "batch": (
        drop(f"{POST}/responses/202/x-amili-batch"),
        [("changed", "shop.change_order(): batch orders -> none")],
    ),
    "module": (
        both(add("/tags", "{name: Changes, description: Other.}"), put(f"{POST}/tags", "[Changes]")),
        [
            (
                "breaking",
                f"shop.change_order(): function moved {SHOP}.orders -> {SHOP}.changes",
            )
        ],
    ),
    "prefix": (
        put("/servers/0/url", "https://api.shop.example/shop/v2"),
        [("changed", "shop: prefix /shop/v1 -> /shop/v2")],
    ),
    "texts": (
        both(put(f"{GET}/summary", "Other."), put(f"{SCHEMAS}/Order/description", "Other.")),
        [],
    ),
    # Parameters.
    "parameter removed": (drop(f"{GET}/parameters/1"), [("breaking", "shop.get_order(limit): removed")]),
    "parameter added": (
        add(f"{GET}/parameters", "{name: From, in: query, schema: {type: string, format: date}}"),
        [("added", "shop.get_order(from_): date | None")],
    ),
    "required parameter added": (
        add(f"{GET}/parameters", "{name: From, in: query, required: true, schema: {type: string, format: date}}"),
        [("breaking", "shop.get_order(from_): date (new, required)")],
    ),
    "parameter required now": (
        put(f"{GET}/parameters/1/required", "true"),
        [("breaking", "shop.get_order(limit): int | None -> int")],
    ),
    "parameter wider": (
        put(f"{GET}/parameters/1/schema", "{type: number, format: decimal}"),
        [
            ("breaking", "shop.get_order(limit): int | None -> Decimal | None"),
            ("changed", "shop.get_order(limit): limits At most 10. -> none"),
        ],
    ),
    "vocabulary that was text": (
        put(f"{GET}/parameters/2/schema", "{$ref: '#/components/schemas/OrderStatus'}"),
        [("changed", "shop.get_order(page_token): str | None -> OrderStatus | str | None")],
    ),
    "parameter renamed": (
        put(f"{GET}/parameters/1/x-amili-name", "most"),
        [("breaking", "shop.get_order(limit): renamed to most")],
    ),
    "parameter in other letters": (
        put(f"{GET}/parameters/2/name", "pageToken"),
        [("changed", "shop.get_order(page_token): sent as query PageToken -> query pageToken")],
    ),
    "parameter by conclusion": (
        put(f"{GET}/parameters/1/schema/x-amili-evidence", "inferred"),
        [("changed", "shop.get_order(limit): evidence documented -> type inferred")],
    ),
    # Bodies and answers.
    "body removed": (
        drop(f"{POST}/requestBody"),
        [
            ("breaking", "shop.change_order(body): removed"),
            # No request holds the model any more, so null and absent need not be told apart.
            ("breaking", "OrderChange.text: str | Unset | None -> str | None"),
        ],
    ),
    "body of another type": (
        put(f"{POST}/requestBody/content", "{application/json: {schema: {$ref: '#/components/schemas/Line'}}}"),
        [
            ("breaking", "shop.change_order(body): OrderChange -> Line"),
            # No request holds the model any more, so null and absent need not be told apart.
            ("breaking", "OrderChange.text: str | Unset | None -> str | None"),
        ],
    ),
    "body optional": (
        put(f"{POST}/requestBody/required", "false"),
        [("changed", "shop.change_order(body): no longer required")],
    ),
    "answer of another type": (
        put(f"{GET}/responses/200/content", "{application/json: {schema: {$ref: '#/components/schemas/Line'}}}"),
        [("breaking", "shop.get_order(): gives Order -> Line")],
    ),
    "answer that may be missing": (
        put(f"{GET}/responses/204", "{description: None.}"),
        [("breaking", "shop.get_order(): gives Order -> Order | None")],
    ),
    "answer by conclusion": (
        put(f"{GET}/responses/200/content/application~1json/x-amili-evidence", "inferred"),
        [("changed", "shop.get_order(): evidence of the answer 200 documented -> inferred")],
    ),
    # Events.
    "event removed": (drop("/webhooks/ORDERED"), [("breaking", "shop event ORDERED: removed")]),
    "event confirmed": (
        put("/webhooks/ORDERED/post/x-amili-evidence/level", "documented"),
        [("changed", "shop event ORDERED: evidence partial -> documented")],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES.keys())
def test_a_change_is_told_in_python_terms(before: Api, change: Change, expected: list[tuple[str, str]]) -> None:
    """These entries, and no others."""
    raw = copy.deepcopy(read(SPEC).raw)
    change(raw)
    assert compare([before], [build(raw)]).entries == expected


def test_lists_can_begin_and_cease_to_be_paged(before: Api) -> None:
    """The first is new, the second breaks who goes through the pages; another token is a change."""
    raw = copy.deepcopy(read(SPEC).raw)
    plain = both(
        put(f"{SCHEMAS}/Page", "{type: object, properties: {orders: {type: array, items: {type: string}}}}"),
        put(f"{GET}/responses/200/content/application~1json/schema", "{$ref: '#/components/schemas/Page'}"),
    )
    plain(raw)
    paged, other = copy.deepcopy(raw), copy.deepcopy(raw)
    put(f"{GET}/x-amili-pagination", "{style: cursor, items: orders, token: PageToken}")(paged)
    put(f"{GET}/x-amili-pagination", "{style: cursor, items: orders, token: limit}")(other)
    without, with_, changed = build(raw), build(paged), build(other)
    assert compare([without], [with_]).entries == [
        ("added", "shop.get_order(): can be paged through (cursor: PageToken, items in orders)"),
        ("added", "Page.page_items(): list[str]"),
    ]
    assert compare([with_], [without]).entries == [
        ("breaking", "shop.get_order(): can no longer be paged through"),
        ("breaking", "Page.page_items(): removed"),
    ]
    assert compare([with_], [changed]).entries == [
        ("changed", "shop.get_order(): paging cursor: PageToken, items in orders -> cursor: limit, items in orders")
    ]


def test_products_come_and_go_as_a_whole(before: Api) -> None:
    """A class that two products have is named with its product."""
    other = build(minimal(), "stall")
    assert compare([before], [before, other]).entries == [("added", "stall: 1 operations")]
    assert compare([before, other], [before]).entries == [("breaking", "stall: removed")]
    raw = minimal()
    raw["components"]["schemas"]["Order"]["properties"]["age"] = {"type": "integer"}
    assert compare([before, other], [before, build(raw, "stall")]).entries == [("added", "stall.Order.age: int | None")]


def test_it_reads_as_sections_of_a_changelog(before: Api) -> None:
    """Breaking first; a section without entries is left out, and no difference is said to be none."""
    raw = copy.deepcopy(read(SPEC).raw)
    both(CASES["member added"][0], CASES["received, may be null now"][0], CASES["operation removed"][0])(raw)
    assert compare([before], [build(raw)]).as_markdown() == (
        "### Breaking\n\n- `shop.get_order(): removed`\n- `Order.total: Decimal -> Decimal | None`\n\n"
        "### Added\n\n- `OrderStatus.LOST`\n"
    )
    assert compare([before], [before]).as_markdown() == "No differences that a user of the library would notice.\n"


# From the command line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project under git: an edition is committed, and a field was taken out since."""
    path = tmp_path / "openapi" / "shop.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(read(SPEC).raw), encoding="utf-8")
    (path.parent / "unseen.yaml").write_text("operations: {}", encoding="utf-8")
    author = ["-c", "user.name=Kari", "-c", "user.email=kari@shop.example", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "."], [*author, "commit", "--quiet", "-m", "First"]):
        command = ["git", "-C", str(tmp_path), *arguments]
        subprocess.run(command, check=True)
    raw = copy.deepcopy(read(SPEC).raw)
    drop(f"{ORDER}/day")(raw)
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("new", [["{root}"], ["{root}/openapi"], []], ids=["project", "documents", "as it is now"])
def test_revisions_and_directories_are_compared(
    project: Path, new: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In git what was committed counts, in a directory what stands there."""
    arguments = [name.format(root=project) for name in new]
    assert main(["--root", str(project), "diff", "git:HEAD", *arguments]) == 0
    assert capsys.readouterr().out == "### Breaking\n\n- `Order.day: removed`\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("git:nothing", "git:nothing#: git cannot read it: "),
        ("git:--help", "git:--help#: git cannot read it: "),
        ("nowhere", "nowhere#: no OpenAPI document (*.yaml) stands here"),
    ],
)
def test_an_edition_that_is_not_there_is_named(
    project: Path, name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which, and nothing is printed as a result."""
    assert main(["--root", str(project), "diff", name]) == 1
    out, err = capsys.readouterr()
    assert message in err
    assert "nothing was compared" in err
    assert out == ""


def test_an_edition_that_cannot_be_built_is_told_by_the_rules(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An old edition need not keep the rules of today, but what cannot be read is reported by them."""
    raw = copy.deepcopy(read(SPEC).raw)
    del look_up(raw, GET)["x-amili-since"]
    (project / "openapi" / "shop.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert main(["--root", str(project), "diff", "git:HEAD"]) == 0
    del look_up(raw, GET)["x-amili-evidence"]
    (project / "openapi" / "shop.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert main(["--root", str(project), "diff", "git:HEAD"]) == 1
    assert f"#{GET}: say how sure it is" in capsys.readouterr().err


def test_help_shows_how_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    """Both pages have examples, and --check is not silently ignored."""
    for arguments in (["--help"], ["diff", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "python -m generator diff git:HEAD" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--check", "diff", "git:HEAD"])
    assert "--check belongs to generating" in capsys.readouterr().err
