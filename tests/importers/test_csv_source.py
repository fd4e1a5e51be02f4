"""Invoices from CSV files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import tracemalloc
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.importers.columns import COLUMNS
from amili_async.importers.csv_source import CsvRecords
from amili_async.importers.files import CHANGED
from amili_async.importers.kinds import PAYMENTS
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.records import ByInvoiceNumber
from amili_async.models.collection import (
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    DebtorType,
    EmailAddress,
    InvoiceType,
    PhoneNumber,
    PostalAddress,
)
from tests.cli.files import GOOD, as_csv, rows, write

HEADER = ",".join(GOOD)
FIRST = "1001,1249.50,NOK,2026-09-01,2026-09-15,Eksempel"
SECOND = "1002,20.00,NOK,2026-09-01,2026-09-15,Eksempel"


def read(path: Path) -> list[CreateInvoiceItem | RowProblem]:
    """Everything a file gives."""
    source = CsvRecords(path)
    try:
        return [row for row in source if isinstance(row, CreateInvoiceItem | RowProblem)]
    finally:
        source.close()


def read_text(tmp_path: Path, text: str | bytes) -> list[CreateInvoiceItem | RowProblem]:
    """Everything a text gives."""
    return read(write(tmp_path / "in.csv", text))


def places(found: list[CreateInvoiceItem | RowProblem]) -> list[str | tuple[int, str | None]]:
    """Invoice numbers, and line and column of problems."""
    return [(item.line, item.column) if isinstance(item, RowProblem) else str(item.invoice_number) for item in found]


def test_every_column_finds_its_place(tmp_path: Path) -> None:
    """A row with all columns becomes an invoice with its debtor, exact in every field."""
    cells = {
        "invoice_number": "2600105",
        "unique_source_invoice_id": "erp-1",
        "type": "NOTICE",
        "original_invoice_amount": "1249.50",
        "currency": "NOK",
        "invoice_date": "2026-09-01",
        "due_date": "2026-09-15",
        "collection_notice_date": "2026-10-01",
        "vat": "true",
        "fees": "False",
        "description": "Strøm, september",
        "ocr_reference_number": "10332126001051",
        "debtor_type": "PRIVATE",
        "customer_number": "103321",
        "firstname": "Åse",
        "lastname": "Eksempel",
        "name": "Åse Eksempel",
        "identification_number": "01849904260",
        "organization_number": "312345679",
        "date_of_birth": "1999-04-01",
        "email": "ase@example.com",
        "phone": "+47 000 10 193",
        "street": "Storgata 1",
        "zip_code": "0150",
        "city": "Oslo",
        "country_code": "NO",
    }
    assert set(cells) == set(COLUMNS)

    assert read_text(tmp_path, as_csv([cells], cells)) == [
        CreateInvoiceItem(
            invoice_number="2600105",
            unique_source_invoice_id="erp-1",
            type=InvoiceType.NOTICE,
            original_invoice_amount=Decimal("1249.50"),
            currency="NOK",
            invoice_date=dt.date(2026, 9, 1),
            due_date=dt.date(2026, 9, 15),
            collection_notice_date=dt.date(2026, 10, 1),
            vat=True,
            fees=False,
            description="Strøm, september",
            ocr_reference_number="10332126001051",
            debtors=[
                CreateInvoiceDebtor(
                    type=DebtorType.PRIVATE,
                    customer_number="103321",
                    firstname="Åse",
                    lastname="Eksempel",
                    name="Åse Eksempel",
                    identification_number="01849904260",
                    organization_number="312345679",
                    date_of_birth="1999-04-01",
                    emails=[EmailAddress(value="ase@example.com")],
                    phone_numbers=[PhoneNumber(value="+47 000 10 193")],
                    addresses=[PostalAddress(street="Storgata 1", zip_code="0150", city="Oslo", country_code="NO")],
                )
            ],
        )
    ]


def test_empty_cells_are_left_out(tmp_path: Path) -> None:
    """An empty optional cell gives no field, and a row without any debtor's cell gives no debtor."""
    (invoice,) = read_text(tmp_path, as_csv(rows({"lastname": " "})))
    assert isinstance(invoice, CreateInvoiceItem)
    assert invoice.debtors is None


@pytest.mark.parametrize("column", sorted(name for name, column in COLUMNS.items() if column.place != "invoice"))
def test_personal_columns_are_those_of_the_model(column: str) -> None:
    """A column counts as personal exactly where the model hides its field."""
    models = {
        "debtor": CreateInvoiceDebtor,
        "address": PostalAddress,
        "email": EmailAddress,
        "phone": PhoneNumber,
    }
    field = attrs.fields_dict(models[COLUMNS[column].place])[COLUMNS[column].field]
    assert COLUMNS[column].personal is (field.repr is False)


