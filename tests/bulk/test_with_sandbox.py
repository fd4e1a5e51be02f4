"""The engine, the real client and a local Amili together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from amili_async import AmiliClient, RequestOptions
from amili_async.bulk import OutcomeStatus
from amili_async.errors import AuthError, NotFoundError
from amili_async.models.collection import CreateCorrectionItem, CreatePaymentItem
from amili_async.sandbox import Faults, Sandbox, VirtualClock
from tests.bulk.fake_amili import invoice, invoices

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed=1, clock=VirtualClock()) as running:
        yield running


@pytest.fixture
async def amili(sandbox: Sandbox) -> AsyncIterator[AmiliClient]:
    async with AmiliClient(sandbox.config(), clock=sandbox.clock) as client:
        yield client


async def test_the_report_agrees_with_the_ledger(sandbox: Sandbox, amili: AmiliClient) -> None:
    """What is reported as accepted is what the sandbox has, to the øre, and each invoice once."""
    records = [invoice(number, amount=f"{number}.07") for number in range(1, 501)]
    report = await amili.bulk.submit_invoices(sandbox.organization_id, records, chunk_size=50)
    ledger = sandbox.state.ledger(sandbox.organization_id)
    assert report.accepted == len(ledger) == 500
    assert report.totals["NOK"][OutcomeStatus.ACCEPTED] == sum(sum(entry.amounts) for entry in ledger.values())
    assert {entry.accepted for entry in ledger.values()} == {1}
    assert report.batches == 10


async def test_records_that_the_api_rejects_have_its_reason(sandbox: Sandbox, amili: AmiliClient) -> None:
    """A batch that goes wrong in part ends as accepted and rejected records, with ids or the API's own reason."""
    bad = invoice(2, debtors=None)
    async with amili.bulk.stream_invoices(sandbox.organization_id, [invoice(1), bad, invoice(3)]) as run:
        outcomes = {outcome.key: outcome async for outcome in run}
    assert [outcomes[key].status for key in ("1", "2", "3")] == [
        OutcomeStatus.ACCEPTED,
        OutcomeStatus.REJECTED,
        OutcomeStatus.ACCEPTED,
    ]
    assert outcomes["1"].invoice_id is not None
    assert "debtor" in str(outcomes["2"].problem)


async def test_payments_and_corrections_go_the_same_way(sandbox: Sandbox, amili: AmiliClient) -> None:
    """Ids from the outcomes of invoices serve to report what was paid on them and corrected."""
    async with amili.bulk.stream_invoices(sandbox.organization_id, invoices(3)) as run:
        ids = [outcome.invoice_id async for outcome in run]
    paid = [CreatePaymentItem(invoice_id=each, amount=Decimal("10.00"), currency="NOK") for each in ids * 2]
    lowered = [CreateCorrectionItem(invoice_id=each, amount=Decimal("5.00"), currency="NOK") for each in ids]
    assert (await amili.bulk.submit_payments(sandbox.organization_id, paid)).accepted == 6
    assert (await amili.bulk.submit_corrections(sandbox.organization_id, lowered)).accepted == 3
    ledger = sandbox.state.ledger(sandbox.organization_id)
    assert {(entry.paid, entry.credited, entry.remaining) for entry in ledger.values()} == {
        (Decimal("20.00"), Decimal("5.00"), Decimal("75.00"))
    }


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_dropped_connection_is_looked_up(
    sandbox: Sandbox, amili: AmiliClient, drop: Literal["before", "after"]
) -> None:
    """Where batches can be looked up, what arrived is followed, and what did not is sent again with the same key."""
    sandbox.fail_next(drop=drop, operation="CreateInvoices")
    report = await amili.bulk.submit_invoices(sandbox.organization_id, invoices(20), chunk_size=10, concurrency=1)
    assert (report.accepted, report.unknown) == (20, 0)
    ledger = sandbox.state.ledger(sandbox.organization_id)
    assert len(ledger) == 20
    assert {entry.accepted for entry in ledger.values()} == {1}
    sent = [entry.idempotency_key for entry in sandbox.requests.where(operation="CreateInvoices")]
    assert (len(sent), len(set(sent))) == ((2, 2) if drop == "after" else (3, 2))


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_dropped_connection_leaves_its_records_unknown(drop: Literal["before", "after"]) -> None:
    """Where look-ups do not work, whether the API acted cannot be told, so nothing is sent again."""
    clock = VirtualClock()
    async with (
        Sandbox(seed=1, clock=clock, store_idempotency_keys=False) as sandbox,
        AmiliClient(sandbox.config(), clock=clock) as amili,
    ):
        sandbox.fail_next(drop=drop, operation="CreateInvoices")
        report = await amili.bulk.submit_invoices(sandbox.organization_id, invoices(20), chunk_size=10, concurrency=1)
        assert (report.accepted, report.unknown) == (10, 10)
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert len(ledger) == (20 if drop == "after" else 10)
    assert {entry.accepted for entry in ledger.values()} == {1}


