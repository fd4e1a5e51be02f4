"""Asking the API what became of a request whose answer was lost, and how far its word can be trusted.

That batches can be found by idempotency key is documented by the name of a filter only. A server that ignores the
filter would name the wrong batch, and one that does not keep the key would deny one that is there. So both are tried:

- *found* counts only if a key that nobody has ever used is not found;
- *not found* counts only if, besides, a batch that is known to be there was found by its key: the first one that this
  run has made, and for a chunk of an earlier run one of the earlier runs as well, since a batch that was made just now
  does not tell whether old ones are still listed. That one has to be at least as old as the chunk; while the chunk is
  so young that its batch would be listed anyway, a younger one does as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from amili_async.bulk.history import KnownBatch
from amili_async.errors import AmiliError, NotFoundError
from amili_async.operations import Requester

if TYPE_CHECKING:
    from amili_async.bulk.chunks import Entry
    from amili_async.bulk.flight import Flight

__all__ = ["LookUps", "Word"]

_SOURCE_ID: Final = "uniqueSourceInvoiceId"


class Word(Enum):
    """What a look-up by key gave, if not a batch."""

    NONE = "no batch has this key"
    UNCLEAR = "it could not be asked, or the answer makes no sense"


class LookUps:
    """The look-ups of one run.

    Args:
        client: Sends.
        organization_id: Whose batches and invoices.
        new_key: Makes keys that nobody has used.
    """

    def __init__(
        self,
        client: Requester,
        organization_id: UUID | str,
        *,
        new_key: Callable[[], str],
    ) -> None:
        from amili_async.endpoints.collection._operations import (
            GET_BATCHES_BY_ORGANIZATION,
            GET_INVOICES_BY_ORGANIZATION,
        )

        self._client = client
        self._organization_id = organization_id
        self._new_key = new_key
        self._batches = GET_BATCHES_BY_ORGANIZATION
        self._invoices = GET_INVOICES_BY_ORGANIZATION
        self._filters: bool | None = None
        self._own: KnownBatch | None = None
        self._found: dict[KnownBatch, bool] = {}
        self._one_at_a_time = asyncio.Lock()

    def know(self, key: str, batch_id: UUID) -> None:
        """Take note of a batch that this run has made under this key; the first one counts."""
        if self._own is None:
            self._own = KnownBatch(key, batch_id)

    async def batch_of(self, key: str) -> UUID | Word:
        """The one batch that was made with this key."""
        found = await self._find(key)
        if isinstance(found, UUID) and not await self._keys_are_filtered():
            return Word.UNCLEAR
        return found

    async def denial_counts(self, flight: Flight, *, is_young: bool) -> bool | None:
        """Whether a batch that is not found is not there. The look-up is tried on batches of ours, until it answers.

        Args:
            flight: The chunk in question.
            is_young: Its batch would be listed still, whatever becomes of old ones.

        Returns:
            None if it could not be asked just now.
        """
        if not await self._keys_are_filtered():
            return None if self._filters is None else False
        async with self._one_at_a_time:
            own = await self._finds(self._own) if self._own is not None else False
            if own is None or (self._own is not None and not own):
                return own
            if flight.known is None:
                return own and is_young  # else this run's first batch may be much younger than the chunk
            given = (flight.older, flight.younger if is_young else None)
            earlier = [each for each in given if each is not None]
            for batch in earlier:
                found = await self._finds(batch)
                if found is not False:
                    return found
            # An earlier run that has made no batch at all leaves none to try; that it is young has to do.
            return bool(own) and is_young and not earlier

    async def has_invoice(self, entry: Entry) -> bool:
        """Whether the API has this invoice, by the caller's own id of it.

        Raises:
            AmiliError: It could not be asked.
        """
        source_id = next((value for wire, value in entry.names if wire == _SOURCE_ID), None)
        if source_id is None:
            return False
        numbers = {value for wire, value in entry.names if wire == "invoiceNumber"}
        page = await self._ask(self._invoices, unique_source_invoice_id=source_id)
        # Believed only where it repeats our id: a server that ignores the filter gives any invoices.
        return any(
            (invoice.unique_source_invoice_id or "").strip() == source_id
            and (not numbers or invoice.invoice_number is None or invoice.invoice_number.strip() in numbers)
            for invoice in page.data
        )

    async def denies_invoice(self, entry: Entry) -> bool:
        """Whether the API says that it does not have this invoice. True as well if there is no id to ask for.

        Raises:
            AmiliError: It could not be asked.
        """
        source_id = next((value for wire, value in entry.names if wire == _SOURCE_ID), None)
        if source_id is None:
            return True
        try:
            # Stricter than the finding of one: any invoice at all in the answer leaves it open.
            return not (await self._ask(self._invoices, unique_source_invoice_id=source_id)).data
        except NotFoundError:
            return True

    async def _keys_are_filtered(self) -> bool:
        async with self._one_at_a_time:
            if self._filters is None:
                found = await self._count(self._new_key())
                if found is not None:
                    self._filters = found == 0
        return bool(self._filters)

    async def _finds(self, batch: KnownBatch) -> bool | None:
        """Whether this batch is found by its key; None if it could not be asked."""
        if batch not in self._found:
            word = await self._find(batch.key)
            if word is Word.UNCLEAR:
                return None
            self._found[batch] = word == batch.batch_id
        return self._found[batch]

    async def _find(self, key: str) -> UUID | Word:
        try:
            batches = (await self._ask(self._batches, idempotency_key=key)).data
        except AmiliError:
            return Word.UNCLEAR
        if not batches:
            return Word.NONE
        batch_id: UUID | None = batches[0].batch_id
        return batch_id if len(batches) == 1 and batch_id is not None else Word.UNCLEAR

    async def _count(self, key: str) -> int | None:
        try:
            return len((await self._ask(self._batches, idempotency_key=key)).data)
        except AmiliError:
            return None

    async def _ask(self, operation: Any, **filters: str) -> Any:
        response = await self._client.call(operation, self._organization_id, options=None, **filters)
        return response.parsed
