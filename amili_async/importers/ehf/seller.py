"""Who sells: whether it is the company that is pushed for, and how many companies there are."""

from __future__ import annotations

import re
from typing import Final

from amili_async.importers.checks.numbers import is_organization
from amili_async.importers.ehf.elements import Element, FieldProblemError
from amili_async.importers.problems import SourceError

__all__ = ["check_seller", "name_of_seller", "wanted_seller"]

_PARTY: Final = "cac:AccountingSupplierParty/cac:Party"
_COMPANY_ID: Final = f"{_PARTY}/cac:PartyLegalEntity/cbc:CompanyID"
_VAT_ID: Final = f"{_PARTY}/cac:PartyTaxScheme/cbc:CompanyID"
_COUNTRY: Final = f"{_PARTY}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"
_NAMES: Final = (_COMPANY_ID, _VAT_ID, f"{_PARTY}/cac:PartyLegalEntity/cbc:RegistrationName")
_BRREG: Final = "0192"  # the Norwegian register of legal entities, in the list of identifier schemes (ISO 6523)
_NINE_DIGITS: Final = re.compile("[0-9]{9}", re.ASCII)
_VAT: Final = re.compile("NO([0-9]{9})MVA", re.ASCII)


def wanted_seller(given: str) -> str:
    """The organization number that a user gave, without the spaces in it.

    Raises:
        SourceError: It is none.
    """
    number = "".join(given.split())
    if not is_organization(number):
        raise SourceError("--seller is not an organization number: nine digits, the last a check digit")
    return number


def check_seller(document: Element, wanted: str) -> None:
    """Make sure that a document is of one company.

    Args:
        document: The document.
        wanted: The company's organization number.

    Raises:
        FieldProblemError: It is of another one, or does not say by a Norwegian number whose it is.
    """
    number = _number_of(document)
    if number == wanted:
        return
    line = next((element.line for path in (_COMPANY_ID, _VAT_ID) for element in document.all(path)), document.line)
    if number is None:
        reason = f"the seller has no organization number, so that it is not known to be {wanted}"
        raise FieldProblemError(_COMPANY_ID, line, reason)
    raise FieldProblemError(_COMPANY_ID, line, f"the seller is another company than {wanted}")


def name_of_seller(document: Element) -> str:
    """What tells the sellers of documents apart: a number if there is one, else a name. Not to be shown."""
    number = _number_of(document)
    return number or next((element.text for path in _NAMES for element in document.all(path)), "")


def _number_of(document: Element) -> str | None:
    """The organization number of the legal entity, else the one in its number for VAT.

    In this order, since the companies of a group may share a number for VAT.
    """
    norwegian = any(element.text == "NO" for element in document.all(_COUNTRY))
    entities = {
        number
        for element in document.all(_COMPANY_ID)
        if (scheme := element.attributes.get("schemeID", "").strip()) == _BRREG or (not scheme and norwegian)
        if _NINE_DIGITS.fullmatch(number := element.text.replace(" ", ""))
    }
    found = entities or {
        match[1]
        for element in document.all(_VAT_ID)
        if (match := _VAT.fullmatch(element.text.replace(" ", "").upper()))
    }
    return found.pop() if len(found) == 1 else None
