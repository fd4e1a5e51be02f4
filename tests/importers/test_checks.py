"""Checks of records before they are sent."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import kontonr

from amili_async.errors import ConfigError
from amili_async.importers.checks import CHECKS, Checks, Finding, Severity
from amili_async.importers.checks.codes import COUNTRIES, CURRENCIES, decimals_of
from amili_async.importers.records import ByInvoiceNumber
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateInvoiceClaim,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreatePaymentItem,
    PostalAddress,
)

TODAY = dt.date(2026, 10, 1)
ALL = Checks.from_options(["all=warn"], today=lambda: TODAY)
ADDRESS = PostalAddress(street="Eksempelveien 1", zip_code="0001", city="Prøveby", country_code="NO")
DEBTOR = CreateInvoiceDebtor(name="Eksempel AS", organization_number="312345676", addresses=[ADDRESS])
INVOICE = CreateInvoiceItem(
    invoice_number="26001",
    original_invoice_amount=Decimal("1249.50"),
    currency="NOK",
    invoice_date=dt.date(2026, 9, 1),
    due_date=dt.date(2026, 9, 15),
    ocr_reference_number="260018",
    debtors=[DEBTOR],
)
PAYMENT = CreatePaymentItem(amount=Decimal("100.00"), currency="NOK", date=dt.date(2026, 9, 20))
CORRECTION = CreateCorrectionItem(amount=Decimal("-100.00"), currency="NOK", date=dt.date(2026, 9, 20))
# A fødselsnummer, a D-number and synthetic ones have the same check digits; these are of nobody (months above 12).
SYNTHETIC = ("01415000053", "01815000036")


def found(record: Any, **changes: Any) -> list[tuple[str, str]]:
    """Check and field of each finding in a changed record."""
    return [(finding.check, finding.field) for finding in ALL.run(attrs.evolve(record, **changes))]


def owed_by(**changes: Any) -> list[tuple[str, str]]:
    """The same for an invoice whose debtor is changed."""
    return found(INVOICE, debtors=[attrs.evolve(DEBTOR, **changes)])


def living_at(**changes: Any) -> list[tuple[str, str]]:
    """The same for an invoice whose debtor's address is changed."""
    return owed_by(addresses=[attrs.evolve(ADDRESS, **changes)])


@pytest.mark.parametrize("record", [INVOICE, PAYMENT, CORRECTION, ByInvoiceNumber(invoice_number="1", record=PAYMENT)])
def test_sound_records_pass(record: Any) -> None:
    """All checks, on each kind of record."""
    assert ALL.run(record) == []


@pytest.mark.parametrize("record", [CreateInvoiceItem(debtors=[DEBTOR]), CreatePaymentItem(), CreateCorrectionItem()])
def test_what_is_missing_is_not_wrong(record: Any) -> None:
    """Which fields are needed is not for these checks to say, but for a debtor."""
    assert ALL.run(record) == []


@pytest.mark.parametrize(
    "number",
    [
        "260018",  # mod 10
        "260026",
        "18",  # the shortest there can be
        "12344",  # mod 10
        "12343",  # mod 11: 4·2+3·3+2·4+1·5 = 30, 30 % 11 = 8, 11 - 8 = 3
        "1234567890128",  # mod 10
        "6-",  # mod 11: 6·2 = 12, 12 % 11 = 1, 11 - 1 = 10
    ],
)
def test_kids(number: str) -> None:
    """By mod 10 or mod 11; which one was agreed on is not known."""
    assert found(INVOICE, ocr_reference_number=number) == []


@pytest.mark.parametrize(
    "number", ["260017", "26001-", "8", "1" * 26, "2600 18", "F-26001", "RF18539007547034", "٢٦٠٠١٨", "0000000"]
)
def test_what_is_no_kid(number: str) -> None:
    """A wrong check digit, too short, too long, or something else."""
    assert found(INVOICE, ocr_reference_number=number) == [("kid", "ocr_reference_number")]


@given(st.text("0123456789", min_size=1, max_size=24).filter(lambda digits: digits.strip("0")))
def test_every_reference_has_a_check_digit_by_both_rules(digits: str) -> None:
    """At least one of eleven endings passes, and at most two."""
    passing = [end for end in "0123456789-" if not found(INVOICE, ocr_reference_number=digits + end)]
    assert 1 <= len(passing) <= 2


@given(st.text("0123456789", min_size=10, max_size=10).filter(lambda digits: not digits.startswith("0000")))
def test_account_numbers_follow_the_same_rule_as_kids_by_mod_11(digits: str) -> None:
    """So that a rule of our own is held against that of a well-kept library."""
    for end in "0123456789":
        if kontonr.is_valid(digits + end):
            assert found(INVOICE, ocr_reference_number=digits + end) == []


