"""Requests and answers are checked against the OpenAPI documents."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from amili_async.sandbox.spec import load_documents
from tests.sandbox.api import Api, invoice, opened


def documents() -> dict[str, Any]:
    """The library's documents, to be changed."""
    return copy.deepcopy(dict(load_documents()))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"originalInvoiceAmount": "4500.00"}, "$.invoices[1].originalInvoiceAmount"),
        ({"dueDate": "15.02.2025"}, "$.invoices[1].dueDate"),
        ({"dueDate": "2025-02-30"}, "$.invoices[1].dueDate"),
        ({"invoiceDate": "2025-01-15T10:00:00"}, "$.invoices[1].invoiceDate"),
        ({"invoiceDate": "2025-01-15 10:00:00Z"}, "$.invoices[1].invoiceDate"),
        ({"invoiceDate": "2025-01-15T10:00:00+01:00:30"}, "$.invoices[1].invoiceDate"),
        ({"invoiceDate": "20250115"}, "$.invoices[1].invoiceDate"),
        ({"debtors": [{"firstname": 7}]}, "$.invoices[1].debtors[0].firstname"),
        ({"vat": "true"}, "$.invoices[1].vat"),
    ],
)
async def test_a_body_that_breaks_the_spec_is_refused_whole(api: Api, changes: dict[str, Any], path: str) -> None:
    """The problem names the field, and none of the invoices is taken in."""
    answer = await api.post("/invoices", {"invoices": [invoice("F-1"), invoice("F-2", **changes)]})
    assert answer.status == 422
    assert path in {error["path"] for error in answer.body["errors"]}
    api.clock.advance(1)
    assert api.sandbox.state.ledger(api.sandbox.organization_id) == {}


async def test_a_problem_does_not_repeat_the_value(api: Api) -> None:
    """What stands in an error answer may be logged, so a debtor's data does not."""
    answer = await api.post("/invoices", {"invoices": [invoice(debtors=[{"firstname": {"x": "Testesen"}}])]})
    assert answer.status == 422
    assert "Testesen" not in str(answer.body)


async def test_many_flaws_are_cut_off(api: Api) -> None:
    """An answer about a thousand bad invoices stays readable."""
    answer = await api.post("/invoices", {"invoices": [{"vat": "x"}] * 1000})
    assert answer.status == 422
    assert len(answer.body["errors"]) == 50


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"invoices": [{"originalInvoiceAmount": 1e999999999}]}', 400),
        (b'{"invoices": [{"originalInvoiceAmount": NaN}]}', 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"invoices": null}', 422),
    ],
)
async def test_a_body_that_is_no_request_is_refused(api: Api, content: bytes, status: int) -> None:
    """Unreadable is 400, readable but wrong is 422."""
    assert (await api.post("/invoices", content)).status == status


async def test_another_content_type_is_refused(api: Api) -> None:
    """JSON has to be called JSON."""
    answer = await api.post("/invoices", {"invoices": []}, **{"Content-Type": "text/plain"})
    assert answer.status == 415


@pytest.mark.parametrize(
    "query",
    [
        {"pagesize": "10"},
        {"PageSize": "ten"},
        {"PageSize": "0"},
        {"PageSize": "1.5"},
        {"FromCreatedAt": "yesterday"},
        {"FromCreatedAt": "2025-01-01T10:00:00"},
    ],
)
async def test_parameters_that_do_not_fit_are_refused(api: Api, query: dict[str, str]) -> None:
    """An unknown, misspelt or malformed parameter is a 400 that names it."""
    answer = await api.get("/cases", **query)
    assert answer.status == 400
    assert [error["path"] for error in answer.body["errors"]] == list(query)


async def test_a_parameter_that_comes_twice_is_refused(api: Api) -> None:
    """Nobody can know which of two values was meant."""
    headers = {"Authorization": f"Bearer {api.token}"}
    async with api.session.get(f"{api.organization}/cases?Status=OPEN&Status=PAUSED", headers=headers) as response:
        assert response.status == 400


async def test_an_id_that_is_no_uuid_is_refused(api: Api) -> None:
    """Ids in the path are uuids."""
    answer = await api.get("/batches/17")
    assert answer.status == 400
    assert answer.body["errors"][0]["path"] == "batchId"


