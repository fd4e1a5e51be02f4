"""The customer of an invoice as the one who owes it."""

from __future__ import annotations

import re
from typing import Final

from amili_async.importers.checks.numbers import is_national_identity
from amili_async.importers.ehf.elements import Element, FieldProblemError
from amili_async.models.collection import CreateInvoiceDebtor, EmailAddress, PhoneNumber, PostalAddress

__all__ = ["debtor_of"]

_PARTY: Final = "cac:AccountingCustomerParty/cac:Party"
_COMPANY_ID: Final = f"{_PARTY}/cac:PartyLegalEntity/cbc:CompanyID"
_IDENTIFICATION: Final = f"{_PARTY}/cac:PartyIdentification/cbc:ID"
_ADDRESS: Final = f"{_PARTY}/cac:PostalAddress"
_NAMES: Final = (f"{_PARTY}/cac:PartyLegalEntity/cbc:RegistrationName", f"{_PARTY}/cac:PartyName/cbc:Name")
_BRREG: Final = "0192"  # the Norwegian register of legal entities, in the list of identifier schemes (ISO 6523)


def debtor_of(document: Element) -> CreateInvoiceDebtor:
    """Who owes the invoice. Whether it is a person or a company is left open: EHF does not say.

    Raises:
        FieldProblemError: There is no name, or the number of the company is none.
    """
    email, phone = (document.text_of(f"{_PARTY}/cac:Contact/cbc:{name}") for name in ("ElectronicMail", "Telephone"))
    address = _address(document)
    return CreateInvoiceDebtor(
        name=_name(document),
        organization_number=_organization_number(document),
        customer_number=_customer_number(document),
        emails=[EmailAddress(value=email)] if email else None,
        phone_numbers=[PhoneNumber(value=phone)] if phone else None,
        addresses=[address] if address else None,
    )


def _name(document: Element) -> str:
    for path in _NAMES:
        if name := document.text_of(path):
            return name
    raise FieldProblemError(_NAMES[0], document.line, "is missing; a debtor needs a name")


def _organization_number(document: Element) -> str | None:
    """The number of the legal entity in the Norwegian register.

    The number for VAT and the electronic address are no substitute: either may be that of another company of a group.
    Numbers of foreign registers stay out, for one of nine digits would look like that of a Norwegian company.
    """
    element = document.one(_COMPANY_ID)
    if element is None or not element.text:
        return None
    number = element.text.replace(" ", "")
    scheme = element.attributes.get("schemeID", "").strip()
    if scheme == _BRREG:
        if not re.fullmatch("[0-9]{9}", number, re.ASCII):
            raise FieldProblemError(_COMPANY_ID, element.line, "is not an organization number of nine digits")
        return number
    norwegian = document.text_of(f"{_ADDRESS}/cac:Country/cbc:IdentificationCode") == "NO"
    return number if not scheme and norwegian and re.fullmatch("[0-9]{9}", number, re.ASCII) else None


def _customer_number(document: Element) -> str | None:
    """The identifier without a scheme: by EN 16931 (BT-46) one that seller and buyer have agreed on.

    A national identity number is not passed on as something that may be shown.
    """
    numbers = {element.text for element in document.all(_IDENTIFICATION) if not element.attributes.get("schemeID")}
    if len(numbers) != 1:
        return None
    (number,) = numbers
    return None if is_national_identity(re.sub("[^0-9]", "", number)) else number


def _address(document: Element) -> PostalAddress | None:
    lines = [document.text_of(f"{_ADDRESS}/cbc:{name}") for name in ("StreetName", "AdditionalStreetName")]
    lines += [document.text_of(f"{_ADDRESS}/cac:AddressLine/cbc:Line")]
    address = PostalAddress(
        street=", ".join(line for line in lines if line) or None,
        zip_code=document.text_of(f"{_ADDRESS}/cbc:PostalZone"),
        city=document.text_of(f"{_ADDRESS}/cbc:CityName"),
        country_code=document.text_of(f"{_ADDRESS}/cac:Country/cbc:IdentificationCode"),
    )
    return address if address != PostalAddress() else None
