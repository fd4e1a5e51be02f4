"""Invoices from EHF documents: amounts, parties, dates and references."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async import codec
from amili_async.importers.ehf.invoice import CLAIMS, invoice_from
from amili_async.importers.ehf.kept import BILLING, Kept
from amili_async.importers.ehf.parsing import parse
from amili_async.importers.problems import RowProblem
from amili_async.models.collection import (
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    EmailAddress,
    PhoneNumber,
    PostalAddress,
)
from tests.importers.ehf.documents import COMPANY, DATA, PERSON, changed, invoice, problem, read, read_text, without

COMPANY_ID = '<cbc:CompanyID schemeID="0192">312345676</cbc:CompanyID>'
TOTAL = "cac:LegalMonetaryTotal/"
PAYMENT_MEANS = """  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>{code}</cbc:PaymentMeansCode>
    <cbc:PaymentID>{reference}</cbc:PaymentID>
  </cac:PaymentMeans>
  <cac:TaxTotal>"""


def test_an_invoice_to_a_company() -> None:
    """Every field, with VAT at two rates, rounding and an amount that was paid before."""
    assert read(DATA / "company-invoice.xml") == CreateInvoiceItem(
        invoice_number="F-26001",
        original_invoice_amount=Decimal("980.00"),
        currency="NOK",
        invoice_date=dt.date(2026, 8, 31),
        due_date=dt.date(2026, 9, 14),
        ocr_reference_number="260018",
        debtors=[
            CreateInvoiceDebtor(
                name="Prøvekunden AS",
                organization_number="312345676",
                customer_number="K-2001",
                emails=[EmailAddress(value="regnskap@kunden.example")],
                phone_numbers=[PhoneNumber(value="+47 00 00 00 02")],
                addresses=[
                    PostalAddress(
                        street="Prøvegata 2, Postboks 3", zip_code="0002", city="Eksempelstad", country_code="NO"
                    )
                ],
            )
        ],
    )


def test_an_invoice_to_a_person() -> None:
    """Every field; what the document does not say stays out: no organization number, e-mail, phone or type."""
    assert read(DATA / "person-invoice.xml") == CreateInvoiceItem(
        invoice_number="26002",
        original_invoice_amount=Decimal("999.50"),
        currency="NOK",
        invoice_date=dt.date(2026, 9, 1),
        due_date=dt.date(2026, 9, 15),
        ocr_reference_number="0000260026",
        debtors=[
            CreateInvoiceDebtor(
                name="Kari Eksempel",
                customer_number="10077",
                addresses=[
                    PostalAddress(
                        street="Oppdiktet vei 4, H0102", zip_code="0003", city="Eksempelstad", country_code="NO"
                    )
                ],
            )
        ],
    )


# Amounts


def priced(amount: str) -> str:
    """The invoice to a person, over another amount without tax."""
    return changed(PERSON, ("999.50<", f"{amount}<"), ("799.60<", f"{amount}<"), ("199.90<", "0.00<"))


@given(st.integers(1, 10**15 - 1).map(lambda cents: Decimal(cents) / 100))
def test_every_amount_comes_through_exactly(amount: Decimal) -> None:
    """To the last cent, from the document to the body of the request."""
    item = invoice_from(parse([priced(f"{amount:f}").encode()]).root)
    assert item.original_invoice_amount == amount
    assert codec.decode(codec.encode(item), CreateInvoiceItem).original_invoice_amount == amount


@pytest.mark.parametrize("text", ["100", "100.", "+100.00", "100.000", "\n 100.0 \t"])
def test_every_way_of_writing_an_amount_is_read(tmp_path: Path, text: str) -> None:
    """All that the decimal type of XML schema permits."""
    assert invoice(tmp_path, priced(text)).original_invoice_amount == 100


@pytest.mark.parametrize("text", ["1e2", "100,00", "1 00.00", "NaN", "INF", "٣", "0x64", "1" * 16, "kr 100", "."])
def test_what_is_no_amount_is_told(tmp_path: Path, text: str) -> None:
    """Python would take some of these for numbers."""
    element, reason = problem(read_text(tmp_path, priced(text)))
    assert element is not None
    assert (element.startswith(TOTAL), reason) == (True, "is not an amount; UBL writes it like 1249.50")


def test_more_than_two_decimals_are_refused(tmp_path: Path) -> None:
    """They could not be paid."""
    assert problem(read_text(tmp_path, priced("100.005"))) == (
        f"{TOTAL}cbc:PayableAmount",
        "is 100.005: it has more than two decimals; have the document written anew",
    )


def test_the_amount_is_what_is_left_to_pay(tmp_path: Path) -> None:
    """What was paid before is not claimed again, and rounding counts."""
    fully = changed(COMPANY, ('PrepaidAmount currencyID="NOK">500.00', 'PrepaidAmount currencyID="NOK">0.00'))
    fully = changed(fully, ("980.00", "1480.00"))
    assert invoice(tmp_path, fully).original_invoice_amount == Decimal("1480.00")


@pytest.mark.parametrize(
    ("old", "new", "element", "reason"),
    [
        (
            ">1480.12<",
            ">1480.13<",
            "cbc:TaxInclusiveAmount",
            "is 1480.13, but 1200.10 and 280.02 of tax make 1480.12",
        ),
        (
            ">980.00<",
            ">1480.00<",
            "cbc:PayableAmount",
            "is 1480.00, but 1480.12 less 500.00 paid before, rounded by -0.12, make 980.00",
        ),
    ],
)
def test_sums_that_contradict_each_other_are_refused(
    tmp_path: Path, old: str, new: str, element: str, reason: str
) -> None:
    """Which of them is owed cannot be known here."""
    assert problem(read_text(tmp_path, changed(COMPANY, (old, new)))) == (
        TOTAL + element,
        f"{reason}; have the document written anew",
    )


PAYABLE_AMOUNT = '<cbc:PayableAmount currencyID="NOK">999.50</cbc:PayableAmount>'


def beside(name: str, amount: str, payable: str) -> str:
    """The invoice to a person with one more amount, and what is to be paid."""
    more = f'<cbc:{name} currencyID="NOK">{amount}</cbc:{name}>'
    return changed(PERSON, (PAYABLE_AMOUNT, more + PAYABLE_AMOUNT.replace("999.50", payable)))


@pytest.mark.parametrize(("name", "sign"), [("PrepaidAmount", "-"), ("PayableRoundingAmount", "")])
def test_an_invoice_claims_no_more_than_its_own_total(tmp_path: Path, name: str, sign: str) -> None:
    """What is carried over from another invoice is claimed there already."""
    assert invoice(tmp_path, beside(name, f"{sign}0.50", "1000.00")).original_invoice_amount == 1000
    reason = "is 1099.50, more than the 999.50 of this invoice: what else it claims may be claimed elsewhere"
    row = read_text(tmp_path, beside(name, f"{sign}100.00", "1099.50"))
    assert problem(row) == (f"{TOTAL}cbc:PayableAmount", reason)


@pytest.mark.parametrize(("name", "sign"), [("AllowanceTotalAmount", "-"), ("ChargeTotalAmount", "+")])
def test_lines_allowances_and_charges_make_the_amount_without_tax(tmp_path: Path, name: str, sign: str) -> None:
    """A discount that is told and not taken off leaves open what is owed."""
    text = beside(name, "100.00", "999.50")
    less, plus = ("100.00", "0") if sign == "-" else ("0", "100.00")
    made = "699.60" if sign == "-" else "899.60"
    sum_up = f"lines of 799.60 less {less} of allowances, plus {plus} of charges, make {made}"
    reason = f"is 799.60, but {sum_up}; have the document written anew"
    assert problem(read_text(tmp_path, text)) == (f"{TOTAL}cbc:TaxExclusiveAmount", reason)
    lines = "899.60" if sign == "-" else "699.60"
    old = '<cbc:LineExtensionAmount currencyID="NOK">799.60</cbc:LineExtensionAmount>\n    <cbc:TaxExclusive'
    assert invoice(tmp_path, changed(text, (old, old.replace("799.60", lines)))).original_invoice_amount == Decimal(
        "999.50"
    )


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("0.00", "is 0.00: there is nothing to collect"),
        ("-5.00", "is -5.00: an invoice below zero credits something; correct the invoice it is about"),
    ],
)
def test_there_has_to_be_something_to_collect(tmp_path: Path, amount: str, reason: str) -> None:
    """An invoice that is paid, or credits something, is none to collect."""
    assert problem(read_text(tmp_path, priced(amount))) == (f"{TOTAL}cbc:PayableAmount", reason)


def test_amounts_are_in_the_currency_of_the_document(tmp_path: Path) -> None:
    """Otherwise kroner would be claimed as euro."""
    text = changed(PERSON, ("<cbc:DocumentCurrencyCode>NOK", "<cbc:DocumentCurrencyCode>EUR"))
    assert problem(read_text(tmp_path, text)) == (
        f"{TOTAL}cbc:TaxExclusiveAmount",
        "is not in EUR, the currency of the document",
    )


def test_the_tax_may_be_told_in_a_second_currency(tmp_path: Path) -> None:
    """The total in the currency of the document is the one that counts."""
    second = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">210.00</cbc:TaxAmount></cac:TaxTotal>\n  <cac:LegalMonetary'
    text = changed(PERSON, ("<cac:LegalMonetary", second))
    assert invoice(tmp_path, text).original_invoice_amount == Decimal("999.50")
    twice = changed(text, ('"SEK">210.00', '"NOK">199.90'))
    assert problem(read_text(tmp_path, twice)) == ("cac:TaxTotal/cbc:TaxAmount", "stands there twice in NOK")
    missing = changed(PERSON, ('  <cac:TaxTotal>\n    <cbc:TaxAmount currencyID="NOK">', "  <cac:TaxTotal>\n    <!-- "))
    missing = changed(missing, ("199.90</cbc:TaxAmount>\n    <cac:TaxSub", "-->\n    <cac:TaxSub"))
    assert problem(read_text(tmp_path, missing)) == ("cac:TaxTotal/cbc:TaxAmount", "is missing in NOK")


# What has to be there


@pytest.mark.parametrize(
    "element",
    ["cbc:ID", "cbc:IssueDate", "cbc:DueDate", "cbc:InvoiceTypeCode", "cbc:DocumentCurrencyCode"],
)
def test_what_an_invoice_needs_is_missed(tmp_path: Path, element: str) -> None:
    """The document is named, with the element that is not there."""
    lines = PERSON.splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith(f"  <{element}>"))
    row = read_text(tmp_path, text)
    assert row == RowProblem(str(tmp_path / "document.xml"), 2, element, "is missing")


def test_an_empty_element_is_a_missing_one(tmp_path: Path) -> None:
    """Nothing is sent as an empty text."""
    text = changed(PERSON, ("<cbc:DueDate>2026-09-15</cbc:DueDate>", "<cbc:DueDate> </cbc:DueDate>"))
    assert problem(read_text(tmp_path, text)) == ("cbc:DueDate", "is missing")


def test_an_element_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    """Which of them holds is not guessed; the line is that of the second."""
    second = "<cbc:DueDate>2026-09-15</cbc:DueDate>\n  <cbc:DueDate>2027-01-01</cbc:DueDate>"
    row = read_text(tmp_path, changed(PERSON, ("<cbc:DueDate>2026-09-15</cbc:DueDate>", second)))
    assert isinstance(row, RowProblem)
    assert str(row).endswith(
        "document.xml:10: cbc:DueDate: stands there twice; only one of them can hold",
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("15.09.2026", "is not a date; UBL writes it like 2026-01-31"),
        ("20260915", "is not a date; UBL writes it like 2026-01-31"),
        ("2026-02-30", "is not a day of the calendar"),
    ],
)
def test_dates_are_days_of_the_calendar(tmp_path: Path, value: str, reason: str) -> None:
    """In the one form that UBL has."""
    assert problem(read_text(tmp_path, changed(PERSON, ("2026-09-15", value)))) == ("cbc:DueDate", reason)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("381", "is that of a credit note, but the document is written as an invoice; have it written anew"),
        ("325", "is that of a document that may claim nothing from the customer; 380 is that of plain invoices"),
    ],
)
def test_only_types_that_claim_something_are_taken(tmp_path: Path, code: str, reason: str) -> None:
    """A pro-forma invoice claims nothing, and a credit note does the opposite."""
    text = changed(PERSON, ("TypeCode>380<", f"TypeCode>{code}<"))
    assert problem(read_text(tmp_path, text)) == ("cbc:InvoiceTypeCode", reason)


# Payment references


def with_means(code: str, reference: str) -> str:
    """The invoice to a person with one more means of payment."""
    return changed(PERSON, ("  <cac:TaxTotal>", PAYMENT_MEANS.format(code=code, reference=reference)))


@pytest.mark.parametrize(
    ("code", "reference"),
    [
        pytest.param("30", "0000260026", id="the same again"),
        pytest.param("48", "9988", id="that of a card"),
        pytest.param("30", "Faktura 26002", id="a text"),
    ],
)
def test_the_kid_is_the_reference_of_digits_for_transfers(tmp_path: Path, code: str, reference: str) -> None:
    """Other references are none."""
    assert invoice(tmp_path, with_means(code, reference)).ocr_reference_number == "0000260026"


def test_several_kids_are_refused(tmp_path: Path) -> None:
    """The wrong one would lose the payment."""
    assert problem(read_text(tmp_path, with_means("30", "26002600"))) == (
        "cac:PaymentMeans/cbc:PaymentID",
        "differs between the means of payment, and which one is the KID is not said; push it from a CSV file",
    )


@pytest.mark.parametrize("reference", ["26002-", "12", "1" * 25])
def test_a_kid_may_end_with_a_hyphen(tmp_path: Path, reference: str) -> None:
    """It stands for the check digit 10; a KID has 2 to 25 places."""
    assert invoice(tmp_path, changed(PERSON, ("0000 260026", reference))).ocr_reference_number == reference


@pytest.mark.parametrize("reference", ["1", "1" * 26, "F-26002", "RF18539007547034"])
def test_what_is_no_kid_stays_out(tmp_path: Path, reference: str) -> None:
    """Foreign and free references are none."""
    assert invoice(tmp_path, changed(PERSON, ("0000 260026", reference))).ocr_reference_number is None


# Parties


def debtor(tmp_path: Path, *changes: tuple[str, str]) -> CreateInvoiceDebtor:
    """The debtor of the invoice to a company, changed."""
    debtors = invoice(tmp_path, changed(COMPANY, *changes)).debtors
    assert debtors is not None
    (found,) = debtors
    return found


def test_the_name_of_the_legal_entity_comes_first(tmp_path: Path) -> None:
    """The trading name serves where there is no other, and without any there is no debtor."""
    legal = "<cbc:RegistrationName>Prøvekunden AS</cbc:RegistrationName>"
    assert debtor(tmp_path, (legal, "")).name == "Prøvekunden"
    text = changed(COMPANY, (legal, ""), ("<cbc:Name>Prøvekunden</cbc:Name>", ""))
    element, reason = problem(read_text(tmp_path, text))
    assert element == "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"
    assert reason == "is missing; a debtor needs a name"


def test_the_organization_number_is_that_of_the_legal_entity(tmp_path: Path) -> None:
    """Those of the electronic address and of VAT may be another company's, and are no substitute."""
    assert debtor(tmp_path, (COMPANY_ID, "")).organization_number is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ('<cbc:CompanyID schemeID="0192">312 345 676</cbc:CompanyID>', "312345676"),
        ("<cbc:CompanyID>312345676</cbc:CompanyID>", "312345676"),
        ("<cbc:CompanyID>5566778899</cbc:CompanyID>", None),
        ('<cbc:CompanyID schemeID="0007">5566778899</cbc:CompanyID>', None),
        ('<cbc:CompanyID schemeID="0002">312345676</cbc:CompanyID>', None),
    ],
)
def test_numbers_of_foreign_registers_stay_out(tmp_path: Path, written: str, number: str | None) -> None:
    """One of nine digits would look like a Norwegian company, and the wrong one would be dunned."""
    assert debtor(tmp_path, (COMPANY_ID, written)).organization_number == number


