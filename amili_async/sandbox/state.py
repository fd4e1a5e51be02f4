"""What the sandbox knows, and how it changes with time. No I/O; the clock is given."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from amili_async.clock import Clock
from amili_async.sandbox.books import Books
from amili_async.sandbox.entities import Batch, LedgerEntry, Organization
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.jsonio import canonical
from amili_async.sandbox.problems import Problem
from amili_async.sandbox.processing import BATCH_TYPES, process
from amili_async.sandbox.settings import Settings

__all__ = ["State"]


@frozen
class _Pending:
    books: Books
    batch: Batch
    items: Sequence[Mapping[str, Any]]


class State:
    """All organizations and what is under way for them.

    Nothing happens in the background: a batch is worked off when its time has come and somebody looks, with the
    timestamps it would have had anyway. So a run is repeatable, whoever looks when.

    Args:
        settings: How to behave.
        clock: What time it is.
        ids: Where new ids come from.
    """

    def __init__(self, settings: Settings, clock: Clock, ids: Ids) -> None:
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self._books: dict[str, Books] = {}
        self._pending: list[tuple[datetime, int, _Pending]] = []
        self._sequence = itertools.count()
        self._keys: dict[tuple[str, str], tuple[bytes, Batch]] = {}
        self.subject = ids.uuid()
        self.add_organization("Sandbox Kreditor AS", organization_id=settings.organization_id)

    @property
    def organizations(self) -> list[Organization]:
        """Every organization, oldest first."""
        return [books.organization for books in self._books.values()]

    def add_organization(self, name: str, *, organization_id: str | None = None) -> Organization:
        """Let one more organization use the sandbox."""
        organization = Organization(
            id=(organization_id or self._ids.uuid()).lower(),
            number=f"{999_000_000 + len(self._books):09d}",
            name=name,
            creditor_id=self._ids.uuid(),
            creditor_number=str(10_001 + len(self._books)),
        )
        self._books[organization.id] = Books(organization, self._ids)
        return organization

    def books(self, organization_id: str) -> Books:
        """The books of an organization, with everything done that is due by now.

        Raises:
            Problem: There is no such organization.
        """
        self.catch_up()
        books = self._books.get(str(organization_id).lower())
        if books is None:
            raise Problem(404, "organizationId is not known to this sandbox; it is the one that Sandbox.config() names")
        return books

    def submit(
        self, organization_id: str, kind: str, items: Sequence[Mapping[str, Any]], *, key: str | None = None
    ) -> Batch:
        """Accept a write as a batch that is worked off later; a repeated idempotency key gives the first batch again.

        Raises:
            Problem: There is no such organization, or the key was used for something else.
        """
        books = self.books(organization_id)
        fingerprint = b""
        if key is not None and self._settings.honour_idempotency_keys:
            fingerprint = hashlib.sha256(canonical([kind, items])).digest()
            known = self._keys.get((books.organization.id, key))
            if known is not None:
                if known[0] != fingerprint:
                    raise Problem(409, "the idempotency key was used before, for another request; use a fresh one")
                return known[1]
        now = self._clock.now()
        batch = Batch(
            id=self._ids.uuid(),
            kind=kind,
            type=BATCH_TYPES[kind],
            created_at=now,
            created_by=self.subject,
            idempotency_key=key if self._settings.store_idempotency_keys else None,
            succeeded=[],
            failed=[],
        )
        books.batches.add(batch.id, batch)
        books.batches.index(batch, "idempotency_key", [batch.idempotency_key])
        if fingerprint and key is not None:
            self._keys[books.organization.id, key] = (fingerprint, batch)
        due = now + timedelta(seconds=self._settings.batch_delay_s)
        heapq.heappush(self._pending, (due, next(self._sequence), _Pending(books, batch, items)))
        return batch

    def catch_up(self) -> None:
        """Work off every batch whose time has come, in order."""
        now = self._clock.now()
        while self._pending and self._pending[0][0] <= now:
            due, _, job = heapq.heappop(self._pending)
            process(job.books, job.batch, job.items, at=due, reject_duplicates=self._settings.reject_duplicates)

    def ledger(self, organization_id: str) -> dict[str, LedgerEntry]:
        """What was accepted, by invoice number: the truth that tests hold against what was sent.

        Raises:
            Problem: There is no such organization.
        """
        return self.books(organization_id).ledger()