NO_AMOUNT = "is not an amount; write it like 1249.50 or 1249,50"
NO_CURRENCY = "is not an amount; write it without a currency, like 1249.50 or 1249,50"
TWO_WAYS = "can be read with and without decimals; write two of them, or give the decimal sign in a mapping file"
TOO_MANY = "has more than two decimals; round it where it comes from"
NO_DATE = "is not a date; write it like 2026-01-31 or 31.01.2026"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("original_invoice_amount", "12,3x4", f'"12,3x4" {NO_AMOUNT}'),
        ("original_invoice_amount", "NaN", f'"NaN" {NO_AMOUNT}'),
        ("original_invoice_amount", "1249,-", f'"1249,-" {NO_AMOUNT}'),
        ("original_invoice_amount", "1249,50 kr", f'"1249,50 kr" {NO_CURRENCY}'),
        ("original_invoice_amount", "kr 1 249,50", f"this {NO_CURRENCY}"),
        ("original_invoice_amount", "NOK1249.50", f"this {NO_CURRENCY}"),
        ("original_invoice_amount", "1e5", f"this {NO_AMOUNT}"),
        ("original_invoice_amount", "١٢", f"this {NO_AMOUNT}"),
        ("original_invoice_amount", "1,005", f'"1,005" {TWO_WAYS}'),
        ("original_invoice_amount", "1.005", f'"1.005" {TWO_WAYS}'),
        ("original_invoice_amount", "10.0500", f"this {TOO_MANY}"),
        ("original_invoice_amount", "0,125", f'"0,125" {TOO_MANY}'),
        ("original_invoice_amount", "1 249.500", f"this {TOO_MANY}"),
        ("original_invoice_amount", "1" * 16, "this has more than 15 digits before the decimals, which no amount has"),
        ("original_invoice_amount", "", "is empty; every row needs it"),
        ("currency", "nok", '"nok" is not a currency code; write it like NOK'),
        ("currency", "kr", '"kr" is not a currency code; write it like NOK'),
        ("invoice_date", "31.02.2026", '"31.02.2026" is not a day of the calendar'),
        ("invoice_date", "01/02/2026", f'"01/02/2026" {NO_DATE}'),
        ("invoice_date", "20260901", f"this {NO_DATE}"),
        ("invoice_date", "2026-09-01 10:30:00", f"this {NO_DATE}"),
        ("due_date", "2026-02-30", '"2026-02-30" is not a day of the calendar'),
        ("vat", "x", '"x" is neither yes nor no; write true or false, ja or nei'),
        ("invoice_number", "  ", "is empty; every row needs it"),
    ],
)
def test_a_bad_cell_is_reported_and_the_rest_goes_on(tmp_path: Path, column: str, value: str, reason: str) -> None:
    """A row that cannot be an invoice is told with file, line, column and reason; its neighbours are read."""
    path = write(tmp_path / "in.csv", as_csv(rows({}, {column: value}, {}), {**GOOD, column: ""}))
    before, problem, after = read(path)
    assert problem == RowProblem(str(path), 3, column, reason)
    assert places([before, after]) == ["1001", "1003"]


PERSONAL = [
    "Kari Eksempel",
    "Ola",
    "Bo",
    "ÅSE",
    "kari@example.com",
    "01849904260",
    "018499 04260",
    "018499.04260",
    "018499,04260",
    "912 34 567",
    "912.34.567",
    "912.345.67",
    "+47 912 34 567",
    "+4791234567",
    "9.1234567E+7",
    "13.09.1972",
    "13.09.72",
    "1972-09-31",
    "13/09-1972",
    "1972.5.13",
    "H0101",
    "12b",
    "0150 Oslo",
    "01849904260 01849904260 01849904260",
]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (column, value)
        for column in ("original_invoice_amount", "currency", "invoice_date", "due_date", "vat")
        for value in PERSONAL
        # A number without spaces is an amount, and any day of the calendar a date: then there is no message.
        if not (column == "original_invoice_amount" and value.removeprefix("+").isdigit())
        if not (column in ("invoice_date", "due_date") and value == "13.09.1972")
    ],
)
def test_a_person_in_the_wrong_column_is_not_repeated(tmp_path: Path, column: str, value: str) -> None:
    """Where a row has slipped sideways, names, numbers and days of birth stay out of the message."""
    (problem,) = read_text(tmp_path, as_csv(rows({column: value}), {**GOOD, column: ""}))
    assert isinstance(problem, RowProblem)
    assert problem.column == column
    assert problem.reason.startswith("this ")
    assert value not in str(problem)


