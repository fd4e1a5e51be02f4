"""What the sandbox knows, and how it changes with time. No I/O; the clock is given."""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from attrs import Factory, frozen

from amili_async.clock import Clock
from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.books import Books
from amili_async.sandbox.entities import Batch, Case, LedgerEntry, Organization
from amili_async.sandbox.events import Event, case_updated
from amili_async.sandbox.ids import Ids
from amili_async.sandbox.jsonio import canonical
from amili_async.sandbox.limits import check_integer
from amili_async.sandbox.problems import Problem
from amili_async.sandbox.processing import BATCH_TYPES, process
from amili_async.sandbox.records import Records
from amili_async.sandbox.settings import Settings, checked_id

__all__ = ["ADDITIONS", "Addition", "State"]

#: The methods that add somebody, as they stand in a state file.
ADDITIONS: Final = ("add_organization", "add_client")

Job = Callable[[datetime], None]


@frozen
class Addition:
    """An organization or a client that was added.

    Attributes:
        what: The method, one of `ADDITIONS`.
        given: Its arguments.
        known_as: The argument that would have given the id that it got.
    """

    what: str
    given: dict[str, Any]
    known_as: dict[str, Any] = Factory(dict)


class State:
    """All organizations and what is under way for them.

    Nothing happens in the background: a batch is worked off when its time has come and somebody looks, with the
    timestamps it would have had anyway. So a run is repeatable, whoever looks when.

    Args:
        settings: How to behave.
        clock: What time it is.
        ids: Where new ids come from.

    Attributes:
        listener: Is told of every event.
        on_added: Is told which organizations and clients are added.
        added: Those that were, besides the ones of the settings.
    """

    def __init__(self, settings: Settings, clock: Clock, ids: Ids) -> None:
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self.listener: Callable[[Event], None] | None = None
        self.on_added: Callable[[Addition], None] | None = None
        self._begin()

    def reset(self) -> None:
        """Forget everything, and begin again with the first id."""
        self._ids.restart()
        self._begin()

    def _begin(self) -> None:
        self._books: dict[str, Books] = {}
        self._clients: dict[int, ClientBooks] = {}
        self._pending: list[tuple[datetime, int, Job]] = []
        self._sequence = itertools.count()
        self._keys: dict[tuple[str, str], tuple[bytes, Batch]] = {}
        self.subject = self._ids.uuid()
        self.records = Records()
        self.added: list[Addition] = []
        self._add_organization("Sandbox Kreditor AS", self._settings.organization_id)
        self._clients[self._settings.client_no] = ClientBooks(self._settings.client_no, self._ids)

    @property
    def organizations(self) -> list[Organization]:
        """Every organization, oldest first."""
        return [books.organization for books in self._books.values()]

    def add_organization(self, name: str, *, organization_id: UUID | str | None = None) -> Organization:
        """Let one more organization use the sandbox; one that is there already stays as it is.

        Raises:
            ValueError: The id is no uuid, or that of an organization with another name.
        """
        self.catch_up()  # what is due takes its ids first, whoever looks
        wanted = None if organization_id is None else checked_id(organization_id)
        if wanted is not None and wanted in self._books:
            known = self._books[wanted].organization
            if known.name != name:
                raise ValueError(f"organization_id belongs to an organization already, by the name {known.name}")
            return known
        organization = self._add_organization(name, wanted)
        given = {"name": name, "organization_id": wanted}
        self._note(Addition("add_organization", given, {"organization_id": organization.id}))
        return organization

    def _add_organization(self, name: str, organization_id: str | None) -> Organization:
        organization = Organization(
            id=organization_id or self._ids.uuid(),
            number=f"{999_000_000 + len(self._books):09d}",
            name=name,
            creditor_id=self._ids.uuid(),
            creditor_number=str(10_001 + len(self._books)),
        )
        self._books[organization.id] = Books(organization, self._ids, join_cases=self._settings.join_cases)
        return organization

    def _note(self, addition: Addition) -> None:
        self.added.append(addition)
        if self.on_added is not None:
            self.on_added(addition)

    @property
    def clients(self) -> list[ClientBooks]:
        """Every ARM client, oldest first."""
        return list(self._clients.values())

    def add_client(self, number: int) -> ClientBooks:
        """Let one more ARM client use the sandbox; one that is there already stays as it is.

        Raises:
            ValueError: The number is none.
        """
        check_integer("number", number, least=0, most=2**31)
        if number not in self._clients:
            self._clients[number] = ClientBooks(number, self._ids)
            self._note(Addition("add_client", {"number": number}))
        return self._clients[number]

    def client(self, number: int) -> ClientBooks:
        """The books of an ARM client, with everything done that is due by now.

        Raises:
            Problem: There is no such client.
        """
        self.catch_up()
        client = self._clients.get(number)
        if client is None:
            raise Problem(404, "clientno is not known to this sandbox; it is the one that Sandbox.config() names")
        return client

    @property
    def all_books(self) -> list[Books]:
        """The books of every organization, with everything done that is due by now."""
        self.catch_up()
        return list(self._books.values())

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self._clock.now()

    def new_id(self) -> str:
        """An id that nothing has yet."""
        return self._ids.uuid()

    def later(self, job: Job, *, after_s: float) -> None:
        """Have something done when its time has come; the job is told that time."""
        self._schedule(self._clock.now() + timedelta(seconds=after_s), job)

    def _schedule(self, due: datetime, job: Job) -> None:
        heapq.heappush(self._pending, (due, next(self._sequence), job))

    @property
    def next_due(self) -> datetime | None:
        """When the next thing has to be done; None if nothing is under way."""
        return self._pending[0][0] if self._pending else None

    @property
    def under_way(self) -> int:
        """How much is still to be done."""
        return len(self._pending)

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
        self,
        organization_id: str,
        kind: str,
        items: Sequence[Mapping[str, Any]],
        *,
        key: str | None = None,
        subject_id: str | None = None,
    ) -> Batch:
        """Accept a write as a batch that is worked off later; a repeated idempotency key gives the first batch again.

        Args:
            organization_id: Whose write it is.
            kind: `invoices`, `payments`, `corrections` or `actions`.
            items: What is written.
            key: The idempotency key.
            subject_id: The case that the batch is about, if it is about one.

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
            subject_id=subject_id,
            idempotency_key=key if self._settings.store_idempotency_keys else None,
            succeeded=[],
            failed=[],
        )
        books.batches.add(batch.id, batch)
        books.batches.index(batch, "idempotency_key", [batch.idempotency_key])
        if fingerprint and key is not None:
            self._keys[books.organization.id, key] = (fingerprint, batch)
        self.later(lambda due: self._process(books, batch, items, due), after_s=self._settings.batch_delay_s)
        return batch

    def catch_up(self) -> None:
        """Do everything whose time has come, in order."""
        now = self._clock.now()
        while self._pending and self._pending[0][0] <= now:
            due, _, job = heapq.heappop(self._pending)
            job(due)

    def _process(self, books: Books, batch: Batch, items: Sequence[Mapping[str, Any]], due: datetime) -> None:
        known = len(books.cases)
        rejects = self._settings.reject_duplicates
        process(books, batch, items, at=due, reject_duplicates=rejects, tell=self.listener)
        if self._settings.case_step_s is not None:
            for case in books.cases.rows[known:]:
                self._step_later(books, case, due)

    def _step_later(self, books: Books, case: Case, at: datetime) -> None:
        step_s = self._settings.case_step_s
        if step_s is not None and case.status != "CLOSED":
            self._schedule(at + timedelta(seconds=step_s), lambda due: self._step(books, case, due))

    def _step(self, books: Books, case: Case, due: datetime) -> None:
        if case.status == "OPEN":
            changed = books.take_step(case, at=due)
            if changed is None:
                return
            if self.listener is not None:
                self.listener(case_updated(case, books.organization, [changed], at=due))
        self._step_later(books, case, due)

    def ledger(self, organization_id: str) -> dict[str, LedgerEntry]:
        """What was accepted, by invoice number: the truth that tests hold against what was sent.

        Raises:
            Problem: There is no such organization.
        """
        return self.books(organization_id).ledger()
