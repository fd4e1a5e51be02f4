"""`make bench-docs`: put the figures of the last `make bench` into docs/performance.md, and its chart beside it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

__all__ = ["figures", "fill", "main"]

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "build" / "bench"
PAGE: Final = ROOT / "docs" / "performance.md"
_BLOCK: Final = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)


def figures(data: Mapping[str, Any]) -> str:
    """All that was measured, as Markdown."""
    return "\n".join(
        [*_where(data), "", *_targets(data), *(line for each in data["sections"] for line in _table(each))]
    )


def fill(page: str, text: str) -> str:
    """A page with new figures between its marks.

    Raises:
        ValueError: It has no marks.
    """
    if not _BLOCK.search(page):
        raise ValueError("the page has no <!-- figures --> block")
    return _BLOCK.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)


def _where(data: Mapping[str, Any]) -> Iterator[str]:
    machine, versions = data["machine"], data["versions"]
    yield (
        f"Measured on {machine['date']}: {machine['processor']}, {machine['system']}, "
        f"load {machine['load before']} before and {machine['load after']} after."
    )
    yield f"{', '.join(f'{name} {version}' for name, version in versions.items())}."
    yield from data["notes"]


def _targets(data: Mapping[str, Any]) -> Iterator[str]:
    yield from ("| target | limit | measured | |", "|---|---|---|---|")
    for each in data["targets"]:
        limit = f"{'at least' if each['at_least'] else 'at most'} {each['limit']:g}"
        value = "" if each["value"] is None else f"{each['value']:.2f}"
        verdict = each["verdict"] if each["verdict"] != "not met" else "**not met**"
        yield f"| {each['what']} | {limit} | {value} | {verdict} |"


def _table(section: Mapping[str, Any]) -> Iterator[str]:
    rounds = f"{section['rounds']} round{'s' if section['rounds'] != 1 else ''}"
    yield from ("", f"### {section['title']}", "")
    yield from (f"In {section['unit']}, {rounds}.", *section["notes"], "")
    yield from (f"| | median | middle half | ratio to {section['base']} |", "|---|---|---|---|")
    digits = 0 if all(row["value"]["median"] >= 1000 for row in section["rows"]) else 1
    for row in section["rows"]:
        value = row["value"]
        median, low, high = (f"{value[part]:,.{digits}f}" for part in ("median", "low", "high"))
        yield f"| {row['name']} | {median} | {low} to {high} | {row['ratio']['median']:.2f} |"


def main() -> int:
    """Fill the page."""
    source = RESULTS / "results.json"
    if not source.exists():
        sys.stderr.write("There are no results yet: run `make bench` first\n")
        return 1
    data = json.loads(source.read_text(encoding="utf-8"))
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), figures(data)), encoding="utf-8")
    chart = RESULTS / "chart.svg"
    if chart.exists():
        shutil.copyfile(chart, PAGE.with_suffix(".svg"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
