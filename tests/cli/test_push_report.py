"""Telling what came of a push."""

from __future__ import annotations

import json
import signal
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amili_async.bulk import BulkReport, Outcome, OutcomeStatus, Refusal
from amili_async.cli.push import PushResult, PushSettings
from amili_async.cli.push_advice import what_next
from amili_async.cli.push_report import as_json, as_tables, unreadable_rows
from amili_async.cli.refusals import Refusals
from amili_async.cli.statuses import ExitStatus
from amili_async.cli.tables import counted, money
from amili_async.cli.terminal import Terminal
from amili_async.importers.kinds import INVOICES
from amili_async.importers.problems import RowProblem
from amili_async.importers.reading import Reading
from tests.cli.files import as_csv, rows, write


def result_of(
    tmp_path: Path,
    *,
    bad_rows: int = 0,
    failures: Path | None = None,
    journal: Path | None = None,
    all_read: bool = True,
    **report: Any,
) -> PushResult:
    """A push of a file, with this report."""
    path = write(tmp_path / "in.csv", as_csv(rows(*[{"currency": "kr"}] * bad_rows, {}, {})))
    with Reading([path], INVOICES) as reading:
        for _ in reading:
            if not all_read:
                break
    organization_id = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    settings = PushSettings(organization_id=organization_id, failures=failures, journal=journal)
    return PushResult(reading, settings, BulkReport(kind="invoices", **report))


def shown(result: PushResult, width: int = 80) -> list[str]:
    """The report's lines on a screen of this width."""
    out = Terminal().out
    out.width = width
    with out.capture() as captured:
        for part in as_tables(result):
            out.print(part)
    return [line.rstrip() for line in captured.get().splitlines()]


def sums(**amounts: str) -> dict[OutcomeStatus, Decimal]:
    """Sums by outcome."""
    return {status: Decimal(amounts.get(status.lower(), "0")) for status in OutcomeStatus}


def test_numbers_add_up_on_the_screen(tmp_path: Path) -> None:
    """Each outcome has its count and its sum per currency; the line below is their total."""
    result = result_of(
        tmp_path,
        bad_rows=2,
        accepted=1020,
        rejected=31,
        rejected_locally=2,
        unknown=1,
        unsent=3,
        batches=43,
        retries=1,
        elapsed_s=0.5,
        totals={
            "SEK": sums(accepted="27636.53"),
            "NOK": sums(accepted="3871902.85", rejected="-40486.35", unknown="5.00"),
        },
    )
    result.refused_here = Refusals(2, {"NOK": Decimal("10000.00")})
    lines = shown(result)
    assert lines[:13] == [
        "Outcome                      Invoices           NOK        SEK",
        "──────────────────────────────────────────────────────────────",
        "accepted                        1,020  3,871,902.85  27,636.53",
        "rejected by Amili                  29    -50,486.35          –",
        "unknown                             1          5.00          –",
        "refused here, not sent              2     10,000.00          –",
        "unsent                              3             –          –",
        "──────────────────────────────────────────────────────────────",
        "read                            1,055  3,831,421.50  27,636.53",
        "rows that could not be read         2",
        "Sent 1,050 = 1,020 accepted + 29 rejected + 1 unknown.",
        "Read 1,055 = 1,050 sent + 2 refused here + 3 unsent.",
        "43 batches · 0.5 s · 2,110 invoices/s · 1 repeated request",
    ]


def test_sums_that_cannot_be_told_apart_stay_together(tmp_path: Path) -> None:
    """Where it is not known which amounts were refused here, the label says what the sum is of."""
    lines = shown(
        result_of(tmp_path, accepted=1, rejected=3, rejected_locally=2, totals={"NOK": sums(rejected="7.00")})
    )
    assert "rejected (2 of them here)         3  7.00" in lines
    assert "Sent 2 = 1 accepted + 1 rejected + 0 unknown." in lines
    assert not any(line.startswith("refused here") for line in lines)


