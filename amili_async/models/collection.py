# Generated from openapi/collection.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Debt Collection API: models.

Enums come first, then the objects, each in the order of the spec. What the documentation leaves open stays open here:
an enum keeps values it does not know, an object keeps other fields in `additional_properties`, and both are sent back
as they came.
"""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal as _Decimal
from typing import Any as _Any
from uuid import UUID as _UUID

from attrs import define as _define
from attrs import field as _field

from amili_async.types import OpenStrEnum as _OpenStrEnum
from amili_async.types import UnknownVariant as _UnknownVariant


class InvoiceType(_OpenStrEnum):
    """Kind of claim of an invoice.

    The whole list is not known.
    """

    PAYMENT_REMINDER = "PAYMENT_REMINDER"
    NOTICE = "NOTICE"


class InvoiceStatus(_OpenStrEnum):
    """Status of an invoice.

    The whole list is not known; 2025-09 spelt it `Open`.
    """

    OPEN = "OPEN"


class CaseType(_OpenStrEnum):
    """Stage of a case.

    The whole list is not known; `COLLECTION_NOTICE` is from the webhooks.
    """

    PAYMENT_REMINDER = "PAYMENT_REMINDER"
    COLLECTION_NOTICE = "COLLECTION_NOTICE"


class CaseStatus(_OpenStrEnum):
    """Status of a case.

    The whole list is not known; `PAUSED` is from the webhooks.
    """

    OPEN = "OPEN"
    PAUSED = "PAUSED"


class CaseSubStatus(_OpenStrEnum):
    """Closer status of a case.

    The whole list is not known.
    """

    DEBT_COLLECTION_LIST_MANUAL = "DEBT_COLLECTION_LIST_MANUAL"


class DebtorType(_OpenStrEnum):
    """Person or company.

    The value for a company is not known; 2025-09 spelt the other `Private`.
    """

    PRIVATE = "PRIVATE"


class ClaimType(_OpenStrEnum):
    """What a part of a claim is.

    The whole list is not known.
    """

    PRINCIPAL = "PRINCIPAL"


class BatchType(_OpenStrEnum):
    """What a batch carries.

    The values for payments and corrections are not known.
    """

    NONE = "NONE"
    INVOICE = "INVOICE"


class BatchStatus(_OpenStrEnum):
    """Status of a batch.

    `SUCCESS`, `PARTIAL` and `FAILED` are final. Values between `QUEUED` and those are not excluded.
    """

    QUEUED = "QUEUED"
    SUCCESS = "SUCCESS"
    PARTIAL = "PARTIAL"
    FAILED = "FAILED"


class PaymentType(_OpenStrEnum):
    """Kind of payment.

    The whole list is not known.
    """

    DIRECT_PAYMENT = "DIRECT_PAYMENT"


class AccountType(_OpenStrEnum):
    """Kind of account number.

    The whole list is not known.
    """

    UNKNOWN = "UNKNOWN"


class CollectionType(_OpenStrEnum):
    """Stage of collection that a settlement is about.

    The whole list is not known.
    """

    REMINDER = "REMINDER"


class SettlementType(_OpenStrEnum):
    """Kind of settlement.

    The whole list is not known.
    """

    COLLECTOR_PAYMENT = "COLLECTOR_PAYMENT"


class SettlementInvoiceType(_OpenStrEnum):
    """Kind of claim of a settled invoice.

    The whole list is not known.
    """

    REMINDER = "REMINDER"


class SettlementInvoiceStatus(_OpenStrEnum):
    """Status of a settled invoice.

    The whole list is not known.
    """

    OPEN = "OPEN"


class WebhookEventType(_OpenStrEnum):
    """Type of an event that Amili sends, in the body.

    These four are printed; whether there are others is not known.
    """

    BATCH_COMPLETED = "BATCH_COMPLETED"
    SETTLEMENT_CREATED = "SETTLEMENT_CREATED"
    CASE = "CASE"
    CASE_UPDATED = "CASE_UPDATED"


class WebhookSource(_OpenStrEnum):
    """Product that an event comes from.

    The whole list is not known.
    """

    COLLECTION = "COLLECTION"


class WebhookChangedField(_OpenStrEnum):
    """Part of a case that has changed.

    Whether the four printed ones are the whole list is not known.
    """

    AMOUNTS = "amounts"
    STATUS = "status"
    TYPE = "type"
    DESCRIPTION = "description"


@_define(kw_only=True)
class CreateInvoicesRequest:
    """Invoices to hand over."""

    invoices: list[CreateInvoiceItem] = _field(metadata={"wire": "invoices"})
    """The invoices. The largest number per request is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreateInvoiceItem:
    """One invoice to hand over.

    Which fields are required is not known; the printed examples all carry `type`, `invoiceNumber` and
    `originalInvoiceAmount`.
    """

    type: InvoiceType | None = _field(default=None, metadata={"wire": "type"})
    """Presumably the stage at which the claim enters collection."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    vat: bool | None = _field(default=None, metadata={"wire": "vat"})
    """Not explained by the documentation; the guide's example leaves it out."""
    fees: bool | None = _field(default=None, metadata={"wire": "fees"})
    """Not explained by the documentation; the guide's example leaves it out."""
    original_invoice_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalInvoiceAmount"})
    """The invoice's amount, in major units of `currency`."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code, `NOK` in the examples."""
    invoice_date: _dt.datetime | _dt.date | None = _field(default=None, metadata={"wire": "invoiceDate"})
    """Date of the invoice. Both a plain date and an instant in UTC are shown; the time zone of a plain date is not
    known.
    """
    due_date: _dt.datetime | _dt.date | None = _field(default=None, metadata={"wire": "dueDate"})
    """Due date of the invoice. Both a plain date and an instant in UTC are shown; the time zone of a plain date is
    not known.
    """
    collection_notice_date: _dt.datetime | _dt.date | None = _field(
        default=None, metadata={"wire": "collectionNoticeDate"}
    )
    """Presumably the day on which the creditor sent a collection notice of its own. The name is printed, its value
    was cut; whether some type requires it is not known. Inferred: not seen here in the current documentation.
    """
    unique_source_invoice_id: str | None = _field(default=None, metadata={"wire": "uniqueSourceInvoiceId"})
    """The caller's own unique id of the invoice; lists can be searched by it. Whether one that came before is
    refused is not known.
    """
    description: str | None = _field(default=None, metadata={"wire": "description"})
    """Free text."""
    debtors: list[CreateInvoiceDebtor] | None = _field(default=None, metadata={"wire": "debtors"})
    """Who owes the invoice. Taken from the 2025-09 read model. Inferred: not seen here in the current documentation."""
    claims: list[CreateInvoiceClaim] | None = _field(default=None, metadata={"wire": "claims"})
    """What the invoice's claim consists of. Taken from the 2025-09 read model. Inferred: not seen here in the
    current documentation.
    """
    ocr_reference_number: str | None = _field(default=None, metadata={"wire": "ocrReferenceNumber"})
    """Payment reference (KID) of the invoice. Taken from the 2025-09 read model. Inferred: not seen here in the
    current documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreateInvoiceClaim:
    """A part of an invoice's claim.

    No request example shows one: all of it is taken from the 2025-09 read model.
    """

    type: ClaimType | None = _field(default=None, metadata={"wire": "type"})
    """What the part is. Inferred: not seen here in the current documentation."""
    original_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalAmount"})
    """Amount of the part, in major units of `currency`. Inferred: not seen here in the current documentation."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreateInvoiceDebtor:
    """A person or company that owes an invoice.

    No request example shows one: all of it is taken from the 2025-09 read model, whose `firstname` and `lastname` have
    no capital inside.
    """

    type: DebtorType | None = _field(default=None, metadata={"wire": "type"})
    """Person or company. Inferred: not seen here in the current documentation."""
    firstname: str | None = _field(default=None, repr=False, metadata={"wire": "firstname"})
    """First name of a person. Inferred: not seen here in the current documentation. Personal data or a secret: left
    out of `repr`.
    """
    lastname: str | None = _field(default=None, repr=False, metadata={"wire": "lastname"})
    """Last name of a person. Inferred: not seen here in the current documentation. Personal data or a secret: left
    out of `repr`.
    """
    name: str | None = _field(default=None, repr=False, metadata={"wire": "name"})
    """Whole name, of a person or a company. Inferred: not seen here in the current documentation. Personal data or a
    secret: left out of `repr`.
    """
    customer_number: str | None = _field(default=None, metadata={"wire": "customerNumber"})
    """The creditor's number of this customer. Inferred: not seen here in the current documentation."""
    identification_number: str | None = _field(default=None, repr=False, metadata={"wire": "identificationNumber"})
    """Presumably the national identity number of a person. Inferred: not seen here in the current documentation.
    Personal data or a secret: left out of `repr`.
    """
    organization_number: str | None = _field(default=None, metadata={"wire": "organizationNumber"})
    """Presumably the organization number of a company. Inferred: not seen here in the current documentation."""
    date_of_birth: str | None = _field(default=None, repr=False, metadata={"wire": "dateOfBirth"})
    """Date of birth of a person. The format is not known. Inferred: not seen here in the current documentation.
    Personal data or a secret: left out of `repr`.
    """
    emails: list[EmailAddress] | None = _field(default=None, metadata={"wire": "emails"})
    """E-mail addresses. Inferred: not seen here in the current documentation."""
    phone_numbers: list[PhoneNumber] | None = _field(default=None, metadata={"wire": "phoneNumbers"})
    """Phone numbers. The items are taken to look like those of `emails`. Inferred: not seen here in the current
    documentation.
    """
    addresses: list[PostalAddress] | None = _field(default=None, metadata={"wire": "addresses"})
    """Postal addresses. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class InvoiceResponse:
    """One invoice."""

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request. It has a page token too, though there is one invoice."""
    data: Invoice = _field(metadata={"wire": "data"})
    """The invoice."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class InvoiceList:
    """One page of invoices.

    In 2025-09 the paging stood in `summary`; what follows `data` in the current edition was not seen.
    """

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request and the next page's token, as of 2025-09."""
    data: list[Invoice] = _field(metadata={"wire": "data"})
    """The invoices of this page."""
    skip_summary: SkipSummary | None = _field(default=None, metadata={"wire": "skipSummary"})
    """Page-number totals. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    cursor_summary: CursorSummary | None = _field(default=None, metadata={"wire": "cursorSummary"})
    """Page tokens. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Invoice]:
        """The items of this page."""
        return self.data


