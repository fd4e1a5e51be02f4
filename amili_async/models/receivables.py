# Generated from openapi/receivables.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili Accounts Receivable API: models.

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

from amili_async.types import UNSET as _UNSET
from amili_async.types import Unset as _Unset


@_define(kw_only=True)
class CustomerList:
    """One page of customers."""

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next."""
    customers: list[Customer] = _field(metadata={"wire": "customers"})
    """The customers of this page."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Customer]:
        """The items of this page."""
        return self.customers


@_define(kw_only=True)
class Customer:
    """Somebody who owes the client, as lists give it.

    Codes are plain strings; none of their value sets is known.
    """

    client_no: int | None = _field(default=None, metadata={"wire": "clientNo"})
    """Number of the ARM client."""
    account_no: int | None = _field(default=None, metadata={"wire": "accountNo"})
    """Number of the AR account."""
    customer_no: str | None = _field(default=None, metadata={"wire": "customerNo"})
    """Number of the customer."""
    name: str | None = _field(default=None, repr=False, metadata={"wire": "name"})
    """Name of the person or company. Personal data or a secret: left out of `repr`."""
    postal_return_status: int | None = _field(default=None, metadata={"wire": "postalReturnStatus"})
    """Presumably whether post came back; 100 in the example."""
    postal_return_date: _dt.date | None = _field(default=None, metadata={"wire": "postalReturnDate"})
    """Presumably when post came back."""
    customer_category: str | None = _field(default=None, metadata={"wire": "customerCategory"})
    """Code, `CONS` in the example."""
    phone_no: str | None = _field(default=None, repr=False, metadata={"wire": "phoneNo"})
    """Phone number. Personal data or a secret: left out of `repr`."""
    secondary_phone_no: str | None = _field(default=None, repr=False, metadata={"wire": "secondaryPhoneNo"})
    """Another phone number. Personal data or a secret: left out of `repr`."""
    organization_no: str | None = _field(default=None, metadata={"wire": "organizationNo"})
    """Organization number."""
    organization_no_scheme: str | None = _field(default=None, metadata={"wire": "organizationNoScheme"})
    """Code of what kind of organization number it is, `0192` in the example."""
    date_of_birth: _dt.date | None = _field(default=None, repr=False, metadata={"wire": "dateOfBirth"})
    """Date of birth. Personal data or a secret: left out of `repr`."""
    year_of_birth: int | None = _field(default=None, repr=False, metadata={"wire": "yearOfBirth"})
    """Year of birth. Personal data or a secret: left out of `repr`."""
    ssn: str | None = _field(default=None, repr=False, metadata={"wire": "ssn"})
    """National identity number, 11 digits in the example. Personal data or a secret: left out of `repr`."""
    ssn_country: str | None = _field(default=None, metadata={"wire": "ssnCountry"})
    """Country of the national identity number, two letters in the example."""
    informal_name: str | None = _field(default=None, repr=False, metadata={"wire": "informalName"})
    """Informal name. Personal data or a secret: left out of `repr`."""
    customer_group_code: str | None = _field(default=None, metadata={"wire": "customerGroupCode"})
    """Code of the customer's group, `VIP` in the example."""
    price_net_or_gross: str | None = _field(default=None, metadata={"wire": "priceNetOrGross"})
    """Code of how prices are given, `B` in the example."""
    language: str | None = _field(default=None, metadata={"wire": "language"})
    """Language, two small letters in the example."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    seller_reference: str | None = _field(default=None, metadata={"wire": "sellerReference"})
    """Reference of the seller."""
    buyer_reference: str | None = _field(default=None, metadata={"wire": "buyerReference"})
    """Reference of the buyer."""
    bank_account_no: str | None = _field(default=None, repr=False, metadata={"wire": "bankAccountNo"})
    """Bank account number, 11 digits in the example. Personal data or a secret: left out of `repr`."""
    stop_reminder_until: _dt.date | None = _field(default=None, metadata={"wire": "stopReminderUntil"})
    """Day until which no reminders are sent. Whether inclusive, and in which time zone, is not known."""
    stop_debt_collection_until: _dt.date | None = _field(default=None, metadata={"wire": "stopDebtCollectionUntil"})
    """Day until which nothing goes to debt collection. Whether inclusive, and in which time zone, is not known."""
    stop_interest_calc_until: _dt.date | None = _field(default=None, metadata={"wire": "stopInterestCalcUntil"})
    """Day until which no interest accrues. Whether inclusive, and in which time zone, is not known."""
    due_days: int | None = _field(default=None, metadata={"wire": "dueDays"})
    """Days until a document falls due."""
    vat_liable: bool | None = _field(default=None, metadata={"wire": "vatLiable"})
    """Whether the customer is liable to VAT."""
    discount_rate: _Decimal | None = _field(default=None, metadata={"wire": "discountRate"})
    """Rate of discount, presumably in per cent (5.5 in the example)."""
    active_status_web: str | None = _field(default=None, metadata={"wire": "activeStatusWeb"})
    """Code, `Passive` in the example."""
    customer_message: str | None = _field(default=None, metadata={"wire": "customerMessage"})
    """Message, presumably printed on documents."""
    limit_amount: _Decimal | None = _field(default=None, metadata={"wire": "limitAmount"})
    """Presumably a credit limit, in major units of `currency`."""
    registration_status_code: str | None = _field(default=None, metadata={"wire": "registrationStatusCode"})
    """Code, `FICTITIOUS` in the example."""
    registration_status_date: _dt.date | None = _field(default=None, metadata={"wire": "registrationStatusDate"})
    """Presumably since when the registration status holds."""
    postal_address_changed: _dt.date | None = _field(default=None, metadata={"wire": "postalAddressChanged"})
    """When the postal address was changed."""
    postal_address: PostalAddress | None = _field(default=None, metadata={"wire": "postalAddress"})
    """Postal address."""
    email_address_document: list[str] | None = _field(
        default=None, repr=False, metadata={"wire": "emailAddressDocument"}
    )
    """E-mail addresses for documents, a list despite the name. Personal data or a secret: left out of `repr`."""
    secondary_email_address: list[str] | None = _field(
        default=None, repr=False, metadata={"wire": "secondaryEmailAddress"}
    )
    """Other e-mail addresses, a list despite the name. Personal data or a secret: left out of `repr`."""
    distribution: CustomerDistribution | None = _field(default=None, metadata={"wire": "distribution"})
    """How documents reach the customer."""
    efaktura_block_ids: list[str] | None = _field(default=None, metadata={"wire": "efakturaBlockIds"})
    """Presumably eFaktura ids that nothing is sent to."""
    peppol_block_ids: list[str] | None = _field(default=None, metadata={"wire": "peppolBlockIds"})
    """Presumably Peppol ids that nothing is sent to; organization numbers in the example."""
    digipost_block_ids: list[str] | None = _field(default=None, repr=False, metadata={"wire": "digipostBlockIds"})
    """Presumably Digipost addresses that nothing is sent to. Personal data or a secret: left out of `repr`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class PostalAddress:
    """A postal address.

    When one is written, the server writes all of its fields as soon as one is sent, so those that are left out are
    presumably cleared: send it whole, with empty strings for what is to be empty.
    """

    address_line1: str | None = _field(default=None, repr=False, metadata={"wire": "addressLine1"})
    """First line. Personal data or a secret: left out of `repr`."""
    address_line2: str | None = _field(default=None, repr=False, metadata={"wire": "addressLine2"})
    """Second line. Personal data or a secret: left out of `repr`."""
    address_line3: str | None = _field(default=None, repr=False, metadata={"wire": "addressLine3"})
    """Third line. Personal data or a secret: left out of `repr`."""
    postal_code: str | None = _field(default=None, repr=False, metadata={"wire": "postalCode"})
    """Postal code. Personal data or a secret: left out of `repr`."""
    city_name: str | None = _field(default=None, repr=False, metadata={"wire": "cityName"})
    """Town. Personal data or a secret: left out of `repr`."""
    country_text: str | None = _field(default=None, metadata={"wire": "countryText"})
    """Name of the country."""
    country_code: str | None = _field(default=None, metadata={"wire": "countryCode"})
    """Country code, two capital letters in the example."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CustomerDistribution:
    """How documents reach a customer."""

    type: str | None = _field(default=None, metadata={"wire": "type"})
    """Code, `H` in the example."""
    einvoice_code: int | None = _field(default=None, metadata={"wire": "einvoiceCode"})
    """Code of an e-invoice channel, 90 in the example."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CustomerWrite:
    """A customer to create or update.

    No request was seen: the fields are those that lists give, apart from the numbers of client and account, and which
    of them can be written is not known. A field that is left out, or null, keeps its stored value; an empty string
    clears it, which is said of text. How a date, number or list is cleared is not known.
    """

    customer_no: str | None = _field(default=None, metadata={"wire": "customerNo"})
    """Number of the customer, which presumably says whom an update is for. Inferred: not seen here in the current
    documentation.
    """
    name: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "name"})
    """Name of the person or company. None is sent as null; leave it out to say nothing. Inferred: not seen here in
    the current documentation. Personal data or a secret: left out of `repr`.
    """
    postal_return_status: int | _Unset | None = _field(default=_UNSET, metadata={"wire": "postalReturnStatus"})
    """Presumably whether post came back. None is sent as null; leave it out to say nothing. Inferred: not seen here
    in the current documentation.
    """
    postal_return_date: _dt.date | _Unset | None = _field(default=_UNSET, metadata={"wire": "postalReturnDate"})
    """Presumably when post came back. None is sent as null; leave it out to say nothing. Inferred: not seen here in
    the current documentation.
    """
    customer_category: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "customerCategory"})
    """Code, `CONS` in the example of a list. None is sent as null; leave it out to say nothing. Inferred: not seen
    here in the current documentation.
    """
    phone_no: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "phoneNo"})
    """Phone number. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation. Personal data or a secret: left out of `repr`.
    """
    secondary_phone_no: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "secondaryPhoneNo"})
    """Another phone number. None is sent as null; leave it out to say nothing. Inferred: not seen here in the
    current documentation. Personal data or a secret: left out of `repr`.
    """
    organization_no: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "organizationNo"})
    """Organization number. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation.
    """
    organization_no_scheme: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "organizationNoScheme"})
    """Code of what kind of organization number it is, `0192` in the example of a list. None is sent as null; leave
    it out to say nothing. Inferred: not seen here in the current documentation.
    """
    date_of_birth: _dt.date | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "dateOfBirth"})
    """Date of birth. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation. Personal data or a secret: left out of `repr`.
    """
    year_of_birth: int | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "yearOfBirth"})
    """Year of birth. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation. Personal data or a secret: left out of `repr`.
    """
    ssn: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "ssn"})
    """National identity number. None is sent as null; leave it out to say nothing. Inferred: not seen here in the
    current documentation. Personal data or a secret: left out of `repr`.
    """
    ssn_country: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "ssnCountry"})
    """Country of the national identity number, two letters. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation.
    """
    informal_name: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "informalName"})
    """Informal name. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation. Personal data or a secret: left out of `repr`.
    """
    customer_group_code: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "customerGroupCode"})
    """Code of the customer's group, `VIP` in the example of a list. None is sent as null; leave it out to say
    nothing. Inferred: not seen here in the current documentation.
    """
    price_net_or_gross: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "priceNetOrGross"})
    """Code of how prices are given, `B` in the example of a list. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation.
    """
    language: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "language"})
    """Language, two small letters. None is sent as null; leave it out to say nothing. Inferred: not seen here in the
    current documentation.
    """
    currency: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "currency"})
    """Currency code. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation.
    """
    seller_reference: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "sellerReference"})
    """Reference of the seller. None is sent as null; leave it out to say nothing. Inferred: not seen here in the
    current documentation.
    """
    buyer_reference: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "buyerReference"})
    """Reference of the buyer. None is sent as null; leave it out to say nothing. Inferred: not seen here in the
    current documentation.
    """
    bank_account_no: str | _Unset | None = _field(default=_UNSET, repr=False, metadata={"wire": "bankAccountNo"})
    """Bank account number. None is sent as null; leave it out to say nothing. Inferred: not seen here in the current
    documentation. Personal data or a secret: left out of `repr`.
    """
    stop_reminder_until: _dt.date | _Unset | None = _field(default=_UNSET, metadata={"wire": "stopReminderUntil"})
    """Day until which no reminders are sent. Whether inclusive, and in which time zone, is not known. None is sent
    as null; leave it out to say nothing. Inferred: not seen here in the current documentation.
    """
    stop_debt_collection_until: _dt.date | _Unset | None = _field(
        default=_UNSET, metadata={"wire": "stopDebtCollectionUntil"}
    )
    """Day until which nothing goes to debt collection. Whether inclusive, and in which time zone, is not known. None
    is sent as null; leave it out to say nothing. Inferred: not seen here in the current documentation.
    """
    stop_interest_calc_until: _dt.date | _Unset | None = _field(
        default=_UNSET, metadata={"wire": "stopInterestCalcUntil"}
    )
    """Day until which no interest accrues. Whether inclusive, and in which time zone, is not known. None is sent as
    null; leave it out to say nothing. Inferred: not seen here in the current documentation.
    """
    due_days: int | _Unset | None = _field(default=_UNSET, metadata={"wire": "dueDays"})
    """Days until a document falls due. None is sent as null; leave it out to say nothing. Inferred: not seen here in
    the current documentation.
    """
    vat_liable: bool | _Unset | None = _field(default=_UNSET, metadata={"wire": "vatLiable"})
    """Whether the customer is liable to VAT. None is sent as null; leave it out to say nothing. Inferred: not seen
    here in the current documentation.
    """
    discount_rate: _Decimal | _Unset | None = _field(default=_UNSET, metadata={"wire": "discountRate"})
    """Rate of discount, presumably in per cent. None is sent as null; leave it out to say nothing. Inferred: not
    seen here in the current documentation.
    """
    active_status_web: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "activeStatusWeb"})
    """Code, `Passive` in the example of a list. None is sent as null; leave it out to say nothing. Inferred: not
    seen here in the current documentation.
    """
    customer_message: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "customerMessage"})
    """Message, presumably printed on documents. None is sent as null; leave it out to say nothing. Inferred: not
    seen here in the current documentation.
    """
    limit_amount: _Decimal | _Unset | None = _field(default=_UNSET, metadata={"wire": "limitAmount"})
    """Presumably a credit limit, in major units of `currency`. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation.
    """
    registration_status_code: str | _Unset | None = _field(default=_UNSET, metadata={"wire": "registrationStatusCode"})
    """Code, `FICTITIOUS` in the example of a list. None is sent as null; leave it out to say nothing. Inferred: not
    seen here in the current documentation.
    """
    registration_status_date: _dt.date | _Unset | None = _field(
        default=_UNSET, metadata={"wire": "registrationStatusDate"}
    )
    """Presumably since when the registration status holds. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation.
    """
    postal_address_changed: _dt.date | _Unset | None = _field(default=_UNSET, metadata={"wire": "postalAddressChanged"})
    """When the postal address was changed. Perhaps set by the server alone. None is sent as null; leave it out to
    say nothing. Inferred: not seen here in the current documentation.
    """
    postal_address: PostalAddress | _Unset | None = _field(default=_UNSET, metadata={"wire": "postalAddress"})
    """Postal address, to be sent whole or not at all. The page speaks of a field `postalAddress1` instead: perhaps
    the fields of the address stand beside the others in a request. Try it on staging. None is sent as null; leave
    it out to say nothing. Inferred: not seen here in the current documentation.
    """
    email_address_document: list[str] | _Unset | None = _field(
        default=_UNSET, repr=False, metadata={"wire": "emailAddressDocument"}
    )
    """E-mail addresses for documents, a list despite the name. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation. Personal data or a secret: left out of `repr`.
    """
    secondary_email_address: list[str] | _Unset | None = _field(
        default=_UNSET, repr=False, metadata={"wire": "secondaryEmailAddress"}
    )
    """Other e-mail addresses, a list despite the name. None is sent as null; leave it out to say nothing. Inferred:
    not seen here in the current documentation. Personal data or a secret: left out of `repr`.
    """
    distribution: CustomerDistribution | _Unset | None = _field(default=_UNSET, metadata={"wire": "distribution"})
    """How documents reach the customer. None is sent as null; leave it out to say nothing. Inferred: not seen here
    in the current documentation.
    """
    efaktura_block_ids: list[str] | _Unset | None = _field(default=_UNSET, metadata={"wire": "efakturaBlockIds"})
    """Presumably eFaktura ids that nothing is sent to. None is sent as null; leave it out to say nothing. Inferred:
    not seen here in the current documentation.
    """
    peppol_block_ids: list[str] | _Unset | None = _field(default=_UNSET, metadata={"wire": "peppolBlockIds"})
    """Presumably Peppol ids that nothing is sent to. None is sent as null; leave it out to say nothing. Inferred:
    not seen here in the current documentation.
    """
    digipost_block_ids: list[str] | _Unset | None = _field(
        default=_UNSET, repr=False, metadata={"wire": "digipostBlockIds"}
    )
    """Presumably Digipost addresses that nothing is sent to. None is sent as null; leave it out to say nothing.
    Inferred: not seen here in the current documentation. Personal data or a secret: left out of `repr`.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentBatchRequest:
    """Documents to create."""

    metadata: RequestMetadata | None = _field(default=None, metadata={"wire": "metadata"})
    """About the request."""
    documents: list[DocumentWrite] = _field(metadata={"wire": "documents"})
    """The documents. The largest number per request is not known."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class RequestMetadata:
    """About a request."""

    user_id: str | None = _field(default=None, metadata={"wire": "userId"})
    """The user on whose behalf it is made."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentWrite:
    """A document to create, as the printed example shows it.

    Which fields are required, and which codes there are, is not known.
    """

    document_type: str | None = _field(default=None, metadata={"wire": "documentType"})
    """Code of the type of document, `IN` in the example."""
    customer_no: str | None = _field(default=None, metadata={"wire": "customerNo"})
    """Number of the customer."""
    document_no: str | None = _field(default=None, metadata={"wire": "documentNo"})
    """Number of the document."""
    document_date: _dt.date | None = _field(default=None, metadata={"wire": "documentDate"})
    """Date of the document."""
    due_date: _dt.date | None = _field(default=None, metadata={"wire": "dueDate"})
    """Due date."""
    currency: str | None = _field(default=None, metadata={"wire": "currency"})
    """Currency code."""
    language: str | None = _field(default=None, metadata={"wire": "language"})
    """Language, two small letters in the example."""
    kid: str | None = _field(default=None, metadata={"wire": "kid"})
    """Payment reference (KID)."""
    marketing_message_code: str | None = _field(default=None, metadata={"wire": "marketingMessageCode"})
    """Code of a message, `0203` in the example."""
    customer_message: str | None = _field(default=None, metadata={"wire": "customerMessage"})
    """Message to the customer."""
    sales_order_id: str | None = _field(default=None, metadata={"wire": "salesOrderId"})
    """Id of the sales order."""
    purchase_order_id: str | None = _field(default=None, metadata={"wire": "purchaseOrderId"})
    """Id of the purchase order. The example gives an empty string."""
    seller_reference: str | None = _field(default=None, metadata={"wire": "sellerReference"})
    """Reference of the seller."""
    buyer_reference: str | None = _field(default=None, metadata={"wire": "buyerReference"})
    """Reference of the buyer."""
    additional_reference: str | None = _field(default=None, metadata={"wire": "additionalReference"})
    """Another reference."""
    sub_customer_no: str | None = _field(default=None, metadata={"wire": "subCustomerNo"})
    """Number of a customer below the customer."""
    ledger_note: str | None = _field(default=None, metadata={"wire": "ledgerNote"})
    """Note for the ledger."""
    currency_amounts: CurrencyAmounts | None = _field(default=None, metadata={"wire": "currencyAmounts"})
    """Amounts of the document."""
    distribution: DocumentDistribution | None = _field(default=None, metadata={"wire": "distribution"})
    """How the document reaches the customer."""
    einvoice_address: EinvoiceAddress | None = _field(default=None, metadata={"wire": "einvoiceAddress"})
    """Where an e-invoice goes."""
    email_address: list[str] | None = _field(default=None, repr=False, metadata={"wire": "emailAddress"})
    """E-mail addresses, a list despite the name. Personal data or a secret: left out of `repr`."""
    attachment_files: list[_Any] | None = _field(default=None, metadata={"wire": "attachmentFiles"})
    """The example gives an empty list; what an item looks like is not known. Inferred: not seen here in the current
    documentation.
    """
    attachment_codes: list[_Any] | None = _field(default=None, metadata={"wire": "attachmentCodes"})
    """The example gives an empty list; what an item looks like is not known. Inferred: not seen here in the current
    documentation.
    """
    custom_codes: list[_Any] | None = _field(default=None, metadata={"wire": "customCodes"})
    """The example gives an empty list; what an item looks like is not known. Inferred: not seen here in the current
    documentation.
    """
    document_lines: list[DocumentLine] | None = _field(default=None, metadata={"wire": "documentLines"})
    """The lines."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class CurrencyAmounts:
    """Amounts, presumably in the document's currency, in major units.

    A line of the printed example does not add up, so the sums are not checked here.
    """

    excl_vat: _Decimal | None = _field(default=None, metadata={"wire": "exclVat"})
    """Amount without value added tax."""
    vat: _Decimal | None = _field(default=None, metadata={"wire": "vat"})
    """Value added tax."""
    incl_vat: _Decimal | None = _field(default=None, metadata={"wire": "inclVat"})
    """Amount with value added tax."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentDistribution:
    """How a document reaches the customer."""

    type: str | None = _field(default=None, metadata={"wire": "type"})
    """Code, `M` in the example."""
    einvoice_code: int | None = _field(default=None, metadata={"wire": "einvoiceCode"})
    """Code of an e-invoice channel, 0 in the example."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class EinvoiceAddress:
    """Where an e-invoice goes."""

    address: str | None = _field(default=None, repr=False, metadata={"wire": "address"})
    """The address, an e-mail address in the example. Personal data or a secret: left out of `repr`."""
    address_scheme: str | None = _field(default=None, metadata={"wire": "addressScheme"})
    """Presumably what kind of address it is. The example gives an empty string."""
    operator: str | None = _field(default=None, metadata={"wire": "operator"})
    """Presumably who delivers it. The example gives an empty string."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentLine:
    """A line of a document."""

    line_no: int | None = _field(default=None, metadata={"wire": "lineNo"})
    """Number of the line; the first is 1."""
    line_type: str | None = _field(default=None, metadata={"wire": "lineType"})
    """Code, `PLH` and `TXT` in the example. The latter is a line of text, without amounts."""
    article_no: str | None = _field(default=None, metadata={"wire": "articleNo"})
    """Number of the article."""
    article_name: str | None = _field(default=None, metadata={"wire": "articleName"})
    """Name of the article."""
    line_text: str | None = _field(default=None, metadata={"wire": "lineText"})
    """Text of the line."""
    quantity_unit: str | None = _field(default=None, metadata={"wire": "quantityUnit"})
    """Unit of the quantity, presumably free text."""
    quantity: _Decimal | None = _field(default=None, metadata={"wire": "quantity"})
    """Quantity."""
    volume_unit: str | None = _field(default=None, metadata={"wire": "volumeUnit"})
    """Unit of the volume. The example gives an empty string."""
    volume: _Decimal | None = _field(default=None, metadata={"wire": "volume"})
    """Volume."""
    price: _Decimal | None = _field(default=None, metadata={"wire": "price"})
    """Price, presumably of one unit, in major units of the document's currency."""
    item_group1: str | None = _field(default=None, metadata={"wire": "itemGroup1"})
    """First group of the item."""
    item_group2: str | None = _field(default=None, metadata={"wire": "itemGroup2"})
    """Second group of the item."""
    item_group3: str | None = _field(default=None, metadata={"wire": "itemGroup3"})
    """Third group of the item."""
    currency_amounts: CurrencyAmounts | None = _field(default=None, metadata={"wire": "currencyAmounts"})
    """Amounts of the line."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentList:
    """One page of documents.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    documents: list[Document] | None = _field(default=None, metadata={"wire": "documents"})
    """The documents of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[Document]:
        """The items of this page."""
        return self.documents or []


@_define(kw_only=True)
class Document:
    """A document.

    No answer was seen, and it differs by type of document: read all else from the additional fields.
    """

    document_no: str | None = _field(default=None, metadata={"wire": "documentNo"})
    """Number of the document. Taken from CreateDocumentBatch. Inferred: not seen here in the current documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class DocumentBundleList:
    """One page of document bundles.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    document_bundles: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "documentBundles"})
    """The bundles of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.document_bundles or []


