"""What may be sent again, and when."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.operations import Idempotency
from amili_async.retry import (
    Budget,
    Decision,
    Failure,
    Knowledge,
    RetryPolicy,
    parse_retry_after,
    status_failure,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
UNCLEAR = Failure(Knowledge.UNCLEAR)
NOT_ACTED_ON = Failure(Knowledge.NOT_ACTED_ON)
FINAL = Failure(Knowledge.FINAL)
KINDS: list[Idempotency] = ["safe", "upsert", "keyed", "unsafe"]


def decide(
    failure: Failure,
    idempotency: Idempotency,
    *,
    attempt: int = 1,
    elapsed_s: float = 0.0,
    trust_key: bool = False,
    was_unclear: bool = False,
    rng: random.Random | None = None,
) -> Decision:
    return RetryPolicy(trust_key=trust_key).decide(
        failure,
        idempotency=idempotency,
        attempt=attempt,
        elapsed_s=elapsed_s,
        budget=Budget(max_attempts=5, deadline_s=60),
        was_unclear=was_unclear,
        rng=rng or random.Random(1),
    )


@pytest.mark.parametrize(
    ("status", "retry_after_s", "knowledge"),
    [
        (429, None, Knowledge.NOT_ACTED_ON),
        (503, 2.0, Knowledge.NOT_ACTED_ON),
        (503, None, Knowledge.UNCLEAR),
        (500, None, Knowledge.UNCLEAR),
        (502, None, Knowledge.UNCLEAR),
        (520, None, Knowledge.UNCLEAR),
        (408, None, Knowledge.UNCLEAR),
        (501, None, Knowledge.FINAL),
        (400, None, Knowledge.FINAL),
        (404, None, Knowledge.FINAL),
        (409, None, Knowledge.FINAL),
    ],
)
def test_statuses_are_sorted_by_what_they_tell(status: int, retry_after_s: float | None, knowledge: Knowledge) -> None:
    """A clear no, a clear not-yet, or nothing one can rely on."""
    assert status_failure(status, retry_after_s).knowledge is knowledge


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_acted_on_is_repeated_for_every_operation(kind: Idempotency) -> None:
    """A refused connection or a 429 cannot have dunned anybody."""
    assert decide(NOT_ACTED_ON, kind).delay_s is not None


@pytest.mark.parametrize(("kind", "again"), [("safe", True), ("upsert", True), ("keyed", False), ("unsafe", False)])
def test_unclear_outcomes_are_repeated_only_where_that_is_harmless(kind: Idempotency, *, again: bool) -> None:
    """A write that may have been acted on is not sent again but reported as unknown."""
    decision = decide(UNCLEAR, kind)
    assert (decision.delay_s is not None) is again
    assert decision.outcome_unknown is not again


def test_a_trusted_key_allows_repeating() -> None:
    """Only where the user has Amili's word for it, and only for writes that carry a key."""
    assert decide(UNCLEAR, "keyed", trust_key=True).delay_s is not None
    assert decide(UNCLEAR, "unsafe", trust_key=True) == Decision(None, outcome_unknown=True)


@pytest.mark.parametrize("last", [FINAL, NOT_ACTED_ON])
def test_a_later_refusal_does_not_clear_up_an_earlier_attempt(last: Failure) -> None:
    """The first send may have been acted on, whatever the second was told."""
    assert decide(last, "keyed", trust_key=True, attempt=5, was_unclear=True).outcome_unknown


def test_final_answers_are_not_repeated() -> None:
    """A refusal stays one."""
    assert all(decide(FINAL, kind) == Decision(None) for kind in KINDS)


@pytest.mark.parametrize("knowledge", [Knowledge.UNCLEAR, Knowledge.NOT_ACTED_ON])
def test_what_would_fail_again_is_not_tried_again(knowledge: Knowledge) -> None:
    """An answer that is too long is as long the next time; a write is unknown all the same."""
    failure = Failure(knowledge, pointless=True)
    assert decide(failure, "safe") == Decision(None)
    assert decide(failure, "keyed").outcome_unknown is (knowledge is Knowledge.UNCLEAR)


