"""The sample invoices: right where a real export is right, wrong where they are meant to be."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
INVOICES = EXAMPLES / "invoices.csv"


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the modulo-10 check digit of the others."""
    total = 0
    for index, char in enumerate(digits[::-1]):
        value = int(char) << (index & 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def weighted_holds(digits: str, *weights: int) -> bool:
    """Whether the weighted sum, check digit included, is a multiple of eleven."""
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0


def kid_mod11_holds(digits: str) -> bool:
    """Whether the last digit is the modulo-11 check digit: 1 for itself, then 2 to 7 again and again to the left."""
    return weighted_holds(digits[::-1], 1, *[2 + index % 6 for index in range(len(digits) - 1)])


Row = dict[str, str]


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    """All data rows, bad ones included."""
    with INVOICES.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))[1:]


@pytest.fixture(scope="module")
def header() -> list[str]:
    """The column names."""
    with INVOICES.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.fixture(scope="module")
def rows(header: list[str], lines: list[list[str]]) -> list[Row]:
    """The rows that have as many columns as the header."""
    return [dict(zip(header, line, strict=True)) for line in lines if len(line) == len(header)]


def is_readable(row: Row) -> bool:
    """Whether a row can be an invoice at all."""
    try:
        assert Decimal(row["original_invoice_amount"]).is_finite()
        date.fromisoformat(row["invoice_date"])
        date.fromisoformat(row["due_date"])
    except (ArithmeticError, AssertionError, ValueError):
        return False
    return bool(row["invoice_number"]) and re.fullmatch("[A-Z]{3}", row["currency"]) is not None


@pytest.fixture(scope="module")
def readable(rows: list[Row]) -> list[Row]:
    """The rows that can be sent."""
    return [row for row in rows if is_readable(row)]


def test_script_reproduces_the_file(tmp_path: Path) -> None:
    """The script writes the committed file again, byte for byte."""
    copy = tmp_path / "again.csv"
    script = EXAMPLES / "make_invoices.py"
    subprocess.run([sys.executable, script, copy], check=True, capture_output=True)  # our own script
    assert copy.read_bytes() == INVOICES.read_bytes()


def test_bad_rows_are_as_many_as_announced(lines: list[list[str]], readable: list[Row]) -> None:
    """Eight rows cannot be read, thirty are refused on arrival, two are there twice; a thousand and more are good."""
    assert len(lines) == 1_060
    assert len(lines) - len(readable) == 8

    negative = [row for row in readable if Decimal(row["original_invoice_amount"]) < 0]
    early = [row for row in readable if row["due_date"] < row["invoice_date"]]
    numbers: dict[str, set[str]] = {}
    for row in readable:
        numbers.setdefault(row["invoice_number"], set()).add(row["unique_source_invoice_id"])
    ids = Counter(row["unique_source_invoice_id"] for row in readable)

    assert (len(negative), len(early)) == (10, 10)
    assert sorted(map(len, numbers.values()))[-11:] == [1] + [2] * 10
    assert [count for _, count in ids.most_common(3)] == [2, 2, 1]


def test_payment_references_have_right_check_digits(readable: list[Row]) -> None:
    """A KID holds customer and invoice number; people have modulo 10, businesses modulo 11 without "-"."""
    for row in readable:
        kid = row["ocr_reference_number"]
        number = row["unique_source_invoice_id"].removeprefix("erp-")
        if row["organization_number"]:
            assert kid_mod11_holds(kid), kid
        else:
            assert luhn_holds(kid), kid
        assert kid.startswith(row["customer_number"])
        if row["invoice_number"] == number:
            assert number in kid


def test_organization_numbers_are_synthetic_and_right(readable: list[Row]) -> None:
    """Organization numbers start with 2 or 3, which no real company's does, and their check digit is right."""
    numbers = {row["organization_number"] for row in readable} - {""}
    assert len(numbers) > 50
    for number in numbers:
        assert re.fullmatch("[23][0-9]{8}", number)
        assert weighted_holds(number, 3, 2, 7, 6, 5, 4, 3, 2, 1), number


def test_identity_numbers_are_synthetic_right_and_fit_the_birth_date(readable: list[Row]) -> None:
    """National identity numbers carry 80 on the month, both check digits are right, and the date of birth is theirs."""
    people = [row for row in readable if row["identification_number"]]
    assert len(people) > 400
    for row in people:
        number = row["identification_number"]
        born = date.fromisoformat(row["date_of_birth"])
        assert number[:6] == f"{born.day:02}{born.month + 80:02}{born.year % 100:02}"
        assert (int(number[6:9]) >= 500) == (born.year >= 2000)
        assert weighted_holds(number[:10], 3, 7, 6, 1, 8, 9, 4, 5, 2, 1), number
        assert weighted_holds(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), number


def test_contacts_reach_nobody(readable: list[Row]) -> None:
    """E-mail domains are reserved for examples; telephone numbers are in no plan or kept free for fiction."""
    for row in readable:
        assert re.fullmatch(r"|[a-z0-9.\-]+@example\.(com|org|net)", row["email"]), row["email"]
        assert re.fullmatch(r"|\+47 000 \d\d \d{3}|\+46 70 174 06 \d\d", row["phone"]), row["phone"]


def test_addresses_have_one_town_per_postal_code(readable: list[Row]) -> None:
    """Norwegian postal codes have four digits, belong to one town each, and cover the country."""
    towns = {(row["zip_code"], row["city"]) for row in readable if row["country_code"] == "NO"}
    assert all(re.fullmatch("[0-9]{4}", code) for code, _ in towns)
    assert len(towns) == len({code for code, _ in towns})
    assert len(towns) >= 60
    assert {
        ("0150", "Oslo"),
        ("5003", "Bergen"),
        ("7011", "Trondheim"),
        ("4006", "Stavanger"),
        ("9008", "Tromsø"),
    } <= towns
    assert all(row["street"] for row in readable)


def test_amounts_are_what_people_and_companies_owe(readable: list[Row]) -> None:
    """Amounts have two decimals and lie between 150 and 48,000; a handful is in another currency."""
    for row in readable:
        assert re.fullmatch(r"-?\d+\.\d\d", row["original_invoice_amount"])
        assert Decimal(150) <= abs(Decimal(row["original_invoice_amount"])) <= Decimal(48_000)
    assert any(not row["original_invoice_amount"].endswith("00") for row in readable)
    currencies = Counter(row["currency"] for row in readable)
    assert set(currencies) == {"NOK", "SEK", "EUR"}
    assert 3 <= currencies["SEK"] + currencies["EUR"] <= 20


def test_invoices_are_long_overdue(readable: list[Row]) -> None:
    """All dates are in 2026, and every due date is two weeks past on 1 November."""
    for row in readable:
        assert date.fromisoformat(row["invoice_date"]).year == 2026
        assert date.fromisoformat(row["due_date"]) <= date(2026, 11, 1) - timedelta(days=14)


def test_debtors_are_people_or_companies(readable: list[Row]) -> None:
    """A debtor has either a person's names and PRIVATE, or a company's name and number and no type."""
    companies = 0
    for row in readable:
        if row["organization_number"]:
            companies += 1
            assert row["name"]
            private = ("firstname", "lastname", "identification_number", "debtor_type")
            assert [row[column] for column in private] == ["", "", "", ""]
        else:
            assert row["firstname"]
            assert row["lastname"]
            assert not row["name"]
            assert row["debtor_type"] == "PRIVATE"
    assert 0.11 <= companies / len(readable) <= 0.19
    assert {row["type"] for row in readable} == {"NOTICE", "PAYMENT_REMINDER"}
