"""What a creditor decides about cases, and what time does to them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.api import Api, invoice, opened


async def case_of(api: Api, number: str = "F-1", **changes: Any) -> dict[str, Any]:
    """Hand an invoice over; its case."""
    await api.push([invoice(number, **changes)])
    case: dict[str, Any] = (await api.get("/cases", UniqueSourceInvoiceId=f"erp-{number}")).body["data"][0]
    return case


async def act(api: Api, path: str) -> Any:
    """Make an action and give its finished batch."""
    return await api.finished(path, {})


async def status(api: Api) -> tuple[str, str | None]:
    """Status and subStatus of the one case."""
    (case,) = (await api.get("/cases")).body["data"]
    return case["status"], case.get("subStatus")


async def test_a_case_is_paused_and_resumed(api: Api) -> None:
    """An action is a batch about the case, which changes status when the batch has ended."""
    case_id = (await case_of(api))["caseId"]
    accepted = await api.post(f"/cases/{case_id}/pause", {})
    assert (accepted.status, await status(api)) == (202, ("OPEN", None))
    api.clock.advance(1)
    assert await status(api) == ("PAUSED", None)
    (batch,) = (await api.get("/batches", SubjectId=case_id)).body["data"]
    assert (batch["type"], batch["status"], batch["succeeded"][0]["caseId"]) == ("NONE", "SUCCESS", case_id)
    await act(api, f"/cases/{case_id}/resume")
    assert await status(api) == ("OPEN", None)


async def test_what_is_paid_while_it_rests_closes_when_it_goes_on(api: Api) -> None:
    """A paused case stays paused whatever is paid, and is closed once it is resumed."""
    case = await case_of(api)
    await act(api, f"/cases/{case['caseId']}/pause")
    payment = {"invoiceId": case["invoices"][0]["invoiceId"], "amount": 4500, "currency": "NOK"}
    await api.finished("/payments", {"payments": [payment]})
    assert await status(api) == ("PAUSED", None)
    await act(api, f"/cases/{case['caseId']}/resume")
    assert await status(api) == ("CLOSED", None)


async def test_a_withdrawn_case_stays_closed(api: Api) -> None:
    """Neither an action nor a correction opens it again; an action on it fails in its batch."""
    case = await case_of(api)
    await act(api, f"/cases/{case['caseId']}/withdraw")
    correction = {"invoiceId": case["invoices"][0]["invoiceId"], "amount": -1, "currency": "NOK"}
    await api.finished("/corrections", {"corrections": [correction]})
    assert await status(api) == ("CLOSED", None)
    batch = await act(api, f"/cases/{case['caseId']}/pause")
    assert (batch["status"], batch["failed"][0]["errors"][0]["message"]) == ("FAILED", "the case is closed")


async def test_the_deprecated_actions_reach_the_invoices_case(api: Api) -> None:
    """Pausing and withdrawing an invoice does so with its case; resuming answers without a body, as documented."""
    invoice_id = (await case_of(api))["invoices"][0]["invoiceId"]
    await act(api, f"/invoices/{invoice_id}/pause")
    assert await status(api) == ("PAUSED", None)
    resumed = await api.ask("POST", f"{api.organization}/invoices/{invoice_id}/resume")
    assert (resumed.status, resumed.body) == (202, None)
    api.clock.advance(1)
    assert await status(api) == ("OPEN", None)
    await act(api, f"/invoices/{invoice_id}/withdraw")
    assert await status(api) == ("CLOSED", None)
    history = (await api.get(f"/invoices/{invoice_id}/history")).body["data"]
    assert [entry["message"] for entry in history] == ["paused", "resumed", "withdrawn"]


@pytest.mark.parametrize("verdict", ["accept", "reject"])
@pytest.mark.parametrize("subject", ["debt-collection-list", "eviction-request", "eviction-confirmation"])
async def test_decisions_are_noted(api: Api, subject: str, verdict: str) -> None:
    """A decision is kept in the history and changes nothing that nobody knows to change."""
    case = await case_of(api)
    await act(api, f"/cases/{case['caseId']}/{subject}/{verdict}")
    history = (await api.get(f"/invoices/{case['invoices'][0]['invoiceId']}/history")).body["data"]
    assert [entry["message"] for entry in history] == [f"{subject.replace('-', ' ')} {verdict}ed"]
    assert await status(api) == ("OPEN", None)


async def test_cases_move_on_with_time_if_told() -> None:
    """A reminder becomes a notice, then waits in the list; a paused case waits, an accepted one has left the list."""
    async with opened(case_step_s=100) as api:
        case = await case_of(api, type="PAYMENT_REMINDER")
        api.clock.advance(100)
        assert (await api.get("/cases", Type="COLLECTION_NOTICE")).body["skipSummary"]["totalCount"] == 1
        await act(api, f"/cases/{case['caseId']}/pause")
        api.clock.advance(500)
        assert await status(api) == ("PAUSED", None)
        await act(api, f"/cases/{case['caseId']}/resume")
        api.clock.advance(100)
        assert await status(api) == ("OPEN", "DEBT_COLLECTION_LIST_MANUAL")
        await act(api, f"/cases/{case['caseId']}/debt-collection-list/accept")
        api.clock.advance(1000)
        assert await status(api) == ("OPEN", None)


async def test_cases_stay_as_they_are_unless_told(api: Api) -> None:
    """Without the setting no time changes a case."""
    await case_of(api, type="PAYMENT_REMINDER")
    api.clock.advance(10**7)
    await api.log_in()
    (case,) = (await api.get("/cases")).body["data"]
    assert case["type"] == "PAYMENT_REMINDER"


async def test_invoices_of_one_debtor_can_join_one_case() -> None:
    """With the switch on they share an open case; another debtor, type or currency opens a new one."""
    async with opened(join_cases=True) as api:
        same = [{"name": "Prøve AS", "customerNumber": "K-1"}]
        other = [{"name": "Test AS", "customerNumber": "K-2"}]
        await api.push([invoice("1", debtors=same), invoice("2", debtors=same), invoice("3", debtors=other)])
        await api.push(
            [invoice("4", debtors=same, type="PAYMENT_REMINDER"), invoice("5", debtors=same, currency="SEK")]
        )
        cases = (await api.get("/cases")).body["data"]
        assert [[row["invoiceNumber"] for row in case["invoices"]] for case in cases] == [
            ["1", "2"],
            ["3"],
            ["4"],
            ["5"],
        ]
        assert cases[0]["remainingAmount"] == 9000
        assert len(cases[0]["debtors"]) == 1
        assert (await api.get("/cases", CustomerNumber="K-1")).body["skipSummary"]["totalCount"] == 3


@pytest.mark.parametrize("path", ["/cases/{}/pause", "/invoices/{}/pause", "/invoices/{}/resume"])
async def test_an_action_on_nothing_is_a_404(api: Api, path: str) -> None:
    """What is not there cannot be paused."""
    path = f"{api.organization}{path.format('00000000-0000-4000-8000-000000000000')}"
    assert (await api.ask("POST", path)).status == 404


async def test_the_deprecated_reads_answer(api: Api) -> None:
    """Batches are found without their organization; payments of an invoice are listed."""
    case = await case_of(api)
    invoice_id = case["invoices"][0]["invoiceId"]
    await api.finished("/payments", {"payments": [{"invoiceId": invoice_id, "amount": 7, "currency": "NOK"}]})
    (payment,) = (await api.get(f"/invoices/{invoice_id}/payments")).body["data"]
    assert payment["amount"] == 7
    batch_id = (await api.get("/batches")).body["data"][0]["batchId"]
    assert (await api.ask("GET", f"/collection/v1/batches/{batch_id}")).body["data"]["status"] == "SUCCESS"
    first = await api.ask("GET", "/collection/v1/batches", PageSize=1)
    token = first.body["summary"]["nextPageToken"]
    second = await api.ask("GET", "/collection/v1/batches", PageSize=1, PageToken=token)
    assert [row["type"] for row in (*first.body["data"], *second.body["data"])] == ["INVOICE", "PAYMENT"]
    assert "nextPageToken" not in second.body["summary"]
