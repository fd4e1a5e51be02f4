"""Several input files as one stream."""

from __future__ import annotations

from pathlib import Path

import pytest

from amili_async import codec
from amili_async.importers.kinds import INVOICES
from amili_async.importers.problems import RowProblem, SourceError
from amili_async.importers.reading import Reading
from tests.cli.files import as_csv, rows, write


def test_files_follow_each_other(tmp_path: Path) -> None:
    """All invoices of all files come in order, JSON Lines too, and what cannot be read is counted and passed on."""
    one = write(tmp_path / "1.csv", as_csv(rows({}, {"currency": "kr"})))
    two = write(tmp_path / "2.csv", as_csv(rows({"invoice_number": "7"})))
    with Reading([two], INVOICES) as reading:
        three = write(tmp_path / "3.jsonl", b"\n".join(map(codec.encode, reading)))
    told: list[RowProblem] = []
    with Reading([one, two, three], INVOICES, on_problem=told.append) as reading:
        assert reading.expected == 4
        assert [invoice.invoice_number for invoice in reading] == ["1001", "7", "7"]
    assert (reading.records, reading.unreadable, reading.expected) == (3, 1, 3)
    assert (
        reading.problems
        == told
        == [RowProblem(str(one), 3, "currency", '"kr" is not a currency code; write it like NOK')]
    )


def test_a_mistake_in_the_last_file_stops_all(tmp_path: Path) -> None:
    """No invoice is given out if one of the files cannot be used."""
    good = write(tmp_path / "good.csv", as_csv(rows({})))
    with pytest.raises(SourceError, match="is empty"):
        Reading([good, write(tmp_path / "empty.csv", "")], INVOICES)


def test_only_the_first_problems_are_kept(tmp_path: Path) -> None:
    """A file of nothing but bad rows does not fill the memory; the count is right all the same."""
    path = write(tmp_path / "bad.csv", as_csv(rows(*[{"currency": "kr"}] * 50)))
    with Reading([path], INVOICES) as reading:
        assert list(reading) == []
    assert (reading.unreadable, len(reading.problems)) == (50, 20)


def test_what_was_not_read_has_a_name(tmp_path: Path) -> None:
    """A push that is broken off can say from which line of which file to go on."""
    one = write(tmp_path / "1.csv", as_csv(rows({}, {}, {})))
    two = write(tmp_path / "2.csv", as_csv(rows({}, {})))
    with Reading([one, two], INVOICES) as reading:
        invoices = iter(reading)
        next(invoices)
        assert reading.rest == f"what comes after line 2 of {one} and all later files"
        for _ in range(3):
            next(invoices)
        assert reading.rest == f"what comes after line 2 of {two}"
        assert [invoice.invoice_number for invoice in invoices] == ["1002"]
    with Reading([one, two], INVOICES) as reading:
        list(reading)
        assert reading.rest is None
    assert reading.name == f"{one} and 1 more"
