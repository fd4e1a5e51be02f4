"""How long a key is relied on, what vouches for old chunks, and what a 409 says; against a client without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from attrs import evolve

from amili_async.bulk import BulkReport, Outcome, OutcomeStatus
from amili_async.bulk.journal import Disputed
from amili_async.errors import ConflictError, OutcomeUnknownError, RateLimitedError, TransportError
from amili_async.models.collection import CreateInvoiceItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.test_resume import killed_after, statuses, submit
from tests.bulk.virtual_time import LoopClock, run

ACCEPTED, REJECTED, UNSENT, UNKNOWN = OutcomeStatus
LOST = OutcomeUnknownError("lost")
CONFLICT = ConflictError("idempotency key already used", status=409)
TURNED_AWAY = RateLimitedError("slower", status=429)
DAY_S = 86_400.0


def days_pass(days: float) -> None:
    LoopClock.past_s += days * DAY_S


def trusting(amili: FakeAmili) -> FakeAmili:
    amili.honours_keys = True
    amili.config = evolve(amili.config, trust_idempotency_key=True)
    return amili


def keys_of(amili: FakeAmili) -> list[str]:
    return [sent.key for sent in amili.sent]


class TestTrustedKeys:
    """`trust_idempotency_key`, and time."""

    @pytest.mark.parametrize(("days", "lifetime_s", "again"), [(0.9, DAY_S, True), (1.1, DAY_S, False), (3, 1e6, True)])
    def test_an_old_key_is_not_replayed_on_trust_alone(self, days: float, lifetime_s: float, again: bool) -> None:  # noqa: FBT001  # a table
        """A key that Amili may have forgotten is a new one to it: what it was acted on is asked for instead."""
        amili = trusting(FakeAmili([Plan(latency_s=100, acts=True)]))
        journal = killed_after(10, amili, KeptJournal(), invoices(2))
        days_pass(days)
        outcomes, _ = submit(amili, journal, invoices(2), key_lifetime_s=lifetime_s)
        assert statuses(outcomes) == [ACCEPTED if again else UNKNOWN] * 2
        assert len(amili.sent) == (2 if again else 1)

    def test_a_key_that_becomes_too_old_while_it_waits_is_not_replayed(self) -> None:
        """It was young when the pause began, and is not when the chunk's turn comes."""
        wait = RateLimitedError("slower", status=429)
        wait.retry_after_s = 60.0
        lost = Plan(error=OutcomeUnknownError("lost"), acts=True, passing=True)
        amili = trusting(FakeAmili([lost, Plan(error=wait, passing=True)]))
        outcomes, _ = submit(amili, KeptJournal(), invoices(1), key_lifetime_s=30)
        assert statuses(outcomes) == [UNKNOWN]
        assert [sent.at < 30 for sent in amili.sent] == [True, True]

    def test_an_old_key_is_looked_up_instead(self) -> None:
        """Where look-ups work, what an old request came to is found out, and what never arrived goes again."""
        amili = trusting(FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True))
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=1)
        days_pass(2)
        outcomes, _ = submit(amili, journal, invoices(2))
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert amili.acted_on == {"0": 1, "1": 1}

    def test_a_wall_clock_that_was_set_back_far_is_not_relied_on(self) -> None:
        """How old the key is cannot be told then."""
        amili = trusting(FakeAmili([Plan(latency_s=100)]))
        journal = killed_after(10, amili, KeptJournal(), invoices(1))
        days_pass(-1)
        outcomes, _ = submit(amili, journal, invoices(1))
        days_pass(1)
        assert statuses(outcomes) == [UNKNOWN]
        assert len(amili.sent) == 1

    def test_a_clock_that_is_behind_the_journal_tells_no_ages(self) -> None:
        """Set back by two days, it makes a key of three days ago look like one of yesterday."""
        amili = trusting(FakeAmili([Plan(latency_s=100, acts=True)]))
        journal = killed_after(10, amili, KeptJournal(), invoices(1))
        days_pass(3)
        submit(amili, journal, [invoice(1)])
        days_pass(-2.1)
        outcomes, _ = submit(amili, journal, invoices(2))
        days_pass(2.1)
        assert statuses(outcomes) == [UNKNOWN, ACCEPTED]
        assert len(amili.sent) == 2


