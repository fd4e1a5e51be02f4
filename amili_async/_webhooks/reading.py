"""The body and headers of a delivery to an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypedDict, TypeVar
from uuid import UUID

from amili_async._webhooks.events import (
    BatchCompleted,
    CaseCreated,
    CaseUpdated,
    Event,
    SettlementCreated,
    UnknownEvent,
)
from amili_async._webhooks.headers import Delivery
from amili_async._webhooks.payload import read_field, read_model
from amili_async.errors import WebhookError
from amili_async.models.collection import (
    WebhookBatchCompleted,
    WebhookCase,
    WebhookCaseUpdated,
    WebhookEventType,
    WebhookSettlementCreated,
    WebhookSource,
)

__all__ = ["read_event"]

T = TypeVar("T")

# Events about batches and settlements use the first of each pair, those about cases the second.
_TYPE_NAMES: Final = ("type", "eventType")
_ORGANIZATION_NAMES: Final = ("organizationId", "orgId")


class _Read(Protocol):
    def __call__(self, payload: dict[str, Any], type_: type[T], *path: str) -> T | None: ...


class _Shared(TypedDict):
    type: WebhookEventType
    header_type: str | None
    id: UUID | None
    source: WebhookSource | None
    timestamp: dt.datetime | None
    organization_id: UUID | None
    idempotency_key: str | None
    request_id: str | None
    raw: dict[str, Any]


def read_event(payload: dict[str, Any], delivery: Delivery) -> Event:
    """Read an event of any type, also of one that is not known.

    Raises:
        WebhookError: There is no type, or a field of a known event is of another type than documented.
    """
    type_ = _event_type(payload)
    read = _READERS.get(type_)
    return _unknown(type_, payload, delivery) if read is None else read(type_, payload, delivery)


def _event_type(payload: dict[str, Any]) -> str:
    given = {name: payload[name] for name in _TYPE_NAMES if payload.get(name) is not None}
    texts = [value for value in given.values() if isinstance(value, str)]
    for text in texts:  # should both names ever come, one of them may mean something else
        if text in _READERS:
            return text
    if texts:
        return texts[0]
    if given:
        raise WebhookError(f"the webhook's type is not a string at $.{next(iter(given))}")
    raise WebhookError("the webhook has no type: neither $.type nor $.eventType is there")


def _shared(type_: str, payload: dict[str, Any], delivery: Delivery, read: _Read = read_field) -> _Shared:
    organizations = (read(payload, UUID, "data", name) for name in _ORGANIZATION_NAMES)
    return {
        "type": WebhookEventType(type_),
        "id": read(payload, UUID, "id"),
        "source": read(payload, WebhookSource, "source"),
        "timestamp": read(payload, dt.datetime, "timeStamp"),
        "organization_id": next((found for found in organizations if found is not None), None),
        "header_type": delivery.header_type,
        "idempotency_key": delivery.idempotency_key,
        "request_id": delivery.request_id,
        "raw": payload,
    }


def _batch_completed(type_: str, payload: dict[str, Any], delivery: Delivery) -> BatchCompleted:
    model = read_model(payload, WebhookBatchCompleted)
    return BatchCompleted(
        batch_id=model.data.batch_id,
        status=model.data.status,
        model=model,
        **_shared(type_, payload, delivery),
    )


def _settlement_created(type_: str, payload: dict[str, Any], delivery: Delivery) -> SettlementCreated:
    model = read_model(payload, WebhookSettlementCreated)
    return SettlementCreated(
        settlement_id=model.data.settlement_id,
        settlement_date=model.data.settlement_date,
        invoice_id=model.data.invoice_id,
        invoice_number=model.data.invoice_number,
        case_number=model.data.case_number,
        model=model,
        **_shared(type_, payload, delivery),
    )


def _case_created(type_: str, payload: dict[str, Any], delivery: Delivery) -> CaseCreated:
    model = read_model(payload, WebhookCase)
    return CaseCreated(
        case_id=model.data.case_id,
        case_number=model.data.case_number,
        case_type=model.data.type,
        status=model.data.status,
        invoices=_tuple(model.data.invoices),
        model=model,
        **_shared(type_, payload, delivery),
    )


def _case_updated(type_: str, payload: dict[str, Any], delivery: Delivery) -> CaseUpdated:
    model = read_model(payload, WebhookCaseUpdated)
    return CaseUpdated(
        case_id=model.data.case_id,
        case_number=model.data.case_number,
        case_type=model.data.type,
        status=model.data.status,
        invoices=_tuple(model.data.invoices),
        fields=_tuple(model.data.fields),
        model=model,
        **_shared(type_, payload, delivery),
    )


def _unknown(type_: str, payload: dict[str, Any], delivery: Delivery) -> UnknownEvent:
    return UnknownEvent(**_shared(type_, payload, delivery, _read_if_it_fits))


def _read_if_it_fits(payload: dict[str, Any], type_: type[T], *path: str) -> T | None:
    # A new event must not need a release: what does not fit is left to `raw`.
    try:
        return read_field(payload, type_, *path)
    except WebhookError:
        return None


def _tuple(items: list[T] | None) -> tuple[T, ...] | None:
    return None if items is None else tuple(items)


_READERS: Final[Mapping[str, Callable[[str, dict[str, Any], Delivery], Event]]] = {
    "BATCH_COMPLETED": _batch_completed,
    "SETTLEMENT_CREATED": _settlement_created,
    "CASE": _case_created,
    "CASE_CREATED": _case_created,
    "CASE_UPDATED": _case_updated,
}