async def test_an_unknown_word_of_a_vocabulary_passes(api: Api) -> None:
    """Enums are open: few of their members are documented."""
    batch = await api.push([invoice(type="SOMETHING_NEW")])
    assert batch["status"] == "SUCCESS"
    assert (await api.get("/cases", Type="SOMETHING_NEW")).body["data"][0]["type"] == "SOMETHING_NEW"


async def test_unknown_fields_pass(api: Api) -> None:
    """Objects are open: a field that the documentation hid can be sent."""
    assert (await api.push([invoice(surprise={"deep": [1]})]))["status"] == "SUCCESS"


async def test_too_many_items_are_refused() -> None:
    """The limit holds for one request."""
    async with opened(max_items=2) as api:
        assert (await api.post("/invoices", {"invoices": [invoice(str(n)) for n in range(3)]})).status == 400
        assert (await api.post("/invoices", {"invoices": [invoice(str(n)) for n in range(2)]})).status == 202


async def test_too_large_a_body_is_refused() -> None:
    """The limit holds before the body is understood, and the connection serves on."""
    async with opened(max_body_bytes=1000) as api:
        assert (await api.post("/invoices", b"x" * 1001)).status == 413
        assert (await api.post("/invoices", {"invoices": []})).status == 202


async def test_an_answer_that_breaks_the_spec_is_a_500_with_details() -> None:
    """The sandbox checks itself: a mistake of its own is not handed on as Amili's answer."""
    changed = documents()
    changed["collection"]["components"]["schemas"]["BatchReference"]["required"] = ["batchId", "colour"]
    async with opened(documents=changed) as api:
        answer = await api.post("/invoices", {"invoices": []})
    assert answer.status == 500
    assert answer.body["errors"][0]["path"] == "$.data"
    assert "colour" in answer.body["errors"][0]["message"]


async def test_answers_are_left_alone_when_not_strict() -> None:
    """Whoever only wants speed can switch the check of the answers off."""
    changed = documents()
    changed["collection"]["components"]["schemas"]["BatchReference"]["required"] = ["batchId", "colour"]
    async with opened(documents=changed, strict=False) as api:
        assert (await api.post("/invoices", {"invoices": []})).status == 202


@pytest.mark.parametrize(
    "responses",
    [
        {"200": {"description": "another status"}},
        {"202": {"description": "no body"}},
    ],
)
async def test_an_answer_that_the_spec_does_not_have_is_a_500(responses: Mapping[str, Any]) -> None:
    """A status or a body that the operation does not have is noticed."""
    changed = documents()
    changed["collection"]["paths"]["/orgs/{organizationId}/invoices"]["post"]["responses"] = responses
    async with opened(documents=changed, batch_delay_s=0) as api:
        assert (await api.post("/payments", {"payments": []})).status == 202
        assert (await api.post("/invoices", {"invoices": []})).status == 500


async def test_an_operation_that_only_the_documents_have_answers_501() -> None:
    """What the sandbox does not have yet, it says by name."""
    changed = documents()
    changed["collection"]["paths"]["/orgs/{organizationId}/dreams"] = {
        "get": {"operationId": "GetDreams", "responses": {"default": {"description": "anything"}}},
    }
    changed["collection"]["paths"]["/orgs/{organizationId}/dreams"]["get"]["responses"]["default"]["content"] = {
        "application/json": {"schema": {"type": "object"}}
    }
    async with opened(documents=changed) as api:
        answer = await api.get("/dreams")
        assert (answer.status, answer.body["operation"]) == (501, "GetDreams")
        api.token = ""
        assert (await api.get("/dreams")).status == 401


async def test_a_path_that_no_operation_has_answers_404(api: Api) -> None:
    """Other paths and methods are refused in the sandbox's own shape, and journalled."""
    missing = await api.get("/unknown")
    assert (missing.status, missing.body["status"]) == (404, 404)
    wrong = await api.post("/cases", {})
    assert (wrong.status, wrong.headers["Allow"]) == (405, "GET")
    assert [entry.status for entry in api.sandbox.requests.where(operation=None)] == [404, 405]


async def test_an_unknown_organization_answers_404(api: Api) -> None:
    """Only the sandbox's organizations are there."""
    headers = {"Authorization": f"Bearer {api.token}"}
    path = "/collection/v1/orgs/00000000-0000-4000-8000-000000000000/cases"
    async with api.session.get(path, headers=headers) as response:
        assert response.status == 404
