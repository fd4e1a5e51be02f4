"""What differs between invoices, payments and corrections; everything else is one engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import evolve, frozen

from amili_async.bulk.chunks import Entry, Name
from amili_async.operations import Operation

__all__ = ["Kind", "corrections", "invoices", "payments"]


@frozen(kw_only=True)
class Kind:
    """One kind of record, and how it is submitted.

    Attributes:
        name: Plural, for messages; also the wire name of the list in the request body.
        operation: The write.
        item: Model of a record.
        own_key: The record's own key, or None if this one has none. None if this kind of record never has one.
        former_key: The key that a record with an id had before it got that: its number; None for one without an id or
            without a number. None if this kind of record never has an id.
        without_id: An encoded record as it was encoded before it had its id. None if this kind never has one.
        key_advice: What to set so that a record has a key.
        names: Under which wire names and values an answer may name the record.
        money: Amount and currency, for the totals.
        encode: A record as JSON.
        secrets: Personal data in an encoded record.
    """

    name: str
    operation: Operation[Any]
    item: type
    own_key: Callable[[Any], str | None] | None
    former_key: Callable[[Any], str | None] | None = None
    without_id: Callable[[bytes], bytes] | None = None
    key_advice: str = ""
    names: Callable[[Any], tuple[Name, ...]]
    money: Callable[[Any], tuple[Decimal | None, str | None]]
    encode: Callable[[Any], bytes]
    secrets: Callable[[bytes], set[str]]

    @property
    def overhead(self) -> int:
        """Bytes of the request body around the records."""
        return len(self.content(()))

    def content(self, entries: Iterable[Entry]) -> bytes:
        """The request body's bytes."""
        return b'{"%b":[%b]}' % (self.name.encode(), b",".join(entry.content for entry in entries))


# The models load with the first submission, so that `import amili_async` stays light.


@cache
def invoices() -> Kind:
    """CreateInvoices."""
    from amili_async import codec
    from amili_async.endpoints.collection._operations import CREATE_INVOICES
    from amili_async.models.collection import CreateInvoiceItem

    def names(record: CreateInvoiceItem) -> tuple[Name, ...]:
        number = _name("invoiceNumber", record.invoice_number)
        return number + _name("uniqueSourceInvoiceId", record.unique_source_invoice_id)

    def former_key(record: CreateInvoiceItem) -> str | None:
        return record.invoice_number or None if record.unique_source_invoice_id else None

    def without_id(content: bytes) -> bytes:
        # Of what was encoded, and not of the record: that may be of a class of the caller's own, made in another way.
        return codec.encode(evolve(codec.decode(content, CreateInvoiceItem), unique_source_invoice_id=None))

    return _kind(
        "invoices",
        CREATE_INVOICES,
        CreateInvoiceItem,
        own_key=lambda record: record.unique_source_invoice_id or record.invoice_number,
        former_key=former_key,
        without_id=without_id,
        key_advice="set unique_source_invoice_id or invoice_number",
        names=names,
        money=lambda record: (record.original_invoice_amount, record.currency),
    )


@cache
def payments() -> Kind:
    """CreatePayments."""
    from amili_async.endpoints.collection._operations import CREATE_PAYMENTS
    from amili_async.models.collection import CreatePaymentItem

    return _kind(
        "payments",
        CREATE_PAYMENTS,
        CreatePaymentItem,
        names=lambda record: _name("invoiceId", record.invoice_id),
        money=lambda record: (record.amount, record.currency),
    )


@cache
def corrections() -> Kind:
    """CreateCorrections."""
    from amili_async.endpoints.collection._operations import CREATE_CORRECTIONS
    from amili_async.models.collection import CreateCorrectionItem

    return _kind(
        "corrections",
        CREATE_CORRECTIONS,
        CreateCorrectionItem,
        names=lambda record: _name("invoiceId", record.invoice_id),
        money=lambda record: (record.amount, record.currency),
    )


def _kind(
    name: str,
    operation: Operation[Any],
    item: type,
    *,
    names: Callable[[Any], tuple[Name, ...]],
    money: Callable[[Any], tuple[Decimal | None, str | None]],
    own_key: Callable[[Any], str | None] | None = None,
    former_key: Callable[[Any], str | None] | None = None,
    without_id: Callable[[bytes], bytes] | None = None,
    key_advice: str = "",
) -> Kind:
    from amili_async import codec
    from amili_async.bulk.reasons import sensitive_texts

    def secrets(content: bytes) -> set[str]:
        return sensitive_texts(codec.decode(content, item))

    return Kind(
        name=name,
        operation=operation,
        item=item,
        own_key=own_key,
        former_key=former_key,
        without_id=without_id,
        key_advice=key_advice,
        names=names,
        money=money,
        encode=codec.encode,
        secrets=secrets,
    )


def _name(wire: str, value: Any) -> tuple[Name, ...]:
    # Trimmed, since a server may trim: "1001" and "1001 " could be confused.
    return ((wire, text),) if value is not None and (text := str(value).strip()) else ()
