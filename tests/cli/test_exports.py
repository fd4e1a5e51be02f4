"""Lists as files: formats, columns, dangerous texts, and what is left when a run breaks off."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pytest

from amili_async import codec
from amili_async.cli.export_columns import Column, Kind, cells, chosen, columns_of
from amili_async.cli.export_rows import open_writer
from amili_async.cli.export_xlsx import Workbook
from amili_async.cli.lists import LISTINGS
from amili_async.cli.state import DataFormat
from amili_async.models.collection import Case, CaseDebtor, CaseInvoice, Invoice
from amili_async.sandbox import Faults, Rule, Sandbox
from tests.cli.conftest import Amili
from tests.cli.files import as_csv, rows, write

CASE = Case(
    case_number=7,
    description='=HYPERLINK("https://example.com")',
    registered_at=dt.datetime(2026, 10, 1, 8, 30, tzinfo=dt.UTC),
    remaining_amount=Decimal("-0.10"),
    remaining_principal=Decimal("12345678901234567.89"),
    invoices=[CaseInvoice(invoice_number="A"), CaseInvoice(invoice_number="B")],
    debtors=[CaseDebtor(full_name="Kari Eksempel", phone="+47 000 00 000")],
    additional_properties={"newField": {"x": [1]}},
)


def written(format_: DataFormat, *items: Any, columns: Sequence[Column] | None = None, **options: Any) -> bytes:
    sink = io.BytesIO()
    writer = open_writer(format_, sink, columns_of(Case) if columns is None else columns, title="cases", **options)
    for item in items:
        writer.write(item)
    writer.finish()
    return sink.getvalue()


def as_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=lambda listing: listing.name)
def test_no_field_of_a_model_is_without_a_column(listing: Any) -> None:
    """The columns are those of the spec, each once, and what it does not name stands in the last one."""
    names = [column.name for column in columns_of(listing.model)]
    assert len(set(names)) == len(names)
    wires = [field.metadata["wire"] for field in attrs.fields(listing.model) if "wire" in field.metadata]
    assert list(dict.fromkeys(name.partition(".")[0] for name in names)) == [*wires, "additionalProperties"]


def test_cells_hold_everything() -> None:
    """Nothing that the API sends is lost: unknown fields come as JSON, those inside of objects under their place."""
    plain = {"id": "1", "organization": {"name": "Eksempel AS", "new": 1}, "newer": {}}
    row = dict(zip([c.name for c in columns_of(Invoice)], cells(plain, columns_of(Invoice)), strict=True))
    assert row["organization.name"] == "Eksempel AS"
    assert row["additionalProperties"] == {"organization": {"new": 1}, "newer": {}}


def test_csv_is_exact_and_harmless() -> None:
    """Amounts digit for digit, lists as JSON, and no text that a spreadsheet would run."""
    (row,) = as_rows(written(DataFormat.CSV, CASE))
    assert row["remainingAmount"] == "-0.10"
    assert row["remainingPrincipal"] == "12345678901234567.89"
    assert row["description"] == '\'=HYPERLINK("https://example.com")'
    assert row["closedAt"] == ""
    assert json.loads(row["invoices"]) == [{"invoiceNumber": "A"}, {"invoiceNumber": "B"}]
    assert json.loads(row["additionalProperties"]) == {"newField": {"x": [1]}}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_what_begins_like_a_formula_is_disarmed(start: str) -> None:
    """In CSV by an apostrophe, unless that is switched off for programs that read it."""
    case = Case(description=f"{start}1+1")
    assert as_rows(written(DataFormat.CSV, case))[0]["description"].startswith(f"'{start}")
    assert as_rows(written(DataFormat.CSV, case, guard=False))[0]["description"] == case.description


def test_csv_can_begin_with_a_byte_order_mark() -> None:
    """For programs that take anything else for Windows-1252."""
    assert written(DataFormat.CSV, bom=True).startswith(b"\xef\xbb\xbfcaseId,")
    assert written(DataFormat.CSV).startswith(b"caseId,")


def test_json_and_json_lines_are_what_came() -> None:
    """Under the API's own names, numbers exact; an empty list is one too."""
    assert codec.decode(written(DataFormat.JSONL, CASE).strip(), Case) == CASE
    assert codec.decode(written(DataFormat.JSON, CASE, CASE), list[Case]) == [CASE, CASE]
    assert written(DataFormat.JSON) == b"[]\n"
    assert written(DataFormat.JSONL) == b""


