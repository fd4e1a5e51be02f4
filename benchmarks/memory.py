"""One million records through the submission engine, and what it takes of memory: `make bench-memory`.

The records are made as they are needed, pushed with a journal on disk to a server in another process that answers at
once, and every one is matched to its result. Printed are the memory of this process as the run goes on, and its peak.
The run fails if the peak is over the limit, if memory grows with the records beyond the 19 bytes or so that each key
takes, or if the report and the server's own books differ.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from amili_async import AmiliClient, Config
from amili_async.bulk import BulkReport, OutcomeStatus, Progress
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem

ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
LIMIT_MB = 150
POINTS = 20
# After the first tenth, when everything is loaded and all queues are full: keys only, with room for how lists grow.
MOST_BYTES_PER_RECORD = 48


def records(count: int) -> Iterator[CreateInvoiceItem]:
    """Invoices to people who do not exist."""
    for number in range(count):
        yield CreateInvoiceItem(
            invoice_number=f"F-{number}",
            unique_source_invoice_id=f"erp-{number}",
            original_invoice_amount=Decimal(number % 100_000 * 100 + 10_099) / 100,
            currency="NOK",
            description="Sesongkort 2026",
            debtors=[CreateInvoiceDebtor(firstname="Fiktiva", lastname="Testesen", customer_number=str(number))],
        )


def memory_mb() -> float:
    """What this process holds now; where the system does not tell, the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return peak_mb()
    return pages * resource.getpagesize() / 1e6


def peak_mb() -> float:
    """The most this process ever held."""
    with contextlib.suppress(OSError, StopIteration):
        # `ru_maxrss` would begin at what the process that started this one held.
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


class Curve:
    """Memory over records done."""

    def __init__(self, count: int) -> None:
        self._step = max(1, count // POINTS)
        self.points: list[tuple[int, float]] = []

    def note(self, now: Progress) -> None:
        """Called as outcomes come."""
        if now.done >= self._step * (len(self.points) + 1):
            self.points.append((now.done, memory_mb()))
            done, held = self.points[-1]
            sys.stdout.write(f"{done:>10,} records  {held:6.1f} MB  {'#' * int(held / 2)}\n")
            sys.stdout.flush()

    def growth(self) -> float:
        """Bytes per record, after the first tenth."""
        (first, low), (last, high) = self.points[len(self.points) // 10], self.points[-1]
        return (high - low) * 1e6 / (last - first) if last > first else 0.0


async def push(port: int, count: int, curve: Curve, *, journal: Path | None, chunk_size: int) -> BulkReport:
    """Push everything."""
    url = f"http://127.0.0.1:{port}"
    config = Config(
        base_url=url,
        token_url=f"{url}/token",
        client_id="benchmark",
        client_secret="none",  # noqa: S106  # the server asks for none
        organization_id=ORGANIZATION,
    )
    async with AmiliClient(config) as amili:
        return await amili.bulk.submit_invoices(
            ORGANIZATION, records(count), journal=journal, chunk_size=chunk_size, progress=curve.note
        )


def flaws(report: BulkReport, books: dict[str, int], count: int, curve: Curve) -> list[str]:
    """What is not as it should be."""
    found = []
    accepted = report.totals["NOK"][OutcomeStatus.ACCEPTED]
    if (report.accepted, books["records"]) != (count, count) or accepted * 100 != books["oere"]:
        found.append(f"report and books differ: {report.accepted:,} and {accepted}, {books}")
    if peak_mb() > LIMIT_MB:
        found.append(f"the peak is over {LIMIT_MB} MB")
    if count >= 200_000 and curve.growth() > MOST_BYTES_PER_RECORD:
        found.append(f"memory grows by more than {MOST_BYTES_PER_RECORD} bytes per record")
    return found


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="Memory of a large push.")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--chunk-size", type=int, default=200)
    parser.add_argument("--no-journal", action="store_true")
    given = parser.parse_args()
    server = [sys.executable, str(Path(__file__).with_name("loopback.py"))]
    curve = Curve(given.records)
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,  # noqa: S603  # ours
    ):
        port = int(process.stdout.readline()) if process.stdout is not None else 0
        journal = None if given.no_journal else Path(folder) / "journal.db"
        report = asyncio.run(push(port, given.records, curve, journal=journal, chunk_size=given.chunk_size))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/books") as answer:
            books = json.load(answer)
        size_mb = journal.stat().st_size / 1e6 if journal is not None else 0.0
        process.communicate()
    found = flaws(report, books, given.records, curve)
    sys.stdout.write(
        f"\n{report}\n  {report.rate:,.0f} records/s; the journal has {size_mb:.1f} MB\n"
        f"  peak {peak_mb():.1f} MB (limit {LIMIT_MB}), growth {curve.growth():.0f} bytes per record\n"
        + "".join(f"  WRONG: {flaw}\n" for flaw in found)
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
