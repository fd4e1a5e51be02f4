"""`make bench`: measure, print a table, and write build/bench/results.json and chart.svg."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks import chart, codec_speed, memory_use, paging_speed, push_speed, sample, startup, token_requests
from benchmarks.contenders import Codec, Push, ogen, opc, ours
from benchmarks.contenders.from_spec import pydantic_codec, struct_codec
from benchmarks.contenders.generators import Missing
from benchmarks.machine import machine, versions
from benchmarks.push_speed import Sizes
from benchmarks.report import Report, Section

PARTS: Final = ("codec", "push", "start", "pages", "tokens", "memory")
FOLDER: Final = Path("build") / "bench"
_OURS: Final = (ours.NAME, "import amili_async", "from amili_async", "import, ")
_CHARTED: Final = ("decode", "encode", "push 100", "push 500", "start", "pages")


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Compare amili-async with its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that all of it works")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts only")
    parser.add_argument("--seed", type=int, default=1, help="of the order within rounds")
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    at = machine()
    codecs, pushes, packages, notes = _contenders()
    rng = random.Random(given.seed)  # noqa: S311  # the order of contenders, no secret
    found: dict[str, Section] = {}
    for section in _sections(given.only, codecs, pushes, packages, rng, quick=given.quick):
        found[section.key] = section
        sys.stderr.write(f"measured: {section.title}\n")
    targets = [*codec_speed.targets(found), *push_speed.targets(found, opc.NAME), *startup.targets(found)]
    targets += [token_requests.target(found), memory_use.target(found)]
    if given.quick:
        notes.append("QUICK: sizes are small and rounds few; do not quote these figures.")
    report = Report(
        machine={**at, "load after": machine()["load before"]},
        versions=versions(),
        sections=tuple(found.values()),
        targets=tuple(targets),
        notes=tuple(notes),
    )
    sys.stdout.write(report.text())
    (FOLDER / "results.json").write_text(json.dumps(report.data(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    charted = [found[key] for key in _CHARTED if key in found]
    if charted and find_spec("matplotlib"):
        caption = (
            f"{at['date']}, {at['processor']}, Python {report.versions['Python']}; bars: medians, lines: quartiles"
        )
        chart.draw(charted, FOLDER / "chart.svg", ours=_OURS, caption=caption)
    return 0


def _contenders() -> tuple[list[Codec], dict[str, Push], dict[str, Path], list[str]]:
    """All that can be made here, and notes on those that cannot."""
    codecs = [ours.CODEC, pydantic_codec(), pydantic_codec(numbers=True), struct_codec()]
    pushes: dict[str, Push] = {}
    packages: dict[str, Path] = {}
    notes: list[str] = []
    for module, package in ((opc, "peer_opc"), (ogen, "peer_ogen")):
        folder = (FOLDER / "peers" / package).resolve()
        try:
            codec, push = module.make(folder)
        except (Missing, ImportError) as reason:
            notes.append(f"{module.NAME} is left out: {reason}")
            continue
        codecs.append(codec)
        pushes[module.NAME] = push
        packages[package] = folder
    return codecs, pushes, packages, notes


def _sections(
    only: list[str], codecs: list[Codec], pushes: dict[str, Push], packages: dict[str, Path], rng: random.Random,
    *, quick: bool,
) -> Iterator[Section]:  # fmt: skip
    if "codec" in only:
        invoices, count = (100, 3) if quick else (1000, 21)
        yield from codec_speed.measure(codecs, invoices=invoices, count=count, rng=rng)
    if "push" in only:
        sizes = Sizes(ours=2000, others=1000, rounds=2) if quick else Sizes(ours=20_000, others=5_000, rounds=11)
        yield from push_speed.measure(pushes, sizes, FOLDER, rng)
    if "start" in only:
        yield startup.measure(packages, sample.page(1), count=2 if quick else 11, rng=rng)
    if "pages" in only:
        pages, count = (20, 1) if quick else (1000, 1)
        yield paging_speed.measure(pages=pages, items=100, latency_ms=20, count=count, rng=rng)
    if "tokens" in only:
        yield token_requests.measure(expiries=2 if quick else 10)
    if "memory" in only:
        yield memory_use.measure(records=20_000 if quick else 1_000_000)


if __name__ == "__main__":
    sys.exit(main())
