"""Records that their source says are not to be sent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Progress, Refusal, Refused
from amili_async.errors import BulkError
from amili_async.models.collection import CreateInvoiceItem, CreatePaymentItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.virtual_time import run

ACCEPTED, REJECTED = OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED


def submit(amili: FakeAmili, source: Any, **settings: Any) -> tuple[list[Outcome], BulkReport]:
    async def scenario() -> tuple[list[Outcome], BulkReport]:
        async with Bulk(amili).stream_invoices(ORGANIZATION, source, **settings) as bulk_run:
            outcomes = [outcome async for outcome in bulk_run]
        return sorted(outcomes, key=lambda outcome: outcome.index), bulk_run.report

    return run(scenario())


def test_it_is_rejected_for_the_reason_given_and_never_sent(tmp_path: Path) -> None:
    """It counts as refused here, its amount in the sums, and stands in the file; the rest goes on."""
    amili, path = FakeAmili(), tmp_path / "rest.jsonl"
    source = [invoice(0), Refused(invoice(1, amount="7.00"), "its debtor is a minor"), invoice(2)]
    outcomes, report = submit(amili, source, failures=path)
    assert [outcome.status for outcome in outcomes] == [ACCEPTED, REJECTED, ACCEPTED]
    assert (outcomes[1].index, outcomes[1].key, outcomes[1].problem) == (1, "1", "its debtor is a minor")
    assert [outcome.refused_here for outcome in outcomes] == [False, True, False]
    assert outcomes[1].refusal is Refusal.BY_SOURCE
    assert (report.taken, report.rejected, report.rejected_locally) == (3, 1, 1)
    assert report.totals["NOK"][REJECTED] == Decimal("7.00")
    assert amili.numbers() == [["0", "2"]]
    (line,) = path.read_text().splitlines()
    assert '"invoiceNumber":"1"' in line


@pytest.mark.parametrize(
    "record", [None, {"invoiceNumber": "1"}, CreateInvoiceItem(currency="NOK"), invoice(1, debtors=["Fiktiva"])]
)
def test_it_may_be_as_incomplete_as_it_is(record: Any) -> None:
    """No record at all, one of another type, without a key, or that cannot be encoded: the reason given is told."""
    outcomes, report = submit(FakeAmili(), [Refused(record, "no such invoice"), invoice(2)])
    assert (outcomes[0].key, outcomes[0].problem) == (None, "no such invoice")
    assert (report.accepted, report.rejected_locally) == (1, 1)


def test_a_key_function_that_fails_on_it_costs_nothing(tmp_path: Path) -> None:
    """It is in the file without a key."""

    def key(record: CreateInvoiceItem) -> str:
        raise KeyError(record.invoice_number)

    outcomes, _ = submit(FakeAmili(), [Refused(invoice(1), "no")], key=key, failures=tmp_path / "rest.jsonl")
    assert (outcomes[0].key, outcomes[0].problem) == (None, "no")
    assert (tmp_path / "rest.jsonl").stat().st_size > 0


def test_on_invalid_raise_takes_it_for_a_bad_record() -> None:
    """The run ends before its chunk is sent, with its index and the reason."""
    amili = FakeAmili()
    with pytest.raises(BulkError, match="record 1 is invalid: no such invoice"):
        submit(amili, [invoice(0), Refused(invoice(1), "no such invoice")], on_invalid="raise")
    assert amili.sent == []


def test_its_key_stays_free() -> None:
    """The same key may come in this run and in the next one, with whatever body."""
    amili, journal = FakeAmili(), KeptJournal()
    outcomes, _ = submit(amili, [Refused(invoice(1), "no"), invoice(1, amount="5.00")], journal=journal)
    assert [outcome.status for outcome in outcomes] == [REJECTED, ACCEPTED]
    outcomes, _ = submit(amili, [Refused(invoice(2), "no")], journal=journal)
    outcomes, _ = submit(amili, [invoice(2)], journal=journal)
    assert outcomes[0].status is ACCEPTED
    assert set(amili.acted_on.values()) == {1}


def test_what_amili_has_already_is_no_input_of_another_run(tmp_path: Path) -> None:
    """Sent by an earlier run and refused by its source now, it goes to the file for a person, not to the first one."""
    journal = KeptJournal()
    submit(FakeAmili(), [invoice(1)], journal=journal)
    submit(FakeAmili(), [Refused(invoice(1), "no")], journal=journal, failures=tmp_path / "rest.jsonl")
    assert (tmp_path / "rest.jsonl").read_text() == ""
    assert "invoiceNumber" in (tmp_path / "rest.unknown.jsonl").read_text()


def test_a_refused_payment_is_no_occurrence() -> None:
    """Mended it says something else; the equal ones after it keep the keys they had, and none is sent twice."""
    journal, amili = KeptJournal(), FakeAmili()

    def pay(*payments: CreatePaymentItem | Refused) -> BulkReport:
        return run(Bulk(amili).submit_payments(ORGANIZATION, payments, journal=journal))

    def paid(amount: int) -> CreatePaymentItem:
        return CreatePaymentItem(amount=Decimal(amount), currency="NOK")

    assert pay(Refused(paid(5), "whose?"), paid(5)).rejected_locally == 1
    report = pay(paid(9), paid(5))
    assert (report.accepted, report.resumed) == (2, 1)
    assert [len(chunk.records) for chunk in amili.sent] == [1, 1]


def test_what_amili_refused_was_not_refused_here() -> None:
    """Neither a record that its batch names nor one whose whole request was refused."""
    outcomes, report = submit(FakeAmili([Plan(status="FAILED")]), invoices(1))
    assert (outcomes[0].status, outcomes[0].refused_here, report.rejected_locally) == (REJECTED, False, 0)


def test_progress_tells_what_an_earlier_run_settled() -> None:
    """Of the records done, those that nothing was done for now."""
    journal, told = KeptJournal(), list[Progress]()
    submit(FakeAmili(), invoices(3), journal=journal)
    submit(FakeAmili(), invoices(5), journal=journal, progress=told.append)
    assert (told[-1].done, told[-1].accepted, told[-1].resumed) == (5, 5, 3)


def test_it_shows_its_reason_and_not_its_record() -> None:
    """Logs and tracebacks hold no personal data."""
    assert repr(Refused(invoice(1), "no")) == "Refused(reason='no')"
    with pytest.raises(TypeError, match="reason"):
        Refused(invoice(1), 7)  # type: ignore[arg-type]
