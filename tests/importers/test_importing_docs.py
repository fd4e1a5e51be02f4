"""The page about input files keeps up with the code."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, get_args

import attrs
import pytest

from amili_async.importers.columns import TABLES, Column
from amili_async.importers.kinds import KINDS
from amili_async.importers.mapping import KEYS
from amili_async.importers.rows import bind
from amili_async.importers.values import ValueType
from amili_async.models.collection import CreateInvoiceDebtor, EmailAddress, PhoneNumber, PostalAddress

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
PLACES: Final[dict[str, tuple[str, type[Any]]]] = {
    "debtor": ("debtors[0].", CreateInvoiceDebtor),
    "email": ("debtors[0].emails[0].", EmailAddress),
    "phone": ("debtors[0].phoneNumbers[0].", PhoneNumber),
    "address": ("debtors[0].addresses[0].", PostalAddress),
}


def section(title: str) -> str:
    """What stands under a heading."""
    heads = [*re.finditer(r"^#{2,3} (.+)$", PAGE, re.MULTILINE), None]
    for head, following in pairwise(heads):
        if head is not None and head[1] == title:
            return PAGE[head.end() : following.start() if following else None]
    raise AssertionError(title)


def table(title: str) -> list[list[str]]:
    """The rows of the first table under a heading."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def block(mark: str) -> str:
    """The text of a fenced block with this mark before it."""
    found = re.search(rf"<!-- {mark} -->\n```\w+\n(.*?)```\n", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def wire(kind: str, column: Column) -> str:
    """Where a column goes."""
    if column.place == "looked up":
        return "looked up"
    prefix, model = PLACES.get(column.place, ("", KINDS[kind].model))
    return f"`{prefix}{attrs.fields_dict(model)[column.field].metadata['wire']}`"


@pytest.mark.parametrize("kind", TABLES)
def test_the_columns_of_each_kind_are_those_of_the_code(kind: str) -> None:
    """In their order, with what they hold, whether they are needed, and where they go."""
    either = {"invoice_id": "this or the number", "invoice_number": "this or the id"}
    columns = TABLES[KINDS[kind].name]
    assert table(kind.capitalize()) == [
        [
            f"`{column.name}`",
            ", ".join(f"`{word}`" for word in column.members) if column.members else column.holds,
            either[column.name] if column.name in columns.either else "yes" if column.required else "",
            wire(kind, column),
        ]
        for column in columns.columns.values()
    ]


def test_what_is_written_can_be_read_and_what_is_refused_cannot() -> None:
    """The examples in the table of values are tried."""
    told = {holds: (written, refused) for holds, written, refused in table("Values")}
    assert set(told) == set(get_args(ValueType))
    for holds, (written, refused) in told.items():
        reader = bind("x", Column(name="x", place="record", field="x", holds=holds))  # type: ignore[arg-type]  # checked
        for example in re.findall("`([^`]+)`", written):
            if example != "00:00:00":
                reader.value(example)
        for example in re.findall("`([^`]+)`", refused):
            with pytest.raises(Exception, match=r"two|not|write"):
                reader.value(example)


def test_columns_whose_zeros_count_are_named() -> None:
    """They are those that Excel spoils."""
    zeros = {column.name for table in TABLES.values() for column in table.columns.values() if column.zeros}
    (line,) = [line for line in section("Excel files").splitlines() if "leading zeros count" in line]
    assert set(re.findall("`([a-z_]+)`", line)) == zeros


def test_the_keys_of_a_mapping_are_those_of_the_code() -> None:
    """In their order."""
    assert [row[0].strip("`") for row in table("Mapping files")] == list(KEYS)


def test_the_sample_on_the_page_is_the_one_in_the_tree() -> None:
    """The mapping file word for word, and the beginning of the export."""
    assert block("mapping") == (ROOT / "examples" / "erp_export.toml").read_text(encoding="utf-8")
    export = (ROOT / "examples" / "erp_export.csv").read_text(encoding="windows-1252")
    assert block("export").splitlines() == export.splitlines()[:2]
