"""What it takes to import the library, and to make its first call: each in a new process."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.measure import rounds
from benchmarks.report import Section, Target, section

__all__ = ["measure", "targets"]

_AIOHTTP: Final = "import aiohttp"
_PACKAGE: Final = "import amili_async"
_CLIENT: Final = "from amili_async import AmiliClient"
_TIMED: Final = "import time; _started = time.perf_counter()\n{code}\nprint(time.perf_counter() - _started)"
_FIRST_CALL: Final = """
from amili_async import AmiliClient, Config, codec
from amili_async.models.collection import InvoiceList
codec.encode(codec.decode(PAGE, InvoiceList))
"""


def measure(peers: Mapping[str, Path], page: bytes, *, count: int, rng: random.Random) -> Section:
    """Run each statement in processes of its own.

    Args:
        peers: Folders of generated clients, by package.
        page: A small page, to be read and written once.
        count: How often.
        rng: Order within rounds.
    """
    codes = {_AIOHTTP: _AIOHTTP, _PACKAGE: _PACKAGE, _CLIENT: _CLIENT}
    codes["import, and read and write a page for the first time"] = _FIRST_CALL.replace("PAGE", repr(page))
    for package, folder in peers.items():
        codes[f"import {package} (generated)"] = (
            f"import sys; sys.path.insert(0, {str(folder)!r}); import {package}.api"
        )
    samples = rounds({name: partial(_seconds, code) for name, code in codes.items()}, count, rng)
    return section(
        "start", "Start", samples, unit="ms", base=_AIOHTTP, more_is_better=False, scale=1000,
        notes=[f"`{_PACKAGE}` loads no aiohttp: its names load on first use. The honest comparison is the third row."],
    )  # fmt: skip


def _seconds(code: str) -> float:
    command = [sys.executable, "-c", _TIMED.format(code=code)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603  # ours


def targets(sections: Mapping[str, Section]) -> list[Target]:
    """The design's limits; the second is stricter than the design, which speaks of `import amili_async`."""
    start = sections.get("start")
    return [
        Target(what=f"`{code}`, to `{_AIOHTTP}`", value=start.ratio(code) if start else None, limit=1.3, at_least=False)
        for code in (_PACKAGE, _CLIENT)
    ]
