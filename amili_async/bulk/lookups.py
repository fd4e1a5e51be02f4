"""Asking the API what became of a request whose answer was lost, and how far its word can be trusted.

That batches can be found by idempotency key is documented by the name of a filter only. A server that ignores the
filter would name the wrong batch, and one that does not keep the key would deny one that is there. So both are tried:

- *found* counts only if a key that nobody has ever used is not found;
- *not found* counts only if, besides, a batch that is known to be there was found by its key: the first one that this
  run has made, and for a chunk of an earlier run one of the earlier runs as well, since a batch that was made just now
  does not tell whether old ones are still listed. With none of its own, a run has only those of earlier runs to try.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from attrs import define

from amili_async.errors import AmiliError, NotFoundError
from amili_async.operations import Requester

if TYPE_CHECKING:
    from amili_async.bulk.chunks import Entry

__all__ = ["LookUps", "Word"]

_SOURCE_ID: Final = "uniqueSourceInvoiceId"


class Word(Enum):
    """What a look-up by key gave, if not a batch."""

    NONE = "no batch has this key"
    UNCLEAR = "it could not be asked, or the answer makes no sense"


@define
class _Witness:
    """A batch that is known to be there, and whether the look-up finds it."""

    key: str
    batch_id: UUID
    found: bool | None = None


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
        self._own: _Witness | None = None
        self._inherited: _Witness | None = None
        self._one_at_a_time = asyncio.Lock()

    def know(self, key: str, batch_id: UUID) -> None:
        """Take note of a batch that this run has made under this key; the first one counts."""
        if self._own is None:
            self._own = _Witness(key, batch_id)

    def inherit(self, key: str, batch_id: UUID) -> None:
        """Take note of a batch that an earlier run has made."""
        self._inherited = _Witness(key, batch_id)

    async def batch_of(self, key: str) -> UUID | Word:
        """The one batch that was made with this key."""
        found = await self._find(key)
        if isinstance(found, UUID) and not await self._keys_are_filtered():
            return Word.UNCLEAR
        return found

    async def denial_counts(self, *, resumed: bool) -> bool | None:
        """Whether a batch that is not found is not there. The look-up is tried on batches of ours, until it answers.

        Args:
            resumed: The chunk was sent by an earlier run.

        Returns:
            None if it could not be asked just now.
        """
        if not await self._keys_are_filtered():
            return None if self._filters is None else False
        witnesses = [self._own, self._inherited] if resumed else [self._own]
        known = [witness for witness in witnesses if witness is not None]
        async with self._one_at_a_time:
            for witness in known:
                if witness.found is None:
                    word = await self._find(witness.key)
                    if word is Word.UNCLEAR:
                        return None
                    witness.found = word == witness.batch_id
        return bool(known) and all(witness.found for witness in known)

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
