"""The generated code in use: a document that has everything, generated, imported, called."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
import inspect
import sys
import typing
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import pytest

import amili_async.endpoints
import amili_async.models
from amili_async import codec
from amili_async.operations import Operation, operation_of
from amili_async.options import RequestOptions
from amili_async.request import Response
from amili_async.types import UNSET, UnknownVariant
from generator.load import Document
from tests.generator.specs import SHOP, build, fragment, generate, minimal, read


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The shop's code, importable next to the real one."""
    root = tmp_path_factory.mktemp("shop")
    for path, text in generate(read(SHOP)).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    packages = (amili_async.models, amili_async.endpoints)
    for package in packages:
        package.__path__.append(str(root / package.__name__.replace(".", "/")))
    yield root
    for package in packages:
        package.__path__.pop()
    for name in [name for name in sys.modules if ".shop" in name and name.startswith("amili_async.")]:
        del sys.modules[name]


@pytest.fixture
def models(shop: Path) -> Any:
    return importlib.import_module("amili_async.models.shop")


@pytest.fixture
def orders(shop: Path) -> Any:
    return importlib.import_module("amili_async.endpoints.shop.orders")


@pytest.fixture
def rows(shop: Path) -> dict[str, Operation[Any]]:
    return {row.id: row for row in importlib.import_module("amili_async.endpoints.shop._operations").TABLE}


class Recorder:
    """A client that answers everything with one value and keeps what it was asked."""

    def __init__(self, answer: Any = None) -> None:
        self.answer = answer
        self.calls: list[tuple[Operation[Any], tuple[Any, ...], dict[str, Any]]] = []

    async def call(self, operation: Operation[Any], /, *path_args: Any, **arguments: Any) -> Response[Any]:
        self.calls.append((operation, path_args, arguments))
        return Response(
            status=200, headers={}, request_id=None, attempts=1, elapsed_s=0.0, content=b"", parsed=self.answer
        )


def hints(model: type) -> dict[str, Any]:
    """Field name → type, as cattrs and type checkers see them."""
    return typing.get_type_hints(model, vars(sys.modules[model.__module__]))


# Models


def test_every_kind_of_schema_has_its_python_type(models: Any) -> None:
    """Formats, references, nulls, unions and open schemas become the types that the spec's guide promises."""
    found = hints(models.Order)
    assert {name: found[name] for name in found if name not in models.Accepted.__slots__} == {
        "type": str | None,
        "id": UUID | None,
        "status": models.OrderStatus | models.StatusDetail | UnknownVariant | None,
        "priority": models.Priority | None,
        "total_amount": Decimal | None,
        "weight": float | None,
        "ordered_at": dt.datetime | None,
        "due_date": dt.date | None,
        "paid_date": dt.datetime | dt.date | None,
        "lines": list[models.Line | None] | None,
        "tags": list[str | None] | None,
        "parent": models.Order | type(UNSET) | None,
        "note": str | type(UNSET) | None,
        "buyer": str | None,
        "seller": str | None,
        "extra": Any,
        "settings": dict[str, Any] | None,
        "raw_settings": dict[str, Any] | None,
        "number": int | str | UnknownVariant | None,
        "channel": str,
        "import_": bool | None,
        "field_2_nd_name": str | None,
        "list_": str | None,
        "self_": str | None,
        "page_items_": str | None,
        "additional_properties_": str | None,
        "body": str | None,
        "client": str | None,
        "field": str | None,
        "client_no": int | None,
    }


def test_fields_keep_wire_names_and_the_order_of_the_spec(models: Any) -> None:
    """The wire name stands in the metadata, and `additional_properties` comes last on every model."""
    names = [field.metadata.get("wire") for field in attrs.fields(models.Order)]
    assert names[:5] == ["$type", "id", "status", "priority", "totalAmount"]
    assert names[-2:] == ["clientno", None]
    classes = [value for value in vars(models).values() if attrs.has(value) and value.__module__ == models.__name__]
    assert [attrs.fields(cls)[-1].name for cls in classes] == ["additional_properties"] * len(classes)


def test_required_fields_have_to_be_given(models: Any) -> None:
    """A required field has no default; all others may be left out."""
    with pytest.raises(TypeError, match="batch_id"):
        models.Accepted()
    assert models.Order().total_amount is None


def test_sensitive_fields_stay_out_of_repr(models: Any) -> None:
    """What the spec marks, at the field or at the schema it refers to, is not shown; nor are unknown fields."""
    order = models.Order(buyer="Ola Oppdiktet", seller="Kari Oppdiktet", additional_properties={"x": "Ola Oppdiktet"})
    assert "Oppdiktet" not in repr(order)
    assert "hunter2" not in repr(models.Credentials(user="ola", password="hunter2"))