@_define(kw_only=True)
class Invoice:
    """An invoice in collection.

    The 2025-09 edition prints all of these fields; of the current one everything after `createdAt` was cut and is taken
    to be the same.
    """

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Amili's id of the invoice; payments and corrections are addressed to it."""
    organization: OrganizationReference | None = _field(default=None, metadata={"wire": "organization"})
    """The creditor."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    collection_case_number: str | None = _field(default=None, metadata={"wire": "collectionCaseNumber"})
    """Number of the case that the invoice belongs to."""
    type: InvoiceType | None = _field(default=None, metadata={"wire": "type"})
    """What kind of claim it is."""
    status: InvoiceStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the invoice stands."""
    created_at: _dt.datetime | None = _field(default=None, metadata={"wire": "createdAt"})
    """When Amili took it in, in UTC."""
    closed_at: _dt.datetime | None = _field(default=None, metadata={"wire": "closedAt"})
    """When it was closed, in UTC. Presumably null or absent while it is open. Inferred: not seen here in the current
    documentation.
    """
    original_invoice_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalInvoiceAmount"})
    """The invoice's amount when it was handed over, in major units of `currency`. Inferred: not seen here in the
    current documentation.
    """
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code. Inferred: not seen here in the current documentation."""
    invoice_date: _dt.datetime | None = _field(default=None, metadata={"wire": "invoiceDate"})
    """Date of the invoice, printed as an instant in UTC. Inferred: not seen here in the current documentation."""
    due_date: _dt.datetime | None = _field(default=None, metadata={"wire": "dueDate"})
    """Due date of the invoice, printed as an instant in UTC. Inferred: not seen here in the current documentation."""
    ocr_reference_number: str | None = _field(default=None, metadata={"wire": "ocrReferenceNumber"})
    """Payment reference (KID). Inferred: not seen here in the current documentation."""
    unique_source_invoice_id: str | None = _field(default=None, metadata={"wire": "uniqueSourceInvoiceId"})
    """The caller's own id of the invoice. Inferred: not seen here in the current documentation."""
    current_amount: _Decimal | None = _field(default=None, metadata={"wire": "currentAmount"})
    """Presumably what is owed now, in major units of `currency`. Inferred: not seen here in the current
    documentation.
    """
    paid_amount: _Decimal | None = _field(default=None, metadata={"wire": "paidAmount"})
    """Presumably what has been paid so far, in major units of `currency`. Inferred: not seen here in the current
    documentation.
    """
    claims: list[InvoiceClaim] | None = _field(default=None, metadata={"wire": "claims"})
    """What the claim consists of. Inferred: not seen here in the current documentation."""
    debtors: list[InvoiceDebtor] | None = _field(default=None, metadata={"wire": "debtors"})
    """Who owes the invoice. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class InvoiceClaim:
    """A part of an invoice's claim, as printed in 2025-09.

    Its current form was not seen.
    """

    type: ClaimType | None = _field(default=None, metadata={"wire": "type"})
    """What the part is; a plain string in 2025-09."""
    original_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalAmount"})
    """Amount at first, in major units of `currency`."""
    current_amount: _Decimal | None = _field(default=None, metadata={"wire": "currentAmount"})
    """Presumably the amount owed now, in major units of `currency`."""
    paid_amount: _Decimal | None = _field(default=None, metadata={"wire": "paidAmount"})
    """Presumably the amount paid so far, in major units of `currency`."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class InvoiceDebtor:
    """A person or company that owes an invoice, as printed in 2025-09.

    Its current form was not seen. Note the spelling of `firstname` and `lastname`; the debtor of a case spells them
    otherwise.
    """

    type: DebtorType | None = _field(default=None, metadata={"wire": "type"})
    """Person or company."""
    firstname: str | None = _field(default=None, repr=False, metadata={"wire": "firstname"})
    """First name of a person. Personal data or a secret: left out of `repr`."""
    lastname: str | None = _field(default=None, repr=False, metadata={"wire": "lastname"})
    """Last name of a person. Personal data or a secret: left out of `repr`."""
    name: str | None = _field(default=None, repr=False, metadata={"wire": "name"})
    """Whole name, of a person or a company. Personal data or a secret: left out of `repr`."""
    customer_number: str | None = _field(default=None, metadata={"wire": "customerNumber"})
    """The creditor's number of this customer."""
    identification_number: str | None = _field(default=None, repr=False, metadata={"wire": "identificationNumber"})
    """Presumably the national identity number of a person. Personal data or a secret: left out of `repr`."""
    organization_number: str | None = _field(default=None, metadata={"wire": "organizationNumber"})
    """Presumably the organization number of a company."""
    date_of_birth: str | None = _field(default=None, repr=False, metadata={"wire": "dateOfBirth"})
    """Date of birth of a person. The format is not known. Personal data or a secret: left out of `repr`."""
    emails: list[EmailAddress] | None = _field(default=None, metadata={"wire": "emails"})
    """E-mail addresses."""
    phone_numbers: list[PhoneNumber | None] | None = _field(default=None, metadata={"wire": "phoneNumbers"})
    """Phone numbers. The page prints null in place of an item; items are taken to look like those of `emails`."""
    addresses: list[PostalAddress] | None = _field(default=None, metadata={"wire": "addresses"})
    """Postal addresses."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class EmailAddress:
    """An e-mail address."""

    value: str | None = _field(default=None, repr=False, metadata={"wire": "value"})
    """The address. Personal data or a secret: left out of `repr`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class PhoneNumber:
    """A phone number.

    No page shows one; this form is taken from EmailAddress.
    """

    value: str | None = _field(default=None, repr=False, metadata={"wire": "value"})
    """The number. Its format is not known. Inferred: not seen here in the current documentation. Personal data or a
    secret: left out of `repr`.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class PostalAddress:
    """A postal address."""

    street: str | None = _field(default=None, repr=False, metadata={"wire": "street"})
    """Street and number. Personal data or a secret: left out of `repr`."""
    city: str | None = _field(default=None, repr=False, metadata={"wire": "city"})
    """Town. Personal data or a secret: left out of `repr`."""
    zip_code: str | None = _field(default=None, repr=False, metadata={"wire": "zipCode"})
    """Postal code. Personal data or a secret: left out of `repr`."""
    country_code: str | None = _field(default=None, metadata={"wire": "countryCode"})
    """Country code. Whether of two or three letters is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class OrganizationReference:
    """An organization (the creditor)."""

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """The id that Amili issued for it."""
    organization_number: str | None = _field(default=None, metadata={"wire": "organizationNumber"})
    """Its organization number."""
    name: str | None = _field(default=None, metadata={"wire": "name"})
    """Its name."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreatePaymentsRequest:
    """Payments to report."""

    payments: list[CreatePaymentItem] = _field(metadata={"wire": "payments"})
    """The payments. The largest number per request is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreatePaymentItem:
    """A payment for one invoice.

    Which fields are required is not known.
    """

    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """Amili's id of the invoice (not the invoice number)."""
    type: PaymentType | None = _field(default=None, metadata={"wire": "type"})
    """What kind of payment it is."""
    amount: _Decimal | None = _field(default=None, metadata={"wire": "amount"})
    """Amount, in major units of `currency`."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    date: _dt.datetime | _dt.date | None = _field(default=None, metadata={"wire": "date"})
    """Presumably the day the creditor received it. Taken from CreateCorrections. Inferred: not seen here in the
    current documentation.
    """
    description: str | None = _field(default=None, metadata={"wire": "description"})
    """Free text. Taken from CreateCorrections. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreateCorrectionsRequest:
    """Corrections to make."""

    corrections: list[CreateCorrectionItem] = _field(metadata={"wire": "corrections"})
    """The corrections. The largest number per request is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CreateCorrectionItem:
    """A correction of one invoice's claim, presumably a credit note for instance.

    Unlike a payment it has no type. Which fields are required is not known.
    """

    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """Amili's id of the invoice (not the invoice number)."""
    amount: _Decimal | None = _field(default=None, metadata={"wire": "amount"})
    """Amount, in major units of `currency`. Whether a reduction is positive or negative is not known."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    date: _dt.datetime | _dt.date | None = _field(default=None, metadata={"wire": "date"})
    """Date of the correction. The page prints an instant in UTC; a plain date is accepted here as on invoices, which
    the page neither shows nor excludes.
    """
    description: str | None = _field(default=None, metadata={"wire": "description"})
    """Free text."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchAccepted:
    """A write was accepted and will be carried out by a batch."""

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request, not of the batch, which is still to run."""
    data: BatchReference = _field(metadata={"wire": "data"})
    """The batch."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchReference:
    """Names a batch.

    Whether it has more fields is not known.
    """

    batch_id: _UUID = _field(metadata={"wire": "batchId"})
    """The batch, to be read with GetBatchById."""
    batch_url: str | None = _field(default=None, metadata={"wire": "batchUrl"})
    """Address of the batch on the API host. Only its beginning was seen; whether it leads to GetBatchById is not
    known.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchResponse:
    """One batch."""

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request, not of the batch."""
    data: Batch = _field(metadata={"wire": "data"})
    """The batch."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchList:
    """One page of batches.

    In 2025-09 the paging stood in `summary`; what follows `data` in the current edition was not seen.
    """

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request and the next page's token, as of 2025-09."""
    data: list[Batch] = _field(metadata={"wire": "data"})
    """The batches of this page."""
    skip_summary: SkipSummary | None = _field(default=None, metadata={"wire": "skipSummary"})
    """Page-number totals. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    cursor_summary: CursorSummary | None = _field(default=None, metadata={"wire": "cursorSummary"})
    """Page tokens. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Batch]:
        """The items of this page."""
        return self.data