def test_a_number_without_a_register_is_norwegian_only_in_norway(tmp_path: Path) -> None:
    """By the country of the customer's address."""
    unnamed = "<cbc:CompanyID>312345676</cbc:CompanyID>"
    abroad = changed(COMPANY, ("Code>NO</cbc", "Code>FR</cbc"), (COMPANY_ID, unnamed))
    debtors = invoice(tmp_path, abroad).debtors
    assert debtors is not None
    assert debtors[0].organization_number is None


@pytest.mark.parametrize("number", ["01810099900", "31234567", "NO312345676MVA"])
def test_a_norwegian_number_has_nine_digits(tmp_path: Path, number: str) -> None:
    """Others are refused without being repeated: one of eleven digits would be a person's."""
    text = changed(COMPANY, (COMPANY_ID, f'<cbc:CompanyID schemeID="0192">{number}</cbc:CompanyID>'))
    element, reason = problem(read_text(tmp_path, text))
    assert element == "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
    assert reason == "is not an organization number of nine digits"


def test_the_customer_number_is_the_identifier_without_a_scheme(tmp_path: Path) -> None:
    """One with a scheme is that of a register, and several cannot be told apart."""
    party = "<cac:PartyIdentification><cbc:ID>K-2001</cbc:ID></cac:PartyIdentification>"
    assert debtor(tmp_path, (party, party.replace("<cbc:ID>", '<cbc:ID schemeID="0088">'))).customer_number is None
    assert debtor(tmp_path, (party, party + party.replace("2001", "2002"))).customer_number is None