def test_excel_gets_numbers_dates_and_texts() -> None:
    """Amounts and instants as such; formulas, control characters and numbers with too many digits as plain text."""
    case = attrs.evolve(CASE, status="a\x07b")  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(io.BytesIO(written(DataFormat.XLSX, case)))["cases"]
    header, values = sheet.iter_rows()
    row = {name.value: cell for name, cell in zip(header, values, strict=True)}
    assert (row["remainingAmount"].value, row["remainingAmount"].data_type) == (-0.1, "n")
    assert (row["remainingPrincipal"].value, row["remainingPrincipal"].data_type) == ("12345678901234567.89", "s")
    assert row["registeredAt"].value == dt.datetime(2026, 10, 1, 8, 30)  # noqa: DTZ001  # Excel has no zones
    assert row["description"].data_type != "f"
    assert row["description"].value == CASE.description
    assert row["status"].value == "a b"


def test_excel_never_gets_half_a_text() -> None:
    """A list that is longer than a cell is named instead of cut."""
    case = Case(invoices=[CaseInvoice(invoice_number=str(number)) for number in range(5000)])
    sheet = openpyxl.load_workbook(io.BytesIO(written(DataFormat.XLSX, case)))["cases"]
    assert "more than Excel takes in a cell" in str(sheet.cell(2, 12).value)


def test_a_full_sheet_is_followed_by_another() -> None:
    """Excel has an end, the list has none."""
    sink = io.BytesIO()
    book = Workbook(sink, columns_of(Case), title="cases", most_rows=3)
    for number in range(5):
        book.write(Case(case_number=number))
    book.finish()
    sheets = openpyxl.load_workbook(sink)
    assert sheets.sheetnames == ["cases", "cases 2", "cases 3"]
    assert [sheet.max_row for sheet in sheets] == [3, 3, 2]


