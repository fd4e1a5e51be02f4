"""Records from Excel files."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from amili_async.importers.kinds import INVOICES, PAYMENTS
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber
from amili_async.importers.xlsx_sheet import Rows, check_sheet
from amili_async.importers.xlsx_source import ExcelRecords
from amili_async.models.collection import CreateInvoiceItem
from tests.cli.files import write

HEADER = ("invoice_number", "original_invoice_amount", "currency", "invoice_date", "due_date")
ROW = ("1001", 1249.5, "NOK", dt.date(2026, 9, 1), dt.date(2026, 9, 15))
# Cells have no time zone.
MIDNIGHT = dt.datetime(2026, 9, 1)  # noqa: DTZ001
NOON = dt.datetime(2026, 9, 1, 12)  # noqa: DTZ001
INVOICE = CreateInvoiceItem(
    invoice_number="1001",
    original_invoice_amount=Decimal("1249.50"),
    currency="NOK",
    invoice_date=dt.date(2026, 9, 1),
    due_date=dt.date(2026, 9, 15),
)


def first(workbook: Workbook) -> Any:
    """Its sheet; what openpyxl says of types leaves charts and nothing open."""
    return workbook.active


def book(*rows: Sequence[object]) -> Workbook:
    """A workbook with the usual header."""
    result = Workbook()
    first(result).append(HEADER)
    for row in rows:
        first(result).append(row)
    return result


def save(tmp_path: Path, workbook: Workbook, change: Callable[[str, bytes], bytes] | None = None) -> Path:
    """The file, its parts changed as an unusual program, or an attacker, would write them."""
    path = tmp_path / "in.xlsx"
    workbook.save(path)
    if change is not None:
        with zipfile.ZipFile(path) as source:
            parts = {name: change(name, source.read(name)) for name in source.namelist()}
        write(path, zipped(parts))
    return path


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return file.getvalue()


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """Another text in the sheet."""

    def change(name: str, content: bytes) -> bytes:
        if "worksheets/sheet" not in name:
            return content
        assert old in content
        return content.replace(old, new)

    return change


def read(path: Path, options: ReadOptions = ReadOptions()) -> list[CreateInvoiceItem | RowProblem]:  # noqa: B008
    """Everything a file gives."""
    source = ExcelRecords(path, INVOICES, options)
    try:
        found = [row for row in source if isinstance(row, CreateInvoiceItem | RowProblem)]
        assert len(found) == source.expected
        return found
    finally:
        source.close()


def test_typed_cells(tmp_path: Path) -> None:
    """Numbers, dates and texts come as what they are; numbers of invoices that Excel made numbers are digits."""
    rows = [
        ROW,
        (1001, 1249.50, "NOK", MIDNIGHT, "15.09.2026"),
        (1001.0, "1 249,50", " NOK ", "2026-09-01", dt.date(2026, 9, 15)),
    ]
    found = read(save(tmp_path, book(*rows)))
    assert found == [INVOICE] * 3
    assert [str(item.original_invoice_amount) for item in found if isinstance(item, CreateInvoiceItem)] == [
        "1249.50",
        "1249.50",
        "1249.50",
    ]


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (0.1 + 0.2, "0.30"),
        (1249.5000000001, "1249.50"),
        (123456789.12, "123456789.12"),
        (123456789.1 + 0.02, "123456789.12"),
        (-20, "-20.00"),
        (10**14, "100000000000000.00"),
    ],
)
def test_amounts_without_traces_of_binary_arithmetic(tmp_path: Path, value: float, amount: str) -> None:
    """What a formula has left in the tenth decimal is no part of an amount."""
    (invoice,) = read(save(tmp_path, book(("1", value, *ROW[2:]))))
    assert isinstance(invoice, CreateInvoiceItem)
    assert str(invoice.original_invoice_amount) == amount


@settings(deadline=None, max_examples=25)
@given(values=st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=20))
def test_no_other_amount_than_was_written(tmp_path_factory: pytest.TempPathFactory, values: list[Decimal]) -> None:
    """Each amount comes back exactly, though Excel keeps it as a binary number."""
    path = save(tmp_path_factory.mktemp("any"), book(*[("1", float(value), *ROW[2:]) for value in values]))
    assert [row.original_invoice_amount for row in read(path) if isinstance(row, CreateInvoiceItem)] == values


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("original_invoice_amount", 1249.505, "has more than two decimals, if not all are shown; round it in Excel"),
        ("original_invoice_amount", 1e300, "this has more than 15 digits before the decimals"),
        ("original_invoice_amount", 12345678901234.56, "has more than 15 digits, of which Excel loses some"),
        ("original_invoice_amount", "1.249", "can be read with and without decimals"),
        ("original_invoice_amount", True, "holds TRUE or FALSE"),
        ("original_invoice_amount", dt.date(2026, 9, 1), "holds a date, which Excel may have made of something else"),
        ("original_invoice_amount", "#REF!", "holds an error of a formula; mend it in Excel"),
        ("original_invoice_amount", None, "is empty; every row needs it"),
        ("invoice_number", 1001.5, "holds a number with decimals"),
        ("invoice_number", -1, "holds a negative number"),
        ("invoice_number", 1234567890123456, "holds a number of more than 15 digits, of which Excel loses some"),
        ("invoice_number", dt.date(2026, 9, 1), "holds a date, which Excel may have made of something else"),
        ("invoice_number", dt.time(12), "holds a time of day"),
        ("invoice_date", 46266, "holds a number and no date; give the column a date format"),
        ("invoice_date", NOON, "holds a date with a time of day"),
        ("currency", 578, "this is not a currency code; write it like NOK"),
        ("vat", 2, "this is neither yes nor no"),
        ("ocr_reference_number", 10332126001051, "holds a number, whose leading zeros are lost"),
        ("zip_code", 150, "holds a number, whose leading zeros are lost"),
    ],
)
def test_a_bad_cell_is_reported_and_the_rest_goes_on(tmp_path: Path, column: str, value: object, reason: str) -> None:
    """With its row and column, what is wrong and how to mend it; its neighbours are read."""
    workbook = Workbook()
    header = [*HEADER, *({column} - set(HEADER))]
    first(workbook).append(header)
    for cells in ({}, {column: value}, {}):
        first(workbook).append([{**dict(zip(HEADER, ROW, strict=True)), **cells}.get(name) for name in header])
    path = save(tmp_path, workbook)
    before, problem, after = read(path)
    assert isinstance(problem, RowProblem)
    assert (problem.file, problem.line, problem.column) == (str(path), 3, column)
    assert problem.reason.startswith(("this " + reason, reason)) or reason in problem.reason
    assert before == after == INVOICE


def test_a_format_of_zeros_keeps_them(tmp_path: Path) -> None:
    """Where Excel shows 0150 for a number, 0150 is meant; a format that shows fewer digits says nothing."""
    workbook = book((1001, *ROW[1:], 150), (1001, *ROW[1:], 150), (1001, *ROW[1:], 1234567))
    sheet = first(workbook)
    sheet["F1"] = "zip_code"
    sheet["F2"].number_format = "0000"
    sheet["F3"].number_format = "0"
    sheet["F4"].number_format = "0000"
    sheet["A2"].number_format = "000000"
    good, *bad = read(save(tmp_path, workbook))
    assert isinstance(good, CreateInvoiceItem)
    assert good.invoice_number == "001001"
    assert good.debtors is not None
    assert good.debtors[0].addresses is not None
    assert good.debtors[0].addresses[0].zip_code == "0150"
    assert [item.column for item in bad if isinstance(item, RowProblem)] == ["zip_code", "zip_code"]


@pytest.mark.parametrize(
    ("cell", "number_format", "reason"),
    [
        ("A2", '"F-"0000', "more than its digits"),
        ("A2", '"F-"General', "more than its digits"),
        ("A2", "\\F0", "more than its digits"),
        ("A2", "000-000", "more than its digits"),
        ("A2", "0%", "more than its digits"),
        ("A2", "[$kr-414] 0", "more than its digits"),
        ("B2", "0%", "holds a percentage, and no amount"),
        ("B2", "[Red]0.00 %;-0.00 %", "holds a percentage, and no amount"),
        *[
            ("A2", shows_digits, None)
            for shows_digits in (
                "General",
                "@",
                "0",
                "#,##0",
                "# ##0",
                "#\\ ##0",
                "0.00",
                "0.00E+00",
                '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
                "[<=99999999]##_ ##_ ##_ ##;\\+##_ ##_ ##_ ##_ ##",
                "[Blue]0",
            )
        ],
        ("B2", '#,##0.00 "kr"', None),
        ("B2", '0.00;"-"0.00 "%"', None),
    ],
)
def test_what_excel_shows_is_what_is_sent(tmp_path: Path, cell: str, number_format: str, reason: str | None) -> None:
    """A number that is shown as F-1001 is not the invoice 1001, and 50 % is no amount of 0.50."""
    workbook = book((1001, *ROW[1:]))
    first(workbook)[cell].number_format = number_format
    (found,) = read(save(tmp_path, workbook))
    if reason is None:
        assert found == INVOICE
    else:
        assert isinstance(found, RowProblem)
        assert reason in found.reason


def test_yes_and_no(tmp_path: Path) -> None:
    """As truth values, numbers and words."""
    workbook = book(*[(*ROW, value) for value in (True, 0, "Ja", "USANN", None)])
    first(workbook)["F1"] = "vat"
    found = [item.vat for item in read(save(tmp_path, workbook)) if isinstance(item, CreateInvoiceItem)]
    assert found == [True, False, True, False, None]


def test_days_of_birth_are_written_as_iso_dates(tmp_path: Path) -> None:
    """A date in a column of texts is a slip, but for the one that means days."""
    workbook = book((*ROW, dt.date(1999, 4, 1)))
    first(workbook)["F1"] = "date_of_birth"
    (invoice,) = read(save(tmp_path, workbook))
    assert isinstance(invoice, CreateInvoiceItem)
    assert invoice.debtors is not None
    assert invoice.debtors[0].date_of_birth == "1999-04-01"


def test_dates_of_a_mac(tmp_path: Path) -> None:
    """Files whose days are counted from 1904 give the days that Excel shows."""
    workbook = book()
    workbook.epoch = CALENDAR_MAC_1904
    first(workbook).append(ROW)
    assert read(save(tmp_path, workbook)) == [INVOICE]


def test_empty_rows_do_not_matter(tmp_path: Path) -> None:
    """Above the header, between the rows, and rows that only have a format; row numbers stay those of Excel."""
    workbook = Workbook()
    sheet = first(workbook)
    sheet.append([])
    sheet.append([])
    sheet.append(HEADER)
    sheet.append([])
    sheet.append(ROW)
    sheet.append(["1002", "x", *ROW[2:]])
    sheet["A90"].number_format = "0000"
    good, bad = read(save(tmp_path, workbook))
    assert good == INVOICE
    assert isinstance(bad, RowProblem)
    assert bad.line == 6


def test_a_sheet_that_lies_about_its_size(tmp_path: Path) -> None:
    """Some programs write that there is one cell; all rows are read anyway."""
    path = save(tmp_path, book(ROW, ROW), in_sheet(b'<dimension ref="A1:E3"', b'<dimension ref="A1"'))
    assert read(path) == [INVOICE, INVOICE]


def test_values_beside_the_table(tmp_path: Path) -> None:
    """A value without a column would be lost, and may be the end of a row that slipped sideways."""
    (problem,) = read(save(tmp_path, book((*ROW, "x"))))
    assert str(problem).endswith(":2: has a value to the right of the last column of the header")


def test_formulas_with_results(tmp_path: Path) -> None:
    """What Excel computed is read; a formula may also give nothing."""
    cell = b'<c r="F2" t="n"><v>1</v></c>'
    workbook = book((*ROW, 1))
    first(workbook)["F1"] = "description"
    for result, wanted in [(b"<v>x</v>", "x"), (b"<v></v>", None), (b"<v/>", None)]:
        new = b'<c r="F2" t="str"><f>IF(A1=1,"","x")</f>%s</c>' % result
        (invoice,) = read(save(tmp_path, workbook, in_sheet(cell, new)))
        assert isinstance(invoice, CreateInvoiceItem)
        assert invoice.description == wanted


def test_sheets(tmp_path: Path) -> None:
    """The first that is shown, or the one that is named; a choice is said."""
    workbook = book(ROW)
    first(workbook).title = "Oktober"
    workbook.create_sheet("Gammelt", 0).sheet_state = "hidden"
    path = save(tmp_path, workbook)
    with Reading(path, INVOICES) as reading:
        assert list(reading) == [INVOICE]
    assert reading.notes == []
    other = workbook.create_sheet("November")
    other.append(HEADER)
    path = save(tmp_path, workbook)
    with Reading(path, INVOICES) as reading:
        assert list(reading) == [INVOICE]
    assert reading.notes == [f'{path} has 2 sheets, of which "Oktober" is read; --sheet takes another']
    assert read(path, ReadOptions(sheet="november")) == []
    with pytest.raises(SourceError, match='has no sheet "Desember"; it has "Gammelt", "Oktober", "November"'):
        read(path, ReadOptions(sheet="Desember"))


def test_a_mapping_works_for_spreadsheets(tmp_path: Path) -> None:
    """Names, words and the sheet come from it as for CSV; what Excel knows to be a number needs no decimal sign."""
    mapping = """
        sheet = "Innbetalinger"
        decimal = ","
        ignore = ["*"]
        [columns]
        Faktura = "invoice_number"
        "Beløp" = "amount"
        [constants]
        currency = "NOK"
        [values.type]
        Bank = "DIRECT_PAYMENT"
    """
    workbook = Workbook()
    sheet = workbook.create_sheet("Innbetalinger")
    sheet.append(["Faktura", "Beløp", "Type", None, "Notat"])
    sheet.append([1001, 20.5, "Bank", None, "x"])
    sheet.append([1002, "1.249", "Bank"])
    options = ReadOptions(mapping=write(tmp_path / "map.toml", mapping))
    with Reading(save(tmp_path, workbook), PAYMENTS, options) as reading:
        payments = list(reading)
    assert reading.problems == []
    assert [
        (item.record.amount, getattr(item.record, "type", None))
        for item in payments
        if isinstance(item, ByInvoiceNumber)
    ] == [
        (Decimal("20.50"), "DIRECT_PAYMENT"),
        (Decimal(1249), "DIRECT_PAYMENT"),
    ]


def formula(workbook: Workbook) -> None:
    first(workbook)["B2"] = "=1+1"


def hidden(workbook: Workbook) -> None:
    first(workbook).row_dimensions[2].hidden = True


def merged(workbook: Workbook) -> None:
    first(workbook).merge_cells("A2:A3")


def no_rows(workbook: Workbook) -> None:
    first(workbook).delete_rows(1, 9)


def no_header(workbook: Workbook) -> None:
    first(workbook).delete_rows(1)


def no_amount(workbook: Workbook) -> None:
    first(workbook)["B1"] = None


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (formula, "the cell B2 has a formula without a result; open the file in Excel and save it"),
        (hidden, "row 2 is hidden; show all rows, or delete what is hidden"),
        (merged, "the cells A2:A3 are merged; unmerge them, and fill each"),
        (no_rows, "the sheet is empty"),
        (no_header, "the first line is not a header"),
        (no_amount, "column 2 of the header has no name"),
    ],
)
def test_a_sheet_that_is_not_what_it_looks_like(
    tmp_path: Path, spoil: Callable[[Workbook], None], message: str
) -> None:
    """Refused before the first row is given out, with the place and the fix."""
    workbook = book(ROW)
    spoil(workbook)
    path = save(tmp_path, workbook)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.message.startswith(f"{path}: {message}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"<v>1249.5</v>", b"<v>12x</v>", "the cell B2 is damaged"),
        (b'<c r="C2" t="inlineStr"><is><t>NOK</t></is>', b'<c r="C2" t="s"><v>9</v>', "the cell C2 is damaged"),
        (b"</sheetData>", b"", "cannot be read as a spreadsheet"),
        (b'<row r="2"', b'<row r="2000000"', "cannot be read as a spreadsheet"),
        (b'<row r="2"', b'<row r="1"', "cannot be read as a spreadsheet"),
        (b'<c r="B2"', b'<c r="BBBB2"', "cannot be read as a spreadsheet"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "defines XML entities, as attacks do"),
        (b"<sheetData>", b" " * 5_000_000 + b"<sheetData>", "cannot be read as a spreadsheet"),
        (
            b"</sheetData>",
            b"</sheetData>" + b"<x/>" * 450_000,
            "is too large to be read as a spreadsheet; save it as CSV",
        ),
        (b"<v>1249.5</v>", b"<v>1249.5" + b" " * 5_000_000 + b"</v>", "row 2 is too long"),
    ],
    ids=["number", "text", "cut", "row", "order", "cell", "entity", "start", "formats", "long row"],
)
def test_a_sheet_that_is_broken_or_made_to_do_harm(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    """One sentence, and nothing is read."""

    def change(name: str, content: bytes) -> bytes:
        content = in_sheet(old, new)(name, content)
        return content.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b"")

    path = save(tmp_path, book(ROW), change)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_as_many_rows_as_excel_has(tmp_path: Path) -> None:
    """A sheet of many small rows is no attack; one row more than Excel has is no sheet."""
    sheet = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>\n" * 300_000 + b"%s</sheetData></worksheet>"
    assert check_sheet(io.BytesIO(sheet % b""), "in.xlsx", texts=0) == Rows(count=300_000, last=300_000)
    with pytest.raises(SourceError, match="cannot be read as a spreadsheet"):
        check_sheet(io.BytesIO(sheet % b'<row r="1048576"/><row/>'), "in.xlsx", texts=0)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """What would unpack to a thousand times its size is refused by what the package says of it."""
    path = save(tmp_path, book(ROW), in_sheet(b"</sheetData>", b"</sheetData>" + b" " * 20_000_000))
    assert path.stat().st_size < 100_000
    with pytest.raises(SourceError, match="would unpack to more than 200 times its size, and is not read"):
        read(path)


def keep_apart(path: Path, texts: Sequence[bytes]) -> None:
    """Change a file to what Excel itself writes, which keeps texts apart and refers to them by number."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for number, text in enumerate(texts[:100]):
        inline = b't="inlineStr"><is><t>%s</t></is>' % text
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
            inline, b't="s"><v>%d</v>' % number
        )
    items = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (space, items)
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry)
    write(path, zipped(parts))