@pytest.mark.parametrize(
    "field",
    [
        "{type: array, items: {type: string, x-amili-sensitive: true}}",
        "{type: array, items: {$ref: '#/components/schemas/MaybeName'}}",
        "{$ref: '#/components/schemas/MaybeName'}",
        "{$ref: '#/components/schemas/Alias'}",
        "{anyOf: [{type: integer}, {type: string, x-amili-sensitive: true}]}",
    ],
)
def test_a_mark_holds_wherever_it_stands_on_the_way_to_the_value(field: str) -> None:
    """On the items of a list, a member of a union, or a schema in between: a name is not printed either way."""
    raw = minimal()
    schemas = raw["components"]["schemas"]
    schemas["MaybeName"] = fragment("{anyOf: [{type: string}, {type: 'null'}], x-amili-sensitive: true}")
    schemas["Alias"] = fragment("{$ref: '#/components/schemas/Text', x-amili-sensitive: true}")
    schemas["Text"] = {"type": "string"}
    schemas["Order"]["properties"]["other"] = fragment(field)
    model = next(model for model in build(Document("shop", "openapi/shop.yaml", raw)).models if model.name == "Order")
    assert [(field.wire, field.sensitive) for field in model.fields] == [("id", False), ("other", True)]


def test_what_stands_beside_a_union_with_null_is_told() -> None:
    """A default there is the field's, as it is on a plain type."""
    raw = minimal()
    union = "{anyOf: [{type: string, maxLength: 3}, {type: 'null'}], default: NOK}"
    raw["components"]["schemas"]["Order"]["properties"]["currency"] = fragment(union)
    model = next(model for model in build(Document("shop", "openapi/shop.yaml", raw)).models if model.name == "Order")
    assert model.fields[1].facts == ("At most 3 characters.", "The server takes NOK if nothing is given.")


def test_three_states_exist_only_where_the_spec_and_a_request_ask_for_them(models: Any) -> None:
    """A field marked `distinct` starts as UNSET if a request can hold it, also deep down, and as None in answers."""
    assert models.Order().note is UNSET
    assert models.Order().parent is UNSET
    assert models.StatusDetail().note is UNSET
    assert models.Line().text is UNSET
    assert models.Receipt().note is None
    assert models.Order().buyer is None


def test_models_travel_through_the_codec(models: Any) -> None:
    """What the codec writes it reads back equal: renamed fields, money, unions, nulls in lists, unknown values."""
    order = models.Order(
        type="goods",
        id=UUID(int=7),
        status=models.StatusDetail(code=3, note=None),
        total_amount=Decimal("4500.00"),
        ordered_at=dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC),
        paid_date=dt.date(2026, 2, 1),
        lines=[None, models.Line(text="a")],
        tags=["x", None],
        note=None,
        list_="l",
        additional_properties_="known after all",
        additional_properties={"hidden": 1},
    )
    data = codec.encode(order)
    assert b'"totalAmount":4500.00' in data
    assert b'"note":null' in data
    assert codec.decode(data, models.Order) == order
    unknown = codec.decode(b'{"status": "LOST", "priority": 9}', models.Order)
    assert (unknown.status, unknown.priority) == ("LOST", 9)


def test_enums_know_the_values_that_were_seen(models: Any) -> None:
    """Member names are Python's, values stay as on the wire."""
    assert {member.name: member.value for member in models.OrderStatus} == {
        "OPEN": "OPEN",
        "PARTLY_SHIPPED": "partlyShipped",
        "VALUE_1": "1",
        "EMPTY": "",
    }
    assert {member.name: member.value for member in models.Priority} == {"VALUE_1": 1, "MINUS_2": -2}


def test_a_page_gives_its_items(models: Any) -> None:
    """The answer of a paged operation has `page_items`; other models have not."""
    order = models.Order(body="b")
    assert models.OrderList(data=[order]).page_items() == [order]
    assert not hasattr(models.CreateOrders, "page_items")


def test_model_modules_load_on_first_use() -> None:
    """The package offers its modules without importing them, and says so when one does not exist."""
    assert "collection" in dir(amili_async.models)
    assert amili_async.models.collection.__name__ == "amili_async.models.collection"
    with pytest.raises(AttributeError, match="nothing"):
        amili_async.models.nothing  # noqa: B018  # that is the point


# Operations


def test_rows_say_what_the_spec_says(models: Any, rows: dict[str, Operation[Any]]) -> None:
    """Prefix, evidence, paging, batch, body, answers and security of an operation are in its row."""
    listing, create, close, ping, login = (
        rows[name] for name in ("GetOrders", "CreateOrders", "CloseOrder", "Ping", "Login")
    )
    assert (listing.method, listing.prefix, listing.path) == ("GET", "/shop/v1", "/orgs/{orgId}/orders")
    assert listing.pagination is not None
    assert (listing.pagination.token, listing.pagination.size, listing.pagination.page) == (
        "PageToken",
        "PageSize",
        None,
    )
    assert (listing.evidence.level, listing.evidence.pages) == ("partial", ("getorders-1", "getorders-2"))
    assert (listing.since, create.since) == ("2025-09", "2026-03")
    assert (create.batch, create.idempotency, create.body) == ("orders", "keyed", models.CreateOrders)
    assert create.responses == {200: models.Order, 202: models.Accepted}
    assert close.request_body is not None
    assert (close.body, close.request_body.required, close.responses) == (None, False, {202: None})
    assert (ping.secured, ping.tag, ping.responses) == (False, "house_keeping", {200: None})
    assert login.request_body is not None
    assert login.request_body.content_type == "application/x-www-form-urlencoded"
    assert rows["PutLines"].deprecated
    assert rows["PutLines"].responses == {200: list[models.Line], 204: None}