@pytest.fixture
def filled(connected: Amili, tmp_path_factory: pytest.TempPathFactory) -> Amili:
    """The command, with 250 invoices in the sandbox: three pages."""
    connected("push", "invoices", write(tmp_path_factory.mktemp("input") / "in.csv", as_csv(rows(*[{}] * 250))))
    return connected


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "xlsx"])
def test_a_file_gets_all_pages_and_belongs_to_its_owner(filled: Amili, tmp_path: Path, suffix: str) -> None:
    """The format follows the name; nothing is cut off at the 20 rows of a table."""
    output = tmp_path / f"cases.{suffix}"
    result = filled("cases", "list", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"250 cases written to {output}.\n"
    assert output.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [output.name]


def test_several_values_of_a_column_stand_side_by_side() -> None:
    """One row an item, however many values a column finds in its list; none is an empty cell."""
    columns = chosen(Case, ["invoices.invoiceNumber", "caseNumber"])
    assert written(DataFormat.CSV, CASE, Case(case_number=8), columns=columns).decode().splitlines() == [
        "invoices.invoiceNumber,caseNumber",
        "A; B,7",
        ",8",
    ]


def test_columns_can_be_chosen_from_within_lists(filled: Amili) -> None:
    """In whatever order the requests arrived; a name that is not there is answered with those that are."""
    result = filled("cases", "list", "--format", "csv", "--columns", "caseNumber,invoices.invoiceNumber")
    header, *lines = csv.reader(result.stdout.splitlines())
    assert header == ["caseNumber", "invoices.invoiceNumber"]
    assert sorted(number for _, number in lines) == [str(1001 + index) for index in range(250)]
    wrong = filled("cases", "list", "--format", "csv", "--columns", "debtor.fullname")
    assert wrong.exit_code == 2
    assert "debtors.fullName" in wrong.stderr


def test_an_export_that_breaks_off_leaves_no_file(filled: Amili, sandbox: Sandbox, tmp_path: Path) -> None:
    """What was there before stays, whole."""
    output = write(tmp_path / "cases.csv", "before\n")
    sandbox.set_faults(Faults(rules=[Rule(kind="status", status=500, operation="GetCasesByOrganization", after=1)]))
    result = filled("cases", "list", "--output", output, AMILI_MAX_ATTEMPTS="1")
    assert result.exit_code == 3
    assert output.read_text() == "before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "xlsx"], "add --output FILE.xlsx"),
        (["--format", "table", "--output", "x"], "a table is for the screen"),
        (["--output", "cases.txt"], "does not say its format"),
        (["--output", "nowhere/cases.csv"], "cannot be written"),
        (["--output", "."], "add --format"),
        (["--output", ".", "--format", "csv"], "is a directory"),
        (["--columns", "status"], "--columns goes with"),
        (["--bom", "--format", "json"], "--bom goes with"),
        (["--restart"], "--restart goes with --checkpoint"),
        (["--checkpoint", "c", "--format", "table"], "--checkpoint goes with"),
        (["--checkpoint", "c", "--limit", "5"], "do not go together"),
        (["--checkpoint", "c", "--until", "2026-01-01"], "do not go together"),
        (["--checkpoint", "c.csv", "--output", "c.csv"], "the same file"),
    ],
)
def test_options_that_contradict_one_another_are_refused(
    connected: Amili, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    """One sentence, status 2, and no file."""
    monkeypatch.chdir(tmp_path)
    result = connected("cases", "list", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
@pytest.mark.parametrize("before", ["Kari;", "Kari\n", "Kari\t", "Kari\r", "\n"])
def test_a_formula_does_not_begin_in_the_middle(before: str, start: str) -> None:
    """Where commas are decimal, a spreadsheet splits at semicolons and at line ends, quotes or not."""
    text = f"{before}{start}1+1"
    case = Case(description=text, debtors=[CaseDebtor(full_name=text)])
    (row,) = as_rows(written(DataFormat.CSV, case))
    assert f"{before}'{start}" in row["description"]
    assert f";{start}" not in row["debtors"]
    assert json.loads(row["debtors"]) == [{"fullName": text}]
    (plain,) = as_rows(written(DataFormat.CSV, case, guard=False))
    assert (plain["description"], json.loads(plain["debtors"])) == (text, [{"fullName": text}])


def test_texts_of_several_lines_stay_as_they_are() -> None:
    """Only what could be a formula is touched, and neither line ends nor semicolons are."""
    text = "Eksempelveien 1\r\n\r\n0001 Oslo\n\nKari; Ola;2 - 1\t= x"
    (row,) = as_rows(written(DataFormat.CSV, Case(description=text, debtors=[CaseDebtor(full_name=text)])))
    assert row["description"] == text.replace("\t=", "\t'=")
    assert json.loads(row["debtors"]) == [{"fullName": text}]


def test_values_from_within_lists_are_written_as_elsewhere() -> None:
    """Amounts with all their digits and no exponent, words for what is true or not."""
    plain = {"claims": [{"amount": Decimal("1E+3")}, {"amount": Decimal("0.10")}, {"amount": True}, {"amount": None}]}
    assert cells(plain, [Column("claims.amount", Kind.TEXT, joined=True)]) == ["1000; 0.10; true; "]


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-05:00", "0001-01-01", "0001-01-01T00:00:00Z"])
def test_dates_that_excel_does_not_know_are_text(text: str) -> None:
    """The ends of the calendar stand for "never" in some systems, and must not end an export."""
    sink = io.BytesIO()
    book = Workbook(sink, [Column("at", Kind.INSTANT)], title="x")
    book.write({"at": text})
    book.finish()
    (_, (cell,)) = openpyxl.load_workbook(sink)["x"].iter_rows()
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("columns", ["", ",", " , "])
def test_columns_that_name_none_are_refused(connected: Amili, columns: str) -> None:
    """A file of empty lines is no list."""
    result = connected("cases", "list", "--format", "csv", "--columns", columns)
    assert (result.exit_code, result.stderr) == (2, "Error: --columns names no column.\n")


def test_standard_output_that_is_full_is_named(filled: Amili) -> None:
    """A device that takes nothing is an error in one sentence."""
    result = filled("cases", "list", "--output", "/dev/full", "--format", "csv")
    assert result.exit_code == 2
    assert result.stderr == "Error: /dev/full could not be written (No space left on device).\n"
