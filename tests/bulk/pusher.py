"""A process that pushes invoices and may be killed at any instant: `python -m tests.bulk.pusher`, jobs on stdin.

It imports everything once and forks for each job, so that hundreds of processes cost little. Only the fork is killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from amili_async import AmiliClient, Config
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem

_NAP_S = 0.002


def amount_of(number: int) -> Decimal:
    """What the invoice with this number is about; now and then something that Amili rejects."""
    return Decimal(-1) if number % 40 == 7 else Decimal(number * 37 % 9973 + 1) / 100


def records(job: dict[str, Any]) -> Iterator[CreateInvoiceItem]:
    """The source of a job, the same each time."""
    for number in range(job["first"], job["first"] + job["count"]):
        yield CreateInvoiceItem(
            invoice_number=str(number),
            unique_source_invoice_id=f"erp-{number}" if job["source_ids"] and number % 2 else None,
            original_invoice_amount=amount_of(number),
            currency="NOK",
            debtors=[CreateInvoiceDebtor(firstname="Fiktiva", lastname="Testesen")],
        )


async def push(job: dict[str, Any]) -> str:
    """Push the source; every outcome and the report, if it lives to see the end."""
    outcomes = []
    async with AmiliClient(Config(**job["config"])) as amili:
        async with amili.bulk.stream_invoices(
            job["config"]["organization_id"],
            records(job),
            journal=job["journal"],
            chunk_size=5,
            concurrency=3,
            settle_s=1,
        ) as run:
            async for outcome in run:
                outcomes.append((outcome.index, outcome.key, outcome.status))  # noqa: PERF401  # killed in between
    return json.dumps({"report": json.loads(run.report.to_json()), "outcomes": outcomes})


def work(job: dict[str, Any]) -> str:
    """Push in a process of its own, and kill it when its time is over. Says how it ended."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            Path(job["result"]).write_text(asyncio.run(push(job)), encoding="utf-8")
            status = 0
        finally:
            os._exit(status)
    ends = None if job["lives_s"] is None else time.monotonic() + job["lives_s"]
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "done" if status == 0 else "failed"
        if ends is not None and time.monotonic() >= ends:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            return "killed" if os.WIFSIGNALED(status) else "done"
        time.sleep(_NAP_S)


def main() -> None:
    """Work until there are no more jobs."""
    for line in sys.stdin:
        sys.stdout.write(work(json.loads(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
