"""Finding Amili's id of an invoice by its number."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from amili_async import AmiliClient, codec
from amili_async.bulk import Refused
from amili_async.errors import AuthError, BulkError, ServerError
from amili_async.importers.records import ByInvoiceNumber
from amili_async.importers.resolving import InvoiceLookUpError, InvoiceNumbers, resolve_invoice_numbers
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreatePaymentItem,
)
from amili_async.sandbox import Faults, Rule, Sandbox, VirtualClock

LIST = "GetInvoicesByOrganization"


def invoice(number: str) -> CreateInvoiceItem:
    """An invoice that is accepted."""
    return CreateInvoiceItem(
        invoice_number=number,
        original_invoice_amount=Decimal(1000),
        currency="NOK",
        debtors=[CreateInvoiceDebtor(lastname="Eksempel", customer_number=number)],
    )


def payment(number: str, amount: str = "1.00") -> ByInvoiceNumber:
    """A payment as a file has it."""
    return ByInvoiceNumber(invoice_number=number, record=CreatePaymentItem(amount=Decimal(amount), currency="NOK"))


@asynccontextmanager
async def with_invoices(*numbers: str, **settings: Any) -> AsyncIterator[tuple[Sandbox, AmiliClient]]:
    """A sandbox that has these invoices, each in a batch of its own, and a client of it."""
    async with (
        Sandbox(clock=VirtualClock(running=True), batch_delay_s=0, **settings) as sandbox,
        AmiliClient(sandbox.config(), clock=sandbox.clock) as amili,
    ):
        for number in numbers:
            report = await amili.bulk.submit_invoices(sandbox.organization_id, [invoice(number)])
            assert report.accepted == 1
        yield sandbox, amili


def asked(sandbox: Sandbox) -> int:
    """How many look-ups reached the sandbox."""
    return sum(entry.operation == LIST for entry in sandbox.requests)


async def all_of(records: AsyncIterator[Any]) -> list[Any]:
    """Everything it gives."""
    return [record async for record in records]


async def test_the_invoice_is_found_and_the_rest_stays_as_it_is() -> None:
    """The id is filled in, and nothing else; records that are whole pass through in their place."""
    async with with_invoices("F-1", "F-2") as (sandbox, amili):
        listed = {item.invoice_number: item.id async for item in listing(amili, sandbox)}
        whole = CreatePaymentItem(invoice_id=listed["F-1"], amount=Decimal(7))
        refused = Refused(whole, "why")
        correction = ByInvoiceNumber(
            invoice_number="F-1", record=CreateCorrectionItem(amount=Decimal(-1), description="Kreditnota 7")
        )
        given = [payment("F-2"), whole, refused, correction]
        resolved = await all_of(resolve_invoice_numbers(amili, sandbox.organization_id, given))
    assert resolved == [
        CreatePaymentItem(invoice_id=listed["F-2"], amount=Decimal("1.00"), currency="NOK"),
        whole,
        refused,
        CreateCorrectionItem(invoice_id=listed["F-1"], amount=Decimal(-1), description="Kreditnota 7"),
    ]


def listing(amili: AmiliClient, sandbox: Sandbox) -> Any:
    """All invoices of the sandbox."""
    return amili.paginate(amili.collection.get_invoices_by_organization, sandbox.organization_id)


async def test_not_exactly_one_invoice_is_refused() -> None:
    """No invoice, or two, with this number: refused with the reason, and the number kept so that it is read again."""
    async with with_invoices("F-1", "F-1", reject_duplicates=False) as (sandbox, amili):
        given = [payment("F-9"), payment("F-1"), payment(" ")]
        none, two, blank = await all_of(resolve_invoice_numbers(amili, sandbox.organization_id, given))
    assert none.reason == "no invoice with this number; one that was pushed a few minutes ago may not be listed yet"
    assert two.reason.startswith("2 invoices with this number; ")
    assert blank.reason.startswith("it names no invoice")
    assert codec.encode(none.record) == b'{"amount":1.00,"currency":"NOK","invoiceNumber":"F-9"}'
    assert codec.encode(two.record) == b'{"amount":1.00,"currency":"NOK","invoiceNumber":"F-1"}'


async def test_each_number_is_asked_for_once() -> None:
    """Many payments of one invoice cost one look-up."""
    async with with_invoices("F-1") as (sandbox, amili):
        before = asked(sandbox)
        numbers = InvoiceNumbers(amili, sandbox.organization_id)
        resolved = await all_of(numbers.resolve([payment("F-1", str(n)) for n in range(1, 101)]))
        assert [record.amount for record in resolved] == [Decimal(n) for n in range(1, 101)]
        assert asked(sandbox) - before == numbers.looked_up == 1


async def test_what_is_remembered_is_bounded() -> None:
    """With room for two, the third pushes the oldest out, and that is asked for again."""
    async with with_invoices("F-1", "F-2", "F-3") as (sandbox, amili):
        numbers = InvoiceNumbers(amili, sandbox.organization_id, concurrency=1, remembered=2)
        await all_of(numbers.resolve(map(payment, ("F-1", "F-2", "F-2", "F-3", "F-2", "F-1"))))
        assert numbers.looked_up == 4


class _Counted:
    """An iterable that says how far it was read."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records = records
        self.read = 0

    def __iter__(self) -> Any:
        for record in self._records:
            self.read += 1
            yield record