@_define(kw_only=True)
class Batch:
    """A write that was accepted, and what became of its items."""

    batch_id: _UUID | None = _field(default=None, metadata={"wire": "batchId"})
    """The batch."""
    type: BatchType | None = _field(default=None, metadata={"wire": "type"})
    """What the batch carries."""
    status: BatchStatus | BatchStatusDetail | _UnknownVariant | None = _field(default=None, metadata={"wire": "status"})
    """A word in the current edition; in 2025-09 an object, which does not say whether the batch has ended
    (`finishedAt` does).
    """
    created_at: _dt.datetime | None = _field(default=None, metadata={"wire": "createdAt"})
    """When it was accepted, in UTC."""
    finished_at: _dt.datetime | None = _field(default=None, metadata={"wire": "finishedAt"})
    """When it ended, in UTC. Presumably null or absent until then."""
    organization_id: _UUID | None = _field(default=None, metadata={"wire": "organizationId"})
    """The organization."""
    created_by: _UUID | None = _field(default=None, metadata={"wire": "createdBy"})
    """Presumably who or what sent it."""
    succeeded: list[BatchItem] | None = _field(default=None, metadata={"wire": "succeeded"})
    """Items that were carried out. What an item of a batch of payments or corrections looks like is not known."""
    failed: list[BatchItem | None] | None = _field(default=None, metadata={"wire": "failed"})
    """Items that were not. The list is printed, but with null or an empty object in place of an item: read what else
    an item holds, the reason included, from its additional fields. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchItem:
    """What became of one item of a batch.

    These fields are those of an invoice that succeeded; other kinds of item may have others.
    """

    type: str | None = _field(default=None, metadata={"wire": "$type"})
    """Kind of item, `invoiceSuccess` in 2025-09. The current example shows none."""
    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """Amili's id of the invoice."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    case_id: str | None = _field(default=None, metadata={"wire": "caseId"})
    """Id of the case. Printed in 2025-09; the current page was cut inside its name."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchStatusDetail:
    """The status of a batch as 2025-09 printed it, in the manner of the legacy API."""

    statuscode: int | None = _field(default=None, metadata={"wire": "statuscode"})
    """Not explained by the documentation."""
    errors: list[BatchStatusError] | None = _field(default=None, metadata={"wire": "errors"})
    """What was wrong, by object."""
    responses: list[BatchStatusResponse] | None = _field(default=None, metadata={"wire": "responses"})
    """What became of each object."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchStatusError:
    """An error about one object of the request."""

    objectname: str | None = _field(default=None, metadata={"wire": "objectname"})
    """Presumably the list in the request."""
    objectindex: int | None = _field(default=None, metadata={"wire": "objectindex"})
    """Presumably the position in that list. Whether it counts from 0 is not known."""
    message: str | None = _field(default=None, metadata={"wire": "message"})
    """What is wrong, in words."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BatchStatusResponse:
    """The result of one object of the request."""

    objectname: str | None = _field(default=None, metadata={"wire": "objectname"})
    """Presumably the list in the request."""
    objectindex: int | None = _field(default=None, metadata={"wire": "objectindex"})
    """Presumably the position in that list. Whether it counts from 0 is not known."""
    ledgerref: str | None = _field(default=None, metadata={"wire": "ledgerref"})
    """Presumably the caller's reference of the object."""
    status_statuscode: str | None = _field(default=None, metadata={"wire": "status_statuscode"})
    """Not explained by the documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CaseList:
    """One page of cases."""

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Not printed for cases; here so that all lists are read alike. Inferred: not seen here in the current
    documentation.
    """
    data: list[Case] = _field(metadata={"wire": "data"})
    """The cases of this page."""
    skip_summary: SkipSummary | None = _field(default=None, metadata={"wire": "skipSummary"})
    """Page-number totals. Whether it is filled together with the cursor is not said."""
    cursor_summary: CursorSummary | None = _field(default=None, metadata={"wire": "cursorSummary"})
    """Page tokens."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Case]:
        """The items of this page."""
        return self.data


@_define(kw_only=True)
class Case:
    """A case in collection, with its invoices and debtors."""

    case_id: _UUID | None = _field(default=None, metadata={"wire": "caseId"})
    """Id of the case."""
    case_number: int | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case. A number here, a string in settlements and webhooks."""
    organization_id: _UUID | None = _field(default=None, metadata={"wire": "organizationId"})
    """The organization."""
    creditor_id: _UUID | None = _field(default=None, metadata={"wire": "creditorId"})
    """The creditor."""
    creditor_number: str | None = _field(default=None, metadata={"wire": "creditorNumber"})
    """Number of the creditor."""
    status: CaseStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the case stands."""
    sub_status: CaseSubStatus | None = _field(default=None, metadata={"wire": "subStatus"})
    """Where it stands, more closely."""
    type: CaseType | None = _field(default=None, metadata={"wire": "type"})
    """The stage of collection."""
    description: str | None = _field(default=None, metadata={"wire": "description"})
    """Free text."""
    registered_at: _dt.datetime | None = _field(default=None, metadata={"wire": "registeredAt"})
    """When the case was registered, in UTC."""
    closed_at: _dt.datetime | None = _field(default=None, metadata={"wire": "closedAt"})
    """When it was closed, in UTC. Presumably null or absent while it is open."""
    invoices: list[CaseInvoice] | None = _field(default=None, metadata={"wire": "invoices"})
    """The invoices of the case."""
    debtors: list[CaseDebtor] | None = _field(default=None, metadata={"wire": "debtors"})
    """Who owes."""
    remaining_amount: _Decimal | None = _field(default=None, metadata={"wire": "remainingAmount"})
    """Presumably all that is still owed, in major units. The case names no currency of its own."""
    remaining_principal: _Decimal | None = _field(default=None, metadata={"wire": "remainingPrincipal"})
    """Presumably what is still owed of the principal, in major units."""
    claims: list[CaseClaim] | None = _field(default=None, metadata={"wire": "claims"})
    """What the claim consists of."""
    case_account_details: CaseAccountDetails | None = _field(default=None, metadata={"wire": "caseAccountDetails"})
    """Presumably where and how the debtor pays."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CaseInvoice:
    """An invoice inside a case."""

    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """Amili's id of the invoice."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    case_id: _UUID | None = _field(default=None, metadata={"wire": "caseId"})
    """The case."""
    invoice_date: _dt.datetime | None = _field(default=None, metadata={"wire": "invoiceDate"})
    """Date of the invoice, printed as an instant in UTC."""
    due_date: _dt.datetime | None = _field(default=None, metadata={"wire": "dueDate"})
    """Due date of the invoice, printed as an instant in UTC."""
    batch_id: _UUID | None = _field(default=None, metadata={"wire": "batchId"})
    """Presumably the batch that brought the invoice in."""
    registered_at: _dt.datetime | None = _field(default=None, metadata={"wire": "registeredAt"})
    """When the invoice was registered, in UTC."""
    original_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalAmount"})
    """Amount at first, in major units."""
    remaining_amount: _Decimal | None = _field(default=None, metadata={"wire": "remainingAmount"})
    """Presumably what is still owed, in major units."""
    remaining_principal: _Decimal | None = _field(default=None, metadata={"wire": "remainingPrincipal"})
    """Presumably what is still owed of the principal, in major units."""
    unique_source_invoice_id: str | None = _field(default=None, metadata={"wire": "uniqueSourceInvoiceId"})
    """The caller's own id of the invoice."""
    paid_amount: _Decimal | None = _field(default=None, metadata={"wire": "paidAmount"})
    """Presumably what has been paid, in major units."""
    credited_amount: _Decimal | None = _field(default=None, metadata={"wire": "creditedAmount"})
    """Presumably what has been credited, in major units."""
    currency: _Any = _field(default=None, metadata={"wire": "currency"})
    """Anything: the page prints an empty object, elsewhere a currency is a string. Which of the two is sent is not
    known.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CaseDebtor:
    """A person or company that owes.

    Other field names than the debtor of an invoice.
    """

    debtor_id: _UUID | None = _field(default=None, metadata={"wire": "debtorId"})
    """Id of the debtor."""
    type: DebtorType | None = _field(default=None, metadata={"wire": "type"})
    """Person or company."""
    debtor_number: str | None = _field(default=None, metadata={"wire": "debtorNumber"})
    """Number of the debtor."""
    customer_number: str | None = _field(default=None, metadata={"wire": "customerNumber"})
    """The creditor's number of this customer."""
    first_name: str | None = _field(default=None, repr=False, metadata={"wire": "firstName"})
    """First name of a person. Personal data or a secret: left out of `repr`."""
    last_name: str | None = _field(default=None, repr=False, metadata={"wire": "lastName"})
    """Last name of a person. Personal data or a secret: left out of `repr`."""
    full_name: str | None = _field(default=None, repr=False, metadata={"wire": "fullName"})
    """Whole name. Personal data or a secret: left out of `repr`."""
    identification_number: str | None = _field(default=None, repr=False, metadata={"wire": "identificationNumber"})
    """Presumably a national identity number or an organization number. Personal data or a secret: left out of
    `repr`.
    """
    email: str | None = _field(default=None, repr=False, metadata={"wire": "email"})
    """E-mail address. Personal data or a secret: left out of `repr`."""
    phone: str | None = _field(default=None, repr=False, metadata={"wire": "phone"})
    """Phone number. Personal data or a secret: left out of `repr`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CaseClaim:
    """A part of a case's claim."""

    type: ClaimType | None = _field(default=None, metadata={"wire": "type"})
    """What the part is."""
    original_amount: _Decimal | None = _field(default=None, metadata={"wire": "originalAmount"})
    """Amount at first, in major units of `currency`."""
    current_amount: _Decimal | None = _field(default=None, metadata={"wire": "currentAmount"})
    """Amount now, in major units of `currency`. How it differs from the remaining amount is not said."""
    remaining_amount: _Decimal | None = _field(default=None, metadata={"wire": "remainingAmount"})
    """Presumably what is still owed, in major units of `currency`."""
    paid_amount: _Decimal | None = _field(default=None, metadata={"wire": "paidAmount"})
    """Presumably what has been paid, in major units of `currency`."""
    credited_amount: _Decimal | None = _field(default=None, metadata={"wire": "creditedAmount"})
    """Presumably what has been credited, in major units of `currency`."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """The invoice that the part belongs to."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CaseAccountDetails:
    """Presumably where and how the debtor pays."""

    bank_account_details: BankAccountDetails | None = _field(default=None, metadata={"wire": "bankAccountDetails"})
    """The account."""
    payment_reference: str | None = _field(default=None, metadata={"wire": "paymentReference"})
    """Presumably the payment reference (KID)."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class BankAccountDetails:
    """A bank account."""

    account_type: AccountType | None = _field(default=None, metadata={"wire": "accountType"})
    """What kind of account number it is."""
    account_number: str | None = _field(default=None, metadata={"wire": "accountNumber"})
    """The account number."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class SettlementResponse:
    """One settlement."""

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request. It has a page token too, though there is one settlement."""
    data: Settlement = _field(metadata={"wire": "data"})
    """The settlement."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class SettlementList:
    """One page of settlements.

    In 2025-09 the paging stood in `summary`; what follows `data` in the current edition was not seen.
    """

    summary: Summary | None = _field(default=None, metadata={"wire": "summary"})
    """Status of the request and the next page's token, as of 2025-09."""
    data: list[Settlement] = _field(metadata={"wire": "data"})
    """The settlements of this page."""
    skip_summary: SkipSummary | None = _field(default=None, metadata={"wire": "skipSummary"})
    """Page-number totals. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    cursor_summary: CursorSummary | None = _field(default=None, metadata={"wire": "cursorSummary"})
    """Page tokens. Taken from GetCasesByOrganization. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Settlement]:
        """The items of this page."""
        return self.data


