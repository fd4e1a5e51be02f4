"""Invoices: taken in as a batch, rejected by the sandbox's few rules, opening a case each."""

from __future__ import annotations

import inspect
from decimal import Decimal
from typing import Any

import pytest

from amili_async.sandbox.entities import Invoice
from tests.sandbox.api import Api, invoice, opened


async def test_a_write_is_accepted_with_a_batch_reference(api: Api) -> None:
    """The answer to a write names the batch and where to read it."""
    answer = await api.post("/invoices", {"invoices": [invoice()]})
    assert answer.status == 202
    assert answer.body["summary"] == {"status": "SUCCESS"}
    batch_id = answer.body["data"]["batchId"]
    assert answer.body["data"]["batchUrl"] == f"{api.sandbox.url}{api.organization}/batches/{batch_id}"


async def test_a_batch_is_queued_until_its_time_has_come() -> None:
    """A batch is QUEUED for the delay, and its times are those of the plan, whoever looks when."""
    async with opened(batch_delay_s=5) as api:
        accepted = await api.post("/invoices", {"invoices": [invoice()]})
        path = f"/batches/{accepted.body['data']['batchId']}"
        api.clock.advance(4)
        queued = (await api.get(path)).body["data"]
        assert (queued["status"], queued["succeeded"], queued["failed"]) == ("QUEUED", [], [])
        assert "finishedAt" not in queued
        api.clock.advance(60)
        done = (await api.get(path)).body["data"]
    assert done["status"] == "SUCCESS"
    assert (done["createdAt"], done["finishedAt"]) == ("2025-03-09T14:30:00.000Z", "2025-03-09T14:30:05.000Z")


async def test_a_batch_without_delay_is_done_at_once() -> None:
    """With no delay the first look finds the final status."""
    async with opened(batch_delay_s=0) as api:
        accepted = await api.post("/invoices", {"invoices": [invoice()]})
        assert (await api.get(f"/batches/{accepted.body['data']['batchId']}")).body["data"]["status"] == "SUCCESS"


@pytest.mark.parametrize(
    ("amounts", "status"),
    [([1, 2], "SUCCESS"), ([1, -2], "PARTIAL"), ([-1, -2], "FAILED"), ([], "SUCCESS")],
)
async def test_a_batchs_status_sums_its_items_up(api: Api, amounts: list[int], status: str) -> None:
    """All taken in is SUCCESS, some PARTIAL, none FAILED."""
    batch = await api.push([invoice(str(n), originalInvoiceAmount=amount) for n, amount in enumerate(amounts)])
    assert batch["status"] == status
    assert len(batch["succeeded"]) == sum(amount > 0 for amount in amounts)
    assert len(batch["failed"]) == sum(amount < 0 for amount in amounts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"originalInvoiceAmount": 0}, "originalInvoiceAmount"),
        ({"originalInvoiceAmount": Decimal("-0.01")}, "originalInvoiceAmount"),
        ({"originalInvoiceAmount": None}, "originalInvoiceAmount"),
        ({"invoiceNumber": None}, "invoiceNumber"),
        ({"invoiceNumber": ""}, "invoiceNumber"),
        ({"debtors": None}, "debtors"),
        ({"debtors": []}, "debtors"),
        ({"debtors": [{}]}, "debtors"),
        ({"currency": None}, "currency"),
        ({"currency": "KR"}, "currency"),
        ({"currency": "N0K"}, "currency"),
        ({"invoiceDate": "2025-02-16T00:00:00Z"}, "dueDate"),
    ],
)
async def test_a_rejected_invoice_says_why(api: Api, changes: dict[str, Any], field: str) -> None:
    """Each rule rejects the one invoice that breaks it, and points at its place in the request."""
    batch = await api.push([invoice("F-1"), invoice("F-2", **changes)])
    assert batch["status"] == "PARTIAL"
    (failed,) = batch["failed"]
    (error,) = failed["errors"]
    assert (error["objectname"], error["objectindex"]) == ("invoice", 1)
    assert error["message"].startswith(field)


