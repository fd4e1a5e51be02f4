"""Values from the cells of an Excel file, which know whether they are numbers, dates or texts."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from amili_async.importers.columns import Column
from amili_async.importers.rows import Cell
from amili_async.importers.values import ValueProblemError

__all__ = ["cell_of", "title_of"]

# A number has 15 digits in Excel; further ones are traces of binary arithmetic, or lost.
_DIGITS: Final = 15
_CENT: Final = Decimal("0.01")
_TRACE: Final = Decimal("1e-9")
# Of this size on, binary numbers of 15 digits have no cents left.
_NO_CENTS_FROM: Final = 10**13
# What a number format may have besides digits without showing anything: colours and conditions, gaps, padding.
_NOT_SHOWN: Final = re.compile(r"\[[^\]$]*\]|[_*].|\\ ")
_ONLY_DIGITS: Final = re.compile(r"general|@|[0#?,. \u00a0]*(?:e\+0+)?", re.IGNORECASE)
_AS_TEXT: Final = "make the column a text column before its values are filled in"


def title_of(value: object) -> str:
    """The name of a column, from its cell in the header."""
    return "" if value is None else str(value).replace("_x000D_", "").strip()


def cell_of(cell: Any, column: Column) -> Cell:
    """What a cell holds, as its column needs it.

    Args:
        cell: One of openpyxl's.
        column: Whose cell it is.

    Raises:
        ValueProblemError: It cannot stand in this column.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        raise ValueProblemError("holds an error of a formula; mend it in Excel")
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip()  # how Excel writes a carriage return
    if isinstance(value, bool):
        if column.holds != "yes or no":
            raise ValueProblemError("holds TRUE or FALSE, and no value of this column")
        return value
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, column)
    if isinstance(value, int | float):
        return _number(value, cell, column)
    raise ValueProblemError(f"holds a time of day, and no value of this column; {_AS_TEXT}")


def _date(value: dt.datetime | dt.date, column: Column) -> Cell:
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise ValueProblemError("holds a date with a time of day; take the time away")
        value = value.date()
    if column.holds == "date":
        return value
    if column.name == "date_of_birth":
        return value.isoformat()
    raise ValueProblemError(f"holds a date, which Excel may have made of something else; {_AS_TEXT}")


def _number(value: float, cell: Any, column: Column) -> Cell:
    if column.holds == "amount":
        return _amount(value, str(cell.number_format))
    if column.holds == "yes or no" and value in (0, 1):
        return bool(value)
    if column.holds == "date":
        raise ValueProblemError("holds a number and no date; give the column a date format")
    if column.holds != "text" or column.members is not None:
        return str(value)  # and the column says what it wants
    digits = f"{value:.0f}"
    if value != int(value):
        raise ValueProblemError(f"holds a number with decimals; {_AS_TEXT}")
    if value < 0:
        raise ValueProblemError(f"holds a negative number; {_AS_TEXT}")
    if len(digits) > _DIGITS:
        raise ValueProblemError(f"holds a number of more than {_DIGITS} digits, of which Excel loses some; {_AS_TEXT}")
    number_format = str(cell.number_format)
    if not _ONLY_DIGITS.fullmatch(_shown(number_format)):
        raise ValueProblemError(f"holds a number, which Excel shows with more than its digits; {_AS_TEXT}")
    # 0 alone is Excel's format for whole numbers, and says nothing of how many digits there were.
    zeros = re.fullmatch("00+", number_format) and len(digits) <= len(number_format)
    if column.zeros and not zeros:
        raise ValueProblemError(
            f"holds a number, whose leading zeros are lost; {_AS_TEXT}, or give it a format of zeros like 0000"
        )
    return digits.zfill(len(number_format)) if zeros else digits


def _shown(number_format: str) -> str:
    """What a number format shows of a positive number."""
    return _NOT_SHOWN.sub("", number_format).split(";", 1)[0]


def _amount(value: float, number_format: str) -> Decimal:
    if "%" in _shown(number_format):
        raise ValueProblemError("holds a percentage, and no amount")
    amount = Decimal(repr(value)) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    if not amount.is_finite():
        raise ValueProblemError("is not an amount")
    if abs(amount) >= 10**_DIGITS:
        raise ValueProblemError(f"this has more than {_DIGITS} digits before the decimals, which no amount has")
    if abs(amount) >= _NO_CENTS_FROM and value != int(value):
        raise ValueProblemError(f"has more than {_DIGITS} digits, of which Excel loses some")
    rounded = amount.quantize(_CENT)
    if abs(amount - rounded) > _TRACE:
        raise ValueProblemError("has more than two decimals, if not all are shown; round it in Excel with ROUND")
    return rounded
