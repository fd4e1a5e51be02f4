"""Processes that enqueue and work, and may be killed at any instant: `python -m tests.workers.nursery`, jobs on stdin.

It imports everything once and forks for each, so that many processes cost little.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from typing import Any

from amili_async import AmiliClient, Config
from amili_async.workers import Vault, WorkSettings, Workshop, run_worker
from tests.bulk.pusher import records


async def enqueue(job: dict[str, Any]) -> None:
    """Put the source into the queue."""
    async with AmiliClient(Config(**job["config"])) as amili:
        await amili.bulk.enqueue_invoices(
            job["config"]["organization_id"],
            records(job),
            database=job["database"],
            run_id=job["run_id"],
            portion_size=job["portion_size"],
            chunk_size=5,
        )


async def work(job: dict[str, Any]) -> None:
    """Work until told to stop."""
    settings = WorkSettings(settle_s=1, again_s=0.2, concurrency=3, rate_limit=job.get("rate_limit"))
    workshop = Workshop(job["database"], Config(**job["config"]), settings=settings, vault=Vault.from_env())
    await run_worker(workshop, concurrency=2, lease_s=job["lease_s"])


def start(job: dict[str, Any]) -> int:
    """Fork a process for a job; its id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.environ.update(job.get("environment", {}))
        asyncio.run({"enqueue": enqueue, "work": work}[job["do"]](job))
        status = 0
    except Exception as error:  # noqa: BLE001  # told, and not raised into the parent's code
        sys.stderr.write(f"{job['do']}: {type(error).__name__}: {error}\n")
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Do as told, line by line."""
    for name in ("psycopg.pool", "procrastinate"):  # they are loud about a database that is away
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    born: set[int] = set()
    dead: set[int] = set()
    for line in sys.stdin:
        job = json.loads(line)
        match job["do"]:
            case "kill" if job["pid"] not in dead:
                os.kill(job["pid"], signal.SIGKILL)
                answer = os.waitpid(job["pid"], 0)[1]
                dead.add(job["pid"])
            case "signal":
                os.kill(job["pid"], job["signal"])
                answer = job["pid"]
            case "look" if job["pid"] not in dead:
                answer = os.waitpid(job["pid"], os.WNOHANG)[0]
                dead.add(answer)
            case "kill" | "look":
                answer = job["pid"]
            case _:
                answer = start(job)
                born.add(answer)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for pid in born - dead:  # whoever told us is gone, perhaps without a word
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
