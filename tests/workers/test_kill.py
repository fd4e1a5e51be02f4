"""Workers that are killed again and again, and a database that crashes, lose nothing and send nothing twice.

Three workers and whoever fills the queue get SIGKILL at random instants, and are started again. The database is
restarted in between. Meanwhile the API turns requests away in bursts, breaks connections before and after acting, and
takes its time over batches. What counts in the end is the sandbox's own ledger.

`KILLS` says how many kills there are; `make torture` sets it to 200.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from attrs import define, field
from cryptography.fernet import Fernet

from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.report import BulkReport
from amili_async.sandbox import Faults, Sandbox
from amili_async.workers import Vault, Watch
from tests.bulk.pusher import amount_of
from tests.postgres import Postgres

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "7"))
SEED = int(os.environ.get("KILL_SEED", "1"))
WORKERS = 3
LEASE_S = 1.5
FAULTS = Faults(rate_429=0.04, rate_503=0.03, drop_before=0.03, drop_after=0.03, retry_after_s=0, latency_s=0.005)


@define
class Rig:
    """A sandbox, a database, and processes that can be killed."""

    sandbox: Sandbox
    postgres: Postgres
    database: str
    nursery: subprocess.Popen[str]
    environment: dict[str, str]
    dice: random.Random = field(factory=lambda: random.Random(SEED))
    workers: list[int] = field(factory=list)
    enqueuer: int = 0
    kills: int = 0

    def tell(self, **job: Any) -> int:
        """Have something done by the nursery."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps(job) + "\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def start(self, what: str, **job: Any) -> int:
        """Start a process."""
        config = {
            "base_url": self.sandbox.url,
            "token_url": self.sandbox.token_url,
            "client_id": self.sandbox.settings.client_id,
            "client_secret": self.sandbox.settings.client_secret,
            "organization_id": self.sandbox.organization_id,
        }
        about = {"config": config, "database": self.database, "environment": self.environment, "lease_s": LEASE_S}
        return self.tell(do=what, **about, **job)

    def kill_one(self) -> None:
        """Kill a worker at random, and start another one."""
        at = self.dice.randrange(WORKERS)
        # Who died by itself would have been waited for here without being noticed.
        assert self.tell(do="look", pid=self.workers[at]) == 0, "a worker ended by itself"
        self.tell(do="kill", pid=self.workers[at])
        self.kills += 1
        self.workers[at] = self.start("work")

    async def pause_one(self) -> None:
        """Let a worker stand still while its sessions end and others take over, and go on after that."""
        pid = self.workers[self.dice.randrange(WORKERS)]
        self.tell(do="signal", pid=pid, signal=signal.SIGSTOP)
        await asyncio.to_thread(self.postgres.restart)
        await asyncio.sleep(LEASE_S + self.dice.uniform(1, 3))
        self.tell(do="signal", pid=pid, signal=signal.SIGCONT)