def test_a_file_without_a_header_is_not_repeated(tmp_path: Path) -> None:
    """A first line that names no column may be an invoice: nothing of it is in the message."""
    path = write(tmp_path / "in.csv", "Kari,Eksempel,912 34 567\n")
    with pytest.raises(SourceError, match="the first line is not a header; it has to name the columns") as caught:
        CsvRecords(path)
    assert not any(part in str(caught.value).lower() for part in ("kari", "eksempel", "912"))


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        ([FIRST, "1002,20.00", SECOND], ["1001", (3, None), "1002"], "has 2 columns, the header has 6"),
        (
            [FIRST, SECOND + ",x", SECOND],
            ["1001", (3, None), "1002"],
            "a cell with a comma in it needs quotation marks",
        ),
        ([FIRST, '1002,"20"x,NOK,,,', SECOND], ["1001", (3, None), "1002"], 'must be doubled ("")'),
        ([FIRST, '1002,"20.00,NOK', SECOND, SECOND], ["1001", (3, None), "1002", "1002"], "not closed"),
        ([FIRST, '1002,"20.00,NOK', SECOND, '7,"1"'], ["1001", (3, None), "1002", (5, None)], "not closed"),
        ([FIRST, "x" * 70_000, SECOND], ["1001", (3, None), "1002"], "longer than 65,536 characters"),
        ([FIRST, "1002\r,20.00", SECOND], ["1001", (3, None), "1002"], "a carriage return"),
    ],
    ids=["short", "long", "inner quote", "open quote at the end", "open quote", "endless", "carriage return"],
)
def test_a_broken_row_costs_only_itself(tmp_path: Path, lines: list[str], expected: list[object], reason: str) -> None:
    """Whatever is wrong with the shape of a line, the lines after it are read, and line numbers stay right."""
    found = read_text(tmp_path, "\n".join([HEADER, *lines, ""]))
    assert places(found) == expected
    assert any(isinstance(item, RowProblem) and reason in item.reason for item in found)


def test_an_open_quote_swallows_nothing_of_a_long_file(tmp_path: Path) -> None:
    """A quotation mark that is never closed costs its own row, however many follow."""
    text = "\n".join([HEADER, '1000,"10', *[f"{n},1.00,NOK,2026-09-01,2026-09-15," for n in range(300)], ""])
    problem, *invoices = read_text(tmp_path, text)
    assert isinstance(problem, RowProblem)
    assert places(invoices) == [str(n) for n in range(300)]


def test_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    """Blank lines and cells with line breaks count as the lines they are."""
    text = as_csv(rows({"lastname": "Eksempel\nog sønner"}, {"currency": "kr"})).replace("1002", "\n\n1002")
    assert places(read_text(tmp_path, text)) == ["1001", (6, "currency")]