@pytest.mark.parametrize(
    "number", ["312345675", "31234567", "3123456760", "312 345 676", "NO312345676MVA", "000000000"]
)
def test_what_is_no_organization_number(number: str) -> None:
    """Nine digits, with a check digit."""
    assert owed_by(organization_number=number) == [("orgno", "debtors[0].organization_number")]


def test_numbers_of_foreign_companies_are_not_judged() -> None:
    """Their form is another one."""
    abroad = [attrs.evolve(ADDRESS, country_code="SE", zip_code="123 45")]
    assert owed_by(organization_number="5566778899", addresses=abroad) == []
    assert owed_by(organization_number="5566778899", addresses=None) == [("orgno", "debtors[0].organization_number")]
    svalbard = [attrs.evolve(ADDRESS, country_code="SJ")]
    assert owed_by(organization_number="312345675", addresses=svalbard) == [("orgno", "debtors[0].organization_number")]


def test_numbers_of_people_abroad_are_judged_if_they_look_norwegian() -> None:
    """Their own states give others out, but many who owe in Norway have moved."""
    abroad = [attrs.evolve(ADDRESS, country_code="SE", zip_code="123 45")]
    wrong = [("idnumber", "debtors[0].identification_number")]
    assert owed_by(identification_number="20990101-0000", addresses=abroad) == []
    assert owed_by(identification_number="20990101-0000") == wrong
    assert owed_by(identification_number="01415000054", addresses=abroad) == wrong


@pytest.mark.parametrize("number", SYNTHETIC)
def test_synthetic_identity_numbers_pass(number: str) -> None:
    """They are what test environments have; whoever pushes to production can have them told."""
    assert Checks(today=lambda: TODAY).run(attrs.evolve(INVOICE, debtors=[_person(number)])) == []
    assert found(INVOICE, debtors=[_person(number)]) == [("synthetic", "debtors[0].identification_number")]


def _person(number: str) -> CreateInvoiceDebtor:
    return CreateInvoiceDebtor(name="Kari Eksempel", identification_number=number)


def _identity_number(start: str) -> str:
    """The first number that begins so and has sound check digits, by the rule as it is published."""
    for serial in range(1000):
        digits = [int(digit) for digit in f"{start}{serial:03}"]
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
            digits.append((11 - sum(w * d for w, d in zip(weights, digits, strict=True)) % 11) % 11)
            if digits[-1] == 10:
                break
        else:
            return "".join(map(str, digits))
    raise AssertionError(start)


@pytest.mark.parametrize(
    ("start", "passes"),
    [
        ("010150", True),
        ("290200", True),
        ("410150", True),  # D-number
        ("014150", True),
        ("418150", True),  # synthetic D-number
        ("016650", True),
        ("320150", False),
        ("001250", False),
        ("011350", False),
        ("310450", False),
        ("290201", False),
        ("810150", False),  # a hospital's emergency number
        ("019350", False),
    ],
)
def test_identity_numbers_begin_with_a_day(start: str, passes: bool) -> None:  # noqa: FBT001
    """That of the birth, with what is added to it for D-numbers and for people who do not exist."""
    number = _identity_number(start)
    findings = [finding.check for finding in ALL.run(attrs.evolve(INVOICE, debtors=[_person(number)]))]
    assert ("idnumber" not in findings) is passes


@pytest.mark.parametrize(
    "number", ["01415000054", "01415000063", "0141500005", "014150 00053", "x1415000053", "1" * 11]
)
def test_what_is_no_identity_number(number: str) -> None:
    """Both check digits, and nothing but digits."""
    assert owed_by(identification_number=number) == [("idnumber", "debtors[0].identification_number")]


@pytest.mark.parametrize(
    ("number", "findings"),
    [
        ("99991234566", []),
        ("NO7999991234566", []),
        ("99991234567", [("account", "bankAccount")]),
        ("NO7899991234566", [("account", "bankAccount")]),
        ("1", [("account", "bankAccount")]),
        ("00000000000", [("account", "bankAccount")]),
    ],
)
def test_account_numbers(number: str, findings: list[tuple[str, str]]) -> None:
    """There is no known field for them, so those that a file has beside the known ones are looked at."""
    assert found(INVOICE, additional_properties={"bankAccount": number, "other": "x", "iban": 7}) == findings


def test_somebody_owes_an_invoice() -> None:
    """Who can be found: by a name or a number."""
    assert found(INVOICE, debtors=None) == [("debtor", "debtors")]
    assert found(INVOICE, debtors=[]) == [("debtor", "debtors")]
    assert found(INVOICE, debtors=[DEBTOR, CreateInvoiceDebtor(firstname="Kari")]) == [("debtor", "debtors[1]")]
    assert found(INVOICE, debtors=[CreateInvoiceDebtor(customer_number="7")]) == []