class TestWitnesses:
    """What has to be found before it counts that a chunk's batch is not."""

    def test_an_old_chunk_needs_a_batch_that_is_as_old(self) -> None:
        """A younger batch that is listed still does not tell whether one of the chunk's age would be."""
        amili = FakeAmili([Plan(latency_s=100, acts=True), Plan(latency_s=1)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=2)
        days_pass(30)
        amili.unlisted = {0}
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [UNKNOWN, ACCEPTED, ACCEPTED]
        assert set(amili.acted_on.values()) == {1}

    def test_a_young_chunk_takes_a_younger_one(self) -> None:
        """As long as its own batch would be listed anyway."""
        amili = FakeAmili([Plan(latency_s=100), Plan(latency_s=1)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=2)
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED] * 3

    def test_old_batches_that_are_gone_do_not_stand_in_the_way_of_young_chunks(self) -> None:
        """A journal that is kept for good: last month's batches are listed no more, and this run's chunks resolve."""
        amili = FakeAmili([], finds_batches=True)
        journal = KeptJournal()
        submit(amili, journal, invoices(1))
        days_pass(30)
        amili.unlisted = {0}
        amili.plans = [Plan(), Plan(latency_s=100), Plan(latency_s=1)]
        source = invoices(4)
        journal = killed_after(10, amili, journal, source, chunk_size=1, concurrency=2)
        outcomes, _ = submit(amili, journal, source, chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED] * 4
        assert set(amili.acted_on.values()) == {1}

    def test_an_old_chunk_with_an_older_batch_goes_again(self) -> None:
        """It is found, so one of the chunk's age would be as well."""
        amili = FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=1)
        days_pass(30)
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED] * 3
        assert set(amili.acted_on.values()) == {1}

    def test_in_a_run_that_lasts_its_own_first_batch_may_be_too_young(self) -> None:
        """Lost at the beginning, and the first batch made a day later: finding that does not tell of the day before."""
        amili = FakeAmili([Plan(error=LOST, acts=True)], finds_batches=True)
        amili.unlisted = {0}

        async def source() -> AsyncIterator[CreateInvoiceItem]:
            yield invoice(0)
            yield invoice(1)
            await amili.clock.sleep(1.5 * DAY_S)
            yield invoice(2)

        outcomes, _ = submit(amili, None, source(), chunk_size=1)
        assert statuses(outcomes) == [UNKNOWN, ACCEPTED, ACCEPTED]
        assert set(amili.acted_on.values()) == {1}

    def test_a_batch_adopted_later_is_no_older_one(self) -> None:
        """Only what was there before the chunk was sent counts as at least as old."""
        amili = FakeAmili([Plan(latency_s=100, acts=True)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(1))
        days_pass(30)
        amili.unlisted = {0}
        outcomes, _ = submit(amili, journal, invoices(2), chunk_size=1)
        assert statuses(outcomes) == [UNKNOWN, ACCEPTED]
        days_pass(30)
        outcomes, _ = submit(amili, journal, invoices(2), chunk_size=1)
        assert statuses(outcomes) == [UNKNOWN, ACCEPTED]
        assert len(amili.sent) == 2


class TestConflicts:
    """HTTP 409 to a key that was sent before."""

    def test_it_is_remembered_by_the_next_run(self) -> None:
        """Not even in parts and under a new key does the chunk go again, whatever the look-ups say then."""
        amili = FakeAmili([Plan(), Plan(error=LOST), Plan(error=CONFLICT)], finds_batches=True)
        journal = KeptJournal()
        submit(amili, journal, invoices(4), chunk_size=2, concurrency=1)
        assert Disputed(chunk=2) in journal.events
        source = [*invoices(3), invoice(5)]  # record 3 is gone, so the rest would go under a new key
        outcomes, _ = submit(amili, journal, source, chunk_size=2)
        assert {outcome.key: outcome.status for outcome in outcomes} == {
            "0": ACCEPTED,
            "1": ACCEPTED,
            "2": UNKNOWN,
            "5": ACCEPTED,
        }
        assert [number for chunk in amili.numbers()[3:] for number in chunk] == ["5"]

    def test_it_is_found_out_by_invoice(self) -> None:
        """The batch cannot be found, and its invoices can: with a trusted key as well."""
        for trusts in (False, True):
            amili = FakeAmili([Plan(error=LOST, acts=True), Plan(error=CONFLICT)], finds_invoices=True)
            amili.config = evolve(amili.config, trust_idempotency_key=trusts)
            outcomes, _ = submit(amili, None, [invoice(0, unique_source_invoice_id="a")])
            assert statuses(outcomes) == [ACCEPTED]

    def test_a_trusted_key_that_met_one_is_not_sent_time_and_again(self) -> None:
        """Once is enough: it is asked about from then on, in this run and the next."""
        amili = trusting(FakeAmili([Plan(error=LOST), *[Plan(error=CONFLICT)] * 9]))
        amili.honours_keys = False
        journal = KeptJournal()
        for _ in range(2):
            outcomes, _ = submit(amili, journal, invoices(1))
            assert statuses(outcomes) == [UNKNOWN]
            assert len(amili.sent) == 2

    def test_after_being_turned_away_it_is_no_refusal(self) -> None:
        """Who answered 429 need not be who keeps the keys, so a 409 after it may be about the key."""
        turned_away = RateLimitedError("slower", status=429)
        amili = FakeAmili([Plan(error=turned_away, passing=True), Plan(error=CONFLICT)])
        outcomes, report = submit(amili, None, invoices(1))
        assert statuses(outcomes) == [UNKNOWN]
        assert report.retries == 1

    def test_after_failing_to_connect_it_is_a_refusal(self) -> None:
        """The key has not left before."""
        amili = FakeAmili([Plan(error=TransportError("no route", sent=False), passing=True), Plan(error=CONFLICT)])
        assert statuses(submit(amili, None, invoices(1))[0]) == [REJECTED]


class TestWhatIsCounted:
    """Repetitions and batches in the report."""

    def counted(self, amili: FakeAmili, journal: Any, source: Any, **settings: Any) -> tuple[list[Outcome], BulkReport]:
        return submit(amili, journal, source, **settings)

    def test_a_chunk_that_goes_again_after_a_look_up(self) -> None:
        """The look-up told what became of it, and the request was repeated."""
        amili = FakeAmili([Plan(), Plan(error=LOST)], finds_batches=True)
        _, report = submit(amili, None, invoices(2), chunk_size=1, concurrency=1)
        assert (report.resolved, report.retries, report.batches) == (1, 1, 2)

    def test_batches_of_earlier_runs_are_counted_apart(self) -> None:
        """One that is waited for, one that is found, and one that this run has made of a chunk that never arrived."""
        amili = FakeAmili([Plan(), Plan(batch_s=50), Plan(latency_s=100, acts=True)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(3), chunk_size=1, concurrency=1)
        amili._by_key[amili.sent[2].key] = next(iter(amili._batches))  # it arrived after all
        amili._batches[amili._by_key[amili.sent[2].key]] = (Plan(), amili.sent[2].records, 0.0)
        _, report = submit(amili, journal, invoices(4), chunk_size=1)
        assert (report.accepted, report.resumed) == (4, 1)
        assert (report.batches, report.batches_resumed, report.retries) == (1, 2, 0)

    def test_what_is_cut_anew_counts_as_repeated(self) -> None:
        """Its records were sent before, though under another key."""
        amili = FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(6), chunk_size=3, concurrency=1)
        _, report = submit(amili, journal, [*invoices(4), invoice(5)])
        assert (report.resolved, report.retries, report.batches) == (2, 1, 1)


def test_a_batch_that_failed_as_a_whole_does_not_go_again_by_itself() -> None:
    """Amili took it and judged it, if without naming anybody; whether it acted on a part of it first is not known."""
    journal = KeptJournal()
    submit(FakeAmili([Plan(status="FAILED")]), journal, invoices(2))
    amili = FakeAmili()
    outcomes, report = submit(amili, journal, invoices(2))
    assert (statuses(outcomes), report.resumed) == ([REJECTED] * 2, 2)
    assert amili.sent == []


def test_the_wall_clock_is_the_clients() -> None:
    """When a chunk was sent is in the journal, by the clock that was injected."""
    journal, amili = KeptJournal(), FakeAmili()

    async def scenario() -> float:
        from amili_async.bulk import Bulk

        await Bulk(amili).submit_invoices(ORGANIZATION, invoices(1), journal=journal)
        return amili.clock.now().timestamp()

    ended = run(scenario())
    began = journal.events[0]
    assert ended - 5 < began.at <= ended  # type: ignore[union-attr]