def test_path_parameters_come_in_the_order_of_the_path(rows: dict[str, Operation[Any]]) -> None:
    """The order in which the spec lists them does not matter."""
    assert [param.wire for param in rows["PutLines"].path_params] == ["orgId", "orderNo"]


def test_functions_pass_their_arguments_on(orders: Any, rows: dict[str, Operation[Any]]) -> None:
    """Path parameters go by position, everything else by name, and the answer comes back."""
    client = Recorder("the page")
    answer = asyncio.run(
        orders.get_orders(client, "org", customer_id="c", from_=dt.date(2026, 1, 1), trace="t", options_=True)
    )
    assert answer == "the page"
    ((row, path_args, arguments),) = client.calls
    assert row is rows["GetOrders"]
    assert path_args == ("org",)
    assert {name: value for name, value in arguments.items() if value is not None} == {
        "customer_id": "c",
        "from_": dt.date(2026, 1, 1),
        "trace": "t",
        "options_": True,
    }
    assert set(arguments) == {param.name for param in row.params if param.location != "path"} | {"options"}


def test_the_namespace_does_what_the_functions_do(shop: Path, models: Any) -> None:
    """Each operation is a method too, with the same arguments and tied to the same row."""
    namespace = importlib.import_module("amili_async.endpoints.shop").Shop
    client = Recorder("accepted")
    body = models.CreateOrders(orders=[])
    options = RequestOptions(deadline_s=1)
    assert asyncio.run(namespace(client).create_orders("org", body=body, options=options)) == "accepted"
    ((row, path_args, arguments),) = client.calls
    assert operation_of(namespace(client).create_orders) is row
    assert (path_args, arguments) == (("org",), {"body": body, "options": options})
    for tag in ("orders", "house_keeping"):
        module = importlib.import_module(f"amili_async.endpoints.shop.{tag}")
        for name in module.__all__:
            function, method = getattr(module, name), getattr(namespace, name)
            assert operation_of(function) is operation_of(method)
            assert list(inspect.signature(function).parameters)[1:] == list(inspect.signature(method).parameters)[1:]


def test_signatures_take_strings_for_ids_and_enums(orders: Any, models: Any) -> None:
    """Parameters are wider than fields; required ones have no default; results are those of the answers."""
    found = typing.get_type_hints(orders.get_orders)
    assert found["org_id"] == UUID | str
    assert found["status"] == models.OrderStatus | str | None
    assert found["from_"] == dt.datetime | dt.date | None
    assert found["min_amount"] == Decimal | None
    assert found["return"] == models.OrderList
    parameters = inspect.signature(orders.get_orders).parameters
    assert parameters["customer_id"].default is inspect.Parameter.empty
    assert parameters["page_size"].default is None  # the server's own default is not sent
    assert typing.get_type_hints(orders.create_orders)["return"] == models.Order | models.Accepted
    assert typing.get_type_hints(orders.put_lines)["return"] == list[models.Line] | None
    assert typing.get_type_hints(orders.close_order)["return"] is Any


def test_docstrings_say_what_a_user_has_to_know(orders: Any) -> None:
    """Summary, evidence in words, pages, arguments, answers and errors are in the docstring."""
    listing, create, close = (
        " ".join((inspect.getdoc(function) or "").split())
        for function in (orders.get_orders, orders.create_orders, orders.close_order)
    )
    assert listing.startswith("List orders. All filters are optional.")
    assert "Evidence: partial" in listing
    assert "https://docs.amili.dev/getorders-1" in listing
    assert "In the documentation since 2025-09. The page was last modified on 2026-05-15." in listing
    assert "status: Only these. Type and meaning are inferred." in listing
    assert "page_size: The server takes 100 if nothing is given." in listing
    assert "OutcomeUnknownError" not in listing
    assert "202: Accepted. Its shape is inferred." in create
    assert "OutcomeUnknownError" in create
    assert "UnverifiedOperationError" in close


def test_all_operations_are_known_by_name() -> None:
    """The real tables load, and every operation's function and method exist."""
    for product in amili_async.endpoints.PRODUCTS:
        table = importlib.import_module(f"amili_async.endpoints.{product}._operations").TABLE
        package = importlib.import_module(f"amili_async.endpoints.{product}")
        (name,) = package.__all__
        methods = vars(getattr(package, name)).values()
        rows = [operation_of(method).id for method in methods if hasattr(method, "__amili_operation__")]
        assert rows == [row.id for row in table]
