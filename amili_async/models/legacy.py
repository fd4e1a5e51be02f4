# Generated from openapi/legacy.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili AutoCollect legacy API: models.

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


class LegacyCollectionType(_OpenStrEnum):
    """Stage of collection that a settlement is about.

    The whole list is not known.
    """

    REMINDER = "REMINDER"


class LegacySettlementType(_OpenStrEnum):
    """Kind of settlement.

    The whole list is not known.
    """

    COLLECTOR_PAYMENT = "COLLECTOR_PAYMENT"


class LegacySettlementInvoiceType(_OpenStrEnum):
    """Kind of claim of a settled invoice.

    The whole list is not known.
    """

    REMINDER = "REMINDER"


class LegacySettlementInvoiceStatus(_OpenStrEnum):
    """Status of a settled invoice.

    The whole list is not known.
    """

    OPEN = "OPEN"


@_define(kw_only=True)
class LegacyBatch:
    """Creditors, cases and settlements, as fetched in one answer."""

    batch_id: str | None = _field(default=None, metadata={"wire": "batchid"})
    """Id of the batch."""
    offline: bool | None = _field(default=None, metadata={"wire": "offline"})
    """Not explained by the documentation."""
    creditor: list[LegacyCreditor] | None = _field(default=None, metadata={"wire": "creditor"})
    """The creditors, with their settings."""
    case: list[LegacyCase] | None = _field(default=None, metadata={"wire": "case"})
    """The cases."""
    settlement: list[LegacySettlement] | None = _field(default=None, metadata={"wire": "settlement"})
    """The settlements."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyCreditor:
    """A creditor and how its claims are handled.

    All editions print it alike.
    """

    id_number: str | None = _field(default=None, metadata={"wire": "idnumber"})
    """Id of the creditor, presumably its organization number."""
    parent_id_number: str | None = _field(default=None, metadata={"wire": "parentidnumber"})
    """Presumably the id of the creditor that this one belongs to."""
    only_debt_collection: bool | None = _field(default=None, metadata={"wire": "onlydebtcollection"})
    """Presumably that the agreement covers debt collection only, no reminders."""
    vat_type: int | None = _field(default=None, metadata={"wire": "vattype"})
    """Not explained by the documentation."""
    full_name: str | None = _field(default=None, metadata={"wire": "fullname"})
    """Name."""
    street: str | None = _field(default=None, metadata={"wire": "street"})
    """Street and number."""
    city: str | None = _field(default=None, metadata={"wire": "city"})
    """Town."""
    zip_code: str | None = _field(default=None, metadata={"wire": "zipcode"})
    """Postal code."""
    country_code: str | None = _field(default=None, metadata={"wire": "countrycode"})
    """Country code. Whether of two or three letters is not known."""
    bank_account_no: str | None = _field(default=None, repr=False, metadata={"wire": "bankaccountno"})
    """Bank account number. Personal data or a secret: left out of `repr`."""
    contact: LegacyContact | None = _field(default=None, metadata={"wire": "contact"})
    """Who to talk to at the creditor."""
    case_handler: LegacyContact | None = _field(default=None, metadata={"wire": "casehandler"})
    """Presumably who handles its cases."""
    source_id: int | None = _field(default=None, metadata={"wire": "sourceid"})
    """Not explained by the documentation."""
    reminder_flow: int | None = _field(default=None, metadata={"wire": "reminderflow"})
    """Presumably a code of the steps that a reminder takes. Its values are not known."""
    debt_collection_transfer: int | None = _field(default=None, metadata={"wire": "debtcollectiontransfer"})
    """Code of how a claim passes on to debt collection. An ERP setting has 10 (by itself), 20 (from a list that
    empties itself) and 30 (from a list, once approved); that the codes are the same is concluded from the name.
    """
    invoice_archive: int | None = _field(default=None, metadata={"wire": "invoicearchive"})
    """Not explained by the documentation."""
    has_foreign_debtors: bool | None = _field(default=None, metadata={"wire": "hasforeigndebtors"})
    """Presumably that some debtors are abroad."""
    has_foreign_currency: bool | None = _field(default=None, metadata={"wire": "hasforeigncurrency"})
    """Presumably that it invoices in foreign currency."""
    disabled: bool | None = _field(default=None, metadata={"wire": "disabled"})
    """Presumably that it is no longer in use."""
    last_settlement_id: str | None = _field(default=None, metadata={"wire": "lastsettlementid"})
    """Presumably its latest settlement, to be given as `lastsettlementid` the next time."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyContact:
    """A person at a creditor, and presumably what is sent to that person."""

    full_name: str | None = _field(default=None, repr=False, metadata={"wire": "fullname"})
    """Name. Personal data or a secret: left out of `repr`."""
    work_phone: str | None = _field(default=None, repr=False, metadata={"wire": "workphone"})
    """Phone number. Personal data or a secret: left out of `repr`."""
    email: str | None = _field(default=None, repr=False, metadata={"wire": "email"})
    """E-mail address. Personal data or a secret: left out of `repr`."""
    is_invoice_query: bool | None = _field(default=None, metadata={"wire": "isinvoicequery"})
    """Presumably answers questions about invoices."""
    is_remittance_report: bool | None = _field(default=None, metadata={"wire": "isremittancereport"})
    """Presumably gets the remittance reports."""
    is_order_confirmation: bool | None = _field(default=None, metadata={"wire": "isorderconfirmation"})
    """Presumably gets order confirmations."""
    is_collection_list: bool | None = _field(default=None, metadata={"wire": "iscollectionlist"})
    """Presumably gets the debt collection list."""
    is_web: bool | None = _field(default=None, metadata={"wire": "isweb"})
    """Presumably uses the web portal."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyCase:
    """A case, as printed in 2025-09 and 2026-03.

    A later page prints the case of the newer API instead (`caseId`, `caseToken` and so on; collection.yaml, Case): such
    fields are kept as additional ones.
    """

    customer_ref: str | None = _field(default=None, metadata={"wire": "customerref"})
    """Reference of the customer."""
    customer_name: str | None = _field(default=None, repr=False, metadata={"wire": "customername"})
    """Name of the customer. Personal data or a secret: left out of `repr`."""
    ledger_ref: str | None = _field(default=None, metadata={"wire": "ledgerref"})
    """Presumably the caller's key of the invoice."""
    reference_number: str | None = _field(default=None, metadata={"wire": "referencenumber"})
    """A reference number. Whose, is not said."""
    case_number: str | None = _field(default=None, metadata={"wire": "casenumber"})
    """Number of the case."""
    currency_code: str | None = _field(default=None, metadata={"wire": "currencycode"})
    """Currency code."""
    reg_date: _dt.datetime | None = _field(default=None, metadata={"wire": "regdate"})
    """When the case was registered, in UTC."""
    closure_date: _dt.datetime | None = _field(default=None, metadata={"wire": "closuredate"})
    """When it was closed, in UTC. Presumably null or absent while it is open."""
    is_debt_collection: bool | None = _field(default=None, metadata={"wire": "isdebtcollection"})
    """Presumably that it has passed from reminders to debt collection."""
    bill_date: _dt.datetime | None = _field(default=None, metadata={"wire": "billdate"})
    """Date of the invoice, printed as an instant in UTC."""
    due_date: _dt.datetime | None = _field(default=None, metadata={"wire": "duedate"})
    """Due date of the invoice, printed as an instant in UTC."""
    original_sum: _Decimal | None = _field(default=None, metadata={"wire": "originalsum"})
    """Sum at first, in major units of `currencycode`."""
    paid_sum: _Decimal | None = _field(default=None, metadata={"wire": "paidsum"})
    """Sum paid, in major units of `currencycode`."""
    remaining_sum: _Decimal | None = _field(default=None, metadata={"wire": "remainingsum"})
    """Sum still owed, in major units of `currencycode`."""
    original_principal: _Decimal | None = _field(default=None, metadata={"wire": "originalprincipal"})
    """Principal at first, in major units of `currencycode`."""
    paid_principal: _Decimal | None = _field(default=None, metadata={"wire": "paidprincipal"})
    """Principal paid, in major units of `currencycode`."""
    remaining_principal: _Decimal | None = _field(default=None, metadata={"wire": "remainingprincipal"})
    """Principal still owed, in major units of `currencycode`."""
    original_fee: _Decimal | None = _field(default=None, metadata={"wire": "originalfee"})
    """Fees at first, in major units of `currencycode`."""
    paid_fee: _Decimal | None = _field(default=None, metadata={"wire": "paidfee"})
    """Fees paid, in major units of `currencycode`."""
    remaining_fee: _Decimal | None = _field(default=None, metadata={"wire": "remainingfee"})
    """Fees still owed, in major units of `currencycode`."""
    original_interest: _Decimal | None = _field(default=None, metadata={"wire": "originalinterest"})
    """Interest at first, in major units of `currencycode`."""
    paid_interest: _Decimal | None = _field(default=None, metadata={"wire": "paidinterest"})
    """Interest paid, in major units of `currencycode`."""
    remaining_interest: _Decimal | None = _field(default=None, metadata={"wire": "remaininginterest"})
    """Interest still owed, in major units of `currencycode`."""
    service_description: str | None = _field(default=None, metadata={"wire": "service_description"})
    """Presumably the name of the service that the case is under, in words."""
    status_status_code: str | None = _field(default=None, metadata={"wire": "status_statuscode"})
    """Status of the case. Its values are not known."""
    reminders: int | None = _field(default=None, metadata={"wire": "reminders"})
    """Presumably how many reminders were sent."""
    debt_collection_list: int | None = _field(default=None, metadata={"wire": "debtcollectionlist"})
    """Presumably whether the case waits in the debt collection list. Its values are not known."""
    history: list[LegacyHistoryItem] | None = _field(default=None, metadata={"wire": "history"})
    """What has happened."""
    payment_details: LegacyPaymentDetails | None = _field(default=None, metadata={"wire": "paymentDetails"})
    """Presumably how the debtor pays."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyHistoryItem:
    """An event of a case."""

    type: int | None = _field(default=None, metadata={"wire": "type"})
    """Kind of event, 1 in the example. What the numbers mean is not known."""
    logged_at: _dt.datetime | None = _field(default=None, metadata={"wire": "loggedat"})
    """When it was logged, in UTC."""
    message: str | None = _field(default=None, repr=False, metadata={"wire": "message"})
    """Text of the event. May speak of a person. Personal data or a secret: left out of `repr`."""
    subject: str | None = _field(default=None, repr=False, metadata={"wire": "subject"})
    """Heading of the event. May speak of a person. Personal data or a secret: left out of `repr`."""
    conversation_id: str | None = _field(default=None, metadata={"wire": "conversationid"})
    """Presumably the conversation that the message belongs to."""
    attachment_id: str | None = _field(default=None, metadata={"wire": "attachmentid"})
    """Presumably the file that LegacyAttachment gives."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyPaymentDetails:
    """Presumably how the debtor pays.

    Its names have capitals inside, unlike those around it.
    """

    payment_value: _Decimal | None = _field(default=None, metadata={"wire": "paymentValue"})
    """Amount to pay, in major units of `currency`."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    kid: str | None = _field(default=None, metadata={"wire": "kid"})
    """Payment reference (KID)."""
    bank_account: str | None = _field(default=None, metadata={"wire": "bankAccount"})
    """Account to pay to."""
    due_date: _dt.datetime | None = _field(default=None, metadata={"wire": "dueDate"})
    """Due date, printed as an instant in UTC."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacySettlement:
    """What was settled for one invoice.

    The fields of both editions stand here: 2026-03 prints the settlement of the newer API, 2025-09 opens with
    `creditorid` to `casenumber` and was cut there, so that edition has fields beyond these. In Python `ledgerref` and
    `casenumber` keep their spelling, since `ledger_ref` and `case_number` are the fields of 2026-03.
    """

    case_number: str | None = _field(default=None, metadata={"wire": "caseNumber"})
    """Number of the case, as of 2026-03."""
    collection_type: LegacyCollectionType | None = _field(default=None, metadata={"wire": "collectionType"})
    """The stage of collection."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    customer_reference: str | None = _field(default=None, metadata={"wire": "customerReference"})
    """Reference of the customer, as of 2026-03."""
    exchange_rate: _Decimal | None = _field(default=None, metadata={"wire": "exchangeRate"})
    """Exchange rate. Between which currencies, and in which direction, is not said."""
    fee_distribution: LegacyDistribution | None = _field(default=None, metadata={"wire": "feeDistribution"})
    """How fees are shared."""
    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Id of the settlement."""
    interest_distribution: LegacyDistribution | None = _field(default=None, metadata={"wire": "interestDistribution"})
    """How interest is shared."""
    invoice: LegacySettlementInvoice | None = _field(default=None, metadata={"wire": "invoice"})
    """The invoice."""
    ledger_ref: str | None = _field(default=None, metadata={"wire": "ledgerRef"})
    """Presumably the caller's ledger reference, as of 2026-03."""
    organization: LegacyOrganization | None = _field(default=None, metadata={"wire": "organization"})
    """The creditor."""
    payment_amount: _Decimal | None = _field(default=None, metadata={"wire": "paymentAmount"})
    """Amount of the payment, in major units of `currency`."""
    principal_distribution: LegacyDistribution | None = _field(default=None, metadata={"wire": "principalDistribution"})
    """How the principal is shared."""
    remittance_date: _dt.datetime | None = _field(default=None, metadata={"wire": "remittanceDate"})
    """Presumably the day of the remittance, printed as an instant in UTC."""
    settlement_date: _dt.datetime | None = _field(default=None, metadata={"wire": "settlementDate"})
    """Day of the settlement, printed as an instant in UTC."""
    settlement_number: int | None = _field(default=None, metadata={"wire": "settlementNumber"})
    """Number of the settlement."""
    settlement_type: LegacySettlementType | None = _field(default=None, metadata={"wire": "settlementType"})
    """What kind of settlement it is."""
    vat: _Decimal | None = _field(default=None, metadata={"wire": "vat"})
    """Value added tax. Whether an amount or a rate is not said."""
    creditor_id: str | None = _field(default=None, metadata={"wire": "creditorid"})
    """Id of the creditor, as of 2025-09."""
    customer_ref: str | None = _field(default=None, metadata={"wire": "customerref"})
    """Reference of the customer, as of 2025-09."""
    ledgerref: str | None = _field(default=None, metadata={"wire": "ledgerref"})
    """Presumably the caller's key of the invoice, as of 2025-09."""
    reference_number: str | None = _field(default=None, metadata={"wire": "referencenumber"})
    """A reference number, as of 2025-09. Whose, is not said."""
    casenumber: str | None = _field(default=None, metadata={"wire": "casenumber"})
    """Number of the case, as of 2025-09."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacySettlementInvoice:
    """The invoice that a settlement is about."""

    id: _UUID | None = _field(default=None, metadata={"wire": "id"})
    """Amili's id of the invoice."""
    invoice_number: str | None = _field(default=None, metadata={"wire": "invoiceNumber"})
    """The creditor's invoice number."""
    unique_source_invoice_id: str | None = _field(default=None, metadata={"wire": "uniqueSourceInvoiceId"})
    """The caller's own id of the invoice."""
    collection_case_number: str | None = _field(default=None, metadata={"wire": "collectionCaseNumber"})
    """Number of the case."""
    type: LegacySettlementInvoiceType | None = _field(default=None, metadata={"wire": "type"})
    """What kind of claim it is."""
    status: LegacySettlementInvoiceStatus | None = _field(default=None, metadata={"wire": "status"})
    """Where the invoice stands."""
    closure_date: _dt.datetime | None = _field(default=None, metadata={"wire": "closureDate"})
    """When it was closed, in UTC. Presumably null or absent while it is open."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class LegacyOrganization:
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
class LegacyDistribution:
    """How an amount is shared, in major units of the settlement's currency."""

    collector: _Decimal | None = _field(default=None, metadata={"wire": "collector"})
    """Presumably Amili's share."""
    creditor: _Decimal | None = _field(default=None, metadata={"wire": "creditor"})
    """Presumably the creditor's share."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""
