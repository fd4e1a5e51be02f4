"""How input files are to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import frozen

__all__ = ["CreditSign", "ReadOptions"]

CreditSign = Literal["positive", "negative"]


@frozen(kw_only=True)
class ReadOptions:
    """How input files are to be read. What is not given is found out from the file.

    Attributes:
        encoding: Of text files: `utf-8`, `utf-16`, `windows-1252`, or any other that Python knows.
        delimiter: Between the columns of CSV files: the sign, or `comma`, `semicolon`, `tab`, `pipe`.
        mapping: A file that says which column of theirs is which of ours.
        sheet: Name of the sheet of a spreadsheet; the first one that is shown if not given.
        credit_sign: Sign of the amount of the correction that a credit note becomes. The API's convention is not
            documented, so that it has to be chosen.
        seller: Organization number of the company whose EHF documents are wanted; those of others become problems.
            Of files in other formats, which do not say who sells, none is read then.
    """

    encoding: str | None = None
    delimiter: str | None = None
    mapping: Path | str | None = None
    sheet: str | None = None
    credit_sign: CreditSign | None = None
    seller: str | None = None