@contextmanager
def rig(postgres: Postgres, **settings: Any) -> Iterator[Rig]:
    """Start everything; nothing is left of it afterwards."""
    sandbox = Sandbox(seed=SEED, faults=FAULTS, batch_delay_s=0.15, reject_duplicates=False, **settings)
    environment = {"AMILI_QUEUE_KEYS": Fernet.generate_key().decode()}
    with (
        sandbox.in_thread(),
        subprocess.Popen(
            [sys.executable, "-m", "tests.workers.nursery"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as nursery,
    ):
        it = Rig(sandbox, postgres, postgres.new(), nursery, environment)
        it.workers = [it.start("work") for _ in range(WORKERS)]
        try:
            yield it
        finally:
            for pid in it.workers:
                if not it.tell(do="look", pid=pid):
                    it.tell(do="kill", pid=pid)


def is_enqueued(rig: Rig, run: uuid.UUID) -> bool:
    """Whether the whole source is in the queue."""
    with psycopg.connect(rig.database) as connection:
        row = connection.execute("SELECT state FROM amili_run WHERE id = %s", (run,)).fetchone()
    return row == ("enqueued",)


async def one_round(
    rig: Rig, first: int, count: int, *, kills: int = 0, pauses: int = 0
) -> tuple[BulkReport, list[Outcome]]:
    """Enqueue one source and have it worked, with so many kills and a restart of the database, or so many pauses."""
    run = uuid.uuid4()
    job: dict[str, Any] = {
        "first": first,
        "count": count,
        "source_ids": True,
        "run_id": str(run),
        "portion_size": 40,
    }
    ends, restart_at = rig.kills + kills, rig.kills + kills // 2
    enqueuer, lives = rig.start("enqueue", **job), 3 if kills else 0
    for _ in range(pauses):
        await asyncio.sleep(rig.dice.uniform(0.3, 0.8))
        await rig.pause_one()
    while rig.kills < ends:
        await asyncio.sleep(rig.dice.uniform(0.05, 0.6))
        rig.kill_one()
        if rig.kills == restart_at:
            await asyncio.to_thread(rig.postgres.restart)
        if rig.tell(do="look", pid=enqueuer):
            enqueuer = rig.start("enqueue", **job)
        elif lives and not is_enqueued(rig, run):
            lives -= 1
            rig.tell(do="kill", pid=enqueuer)
            enqueuer = rig.start("enqueue", **job)
    for _ in range(600):
        if rig.tell(do="look", pid=enqueuer):
            if is_enqueued(rig, run):
                break
            enqueuer = rig.start("enqueue", **job)
        await asyncio.sleep(0.1)
    watch = Watch(run, rig.database, Vault([rig.environment["AMILI_QUEUE_KEYS"]]))
    outcomes = [outcome async for outcome in watch]
    return watch.report, outcomes


def check(rig: Rig, first: int, count: int, report: BulkReport, outcomes: list[Outcome]) -> None:
    """Hold what was told against the ledger, to the øre."""
    ledger = rig.sandbox.state.ledger(rig.sandbox.organization_id)
    assert sorted(outcome.index for outcome in outcomes) == list(range(count))
    accepted = Decimal(0)
    for outcome in outcomes:
        number = first + outcome.index
        assert outcome.key == (f"erp-{number}" if number % 2 else str(number))
        entry = ledger.get(str(number))
        amounts = entry.amounts if entry is not None else ()
        if amount_of(number) < 0:
            assert (outcome.status, amounts) == ("REJECTED", ())
        else:
            assert (outcome.status, amounts) == ("ACCEPTED", (amount_of(number),)), outcome
            accepted += amount_of(number)
    assert report.totals["NOK"][OutcomeStatus.ACCEPTED] == accepted
    assert report.accepted + report.rejected == report.taken == count
    assert (report.unsent, report.unknown, report.stopped) == (0, 0, None)


def left_behind(rig: Rig) -> Any:
    """Bodies in the database, and jobs that are not done with."""
    with psycopg.connect(rig.database) as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM amili_portion WHERE bodies IS NOT NULL), "
            "(SELECT count(*) FROM amili_portion WHERE state = 'open')"
        ).fetchone()


@pytest.mark.timeout(120 + 5 * KILLS)
async def test_each_record_is_processed_once_whoever_dies(postgres: Postgres) -> None:
    """The ledger equals the source, each record once; the one report adds up; no body is left."""
    with rig(postgres, honour_idempotency_keys=False) as it:
        first = 1000
        while it.kills < KILLS:
            kills = min(25, KILLS - it.kills)
            count = 120 + 40 * kills
            report, outcomes = await one_round(it, first, count, kills=kills)
            check(it, first, count, report, outcomes)
            first += count
        assert left_behind(it) == (0, 0)


@pytest.mark.timeout(120 + 5 * KILLS)
async def test_a_worker_that_stood_still_sends_nothing_late(postgres: Postgres) -> None:
    """It wakes up after others have taken over, and finds its hold gone.

    Keys are honoured here, as its very last request may have been about to leave when it was stopped, which nothing on
    its side can keep back.
    """
    pauses = max(1, KILLS // 20)
    with rig(postgres) as it:
        report, outcomes = await one_round(it, 1000, 800 * pauses, pauses=pauses)
        check(it, 1000, 800 * pauses, report, outcomes)
        assert left_behind(it) == (0, 0)