def test_attempts_are_counted_from_one() -> None:
    """Five attempts means five sends."""
    assert decide(NOT_ACTED_ON, "safe", attempt=4).delay_s is not None
    assert decide(NOT_ACTED_ON, "safe", attempt=5).delay_s is None


def test_no_wait_beyond_the_deadline() -> None:
    """Waiting for an attempt that could not be made any more helps nobody."""
    asked = Failure(Knowledge.NOT_ACTED_ON, retry_after_s=10)
    assert decide(asked, "safe", elapsed_s=40).delay_s is not None
    assert decide(asked, "safe", elapsed_s=50).delay_s is None


def test_retry_after_has_a_ceiling() -> None:
    """Above it the error is raised at once instead of blocking a nightly run."""
    policy = RetryPolicy(max_retry_after_s=5)
    budget = Budget(max_attempts=5, deadline_s=3600)

    def delay(seconds: float) -> float | None:
        return policy.decide(
            Failure(Knowledge.NOT_ACTED_ON, seconds),
            idempotency="safe",
            attempt=1,
            elapsed_s=0,
            budget=budget,
            was_unclear=False,
            rng=random.Random(1),
        ).delay_s

    assert delay(5) is not None
    assert delay(5.1) is None


@given(attempt=st.integers(1, 4), seed=st.integers())
def test_backoff_is_full_jitter_under_a_growing_bound(attempt: int, seed: int) -> None:
    """Between nothing and half a second doubled with each attempt."""
    delay = decide(NOT_ACTED_ON, "safe", attempt=attempt, rng=random.Random(seed)).delay_s
    assert delay is not None
    assert 0 <= delay <= 0.5 * 2 ** (attempt - 1)


@given(asked=st.floats(0, 50), seed=st.integers())
def test_retry_after_is_never_undercut(asked: float, seed: int) -> None:
    """The server said when; we come then or a little later."""
    delay = decide(Failure(Knowledge.NOT_ACTED_ON, asked), "safe", rng=random.Random(seed)).delay_s
    assert delay is not None
    assert asked <= delay <= asked * 1.1 + 1e-9


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("17", 17.0),
        ("Sun, 01 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Nov 2026 11:59:00 GMT", 0.0),
        ("99999999999999999999", float("inf")),
        ("", None),
        ("-3", None),
        ("soon", None),
        ("٣", None),
    ],
)
def test_retry_after_in_both_forms(text: str, seconds: float | None) -> None:
    """Seconds or a date; nonsense counts as absent."""
    assert parse_retry_after({"retry-after": text}, NOW) == seconds


@given(st.text(max_size=40))
def test_retry_after_never_raises(text: str) -> None:
    """Whatever stands there."""
    seconds = parse_retry_after({"retry-after": text}, NOW)
    assert seconds is None or seconds >= 0


def test_a_date_is_held_against_the_servers_own_clock() -> None:
    """If ours goes an hour wrong, a wait of ten seconds is neither an hour nor none at all."""
    at = {"retry-after": "Sun, 01 Nov 2026 12:00:10 GMT", "date": "Sun, 01 Nov 2026 12:00:00 GMT"}
    for hour in (11, 12, 13):
        assert parse_retry_after(at, datetime(2026, 11, 1, hour, tzinfo=UTC)) == 10
    assert parse_retry_after({**at, "date": "nonsense"}, datetime(2026, 11, 1, 12, 0, 4, tzinfo=UTC)) == 6


def test_ever_so_many_attempts_do_no_harm() -> None:
    """A patient setting for a night-long outage: the bound of the wait stays where it is."""
    budget = Budget(max_attempts=100_000, deadline_s=1e6)
    decision = RetryPolicy().decide(
        Failure(Knowledge.UNCLEAR),
        idempotency="safe",
        attempt=5000,
        elapsed_s=1,
        budget=budget,
        was_unclear=False,
        rng=random.Random(1),
    )
    assert decision.delay_s is not None
    assert decision.delay_s <= RetryPolicy().cap_s
