"""The columns of each kind of record: what each is called, where its value goes and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from attrs import frozen

from amili_async.importers.kinds import KindName
from amili_async.importers.records import ByInvoiceNumber, Record
from amili_async.importers.values import ValueType
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreatePaymentItem,
    DebtorType,
    EmailAddress,
    InvoiceType,
    PaymentType,
    PhoneNumber,
    PostalAddress,
)
from amili_async.types import OpenStrEnum

__all__ = ["COLUMNS", "TABLES", "Column", "Parts", "Place", "Table"]

Place = Literal["invoice", "debtor", "address", "email", "phone", "record", "looked up"]
Parts: TypeAlias = Mapping[Place, Mapping[str, Any]]


@frozen(kw_only=True)
class Column:
    """One column.

    Attributes:
        name: Its name in the header; the same as the field of the model where that is unambiguous.
        place: The part of the record it belongs to.
        field: The field there.
        holds: What its cells hold.
        members: For a column that holds one of several words, those that are known. Others are sent as they are.
        required: Whether a row without it cannot be a record.
        personal: Whether it holds personal data, which no message may repeat.
        zeros: Whether it holds numbers whose leading zeros count.
    """

    name: str
    place: Place
    field: str
    holds: ValueType = "text"
    members: type[OpenStrEnum] | None = None
    required: bool = False
    personal: bool = False
    zeros: bool = False


@frozen
class Table:
    """The columns that files of one kind may have.

    Attributes:
        columns: All of them, by name.
        either: Columns of which each row needs one.
        build: Makes a record from the values, by place and field.
    """

    columns: Mapping[str, Column]
    either: tuple[str, ...]
    build: Callable[[Parts], Record]


def _invoice_from(parts: Parts) -> CreateInvoiceItem:
    """The invoice whose parts these are; parts without a value are left out."""
    debtor: dict[str, Any] = dict(parts.get("debtor", {}))
    if "email" in parts:
        debtor["emails"] = [EmailAddress(**parts["email"])]
    if "phone" in parts:
        debtor["phone_numbers"] = [PhoneNumber(**parts["phone"])]
    if "address" in parts:
        debtor["addresses"] = [PostalAddress(**parts["address"])]
    debtors = [CreateInvoiceDebtor(**debtor)] if debtor else None
    return CreateInvoiceItem(**parts.get("invoice", {}), debtors=debtors)


def _builder(model: type[CreatePaymentItem] | type[CreateCorrectionItem]) -> Callable[[Parts], Record]:
    def build(parts: Parts) -> Record:
        record = model(**parts.get("record", {}))
        if record.invoice_id is not None or "looked up" not in parts:
            return record
        return ByInvoiceNumber(invoice_number=parts["looked up"]["invoice_number"], record=record)

    return build


def _by_name(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


_INVOICES: Final = _by_name(
    Column(name="invoice_number", place="invoice", field="invoice_number", required=True),
    Column(name="unique_source_invoice_id", place="invoice", field="unique_source_invoice_id"),
    Column(name="type", place="invoice", field="type", members=InvoiceType),
    Column(
        name="original_invoice_amount", place="invoice", field="original_invoice_amount", holds="amount", required=True
    ),
    Column(name="currency", place="invoice", field="currency", holds="currency", required=True),
    Column(name="invoice_date", place="invoice", field="invoice_date", holds="date", required=True),
    Column(name="due_date", place="invoice", field="due_date", holds="date", required=True),
    Column(name="collection_notice_date", place="invoice", field="collection_notice_date", holds="date"),
    Column(name="vat", place="invoice", field="vat", holds="yes or no"),
    Column(name="fees", place="invoice", field="fees", holds="yes or no"),
    Column(name="description", place="invoice", field="description"),
    Column(name="ocr_reference_number", place="invoice", field="ocr_reference_number", zeros=True),
    Column(name="debtor_type", place="debtor", field="type", members=DebtorType),
    Column(name="customer_number", place="debtor", field="customer_number"),
    Column(name="firstname", place="debtor", field="firstname", personal=True),
    Column(name="lastname", place="debtor", field="lastname", personal=True),
    Column(name="name", place="debtor", field="name", personal=True),
    Column(name="identification_number", place="debtor", field="identification_number", personal=True, zeros=True),
    Column(name="organization_number", place="debtor", field="organization_number"),
    Column(name="date_of_birth", place="debtor", field="date_of_birth", personal=True),
    Column(name="email", place="email", field="value", personal=True),
    Column(name="phone", place="phone", field="value", personal=True),
    Column(name="street", place="address", field="street", personal=True),
    Column(name="zip_code", place="address", field="zip_code", personal=True, zeros=True),
    Column(name="city", place="address", field="city", personal=True),
    Column(name="country_code", place="address", field="country_code"),
)
_REFERENCE: Final = (
    Column(name="invoice_id", place="record", field="invoice_id", holds="id"),
    Column(name="invoice_number", place="looked up", field="invoice_number"),
)
_MONEY: Final = (
    Column(name="amount", place="record", field="amount", holds="amount", required=True),
    Column(name="currency", place="record", field="currency", holds="currency", required=True),
    Column(name="date", place="record", field="date", holds="date"),
    Column(name="description", place="record", field="description"),
)
_TYPE: Final = Column(name="type", place="record", field="type", members=PaymentType)
_EITHER: Final = ("invoice_id", "invoice_number")

TABLES: Final[Mapping[KindName, Table]] = {
    "invoices": Table(_INVOICES, (), _invoice_from),
    "payments": Table(_by_name(*_REFERENCE, _TYPE, *_MONEY), _EITHER, _builder(CreatePaymentItem)),
    "corrections": Table(_by_name(*_REFERENCE, *_MONEY), _EITHER, _builder(CreateCorrectionItem)),
}
COLUMNS: Final = TABLES["invoices"].columns