async def test_an_invoice_due_on_its_own_day_is_taken_in(api: Api) -> None:
    """Only a due date before the invoice date is rejected; dates and date-times can be mixed."""
    batch = await api.push([invoice(invoiceDate="2025-02-15T23:00:00Z", dueDate="2025-02-15")])
    assert batch["status"] == "SUCCESS"


async def test_an_invoice_number_is_used_once(api: Api) -> None:
    """A number that came before is rejected, in the same batch and in a later one."""
    first = await api.push([invoice("F-1"), invoice("F-1")])
    assert first["status"] == "PARTIAL"
    assert (await api.push([invoice("F-1")]))["status"] == "FAILED"
    assert api.sandbox.state.ledger(api.sandbox.organization_id)["F-1"].accepted == 1


async def test_a_number_that_was_rejected_can_come_again(api: Api) -> None:
    """A corrected invoice keeps its number."""
    assert (await api.push([invoice("F-1", currency="KR")]))["status"] == "FAILED"
    assert (await api.push([invoice("F-1")]))["status"] == "SUCCESS"


async def test_duplicates_can_be_let_in_and_are_counted() -> None:
    """With the rule off, the ledger shows who was dunned twice."""
    async with opened(reject_duplicates=False) as api:
        await api.push([invoice("F-1"), invoice("F-1", originalInvoiceAmount=Decimal("0.10")), invoice("F-2")])
        ledger = api.sandbox.state.ledger(api.sandbox.organization_id)
    assert {number: entry.accepted for number, entry in ledger.items()} == {"F-1": 2, "F-2": 1}
    assert ledger["F-1"].amounts == (Decimal("4500.00"), Decimal("0.10"))
    assert ledger["F-1"].remaining == Decimal("4500.10")


async def test_organizations_do_not_see_each_other(api: Api) -> None:
    """The same number is free in another organization, and lists are apart."""
    await api.push([invoice("F-1")])
    other = api.sandbox.state.add_organization("Prøve Utleie AS")
    api.sandbox.state.submit(other.id, "invoices", [invoice("F-1")])
    api.clock.advance(1)
    assert api.sandbox.state.ledger(other.id)["F-1"].accepted == 1
    assert len((await api.get("/invoices")).body["data"]) == 1


async def test_a_taken_in_invoice_can_be_read(api: Api) -> None:
    """The batch gives the ids of the invoice and its case; the invoice reads as it was sent, dates as instants."""
    batch = await api.push([invoice("F-1", description="Husleie")])
    (item,) = batch["succeeded"]
    data = (await api.get(f"/invoices/{item['invoiceId']}")).body["data"]
    sent = invoice("F-1")
    for field in ("type", "invoiceNumber", "originalInvoiceAmount", "currency", "uniqueSourceInvoiceId", "debtors"):
        assert data[field] == sent[field]
    assert (data["id"], data["status"]) == (item["invoiceId"], "OPEN")
    assert (data["invoiceDate"], data["dueDate"]) == ("2025-01-15T00:00:00Z", "2025-02-15T00:00:00Z")
    assert data["claims"][0]["type"] == "PRINCIPAL"
    assert data["organization"]["id"] == api.sandbox.organization_id


async def test_an_invoice_opens_a_case_of_its_own(api: Api) -> None:
    """The case carries the invoice's type, amounts and debtor, in the spelling of cases."""
    batch = await api.push([invoice("F-1"), invoice("F-2", debtors=[{"name": "Prøve Butikk AS"}])])
    first, second = (await api.get("/cases")).body["data"]
    assert [case["caseId"] for case in (first, second)] == [item["caseId"] for item in batch["succeeded"]]
    assert second["caseNumber"] == first["caseNumber"] + 1
    assert (first["type"], first["status"], first["remainingAmount"]) == ("NOTICE", "OPEN", Decimal("4500.00"))
    assert first["invoices"][0]["batchId"] == batch["batchId"]
    assert first["claims"][0]["invoiceId"] == first["invoices"][0]["invoiceId"]
    debtor = first["debtors"][0]
    assert (debtor["firstName"], debtor["lastName"], debtor["fullName"]) == ("Prøve", "Testesen", "Prøve Testesen")
    assert (debtor["customerNumber"], debtor["email"]) == ("K-F-1", "prove@example.invalid")
    assert second["debtors"][0]["fullName"] == "Prøve Butikk AS"


