"""Memory of a large push: what `memory.py` says, as part of a report."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.contenders import ours
from benchmarks.report import Section, Target, section

__all__ = ["measure", "target"]

_PEAK = re.compile(r"peak ([0-9.]+) MB")


def measure(*, records: int) -> Section:
    """Push so many records, with a journal on disk, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("memory.py")), "--records", str(records)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    peak = _PEAK.search(done.stdout)
    if peak is None:
        raise RuntimeError(f"memory.py failed: {done.stderr[-500:]}")
    return section(
        "memory",
        f"Peak of memory, {records:,} records with a journal",
        {ours.NAME: [float(peak[1])]},
        unit="MB",
        base=ours.NAME,
        more_is_better=False,
        notes=[line.strip() for line in done.stdout.splitlines()[-3:] if line.strip()],
    )


def target(sections: Mapping[str, Section]) -> Target:
    """The design's limit."""
    memory = sections.get("memory")
    value = memory.rows[0].value.median if memory else None
    return Target(what="Peak of memory in MB", value=value, limit=150, at_least=False)
