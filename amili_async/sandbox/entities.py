"""What the sandbox keeps: invoices, the cases they open, batches and settlements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from attrs import Factory, define, frozen

__all__ = [
    "ZERO",
    "Batch",
    "Case",
    "Claim",
    "Debtor",
    "Happening",
    "Invoice",
    "LedgerEntry",
    "Organization",
    "Settlement",
    "day_of",
    "timestamp",
]

ZERO: Final = Decimal(0)


def timestamp(instant: datetime) -> str:
    """An instant as the newest answers print it: UTC, milliseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day_of(text: str) -> date:
    """The day of a date or date-time as it was sent."""
    return date.fromisoformat(text[:10])


@frozen(kw_only=True)
class Organization:
    """A creditor."""

    id: str
    number: str
    name: str
    creditor_id: str
    creditor_number: str


@define(kw_only=True, eq=False)
class Claim:
    """A part of what is owed on an invoice."""

    type: str
    original: Decimal
    currency: str
    paid: Decimal = ZERO
    credited: Decimal = ZERO

    @property
    def heading(self) -> str:
        """What it counts as: `principal`, `fees` or `interest`."""
        # Only PRINCIPAL is documented; of the others the name has to say what they are.
        name = self.type.upper()
        if "FEE" in name:
            return "fees"
        return "interest" if "INTEREST" in name else "principal"

    @property
    def current(self) -> Decimal:
        """What the claim amounts to after corrections."""
        return self.original - self.credited

    @property
    def remaining(self) -> Decimal:
        """What is still owed of it."""
        return max(self.current - self.paid, ZERO)


@frozen(kw_only=True)
class Debtor:
    """A debtor as a case shows it; `given` is what was sent with the invoice."""

    id: str
    number: str
    given: Mapping[str, Any]


@define(kw_only=True, eq=False)
class Invoice:
    """An accepted invoice. Amounts are sums of what was reported, exact."""

    id: str
    number: str
    type: str
    original: Decimal
    currency: str
    invoice_date: str | None
    due_date: str | None
    source_id: str | None
    description: str | None
    ocr: str
    claims: Sequence[Claim]
    debtors: Sequence[Debtor]
    batch_id: str
    registered_at: datetime
    case: Case
    paid: Decimal = ZERO
    credited: Decimal = ZERO

    @property
    def current(self) -> Decimal:
        """What the invoice amounts to after corrections."""
        return self.original - self.credited

    @property
    def remaining(self) -> Decimal:
        """What is still owed; an overpayment does not make it negative."""
        return max(self.current - self.paid, ZERO)

    @property
    def customer_numbers(self) -> list[str]:
        """The creditor's numbers of its debtors."""
        return [str(debtor.given["customerNumber"]) for debtor in self.debtors if debtor.given.get("customerNumber")]

    @property
    def remaining_principal(self) -> Decimal:
        """What is still owed of the principal."""
        return sum((claim.remaining for claim in self.claims if claim.type == "PRINCIPAL"), ZERO)


@frozen(kw_only=True)
class Happening:
    """Something that was done with a case."""

    at: datetime
    message: str


@define(kw_only=True, eq=False)
class Case:
    """A collection case. Who owes and what is unpaid is kept beside the invoices, of which there may be thousands."""

    id: str
    number: int
    type: str
    description: str | None
    registered_at: datetime
    invoices: list[Invoice]
    customer_numbers: set[str] = Factory(set)
    unpaid: set[str] = Factory(set)
    status: str = "OPEN"
    sub_status: str | None = None
    closed_at: datetime | None = None
    is_withdrawn: bool = False
    history: list[Happening] = Factory(list)


@define(kw_only=True, eq=False)
class Batch:
    """A write that is processed after it was accepted."""

    id: str
    kind: str
    type: str
    created_at: datetime
    created_by: str
    idempotency_key: str | None
    subject_id: str | None = None
    status: str = "QUEUED"
    finished_at: datetime | None = None
    succeeded: list[dict[str, Any]]
    failed: list[dict[str, Any]]


@frozen(kw_only=True)
class Settlement:
    """What became of one payment."""

    id: str
    number: int
    invoice: Invoice
    amount: Decimal
    currency: str
    settled_at: datetime
    principal: Decimal
    fees: Decimal
    interest: Decimal


@frozen(kw_only=True)
class LedgerEntry:
    """What the sandbox knows of one invoice number, for tests to hold against what was sent.

    Attributes:
        invoice_number: The creditor's number.
        amounts: The amount of every acceptance, in order.
        currency: Of the first acceptance.
        accepted: How often an invoice with this number was accepted; more than once means a person is dunned twice.
        paid: Sum of the payments reported.
        credited: Sum of the corrections reported.
        remaining: What is still owed.
    """

    invoice_number: str
    amounts: tuple[Decimal, ...]
    currency: str
    accepted: int
    paid: Decimal
    credited: Decimal
    remaining: Decimal
