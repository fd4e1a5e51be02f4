"""Amili as the engine sees it: takes chunks, opens batches, and can be told to misbehave."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from attrs import define, field

from amili_async import codec
from amili_async.building import build_request
from amili_async.bulk.plain_batches import PlainBatch
from amili_async.config import Config
from amili_async.errors import AmiliError, NotFoundError, RateLimitedError, ServerError, TransportError
from amili_async.models.collection import (
    Batch,
    BatchAccepted,
    BatchItem,
    BatchList,
    BatchReference,
    BatchStatus,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    Invoice,
    InvoiceList,
    Summary,
)
from amili_async.operations import Requester
from amili_async.options import RequestOptions
from amili_async.request import Response
from tests.bulk.virtual_time import LoopClock

ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


def invoice(number: int | str, *, amount: str = "100.00", **fields: Any) -> CreateInvoiceItem:
    """An invoice against somebody who does not exist."""
    given: dict[str, Any] = {
        "invoice_number": str(number),
        "original_invoice_amount": Decimal(amount),
        "currency": "NOK",
        "debtors": [CreateInvoiceDebtor(firstname="Fiktiva", lastname="Testesen")],
    }
    return CreateInvoiceItem(**{**given, **fields})


def invoices(count: int) -> list[CreateInvoiceItem]:
    """Invoices numbered from 0."""
    return [invoice(number) for number in range(count)]


@define
class Plan:
    """What becomes of one chunk.

    Attributes:
        error: Raised instead of an answer.
        acts: Whether the chunk is acted on although an error is raised.
        latency_s: Until the answer.
        batch_s: From the answer to the end of the batch.
        batch_error: Raised instead of the final batch.
        status: Of the final batch.
        failed: Which positions of the chunk fail, if it is PARTIAL.
        attempts: How often the request was sent.
        passing: The error may be gone when the chunk is sent again; else it stays for as often as a chunk may be sent.
        late_s: It is acted on so long after it was sent, whatever has become of its sender by then.
    """

    error: BaseException | None = None
    acts: bool = False
    latency_s: float = 0.1
    batch_s: float = 1.0
    batch_error: BaseException | None = None
    status: Literal["SUCCESS", "PARTIAL", "FAILED"] | str = "SUCCESS"
    failed: frozenset[int] = frozenset()
    attempts: int = 1
    passing: bool = False
    late_s: float | None = None


@define
class Sent:
    """A chunk that reached it."""

    records: list[dict[str, Any]]
    key: str
    size: int
    at: float


@define
class FakeAmili:
    """A client without a network. `plans` are taken in the order in which chunks come; then all goes well.

    Attributes:
        finds_batches: Batches can be looked up by idempotency key.
        finds_anything: ... and the look-up ignores the key it is given.
        finds_invoices: Invoices can be looked up by the creditor's own id.
        forgets: Batches are not kept under their key after all.
        honours_keys: A key that comes again is not acted on again.
        unlisted: Which of the chunks, in the order of arrival, have batches that no look-up finds.
        answers: Errors that look-ups for a value end with, one after the other, before they are answered.
        asked: The look-ups made, as operation and value.
    """

    plans: list[Plan] = field(factory=list)
    plan_for: Callable[[list[dict[str, Any]]], Plan] | None = None
    sent: list[Sent] = field(factory=list)
    acted_on: Counter[str] = field(factory=Counter)
    organizations: set[str] = field(factory=set)
    waits: list[float | None] = field(factory=list)
    sending: int = 0
    most_sending: int = 0
    waiting: int = 0
    most_waiting: int = 0
    finds_batches: bool = False
    finds_anything: bool = False
    finds_invoices: bool = False
    honours_keys: bool = False
    forgets: bool = False
    unlisted: set[int] = field(factory=set)
    answers: dict[str, list[AmiliError]] = field(factory=dict)
    asked: list[tuple[str, str]] = field(factory=list)
    clock: LoopClock = field(factory=LoopClock)
    config: Config = field(factory=lambda: Config(environment="sandbox"))
    rng: random.Random = field(factory=lambda: random.Random(5))
    _by_key: dict[str, UUID] = field(factory=dict)
    _source_ids: set[str] = field(factory=set)
    _batches: dict[UUID, tuple[Plan, list[dict[str, Any]], float]] = field(factory=dict)
    _on_the_way: list[tuple[datetime, Sent]] = field(factory=list)

    def numbers(self) -> list[list[str]]:
        """The invoice numbers of each chunk, in the order of arrival."""
        return [[record["invoiceNumber"] for record in sent.records] for sent in self.sent]

    async def call(
        self, operation: Any, /, *path_args: Any, body: Any = None, options: RequestOptions | None = None, **params: Any
    ) -> Response[Any]:
        """Take a chunk or a question, as `AmiliClient.call` does."""
        if operation.is_read:
            return await self._answer(operation.id, **params)
        assert options is not None
        assert options.idempotency_key is not None
        request = build_request(operation, path_args, params, body, options)
        assert request.content is not None
        records = json.loads(request.content)[operation.batch]
        self.arrive_due()
        self.organizations.add(str(path_args[0]))
        self.sent.append(Sent(records, options.idempotency_key, len(request.content), self.clock.monotonic()))
        batch_id = UUID(int=len(self.sent) << 80, version=4)
        if self.plan_for is not None:
            plan = self.plan_for(records)
        else:
            plan = self.plans[len(self.sent) - 1] if len(self.sent) <= len(self.plans) else Plan()
        if plan.late_s is not None:
            self._on_the_way.append((self.clock.now() + timedelta(seconds=plan.late_s), self.sent[-1]))
        self.sending += 1
        self.most_sending = max(self.most_sending, self.sending)
        try:
            await asyncio.sleep(plan.latency_s)
        finally:
            self.sending -= 1
        if self.honours_keys and options.idempotency_key in self._by_key:
            batch_id = self._by_key[options.idempotency_key]
        elif plan.error is None or plan.acts:
            self._act(plan, records)
            self._by_key[options.idempotency_key] = batch_id
            self._batches[batch_id] = (plan, records, self.clock.monotonic() + plan.batch_s)
        if plan.error is not None:
            if not plan.passing and isinstance(plan.error, (TransportError, RateLimitedError, ServerError)):
                plan.error.attempts = max(plan.error.attempts, self.config.max_attempts)
            raise plan.error
        return Response(
            status=202,
            headers={},
            request_id=None,
            attempts=plan.attempts,
            elapsed_s=plan.latency_s,
            content=b"",
            parsed=BatchAccepted(summary=Summary(status="SUCCESS"), data=BatchReference(batch_id=batch_id)),
        )

    def arrive_late(self, at: int) -> None:
        """Act on a request now that seemed lost."""
        sent, batch_id = self.sent[at], UUID(int=1, version=4)
        self._act(Plan(), sent.records)
        self._by_key[sent.key] = batch_id
        self._batches[batch_id] = (Plan(), sent.records, self.clock.monotonic())

    def arrive_due(self) -> None:
        """Act on what has arrived by now."""
        now = self.clock.now()
        for due, sent in [each for each in self._on_the_way if each[0] <= now]:
            self._on_the_way.remove((due, sent))
            if self.honours_keys and sent.key in self._by_key:
                continue
            batch_id = UUID(int=(1 << 100) + len(self._batches), version=4)
            self._act(Plan(), sent.records)
            self._by_key[sent.key] = batch_id
            self._batches[batch_id] = (Plan(), sent.records, self.clock.monotonic())

    def forget_what_is_under_way(self) -> None:
        """The process on the other side is dead: its time is over, and its connections are closed."""
        self.sending = self.waiting = 0
        self._batches = {key: (plan, records, 0.0) for key, (plan, records, _) in self._batches.items()}

    async def _answer(self, operation_id: str, **params: str) -> Response[Any]:
        await asyncio.sleep(0.01)
        self.arrive_due()
        (value,) = params.values()
        self.asked.append((operation_id, value))
        if self.answers.get(value):
            raise self.answers[value].pop(0)
        found: Any
        if operation_id == "GetBatchesByOrganization" and (self.finds_batches or self.finds_anything):
            hidden = {self.sent[at].key for at in self.unlisted if at < len(self.sent)}
            known = {} if self.forgets else {key: each for key, each in self._by_key.items() if key not in hidden}
            ids = set(known.values()) if self.finds_anything else {known.get(value)}
            found = BatchList(data=[Batch(batch_id=each) for each in ids if each is not None])
        elif operation_id == "GetInvoicesByOrganization" and self.finds_invoices:
            ids_there = self._source_ids & {value}
            found = InvoiceList(data=[Invoice(unique_source_invoice_id=each) for each in ids_there])
        else:
            raise NotFoundError("there is no such list", status=404)
        return Response(status=200, headers={}, request_id=None, attempts=1, elapsed_s=0.01, content=b"", parsed=found)

    async def wait_for_batch(
        self,
        organization_id: UUID | str,
        batch_id: UUID | str,
        *,
        max_wait_s: float | None = 300,
        via: Requester | None = None,
    ) -> PlainBatch:
        """Wait for the end of a batch, as `AmiliClient.wait_for_batch` does."""
        assert isinstance(batch_id, UUID)
        plan, records, ends = self._batches[batch_id]
        self.waits.append(max_wait_s)
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        try:
            await asyncio.sleep(max(0.0, ends - self.clock.monotonic()))
        finally:
            self.waiting -= 1
        if plan.batch_error is not None:
            raise plan.batch_error
        good = [record for at, record in enumerate(records) if self._accepts(plan, at)]
        bad = [record for at, record in enumerate(records) if not self._accepts(plan, at)]
        succeeded = [_item(record, batch_id.int + at) for at, record in enumerate(good)]
        failed = [_failed(record) for record in bad]
        # Read by `via`, as the engine has it.
        return PlainBatch(
            status=BatchStatus(plan.status),
            succeeded=codec.unstructure(succeeded),
            failed=codec.unstructure(failed),
        )

    def _act(self, plan: Plan, records: Sequence[dict[str, Any]]) -> None:
        good = [record for at, record in enumerate(records) if self._accepts(plan, at)]
        self.acted_on.update(record.get("invoiceNumber", "") for record in good)
        self._source_ids.update(record["uniqueSourceInvoiceId"] for record in good if "uniqueSourceInvoiceId" in record)

    @staticmethod
    def _accepts(plan: Plan, at: int) -> bool:
        return plan.status == "SUCCESS" or (plan.status == "PARTIAL" and at not in plan.failed)


def _item(record: dict[str, Any], number: int) -> BatchItem:
    return BatchItem(
        invoice_id=UUID(int=number, version=4), invoice_number=record.get("invoiceNumber"), case_id=str(number)
    )


def _failed(record: dict[str, Any]) -> BatchItem:
    item = BatchItem(invoice_number=record.get("invoiceNumber"))
    item.additional_properties["message"] = "the due date is missing"
    return item


def plain(items: Iterable[CreateInvoiceItem]) -> list[str]:
    """Their invoice numbers."""
    return [str(item.invoice_number) for item in items]
