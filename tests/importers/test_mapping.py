"""Mapping files: foreign headers, constants, words and conventions."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from amili_async.importers.kinds import INVOICES, PAYMENTS, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from amili_async.importers.records import Record
from amili_async.models.collection import (
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    EmailAddress,
    InvoiceType,
    PostalAddress,
)
from tests.cli.files import write

EXAMPLES = Path(__file__).parents[2] / "examples"
MAP = """
[columns]
"Fakturanr." = "invoice_number"
"Beløp" = "original_invoice_amount"
Dato = "invoice_date"
Forfall = "due_date"
[constants]
currency = "NOK"
"""
HEADER = "Fakturanr.;Beløp;Dato;Forfall"
ROW = "1001;1249,50;1.9.2026;15.9.2026"
INVOICE = CreateInvoiceItem(
    invoice_number="1001",
    original_invoice_amount=Decimal("1249.50"),
    currency="NOK",
    invoice_date=dt.date(2026, 9, 1),
    due_date=dt.date(2026, 9, 15),
)


def read(
    tmp_path: Path, text: str, mapping: str, kind: RecordKind[Record] = INVOICES
) -> tuple[list[Record], list[RowProblem], list[str]]:
    """What a file with a mapping gives: records, problems, notes."""
    options = ReadOptions(mapping=write(tmp_path / "map.toml", mapping))
    with Reading(write(tmp_path / "in.csv", text), kind, options) as reading:
        return list(reading), reading.problems, reading.notes


def test_the_sample_export_is_read_as_it_is() -> None:
    """Semicolons, Windows-1252, decimal comma, Norwegian names: every row becomes the invoice it stands for."""
    options = ReadOptions(mapping=EXAMPLES / "erp_export.toml")
    with Reading(EXAMPLES / "erp_export.csv", INVOICES, options) as reading:
        invoices = list(reading)
    assert (reading.unreadable, reading.notes) == (0, [])
    assert [invoice.original_invoice_amount for invoice in invoices] == [
        Decimal(text) for text in ("1249.50", "480.00", "12750.00", "99.00", "3105.25")
    ]
    assert invoices[0] == CreateInvoiceItem(
        type=InvoiceType.NOTICE,
        invoice_number="10501",
        vat=True,
        original_invoice_amount=Decimal("1249.50"),
        currency="NOK",
        invoice_date=dt.date(2026, 9, 1),
        due_date=dt.date(2026, 9, 15),
        ocr_reference_number="20001105012",
        debtors=[
            CreateInvoiceDebtor(
                customer_number="20001",
                firstname="Bjørg",
                lastname="Eksempel",
                emails=[EmailAddress(value="bjorg@example.com")],
                addresses=[PostalAddress(street="Bjørkeveien 1", zip_code="0150", city="Oslo", country_code="NO")],
            )
        ],
    )
    assert invoices[4].type == InvoiceType.PAYMENT_REMINDER
    assert invoices[4].debtors is not None
    assert invoices[4].debtors[0].addresses is not None
    assert invoices[4].debtors[0].addresses[0].street == "Torget 3; inngang B"


def test_the_script_reproduces_the_sample_export(tmp_path: Path) -> None:
    """Byte for byte."""
    copy = tmp_path / "again.csv"
    subprocess.run([sys.executable, EXAMPLES / "make_export.py", copy], check=True, capture_output=True)
    assert copy.read_bytes() == (EXAMPLES / "erp_export.csv").read_bytes()


def test_foreign_columns_and_constants(tmp_path: Path) -> None:
    """Capitals and spaces in names do not count; what has no column is set for all rows."""
    assert read(tmp_path, f"fakturanr. ; BELØP;Dato;Forfall\n{ROW}\n", MAP) == ([INVOICE], [], [])


def test_problems_name_the_column_of_the_file(tmp_path: Path) -> None:
    """Whoever mends the file looks for the name that stands in it."""
    _, (problem,), _ = read(tmp_path, f"{HEADER}\n1001;x;1.9.2026;15.9.2026\n", MAP)
    assert (problem.line, problem.column) == (2, "Beløp")


def test_other_columns_are_ignored_if_the_mapping_says_so(tmp_path: Path) -> None:
    """By name, or all of them."""
    text = f"{HEADER};Selger;Avdeling\n{ROW};KÅE;7\n"
    for ignore in ('["Selger", "avdeling"]', '["*"]'):
        assert read(tmp_path, text, f"ignore = {ignore}\n{MAP}")[0] == [INVOICE]
    with pytest.raises(SourceError, match=r'"Avdeling" is no known column; say in .*map.toml what it is'):
        read(tmp_path, text, f'ignore = ["Selger"]\n{MAP}')


def test_words_are_translated(tmp_path: Path) -> None:
    """A word that the API does not have is replaced; one that is in no list is a slip, not a new word."""
    words = f'{MAP}\n[values.type]\n"Inkassovarsel" = "NOTICE"\n"Ny" = "BRAND_NEW"\n[values.vat]\nPliktig = true\n'
    text = (
        f"{HEADER};type;vat\n{ROW};INKASSOVARSEL;pliktig\n{ROW};NOTICE;nei\n{ROW};ny;ja\n"
        f"{ROW};BRAND_NEW;\n{ROW};Purring;\n{ROW};NOTICE;kanskje\n"
    )
    invoices, problems, _ = read(tmp_path, text, words)
    assert [(item.type, item.vat) for item in invoices if isinstance(item, CreateInvoiceItem)] == [
        ("NOTICE", True),
        ("NOTICE", False),
        ("BRAND_NEW", True),
        ("BRAND_NEW", None),
    ]
    assert [(item.line, item.column) for item in problems] == [(6, "type"), (7, "vat")]
    assert "[values]" in problems[0].reason


def test_conventions_of_the_mapping_hold(tmp_path: Path) -> None:
    """Decimal sign, dates, delimiter and encoding are as it says."""
    mapping = f'decimal = ","\ndate = "mm/dd/yyyy"\ndelimiter = "tab"\nencoding = "cp865"\n{MAP}'
    text = "Fakturanr.\tBeløp\tDato\tForfall\n1001\t1.249\t09/01/2026\t9/15/2026\n"
    options = ReadOptions(mapping=write(tmp_path / "map.toml", mapping))
    with Reading(write(tmp_path / "in.csv", text.encode("cp865")), INVOICES, options) as reading:
        (invoice,) = reading
    assert (invoice.original_invoice_amount, invoice.invoice_date) == (Decimal(1249), dt.date(2026, 9, 1))


def test_what_the_command_says_wins_over_the_mapping(tmp_path: Path) -> None:
    """The mapping is for the usual file; this one may be another."""
    mapping = write(tmp_path / "map.toml", f'delimiter = ","\nencoding = "utf-8"\n{MAP}')
    path = write(tmp_path / "in.csv", f"{HEADER}\n{ROW}\n".encode("cp1252"))
    with Reading(path, INVOICES, ReadOptions(mapping=mapping, delimiter="semicolon", encoding="cp1252")) as reading:
        assert list(reading) == [INVOICE]


def test_a_column_that_the_file_lacks_is_said(tmp_path: Path) -> None:
    """It may be a slip in the mapping; another name for a column that is there is none."""
    mapping = MAP.replace("[columns]", '[columns]\n"Fakturanummer" = "invoice_number"\n"Kundenr" = "customer_number"')
    _, _, (note,) = read(tmp_path, f"{HEADER}\n{ROW}\n", mapping)
    assert '"Kundenr"' in note
    assert "Fakturanummer" not in note


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("Fakturanr.;Dato;Forfall", 'missing: original_invoice_amount ("Beløp")'),
        (f"{HEADER};invoice_number", '"Fakturanr." and "invoice_number" are both invoice_number; ignore one of them'),
        (f"{HEADER};currency", "currency is set in [constants] of"),
        ("a;b", "the first line is not a header"),
    ],
)
def test_a_header_that_does_not_fit_the_mapping(tmp_path: Path, header: str, message: str) -> None:
    """Said before anything is read, with both names."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, f"{header}\n", MAP)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("[columns", "is not TOML: "),
        ("colums = 1", "colums is not known (did you mean columns?); known are encoding, delimiter, "),
        ('decimal = "komma"', 'decimal is "." or ","'),
        ("decimal = 1", 'decimal has to be a text; write it like decimal = "…"'),
        ('date = "dd/mm"', 'date is no format: the year, the month or the day is missing; write it like "dd/mm/yyyy"'),
        ('ignore = "Selger"', "ignore has to be a list of names"),
        ('columns = "x"', "[columns] has to be a table of lines like"),
        ('[columns]\nA = "amout"', '[columns] "A": "amout" is no column of ours (did you mean amount?); ours are'),
        ("[columns]\nA = 7", '[columns] "A": what it is set to is no column of ours; ours are'),
        ('[columns]\nA = "amount"\na = "date"', '[columns] has "a" twice; capitals do not count'),
        ('ignore = ["a"]\n[columns]\nA = "amount"', 'ignore has "A", which [columns] has too'),
        ("[constants]\ncurrency = 1", '[constants] currency has to be a text in quotation marks, like "NOK"'),
        ('[constants]\ncurrency = "kr"', '[constants] currency cannot be "kr": "kr" is not a currency code'),
        ('[constants]\nfoo = "kr"', '[constants]: "foo" is no column of ours'),
        ('[values]\ntype = "x"', '[values.type] has to be a table of lines like "Inkassovarsel" = "NOTICE"'),
        ('[values.currency]\n"Kr" = "kroner"', '[values.currency] "Kr" cannot be "kroner"'),
        ('[values.type]\n"a" = "B"\n"A" = "C"', '[values.type] "A" is there twice; capitals do not count'),
    ],
)
def test_a_mapping_that_is_wrong(tmp_path: Path, mapping: str, message: str) -> None:
    """The key and how to write it are told, before anything is read."""
    with pytest.raises(SourceError) as caught:
        read(tmp_path, f"{HEADER}\n", mapping, PAYMENTS)
    assert message in caught.value.message
    assert "map.toml" in caught.value.message