@_define(kw_only=True)
class Settlement:
    """What was settled for one invoice.

    The fields of both editions stand here: `date` is of 2025-09 only; of the current edition the pages were read up to
    `exchangeRate`, and the rest is taken from the settlements printed inside the legacy batch page.
    """

    case_number: str | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case. A string here, a number in cases. Newer than 2025-09."""
    collection_type: CollectionType | None = _field(default=None, metadata={"wire": "collectionType"})
    """The stage of collection. Newer than 2025-09."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    customer_reference: str | None = _field(default=None, metadata={"wire": "customerReference"})
    """Reference of the customer. Newer than 2025-09."""
    exchange_rate: _Decimal | None = _field(default=None, metadata={"wire": "exchangeRate"})
    """Exchange rate. Between which currencies, and in which direction, is not said. Newer than 2025-09."""
    fee_distribution: Distribution | None = _field(default=None, metadata={"wire": "feeDistribution"})
    """How fees are shared. Printed in 2025-09 too. Inferred: not seen here in the current documentation."""
    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the settlement. Printed in 2025-09 too. Inferred: not seen here in the current documentation."""
    interest_distribution: Distribution | None = _field(default=None, metadata={"wire": "interestDistribution"})
    """How interest is shared. Printed in 2025-09 too. Inferred: not seen here in the current documentation."""
    invoice: SettlementInvoice | None = _field(default=None, metadata={"wire": "invoice"})
    """The invoice. Printed in 2025-09 too, with fewer fields. Inferred: not seen here in the current documentation."""
    ledger_ref: str | None = _field(default=None, metadata={"wire": "ledgerRef"})
    """Presumably the caller's ledger reference. Inferred: not seen here in the current documentation."""
    organization: OrganizationReference | None = _field(default=None, metadata={"wire": "organization"})
    """The creditor. Printed in 2025-09 too. Inferred: not seen here in the current documentation."""
    payment_amount: _Decimal | None = _field(default=None, metadata={"wire": "paymentAmount"})
    """Amount of the payment, in major units of `currency`. Printed in 2025-09 too. Inferred: not seen here in the
    current documentation.
    """
    principal_distribution: Distribution | None = _field(default=None, metadata={"wire": "principalDistribution"})
    """How the principal is shared. Printed in 2025-09 too. Inferred: not seen here in the current documentation."""
    remittance_date: _dt.datetime | None = _field(default=None, metadata={"wire": "remittanceDate"})
    """Presumably the day of the remittance, printed as an instant in UTC. Printed in 2025-09 too. Inferred: not seen
    here in the current documentation.
    """
    settlement_date: _dt.datetime | None = _field(default=None, metadata={"wire": "settlementDate"})
    """Day of the settlement, printed as an instant in UTC; a webhook gives it as a plain date. In 2025-09 there was
    `date`. Inferred: not seen here in the current documentation.
    """
    settlement_number: int | None = _field(default=None, metadata={"wire": "settlementNumber"})
    """Number of the settlement. Inferred: not seen here in the current documentation."""
    settlement_type: SettlementType | None = _field(default=None, metadata={"wire": "settlementType"})
    """What kind of settlement it is. Inferred: not seen here in the current documentation."""
    vat: _Decimal | None = _field(default=None, metadata={"wire": "vat"})
    """Value added tax. Whether an amount or a rate is not said. Printed in 2025-09 too. Inferred: not seen here in
    the current documentation.
    """
    date: _dt.datetime | None = _field(default=None, metadata={"wire": "date"})
    """Day of the settlement as of 2025-09, printed as an instant in UTC. Presumably `settlementDate` since."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class SettlementInvoice:
    """The invoice that a settlement is about."""

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Amili's id of the invoice."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    unique_source_invoice_id: str | None = _field(default=None, metadata={"wire": "uniqueSourceInvoiceId"})
    """The caller's own id of the invoice. Newer than 2025-09. Inferred: not seen here in the current documentation."""
    collection_case_number: str | None = _field(default=None, metadata={"wire": "collectionCaseNumber"})
    """Number of the case."""
    type: SettlementInvoiceType | None = _field(default=None, metadata={"wire": "type"})
    """What kind of claim it is. Its values are not those of the invoice's own type."""
    status: SettlementInvoiceStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the invoice stands."""
    closure_date: _dt.datetime | None = _field(default=None, metadata={"wire": "closureDate"})
    """When it was closed, in UTC. Presumably null or absent while it is open. Newer than 2025-09. Inferred: not seen
    here in the current documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class Distribution:
    """How an amount is shared, in major units of the settlement's currency."""

    collector: _Decimal | None = _field(default=None, metadata={"wire": "collector"})
    """Presumably Amili's share."""
    creditor: _Decimal | None = _field(default=None, metadata={"wire": "creditor"})
    """Presumably the creditor's share."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookBatchCompleted:
    """A batch has ended."""

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the event."""
    type: WebhookEventType | None = _field(default=None, metadata={"wire": "type"})
    """`BATCH_COMPLETED`. Events about cases name this field `eventType`."""
    source: WebhookSource | None = _field(default=None, metadata={"wire": "source"})
    """The product that the event comes from."""
    time_stamp: _dt.datetime | None = _field(default=None, metadata={"wire": "timeStamp"})
    """When it happened or was sent, which of the two is not said; in UTC. Note the capital S."""
    data: WebhookBatchCompletedData = _field(metadata={"wire": "data"})
    """The batch."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookBatchCompletedData:
    """The batch that has ended."""

    batch_id: _UUID | None = _field(default=None, metadata={"wire": "batchId"})
    """The batch, to be read with GetBatchById."""
    organization_id: _UUID | None = _field(default=None, metadata={"wire": "organizationId"})
    """The organization. Events about cases name this field `orgId`."""
    status: BatchStatus | None = _field(default=None, metadata={"wire": "status"})
    """How it ended, `SUCCESS`, `PARTIAL` or `FAILED`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookSettlementCreated:
    """A settlement was made."""

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the event."""
    type: WebhookEventType | None = _field(default=None, metadata={"wire": "type"})
    """`SETTLEMENT_CREATED`. Events about cases name this field `eventType`."""
    source: WebhookSource | None = _field(default=None, metadata={"wire": "source"})
    """The product that the event comes from."""
    time_stamp: _dt.datetime | None = _field(default=None, metadata={"wire": "timeStamp"})
    """When it happened or was sent, which of the two is not said; in UTC. Note the capital S."""
    data: WebhookSettlementCreatedData = _field(metadata={"wire": "data"})
    """The settlement."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookSettlementCreatedData:
    """The settlement that was made, for one invoice."""

    settlement_id: _UUID | None = _field(default=None, metadata={"wire": "settlementId"})
    """The settlement, to be read with GetSettlementById."""
    organization_id: _UUID | None = _field(default=None, metadata={"wire": "organizationId"})
    """The organization. Events about cases name this field `orgId`."""
    settlement_date: _dt.date | None = _field(default=None, metadata={"wire": "settlementDate"})
    """Day of the settlement, a plain date; its time zone is not known. GetSettlementById gives it as an instant."""
    invoice_id: _UUID | None = _field(default=None, metadata={"wire": "invoiceId"})
    """Amili's id of the invoice."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    case_number: str | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case. A string here, a number in cases."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookCase:
    """A case was opened, presumably.

    Its type stands under another name than in events about batches and settlements.
    """

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the event."""
    event_type: WebhookEventType | None = _field(default=None, metadata={"wire": "eventType"})
    """`CASE` as printed; `CASE_CREATED` is to be expected too. Events about batches and settlements name this field
    `type`.
    """
    source: WebhookSource | None = _field(default=None, metadata={"wire": "source"})
    """The product that the event comes from."""
    time_stamp: _dt.datetime | None = _field(default=None, metadata={"wire": "timeStamp"})
    """When it happened or was sent, which of the two is not said; in UTC. Note the capital S."""
    data: WebhookCaseData = _field(metadata={"wire": "data"})
    """The case."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookCaseData:
    """The case that an event is about."""

    org_id: _UUID | None = _field(default=None, metadata={"wire": "orgId"})
    """The organization. Events about batches and settlements name this field `organizationId`."""
    case_id: _UUID | None = _field(default=None, metadata={"wire": "caseId"})
    """Id of the case."""
    case_number: str | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case. A string here, a number in cases."""
    type: CaseType | None = _field(default=None, metadata={"wire": "type"})
    """The stage of collection. Not the type of the event, which stands beside `data`."""
    status: CaseStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the case stands."""
    invoices: list[_UUID] | None = _field(default=None, metadata={"wire": "invoices"})
    """Amili's ids of the invoices of the case."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookCaseUpdated:
    """A case has changed.

    Its type stands under another name than in events about batches and settlements.
    """

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the event."""
    event_type: WebhookEventType | None = _field(default=None, metadata={"wire": "eventType"})
    """`CASE_UPDATED`. Events about batches and settlements name this field `type`."""
    source: WebhookSource | None = _field(default=None, metadata={"wire": "source"})
    """The product that the event comes from."""
    time_stamp: _dt.datetime | None = _field(default=None, metadata={"wire": "timeStamp"})
    """When it happened or was sent, which of the two is not said; in UTC. Note the capital S."""
    data: WebhookCaseUpdatedData = _field(metadata={"wire": "data"})
    """The case, and what has changed."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class WebhookCaseUpdatedData:
    """The case that has changed."""

    org_id: _UUID | None = _field(default=None, metadata={"wire": "orgId"})
    """The organization. Events about batches and settlements name this field `organizationId`."""
    case_id: _UUID | None = _field(default=None, metadata={"wire": "caseId"})
    """Id of the case."""
    case_number: str | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case. A string here, a number in cases."""
    type: CaseType | None = _field(default=None, metadata={"wire": "type"})
    """The stage of collection. Not the type of the event, which stands beside `data`."""
    status: CaseStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the case stands."""
    invoices: list[_UUID] | None = _field(default=None, metadata={"wire": "invoices"})
    """Amili's ids of the invoices of the case."""
    fields: list[WebhookChangedField] | None = _field(default=None, metadata={"wire": "fields"})
    """Presumably what has changed."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class Summary:
    """Status of the request and, on lists of 2025-09, the way to the next page."""

    status: str | None = _field(default=None, metadata={"wire": "status"})
    """Status of the request, `SUCCESS` in the written examples. Other values are not known."""
    next_page_token: str | None = _field(default=None, metadata={"wire": "nextPageToken"})
    """Token of the next page. What the last page holds here (null, an empty string, nothing) is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class SkipSummary:
    """Totals in page numbers."""

    status: str | None = _field(default=None, metadata={"wire": "status"})
    """Status of the request. Its values are not known."""
    total_count: int | None = _field(default=None, metadata={"wire": "totalCount"})
    """Items in all pages."""
    current_page: int | None = _field(default=None, metadata={"wire": "currentPage"})
    """Number of this page. Whether it counts from 0 or 1 is not known."""
    page_size: int | None = _field(default=None, metadata={"wire": "pageSize"})
    """Items per page."""
    total_pages: int | None = _field(default=None, metadata={"wire": "totalPages"})
    """Number of pages."""
    has_next_page: bool | None = _field(default=None, metadata={"wire": "hasNextPage"})
    """Whether a page follows."""
    has_previous_page: bool | None = _field(default=None, metadata={"wire": "hasPreviousPage"})
    """Whether a page goes before."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CursorSummary:
    """Tokens of the neighbouring pages."""

    status: str | None = _field(default=None, metadata={"wire": "status"})
    """Status of the request. Its values are not known."""
    next_page_token: str | None = _field(default=None, metadata={"wire": "nextPageToken"})
    """Token of the next page. What the last page holds here (null, an empty string, nothing) is not known."""
    previous_page_token: str | None = _field(default=None, metadata={"wire": "previousPageToken"})
    """Token of the page before. What the first page holds here is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""