def test_spreadsheet_leftovers_are_skipped(tmp_path: Path) -> None:
    """Empty rows at the end, Windows line ends and a byte order mark do not matter."""
    text = as_csv(rows({}, {})).replace("\n", "\r\n") + ",,,,,\r\n\r\n"
    assert places(read_text(tmp_path, b"\xef\xbb\xbf" + text.encode())) == ["1001", "1002"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \r\n", "is empty"),
        (HEADER.encode() + b"\n1001,\x00", "is a binary file"),
        (b"PK\x03\x04rest", "is a spreadsheet or a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel file (.xls) or one with a password; save it as .xlsx"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\x1f\x8b\x08", "is compressed (gzip); unpack it first"),
        (b"<?xml version='1.0'?>", "is XML, and no table"),
        (b"\xef\xbb\xbf <!DOCTYPE html><table>", "is a web page (HTML), whatever its name"),
        (b'{"invoiceNumber": "1"}\n', "looks like JSON; give it a name that ends in .json, or .jsonl for JSON Lines"),
        (b'[{"invoiceNumber": "1"}]\n', "looks like JSON"),
        (HEADER.encode("utf-16-le"), "is a binary file (if it is UTF-16, say --encoding utf-16)"),
        (HEADER.encode("utf-32"), "is in UTF-32; save it as UTF-8"),
        (HEADER.encode("utf-16")[:-1], "line 1 breaks off in the middle of a letter"),
        (f"{HEADER}\n{FIRST}æ".encode()[:-1], "line 2 breaks off in the middle of a letter"),
        (HEADER.encode() + b",belop\n", '"belop" is no known column; known are invoice_number, '),
        (HEADER.encode() + b",currency\n", 'the column "currency" is there twice'),
        (HEADER.encode() + b",\n", "column 7 of the header has no name"),
        (b"invoice_number,currency,due_date,invoice_date\n", "this column is missing: original_invoice_amount"),
        (b"invoice_number,currency,due_date\n", "these columns are missing: original_invoice_amount, invoice_date"),
        (b'"invoice_number\n', "the first line is not a header: a quotation mark is opened and not closed"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    """A file that is wrong as a whole is refused when it is opened, with the reason, before any row is given out."""
    path = write(tmp_path / "in.csv", content)
    with pytest.raises(SourceError) as caught:
        CsvRecords(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a directory and a pipe each have their own sentence."""
    os.mkfifo(tmp_path / "pipe")
    holder = os.open(tmp_path / "pipe", os.O_RDWR)  # so that opening it to read does not wait for a writer
    try:
        for name, message in [("no.csv", "there is no such file"), (".", "is a directory"), ("pipe", "not a regular")]:
            with pytest.raises(SourceError, match=message):
                CsvRecords(tmp_path / name)
    finally:
        os.close(holder)


def test_a_header_alone_is_no_mistake(tmp_path: Path) -> None:
    """A night without overdue invoices is not an error."""
    assert read_text(tmp_path, HEADER + "\n") == []


def test_what_is_added_while_reading_is_not_read(tmp_path: Path) -> None:
    """A file that grows under our hands is read as far as it was checked, and the rest is reported."""
    path = write(tmp_path / "in.csv", f"{HEADER}\n{FIRST}\n")
    source = CsvRecords(path)
    with path.open("a") as file:
        file.write(SECOND + "\n")
    found = [row for row in source if isinstance(row, CreateInvoiceItem | RowProblem)]
    source.close()
    assert places(found) == ["1001", (2, None)]
    assert "was changed while it was read" in str(found[1])


def test_a_row_that_was_being_written_is_not_read(tmp_path: Path) -> None:
    """A last line without its end is no row if the file has grown since: 12 may be the beginning of 1249.50."""
    path = write(tmp_path / "in.csv", "invoice_number,currency,amount\n1001,NOK,100.00\n1002,NOK,12")
    source = CsvRecords(path, PAYMENTS)
    with path.open("a") as file:
        file.write("49.50\n")
    found = list(source)
    source.close()
    assert [row.invoice_number for row in found if isinstance(row, ByInvoiceNumber)] == ["1001"]
    assert [row.reason for row in found if isinstance(row, RowProblem)] == [CHANGED]


@pytest.mark.parametrize("count", [100, 30_000])
def test_what_is_written_over_while_reading_is_not_read(tmp_path: Path, count: int) -> None:
    """The next night's export under the same name: what is read stays what was checked, and no row is half of each."""
    path = tmp_path / "in.csv"

    def export(prefix: str, count: int) -> str:
        lines = (f"{prefix}{n:06},NOK,{len(prefix)}.00\n" for n in range(count))
        return "invoice_number,currency,amount\n" + "".join(lines)

    path.write_text(export("A", 20_000))
    source = CsvRecords(path, PAYMENTS)
    found = []
    for row in source:
        found.append(row)
        if len(found) == 100:
            with path.open("r+") as file:
                file.truncate()
                file.write(export("BBB", count))
    source.close()
    *read, last = found
    assert isinstance(last, RowProblem)
    assert last.reason == CHANGED
    assert 100 <= len(read) < 20_000
    for number, row in enumerate(read):
        assert isinstance(row, ByInvoiceNumber)
        assert (row.invoice_number, row.record.amount) == (f"A{number:06}", Decimal("1.00"))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """A file of 24 MB is read with less than 6 MB."""
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write(f"{HEADER}\n")
        for number in range(400):
            file.write(f"{number},1.00,NOK,2026-09-01,2026-09-15,{'x' * 60_000}\n")
    tracemalloc.start()
    try:
        source = CsvRecords(path)
        count = sum(isinstance(item, CreateInvoiceItem) for item in source)
        source.close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 400
    assert peak < 6_000_000


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(texts=st.lists(cells, min_size=1, max_size=8))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever stands in a quoted cell arrives as it was, but for spaces around it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(GOOD)
    writer.writerows([*list(GOOD.values())[:-1], cell] for cell in texts)
    found = read_text(tmp_path_factory.mktemp("any"), text.getvalue())
    names = [
        item.debtors[0].lastname if item.debtors else None for item in found if isinstance(item, CreateInvoiceItem)
    ]
    assert names == [cell.strip() or None for cell in texts]


@given(noise=st.lists(st.sampled_from([FIRST, '"', ",", "x", '1,"a', 'b",', "", "\r", "1,2,3,4,5,6"]), max_size=12))
def test_no_noise_loses_a_good_row(tmp_path_factory: pytest.TempPathFactory, noise: list[str]) -> None:
    """After any broken lines, forty good ones are found, and no line is named that is not there."""
    tail = [f"{n},1.00,NOK,2026-09-01,2026-09-15," for n in range(5000, 5040)]
    found = read_text(tmp_path_factory.mktemp("noise"), "\n".join([HEADER, *noise, *tail, ""]))
    assert places(found)[-40:] == [str(n) for n in range(5000, 5040)]
    assert all(2 <= item.line <= len(noise) + 41 for item in found if isinstance(item, RowProblem))