def test_many_currencies_get_their_own_table(tmp_path: Path) -> None:
    """More currencies than fit side by side stand below each other, and no amount is cut off."""
    totals = {currency: sums(accepted="123456789.10") for currency in ("DKK", "EUR", "NOK", "SEK", "USD")}
    lines = shown(result_of(tmp_path, accepted=5, totals=totals))
    assert [line.split() for line in lines if line[:3] in totals] == [
        [currency, "123,456,789.10", "–", "–", "–", "123,456,789.10"]
        for currency in ("NOK", "DKK", "EUR", "SEK", "USD")
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_everything_fits(tmp_path: Path, width: int) -> None:
    """No line is longer than the screen is wide, and no reason is cut."""
    result = result_of(tmp_path, bad_rows=3, rejected=1, totals={"NOK": sums(rejected="1.00")})
    problem = "invoiceNumber was used before in this organization, " * 4 + "END"
    result.reasons.add(Outcome(index=0, key="1", status=OutcomeStatus.REJECTED, problem=problem), "1001")
    lines = shown(result, width)
    assert max(map(len, lines)) <= width
    assert any("END" in line for line in lines)
    assert any("NOK" in line for line in lines)


def test_rows_of_several_files_say_which(tmp_path: Path) -> None:
    """One file is named above the table; with several, each row names its own."""
    out = Terminal().out
    out.width = 100
    problems = [RowProblem("a.csv", 3, "currency", "why"), RowProblem("[b].csv", 4, None, "has [x] columns")]
    with out.capture() as captured:
        out.print(unreadable_rows(problems[:1], 1))
        out.print(unreadable_rows(problems, 25))
    text = captured.get()
    assert "Rows of a.csv that could not be read" in text
    assert "a.csv:3" in text
    assert "[b].csv:4" in text
    assert "has [x] columns" in text
    assert "… and 23 more; --dry-run lists them all" in text


def test_many_reasons_are_cut_with_a_count(tmp_path: Path) -> None:
    """The most frequent reasons are listed; of the others it is said how many there are."""
    result = result_of(tmp_path, rejected=12)
    for index in range(12):
        problem = f"reason {'abcdefghijkl'[index]}"
        result.reasons.add(Outcome(index=index, key="1", status=OutcomeStatus.REJECTED, problem=problem), None)
    assert "… and 4 more reasons, for 4 invoices" in shown(result)


def test_advice_after_success(tmp_path: Path) -> None:
    """When all is well, one sentence says so."""
    assert what_next(result_of(tmp_path, accepted=1020)) == [
        "All 1,020 invoices are with Amili. To see their cases: amili cases list"
    ]
    assert what_next(result_of(tmp_path)) == ["There was nothing to send."]
    assert what_next(result_of(tmp_path, bad_rows=1)) == ["Nothing was sent."]


def test_advice_after_rejections(tmp_path: Path) -> None:
    """Bad ones are to be mended and sent alone, since the others would be sent twice; repetitions are to be left."""
    result = result_of(tmp_path, bad_rows=2, accepted=5, rejected=2, rejected_locally=1)
    repeated = "The same record came before in this run; it is sent once"
    twice = Outcome(index=1, key="1", status=OutcomeStatus.REJECTED, problem=repeated, refusal=Refusal.REPEATED)
    result.reasons.add(twice, "1001")
    assert what_next(result) == [
        "Mend the 3 bad ones and push those alone.",
        "Do not push the whole file again: the accepted ones would be sent twice.",
    ]


def test_advice_after_trouble(tmp_path: Path) -> None:
    """Unknown ones come first and are to be looked up; what was not read is to be pushed from its line on."""
    result = result_of(
        tmp_path,
        accepted=1,
        unsent=1,
        unknown=2,
        batches=1,
        failures=Path("rest.jsonl"),
        all_read=False,
        stopped="127.0.0.1 cannot be reached",
    )
    assert [sentence.split(":")[0] for sentence in what_next(result)] == [
        "Look up the 2 unknown ones at Amili before sending anything again",
        "Push the unsent one again as it is.",
        f"Push what comes after line 2 of {tmp_path / 'in.csv'}",
        "Do not push the whole file again",
        "What was rejected or not sent is in rest.jsonl.",
    ]
    assert "They are in rest.unknown.jsonl." in what_next(result)[0]
    assert "Stopped early: 127.0.0.1 cannot be reached" in shown(result)


def test_advice_with_a_journal(tmp_path: Path) -> None:
    """With a journal the same command goes on; nobody is warned of pushing the whole file, or told to push parts."""
    journal = tmp_path / "j"
    result = result_of(
        tmp_path,
        bad_rows=1,
        accepted=1,
        unsent=1,
        unknown=2,
        batches=1,
        failures=Path("rest.jsonl"),
        journal=journal,
        stopped="127.0.0.1 cannot be reached",
    )
    assert what_next(result) == [
        (
            "Running the same command again asks what became of the 2 unknown ones, and sends nothing twice; "
            "what stays unknown has to be looked up at Amili. They are in rest.unknown.jsonl."
        ),
        f"Mend the bad one in {tmp_path / 'in.csv'}.",
        "Run the same command again to continue, after mending: accepted ones are not sent again.",
        (
            "What was rejected or not sent is in rest.jsonl, without the 1 row that could not be read. "
            f"If you push that, do it with --journal {journal}, so that nothing is sent twice."
        ),
    ]
    not_read = result_of(tmp_path, accepted=1, all_read=False, journal=journal)
    assert what_next(not_read) == ["Run the same command again to continue: accepted ones are not sent again."]
    assert what_next(result_of(tmp_path, journal=journal)) == ["There was nothing to send."]
    early = result_of(tmp_path, journal=journal)
    early.interrupted = True
    assert what_next(early) == ["Nothing was sent.", "Run the same command again to continue."]


def test_no_host_is_suspected_because_of_an_earlier_run(tmp_path: Path) -> None:
    """A push that only follows up an earlier one opens no batches, and that says nothing against the address."""
    result = result_of(tmp_path, unknown=3, journal=tmp_path / "j")
    assert "With another host, give another journal as well." in what_next(result)[0]
    result.takes_up = True
    assert not any("Check base_url" in sentence for sentence in what_next(result))


def test_settled_earlier_but_not_told_how(tmp_path: Path) -> None:
    """If the stop was cut short before all outcomes were told, nothing is claimed that is not known."""
    result = result_of(tmp_path, accepted=5, rejected=2, rejected_locally=1, resumed=4, journal=tmp_path / "j")
    result.refused_here = Refusals(1)
    result.takes_up = True
    lines = shown(result, 120)
    assert "Sent or followed up now 2; 4 were settled by an earlier run." in lines
    assert "Read 7 = 2 sent or followed up + 4 settled earlier + 1 refused here + 0 unsent." in lines
    data = json.loads(as_json(result))
    assert data["sent"] == {"total": 2, "accepted": None, "rejected": None, "unknown": 0}
    assert data["settled_earlier"] == {"total": 4, "accepted": None, "rejected": None}


def test_advice_when_no_answer_made_sense(tmp_path: Path) -> None:
    """If not one answer was understood, the address is the first suspect."""
    result = result_of(tmp_path, unknown=3)
    result.host_url = "https://www.example.com"
    assert what_next(result)[0].startswith(
        "No answer of https://www.example.com was understood. Check base_url (AMILI_BASE_URL)"
    )


def test_advice_after_an_interruption(tmp_path: Path) -> None:
    """A push that was broken off says so, and gives advice like any other."""
    result = result_of(tmp_path, accepted=1, all_read=False, stopped="it was cancelled")
    result.interrupted = True
    assert "• Interrupted." in shown(result, 120)
    result.terminated = True
    lines = shown(result, 120)
    assert "• Stopped by SIGTERM." in lines
    assert not any("Stopped early" in line for line in lines)


@pytest.mark.parametrize(
    ("report", "bad_rows", "status"),
    [
        ({"accepted": 5}, 0, ExitStatus.OK),
        ({}, 0, ExitStatus.OK),
        ({"accepted": 5}, 1, ExitStatus.REJECTED),
        ({"accepted": 5, "rejected": 1}, 0, ExitStatus.REJECTED),
        ({"accepted": 5, "rejected": 1, "unsent": 1}, 0, ExitStatus.OPEN),
        ({"accepted": 5, "unknown": 1}, 1, ExitStatus.OPEN),
        ({"accepted": 5, "stopped": "host not reached"}, 0, ExitStatus.OPEN),
    ],
)
def test_exit_status(tmp_path: Path, report: dict[str, Any], bad_rows: int, status: ExitStatus) -> None:
    """What is open weighs more than what was rejected; rows that cannot be read count as rejected."""
    result = result_of(tmp_path, bad_rows=bad_rows, **report)
    assert result.status == status
    result.interrupted = True
    assert int(result.status) == 128 + signal.SIGINT
    result.terminated = True
    assert int(result.status) == 128 + signal.SIGTERM


def test_json_for_programs(tmp_path: Path) -> None:
    """The same facts as JSON, sums as strings."""
    result = result_of(tmp_path, bad_rows=1, accepted=1, totals={"NOK": sums(accepted="1249.50")})
    data = json.loads(as_json(result))
    assert data["status"] == "REJECTED"
    assert data["report"]["accepted"] == 1
    assert data["report"]["totals"]["NOK"]["ACCEPTED"] == "1249.50"
    assert data["unreadable"]["count"] == 1
    assert data["unreadable"]["first"][0]["line"] == 2


def test_amounts_and_counts() -> None:
    """Thousands are set apart, at least two decimals are shown, none is lost."""
    assert [money(Decimal(text)) for text in ("1234567.5", "-0.05", "1.005", "1E+5", "0.00")] == [
        "1,234,567.50",
        "-0.05",
        "1.005",
        "100,000.00",
        "–",
    ]
    assert (counted(1, "batch", "batches"), counted(1020, "invoice")) == ("1 batch", "1,020 invoices")
