"""What is told to webhooks. The bodies are the documentation's, with its two names for the type and for the owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from amili_async.sandbox.entities import Batch, Case, Organization, Settlement

__all__ = ["Event", "batch_completed", "case_opened", "case_updated", "settlement_created"]


@frozen(kw_only=True)
class Event:
    """Something that has happened.

    Attributes:
        kind: `BATCH_COMPLETED`, `SETTLEMENT_CREATED`, `CASE` or `CASE_UPDATED`.
        at: When.
        data: The event's own part of the body.
    """

    kind: str
    at: datetime
    data: Mapping[str, Any]

    def body(self, event_id: str) -> dict[str, Any]:
        """The body that is sent."""
        # The two case events have another name for the type: so the documentation prints it.
        name = "eventType" if self.kind.startswith("CASE") else "type"
        stamp = self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"id": event_id, name: self.kind, "source": "COLLECTION", "timeStamp": stamp, "data": dict(self.data)}


def batch_completed(batch: Batch, organization: Organization, *, at: datetime) -> Event:
    """A batch has ended."""
    data = {"batchId": batch.id, "organizationId": organization.id, "status": batch.status}
    return Event(kind="BATCH_COMPLETED", at=at, data=data)


def settlement_created(settlement: Settlement, organization: Organization, *, at: datetime) -> Event:
    """A settlement was made."""
    invoice = settlement.invoice
    data = {
        "settlementId": settlement.id,
        "organizationId": organization.id,
        "settlementDate": settlement.settled_at.astimezone(UTC).date().isoformat(),
        "invoiceId": invoice.id,
        "invoiceNumber": invoice.number,
        "caseNumber": str(invoice.case.number),
    }
    return Event(kind="SETTLEMENT_CREATED", at=at, data=data)


def case_opened(case: Case, organization: Organization, *, at: datetime) -> Event:
    """A case was opened."""
    return Event(kind="CASE", at=at, data=_case(case, organization))


def case_updated(case: Case, organization: Organization, fields: Sequence[str], *, at: datetime) -> Event:
    """A case has changed."""
    return Event(kind="CASE_UPDATED", at=at, data={**_case(case, organization), "fields": list(fields)})


def _case(case: Case, organization: Organization) -> dict[str, Any]:
    return {
        "orgId": organization.id,
        "caseId": case.id,
        "caseNumber": str(case.number),
        "type": case.type,
        "status": case.status,
        "invoices": [invoice.id for invoice in case.invoices],
    }
