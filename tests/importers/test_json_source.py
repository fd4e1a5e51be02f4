"""Records from JSON files."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.importers.json_items import ItemsError, items_of
from amili_async.importers.json_source import JsonRecords
from amili_async.importers.kinds import PAYMENTS
from amili_async.importers.options import ReadOptions
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.models.collection import CreateInvoiceItem
from tests.cli.files import write

GOOD = (
    '{"invoiceNumber": "1001", "originalInvoiceAmount": 1249.50, "currency": "NOK", "invoiceDate": "2026-09-01",'
    ' "dueDate": "2026-09-15", "own": 1e400}'
)


def read(path: Path) -> list[CreateInvoiceItem | RowProblem]:
    """Everything a file gives."""
    source = JsonRecords(path)
    try:
        found = [row for row in source if isinstance(row, CreateInvoiceItem | RowProblem)]
        assert len(found) == source.expected
        return found
    finally:
        source.close()


@pytest.mark.parametrize("text", ["[{0}, {0}]", '{{"invoices": [{0},\n\n{0}]}}\n', "\ufeff [ {0}\n,{0} ] "])
def test_a_list_and_the_body_of_a_request(tmp_path: Path, text: str) -> None:
    """Each record comes exactly as it was, with the fields that the spec does not name."""
    first, second = read(write(tmp_path / "in.json", text.format(GOOD)))
    assert first == second
    assert isinstance(first, CreateInvoiceItem)
    assert str(first.original_invoice_amount) == "1249.50"
    assert first.additional_properties == {"own": Decimal("1e400")}


def test_no_records_are_no_mistake(tmp_path: Path) -> None:
    """A night without overdue invoices is not an error."""
    assert read(write(tmp_path / "in.json", "[ ]")) == []
    assert read(write(tmp_path / "in.json", '{"invoices": []}')) == []


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        ('{"invoiceNumber": 7}', None, "record 2: expected a string, found a number at $.invoices[1].invoiceNumber"),
        ('{"currency": "NOK"}', "invoiceNumber", "record 2: is missing; every invoice needs it"),
        ("[1]", None, "record 2: expected an object, found a list at $.invoices[1]"),
        ('{"a": nul}', None, "record 2: not readable as JSON"),
        ('{"a": [%s]}' % ('{"b": "]"},' * 300_000), None, "record 2 is longer than 2,097,152 characters"),
    ],
    ids=["type", "missing", "list", "broken", "long"],
)
def test_a_bad_record_costs_only_itself(tmp_path: Path, bad: str, column: str | None, reason: str) -> None:
    """It is told with its line, its number and the place in it, and its neighbours are read."""
    path = write(tmp_path / "in.json", f'{{"invoices": [\n{GOOD},\n\n{bad},\n{GOOD}\n]}}')
    before, problem, after = read(path)
    assert isinstance(problem, RowProblem)
    assert (problem.file, problem.line, problem.column) == (str(path), 4, column)
    assert problem.reason.startswith(reason)
    assert isinstance(before, CreateInvoiceItem)
    assert before == after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ('"text"', 'line 1: it is neither a list of records nor {"invoices": […]}'),
        ('\n{"payments": []}', 'line 2: it is neither a list of records nor {"invoices": […]}'),
        ('{"invoices": {}}', 'line 1: "invoices" is no list'),
        ('{"invoices": [],\n "payments": []}', 'line 1: "invoices" is not all there is'),
        (f"{GOOD}\n{GOOD}\n", "line 1: it is neither a list of records"),
        (f"[{GOOD}]\n[{GOOD}]", "line 2: something comes after the end; if it is JSON Lines"),
        (f"[{GOOD} {GOOD}]", "line 1: a comma is missing between two records"),
        (f"[\n{GOOD},\n]", "line 3: something else than a record stands in the list"),
        ("[1]", "line 1: something else than a record stands in the list"),
        (f"[{GOOD}", "line 1: a comma is missing between two records, or the file breaks off"),
        (f"[\n{GOOD},\n{GOOD[:-20]}", "line 3: the file breaks off within the record that begins here"),
        ('[{"a": "b]}', "line 1: the file breaks off within the record that begins here"),
        ('{"invoices', "line 1: a text is not closed"),
        ('[{"a": "%s"}]' % ("x" * 2_200_000), "line 1: a text is not closed, or is too long"),
    ],
    ids=lambda value: value[:20],
)
def test_a_file_that_is_wrong_as_a_whole(tmp_path: Path, text: str, message: str) -> None:
    """Refused before the first record is given out, with the line."""
    path = write(tmp_path / "in.json", text)
    with pytest.raises(SourceError) as caught:
        JsonRecords(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_another_kind_has_another_name(tmp_path: Path) -> None:
    """The body of a request for invoices is none for payments."""
    path = write(tmp_path / "in.json", '{"invoices": []}')
    with pytest.raises(SourceError, match=r'nor \{"payments": \[…\]\}'):
        JsonRecords(path, PAYMENTS)


def test_json_is_unicode_unless_said_otherwise(tmp_path: Path) -> None:
    """JSON that is not UTF-8 is broken, if nobody says that it is meant."""
    path = write(tmp_path / "in.json", f"[{GOOD.replace('1001', 'Å1')}]".encode("cp1252"))
    with pytest.raises(SourceError, match=r"line 1 is not UTF-8 .* or say --encoding"):
        JsonRecords(path)
    source = JsonRecords(path, options=ReadOptions(encoding="cp1252"))
    (invoice,) = source
    source.close()
    assert isinstance(invoice, CreateInvoiceItem)
    assert invoice.invoice_number == "Å1"


def test_what_is_added_while_reading_is_not_read(tmp_path: Path) -> None:
    """A file that is written anew under our hands is reported."""
    path = write(tmp_path / "in.json", f"[{GOOD}]")
    source = JsonRecords(path)
    write(path, f"[{GOOD}, {GOOD}]")
    *_, problem = source
    source.close()
    assert "was changed while it was read" in str(problem)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """A file of 24 MB on one line is read with less than 6 MB."""
    path = tmp_path / "in.json"
    with path.open("w") as file:
        file.write("[")
        for number in range(400):
            file.write(f'{"," * bool(number)}{GOOD[:-1]}, "more": "{"x" * 60_000}"}}')
        file.write("]")
    tracemalloc.start()
    try:
        source = JsonRecords(path)
        count = sum(isinstance(item, CreateInvoiceItem) for item in source)
        source.close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 400
    assert peak < 6_000_000


def pieces(text: str, size: int) -> Iterator[str]:
    """A text in pieces of this size."""
    yield from (text[at : at + size] for at in range(0, len(text), size))


records = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: isinstance(value, dict | list))


@given(
    values=st.lists(records, max_size=5),
    size=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
    escaped=st.booleans(),
    wrapped=st.booleans(),
)
def test_any_list_is_split_as_it_was_written(
    values: list[Any], size: int, indent: int | None, *, escaped: bool, wrapped: bool
) -> None:
    """Whatever is in the records, wherever the pieces are cut: the same records, on the lines where they stand."""
    text = json.dumps({"x": values} if wrapped else values, indent=indent, ensure_ascii=escaped)
    text_pieces = pieces(text, size)
    items = list(items_of(lambda: next(text_pieces, ""), ("x",), 1 << 20))
    assert [json.loads(item.text or "") for item in items] == values
    assert [item.path for item in items] == [f"{'$.x' if wrapped else '$'}[{index}]" for index in range(len(values))]
    lines = text.split("\n")
    assert all(lines[item.line - 1].strip().rstrip(",")[-1] in "[{}]" for item in items) or indent is None


@given(text=st.text('[]{}",:\\ a1', max_size=12), size=st.integers(1, 5))
def test_what_is_no_list_of_records_is_never_taken_for_one(text: str, size: int) -> None:
    """Either it is refused, or Python reads it as a list of the same objects and lists."""
    text_pieces = pieces(text, size)
    try:
        items = [item.text for item in items_of(lambda: next(text_pieces, ""), ("a",), 1 << 20)]
    except ItemsError:
        return
    try:
        whole = json.loads(text)
    except ValueError:
        return  # what is inside of a record is looked at when it is read
    assert [json.loads(item or "") for item in items] == (whole["a"] if isinstance(whole, dict) else whole)
