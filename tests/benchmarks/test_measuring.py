"""The parts of the benchmarks that need no time: statistics, rounds, the table, the targets."""

from __future__ import annotations

import json
import random
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import chart, codec_speed, memory_use, page, push_speed, startup
from benchmarks.contenders import opc, ours
from benchmarks.measure import Spread, ratio, rounds, spread, timed
from benchmarks.report import Report, Section, Target, section, table

SAMPLES = {"amili-async": [1.0, 2.0, 4.0], "peer": [2.0, 2.0, 5.0]}


def an_example(key: str = "decode", base: str = "peer") -> Section:
    return section(key, "Read", SAMPLES, unit="ms", base=base, more_is_better=False, scale=10, notes=["A note."])


def test_the_middle_half_is_told() -> None:
    """Median and quartiles, and for a single value that value."""
    assert spread([1, 2, 3, 4, 5]) == Spread(3, 2, 4)
    assert spread([7.0]) == Spread(7, 7, 7)


def test_ratios_are_taken_within_a_round() -> None:
    """When the machine is slow for a while, both are slow: the ratio of a round is what counts."""
    assert ratio(SAMPLES, "amili-async", "peer") == spread([0.5, 1.0, 0.8])


def test_every_contender_takes_part_once_a_round_in_changing_order() -> None:
    """Nobody always has the first or the last place; the first round is not counted."""
    order: list[str] = []

    def take_part(name: str) -> float:
        order.append(name)
        return float(len(order))

    contenders = {name: lambda name=name: take_part(name) for name in "abc"}
    samples = rounds(contenders, 20, random.Random(1))
    assert [len(values) for values in samples.values()] == [20, 20, 20]
    by_round = ["".join(order[at : at + 3]) for at in range(0, len(order), 3)]
    assert all(sorted(each) == ["a", "b", "c"] for each in by_round)
    assert len(set(by_round)) > 3
    assert min(min(values) for values in samples.values()) > 3


def test_the_time_of_an_action_is_taken_once() -> None:
    """What is timed runs once, and takes some of the processor's time."""
    ran: list[int] = []
    assert timed(lambda: ran.append(sum(range(100_000)))) > 0
    assert len(ran) == 1


def test_the_table_has_a_line_for_each() -> None:
    """Best first, with median, quartiles and ratio, in columns."""
    lines = list(table(an_example()))
    assert [line.split()[0] for line in lines[1:]] == ["amili-async", "peer"]
    assert "20.0 (15.0-30.0)" in lines[1]
    assert "0.80 (0.65-0.90)" in lines[1]
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("value", "at_least", "verdict"),
    [
        (0.5, True, "met"),
        (0.49, True, "not met"),
        (0.5, False, "met"),
        (0.51, False, "not met"),
        (None, True, "not measured"),
    ],
)
def test_a_target_is_met_or_not(value: float | None, at_least: bool, verdict: str) -> None:  # noqa: FBT001
    """A limit counts as met; what was not measured is not called met."""
    target = Target(what="Push", value=value, limit=0.5, at_least=at_least)
    assert target.verdict == verdict
    assert target.line().endswith(verdict)


def test_targets_are_taken_from_what_was_measured() -> None:
    """Each limit of the design has its line, whether or not its part was measured."""
    measured = {each.key: each for each in (an_example("decode", "peer"), an_example("start", "peer"))}
    found = codec_speed.targets(measured)
    assert [target.value for target in found] == [0.8, None, None]
    nothing: dict[str, Section] = {}
    everything = [
        *codec_speed.targets(nothing),
        *push_speed.targets(nothing, opc.NAME),
        *startup.targets(nothing),
        memory_use.target(nothing),
    ]
    assert {target.verdict for target in everything} == {"not measured"}


def test_push_targets_compare_medians() -> None:
    """The limits of pushing are ratios of rates."""
    samples = {ours.NAME: [60.0], push_speed.JOURNAL: [48.0], push_speed.BARE: [100.0], opc.NAME: [15.0]}
    one = section("push 500", "Push", samples, unit="/s", base=push_speed.BARE, more_is_better=True)
    values = {target.what: target.value for target in push_speed.targets({"push 500": one}, opc.NAME)}
    assert [value for value in values.values() if value is not None] == [0.6, 4.0, 0.8]


def test_a_report_is_for_people_and_for_machines() -> None:
    """The text names everything that counts, and the data is JSON."""
    target = Target(what="Read", value=0.8, limit=0.9, at_least=False)
    report = Report(
        machine={"processor": "two"},
        versions={"Python": "3.11"},
        sections=(an_example(),),
        targets=(target,),
        notes=("Late.",),
    )
    text = report.text()
    for part in ("processor: two", "Python: 3.11", "Read (ms, 3 rounds)", "A note.", "at most 0.9): met", "Late."):
        assert part in text
    data = json.loads(json.dumps(report.data()))
    assert data["targets"][0]["verdict"] == "met"
    assert data["sections"][0]["rows"][0]["ratio"]["median"] == 0.8


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="the chart needs what `make bench` installs")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_chart_shows_every_contender(tmp_path: Path) -> None:
    """The picture is well-formed, holds text as text, and is the same when drawn again."""
    first, again = tmp_path / "first.svg", tmp_path / "again.svg"
    for path in (first, again):
        chart.draw([an_example()], path, ours=("amili",), caption="Somewhere")
    assert first.read_bytes() == again.read_bytes()
    text = " ".join(ElementTree.fromstring(first.read_text(encoding="utf-8")).itertext())  # noqa: S314  # made here
    assert all(part in text for part in ("amili-async", "peer", "Somewhere", "less is better"))


def test_the_page_takes_the_figures_between_its_marks() -> None:
    """What people wrote around the figures stays, and every row is there."""
    target = Target(what="Read", value=0.95, limit=0.9, at_least=False)
    machine = {"date": "today", "processor": "two", "system": "one", "load before": "0", "load after": "1"}
    report = Report(machine=machine, versions={"Python": "3.11"}, sections=(an_example(),), targets=(target,))
    text = page.figures(json.loads(json.dumps(report.data())))
    filled = page.fill("Before\n<!-- figures -->\nold\n<!-- /figures -->\nAfter\n", text)
    assert filled.startswith("Before\n<!-- figures -->\n\nMeasured on today")
    assert filled.endswith("\n<!-- /figures -->\nAfter\n")
    assert "old" not in filled
    assert "| Read | at most 0.9 | 0.95 | **not met** |" in filled
    assert "| amili-async | 20.0 | 15.0 to 30.0 | 0.80 |" in filled
    assert page.fill(filled, text) == filled


def test_a_page_without_marks_is_not_overwritten() -> None:
    """Figures have one place."""
    with pytest.raises(ValueError, match="no <!-- figures --> block"):
        page.fill("Nothing\n", "figures")