@_define(kw_only=True)
class ArItemList:
    """One page of AR items.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    ar_items: list[ArItem] | None = _field(default=None, metadata={"wire": "arItems"})
    """The AR items of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[ArItem]:
        """The items of this page."""
        return self.ar_items or []


@_define(kw_only=True)
class ArItem:
    """An item of the subledger.

    No answer was seen: read all but its id from the additional fields. A positive amount is debit, a negative one
    credit; the item is open while its balance is not 0.
    """

    ar_item_id: _Any = _field(default=None, metadata={"wire": "arItemId"})
    """Id of the item. The name is that of CreatePaymentReservation; whether a number or a word is not known.
    Inferred: not seen here in the current documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class GlItemList:
    """One page of GL items.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    gl_items: list[GlItem] | None = _field(default=None, metadata={"wire": "glItems"})
    """The GL items of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[GlItem]:
        """The items of this page."""
        return self.gl_items or []


@_define(kw_only=True)
class GlItem:
    """An item of the general ledger.

    No answer was seen, so read all but its id from the additional fields.
    """

    gl_item_id: _Any = _field(default=None, metadata={"wire": "glItemId"})
    """Id of the item. The name is built from that of the path parameter; whether a number or a word is not known.
    Inferred: not seen here in the current documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class GlMovementList:
    """One page of movements and balances.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    gl_movements: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "glMovements"})
    """The movements of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.gl_movements or []


