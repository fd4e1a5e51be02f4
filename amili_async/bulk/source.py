"""Iterables and async iterables, read the same way; and what a source can say of a record besides giving it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping
from contextlib import aclosing
from itertools import chain, islice
from typing import Any

from attrs import field, frozen, validators

from amili_async.errors import BulkError

__all__ = ["Refused", "check_source", "read", "stretches"]

# A source that never waits would keep the event loop to itself.
_RECORDS_AT_A_STRETCH = 64


@frozen
class Refused:
    """Given by a source instead of a record that is not to be sent.

    It is reported as REJECTED for this reason, stands in the file of failures, and is never sent:

        yield invoice if invoice.debtors else Refused(invoice, "it has no debtor; add one")

    Attributes:
        record: The record, complete or not; None if there is none.
        reason: Why it is not sent, and what to do. It is shown as it is, so it should not name the debtor.
    """

    record: Any = field(repr=False)
    reason: str = field(validator=validators.instance_of(str))


def check_source(source: Any) -> None:
    """Refuse what cannot be a source of records.

    Raises:
        BulkError: It is no iterable, or one of another kind of thing.
    """
    if isinstance(source, (str, bytes, Mapping)) or not isinstance(source, (Iterable, AsyncIterable)):
        raise BulkError(f"records must be an iterable or async iterable of models, not a {type(source).__name__}")


async def read(source: Iterable[Any] | AsyncIterable[Any]) -> AsyncGenerator[Any, None]:
    """Go through a source, leaving the event loop room to work. Close this generator to leave early."""
    async with aclosing(stretches(source)) as all_stretches:
        async for stretch in all_stretches:
            for record in stretch:
                yield record


async def stretches(source: Iterable[Any] | AsyncIterable[Any]) -> AsyncGenerator[Iterable[Any], None]:
    """Go through a source in stretches, between which the event loop has room to work.

    No record is taken from the source before it is asked for, save the first of a stretch. A stretch has to be gone
    through before the next one, and this generator be closed to leave early.
    """
    if isinstance(source, AsyncIterable):
        iterator, given = aiter(source), 0
        try:
            async for record in iterator:
                yield (record,)
                given += 1
                if given % _RECORDS_AT_A_STRETCH == 0:  # what is `async` need not wait for anything
                    await asyncio.sleep(0)
        finally:
            # Nobody else can: the caller handed it over, and an async generator is not closed by going out of scope.
            close = getattr(iterator, "aclose", None)
            if close is not None:
                await close()
        return
    records = chain(source)  # whose end is final, also if that of the source is not
    for first in records:
        yield chain((first,), islice(records, _RECORDS_AT_A_STRETCH - 1))
        await asyncio.sleep(0)
