"""Amili as the engine sees it: takes chunks, opens batches, and can be told to misbehave."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from attrs import define, field

from amili_async.building import build_request
from amili_async.models.collection import (
    Batch,
    BatchAccepted,
    BatchItem,
    BatchReference,
    BatchStatus,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    Summary,
)
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
    """

    error: BaseException | None = None
    acts: bool = False
    latency_s: float = 0.1
    batch_s: float = 1.0
    batch_error: BaseException | None = None
    status: Literal["SUCCESS", "PARTIAL", "FAILED"] | str = "SUCCESS"
    failed: frozenset[int] = frozenset()
    attempts: int = 1


@define
class Sent:
    """A chunk that reached it."""

    records: list[dict[str, Any]]
    key: str
    size: int


@define
class FakeAmili:
    """A client without a network. `plans` are taken in the order in which chunks come; then all goes well."""

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
    clock: LoopClock = field(factory=LoopClock)
    _batches: dict[UUID, tuple[Plan, list[dict[str, Any]], float]] = field(factory=dict)

    def numbers(self) -> list[list[str]]:
        """The invoice numbers of each chunk, in the order of arrival."""
        return [[record["invoiceNumber"] for record in sent.records] for sent in self.sent]

    async def call(
        self, operation: Any, /, *path_args: Any, body: Any = None, options: RequestOptions | None = None, **params: Any
    ) -> Response[Any]:
        """Take a chunk, as `AmiliClient.call` does."""
        assert options is not None
        assert options.idempotency_key is not None
        request = build_request(operation, path_args, params, body, options)
        assert request.content is not None
        records = json.loads(request.content)[operation.batch]
        self.organizations.add(str(path_args[0]))
        self.sent.append(Sent(records, options.idempotency_key, len(request.content)))
        batch_id = UUID(int=len(self.sent) << 80, version=4)
        if self.plan_for is not None:
            plan = self.plan_for(records)
        else:
            plan = self.plans[len(self.sent) - 1] if len(self.sent) <= len(self.plans) else Plan()
        self.sending += 1
        self.most_sending = max(self.most_sending, self.sending)
        try:
            await asyncio.sleep(plan.latency_s)
        finally:
            self.sending -= 1
        if plan.error is None or plan.acts:
            self._act(plan, records)
        if plan.error is not None:
            raise plan.error
        self._batches[batch_id] = (plan, records, self.clock.monotonic() + plan.batch_s)
        return Response(
            status=202,
            headers={},
            request_id=None,
            attempts=plan.attempts,
            elapsed_s=plan.latency_s,
            content=b"",
            parsed=BatchAccepted(summary=Summary(status="SUCCESS"), data=BatchReference(batch_id=batch_id)),
        )

    async def wait_for_batch(
        self, organization_id: UUID | str, batch_id: UUID | str, *, max_wait_s: float | None = 300
    ) -> Batch:
        """Wait for the end of a batch, as `AmiliClient.wait_for_batch` does."""
        assert isinstance(batch_id, UUID)
        plan, records, ends = self._batches.pop(batch_id)
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
        return Batch(
            batch_id=batch_id,
            status=BatchStatus(plan.status),
            succeeded=[_item(record, batch_id.int + at) for at, record in enumerate(good)],
            failed=[_failed(record) for record in bad],
        )

    def _act(self, plan: Plan, records: Sequence[dict[str, Any]]) -> None:
        self.acted_on.update(
            record.get("invoiceNumber", "") for at, record in enumerate(records) if self._accepts(plan, at)
        )

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
