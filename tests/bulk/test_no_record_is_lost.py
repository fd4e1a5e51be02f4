"""Whatever happens, each record ends once, and the outcome is true."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk import Bulk, Outcome, OutcomeStatus
from amili_async.errors import (
    AmiliError,
    AuthError,
    BatchTimeoutError,
    DecodeError,
    ForbiddenError,
    OutcomeUnknownError,
    RateLimitedError,
    TransportError,
    UnprocessableError,
)
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice
from tests.bulk.virtual_time import run

# What a send may end with, and whether the API may have acted in that case.
ERRORS: list[tuple[AmiliError, bool]] = [
    (OutcomeUnknownError("lost on the way"), False),
    (OutcomeUnknownError("lost on the way back"), True),
    (DecodeError("no batch id", status=202), True),
    (TransportError("broke off", sent=True), True),
    (UnprocessableError("no", status=422), False),
    (RateLimitedError("slower", status=429), False),
    (ForbiddenError("no", status=403), False),
    (AuthError("no token"), False),
    (TransportError("no route", sent=False), False),
]
BATCH_ERRORS: list[AmiliError | None] = [
    None,
    TransportError("broke off"),
    BatchTimeoutError("still running", organization_id=ORGANIZATION, batch_id="b", waited_s=5),
]
seconds = st.sampled_from([0.0, 0.1, 1.0, 7.0])
plans = st.one_of(
    st.builds(
        Plan,
        latency_s=seconds,
        batch_s=seconds,
        status=st.sampled_from(["SUCCESS", "PARTIAL", "FAILED"]),
        failed=st.frozensets(st.integers(0, 5)),
        batch_error=st.sampled_from(BATCH_ERRORS),
    ),
    st.builds(
        lambda latency_s, error: Plan(latency_s=latency_s, error=error[0], acts=error[1]),
        seconds,
        st.sampled_from(ERRORS),
    ),
)


@given(
    st.lists(plans, max_size=12),
    st.lists(st.integers(0, 30), max_size=40),
    st.integers(1, 6),
    st.integers(1, 4),
    st.one_of(st.none(), st.sampled_from([0.0, 0.05, 0.1, 0.5, 1.0, 3.0])),
)
def test_outcomes_agree_with_what_amili_did(
    given_plans: list[Plan], numbers: list[int], chunk_size: int, concurrency: int, leave_after_s: float | None
) -> None:
    """Under any failures, cut off at any time or not: one outcome per record, and none that the API would deny.

    ACCEPTED was acted on, exactly once. REJECTED and UNSENT were not. Nothing was sent twice.
    """
    amili = FakeAmili(given_plans)

    async def scenario() -> list[Outcome]:
        bulk_run = Bulk(amili).stream_invoices(
            ORGANIZATION,
            [invoice(number) for number in numbers],
            chunk_size=chunk_size,
            concurrency=concurrency,
            grace_s=0.2,
        )
        seen: list[Outcome] = []
        try:
            async with bulk_run:
                if leave_after_s is None:
                    async for outcome in bulk_run:
                        seen.append(outcome)  # noqa: PERF401  # the loop may raise
                else:
                    await amili.clock.sleep(leave_after_s)
        except AmiliError:
            assert leave_after_s is None
        report = bulk_run.report
        assert report.taken == report.accepted + report.rejected + report.unsent + report.unknown
        assert report.total_sent == report.accepted + report.rejected + report.unknown
        assert (report.taken == len(numbers)) or report.stopped is not None
        if leave_after_s is not None:
            assert len(report.problems) == report.taken - report.accepted
            return list(report.problems)
        assert len(seen) == report.taken
        return seen

    outcomes = run(scenario())
    indexes = [outcome.index for outcome in outcomes]
    assert len(set(indexes)) == len(indexes)
    sent = [number for chunk in amili.numbers() for number in chunk]
    assert len(set(sent)) == len(sent)
    assert amili.most_sending <= concurrency
    assert amili.most_waiting <= 4 * concurrency
    for outcome in outcomes:
        _check(outcome, amili, first=numbers.index(numbers[outcome.index]) == outcome.index)


def _check(outcome: Outcome, amili: FakeAmili, *, first: bool) -> None:
    acted = amili.acted_on[outcome.key or ""]
    if not first:
        assert outcome.status is OutcomeStatus.REJECTED  # a repeated key: refused here, whatever became of the first
        return
    expected: dict[OutcomeStatus, Any] = {
        OutcomeStatus.ACCEPTED: (1,),
        OutcomeStatus.REJECTED: (0,),
        OutcomeStatus.UNSENT: (0,),
        OutcomeStatus.UNKNOWN: (0, 1),
    }
    assert acted in expected[outcome.status], outcome
