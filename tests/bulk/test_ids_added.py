"""Invoices that were sent under their number, and get an id of their own afterwards."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from amili_async import AmiliClient
from amili_async.bulk import OutcomeStatus, Refusal
from amili_async.errors import BadRequestError, OutcomeUnknownError, RateLimitedError
from amili_async.models.collection import CreateInvoiceItem
from amili_async.sandbox import Sandbox, VirtualClock
from tests.bulk.fake_amili import FakeAmili, Plan, invoice
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.test_resume import submit

ACCEPTED, REJECTED, UNSENT, UNKNOWN = OutcomeStatus


def with_id(number: int, **fields: Any) -> CreateInvoiceItem:
    return invoice(number, unique_source_invoice_id=f"erp-{number}", **fields)


def test_what_was_sent_without_an_id_is_not_sent_again_with_one(tmp_path: Path) -> None:
    """It is the same invoice. It is refused with the way out, and goes to the file of what Amili may have."""
    journal, path = KeptJournal(), tmp_path / "rest.jsonl"
    submit(FakeAmili(), journal, [invoice(0), invoice(1)])
    amili = FakeAmili()
    outcomes, report = submit(amili, journal, [with_id(0), with_id(1), with_id(2)], failures=path)
    assert [outcome.status for outcome in outcomes] == [REJECTED, REJECTED, ACCEPTED]
    assert outcomes[0].refusal is Refusal.CHANGED
    assert "was sent before without its unique_source_invoice_id" in str(outcomes[0].problem)
    assert amili.numbers() == [["2"]]
    assert (report.rejected_locally, report.accepted) == (2, 1)
    assert len((tmp_path / "rest.unknown.jsonl").read_text().splitlines()) == 2


def test_the_way_out_works() -> None:
    """Without its id the record is known again, and with the ids of new ones all goes on."""
    journal = KeptJournal()
    submit(FakeAmili(), journal, [invoice(0)])
    amili = FakeAmili()
    submit(amili, journal, [with_id(0), with_id(1)])
    outcomes, _ = submit(amili, journal, [invoice(0), with_id(1)])
    assert [(outcome.status, outcome.resumed) for outcome in outcomes] == [(ACCEPTED, True), (ACCEPTED, True)]
    assert amili.numbers() == [["1"]]


def test_what_may_have_arrived_counts_as_sent() -> None:
    """An earlier run that did not see the end of it is enough."""
    journal = KeptJournal()
    _, report = submit(
        FakeAmili([Plan(error=OutcomeUnknownError("lost"))]), journal, [invoice(0)], settle_s=0, grace_s=0
    )
    assert report.unknown == 1
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [with_id(0)])
    assert outcomes[0].refusal is Refusal.CHANGED
    assert "0" not in [number for chunk in amili.numbers() for number in chunk]


@pytest.mark.parametrize("plan", [Plan(error=RateLimitedError("no", status=429)), Plan(status="FAILED")])
def test_what_never_arrived_may_get_an_id(plan: Plan) -> None:
    """What was turned away or rejected is not with Amili, so the record with its id is sent."""
    journal = KeptJournal()
    _, report = submit(FakeAmili([plan] * 9), journal, [invoice(0)])
    assert report.accepted == 0
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [with_id(0)])
    assert [outcome.status for outcome in outcomes] == [ACCEPTED]
    assert amili.numbers() == [["0"]]


@pytest.mark.parametrize("plan", [Plan(error=BadRequestError("no", status=400)), Plan(status="FAILED")])
def test_an_id_that_did_not_get_through_before_changes_nothing(plan: Plan) -> None:
    """Tried with ids, taken without them, and then with them again: the invoice is with Amili all the same."""
    journal = KeptJournal()
    submit(FakeAmili([plan] * 9), journal, [with_id(0, amount="1.00")])
    submit(FakeAmili(), journal, [invoice(0)])
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [with_id(0)])
    assert outcomes[0].refusal is Refusal.CHANGED
    assert amili.numbers() == []


def test_what_is_known_by_its_id_as_well_is_told_of_by_that() -> None:
    """Whoever has sent it both ways sees what became of each, and nothing is refused that was taken before."""
    journal = KeptJournal()
    submit(FakeAmili(), journal, [with_id(0)])
    submit(FakeAmili(), journal, [invoice(0)])
    outcomes, _ = submit(FakeAmili(), journal, [with_id(0), invoice(0)])
    assert [(outcome.status, outcome.resumed) for outcome in outcomes] == [(ACCEPTED, True), (ACCEPTED, True)]


class FromRow(CreateInvoiceItem):
    """Made in a way of its own, as a user may."""

    def __init__(self, row: tuple[int, str | None]) -> None:
        number, id_ = row
        given = invoice(number, unique_source_invoice_id=id_)
        super().__init__(**{name: getattr(given, name) for name in attrs.fields_dict(CreateInvoiceItem)})


def test_a_class_of_the_users_own_is_no_hindrance() -> None:
    """It cannot be copied by its fields, and no run may end because of that."""
    journal = KeptJournal()
    submit(FakeAmili(), journal, [invoice(0)])
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [FromRow((0, "erp-0")), FromRow((1, "erp-1"))])
    assert [outcome.refusal for outcome in outcomes] == [Refusal.CHANGED, None]
    assert amili.numbers() == [["1"]]


@pytest.mark.parametrize(("number", "id_"), [("1001", ""), ("1001", " "), ("1001", "1001"), ("1001 ", "erp-1")])
def test_odd_ids_and_numbers_send_nothing_twice(number: str, id_: str) -> None:
    """Empty or blank ones, an id that is the number, a number with a blank after it."""
    journal = KeptJournal()
    submit(FakeAmili(), journal, [invoice(number)])
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [invoice(number, unique_source_invoice_id=id_)])
    assert [outcome.refusal for outcome in outcomes] == [Refusal.CHANGED]
    assert amili.numbers() == []


def test_an_id_that_reads_like_a_number_is_another_invoice() -> None:
    """Ids and numbers may overlap: only the very same record is held back."""
    journal = KeptJournal()
    submit(FakeAmili(), journal, [invoice(700, unique_source_invoice_id="1200")])
    amili = FakeAmili()
    outcomes, _ = submit(amili, journal, [invoice(1200, unique_source_invoice_id="1900")])
    assert [outcome.status for outcome in outcomes] == [ACCEPTED]


def test_with_keys_of_the_callers_own_nothing_is_guessed() -> None:
    """What makes two records the same one is then said by `key=` alone."""
    journal = KeptJournal()

    def key(record: CreateInvoiceItem) -> str:
        return f"{record.invoice_number}/{record.unique_source_invoice_id}"

    submit(FakeAmili(), journal, [invoice(0)], key=key)
    amili = FakeAmili()
    submit(amili, journal, [with_id(0)], key=key)
    assert amili.numbers() == [["0"]]


async def test_nobody_is_dunned_twice_for_a_column_that_was_added(tmp_path: Path) -> None:
    """Against a server that takes duplicates: two nights with one journal, the second one with ids."""
    clock = VirtualClock()
    async with (
        Sandbox(clock=clock, reject_duplicates=False) as sandbox,
        AmiliClient(sandbox.config(), clock=clock) as amili,
    ):
        org, journal = sandbox.organization_id, tmp_path / "journal"
        await amili.bulk.submit_invoices(org, [invoice(0), invoice(1)], journal=journal)
        await amili.bulk.submit_invoices(org, [with_id(0), with_id(1), with_id(2)], journal=journal)
        listed = [item async for item in amili.paginate(amili.collection.get_invoices_by_organization, org)]
    assert sorted(str(item.invoice_number) for item in listed) == ["0", "1", "2"]
    assert sum((item.original_invoice_amount or Decimal(0) for item in listed), Decimal(0)) == 300
