"""Any record, written as any of the files that are read, comes back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from amili_async import codec
from amili_async.importers.columns import TABLES, Column, Table
from amili_async.importers.kinds import KINDS, RecordKind
from amili_async.importers.options import ReadOptions
from amili_async.importers.reading import Reading
from amili_async.importers.records import ByInvoiceNumber, Record

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "windows-1252"]
# What people write; the text of a cell has no spaces around it.
_letters = st.characters(codec="cp1252", exclude_categories=["Cc", "Cs", "Co"])
texts = st.text(_letters, min_size=1, max_size=12).map(str.strip).filter(bool)
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
dates = st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31))
values: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "amount": amounts,
    "currency": st.sampled_from(["NOK", "SEK", "EUR"]),
    "date": dates,
    "yes or no": st.booleans(),
    "id": st.uuids(),
}


def rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of values by column, with all that is required."""
    needed = {name for name, column in table.columns.items() if column.required} | {"invoice_number"}
    strategies = {name: values[column.holds] for name, column in table.columns.items()}
    return st.lists(
        st.fixed_dictionaries(
            {name: strategy for name, strategy in strategies.items() if name in needed},
            optional={name: strategy for name, strategy in strategies.items() if name not in needed},
        ),
        max_size=4,
    )


def record(table: Table, row: dict[str, Any]) -> Record:
    """The record that a row is."""
    parts: dict[Any, dict[str, Any]] = {}
    for name, value in row.items():
        column = table.columns[name]
        parts.setdefault(column.place, {})[column.field] = column.members(value) if column.members else value
    return table.build(parts)


def cell(value: object, column: Column, decimal: str) -> str:
    """A value as it is written."""
    if isinstance(value, Decimal):
        return str(value).replace(".", decimal)
    if isinstance(value, dt.date):
        return f"{value.day:02}.{value.month:02}.{value.year}" if decimal == "," else value.isoformat()
    if isinstance(value, bool):
        return ("ja" if value else "nei") if decimal == "," else str(value)
    return str(value)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(deadline=None, max_examples=60)
@given(
    data=st.data(),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",;\t|"),
    decimal=st.sampled_from(".,"),
    end=st.sampled_from(["\n", "\r\n"]),
    found_out=st.booleans(),
)
def test_csv(
    tmp_path_factory: pytest.TempPathFactory,
    kind: RecordKind[Record],
    data: st.DataObject,
    encoding: str,
    delimiter: str,
    decimal: str,
    end: str,
    *,
    found_out: bool,
) -> None:
    """In any encoding, with any sign between the columns and either decimal sign, given or found out."""
    table = TABLES[kind.name]
    written = data.draw(rows(table))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(table.columns)
    for row in written:
        writer.writerow(
            [cell(row[name], column, decimal) if name in row else "" for name, column in table.columns.items()]
        )
    content = text.getvalue().encode(encoding)
    if found_out and encoding == "windows-1252" and looks_like_others(content):
        return
    options = ReadOptions() if found_out else ReadOptions(encoding=encoding, delimiter=delimiter)
    path = tmp_path_factory.mktemp("any") / "in.csv"
    path.write_bytes(content)
    with Reading(path, kind, options) as reading:
        assert list(reading) == [record(table, row) for row in written]
    assert reading.unreadable == 0


def looks_like_others(content: bytes) -> bool:
    """Whether bytes of Windows-1252 are such that they are read as UTF-8, or refused for what they may be instead."""
    return content.decode("cp1252").encode() != content and (
        any(bytes([byte]) in content for byte in b"\x86\x8b\x8c\x9b\xbe\xbf")
        or content.decode("utf-8", "ignore").encode() != content.decode("ascii", "ignore").encode()
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), shape=st.sampled_from(["lines", "list", "body"]), indent=st.sampled_from([None, 1, "\t"]))
def test_json(
    tmp_path_factory: pytest.TempPathFactory,
    kind: RecordKind[Record],
    data: st.DataObject,
    shape: str,
    indent: int | str | None,
) -> None:
    """As lines, as a list and as the body of a request, however it is spaced."""
    table = TABLES[kind.name]
    wanted = [record(table, row) for row in data.draw(rows(table))]
    written = [_as_json(item) for item in wanted]
    folder: Path = tmp_path_factory.mktemp("any")
    if shape == "lines":
        path, text = folder / "in.jsonl", "".join(line + "\n" for line in written) or "\n{}"
        wanted_problems = int(not written)
    else:
        path, text = folder / "in.json", f"[{','.join(written)}]"
        text = text if shape == "list" else f'{{"{kind.name}": {text}}}'
        if indent is not None:
            text = json.dumps(json.loads(text), indent=indent)  # floats keep the digits of these amounts
        wanted_problems = 0
    path.write_text(text, encoding="utf-8")
    with Reading(path, kind) as reading:
        assert list(reading) == wanted
    assert reading.unreadable == wanted_problems


def _as_json(item: Record) -> str:
    if not isinstance(item, ByInvoiceNumber):
        return codec.encode(item).decode()
    number = {"invoiceNumber": item.invoice_number}
    return codec.encode(evolve(item.record, additional_properties=number)).decode()


def test_a_record_by_number_has_no_id() -> None:
    """Otherwise the round trips above would not speak of records that have to be looked up."""
    found = record(TABLES["payments"], {"invoice_number": "7", "amount": Decimal(1), "currency": "NOK"})
    assert isinstance(found, ByInvoiceNumber)
    with_id = {"invoice_id": UUID(int=1), "invoice_number": "7"}
    assert not isinstance(record(TABLES["payments"], with_id), ByInvoiceNumber)