@pytest.mark.parametrize("number", ["01415000053", "014150 00053", "014150-00053", "014150.00053"])
def test_a_national_identity_number_is_no_customer_number(tmp_path: Path, number: str) -> None:
    """It would be shown where customer numbers are. This one is synthetic (its month is above 40)."""
    assert debtor(tmp_path, ("K-2001", number)).customer_number is None


def test_an_invoice_without_an_address_has_a_debtor_without_one(tmp_path: Path) -> None:
    """Not an empty one."""
    lines = PERSON.splitlines(keepends=True)
    begin = max(number for number, line in enumerate(lines) if "<cac:PostalAddress>" in line)
    end = max(number for number, line in enumerate(lines) if "</cac:PostalAddress>" in line)
    debtors = invoice(tmp_path, "".join(lines[:begin] + lines[end + 1 :])).debtors
    assert debtors is not None
    assert debtors[0].addresses is None


def test_no_message_repeats_what_may_be_personal(tmp_path: Path) -> None:
    """A document written into the wrong places has people's data where amounts and dates should be."""
    person = "01415000053"
    for old in ("2026-09-15", "2026-09-01", ">380<", ">NOK<", "999.50", "799.60"):
        new = old.replace(old.strip("><"), person)
        row = read_text(tmp_path, changed(PERSON, (old, new)))
        assert isinstance(row, RowProblem)
        assert person.lstrip("0") not in str(row)


def test_lines_and_notes_are_not_needed(tmp_path: Path) -> None:
    """They are not read at all."""
    assert invoice(tmp_path, without(COMPANY, "cbc:Note", "cbc:BuyerReference")).invoice_number == "F-26001"


def test_the_documented_types_and_elements_are_those_of_the_code() -> None:
    """What the page says is read is kept when a document is parsed."""
    page = (Path(__file__).parents[3] / "docs" / "ehf.md").read_text("utf-8")
    told = re.search(r"^Types that claim something are taken: ([0-9, ]+)\.$", page, re.MULTILINE)
    assert told is not None
    assert set(told[1].split(", ")) == CLAIMS

    def names(kept: Kept) -> set[str]:
        return {name for outer, inner in kept.items() for name in ({outer} | names(inner))}

    fields = re.findall(r"^\| `\w+`.*?\| (.*?) \|", page, re.MULTILINE)
    elements = set(re.findall(r"c[ab]c:\w+", " ".join(fields)))
    assert len(elements) > 10
    assert elements <= names(BILLING)
