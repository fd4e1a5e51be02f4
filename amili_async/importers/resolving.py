"""From the invoice number in a file to Amili's own id of the invoice, which payments and corrections are addressed to.

    payments = resolve_invoice_numbers(amili, organization_id, reading)
    report = await amili.bulk.submit_payments(organization_id, payments, journal="october.journal")

That the list of invoices can be filtered by number is documented by the name of a parameter only. So an answer counts
only as far as it repeats the number: a server that ignores the filter cannot have money booked on the wrong invoice.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from attrs import evolve

from amili_async.bulk.source import Refused, read
from amili_async.errors import AmiliError, DecodeError, PaginationError, ResponseError, TransportError
from amili_async.importers.records import ByInvoiceNumber

if TYPE_CHECKING:
    from amili_async.client import AmiliClient
    from amili_async.models.collection import CreateCorrectionItem, CreatePaymentItem

__all__ = ["InvoiceLookUpError", "InvoiceNumbers", "resolve_invoice_numbers", "with_invoice_number"]

#: The wire name under which a record that could not be resolved keeps the number, so that it can be read again.
_NUMBER: Final = "invoiceNumber"
# A filter leaves one invoice, or a few with similar numbers; whatever goes on longer than this is not filtered.
_MOST_PAGES: Final = 10
_NOT_YET: Final = "one that was pushed a few minutes ago may not be listed yet"


class InvoiceLookUpError(AmiliError):
    """An invoice could not be looked up, so it is not known whether it is there. Nothing was decided about it.

    Its cause is the error of the request.
    """


def with_invoice_number(record: ByInvoiceNumber) -> CreatePaymentItem | CreateCorrectionItem:
    """The record with its invoice's number among the fields of its own, as files have it; without Amili's id.

    Args:
        record: A record whose invoice has not been looked up.
    """
    inner = record.record
    return evolve(inner, additional_properties={**inner.additional_properties, _NUMBER: record.invoice_number})


class InvoiceNumbers:
    """Amili's ids of invoices, by invoice number. Each is asked for once, as long as it is remembered.

    Args:
        amili: The client.
        organization_id: Whose invoices.
        concurrency: How many look-ups may be under way at the same time. So many records are read ahead at most.
        remembered: How many invoices are remembered, the latest first.

    Attributes:
        looked_up: How many invoice numbers were asked for.
    """

    def __init__(
        self,
        amili: AmiliClient,
        organization_id: UUID | str,
        *,
        concurrency: int = 8,
        remembered: int = 20_000,
    ) -> None:
        self._amili = amili
        self._organization_id = organization_id
        self._concurrency = max(1, concurrency)
        self._remembered = max(1, remembered)
        self._known: OrderedDict[str, asyncio.Task[UUID | str]] = OrderedDict()
        self.looked_up = 0

    async def resolve(self, records: Iterable[Any] | AsyncIterable[Any]) -> AsyncGenerator[Any, None]:
        """All records in their order, with their invoices looked up.

        Args:
            records: `ByInvoiceNumber` ones are looked up; all others are given as they are.

        Yields:
            Records that are whole, or `Refused` with the reason where there is not exactly one such invoice.

        Raises:
            InvoiceLookUpError: The API could not be asked, or its answer leaves open which invoice it is.
            AmiliError: There is no access to the API.
        """
        waiting: deque[tuple[Any, asyncio.Task[UUID | str] | None]] = deque()
        try:
            async with aclosing(read(records)) as source:
                async for record in source:
                    waiting.append((record, self._ask(record)))
                    while waiting and (len(waiting) >= self._concurrency or _is_done(waiting[0][1])):
                        yield await _resolved(*waiting.popleft())
            while waiting:
                yield await _resolved(*waiting.popleft())
        finally:
            await self._drop_open()

    def _ask(self, record: Any) -> asyncio.Task[UUID | str] | None:
        if not isinstance(record, ByInvoiceNumber):
            return None
        number = record.invoice_number.strip()
        task = self._known.get(number)
        if task is None:
            self.looked_up += 1
            task = self._known[number] = asyncio.create_task(self._find(number))
            while len(self._known) > self._remembered and next(iter(self._known.values())).done():
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(number)
        return task

    async def _drop_open(self) -> None:
        """Nobody will take what is under way. What failed is forgotten, so that it can be asked again."""
        unfit = {
            number: task
            for number, task in self._known.items()
            if not task.done() or task.cancelled() or task.exception() is not None
        }
        for number, task in unfit.items():
            task.cancel()
            del self._known[number]
        await asyncio.gather(*unfit.values(), return_exceptions=True)

    async def _find(self, number: str) -> UUID | str:
        """The id of the one invoice with this number, or why there is none to give."""
        if not number:
            return "it names no invoice: the invoice number is empty"
        try:
            found = await self._listed(number)
        except (ResponseError, TransportError, DecodeError, PaginationError) as error:
            raise InvoiceLookUpError(
                f"invoice number {number} could not be looked up: {error.message.rstrip('.')}"
            ) from error
        if not found:
            return f"no invoice with this number; {_NOT_YET}"
        if len(found) > 1:
            return f"{len(found)} invoices with this number; name the one that is meant by Amili's id (invoiceId)"
        return found.pop()

    async def _listed(self, number: str) -> set[UUID]:
        pages, found = 0, set[UUID]()
        listing = self._amili.collection.get_invoices_by_organization
        pager = self._amili.paginate(listing, self._organization_id, invoice_number=number)
        async with aclosing(pager.pages()) as walk:
            async for page in walk:
                pages += 1
                if pages > _MOST_PAGES:
                    raise _unclear(number, "it does not filter its invoices by number")
                for invoice in page.page_items():
                    if invoice.invoice_number is None or invoice.id is None:
                        raise _unclear(number, "it lists an invoice without its number or id")
                    if invoice.invoice_number.strip() == number:
                        found.add(invoice.id)
        return found


def resolve_invoice_numbers(
    amili: AmiliClient,
    organization_id: UUID | str,
    records: Iterable[Any] | AsyncIterable[Any],
    *,
    concurrency: int = 8,
) -> AsyncGenerator[Any, None]:
    """Look up the invoices of payments or corrections that name them by number, as a source for `amili.bulk`.

        payments = resolve_invoice_numbers(amili, organization_id, reading)
        report = await amili.bulk.submit_payments(organization_id, payments, journal="october.journal")

    A few look-ups are made at a time, ahead of what is sent. Records come in their order. One whose number no invoice
    has, or more than one, comes as `Refused`: it ends REJECTED, and stands in the file of failures with its number.

    Args:
        amili: The client.
        organization_id: Whose invoices.
        records: Payments or corrections; those that are whole already are given as they are.
        concurrency: How many look-ups may be under way at the same time.

    Raises:
        InvoiceLookUpError: An invoice could not be looked up, after the repetitions that the client makes. As a source
            it ends the run; what is under way finishes, and the same call with the same journal goes on.
        AmiliError: There is no access to the API.
    """
    return InvoiceNumbers(amili, organization_id, concurrency=concurrency).resolve(records)


def _is_done(task: asyncio.Task[UUID | str] | None) -> bool:
    return task is None or task.done()


async def _resolved(record: Any, task: asyncio.Task[UUID | str] | None) -> Any:
    if task is None:
        return record
    # Shielded: other records may wait for the same one.
    found = await asyncio.shield(task)
    if isinstance(found, str):
        return Refused(with_invoice_number(record), found)
    return evolve(record.record, invoice_id=found)


def _unclear(number: str, why: str) -> InvoiceLookUpError:
    return InvoiceLookUpError(
        f"invoice number {number} could not be looked up: the API's answer cannot be relied on, since {why}; "
        "name the invoices by Amili's id (invoiceId) instead"
    )
