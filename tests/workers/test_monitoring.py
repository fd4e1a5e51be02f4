"""The queries that docs/workers.md gives to those who watch."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bulk.fake_amili import invoices
from tests.workers.conftest import Bench

PAGE = Path(__file__).parents[2] / "docs" / "workers.md"


async def test_they_run_and_find_what_they_are_for(bench: Bench) -> None:
    """Runs with their counts, portions that do not get done, sources that broke off, workers that are alive."""
    runs, stuck, broken_off, alive = re.findall(r"```sql\n(.*?);\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    run = await bench.enqueue(invoices(20))
    bench.sandbox.fail_next(status=403, operation="CreateInvoices")
    assert await bench.work() == 1
    [row] = bench.sql(runs)
    assert (row[0], row[1], row[3:5], row[6:]) == (run, bench.organization, ("enqueued", 20), (1, 10, 0))
    assert bench.sql(stuck) == []
    bench.sql("UPDATE amili_portion SET started_at = now() - interval '2 hours'")
    [row] = bench.sql(stuck)
    assert "403" in row[-1]
    assert bench.sql(broken_off) == []
    bench.sql("UPDATE amili_run SET state = 'enqueuing', created_at = now() - interval '1 day'")
    assert [found for found, *_ in bench.sql(broken_off)] == [run]
    assert bench.sql(alive) == [(0,)]
