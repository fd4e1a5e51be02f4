"""A process that pushes records and may be killed at any instant: `python -m tests.bulk.pusher`, jobs on stdin.

It imports everything once and forks for each job, so that hundreds of processes cost little. Only the fork is killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from amili_async import AmiliClient, Config
from amili_async.bulk import BulkRun
from amili_async.models.collection import (
    CreateCorrectionItem,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreatePaymentItem,
)

_NAP_S = 0.002


def amount_of(number: int) -> Decimal:
    """What the invoice with this number is about; now and then something that Amili rejects."""
    return Decimal(-1) if number % 40 == 7 else Decimal(number * 37 % 9973 + 1) / 100


def booked_of(number: int, invoices: int) -> Decimal:
    """The same for payments and corrections; the first two rounds through the invoices are equal instalments."""
    lap, invoice = divmod(number, invoices)
    return Decimal(0) if invoice == 3 else Decimal(lap // 2 * 100 + invoice + 1) / 100


def order_of(job: dict[str, Any]) -> list[int]:
    """The numbers of a job's records, in the order in which its source has them."""
    numbers = list(range(job["count"]))
    if job.get("shuffle") is not None:
        random.Random(job["shuffle"]).shuffle(numbers)
    return numbers


def records(job: dict[str, Any]) -> Iterator[Any]:
    """The source of a job: the same records each time, not always in the same order."""
    kind, ids = job.get("kind", "invoices"), job.get("invoice_ids", ())
    for number in order_of(job):
        if kind == "invoices":
            number += job["first"]  # on which the source's numbers begin
            yield CreateInvoiceItem(
                invoice_number=str(number),
                unique_source_invoice_id=f"erp-{number}" if job["source_ids"] and number % 2 else None,
                original_invoice_amount=amount_of(number),
                currency="NOK",
                debtors=[CreateInvoiceDebtor(firstname="Fiktiva", lastname="Testesen")],
            )
        else:
            model = CreatePaymentItem if kind == "payments" else CreateCorrectionItem
            yield model(invoice_id=UUID(ids[number % len(ids)]), amount=booked_of(number, len(ids)), currency="NOK")


def run_of(amili: AmiliClient, job: dict[str, Any]) -> BulkRun:
    """The run of a job."""
    bulk = amili.bulk
    stream: Any = {
        "invoices": bulk.stream_invoices,
        "payments": bulk.stream_payments,
        "corrections": bulk.stream_corrections,
    }[job["kind"]]
    run: BulkRun = stream(
        job["config"]["organization_id"],
        records(job),
        journal=job["journal"],
        failures=job["failures"],
        chunk_size=job["chunk_size"],
        concurrency=3,
        settle_s=job["settle_s"],
    )
    return run


async def push(job: dict[str, Any]) -> str:
    """Push the source; every outcome and the report, if it lives to see the end."""
    outcomes, order = [], order_of(job)
    async with AmiliClient(Config(**job["config"])) as amili:
        async with run_of(amili, job) as run:
            async for outcome in run:
                outcomes.append((order[outcome.index], outcome.key, outcome.status))  # noqa: PERF401  # killed in between
    return json.dumps({"report": json.loads(run.report.to_json()), "outcomes": outcomes})


def work(job: dict[str, Any]) -> str:
    """Push in a process of its own, and kill it when its time is over. Says how it ended."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            Path(job["result"]).write_text(asyncio.run(push(job)), encoding="utf-8")
            status = 0
        except Exception:  # noqa: BLE001  # told here, or nobody learns why it failed
            traceback.print_exc()
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