@pytest.mark.parametrize("code", ["no", "NOR", "Norge", "UK", "XX"])
def test_country_codes(code: str) -> None:
    """Two capital letters of ISO 3166-1, and the United Kingdom's are GB."""
    assert living_at(country_code=code)[-1] == ("country", "debtors[0].addresses[0].country_code")


@pytest.mark.parametrize("code", ["101", "00001", "N-0001", "0001 Prøveby"])
def test_norwegian_zip_codes(code: str) -> None:
    """Four digits; spreadsheets drop the zeros in front. Abroad there are other forms."""
    assert living_at(zip_code=code) == [("zipcode", "debtors[0].addresses[0].zip_code")]
    assert living_at(zip_code=code, country_code="DE") == []


@pytest.mark.parametrize("code", ["nok", "KR", "XXX", "NKR", "HRK"])
def test_currencies(code: str) -> None:
    """Of ISO 4217, and in use."""
    assert found(INVOICE, currency=code) == [("currency", "currency")]
    assert found(PAYMENT, currency=code) == [("currency", "currency")]
    assert found(INVOICE, claims=[CreateInvoiceClaim(currency=code)]) == [("currency", "claims[0].currency")]


@pytest.mark.parametrize(
    ("amount", "currency", "passes"),
    [
        ("10.10", "NOK", True),
        ("10.100", "NOK", True),
        ("1E+3", "NOK", True),
        ("10.101", "NOK", False),
        ("10.101", "TND", True),
        ("10.1010", "TND", True),
        ("10.1011", "TND", False),
        ("10", "ISK", True),
        ("10.00", "ISK", True),
        ("10.50", "ISK", False),
        ("123456789012345678901234567890.01", "NOK", True),
        ("123456789012345678901234567890.001", "NOK", False),
        ("10.101", "kr", False),
    ],
)
def test_decimals(amount: str, currency: str, passes: bool) -> None:  # noqa: FBT001
    """As many as the currency has; zeros at the end do not count."""
    for record, field in ((INVOICE, "original_invoice_amount"), (PAYMENT, "amount"), (CORRECTION, "amount")):
        findings = found(record, **{field: Decimal(amount)}, currency=currency)
        assert (("decimals", field) not in findings) is passes
    claim = CreateInvoiceClaim(original_amount=Decimal(amount))
    findings = found(INVOICE, currency=currency, original_invoice_amount=Decimal(1), claims=[claim])
    assert (("decimals", "claims[0].original_amount") not in findings) is passes


def test_amounts() -> None:
    """An invoice claims something; a payment or a correction changes something, in either direction."""
    for amount in ("0", "0.00", "-1"):
        assert found(INVOICE, original_invoice_amount=Decimal(amount)) == [("amount", "original_invoice_amount")]
    for record in (PAYMENT, CORRECTION):
        assert found(record, amount=Decimal("0.00")) == [("amount", "amount")]
        assert found(record, amount=Decimal(-1)) == found(record, amount=Decimal(1)) == []


@pytest.mark.parametrize("as_instant", [False, True])
def test_dates(as_instant: bool) -> None:  # noqa: FBT001
    """They do not contradict each other and have come; tomorrow may have, elsewhere."""

    def day(*parts: int) -> dt.date:
        date = dt.date(*parts)
        return dt.datetime(*parts, tzinfo=dt.UTC) if as_instant else date  # type: ignore[arg-type, misc]

    assert found(INVOICE, due_date=day(2026, 8, 31)) == [("dates", "due_date")]
    assert found(INVOICE, due_date=day(2026, 9, 1)) == []
    assert found(INVOICE, invoice_date=day(2026, 10, 2), due_date=day(2026, 11, 2)) == []
    assert found(INVOICE, invoice_date=day(2026, 10, 3), due_date=day(2026, 11, 2)) == [("dates", "invoice_date")]
    assert found(PAYMENT, date=day(2026, 10, 3)) == found(CORRECTION, date=day(2026, 10, 3)) == [("dates", "date")]


def test_old_claims() -> None:
    """After three years they may be time-barred; the day itself is still in time."""
    old = {"invoice_date": dt.date(2023, 1, 1)}
    assert found(INVOICE, **old, due_date=dt.date(2023, 10, 1)) == []
    assert found(INVOICE, **old, due_date=dt.date(2023, 9, 30)) == [("age", "due_date")]
    leap = Checks(today=lambda: dt.date(2028, 2, 29))
    record = attrs.evolve(INVOICE, invoice_date=dt.date(2025, 1, 1), due_date=dt.date(2025, 2, 28))
    assert leap.run(record) == []


# Choosing


def test_what_is_not_chosen_keeps_its_default() -> None:
    """And of several choices for one check the last one holds."""
    checks = Checks.from_options(["kid=error", "dates=off", "kid=warn", "orgno=error"])
    changed = {"kid": Severity.WARN, "dates": Severity.OFF, "orgno": Severity.ERROR}
    assert checks.severities == {name: check.default for name, check in CHECKS.items()} | changed
    assert Checks.from_options([]) == Checks()