@_define(kw_only=True)
class AdbIntervalList:
    """One page of intervals.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    adb_intervals: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "adbIntervals"})
    """The intervals of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.adb_intervals or []


@_define(kw_only=True)
class PaymentReservationRequest:
    """A payment to reserve.

    At least one field besides `paymentId` must say what it is for. The names of its amount and currency were not seen:
    add them as additional fields.
    """

    payment_id: str = _field(metadata={"wire": "paymentId"})
    """The caller's id of the payment, which the documentation does require; it must be unique. Its type was not
    seen. Inferred: not seen here in the current documentation.
    """
    ar_item_id: _Any = _field(default=None, metadata={"wire": "arItemId"})
    """Names a document by its AR item. Whether a number or a word is not known. Inferred: not seen here in the
    current documentation.
    """
    document_no: str | None = _field(default=None, metadata={"wire": "documentNo"})
    """Names a document by its number. The type is taken from CreateDocumentBatch. Inferred: not seen here in the
    current documentation.
    """
    document_uuid: _UUID | None = _field(default=None, metadata={"wire": "documentUuid"})
    """Names a document. That it is a UUID is concluded from the name. Inferred: not seen here in the current
    documentation.
    """
    reference_no: str | None = _field(default=None, metadata={"wire": "referenceNo"})
    """Names a document by a reference number. Its type was not seen. Inferred: not seen here in the current
    documentation.
    """
    kid: str | None = _field(default=None, metadata={"wire": "kid"})
    """Names a document or a customer by a payment reference (KID) of it. The type is taken from CreateDocumentBatch.
    Inferred: not seen here in the current documentation.
    """
    account_no: int | None = _field(default=None, metadata={"wire": "accountNo"})
    """Names a customer by its AR account. The type is taken from ListCustomers. Inferred: not seen here in the
    current documentation.
    """
    customer_no: str | None = _field(default=None, metadata={"wire": "customerNo"})
    """Names a customer by its number. The type is taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class ClientConfigList:
    """One page of settings.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    client_configs: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "clientConfigs"})
    """The settings of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.client_configs or []


@_define(kw_only=True)
class FileList:
    """One page of files.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    files: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "files"})
    """The files of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.files or []


@_define(kw_only=True)
class LogItemList:
    """One page of log items.

    No answer was seen.
    """

    summary: ListSummary | None = _field(default=None, metadata={"wire": "summary"})
    """Which page this is, and the way to the next. Taken from ListCustomers. Inferred: not seen here in the current
    documentation.
    """
    log_items: list[dict[str, _Any]] | None = _field(default=None, metadata={"wire": "logItems"})
    """The log items of this page. The name is built by the naming rule. Inferred: not seen here in the current
    documentation.
    """
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""

    def page_items(self) -> list[dict[str, _Any]]:
        """The items of this page."""
        return self.log_items or []


@_define(kw_only=True)
class ListSummary:
    """Which page of a list this is, and the way to the others."""

    page_no: int | None = _field(default=None, metadata={"wire": "pageNo"})
    """Number of this page; the first is 1."""
    current_page_size: int | None = _field(default=None, metadata={"wire": "currentPageSize"})
    """Presumably how many items this page has."""
    page_size_limit: int | None = _field(default=None, metadata={"wire": "pageSizeLimit"})
    """Presumably how many items a page has at most."""
    total_pages: int | None = _field(default=None, metadata={"wire": "totalPages"})
    """Number of pages."""
    total_count: int | None = _field(default=None, metadata={"wire": "totalCount"})
    """Items in all pages."""
    maximum_count: int | None = _field(default=None, metadata={"wire": "maximumCount"})
    """Most items that the query gives."""
    next_page: str | None = _field(default=None, metadata={"wire": "nextPage"})
    """Address of the next page, with its host. Whether it is null or absent on the last page is not known. Check the
    host before sending a token there.
    """
    last_page: str | None = _field(default=None, metadata={"wire": "lastPage"})
    """Address of the last page, with its host."""
    query_id: str | None = _field(default=None, metadata={"wire": "queryId"})
    """The remembered query, to be given as `query` with a `pageno`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""