@pytest.mark.parametrize(
    ("sent", "returned"),
    [("123456789012345.67", "123456789012345.67"), ("0.10", "0.10"), ("1E+3", "1000")],
)
async def test_amounts_come_back_digit_by_digit(api: Api, sent: str, returned: str) -> None:
    """An amount that no binary fraction holds is not rounded on its way through."""
    fields = f'"invoiceNumber":"1","originalInvoiceAmount":{sent},"currency":"NOK","debtors":[{{"name":"P"}}]'
    assert (await api.post("/invoices", f'{{"invoices":[{{{fields}}}]}}'.encode())).status == 202
    api.clock.advance(1)
    headers = {"Authorization": f"Bearer {api.token}"}
    async with api.session.get(f"{api.organization}/invoices", headers=headers) as response:
        assert f'"originalInvoiceAmount":{returned},' in await response.text()


async def test_ids_are_read_in_either_case(api: Api) -> None:
    """A uuid is the same in capitals, in the path and in a body."""
    (item,) = (await api.push([invoice()]))["succeeded"]
    invoice_id = item["invoiceId"].upper()
    headers = {"Authorization": f"Bearer {api.token}"}
    path = f"/collection/v1/orgs/{api.sandbox.organization_id.upper()}/invoices/{invoice_id}"
    async with api.session.get(path, headers=headers) as response:
        assert response.status == 200
    payment = {"invoiceId": invoice_id, "amount": 1, "currency": "NOK"}
    assert (await api.finished("/payments", {"payments": [payment]}))["status"] == "SUCCESS"


async def test_a_currency_is_read_in_either_case(api: Api) -> None:
    """A currency in small letters is the same currency."""
    (item,) = (await api.push([invoice(currency="nok")]))["succeeded"]
    payment = {"invoiceId": item["invoiceId"], "amount": 1, "currency": "nok"}
    assert (await api.finished("/payments", {"payments": [payment]}))["status"] == "SUCCESS"
    assert (await api.get("/invoices")).body["data"][0]["currency"] == "NOK"


@pytest.mark.parametrize("path", ["/invoices", "/batches", "/settlements"])
async def test_an_id_that_is_not_there_answers_404(api: Api, path: str) -> None:
    """Nothing is made up for an unknown id."""
    answer = await api.get(f"{path}/00000000-0000-4000-8000-000000000000")
    assert answer.status == 404


async def test_the_same_seed_gives_the_same_answers() -> None:
    """Two sandboxes of one seed cannot be told apart; another seed gives other ids."""

    async def run(seed: int) -> Any:
        async with opened(seed=seed) as api:
            await api.push([invoice("F-1"), invoice("F-2", currency="KR")])
            return [(await api.get(path)).body for path in ("/batches", "/invoices", "/cases")]

    assert await run(1) == await run(1)
    assert await run(1) != await run(2)


async def test_a_case_of_many_invoices_is_no_slower_than_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `join_cases`, the work for an invoice does not grow with the number of those that its debtor has."""
    looks = 0
    remaining: Any = inspect.getattr_static(Invoice, "remaining").fget

    def counted(row: Invoice) -> Any:
        nonlocal looks
        looks += 1
        return remaining(row)

    async with opened(join_cases=True) as api:
        debtors = [{"name": "Prøve AS", "customerNumber": "1"}]
        monkeypatch.setattr(Invoice, "remaining", property(counted))
        batch = await api.push([invoice(str(number), debtors=debtors) for number in range(200)])
        payments = [{**row, "amount": 4500, "currency": "NOK"} for row in batch["succeeded"]]
        await api.finished("/payments", {"payments": payments[:-1]})
        assert looks == 200 + 199
        case = api.sandbox.state.books(api.sandbox.organization_id).cases.rows[0]
        assert (len(case.invoices), case.status) == (200, "OPEN")
        await api.finished("/payments", {"payments": payments[-1:]})
        assert case.status == "CLOSED"