def test_all_of_them_can_be_chosen_at_once() -> None:
    """With exceptions after it."""
    checks = Checks.from_options(["all=off", "kid=error"], today=lambda: TODAY)
    record = attrs.evolve(INVOICE, ocr_reference_number="1", original_invoice_amount=Decimal(0))
    assert [(finding.check, finding.severity) for finding in checks.run(record)] == [("kid", Severity.ERROR)]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("kdi=error", "there is no check 'kdi'; there are: kid, orgno,"),
        ("kid", "a check is off, warn or error, and not ''; write it like kid=error"),
        ("kid=ERROR", "and not 'ERROR'"),
        ("", "there is no check ''"),
    ],
)
def test_a_choice_that_makes_no_sense_is_told(option: str, said: str) -> None:
    """Before anything is read."""
    with pytest.raises(ConfigError, match=re.escape(said)):
        Checks.from_options([option])


def test_the_record_itself_is_not_touched() -> None:
    """A check looks and says."""
    before = attrs.evolve(INVOICE)
    ALL.run(INVOICE)
    assert before == INVOICE


def test_no_message_holds_a_value() -> None:
    """Findings are printed and logged."""
    secret = "Kari 01415000054"
    address = PostalAddress(zip_code=secret, country_code="NO")
    other = PostalAddress(country_code=secret)
    who = CreateInvoiceDebtor(identification_number=secret, organization_number=secret, addresses=[address])
    record = attrs.evolve(
        INVOICE,
        currency=secret,
        ocr_reference_number=secret,
        debtors=[who, CreateInvoiceDebtor(addresses=[other])],
        additional_properties={"iban": secret},
    )
    findings = ALL.run(record)
    assert {finding.check for finding in findings} >= {"kid", "orgno", "idnumber", "account", "debtor", "currency"}
    assert {finding.check for finding in findings} >= {"country", "zipcode"}
    assert [finding for finding in findings if "Kari" in str(finding) or "0141" in str(finding)] == []


def test_a_finding_in_words() -> None:
    """Field, what is wrong, and the check to turn off."""
    assert str(Finding("kid", "ocr_reference_number", "is not a KID", Severity.WARN)) == (
        "ocr_reference_number: is not a KID (kid)"
    )


TEXTS = st.none() | st.text(max_size=30)


@given(
    st.builds(
        CreateInvoiceItem,
        ocr_reference_number=TEXTS,
        currency=TEXTS,
        original_invoice_amount=st.none() | st.decimals(),
        invoice_date=st.none() | st.dates() | st.datetimes(timezones=st.just(dt.UTC)),
        due_date=st.none() | st.dates() | st.datetimes(timezones=st.just(dt.UTC)),
        debtors=st.none()
        | st.lists(
            st.builds(
                CreateInvoiceDebtor,
                name=TEXTS,
                identification_number=TEXTS | st.text("0123456789", min_size=11, max_size=11),
                organization_number=TEXTS | st.text("0123456789", min_size=9, max_size=9),
                addresses=st.none()
                | st.lists(st.builds(PostalAddress, zip_code=TEXTS, country_code=TEXTS), max_size=2),
            ),
            max_size=2,
        ),
        additional_properties=st.dictionaries(st.sampled_from(["iban", "x"]), TEXTS),
    )
)
def test_checks_never_crash(record: CreateInvoiceItem) -> None:
    """Whatever stands in a record, there are findings or none."""
    assert all(finding.message for finding in ALL.run(record))


# Tables


def test_the_tables_have_the_form_of_their_standards() -> None:
    """Every exception is a currency too."""
    assert all(re.fullmatch("[A-Z]{3}", code) for code in CURRENCIES)
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRIES)
    assert len(COUNTRIES) == 249
    assert {code: decimals_of(code) for code in ("NOK", "EUR", "ISK", "TND", "?")} == {
        "NOK": 2,
        "EUR": 2,
        "ISK": 0,
        "TND": 3,
        "?": 2,
    }
    assert sum(decimals_of(code) != 2 for code in CURRENCIES) == 23


def test_the_documented_checks_are_those_of_the_code() -> None:
    """In their order, with what they find and their defaults."""
    page = (Path(__file__).parent.parent.parent / "docs" / "checks.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \| (.+?) \| (\w+) \|", page, re.MULTILINE)
    assert told == [(check.name, check.about, str(check.default)) for check in CHECKS.values()]


def test_a_missing_package_names_the_extra() -> None:
    """Whoever installed the library without the command line's extra is told what to install."""
    code = "import sys; sys.modules['stdnum'] = None\nimport amili_async.importers.checks"
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("the checks need python-stdnum: pip install 'amili-async[cli]'")
