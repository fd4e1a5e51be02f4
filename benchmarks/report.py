"""What was measured: as a table for people, and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import asdict, field, frozen

from benchmarks.measure import Samples, Spread, ratio, spread

__all__ = ["Report", "Row", "Section", "Target", "section", "table"]


@frozen
class Row:
    """One contender's result."""

    name: str
    value: Spread
    ratio: Spread | None = None


@frozen(kw_only=True)
class Section:
    """Results that can be compared with each other.

    Attributes:
        key: Short name.
        title: What was measured.
        unit: Of the values.
        base: The contender that ratios are given to.
        more_is_better: Whether a high value is a good one.
        rounds: How many.
        rows: By contender.
        notes: What to know of them.
    """

    key: str
    title: str
    unit: str
    base: str
    more_is_better: bool
    rounds: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def ratio(self, name: str) -> float | None:
        """The ratio of a contender to the base; None if it did not take part."""
        found = next((row.ratio for row in self.rows if row.name == name), None)
        return None if found is None else found.median


@frozen(kw_only=True)
class Target:
    """Something that was promised.

    Attributes:
        what: In words.
        value: As measured; None if it was not measured in this run.
        limit: What it should be.
        at_least: Whether the limit is the least or the most that will do.
    """

    what: str
    value: float | None
    limit: float
    at_least: bool

    @property
    def verdict(self) -> str:
        """`met`, `not met` or `not measured`."""
        if self.value is None:
            return "not measured"
        return "met" if (self.value >= self.limit if self.at_least else self.value <= self.limit) else "not met"

    def line(self) -> str:
        """One line for a table."""
        shown = "-" if self.value is None else f"{self.value:.2f}"
        return (
            f"{self.what}: {shown} (target {'at least' if self.at_least else 'at most'} {self.limit:g}): {self.verdict}"
        )


@frozen(kw_only=True)
class Report:
    """A whole run."""

    machine: dict[str, str]
    versions: dict[str, str]
    sections: tuple[Section, ...]
    targets: tuple[Target, ...]
    notes: tuple[str, ...] = field(default=())

    def text(self) -> str:
        """For the terminal."""
        facts = [f"  {name}: {value}" for name, value in (*self.machine.items(), *self.versions.items())]
        parts = ["Machine and versions", *facts, ""]
        for each in self.sections:
            parts += [f"{each.title} ({each.unit}, {each.rounds} rounds)", *table(each)]
            parts += [*(f"  {note}" for note in each.notes), ""]
        parts += ["Targets", *(f"  {target.line()}" for target in self.targets)]
        parts += ["", *self.notes] if self.notes else []
        return "\n".join(parts) + "\n"

    def data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "targets": [{**asdict(each), "verdict": each.verdict} for each in self.targets]}


def section(
    key: str,
    title: str,
    samples: Samples,
    *,
    unit: str,
    base: str,
    more_is_better: bool,
    scale: float = 1.0,
    notes: Iterable[str] = (),
) -> Section:
    """Sum samples up.

    Args:
        key: Short name.
        title: What was measured.
        samples: By contender, a value per round.
        unit: Of the values after scaling.
        base: Contender that ratios are given to.
        more_is_better: Whether a high value is a good one.
        scale: What values are multiplied with.
        notes: What to know of them.
    """
    rows = [
        Row(name, spread([value * scale for value in values]), ratio(samples, name, base))
        for name, values in samples.items()
    ]
    rows.sort(key=lambda row: row.value.median, reverse=more_is_better)
    count = len(next(iter(samples.values())))
    return Section(
        key=key,
        title=title,
        unit=unit,
        base=base,
        more_is_better=more_is_better,
        rounds=count,
        rows=tuple(rows),
        notes=tuple(notes),
    )


def table(each: Section) -> Sequence[str]:
    """Aligned lines: contender, median and quartiles, ratio to the base."""
    digits = 0 if all(row.value.median >= 1000 for row in each.rows) else 1
    cells = [("", "median (quartiles)", f"ratio to {each.base}")]
    cells += [(row.name, row.value.text(digits), row.ratio.text() if row.ratio else "") for row in each.rows]
    widths = [max(len(line[column]) for line in cells) for column in range(3)]
    return [f"  {name:<{widths[0]}}  {value:>{widths[1]}}  {to:>{widths[2]}}" for name, value, to in cells]
