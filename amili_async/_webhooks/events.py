"""The events, a class for each, with the odd names of the wire made even.

Fields are those of the generated models, which stand beside them as `model`. As there, any of them may be None: the
documentation does not say which ones always come.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias
from uuid import UUID

from attrs import field, frozen

from amili_async.models.collection import (
    BatchStatus,
    CaseStatus,
    CaseType,
    WebhookBatchCompleted,
    WebhookCase,
    WebhookCaseUpdated,
    WebhookChangedField,
    WebhookEventType,
    WebhookSettlementCreated,
    WebhookSource,
)

__all__ = ["BatchCompleted", "CaseCreated", "CaseUpdated", "Event", "SettlementCreated", "UnknownEvent"]


@frozen(kw_only=True)
class _AnyEvent:
    """What all events share.

    Attributes:
        type: As the body has it, in `type` or in `eventType`.
        header_type: As the header `X-Amili-Event` has it. Which words it uses is not documented, so it may differ.
        id: Id of the event.
        source: The product that the event comes from.
        timestamp: `timeStamp`: when it happened or was sent, which of the two is not documented.
        organization_id: `organizationId` or `orgId`.
        idempotency_key: From the header `IdempotencyKey`: drop duplicates by it.
        request_id: From the header `X-Amili-Request-Id`: quote it to Amili's support.
        raw: The whole body as plain JSON values, numbers as int or `Decimal`, with fields that the spec does not name.
    """

    type: WebhookEventType
    header_type: str | None = None
    id: UUID | None = None
    source: WebhookSource | None = None
    timestamp: dt.datetime | None = None
    organization_id: UUID | None = None
    idempotency_key: str | None = None
    request_id: str | None = None
    # Not in repr: what the spec does not name may be personal data.
    raw: dict[str, Any] = field(factory=dict, repr=False, hash=False)


@frozen(kw_only=True)
class BatchCompleted(_AnyEvent):
    """Amili has finished a batch. What became of each item is read with GetBatchById, or `wait_for_batch`.

    Attributes:
        batch_id: The batch.
        status: `SUCCESS`, `PARTIAL` or `FAILED`.
        model: The body as a model.
    """

    batch_id: UUID | None = None
    status: BatchStatus | None = None
    model: WebhookBatchCompleted = field(repr=False, hash=False)


@frozen(kw_only=True)
class SettlementCreated(_AnyEvent):
    """A settlement was made, for one invoice. It is read with GetSettlementById.

    Attributes:
        settlement_id: The settlement.
        settlement_date: A plain date; its time zone is not documented.
        invoice_id: Amili's id of the invoice.
        invoice_number: The creditor's invoice number.
        case_number: A string here, a number in cases.
        model: The body as a model.
    """

    settlement_id: UUID | None = None
    settlement_date: dt.date | None = None
    invoice_id: UUID | None = None
    invoice_number: str | None = None
    case_number: str | None = None
    model: WebhookSettlementCreated = field(repr=False, hash=False)


@frozen(kw_only=True)
class _CaseEvent(_AnyEvent):
    """What both events about cases share.

    Attributes:
        case_id: The case.
        case_number: A string here, a number in cases.
        case_type: Stage of collection, `type` on the wire; not the type of the event.
        status: Where the case stands.
        invoices: Amili's ids of its invoices; None if the event does not say.
    """

    case_id: UUID | None = None
    case_number: str | None = None
    case_type: CaseType | None = None
    status: CaseStatus | None = None
    invoices: tuple[UUID, ...] | None = None


@frozen(kw_only=True)
class CaseCreated(_CaseEvent):
    """A case was opened, presumably: the documentation prints the type `CASE`; `CASE_CREATED` is taken as well.

    Attributes:
        model: The body as a model.
    """

    model: WebhookCase = field(repr=False, hash=False)


@frozen(kw_only=True)
class CaseUpdated(_CaseEvent):
    """A case has changed.

    Attributes:
        fields: Presumably what has changed, by its wire name; None if the event does not say.
        model: The body as a model.
    """

    fields: tuple[WebhookChangedField, ...] | None = None
    model: WebhookCaseUpdated = field(repr=False, hash=False)


@frozen(kw_only=True)
class UnknownEvent(_AnyEvent):
    """An event that this version does not know. `raw` has all of it; the other fields are filled where they fit."""


Event: TypeAlias = BatchCompleted | SettlementCreated | CaseCreated | CaseUpdated | UnknownEvent
