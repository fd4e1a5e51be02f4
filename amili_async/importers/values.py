"""Values from the texts of cells: amounts, dates, yes and no. What can be read in two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal
from uuid import UUID

from attrs import frozen

__all__ = ["Conventions", "DateFormat", "DecimalSign", "ValueProblemError", "ValueType", "value_reader"]

DecimalSign = Literal[".", ","]
ValueType = Literal["text", "amount", "currency", "date", "yes or no", "id"]


class ValueProblemError(ValueError):
    """A cell cannot be read. The message quotes it only if it cannot be about a person."""


@frozen
class DateFormat:
    """How the dates of a file are written, if not as everybody can tell.

    Attributes:
        text: As the user wrote it, like `dd/mm/yyyy`.
        pattern: What a date looks like; its groups are named `year`, `month` and `day`.
    """

    text: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> DateFormat:
        """The format that is written so: `yyyy` or `yy`, `mm` and `dd`, with any signs between.

        Raises:
            ValueError: A part is missing, there twice, or none of these.
        """
        parts = re.split(r"([^\W\d_]+)", text.strip().lower())
        pattern = "".join(_run(part) if position % 2 else re.escape(part) for position, part in enumerate(parts))
        if any(f"<{name}>" not in pattern for name in ("year", "month", "day")):
            raise ValueError("the year, the month or the day is missing")
        try:
            return cls(text, re.compile(pattern + _MIDNIGHT, re.ASCII))
        except re.error:
            raise ValueError("a part is there twice") from None


@frozen
class Conventions:
    """What a user said of how the values of a file are written.

    Attributes:
        decimal: The decimal sign. If not given, amounts that depend on it are refused.
        date: How dates are written. If not given, 2026-01-31 and 31.01.2026.
    """

    decimal: DecimalSign | None = None
    date: DateFormat | None = None


# A row that has slipped sideways has a telephone number where an amount should be, or a day of birth where an invoice's
# date should be. So a cell is repeated only if it is a slip that is common in its own column, and nothing else.
_AMOUNT_SLIPS: Final = re.compile(
    r"[+-]?(?:[0-9]{1,5}[.,][0-9]{1,3}"  # 1249,505
    r"|[0-9]{1,3}(?: [0-9]{3}[.,]|\.[0-9]{3},|,[0-9]{3}\.)[0-9]{1,2}"  # 1.249,50 where the decimal sign is "."
    r"|[0-9]{1,3}[.,][0-9]?[A-Za-z][0-9]{0,2}"  # 12,3x4
    r"|[0-9]{1,5},-|kr\.? ?[0-9]{1,5}[.,][0-9]{2}|[0-9]{1,5}[.,][0-9]{2} ?(?:kr\.?|NOK))"  # 1249,- and 1249,50 kr
    r"|NaN|nan|inf"
)
_HAS_CURRENCY: Final = re.compile(r"[€$£]|(?<![^\W\d_])(?:kr|nok|sek|dkk|eur|usd|gbp)(?![^\W\d_])", re.IGNORECASE)
_CURRENCY_SLIPS: Final = re.compile(r"kr\.?|Kr\.?|KR|€|\$|£|nok|sek|dkk|eur|usd|gbp|chf|isk")
_YES_OR_NO_SLIPS: Final = re.compile(r"[yYjJnNxX]")
# Later than anybody was born who has debts.
_YEAR: Final = r"20[2-9][0-9]"
_DATE_SLIPS: Final = re.compile(rf"[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-]{_YEAR}|{_YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}")

# Between thousands: a space, and the spaces that do not break or are narrow.
_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_MINUS: Final = "\u2212"
_LONGEST: Final = 15  # digits before the decimal sign


def _amounts(decimal: str, thousands: str) -> re.Pattern[str]:
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}(?P<between>[{_SPACES}{thousands}])[0-9]{{3}}(?:(?P=between)[0-9]{{3}})*"
    return re.compile(rf"(?P<sign>[+\-{_MINUS}]?)(?P<whole>{whole})(?:[{decimal}](?P<fraction>[0-9]+))?", re.ASCII)


# What an amount may look like, by its decimal sign.
_AMOUNTS: Final[Mapping[DecimalSign, re.Pattern[str]]] = {".": _amounts(".", ","), ",": _amounts(",", ".")}

_PLAIN_AMOUNT: Final = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,2}", re.ASCII)

# What databases add to a date that has no time.
_MIDNIGHT: Final = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_DATES: Final = (
    # `fromisoformat` alone also takes 20260131 and week dates, which are more often a slip than meant.
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + _MIDNIGHT, re.ASCII),
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})" + _MIDNIGHT, re.ASCII),
)
_YES_OR_NO: Final = {
    **dict.fromkeys(("true", "yes", "ja", "sann", "1"), True),
    **dict.fromkeys(("false", "no", "nei", "usann", "0"), False),
}


def value_reader(kind: ValueType, conventions: Conventions) -> Callable[[str], Any]:
    """What makes a value of this type from the text of a cell, which is not empty.

    It raises `ValueProblemError` if the text is none.
    """
    if kind == "amount":
        return lambda cell: _amount(cell, conventions.decimal)
    if kind == "date":
        return lambda cell: _date(cell, conventions.date)
    return _PLAIN[kind]


def _text(cell: str) -> str:
    return cell


def _amount(cell: str, decimal: DecimalSign | None) -> Decimal:
    if decimal != "," and _PLAIN_AMOUNT.fullmatch(cell):
        return Decimal(cell)  # the usual case, which has no other reading
    shown = _shown(cell, _AMOUNT_SLIPS)
    patterns = [_AMOUNTS[decimal]] if decimal else _AMOUNTS.values()
    readings = {_digits(found) for pattern in patterns if (found := pattern.fullmatch(cell))}
    if not readings:
        like = f"1249{decimal}50" if decimal else "1249.50 or 1249,50"
        without = "without a currency, " if _HAS_CURRENCY.search(cell) else ""
        raise ValueProblemError(f"{shown} is not an amount; write it {without}like {like}")
    if len(readings) > 1:
        why = "can be read with and without decimals"
        raise ValueProblemError(f"{shown} {why}; write two of them, or give the decimal sign in a mapping file")
    ((sign, whole, fraction),) = readings
    if len(fraction) > 2:
        raise ValueProblemError(f"{shown} has more than two decimals; round it where it comes from")
    if len(whole) > _LONGEST:
        raise ValueProblemError(f"this has more than {_LONGEST} digits before the decimals, which no amount has")
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def _digits(found: re.Match[str]) -> tuple[str, str, str]:
    """Sign, digits before and digits after the decimal sign."""
    sign = "-" if found["sign"] in ("-", _MINUS) else ""
    between = found["between"]
    return sign, found["whole"].replace(between, "") if between else found["whole"], found["fraction"] or ""


def _currency(cell: str) -> str:
    if not re.fullmatch("[A-Z]{3}", cell):
        raise ValueProblemError(f"{_shown(cell, _CURRENCY_SLIPS)} is not a currency code; write it like NOK")
    return cell


def _date(cell: str, given: DateFormat | None) -> date:
    for pattern in (given.pattern,) if given else _DATES:
        if found := pattern.fullmatch(cell):
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            try:
                return date(year + 2000 if len(found["year"]) == 2 else year, month, day)
            except ValueError:
                raise ValueProblemError(f"{_shown(cell, _DATE_SLIPS)} is not a day of the calendar") from None
    like = given.text if given else "2026-01-31 or 31.01.2026"
    raise ValueProblemError(f"{_shown(cell, _DATE_SLIPS)} is not a date; write it like {like}")


def _yes_or_no(cell: str) -> bool:
    try:
        return _YES_OR_NO[cell.lower()]
    except KeyError:
        shown = _shown(cell, _YES_OR_NO_SLIPS)
        raise ValueProblemError(f"{shown} is neither yes nor no; write true or false, ja or nei") from None


def _id(cell: str) -> UUID:
    if not re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", cell, re.ASCII | re.IGNORECASE):
        # What stands here instead may be anybody's number.
        raise ValueProblemError("this is not an id of Amili's, which looks like 01234567-89ab-cdef-0123-456789abcdef")
    return UUID(cell)


_PLAIN: Final[Mapping[ValueType, Callable[[str], Any]]] = {
    "text": _text,
    "currency": _currency,
    "yes or no": _yes_or_no,
    "id": _id,
}


def _shown(cell: str, slips: re.Pattern[str]) -> str:
    return f'"{cell}"' if slips.fullmatch(cell) else "this"


def _run(letters: str) -> str:
    """The pattern of one or several parts of a date with nothing between them."""
    runs = [found[0] for found in re.finditer(r"(.)\1*", letters)]
    # Without a sign between, a missing zero would move the digits of one part to the next.
    digits = "{1,2}" if len(runs) == 1 else "{2}"
    parts = {
        "yyyy": "(?P<year>[0-9]{4})",
        "yy": "(?P<year>[0-9]{2})",
        **dict.fromkeys(("mm", "m"), f"(?P<month>[0-9]{digits})"),
        **dict.fromkeys(("dd", "d"), f"(?P<day>[0-9]{digits})"),
    }
    for run in runs:
        if run not in parts:
            raise ValueError(f'"{run}" is no part of a date')
    return "".join(parts[run] for run in runs)