async def test_no_more_is_read_ahead_than_is_looked_up_at_once() -> None:
    """The source may be of any length; with a slow reader only a few records wait."""
    async with with_invoices(*[f"F-{n}" for n in range(20)]) as (sandbox, amili):
        source = _Counted([payment(f"F-{n}") for n in range(20)])
        async with aclosing(resolve_invoice_numbers(amili, sandbox.organization_id, source, concurrency=4)) as records:
            await anext(records)
            await asyncio.sleep(0)
            assert source.read <= 4


async def test_the_order_stays_whatever_answers_first() -> None:
    """A slow first look-up does not let the second record pass."""
    slow = Faults(rules=[Rule(kind="latency", operation=LIST, seconds=5, times=1)])
    async with with_invoices("F-1", "F-2", "F-3") as (sandbox, amili):
        sandbox.set_faults(slow)
        given = [payment("F-1", "1"), payment("F-2", "2"), payment("F-3", "3")]
        resolved = await all_of(resolve_invoice_numbers(amili, sandbox.organization_id, given))
    assert [record.amount for record in resolved] == [Decimal(1), Decimal(2), Decimal(3)]


async def test_a_passing_failure_rejects_nobody() -> None:
    """429 and 5xx are repeated by the client, and the invoice is found."""
    async with with_invoices("F-1") as (sandbox, amili):
        sandbox.fail_next(status=429, retry_after=1, operation=LIST)
        sandbox.fail_next(status=503, operation=LIST)
        (found,) = await all_of(resolve_invoice_numbers(amili, sandbox.organization_id, [payment("F-1")]))
    assert isinstance(found, CreatePaymentItem)
    assert found.invoice_id is not None


async def test_a_lasting_failure_ends_the_run_and_it_can_go_on(tmp_path: Path) -> None:
    """What was resolved before is sent, nobody is rejected, and the same call with the same journal does the rest."""
    given = [payment("F-1", "1"), payment("F-2", "2"), payment("F-3", "3")]
    async with with_invoices("F-1", "F-2", "F-3") as (sandbox, amili):
        organization_id = sandbox.organization_id
        numbers = InvoiceNumbers(amili, organization_id, concurrency=1)
        await all_of(numbers.resolve([payment("F-1"), payment("F-3")]))
        sandbox.fail_next(status=500, times=5, operation=LIST)
        with pytest.raises(BulkError) as raised:
            await amili.bulk.submit_payments(organization_id, numbers.resolve(given), journal=tmp_path / "j")
        cause = raised.value.__cause__
        assert isinstance(cause, InvoiceLookUpError)
        assert cause.message.startswith("invoice number F-2 could not be looked up: ")
        assert isinstance(cause.__cause__, ServerError)
        report = raised.value.report
        assert report is not None
        assert (report.taken, report.rejected, report.unknown) == (1, 0, 0)

        again = resolve_invoice_numbers(amili, organization_id, given)
        report = await amili.bulk.submit_payments(organization_id, again, journal=tmp_path / "j")
        assert (report.accepted, report.rejected) == (3, 0)
        paid = {item.invoice_number: item.paid_amount async for item in listing(amili, sandbox)}
    assert paid == {"F-1": 1, "F-2": 2, "F-3": 3}


