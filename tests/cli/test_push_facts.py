"""What is told of records, until their outcomes are known."""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.cli.push_facts import Facts, WaitingFacts

FACTS = st.builds(
    Facts,
    st.none() | st.text(),
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.none() | st.just("NOK"),
)


@given(st.lists(FACTS, max_size=20), st.integers(0, 10), st.randoms(use_true_random=False))
def test_each_record_gets_its_own(all_facts: list[Facts], in_memory: int, dice: Any) -> None:
    """Whether they waited in memory or in the file, and in whatever order outcomes come, mixed with new records."""
    open_ones = list[int]()
    with closing(WaitingFacts(in_memory)) as waiting:
        for number, facts in enumerate(all_facts):
            waiting.put(facts)
            open_ones.append(number)
            while open_ones and dice.random() < 0.4:
                ended = open_ones.pop(dice.randrange(len(open_ones)))
                assert waiting.pop(ended) == all_facts[ended]
        for number in open_ones:
            assert waiting.pop(number) == all_facts[number]


def test_one_that_was_never_given() -> None:
    """It is a defect, and not passed over."""
    with pytest.raises(KeyError):
        WaitingFacts().pop(0)


def test_memory_stays_small_while_a_whole_list_waits() -> None:
    """Of 200,000 payments that wait until their list is known for the journal's, a tenth is in memory."""
    tracemalloc.start()
    waiting = WaitingFacts()
    for number in range(200_000):
        waiting.put(Facts(f"F-{number}", Decimal(number), "NOK"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 15_000_000
    assert waiting.pop(199_999) == Facts("F-199999", Decimal(199_999), "NOK")
    waiting.close()
