"""The files of records that did not get through."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amili_async import codec
from amili_async.bulk import Bulk, BulkReport, Progress, SqliteJournal
from amili_async.errors import BulkError, ForbiddenError, OutcomeUnknownError, UnprocessableError
from amili_async.models.collection import CreateInvoiceItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.virtual_time import run


def submit(amili: FakeAmili, source: Any, **settings: Any) -> BulkReport:
    return run(Bulk(amili).submit_invoices(ORGANIZATION, source, **settings))


def numbers_in(path: Path) -> list[str]:
    return [json.loads(line)["invoiceNumber"] for line in path.read_text().splitlines()]


def test_each_record_that_did_not_get_through_is_in_one_file(tmp_path: Path) -> None:
    """REJECTED and UNSENT ones are in the given file, UNKNOWN ones beside it, ACCEPTED ones in neither."""
    amili = FakeAmili(
        [
            Plan(status="PARTIAL", failed=frozenset({1})),
            Plan(error=OutcomeUnknownError("lost")),
            Plan(error=UnprocessableError("no", status=422)),
            Plan(error=ForbiddenError("no", status=403)),
        ]
    )
    path = tmp_path / "rest.jsonl"
    submit(amili, invoices(8), chunk_size=2, concurrency=1, failures=path)
    assert sorted(numbers_in(path)) == ["1", "4", "5", "6", "7"]
    assert sorted(numbers_in(tmp_path / "rest.unknown.jsonl")) == ["2", "3"]


def test_the_file_is_the_input_of_the_next_run(tmp_path: Path) -> None:
    """What is read from it is what was given, and goes through when nothing stands in the way any more."""
    path = tmp_path / "rest.jsonl"
    given = [invoice(7, additional_properties={"new": 1}), invoice(8, amount="0.10")]
    submit(FakeAmili([Plan(status="FAILED")]), given, failures=path)
    again = [codec.decode(line, CreateInvoiceItem) for line in path.read_bytes().splitlines()]
    assert again == given
    assert submit(FakeAmili(), again, failures=tmp_path / "second.jsonl").accepted == 2


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    """Both files name people and what they owe: mode 0600, also for a file that was there and empty."""
    path = tmp_path / "rest.jsonl"
    path.touch(mode=0o644)
    amili = FakeAmili([Plan(error=OutcomeUnknownError("lost"))])
    submit(amili, invoices(1), failures=path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "rest.unknown.jsonl").stat().st_mode & 0o777 == 0o600


def test_records_are_written_as_they_come(tmp_path: Path) -> None:
    """A record is in its file by the time its outcome is told."""
    path = tmp_path / "rest.jsonl"

    def progress(now: Progress) -> None:
        assert len(path.read_text().splitlines()) == now.rejected

    amili = FakeAmili([Plan(status="FAILED", batch_s=1), Plan(status="FAILED", batch_s=2)])
    assert submit(amili, invoices(4), chunk_size=2, failures=path, progress=progress).rejected == 4
    assert len(numbers_in(path)) == 4


def test_an_exact_repetition_is_not_written(tmp_path: Path) -> None:
    """Sending the file again must not send a record that was accepted the first time; a conflict is written."""
    path = tmp_path / "rest.jsonl"
    report = submit(FakeAmili(), [invoice(1), invoice(1), invoice(1, amount="5")], failures=path)
    assert (report.accepted, report.rejected) == (1, 2)
    assert [json.loads(line)["originalInvoiceAmount"] for line in path.read_text().splitlines()] == [5]


@pytest.mark.parametrize("journal", ["rest.jsonl", "rest.unknown.jsonl", "a/../rest.jsonl"])
@pytest.mark.parametrize("made", [Path, str, SqliteJournal])
def test_the_journal_is_no_file_of_failures(tmp_path: Path, journal: str, made: Callable[[Path], Any]) -> None:
    """However it is spelled; nor is a file that SQLite keeps beside it. Nothing is made or sent."""
    (tmp_path / "a").mkdir()
    amili = FakeAmili()
    with pytest.raises(BulkError, match="is the journal"):
        submit(amili, invoices(1), journal=made(tmp_path / journal), failures=tmp_path / "rest.jsonl")
    with pytest.raises(BulkError, match="a file of it"):
        submit(amili, invoices(1), journal=tmp_path / "j.db", failures=tmp_path / "j.db-wal")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert amili.sent == []


def test_a_record_that_changed_since_it_was_sent_is_no_input_of_another_run(tmp_path: Path) -> None:
    """Amili has its key already, and a run without the journal would not know: it is for a person to look at."""
    amili, journal, path = FakeAmili(), KeptJournal(), tmp_path / "rest.jsonl"
    submit(amili, invoices(1), journal=journal)
    report = submit(amili, [invoice(0, amount="1.00")], journal=journal, failures=path)
    assert report.rejected == 1
    assert path.read_bytes() == b""
    assert numbers_in(tmp_path / "rest.unknown.jsonl") == ["0"]


def test_a_clean_run_leaves_an_empty_file(tmp_path: Path) -> None:
    """The file is there and empty, so that whoever looks for it sees that all went well; no second file is made."""
    submit(FakeAmili(), invoices(3), failures=tmp_path / "rest.jsonl")
    assert [(entry.name, entry.stat().st_size) for entry in tmp_path.iterdir()] == [("rest.jsonl", 0)]


@pytest.mark.parametrize("name", ["rest.jsonl", "rest.unknown.jsonl"])
def test_a_file_with_something_in_it_is_not_touched(tmp_path: Path, name: str) -> None:
    """It may be what an earlier run left, or the very source of this one: refused before anything is sent."""
    (tmp_path / name).write_text("{}\n")
    amili = FakeAmili()
    with pytest.raises(BulkError, match="not empty"):
        submit(amili, invoices(1), failures=tmp_path / "rest.jsonl")
    assert (tmp_path / name).read_text() == "{}\n"
    assert amili.sent == []


def test_a_file_that_cannot_be_made_is_named_at_the_start(tmp_path: Path) -> None:
    """A directory that is not there is found out before anything is sent."""
    amili = FakeAmili()
    with pytest.raises(BulkError, match=r"missing/rest\.jsonl"):
        submit(amili, invoices(1), failures=tmp_path / "missing" / "rest.jsonl")
    assert amili.sent == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_ends_the_run_but_loses_no_outcome(tmp_path: Path) -> None:
    """If the file cannot be written any more the run stops and says so; the report counts everything."""
    path = tmp_path / "rest.jsonl"
    path.symlink_to("/dev/full")
    amili = FakeAmili(plan_for=lambda _: Plan(status="FAILED"))
    with pytest.raises(BulkError, match="No space left") as caught:
        submit(amili, invoices(100), chunk_size=1, concurrency=1, failures=path)
    assert len(amili.sent) < 10
    assert "rejected" in caught.value.__notes__[0]