def test_texts_that_are_kept_apart(tmp_path: Path) -> None:
    """The way Excel itself writes texts."""
    path = save(tmp_path, book(ROW, ROW))
    keep_apart(path, [*(name.encode() for name in HEADER), b"NOK", b"1001"])
    with zipfile.ZipFile(path) as package:
        assert b"inlineStr" not in package.read("xl/worksheets/sheet1.xml")
    assert read(path) == [INVOICE, INVOICE]


def test_texts_that_would_fill_the_memory(tmp_path: Path) -> None:
    """All texts of a spreadsheet are held at once, so there is an end to them."""
    path = save(tmp_path, book(ROW))
    keep_apart(path, [b"%d" % (number * 7919) * 9 for number in range(500_000)])
    with pytest.raises(SourceError, match="is too large to be read as a spreadsheet; save it as CSV"):
        read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "cannot be read as a spreadsheet"),
        (zipped({"mimetype": b"x", "content.xml": b""}), "is an OpenDocument spreadsheet; save it as .xlsx"),
        (zipped({"a.txt": b"x"}), "is a zip file, not a table"),
        (zipped({"[Content_Types].xml": b"<x"}), "cannot be read as a spreadsheet"),
        (zipped({"[Content_Types].xml": b"<Types><Default ContentType='text/xml'/></Types>"}), "is an Office document"),
        (
            zipped({"[Content_Types].xml": b"<Types><Default ContentType='ms-excel.sheet.binary.x'/></Types>"}),
            "is a binary spreadsheet (.xlsb); save it as .xlsx",
        ),
        (
            zipped({"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><Types/>"}),
            "defines XML entities, as attacks do",
        ),
        (
            zipped({f"xl/{number}": b"" for number in range(5_001)} | {"[Content_Types].xml": b""}),
            "more than 5,000 parts",
        ),
        (zipped({f"{number:0250}": b"" for number in range(4_000)}), "more than 5,000 parts"),
    ],
)
def test_what_is_no_spreadsheet(tmp_path: Path, content: bytes, message: str) -> None:
    """Other packages and broken ones each have their sentence."""
    path = write(tmp_path / "in.xlsx", content)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_a_file_that_is_written_anew_while_it_is_read(tmp_path: Path) -> None:
    """It is reported, whatever of it was read."""
    path = save(tmp_path, book(ROW))
    source = ExcelRecords(path, INVOICES, ReadOptions())
    with path.open("ab") as file:
        file.write(b"more")
    *_, problem = source
    source.close()
    assert "was changed while it was read" in str(problem)


def test_no_personal_data_in_messages(tmp_path: Path) -> None:
    """Cells are not repeated, whatever their column."""
    people: list[Any] = ["Kari Eksempel", 1849904260, "912 34 567"]
    rows = [tuple(person if at == position else ROW[at] for at in range(5)) for person in people for position in (2, 3)]
    for problem in read(save(tmp_path, book(*rows))):
        assert isinstance(problem, RowProblem)
        assert not re.search("Kari|1849904260|912", str(problem.reason))