def test_a_mapping_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file and another encoding have their own sentences."""
    path = write(tmp_path / "in.csv", f"{HEADER}\n{ROW}\n")
    with pytest.raises(SourceError, match=r"the mapping file .*no\.toml cannot be read"):
        Reading(path, INVOICES, ReadOptions(mapping=tmp_path / "no.toml"))
    with pytest.raises(SourceError, match="is not in UTF-8; save it as UTF-8"):
        Reading(path, INVOICES, ReadOptions(mapping=write(tmp_path / "map.toml", MAP.encode("cp1252"))))


def test_json_takes_no_mapping(tmp_path: Path) -> None:
    """Its names are the API's own; a mapping that has no effect would be a mistake that nobody sees."""
    for name in ("in.jsonl", "in.json"):
        with pytest.raises(SourceError, match="a mapping file is for CSV files and spreadsheets"):
            Reading(write(tmp_path / name, "[]"), INVOICES, ReadOptions(mapping=write(tmp_path / "map.toml", MAP)))


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("invoice_number,amonut", '"amonut" is no known column (did you mean amount?); known are invoice_id'),
        ("invoice_number,Invoice ID", '"Invoice ID" is no known column (did you mean invoice_id?)'),
        ("invoice_number,Selger", '"Selger" is no known column; known are'),
    ],
)
def test_without_a_mapping_an_unknown_column_is_told(tmp_path: Path, header: str, hint: str) -> None:
    """With what may have been meant, and that a mapping file can say it."""
    with pytest.raises(SourceError) as caught:
        Reading(write(tmp_path / "in.csv", header + "\n"), PAYMENTS)
    assert hint in caught.value.message
    assert "(--map)" in caught.value.message
