"""Sources, and clients, that do what nobody expects of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from amili_async.bulk import Bulk, Refused
from amili_async.errors import BulkError
from amili_async.models.collection import CreateInvoiceItem, CreatePaymentItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.test_lists import broken_off, paid
from tests.bulk.virtual_time import run
from tests.fakes import turns_during


async def cancelled_elsewhere() -> None:
    """Wait for something that somebody else has cancelled."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.cancel()
    await future


class TestCancelledElsewhere:
    """A cancellation that the run has not asked for."""

    @pytest.mark.parametrize("chunk_size", [1, 2, 5])
    def test_a_source_that_ends_with_it_has_not_been_read_to_its_end(self, chunk_size: int) -> None:
        """The rest of it would be lost without a word: it ends the run with an error, as any other failure does."""

        async def source() -> AsyncIterator[CreateInvoiceItem]:
            yield invoice(1)
            yield invoice(2)
            await cancelled_elsewhere()
            yield invoice(3)

        with pytest.raises(BulkError, match="reading the source failed with CancelledError; 2 records") as caught:
            run(Bulk(FakeAmili()).submit_invoices(ORGANIZATION, source(), chunk_size=chunk_size))
        assert caught.value.__notes__[0].startswith("2 invoices")

    def test_a_list_that_is_held_back_is_no_list_then(self) -> None:
        """Nothing of it was sent, and it is not said that all went well."""
        _, journal = broken_off(source=[paid(5)])

        async def source() -> AsyncIterator[CreatePaymentItem]:
            yield paid(9)
            await cancelled_elsewhere()
            yield paid(5)

        amili = FakeAmili()
        with pytest.raises(BulkError, match="CancelledError"):
            run(Bulk(amili).submit_payments(ORGANIZATION, source(), journal=journal))
        assert amili.sent == []

    def test_a_request_that_ends_with_it_does_not_stop_the_senders_dead(self) -> None:
        """The run would wait for ever for a sender that is gone; its chunk is UNKNOWN."""
        amili = FakeAmili([Plan(error=asyncio.CancelledError())])
        with pytest.raises(BulkError, match="CancelledError") as caught:
            run(Bulk(amili).submit_invoices(ORGANIZATION, invoices(6), chunk_size=1, concurrency=1))
        assert "1 unknown" in caught.value.__notes__[0]
        assert len(amili.sent) == 1


class TestSourcesThatEndMoreThanOnce:
    """Iterators that go on after their end, which Python's own loops never notice."""

    @pytest.mark.parametrize("ends_at", [0, 1, 10, 63, 64, 65, 128])
    def test_their_first_end_is_the_end(self, ends_at: int) -> None:
        """Nothing is left out in the middle of a list, whichever record it is that ends it."""

        def invoice_or_end(number: int) -> CreateInvoiceItem:
            if number == ends_at:
                raise StopIteration
            return invoice(number)

        amili = FakeAmili()
        report = run(Bulk(amili).submit_invoices(ORGANIZATION, map(invoice_or_end, range(200)), chunk_size=50))
        assert report.taken == report.accepted == ends_at
        assert [number for chunk in amili.numbers() for number in chunk] == [str(number) for number in range(ends_at)]


def bad_ones() -> Iterator[Any]:
    yield from ["no payment"] * 6400


async def bad_ones_async() -> AsyncIterator[Any]:
    for each in bad_ones():
        yield each


def bad_ones_held_back() -> Iterator[Any]:
    yield from (Refused(None, "no such invoice") for _ in range(6400))
    yield paid(5)


class TestSourcesThatNeverWait:
    """Nothing of them is sent, so that nothing else makes the run wait either."""

    @pytest.mark.parametrize(
        ("source", "turns_at_least"), [(bad_ones, 90), (bad_ones_async, 90), (bad_ones_held_back, 190)]
    )
    def test_other_tasks_go_on(self, source: Callable[[], Any], turns_at_least: int) -> None:
        """Time limits and cancellations come through: while it is read, and while what was held back is let go."""
        _, journal = broken_off(source=[paid(5)] if source is bad_ones_held_back else [])

        async def scenario() -> int:
            bulk = Bulk(FakeAmili())
            return await turns_during(bulk.submit_payments(ORGANIZATION, source(), journal=journal, concurrency=1))

        assert run(scenario()) > turns_at_least
