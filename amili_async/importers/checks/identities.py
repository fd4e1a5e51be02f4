"""Checks of who owes, and of the numbers that payments are matched by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from amili_async.importers.checks.codes import COUNTRIES
from amili_async.importers.checks.numbers import (
    is_account,
    is_kid,
    is_national_identity,
    is_organization,
    is_synthetic,
)
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem

__all__ = ["account", "country", "debtor", "idnumber", "kid", "orgno", "synthetic", "zipcode"]

_Findings = Iterator[tuple[str, str]]
# No field for an account number is known. If one is sent as a further field, its name is probably one of these.
_ACCOUNTS: Final = frozenset({"account", "accountnumber", "bankaccount", "bankaccountnumber", "iban"})
_ELEVEN_DIGITS: Final = re.compile("[0-9]{11}", re.ASCII)
_NORWAY: Final = frozenset({"NO", "NOR", "SJ"})  # Svalbard has Norwegian numbers
_NAMES: Final = ("name", "lastname", "organization_number", "identification_number", "customer_number")


def kid(record: Any, today: date) -> _Findings:
    """Payment references of invoices."""
    if isinstance(record, CreateInvoiceItem) and _is_wrong(record.ocr_reference_number, is_kid):
        yield "ocr_reference_number", "is not a KID: 2 to 25 digits, the last of them a check digit by mod 10 or mod 11"


def orgno(record: Any, today: date) -> _Findings:
    """Organization numbers of debtors who are not known to be abroad."""
    for field, who in _debtors(record):
        if not _is_abroad(who) and _is_wrong(who.organization_number, is_organization):
            yield f"{field}.organization_number", "is not an organization number: nine digits, the last a check digit"


def idnumber(record: Any, today: date) -> _Findings:
    """National identity numbers of debtors.

    Abroad, people have numbers of other forms; those that have the Norwegian one are looked at there too, for many who
    owe in Norway have moved.
    """
    for field, who in _debtors(record):
        if _is_abroad(who) and not _ELEVEN_DIGITS.fullmatch(who.identification_number or ""):
            continue
        if _is_wrong(who.identification_number, is_national_identity):
            reason = "is not a fødselsnummer or D-number: eleven digits, a day first and two check digits last"
            yield f"{field}.identification_number", reason


def synthetic(record: Any, today: date) -> _Findings:
    """National identity numbers of people who do not exist."""
    for field, who in _debtors(record):
        if who.identification_number and is_synthetic(who.identification_number):
            yield f"{field}.identification_number", "is one of a test register; nobody has it"


def account(record: Any, today: date) -> _Findings:
    """Account numbers among the fields that the specification does not name."""
    for name, value in record.additional_properties.items():
        if name.lower() in _ACCOUNTS and isinstance(value, str) and _is_wrong(value, is_account):
            yield name, "is neither a Norwegian account number nor an IBAN: its check digits are wrong"


def debtor(record: Any, today: date) -> _Findings:
    """Whether anybody is named who owes the invoice."""
    if not isinstance(record, CreateInvoiceItem):
        return
    if not record.debtors:
        yield "debtors", "is empty: nobody owes this invoice"
    for field, who in _debtors(record):
        if not any(getattr(who, name) for name in _NAMES):
            yield field, "has no name, organization number, identity number or customer number"


def country(record: Any, today: date) -> _Findings:
    """Country codes of addresses."""
    for field, who in _debtors(record):
        for index, address in enumerate(who.addresses or ()):
            if _is_wrong(address.country_code, COUNTRIES.__contains__):
                reason = "is not a country code of two letters like NO (ISO 3166-1)"
                yield f"{field}.addresses[{index}].country_code", reason


def zipcode(record: Any, today: date) -> _Findings:
    """Zip codes of Norwegian addresses."""
    for field, who in _debtors(record):
        for index, address in enumerate(who.addresses or ()):
            if address.country_code == "NO" and _is_wrong(address.zip_code, _is_norwegian_zip_code):
                yield f"{field}.addresses[{index}].zip_code", "is not a Norwegian zip code, which has four digits"


def _is_abroad(who: CreateInvoiceDebtor) -> bool:
    codes = {(address.country_code or "NO").upper() for address in who.addresses or ()}
    return not codes <= _NORWAY


def _is_norwegian_zip_code(code: str) -> bool:
    return re.fullmatch("[0-9]{4}", code, re.ASCII) is not None


def _is_wrong(value: str | None, is_right: Callable[[str], bool]) -> bool:
    """Whether there is a value and it is wrong; that one is missing is not looked at here."""
    return bool(value) and not is_right(value or "")


def _debtors(record: Any) -> Iterator[tuple[str, CreateInvoiceDebtor]]:
    if isinstance(record, CreateInvoiceItem):
        for index, who in enumerate(record.debtors or ()):
            yield f"debtors[{index}]", who
