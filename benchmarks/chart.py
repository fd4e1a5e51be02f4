"""The chart of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.report import Section

__all__ = ["draw"]

_OURS, _OTHERS = "#1f5fa8", "#b8bec6"


def draw(sections: Sequence[Section], path: Path, *, ours: tuple[str, ...], caption: str) -> None:
    """Write bars of the medians as SVG: a panel per section, this library in colour.

    Args:
        sections: What to show.
        path: Where to write.
        ours: How the names of this library's rows begin.
        caption: When and where it was measured.
    """
    # Not imported by name: only who draws needs it, and type checkers need not find it.
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    # Text stays text, and the file is the same whenever the figures are.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "amili-async", "font.size": 9})
    plots: Any = import_module("matplotlib.pyplot")
    heights = [len(section.rows) + 1.6 for section in sections]
    figure, axes = plots.subplots(
        len(sections), 1, figsize=(8, sum(heights) * 0.3), height_ratios=heights, squeeze=False, layout="constrained"
    )
    for section, panel in zip(sections, axes[:, 0], strict=True):
        _panel(section, panel, ours)
    figure.supxlabel(caption, fontsize=8, color="#555555")
    figure.savefig(path, format="svg", metadata={"Date": None})
    plots.close(figure)
    # Its writer leaves spaces at line ends.
    path.write_text("\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").splitlines()) + "\n", "utf-8")


def _panel(section: Section, panel: Any, ours: tuple[str, ...]) -> None:
    rows = section.rows[::-1]  # bars are drawn from below
    medians = [row.value.median for row in rows]
    ends = [[row.value.median - row.value.low for row in rows], [row.value.high - row.value.median for row in rows]]
    colours = [_OURS if row.name.startswith(ours) else _OTHERS for row in rows]
    bars = panel.barh([row.name for row in rows], medians, color=colours, xerr=ends, ecolor="#555555")
    digits = 0 if max(medians) >= 1000 else 1
    panel.bar_label(bars, labels=[f"{median:,.{digits}f}" for median in medians], padding=6, fontsize=8)
    better = "more is better" if section.more_is_better else "less is better"
    panel.set_title(f"{section.title}: {section.unit} ({better})", fontsize=9, loc="left")
    panel.set_xlim(0, max(row.value.high for row in rows) * 1.18)
    panel.xaxis.set_visible(False)
    for side in ("top", "right", "bottom"):
        panel.spines[side].set_visible(False)