async def test_invoices_are_found_by_the_creditors_own_id() -> None:
    """Where batches cannot be looked up, invoices that have the creditor's id can; the others stay UNKNOWN."""
    clock = VirtualClock()
    async with (
        Sandbox(seed=1, clock=clock, store_idempotency_keys=False) as sandbox,
        AmiliClient(sandbox.config(), clock=clock) as amili,
    ):
        sandbox.fail_next(drop="after", operation="CreateInvoices")
        records = [
            invoice(1, unique_source_invoice_id="erp-1"),
            invoice(2),
            invoice(3, unique_source_invoice_id="erp-3"),
        ]
        report = await amili.bulk.submit_invoices(sandbox.organization_id, records)
    assert (report.accepted, report.unknown, report.resolved) == (2, 1, 2)
    assert [problem.key for problem in report.problems] == ["2"]


async def test_throttling_is_ridden_out_and_counted(sandbox: Sandbox, amili: AmiliClient) -> None:
    """429 and 503 with Retry-After are repeated: all is accepted once, and the report counts each."""
    sandbox.fail_next(status=429, retry_after=2, operation="CreateInvoices", times=2)
    sandbox.fail_next(status=503, retry_after=1, operation="CreateInvoices")
    report = await amili.bulk.submit_invoices(sandbox.organization_id, invoices(30), chunk_size=10)
    assert (report.accepted, report.retries, report.throttled) == (30, 3, 3)
    assert {entry.accepted for entry in sandbox.state.ledger(sandbox.organization_id).values()} == {1}


async def test_throttling_without_end_leaves_records_unsent(
    sandbox: Sandbox, amili: AmiliClient, tmp_path: Path
) -> None:
    """A chunk that is turned away time and again is UNSENT; its records are in the file, and the run goes on."""
    sandbox.fail_next(status=429, retry_after=1, operation="CreateInvoices", times=2)
    report = await amili.bulk.submit_invoices(
        sandbox.organization_id,
        invoices(20),
        chunk_size=10,
        concurrency=1,
        options=RequestOptions(max_attempts=2),
        failures=tmp_path / "rest.jsonl",
    )
    assert (report.accepted, report.unsent, report.throttled, report.retries) == (10, 10, 2, 1)
    assert len((tmp_path / "rest.jsonl").read_text().splitlines()) == 10
    assert len(sandbox.state.ledger(sandbox.organization_id)) == 10


async def test_a_request_refused_as_a_whole(sandbox: Sandbox, amili: AmiliClient) -> None:
    """A request that the API does not take has all its records REJECTED, with status and reason; others go on."""
    report = await amili.bulk.submit_invoices(sandbox.organization_id, invoices(1002), chunk_size=1001)
    assert (report.accepted, report.rejected, report.rejected_locally) == (1, 1001, 0)
    problem = str(report.problems[0].problem)
    assert "whole request of 1001 records with HTTP 400" in problem
    assert "1000" in problem
    assert list(sandbox.state.ledger(sandbox.organization_id)) == ["1001"]


async def test_wrong_credentials_are_one_clear_error(sandbox: Sandbox) -> None:
    """Nothing can be sent: the run raises what the client says."""
    async with AmiliClient(sandbox.config(client_secret="wrong"), clock=sandbox.clock) as amili:
        with pytest.raises(AuthError):
            await amili.bulk.submit_invoices(sandbox.organization_id, invoices(1000), chunk_size=10)


async def test_a_wrong_organization_is_one_clear_error(amili: AmiliClient) -> None:
    """An organization that is not there is found out by the first chunk."""
    with pytest.raises(NotFoundError):
        await amili.bulk.submit_invoices(NOWHERE, invoices(1000), chunk_size=10)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("findable", [True, False], ids=["look-ups work", "look-ups do not work"])
async def test_under_faults_no_invoice_is_sent_twice_or_lost(seed: int, findable: bool) -> None:  # noqa: FBT001  # a parameter
    """With refusals and broken connections by chance, the ledger agrees with every outcome."""
    clock = VirtualClock()
    faults = Faults(rate_429=0.1, rate_503=0.1, drop_before=0.1, drop_after=0.1, operations=["CreateInvoices"])
    async with (
        Sandbox(seed=seed, clock=clock, faults=faults, store_idempotency_keys=findable) as sandbox,
        AmiliClient(sandbox.config(), clock=clock) as amili,
    ):
        async with amili.bulk.stream_invoices(sandbox.organization_id, invoices(300), chunk_size=10) as run:
            outcomes = [outcome async for outcome in run]
        ledger = sandbox.state.ledger(sandbox.organization_id)
    assert len(outcomes) == run.report.taken == 300
    assert (run.report.unknown == 0) == findable
    for outcome in outcomes:
        accepted = ledger[outcome.key or ""].accepted if outcome.key in ledger else 0
        assert accepted <= 1
        if outcome.status is not OutcomeStatus.UNKNOWN:
            assert accepted == (outcome.status is OutcomeStatus.ACCEPTED)
