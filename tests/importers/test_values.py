"""Amounts, dates, yes and no, from the texts of cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.importers.values import Conventions, DateFormat, ValueProblemError, value_reader

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


def amount(text: str, decimal: Literal[".", ","] | None = None) -> Decimal:
    """What an amount is read as."""
    result = value_reader("amount", Conventions(decimal=decimal))(text)
    assert isinstance(result, Decimal)
    return result


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1249.50", "1249.50"),
        ("1249,50", "1249.50"),
        ("1249,5", "1249.5"),
        ("1249", "1249"),
        ("1 249,50", "1249.50"),
        (f"1{NBSP}249,50", "1249.50"),
        (f"1{NARROW}249.50", "1249.50"),
        (f"12{THIN}345{THIN}678", "12345678"),
        ("1.249,50", "1249.50"),
        ("1,249.50", "1249.50"),
        ("1.249.500", "1249500"),
        ("12,345,678.90", "12345678.90"),
        ("0,50", "0.50"),
        ("-1.249,50", "-1249.50"),
        ("\u22121249,50", "-1249.50"),
        ("+10", "10"),
    ],
)
def test_amounts_that_can_be_read_in_one_way_only(text: str, value: str) -> None:
    """Either decimal sign, and spaces, points or commas between thousands, digit for digit."""
    assert str(amount(text)) == value


@pytest.mark.parametrize("text", ["1.249", "1,249", "-12,345", "999.000", "1 249 50", "12.34.56", "1.24,9.5", "1,2,3"])
def test_amounts_that_are_not_clear_are_refused(text: str) -> None:
    """A wrong guess would be wrong by a factor of a thousand."""
    with pytest.raises(ValueProblemError):
        amount(text)


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.249", ",", "1249"),
        ("1,249", ".", "1249"),
        ("1.249,00", ",", "1249.00"),
        ("1,249", ",", None),
        ("1.249", ".", None),
        ("1249.50", ",", None),
        ("1249,50", ".", None),
        ("1,249.50", ",", None),
    ],
)
def test_a_given_decimal_sign_decides(text: str, decimal: Literal[".", ","], value: str | None) -> None:
    """With the sign from a mapping file an amount has one meaning, and one that does not follow it is refused."""
    if value is None:
        with pytest.raises(ValueProblemError):
            amount(text, decimal)
    else:
        assert str(amount(text, decimal)) == value


def grouped(whole: str, between: str) -> str:
    """Digits with a sign between the thousands."""
    return f"{int(whole):,}".replace(",", between)


@given(
    value=st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    places=st.sampled_from([0, 1, 2]),
    decimal=st.sampled_from([".", ","]),
    between=st.sampled_from(["", " ", NBSP, THIN, NARROW, ".", ","]),
    given_sign=st.booleans(),
)
def test_no_other_amount_than_was_written(
    value: Decimal, places: int, decimal: Literal[".", ","], between: str, *, given_sign: bool
) -> None:
    """However an amount is written, it is read as itself or not at all; and not at all only if it is not clear."""
    if between == decimal:
        between = ""
    cents = value.quantize(Decimal(1).scaleb(-places))
    sign, (whole, _, fraction) = "-" if cents < 0 else "", str(abs(cents)).partition(".")
    text = sign + (grouped(whole, between) if between else whole) + (decimal + fraction if fraction else "")
    try:
        assert amount(text, decimal if given_sign else None) == cents
    except ValueProblemError:
        assert not given_sign
        assert places == 0
        assert between in (".", ",")
        assert len(whole) in (4, 5, 6)


@given(text=st.text("0123456789.,- \u00a0+", max_size=12))
def test_what_is_read_has_the_digits_that_are_there(text: str) -> None:
    """Of anything that looks like a number, no digit is lost or made up, and there are two decimals at most."""
    try:
        value = amount(text)
    except ValueProblemError:
        return
    digits = "".join(char for char in text if char.isdigit())
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    assert -2 <= exponent <= 0
    assert abs(value) * 10**-exponent == int(digits)
    assert (text[0] == "-") == value.is_signed()


def date(text: str, form: str | None = None) -> dt.date:
    """What a date is read as."""
    result = value_reader("date", Conventions(date=DateFormat.of(form) if form else None))(text)
    assert type(result) is dt.date
    return result


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-02-01", None),
        ("2026-02-01T00:00:00", None),
        ("2026-02-01 00:00:00.000", None),
        ("01.02.2026", None),
        ("1.2.2026", None),
        ("01.02.2026 00:00", None),
        ("01/02/2026", "dd/mm/yyyy"),
        ("1/2/2026", "dd/mm/yyyy"),
        ("02/01/2026", "mm/dd/yyyy"),
        ("20260201", "yyyymmdd"),
        ("010226", "ddmmyy"),
        ("01-02-26", "DD-MM-YY"),
        ("2026.2.1", "yyyy.m.d"),
    ],
)
def test_dates(text: str, form: str | None) -> None:
    """As Norway and ISO 8601 write them, or as a mapping file says."""
    assert date(text, form) == dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("01/02/2026", None),
        ("01-02-2026", None),
        ("1.2.26", None),
        ("20260201", None),
        ("2026-2-1", None),
        ("2026-02-01 12:00", None),
        ("31.02.2026", None),
        ("2026021", "yyyymmdd"),
        ("2026-02-01", "dd/mm/yyyy"),
        ("13/31/2026", "dd/mm/yyyy"),
    ],
)
def test_dates_that_are_not_clear_are_refused(text: str, form: str | None) -> None:
    """The order of day and month is never guessed, and a time of day never dropped."""
    with pytest.raises(ValueProblemError):
        date(text, form)


@pytest.mark.parametrize(
    ("form", "why"),
    [("dd/mm", "missing"), ("dd/mm/yyyy mm", "twice"), ("hh.mm.yyyy", '"hh" is no part of a date'), ("", "missing")],
)
def test_a_date_format_that_is_none(form: str, why: str) -> None:
    """A slip in a mapping file is told, not made the best of."""
    with pytest.raises(ValueError, match=why):
        DateFormat.of(form)


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), form=st.sampled_from(["dd/mm/yyyy", "mmddyyyy", None]))
def test_no_other_day_than_was_written(day: dt.date, form: str | None) -> None:
    """Each day comes back."""
    written = {"dd/mm/yyyy": f"{day.day}/{day.month}/{day.year}", "mmddyyyy": f"{day:%m%d%Y}", None: f"{day:%d.%m.%Y}"}
    assert date(written[form], form) == day


@pytest.mark.parametrize("text", ["true", "Yes", "JA", "sann", "1"])
def test_yes(text: str) -> None:
    """In English, Norwegian, and as databases have it."""
    assert value_reader("yes or no", Conventions())(text) is True


@pytest.mark.parametrize("text", ["false", "No", "NEI", "Usann", "0"])
def test_no(text: str) -> None:
    """In English, Norwegian, and as databases have it."""
    assert value_reader("yes or no", Conventions())(text) is False
