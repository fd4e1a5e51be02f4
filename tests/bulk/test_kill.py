"""A push that is killed again and again, at any instant and under faults, loses nothing and sends nothing twice.

The process that pushes gets SIGKILL at random instants; it is started again with the same records, not always in the
same order or in chunks of the same size, and the same journal. Meanwhile the API turns requests away in bursts, breaks
connections before and after acting, acts on requests that seem lost a while later, and takes its time over batches.
What counts in the end is the sandbox's own ledger.

`KILLS` says how many kills each regime gets; `make torture` sets it to 200.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

from amili_async import Config
from amili_async.bulk.history import History
from amili_async.bulk.journal import Scope
from amili_async.bulk.journal_sqlite import SqliteFile
from amili_async.sandbox import Faults, Rule, Sandbox
from tests.bulk.pusher import amount_of, booked_of

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "5"))
SEED = int(os.environ.get("KILL_SEED", "1"))
KINDS = ("invoices", "payments", "corrections")
COUNT = 150
INVOICES = 45  # that payments and corrections are about
MOST_RUNS = 30
LEAST_HITS = 0.25
SETTLE_S = 1.0
LATE_S = 0.5
FAULTS = Faults(
    rate_429=0.04,
    rate_503=0.03,
    drop_before=0.03,
    drop_after=0.03,
    retry_after_s=0,
    latency_s=0.005,
    rules=[
        Rule(kind="arrive-late", operation=operation, probability=0.04, seconds=LATE_S)
        for operation in ("CreateInvoices", "CreatePayments", "CreateCorrections")
    ],
)
WRITES = {"invoices": "CreateInvoices", "payments": "CreatePayments", "corrections": "CreateCorrections"}


@define
class Round:
    """One source, pushed until it is through."""

    kind: str
    first: int
    folder: Path
    invoice_ids: list[str] = field(factory=list)
    job: dict[str, Any] = field(factory=dict)
    unclear: set[int] = field(factory=set)

    def path(self, end: str) -> Path:
        return self.folder / f"{self.first}.{end}"

    def result(self) -> Any:
        """What the last run told."""
        return json.loads(self.path("json").read_text(encoding="utf-8"))


@define
class Rig:
    """A sandbox, and a pusher that can be killed."""

    sandbox: Sandbox
    pusher: subprocess.Popen[str]
    folder: Path
    dice: random.Random
    trusts_key: bool
    source_ids: bool
    kills: int = 0
    hits: int = 0

    def begin(self, kind: str, first: int) -> Round:
        """A source; payments and corrections are about invoices that are there by then."""
        here = Round(kind, first, self.folder)
        if kind == "invoices":
            return here
        numbers = [f"{first}-{number}" for number in range(INVOICES)]
        state, organization_id = self.sandbox.state, self.sandbox.organization_id
        items = [
            {
                "invoiceNumber": number,
                "originalInvoiceAmount": Decimal(1000),
                "currency": "NOK",
                "debtors": [{"lastname": "Testesen"}],
            }
            for number in numbers
        ]
        state.submit(organization_id, "invoices", items)
        self.sandbox.advance(1)
        rows = state.books(organization_id).invoices
        here.invoice_ids = [rows.find("number", number)[0].id for number in numbers]
        return here

    def push(self, here: Round, lives_s: float | None) -> str:
        """Push it; `done` or `killed`."""
        here.job = {
            "config": {
                "base_url": self.sandbox.url,
                "token_url": self.sandbox.token_url,
                "client_id": self.sandbox.settings.client_id,
                "client_secret": self.sandbox.settings.client_secret,
                "organization_id": self.sandbox.organization_id,
                "trust_idempotency_key": self.trusts_key,
            },
            "kind": here.kind,
            "first": here.first,
            "count": COUNT,
            "invoice_ids": here.invoice_ids,
            "source_ids": self.source_ids,
            "shuffle": self.dice.choice([None, None, self.dice.randrange(1000)]),
            "chunk_size": self.dice.choice([3, 5, 5, 8]),
            "settle_s": SETTLE_S,
            "journal": str(here.path("journal")),
            "failures": str(here.path("rest.jsonl")),
            "result": str(here.path("json")),
            "lives_s": lives_s,
        }
        # One burst at a time: runs that die early would leave a heap of them for the last chunk to run against.
        if self.dice.random() < 0.3 and not self.sandbox._faults._ordered:
            burst_s = 1 if self.dice.random() < 0.1 else 0
            self.sandbox.fail_next(status=429, retry_after=burst_s, operation=WRITES[here.kind], times=6)
        assert self.pusher.stdin is not None
        assert self.pusher.stdout is not None
        self.pusher.stdin.write(json.dumps(here.job) + "\n")
        self.pusher.stdin.flush()
        return self.pusher.stdout.readline().strip()

    def lifetime_s(self) -> float:
        """Mostly short, sometimes long enough for what was unclear to be looked up."""
        return self.dice.uniform(0.02, 0.5) if self.dice.random() < 0.8 else self.dice.uniform(0.5, 2.2)

    def note_kill(self, here: Round) -> None:
        """Count it, and whether it hit a request that this run had under way, or had lost."""
        self.kills += 1
        there = self.unclear(here)
        self.hits += bool(there - here.unclear)
        here.unclear = there

    def unclear(self, here: Round) -> set[int]:
        """The chunks in the journal of which it is not known whether they arrived. It is left as it is."""
        copy = here.path("copy")
        if not here.path("journal").exists() or not here.path("journal").stat().st_size:
            return set()
        for end in ("", "-wal"):
            path = Path(f"{here.path('journal')}{end}")
            if path.exists():
                shutil.copy(path, f"{copy}{end}")
        file, history = SqliteFile(copy), History()
        host = Config(**here.job["config"]).host_url
        file.open(Scope(host=host, organization_id=self.sandbox.organization_id, kind=here.kind))
        for events in file.replay():
            for event in events:
                history.apply(event)
        file.close()
        return {chunk.number for chunk in history._open.values() if chunk.batch_id is None and not chunk.held}


@contextmanager
def rig(folder: Path, *, trusts_key: bool, source_ids: bool, **settings: Any) -> Iterator[Rig]:
    """Start both."""
    sandbox = Sandbox(seed=SEED, faults=FAULTS, batch_delay_s=0.15, reject_duplicates=False, **settings)
    with (
        sandbox.in_thread(),
        subprocess.Popen(
            [sys.executable, "-m", "tests.bulk.pusher"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as pusher,
    ):
        yield Rig(sandbox, pusher, folder, random.Random(SEED), trusts_key, source_ids)


def torture(rig: Rig, kinds: Sequence[str], *, unknown_is_fine: bool) -> int:
    """Push round after round until there were enough kills, checking each; says how many records stayed UNKNOWN."""
    unknown, first = 0, itertools.count(1000, COUNT)
    kinds = kinds if KILLS < 20 else KINDS
    for kind, share in zip(kinds, itertools.accumulate([KILLS / len(kinds)] * len(kinds)), strict=True):
        while rig.kills < round(share):
            unknown += one_round(rig, rig.begin(kind, next(first)), round(share), unknown_is_fine=unknown_is_fine)
    # Kills that hit nothing prove nothing; on a busy machine a few more may be needed.
    while rig.hits < rig.kills * LEAST_HITS and rig.kills < 3 * KILLS + 20:
        unknown += one_round(rig, rig.begin(kinds[0], next(first)), rig.kills + 5, unknown_is_fine=unknown_is_fine)
    print(f"{rig.kills} kills, {rig.hits} of them with a request under way or lost")  # noqa: T201  # with -s or -rP
    assert rig.hits >= rig.kills * LEAST_HITS
    return unknown


def one_round(rig: Rig, here: Round, kills: int, *, unknown_is_fine: bool) -> int:
    """Push one source, killed time and again, until it is through; how many records are UNKNOWN in the end."""
    runs_to_the_end = 0
    while True:
        ended = rig.push(here, rig.lifetime_s() if rig.kills < kills else None)
        assert ended in ("done", "killed")
        if ended == "killed":
            rig.note_kill(here)
            continue
        runs_to_the_end += 1
        report = here.result()["report"]
        if not report["unsent"] and (unknown_is_fine or not report["unknown"]):
            break
        assert runs_to_the_end < MOST_RUNS, report
    check(rig, here)
    unknown: int = report["unknown"]
    return unknown


def check(rig: Rig, here: Round) -> None:
    """Hold what the last run told against the ledger, to the øre, and against its files."""
    result = here.result()
    report, outcomes = result["report"], result["outcomes"]
    rig.sandbox.advance(LATE_S + 1)  # whatever is still on its way arrives, if it ever does
    assert sorted(number for number, _, _ in outcomes) == list(range(COUNT))
    accepted = (check_invoices if here.kind == "invoices" else check_bookings)(rig, here, outcomes)
    assert Decimal(report["totals"]["NOK"]["ACCEPTED"]) == accepted
    for status in ("ACCEPTED", "REJECTED", "UNKNOWN"):
        assert report[status.lower()] == sum(found == status for _, _, found in outcomes)
    for path, status in ((here.path("rest.jsonl"), "REJECTED"), (here.path("rest.unknown.jsonl"), "UNKNOWN")):
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        assert len(lines) == report[status.lower()], path
        wire = "originalInvoiceAmount" if here.kind == "invoices" else "amount"
        amounts = sorted(Decimal(str(json.loads(line, parse_float=Decimal)[wire])) for line in lines)
        assert amounts == sorted(amount(here, number) for number, _, found in outcomes if found == status)


def amount(here: Round, number: int) -> Decimal:
    return amount_of(here.first + number) if here.kind == "invoices" else booked_of(number, INVOICES)


def check_invoices(rig: Rig, here: Round, outcomes: list[tuple[int, str, str]]) -> Decimal:
    """Each by its own number; says what was accepted."""
    ledger = rig.sandbox.state.ledger(rig.sandbox.organization_id)
    accepted = Decimal(0)
    for number, key, status in outcomes:
        named = here.first + number
        assert key == (f"erp-{named}" if rig.source_ids and named % 2 else str(named))
        entry = ledger.get(str(named))
        amounts = entry.amounts if entry is not None else ()
        if status == "ACCEPTED":
            assert amounts == (amount(here, number),), named
            accepted += amount(here, number)
        elif status == "REJECTED":
            assert amounts == (), named
            assert amount(here, number) < 0
        else:
            assert status == "UNKNOWN"
            assert amounts in ((), (amount(here, number),)), named
    return accepted


def check_bookings(rig: Rig, here: Round, outcomes: list[tuple[int, str, str]]) -> Decimal:
    """By invoice: what is booked on it is what was accepted, and some of what is UNKNOWN; says what was accepted."""
    ledger = rig.sandbox.state.ledger(rig.sandbox.organization_id)
    accepted = Decimal(0)
    for invoice in range(INVOICES):
        entry = ledger[f"{here.first}-{invoice}"]
        booked = entry.paid if here.kind == "payments" else entry.credited
        own = [(amount(here, number), status) for number, _, status in outcomes if number % INVOICES == invoice]
        assert all((status == "REJECTED") == (not each) for each, status in own if status != "UNKNOWN")
        certain = sum((each for each, status in own if status == "ACCEPTED"), Decimal(0))
        open_ones = [each for each, status in own if status == "UNKNOWN"]
        sums = {
            sum(some, Decimal(0)) for n in range(len(open_ones) + 1) for some in itertools.combinations(open_ones, n)
        }
        assert booked - certain in sums, (invoice, booked, own)
        accepted += certain
    return accepted


@pytest.mark.timeout(90 + 5 * KILLS)
def test_where_look_ups_work_each_record_is_processed_once(tmp_path: Path) -> None:
    """Batches can be looked up by key, and the key is not honoured: the ledger equals the source, each record once."""
    with rig(tmp_path, trusts_key=False, source_ids=True, honour_idempotency_keys=False) as it:
        assert torture(it, ["invoices", "corrections"], unknown_is_fine=False) == 0


@pytest.mark.timeout(90 + 5 * KILLS)
def test_where_the_key_is_honoured_each_record_is_processed_once(tmp_path: Path) -> None:
    """The key is trusted and honoured, and batches cannot be looked up: the ledger equals the source all the same."""
    with rig(tmp_path, trusts_key=True, source_ids=True, store_idempotency_keys=False) as it:
        assert torture(it, ["payments", "invoices"], unknown_is_fine=False) == 0


@pytest.mark.timeout(90 + 5 * KILLS)
def test_where_both_hold_each_record_is_processed_once(tmp_path: Path) -> None:
    """The key is trusted and honoured, and look-ups work: one does not get in the way of the other."""
    with rig(tmp_path, trusts_key=True, source_ids=True) as it:
        assert torture(it, ["payments"], unknown_is_fine=False) == 0


@pytest.mark.timeout(90 + 5 * KILLS)
def test_where_neither_holds_no_record_is_sent_twice(tmp_path: Path) -> None:
    """No look-up and no key: nothing is ever there twice, and what is open is reported UNKNOWN."""
    settings = {"store_idempotency_keys": False, "honour_idempotency_keys": False}
    with rig(tmp_path, trusts_key=False, source_ids=False, **settings) as it:
        assert torture(it, ["invoices"], unknown_is_fine=True) > 0
