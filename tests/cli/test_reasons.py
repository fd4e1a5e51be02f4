"""Why records were not accepted, counted."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from amili_async.bulk import Outcome, OutcomeStatus, Refusal
from amili_async.cli.reasons import Reasons, was_sent
from amili_async.cli.refusals import Refusals

BATCH = UUID("ae257e86-dc53-4865-9c97-5b125a3a5ac2")


def outcome(
    index: int,
    problem: str | None,
    status: OutcomeStatus = OutcomeStatus.REJECTED,
    *,
    refusal: Refusal | None = None,
    batch_id: UUID | None = BATCH,
) -> Outcome:
    """An outcome with this problem."""
    return Outcome(index=index, key=str(index), status=status, batch_id=batch_id, problem=problem, refusal=refusal)


def test_equal_reasons_are_counted_together() -> None:
    """Reasons that differ in a number or an id are one; the example is the record that stands first in the file."""
    reasons = Reasons()
    reasons.add(outcome(5, "Amili rejected it: invoice 2600105 is in batch ae257e86-dc53-4865-9c97-5b125a3a5ac2"), "B")
    reasons.add(outcome(2, "Amili rejected it: invoice 2600106 is in batch be257e86-dc53-4865-9c97-5b125a3a5ac2"), "A")
    reasons.add(outcome(9, "Amili rejected it: amount is 0"), "C")
    assert [(r.text, r.count, r.example) for r in reasons.ranked()] == [
        ("invoice … is in batch …", 2, "A"),
        ("amount is 0", 1, "C"),
    ]


def test_a_single_reason_is_told_in_full() -> None:
    """Where nothing was put together, nothing is left out."""
    reasons = Reasons()
    reasons.add(outcome(1, "Amili rejected it: invoice 2600105 exists"), "A")
    assert [reason.text for reason in reasons.ranked()] == ["invoice 2600105 exists"]


def test_only_the_engine_says_what_was_refused_here() -> None:
    """A request that Amili refused has no batch, and its records were sent all the same, whatever their texts say."""
    whole = outcome(0, "The API refused the request with HTTP 422, and acted on nothing in it", batch_id=None)
    cases = [
        (whole, True),
        (outcome(1, "The API refused it, says the file", refusal=Refusal.BY_SOURCE, batch_id=None), False),
        (outcome(2, "Amili rejected it: The same record came before"), True),
        (outcome(3, "perhaps", OutcomeStatus.UNKNOWN, batch_id=None), True),
        (outcome(4, "later", OutcomeStatus.UNSENT, batch_id=None), False),
        (outcome(5, None, OutcomeStatus.ACCEPTED), True),
    ]
    assert [was_sent(case) for case, _ in cases] == [sent for _, sent in cases]
    refusals, reasons = Refusals(), Reasons()
    for case, _ in cases:
        refusals.add(case, Decimal("1.50"), "NOK")
        reasons.add(case, None)
    assert refusals == Refusals(1, {"NOK": Decimal("1.50")})
    assert (reasons.repeated, reasons.changed) == (0, 0)


def test_repeated_and_changed_records_stay_apart_among_many_reasons() -> None:
    """They are told by what the engine says of them, also where reasons are put together."""
    reasons = Reasons()
    for index in range(600):
        reasons.add(outcome(index, "no " + "x" * index), None)
    reasons.add(outcome(700, "twice", refusal=Refusal.REPEATED), None)
    reasons.add(outcome(701, "another", refusal=Refusal.CHANGED), None)
    assert (reasons.repeated, reasons.changed) == (1, 1)


def test_what_is_open_comes_first() -> None:
    """Unknown before unsent before rejected, whatever the counts; what was accepted is not listed."""
    reasons = Reasons()
    for index in range(5):
        reasons.add(outcome(index, "no"), None)
    reasons.add(outcome(6, "later", OutcomeStatus.UNSENT), None)
    reasons.add(outcome(7, "perhaps", OutcomeStatus.UNKNOWN), None)
    reasons.add(outcome(8, None, OutcomeStatus.ACCEPTED), None)
    assert [reason.status for reason in reasons.ranked()] == ["UNKNOWN", "UNSENT", "REJECTED"]


def test_reasons_do_not_fill_the_memory() -> None:
    """An API that words every refusal differently ends in one reason for the rest; the counts still add up."""
    reasons = Reasons()
    for index in range(2_000):
        reasons.add(outcome(index, "no " + "x" * index), None)
    ranked = reasons.ranked()
    assert len(ranked) <= 501
    assert sum(reason.count for reason in ranked) == 2_000
    assert ranked[0].text == "other reasons"
