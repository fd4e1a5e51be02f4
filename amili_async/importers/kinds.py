"""The three kinds of records that are pushed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Generic, Literal, TypeVar

from attrs import frozen

from amili_async.importers.records import ByInvoiceNumber, Record
from amili_async.models.collection import CreateCorrectionItem, CreateInvoiceItem, CreatePaymentItem

__all__ = ["CORRECTIONS", "INVOICES", "KINDS", "PAYMENTS", "KindName", "RecordKind"]

T_co = TypeVar("T_co", covariant=True)
KindName = Literal["invoices", "payments", "corrections"]


@frozen
class RecordKind(Generic[T_co]):
    """One kind of record; the type is that of what its files give.

    Attributes:
        name: Its name in the plural, as the commands have it.
        singular: One of them.
        model: The class of a record.
    """

    name: KindName
    singular: str
    model: type[Any]


INVOICES: Final[RecordKind[CreateInvoiceItem]] = RecordKind("invoices", "invoice", CreateInvoiceItem)
PAYMENTS: Final[RecordKind[CreatePaymentItem | ByInvoiceNumber]] = RecordKind("payments", "payment", CreatePaymentItem)
CORRECTIONS: Final[RecordKind[CreateCorrectionItem | ByInvoiceNumber]] = RecordKind(
    "corrections", "correction", CreateCorrectionItem
)
KINDS: Final[Mapping[str, RecordKind[Record]]] = {kind.name: kind for kind in (INVOICES, PAYMENTS, CORRECTIONS)}