async def test_no_access_is_said_as_such() -> None:
    """Without a token no single invoice is to blame."""
    async with with_invoices("F-1") as (sandbox, _):
        config = sandbox.config(client_secret="wrong")
        async with AmiliClient(config) as amili:
            with pytest.raises(AuthError):
                await all_of(resolve_invoice_numbers(amili, sandbox.organization_id, [payment("F-1")]))


class _Unfiltered:
    """A client whose server ignores the filter."""

    def __init__(self, amili: AmiliClient) -> None:
        self.collection = amili.collection
        self._amili = amili

    def paginate(self, method: Any, *args: Any, invoice_number: str) -> Any:
        """The whole list, whatever was asked for."""
        return self._amili.paginate(method, *args)


async def test_a_server_that_ignores_the_filter_misleads_nobody() -> None:
    """Only an invoice that repeats the number counts; a list without an end is an error, and not a rejection."""
    async with with_invoices("F-1", "F-2", default_page_size=1) as (sandbox, amili):
        numbers = InvoiceNumbers(_Unfiltered(amili), sandbox.organization_id)  # type: ignore[arg-type]
        found, missing = await all_of(numbers.resolve([payment("F-2"), payment("F-3")]))
        assert found.invoice_id == {item.invoice_number: item.id async for item in listing(amili, sandbox)}["F-2"]
        assert missing.reason.startswith("no invoice with this number")
        for number in range(3, 13):
            await amili.bulk.submit_invoices(sandbox.organization_id, [invoice(f"F-{number}")])
        numbers = InvoiceNumbers(_Unfiltered(amili), sandbox.organization_id)  # type: ignore[arg-type]
        with pytest.raises(InvoiceLookUpError, match="it does not filter its invoices by number"):
            await all_of(numbers.resolve([payment("F-1")]))


class _Slow:
    """A client whose look-ups begin and have no end, but for one invoice number."""

    def __init__(self, amili: AmiliClient, answered: str) -> None:
        self.collection = amili.collection
        self.begun: list[str] = []
        self.ended: list[str] = []
        self._amili = amili
        self._answered = answered

    def paginate(self, method: Any, *args: Any, invoice_number: str) -> Any:
        """The list as it is, or pages that never come."""
        if invoice_number == self._answered:
            return self._amili.paginate(method, *args, invoice_number=invoice_number)
        return SimpleNamespace(pages=lambda: self._pages(invoice_number))

    async def _pages(self, number: str) -> AsyncIterator[Any]:
        self.begun.append(number)
        try:
            yield await asyncio.Future()
        finally:
            self.ended.append(number)


async def test_leaving_early_leaves_nothing_behind() -> None:
    """Look-ups under way end with their reader."""
    async with with_invoices("F-1", "F-2", "F-3") as (sandbox, amili):
        slow = _Slow(amili, answered="F-1")
        numbers = InvoiceNumbers(slow, sandbox.organization_id, concurrency=2)  # type: ignore[arg-type]
        async with aclosing(numbers.resolve(map(payment, ("F-1", "F-2", "F-3")))) as records:
            await anext(records)
            assert slow.begun == ["F-2"]
            assert slow.ended == []
        assert slow.ended == ["F-2"]
