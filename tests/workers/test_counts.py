"""Counts and sums of portions."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.workers.counts import Counts

AMOUNTS = st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**12))


@given(AMOUNTS, AMOUNTS)
def test_sums_are_exact_whatever_rules_the_process_has(one: list[Decimal], two: list[Decimal]) -> None:
    """A program that counts in three digits elsewhere gets its sums to the øre, also of portions put together."""
    counts = Counts()
    with localcontext(prec=3):
        for amounts in (one, two):
            portion = Counts()
            for amount in amounts:
                outcome = Outcome(index=0, key="k", status=OutcomeStatus.ACCEPTED)
                portion.count(outcome, amount, "NOK")
            counts.merge(portion)
    expected = sum(int(amount * 100) for amount in (*one, *two))
    assert counts.by_status[OutcomeStatus.ACCEPTED] == len(one) + len(two)
    assert counts.totals.get("NOK", {}).get(OutcomeStatus.ACCEPTED, Decimal(0)) * 100 == expected
