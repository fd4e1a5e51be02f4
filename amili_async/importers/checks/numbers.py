"""Whether a number can be what it is said to be, by its form and its check digits."""

from __future__ import annotations

import re
from datetime import date
from itertools import cycle
from typing import Final

from stdnum import iban, luhn
from stdnum.no import fodselsnummer, kontonr, orgnr

__all__ = ["is_account", "is_kid", "is_national_identity", "is_organization", "is_synthetic"]

_KID: Final = re.compile(r"[0-9]{1,24}[0-9-]", re.ASCII)
_ELEVEN_DIGITS: Final = re.compile(r"[0-9]{11}", re.ASCII)
# What is added to the month of people who do not exist: by the national register, by the labour administration (twice).
_SYNTHETIC_MONTHS: Final = (80, 65, 40)


def is_kid(number: str) -> bool:
    """Whether a payment reference has 2 to 25 places and a check digit by mod 10 or mod 11.

    Which of the two a creditor has agreed on with the bank is not known here. By mod 11, a hyphen stands for 10.
    Zeros alone pass every rule, and stand for nothing: systems fill fields with them.
    """
    if not _KID.fullmatch(number) or not number.strip("0"):
        return False
    return bool(luhn.is_valid(number)) or number[-1] == _mod_11(number[:-1])


def _mod_11(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle(range(2, 8)), strict=False))
    rest = 11 - total % 11
    return {10: "-", 11: "0"}.get(rest, str(rest))


def is_organization(number: str) -> bool:
    """Whether a number is one of nine digits with a check digit, as in the Norwegian register of legal entities.

    None begins with a zero; zeros alone would have a sound check digit.
    """
    return re.fullmatch("[1-9][0-9]{8}", number, re.ASCII) is not None and bool(orgnr.is_valid(number))


def is_national_identity(number: str) -> bool:
    """Whether a number is a fødselsnummer or D-number, or a synthetic one of the test registers."""
    return bool(
        _ELEVEN_DIGITS.fullmatch(number)
        and number[9] == fodselsnummer.calc_check_digit1(number)
        and number[10] == fodselsnummer.calc_check_digit2(number)
        and _is_day(int(number[:2]), _month(number), int(number[4:6]))
    )


def is_synthetic(number: str) -> bool:
    """Whether a number is one that test registers give to people who do not exist."""
    return is_national_identity(number) and int(number[2:4]) > _SYNTHETIC_MONTHS[-1]


def _month(number: str) -> int:
    month = int(number[2:4])
    return month - next((added for added in _SYNTHETIC_MONTHS if month > added), 0)


def _is_day(day: int, month: int, year: int) -> bool:
    """Whether there is such a day in the year of any century; 40 is added to the day of a D-number."""
    try:
        date(2000 + year, month, day - 40 if day > 40 else day)  # of all years that end so, the one with the most days
    except ValueError:
        return False
    return True


def is_account(number: str) -> bool:
    """Whether a number is a Norwegian account number or an IBAN."""
    return bool(number.strip("0 .") and (kontonr.is_valid(number) or iban.is_valid(number)))
