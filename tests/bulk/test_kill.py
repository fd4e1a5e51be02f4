"""A push that is killed again and again, at any instant and under faults, loses nothing and sends nothing twice.

The process that pushes gets SIGKILL at random instants; it is started again with the same records and the same journal.
Meanwhile the API turns requests away in bursts, breaks connections before and after acting, and takes its time over
batches. What counts in the end is the sandbox's own ledger.

`KILLS` says how many kills each regime gets; `make torture` sets it to 200.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import define

from amili_async.sandbox import Faults, Sandbox
from tests.bulk.pusher import amount_of

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "7"))
SEED = int(os.environ.get("KILL_SEED", "1"))
ROUND = 300
MOST_RUNS = 30
FAULTS = Faults(rate_429=0.04, rate_503=0.03, drop_before=0.03, drop_after=0.03, retry_after_s=0, latency_s=0.005)


@define
class Rig:
    """A sandbox, and a pusher that can be killed."""

    sandbox: Sandbox
    pusher: subprocess.Popen[str]
    folder: Path
    dice: random.Random
    trusts_key: bool
    source_ids: bool

    def push(self, first: int, lives_s: float | None) -> str:
        """Push the round that begins with this number; `done` or `killed`."""
        config = {
            "base_url": self.sandbox.url,
            "token_url": self.sandbox.token_url,
            "client_id": self.sandbox.settings.client_id,
            "client_secret": self.sandbox.settings.client_secret,
            "organization_id": self.sandbox.organization_id,
            "trust_idempotency_key": self.trusts_key,
        }
        job = {
            "config": config,
            "first": first,
            "count": ROUND,
            "source_ids": self.source_ids,
            "journal": str(self.folder / f"{first}.journal"),
            "result": str(self.folder / f"{first}.json"),
            "lives_s": lives_s,
        }
        # One burst at a time: runs that die early would leave a heap of them for the last chunk to run against.
        if self.dice.random() < 0.3 and not self.sandbox._faults._ordered:
            burst_s = 1 if self.dice.random() < 0.1 else 0
            self.sandbox.fail_next(status=429, retry_after=burst_s, operation="CreateInvoices", times=6)
        assert self.pusher.stdin is not None
        assert self.pusher.stdout is not None
        self.pusher.stdin.write(json.dumps(job) + "\n")
        self.pusher.stdin.flush()
        return self.pusher.stdout.readline().strip()

    def result(self, first: int) -> Any:
        """What the last run of a round told."""
        return json.loads((self.folder / f"{first}.json").read_text(encoding="utf-8"))

    def lifetime_s(self) -> float:
        """Mostly short, sometimes long enough for what was unclear to be looked up."""
        return self.dice.uniform(0.02, 0.5) if self.dice.random() < 0.8 else self.dice.uniform(0.5, 2.2)


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


def torture(rig: Rig, *, unknown_is_fine: bool) -> int:
    """Push round after round until there were enough kills, checking each; says how many records stayed UNKNOWN."""
    kills, first, unknown = 0, 1000, 0
    while kills < KILLS:
        kills, unknown_here = one_round(rig, first, kills, unknown_is_fine=unknown_is_fine)
        unknown += unknown_here
        first += ROUND
    return unknown


def one_round(rig: Rig, first: int, kills: int, *, unknown_is_fine: bool) -> tuple[int, int]:
    """Push one source, killed time and again, until it is through; how many kills there were, and UNKNOWN records."""
    runs_to_the_end = 0
    while True:
        ended = rig.push(first, rig.lifetime_s() if kills < KILLS else None)
        assert ended in ("done", "killed")
        if ended == "killed":
            kills += 1
            continue
        runs_to_the_end += 1
        report = rig.result(first)["report"]
        if not report["unsent"] and (unknown_is_fine or not report["unknown"]):
            break
        assert runs_to_the_end < MOST_RUNS, report
    check(rig, first)
    return kills, report["unknown"]


def check(rig: Rig, first: int) -> None:
    """Hold what the last run told against the ledger, to the øre."""
    result = rig.result(first)
    report, outcomes = result["report"], result["outcomes"]
    ledger = rig.sandbox.state.ledger(rig.sandbox.organization_id)
    assert sorted(index for index, _, _ in outcomes) == list(range(ROUND))
    accepted = Decimal(0)
    for index, key, status in outcomes:
        number = first + index
        assert key == (f"erp-{number}" if rig.source_ids and number % 2 else str(number))
        entry = ledger.get(str(number))
        amounts = entry.amounts if entry is not None else ()
        if status == "ACCEPTED":
            assert amounts == (amount_of(number),), number
            accepted += amount_of(number)
        elif status == "REJECTED":
            assert amounts == (), number
            assert amount_of(number) < 0
        else:
            assert status == "UNKNOWN"
            assert amounts in ((), (amount_of(number),)), number
    assert Decimal(report["totals"]["NOK"]["ACCEPTED"]) == accepted
    assert report["accepted"] == sum(status == "ACCEPTED" for _, _, status in outcomes)


@pytest.mark.timeout(60 + 5 * KILLS)
def test_where_look_ups_work_each_record_is_processed_once(tmp_path: Path) -> None:
    """Batches can be looked up by key, and the key is not honoured: the ledger equals the source, each record once."""
    with rig(tmp_path, trusts_key=False, source_ids=True, honour_idempotency_keys=False) as it:
        assert torture(it, unknown_is_fine=False) == 0


@pytest.mark.timeout(60 + 5 * KILLS)
def test_where_the_key_is_honoured_each_record_is_processed_once(tmp_path: Path) -> None:
    """The key is trusted and honoured, and batches cannot be looked up: the ledger equals the source all the same."""
    with rig(tmp_path, trusts_key=True, source_ids=True, store_idempotency_keys=False) as it:
        assert torture(it, unknown_is_fine=False) == 0


@pytest.mark.timeout(60 + 5 * KILLS)
def test_where_neither_holds_no_record_is_sent_twice(tmp_path: Path) -> None:
    """No look-up and no key: nothing is ever there twice, and what is open is reported UNKNOWN."""
    settings = {"store_idempotency_keys": False, "honour_idempotency_keys": False}
    with rig(tmp_path, trusts_key=False, source_ids=False, **settings) as it:
        assert torture(it, unknown_is_fine=True) > 0
