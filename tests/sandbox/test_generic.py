"""Operations without a handler are answered by the spec alone, and the legacy API by its own words."""

from __future__ import annotations

import copy
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.sandbox.spec import load_documents, smallest
from tests.sandbox.api import Api, invoice, opened


def with_paths(paths: dict[str, Any], schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    """The library's documents and some more paths of collection."""
    documents = copy.deepcopy(dict(load_documents()))
    documents["collection"]["paths"].update(paths)
    documents["collection"]["components"]["schemas"].update(schemas or {})
    return documents


def operation(name: str, schema: Any, /, *, status: str = "200", **more: Any) -> dict[str, Any]:
    """An operation with one answer."""
    content = {"application/json": {"schema": schema}}
    error = {"description": "x", "content": {"application/json": {"schema": {}}}}
    return {
        "operationId": name,
        "responses": {status: {"description": "x", "content": content}, "default": error},
        **more,
    }


ANYTHING: dict[str, Any] = {}
PAGED: dict[str, Any] = {"x-amili-pagination": {"style": "cursor", "items": "data"}}
BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


async def test_what_is_written_can_be_read() -> None:
    """An unknown POST stores, its list shows it, PUT replaces, DELETE takes away."""
    path = "/collection/v1/dreams"
    documents = with_paths(
        {
            "/dreams": {
                "post": operation("MakeDream", ANYTHING, status="201", requestBody=BODY),
                "get": operation("ListDreams", ANYTHING, **PAGED),
            },
            "/dreams/{id}": {
                "get": operation("GetDream", ANYTHING),
                "put": operation("SetDream", ANYTHING, requestBody=BODY),
                "delete": operation("DropDream", ANYTHING),
            },
        }
    )
    async with opened(documents=documents) as api:
        made = await api.ask("POST", path, {"about": "sheep"})
        assert (made.status, made.body["about"]) == (201, "sheep")
        one = f"{path}/{made.body['id']}"
        assert (await api.ask("GET", path)).body["data"] == [made.body]
        await api.ask("PUT", one, {"about": "goats"})
        assert (await api.ask("GET", one)).body == {"about": "goats"}
        assert (await api.ask("DELETE", one)).status == 200
        assert [(await api.ask(method, one)).status for method in ("GET", "DELETE")] == [404, 404]


async def test_an_answer_has_what_the_spec_wants() -> None:
    """Where an echo would not fit, the answer holds the required fields and nothing made up."""
    schema = {
        "type": "object",
        "required": ["id", "kind", "parts"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "kind": {"$ref": "#/components/schemas/Kind"},
            "parts": {"type": "array", "items": {"type": "string"}},
            "note": {"type": "string"},
        },
    }
    kinds = {"Kind": {"type": "string", "x-extensible-enum": ["SMALL", "LARGE"]}}
    documents = with_paths({"/things": {"get": operation("GetThings", schema)}}, kinds)
    async with opened(documents=documents) as api:
        answer = await api.ask("GET", "/collection/v1/things")
    assert (answer.status, answer.body["kind"], answer.body["parts"]) == (200, "SMALL", [])
    assert set(answer.body) == {"id", "kind", "parts"}


@given(st.sampled_from([(d, n) for d in load_documents() for n in load_documents()[d]["components"]["schemas"]]))
def test_the_smallest_value_fits_its_schema(place: tuple[str, str]) -> None:
    """Whatever schema the documents have, the sandbox can make a value of it."""
    from amili_async.sandbox.spec import Checker

    document = load_documents()[place[0]]
    schema = {"$ref": f"#/components/schemas/{place[1]}"}
    assert Checker(schema, document).flaws(smallest(schema, document)) == []


async def test_legacy_takes_a_token_or_a_password(api: Api) -> None:
    """Both schemes of the documentation open it; a wrong password and Basic elsewhere do not."""
    assert (await api.ask("GET", "/webapi/api/Ping")).status == 200
    good = aiohttp.encode_basic_auth("sandbox-user", "sandbox-password")
    wrong = aiohttp.encode_basic_auth("sandbox-user", "guess")
    for header, path, status in (
        (good, "/webapi/api/Ping", 200),
        (wrong, "/webapi/api/Ping", 401),
        ("Basic ???", "/webapi/api/Ping", 401),
        (good, "/collection/v1/ping", 401),
    ):
        async with api.session.get(path, headers={"Authorization": header}) as response:
            assert response.status == status


async def test_legacy_shows_the_same_cases_and_settlements(api: Api) -> None:
    """Cases by reference, closed ones on demand; settlements after the last one that was fetched."""
    batch = await api.push([invoice("1"), invoice("2")])
    path = "/webapi/api/Batch"
    assert [row["referencenumber"] for row in (await api.ask("GET", path)).body["case"]] == ["1", "2"]
    (case,) = (await api.ask("GET", path, ledgerref="erp-2")).body["case"]
    assert (case["remainingsum"], case["originalprincipal"]) == (4500, 4500)
    payment = {"invoiceId": batch["succeeded"][0]["invoiceId"], "amount": 4500, "currency": "NOK"}
    await api.finished("/payments", {"payments": [payment]})
    answer = (await api.ask("GET", path)).body
    assert [row["referencenumber"] for row in answer["case"]] == ["2"]
    assert len((await api.ask("GET", path, includeclosed="true")).body["case"]) == 2
    (settlement,) = answer["settlement"]
    assert settlement["paymentAmount"] == 4500
    last = answer["creditor"][0]["lastsettlementid"]
    assert (await api.ask("GET", path, lastsettlementid=last)).body["settlement"] == []
    assert (await api.ask("GET", path, remittancedate="2020-01-01")).body["settlement"] == []
    assert (await api.ask("GET", path, creditorid="nobody")).body["creditor"] == []


async def test_legacy_confirms_every_object(api: Api) -> None:
    """What is sent is kept, and each object of each list gets a line."""
    body = {"batchid": "1", "invoice": [{"ledgerref": "7"}, {"ledgerref": 8}, 9]}
    headers = {"Authorization": f"Bearer {api.token}", "Content-Type": "application/json-patch+json"}
    async with api.session.post("/webapi/api/Batch", json=body, headers=headers) as response:
        answer = await response.json()
    assert [(row["objectindex"], row["ledgerref"]) for row in answer["responses"]] == [(0, "7"), (1, "8")]


@pytest.mark.parametrize("scopes", [[], ["read:collection.case"]])
async def test_invoices_need_their_scope(scopes: list[str]) -> None:
    """A client without the documented scope is told so; other operations need none."""
    async with opened(client_scopes=scopes) as api:
        refused = await api.post("/invoices", {"invoices": [invoice()]})
        assert (refused.status, "write:collection.case" in refused.body["title"]) == (403, True)
        assert (await api.post("/payments", {"payments": []})).status == 202
