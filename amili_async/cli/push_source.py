"""From the files to the submission engine: checked, limited, looked up, and remembered until their outcome is known."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Iterator
from contextlib import aclosing
from typing import Any

from amili_async.bulk import Refused
from amili_async.cli.push_checks import Checked, label_of
from amili_async.cli.push_facts import Facts, WaitingFacts
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber
from amili_async.importers.resolving import InvoiceNumbers

__all__ = ["PushSource", "facts_of"]


def facts_of(record: Any) -> Facts:
    """What is told of a record.

    Args:
        record: Any kind of record, or a refused one.
    """
    inner = record.record if isinstance(record, (Refused, ByInvoiceNumber)) else record
    amount = inner.original_invoice_amount if hasattr(inner, "original_invoice_amount") else inner.amount
    return Facts(label_of(record), amount, inner.currency)


class PushSource:
    """The records of a push, as the engine takes them.

    Args:
        reading: The files.
        checked: Puts each record through the checks.
        limit: How many records to take at most.

    Attributes:
        limited: The limit was reached.
    """

    def __init__(self, reading: Reading[Any], checked: Checked, limit: int | None = None) -> None:
        self._reading = reading
        self._checked = checked
        self._limit = limit
        self._facts = WaitingFacts()
        self._ahead = False
        self._taken_to: str | None = None
        self.limited = False

    @property
    def rest(self) -> str | None:
        """What of the files the engine has not taken, in words; None if it took all."""
        # Where records are read ahead of the engine, the place in the file is further on than what was taken.
        return self._taken_to if self._ahead else self._reading.rest

    def records(self, numbers: InvoiceNumbers | None) -> Iterable[Any] | AsyncIterable[Any]:
        """All of them, once.

        Args:
            numbers: Looks up invoices by number; None where no record names its invoice so.
        """
        return map(self._noted, self._read()) if numbers is None else self._resolved(numbers)

    async def _resolved(self, numbers: InvoiceNumbers) -> AsyncGenerator[Any, None]:
        ahead: deque[tuple[str | None, Facts]] = deque()

        def read() -> Iterator[Any]:
            for record in self._read():
                ahead.append((self._reading.rest, facts_of(record)))
                yield record

        self._ahead, self._taken_to = True, self._reading.rest
        async with aclosing(numbers.resolve(read())) as records:
            async for record in records:
                # By the facts of the file, which a person knows it by, and not by Amili's id of the invoice.
                self._taken_to, facts = ahead.popleft()
                self._facts.put(facts)
                yield record
        self._ahead = False

    def _read(self) -> Iterator[Any]:
        for count, record in enumerate(self._reading, 1):
            yield self._checked(record)
            if count == self._limit:
                self.limited = True
                return

    def _noted(self, record: Any) -> Any:
        self._facts.put(facts_of(record))
        return record

    def ended(self, index: int) -> Facts:
        """What is to be told of a record whose outcome is known now."""
        return self._facts.pop(index)

    def close(self) -> None:
        """All outcomes are known: forget the records."""
        self._facts.close()
