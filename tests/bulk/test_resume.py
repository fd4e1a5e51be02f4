"""Runs that take up what an earlier one left, against a client without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Refusal
from amili_async.bulk.journal import Began, Event, Held, Opened, Sent, Settled
from amili_async.errors import (
    AmiliError,
    BatchTimeoutError,
    BulkError,
    ConflictError,
    ForbiddenError,
    JournalError,
    NotFoundError,
    OutcomeUnknownError,
    RateLimitedError,
    ResponseError,
    ServerError,
    TransportError,
)
from amili_async.models.collection import CreateInvoiceItem, CreatePaymentItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.virtual_time import LoopClock, run

ACCEPTED, REJECTED, UNSENT, UNKNOWN = OutcomeStatus
LOST = OutcomeUnknownError("lost")
LATE = BatchTimeoutError("still running", organization_id=ORGANIZATION, batch_id="b", waited_s=5)


def submit(amili: FakeAmili, journal: Any, source: Any, **settings: Any) -> tuple[list[Outcome], BulkReport]:
    """Run once; outcomes by index."""

    async def scenario() -> tuple[list[Outcome], BulkReport]:
        async with Bulk(amili).stream_invoices(ORGANIZATION, source, journal=journal, **settings) as bulk_run:
            outcomes = [outcome async for outcome in bulk_run]
        return sorted(outcomes, key=lambda outcome: outcome.index), bulk_run.report

    return run(scenario())


def statuses(outcomes: list[Outcome]) -> list[OutcomeStatus]:
    return [outcome.status for outcome in outcomes]


def killed_after(seconds: float, amili: FakeAmili, journal: KeptJournal, source: Any, **settings: Any) -> KeptJournal:
    """Start a run and end its process; the journal as the next one finds it."""

    async def scenario() -> None:
        async with Bulk(amili).stream_invoices(ORGANIZATION, source, journal=journal, **settings) as bulk_run:
            await bulk_run.finish()

    async def kill() -> None:
        task = asyncio.create_task(scenario())
        await asyncio.wait([task], timeout=seconds)
        journal.dead = True
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:  # all in the same instant, so that none can do anything more
            each.cancel()
        if others:
            await asyncio.wait(others)
        if task.done() and not task.cancelled():
            task.exception()

    run(kill())
    return journal.after_kill()


class TestFilesOfFailures:
    """Whose they are."""

    def test_a_run_killed_before_it_sent_anything_can_be_called_again(self, tmp_path: Path) -> None:
        """A bad record is in the file already when the process dies: the file is the run's own, and set aside."""
        path = tmp_path / "rest.jsonl"
        bad = CreateInvoiceItem(currency="NOK")

        async def slow() -> AsyncIterator[CreateInvoiceItem]:
            yield bad
            await asyncio.sleep(100)

        journal = killed_after(5, FakeAmili(), KeptJournal(), slow(), failures=path)
        assert path.stat().st_size > 0
        _, report = submit(FakeAmili(), journal, [bad, invoice(1)], failures=path)
        assert (report.accepted, report.rejected) == (1, 1)
        assert (tmp_path / "rest.1.jsonl").exists()

    def test_a_refused_run_makes_no_file_its_own(self, tmp_path: Path) -> None:
        """Somebody else's file stays where it is, however often the run is called."""
        path, journal = tmp_path / "rest.jsonl", KeptJournal()
        path.write_text("{}\n")
        for _ in range(2):
            with pytest.raises(BulkError, match="not empty"):
                submit(FakeAmili(), journal, invoices(1), failures=path)
        assert path.read_text() == "{}\n"
        assert journal.events == []

    def test_a_journal_that_cannot_take_the_first_event_ends_the_run(self, tmp_path: Path) -> None:
        """Nothing is sent, and the journal is closed."""
        amili, journal = FakeAmili(), KeptJournal(room=0)
        with pytest.raises(JournalError):
            submit(amili, journal, invoices(1), failures=tmp_path / "rest.jsonl")
        assert amili.sent == []
        assert journal.closed


class TestWhatIsSettled:
    """Records of which an earlier run knows what became."""

    def test_accepted_ones_are_not_sent_again(self) -> None:
        """They count as accepted, marked as known from before, and nothing is sent."""
        journal, amili = KeptJournal(), FakeAmili()
        submit(amili, journal, invoices(5), chunk_size=2)
        outcomes, report = submit(amili, journal, invoices(7), chunk_size=2)
        assert [number for chunk in amili.numbers() for number in chunk] == [str(number) for number in range(7)]
        assert [outcome.resumed for outcome in outcomes] == [True] * 5 + [False] * 2
        assert (report.accepted, report.resumed) == (7, 5)
        assert report.totals["NOK"][ACCEPTED] == Decimal(700)

    def test_rejected_ones_stay_so_with_the_same_body(self) -> None:
        """Sending the same again would be rejected again; another body is another try."""
        journal = KeptJournal()
        submit(FakeAmili([Plan(status="FAILED")]), journal, invoices(2))
        amili = FakeAmili()
        outcomes, report = submit(amili, journal, [invoice(0), invoice(1, amount="7.00")])
        assert statuses(outcomes) == [REJECTED, ACCEPTED]
        assert outcomes[0].resumed
        assert "earlier run" in str(outcomes[0].problem)
        assert amili.numbers() == [["1"]]
        assert (report.rejected, report.rejected_locally, report.resumed) == (1, 0, 1)

    @pytest.mark.parametrize("status", [400, 413, 422])
    def test_what_was_refused_as_a_whole_may_go_again(self, status: int) -> None:
        """A refusal by status judges no single record: in smaller chunks they go as they are."""
        journal = KeptJournal()
        outcomes, _ = submit(FakeAmili([Plan(error=ResponseError("no", status=status))]), journal, invoices(3))
        assert statuses(outcomes) == [REJECTED] * 3
        amili = FakeAmili()
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED] * 3
        assert set(amili.acted_on.values()) == {1}

    def test_what_met_a_conflict_does_not_go_again(self) -> None:
        """409 says that something of it is there already, so the same records stay rejected."""
        journal = KeptJournal()
        submit(FakeAmili([Plan(error=ConflictError("no", status=409))]), journal, invoices(2))
        amili = FakeAmili()
        assert statuses(submit(amili, journal, invoices(2))[0]) == [REJECTED] * 2
        assert amili.sent == []

    def test_a_mended_record_replaces_the_rejected_one(self) -> None:
        """Once it is accepted with another body, the old body is a changed source, and the new one is accepted."""
        journal = KeptJournal()
        submit(FakeAmili([Plan(status="FAILED")]), journal, [invoice(0)])
        submit(FakeAmili(), journal, [invoice(0, amount="7.00")])
        amili = FakeAmili()
        outcomes, _ = submit(amili, journal, [invoice(0), invoice(0, amount="7.00")])
        assert statuses(outcomes) == [REJECTED, ACCEPTED]
        assert amili.sent == []

    def test_a_changed_source_is_refused_by_name(self) -> None:
        """A key that was sent with another body, and not rejected, is not sent: index, key and way out are told."""
        journal = KeptJournal()
        submit(FakeAmili(), journal, invoices(2))
        amili = FakeAmili()
        outcomes, report = submit(amili, journal, [invoice(0), invoice(1, amount="1.00"), invoice(2)])
        assert statuses(outcomes) == [ACCEPTED, REJECTED, ACCEPTED]
        assert (outcomes[1].index, outcomes[1].key) == (1, "1")
        assert "another body" in str(outcomes[1].problem)
        assert outcomes[1].refusal is Refusal.CHANGED
        assert amili.numbers() == [["2"]]
        assert report.rejected_locally == 1

    def test_on_invalid_raise_stops_at_a_changed_source(self) -> None:
        """A changed record is a bad one: with `on_invalid="raise"` the run ends before anything of it is sent."""
        journal = KeptJournal()
        submit(FakeAmili(), journal, invoices(1))
        amili = FakeAmili()
        with pytest.raises(BulkError, match="record 0 is invalid"):
            submit(amili, journal, [invoice(0, amount="1.00")], on_invalid="raise")
        assert amili.sent == []

    def test_unsent_ones_are_sent(self) -> None:
        """What the API turned away, or what never left, goes out now; also with another body."""
        journal = KeptJournal()
        _, report = submit(
            FakeAmili([Plan(), Plan(error=RateLimitedError("no", status=429))]), journal, invoices(4), chunk_size=2
        )
        assert report.unsent == 2
        amili = FakeAmili()
        outcomes, _ = submit(amili, journal, [*invoices(3), invoice(3, amount="3.00")], chunk_size=2)
        assert statuses(outcomes) == [ACCEPTED] * 4
        assert amili.numbers() == [["2", "3"]]

    def test_equal_payments_are_told_apart(self) -> None:
        """Two equal instalments and a third that comes later are three payments, in whatever order they come."""
        journal, amili = KeptJournal(), FakeAmili()

        def pay(count: int) -> BulkReport:
            source = [CreatePaymentItem(amount=Decimal(5), currency="NOK") for _ in range(count)]
            return run(Bulk(amili).submit_payments(ORGANIZATION, source, journal=journal))

        assert (pay(2).accepted, len(amili.sent[-1].records)) == (2, 2)
        assert (pay(3).resumed, len(amili.sent[-1].records)) == (2, 1)
        assert (pay(3).resumed, len(amili.sent)) == (3, 2)

    def test_payments_of_another_day_are_sent_with_a_journal_of_their_own(self) -> None:
        """As the guide says: the same amount again, another journal, another payment."""
        amili = FakeAmili()
        for journal in (KeptJournal(), KeptJournal()):
            source = [CreatePaymentItem(amount=Decimal(5), currency="NOK")]
            run(Bulk(amili).submit_payments(ORGANIZATION, source, journal=journal))
        assert len(amili.sent) == 2

    def test_other_limits_do_not_matter_for_what_was_sent(self) -> None:
        """A record that is too large for this run's chunks, and was accepted in an earlier one, is accepted."""
        journal = KeptJournal()
        submit(FakeAmili(), journal, invoices(1))
        outcomes, _ = submit(FakeAmili(), journal, invoices(2), max_chunk_bytes=50)
        assert statuses(outcomes) == [ACCEPTED, REJECTED]


class TestOpenBatches:
    """Chunks that were accepted, and whose end no run has seen."""

    def test_they_are_waited_for(self) -> None:
        """Nothing is sent again; the outcomes come from the batch, with ids."""
        amili = FakeAmili([Plan(batch_s=50, status="PARTIAL", failed=frozenset({1})), Plan(batch_s=50)])
        journal = killed_after(10, amili, KeptJournal(), invoices(4), chunk_size=2)
        outcomes, report = submit(amili, journal, invoices(4), chunk_size=3)
        assert statuses(outcomes) == [ACCEPTED, REJECTED, ACCEPTED, ACCEPTED]
        assert outcomes[0].invoice_id is not None
        assert len(amili.sent) == 2
        assert (report.resumed, report.batches) == (0, 0)

    def test_a_batch_that_takes_too_long_is_waited_for_next_time(self) -> None:
        """Records reported UNKNOWN for lack of time are open in the journal, and another run finds out."""
        journal, amili = KeptJournal(), FakeAmili([Plan(batch_error=LATE)])
        outcomes, _ = submit(amili, journal, invoices(1), max_wait_s=5)
        assert statuses(outcomes) == [UNKNOWN]
        amili._batches = {key: (Plan(), *rest) for key, (_, *rest) in amili._batches.items()}  # type: ignore[misc]
        outcomes, _ = submit(amili, journal, invoices(1))
        assert statuses(outcomes) == [ACCEPTED]
        assert len(amili.sent) == 1

    @pytest.mark.parametrize("trusts_key", [False, True])
    def test_where_the_batch_is_gone_its_invoices_are_looked_up(self, trusts_key: bool) -> None:  # noqa: FBT001  # a table
        """A batch that answers 404 for good says nothing; invoices that are there are accepted, and nothing is sent."""
        amili = FakeAmili([Plan(batch_error=NotFoundError("no batch", status=404))], finds_invoices=True)
        amili.config = evolve(amili.config, trust_idempotency_key=trusts_key)
        records = [invoice(0, unique_source_invoice_id="a"), invoice(1)]
        journal = KeptJournal()
        for _ in range(2):
            outcomes, _ = submit(amili, journal, records)
            assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert len(amili.sent) == 1

    def test_a_source_in_another_order_or_with_gaps_is_matched_all_the_same(self) -> None:
        """Each record gets what its place in the request got, though others of the chunk are gone from the source."""
        amili = FakeAmili([Plan(batch_s=50, status="PARTIAL", failed=frozenset({0, 3}))])
        journal = killed_after(10, amili, KeptJournal(), invoices(5))
        outcomes, _ = submit(amili, journal, [invoice(9), invoice(4), invoice(3), invoice(0)])
        assert {outcome.key: outcome.status for outcome in outcomes} == {
            "9": ACCEPTED,
            "4": ACCEPTED,
            "3": REJECTED,
            "0": REJECTED,
        }
        assert amili.numbers() == [["0", "1", "2", "3", "4"], ["9"]]
        outcomes, _ = submit(amili, journal, invoices(5))
        assert statuses(outcomes) == [REJECTED, ACCEPTED, ACCEPTED, REJECTED, ACCEPTED]
        assert len(amili.sent) == 2


class TestUnclearRequests:
    """Chunks that may have been acted on: looked up before anything is sent again."""

    def test_found_by_key_is_followed(self) -> None:
        """A batch with the chunk's key is adopted; nothing is sent."""
        amili = FakeAmili([Plan(error=LOST, acts=True)], finds_batches=True)
        outcomes, report = submit(amili, None, invoices(2))
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert (len(amili.sent), report.resolved) == (1, 2)

    def test_a_look_up_that_ignores_the_key_is_not_believed(self) -> None:
        """Where any batch is given for any key, it may be somebody else's: UNKNOWN."""
        amili = FakeAmili([Plan(), Plan(error=LOST)], finds_anything=True)
        outcomes, _ = submit(amili, None, invoices(2), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert len(amili.sent) == 2

    def test_not_found_is_sent_again_with_the_same_key(self) -> None:
        """Seen to work on the run's own first batch, and the settling time over: it never arrived."""
        amili = FakeAmili([Plan(), Plan(error=LOST)], finds_batches=True)
        outcomes, report = submit(amili, None, invoices(2), chunk_size=1, concurrency=1, settle_s=10)
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert [sent.key for sent in amili.sent[1:]] == [amili.sent[1].key] * 2
        assert report.elapsed_s > 10

    def test_what_arrives_late_is_not_sent_again(self) -> None:
        """A request that is acted on within the settling time is found after it."""

        async def scenario() -> BulkReport:
            amili = FakeAmili([Plan(), Plan(error=LOST)], finds_batches=True)
            async with Bulk(amili).stream_invoices(
                ORGANIZATION, invoices(2), chunk_size=1, concurrency=1, settle_s=10
            ) as bulk_run:
                await asyncio.sleep(9)
                amili.arrive_late(1)
                async for _ in bulk_run:
                    pass
            assert len(amili.sent) == 2
            return bulk_run.report

        assert run(scenario()).accepted == 2

    def test_a_denial_counts_only_if_the_look_up_was_seen_to_work(self) -> None:
        """With no batch of its own to try it on, or one that is not found, nothing is sent again: UNKNOWN."""
        alone = FakeAmili([Plan(error=LOST)], finds_batches=True)
        assert statuses(submit(alone, None, invoices(1))[0]) == [UNKNOWN]
        forgetful = FakeAmili([Plan(), Plan(error=LOST)], finds_batches=True)
        forgetful.forgets = True
        outcomes, _ = submit(forgetful, None, invoices(2), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert (len(alone.sent), len(forgetful.sent)) == (1, 2)

    def test_the_look_up_is_tried_once(self) -> None:
        """However many chunks are unclear, one own batch is looked up, and one key that nobody has used."""
        amili = FakeAmili([Plan(), *(Plan(error=LOST) for _ in range(5))], finds_batches=True)
        submit(amili, None, invoices(6), chunk_size=1, concurrency=1)
        keys = [key for _, key in amili.asked]
        assert keys.count(amili.sent[0].key) == 1
        assert len(set(keys) - {sent.key for sent in amili.sent}) == 1

    def test_a_batch_of_an_earlier_run_will_do(self) -> None:
        """A run that has nothing else to send tries the look-up on what the journal has."""
        amili = FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=1)
        outcomes, _ = submit(amili, journal, invoices(2))
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert amili.acted_on == {"0": 1, "1": 1}

    def test_a_chunk_of_which_anything_arrived_is_not_sent_again(self) -> None:
        """One of its invoices was found once, so the request got through, though its batch is not listed any more."""
        journal = KeptJournal()
        amili = FakeAmili([Plan(error=LOST, acts=True)], finds_invoices=True)
        records = [invoice(0, unique_source_invoice_id="a"), invoice(1)]
        outcomes, _ = submit(amili, journal, records)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        amili.finds_batches = True
        amili._by_key.clear()
        outcomes, _ = submit(amili, journal, [*records, invoice(2)], chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN, ACCEPTED]
        assert set(amili.acted_on.values()) == {1}

    def test_an_invoice_that_is_there_outweighs_the_denial_of_its_batch(self) -> None:
        """The list of batches may lag behind: a chunk is not sent again while one of its invoices is found."""
        amili = FakeAmili([Plan(), Plan(error=LOST, acts=True)], finds_invoices=True, finds_batches=True)
        amili.unlisted = {1}
        records = [invoice(number, unique_source_invoice_id=f"s{number}") for number in range(2)]
        outcomes, _ = submit(amili, None, records, chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert len(amili.sent) == 2

    @pytest.mark.parametrize("error", [ServerError("down", status=500), LOST])
    def test_invoices_that_cannot_be_asked_for_are_not_sent_again(self, error: AmiliError) -> None:
        """Where the look-up of an invoice fails, its batch's denial alone is not enough: UNKNOWN."""
        amili = FakeAmili([Plan(), Plan(error=LOST)], finds_invoices=True, finds_batches=True)
        amili.answers = {"s1": [error] * 9}
        records = [invoice(number, unique_source_invoice_id=f"s{number}") for number in range(2)]
        outcomes, _ = submit(amili, None, records, chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert len(amili.sent) == 2

    def test_a_fresh_batch_does_not_vouch_for_old_ones(self) -> None:
        """If the batches of earlier runs are not listed any more, a chunk of one that is not found may be there."""
        amili = FakeAmili([Plan(), Plan(latency_s=100, acts=True)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=1)
        amili._by_key.clear()
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN, ACCEPTED]
        assert amili.numbers() == [["0"], ["1"], ["2"]]

    def test_a_batch_of_an_earlier_run_does_not_do_for_a_chunk_of_this_one(self) -> None:
        """What this run has lost counts as never arrived only if this run has made a batch, and found it."""
        amili = FakeAmili([Plan(), Plan(error=LOST)], finds_batches=True)
        journal = KeptJournal()
        submit(amili, journal, invoices(1))
        outcomes, _ = submit(amili, journal, invoices(2))
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert len(amili.sent) == 2

    def test_a_conflict_on_a_second_try_is_no_refusal(self) -> None:
        """A 409 to a key that was sent before may mean that the first request arrived: UNKNOWN, and not sent again."""
        conflict = ConflictError("idempotency key already used", status=409)
        amili = FakeAmili([Plan(), Plan(error=LOST), Plan(error=conflict)], finds_batches=True)
        outcomes, _ = submit(amili, None, invoices(2), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]
        assert "409" in str(outcomes[1].problem)
        assert len(amili.sent) == 3

    def test_a_conflict_on_the_first_try_is_a_refusal(self) -> None:
        """Nobody has used the key before, so the 409 is about the records."""
        amili = FakeAmili([Plan(error=ConflictError("no", status=409))])
        assert statuses(submit(amili, None, invoices(1))[0]) == [REJECTED]

    def test_a_look_up_that_fails_once_is_tried_again(self) -> None:
        """A passing failure of the trial look-up does not leave every lost chunk of the run UNKNOWN."""
        keys: list[str] = []

        async def scenario() -> list[Outcome]:
            amili = FakeAmili([Plan(), *(Plan(error=LOST) for _ in range(5))], finds_batches=True)
            async with Bulk(amili).stream_invoices(ORGANIZATION, invoices(6), chunk_size=1, concurrency=1) as bulk_run:
                await asyncio.sleep(0.5)
                keys.append(amili.sent[0].key)
                amili.answers = {keys[0]: [ServerError("down", status=500)]}
                outcomes = [outcome async for outcome in bulk_run]
            assert set(amili.acted_on.values()) == {1}
            assert amili.answers == {keys[0]: []}
            return outcomes

        assert statuses(run(scenario())) == [ACCEPTED] * 6

    def test_a_resumed_chunk_gets_its_settling_time_too(self) -> None:
        """A request of a killed run may arrive while the next run goes on: it is found, and not sent again."""
        amili = FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True)
        journal = killed_after(2, amili, KeptJournal(), invoices(2), chunk_size=1, concurrency=1)

        async def scenario() -> None:
            async with Bulk(amili).stream_invoices(ORGANIZATION, invoices(2), journal=journal, chunk_size=1) as again:
                await asyncio.sleep(3)
                amili.arrive_late(1)
                amili.forget_what_is_under_way()
                assert [outcome.status async for outcome in again] == [ACCEPTED, ACCEPTED]

        run(scenario())
        assert amili.acted_on == {"0": 1, "1": 1}
        assert len(amili.sent) == 2

    def test_a_trusted_key_is_sent_again(self) -> None:
        """With the user's word that the key is honoured, the same request with the same key settles it."""
        for acts in (False, True):
            amili = FakeAmili([Plan(error=LOST, acts=acts)], honours_keys=True)
            amili.config = evolve(amili.config, trust_idempotency_key=True)
            outcomes, report = submit(amili, None, invoices(2))
            assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
            assert len({sent.key for sent in amili.sent}) == 1
            assert set(amili.acted_on.values()) == {1}
            assert report.retries == 1

    def test_a_trusted_key_does_not_make_an_early_denial_count(self) -> None:
        """What is turned away after a lost request stays UNKNOWN, and goes again with its own key only."""
        turned_away = RateLimitedError("no", status=429)
        amili = FakeAmili([Plan(), Plan(error=LOST), *[Plan(error=turned_away)] * 20], finds_batches=True)
        amili.honours_keys = True
        amili.config = evolve(amili.config, trust_idempotency_key=True)
        journal = KeptJournal()
        outcomes, _ = submit(amili, journal, invoices(2), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN]

        async def arrive() -> None:
            amili.arrive_late(1)

        run(arrive())
        amili.plans = []
        amili.forget_what_is_under_way()
        outcomes, _ = submit(amili, journal, invoices(2), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert set(amili.acted_on.values()) == {1}

    def test_a_trusted_key_takes_up_a_killed_request(self) -> None:
        """Killed while a request was under way, the next run sends the very same again."""
        amili = FakeAmili([Plan(latency_s=100)], honours_keys=True)
        amili.config = evolve(amili.config, trust_idempotency_key=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(3), chunk_size=2, concurrency=1)
        outcomes, _ = submit(amili, journal, invoices(3), chunk_size=1)
        assert statuses(outcomes) == [ACCEPTED] * 3
        assert amili.numbers()[:2] == [["0", "1"], ["0", "1"]] or ["0", "1"] in amili.numbers()[1:]
        assert [sent.key for sent in amili.sent].count(amili.sent[0].key) == 2

    def test_invoices_are_found_one_by_one(self) -> None:
        """Where batches cannot be looked up, invoices with the creditor's id are; the next run asks for the rest."""
        amili = FakeAmili([Plan(error=LOST, acts=True)], finds_invoices=True)
        records = [invoice(0, unique_source_invoice_id="a"), invoice(1), invoice(2, unique_source_invoice_id="c")]
        journal = KeptJournal()
        outcomes, report = submit(amili, journal, records)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN, ACCEPTED]
        assert report.resolved == 2
        outcomes, report = submit(amili, journal, records)
        assert statuses(outcomes) == [ACCEPTED, UNKNOWN, ACCEPTED]
        assert [outcome.resumed for outcome in outcomes] == [True, False, True]
        assert len(amili.sent) == 1

    def test_invoices_that_are_not_found_are_not_sent(self) -> None:
        """That an invoice is not there may mean that its batch is not done: UNKNOWN, never sent again."""
        amili = FakeAmili([Plan(error=LOST)], finds_invoices=True)
        outcomes, _ = submit(amili, None, [invoice(0, unique_source_invoice_id="a")])
        assert statuses(outcomes) == [UNKNOWN]
        assert len(amili.sent) == 1

    def test_payments_are_looked_up_by_key_only(self) -> None:
        """There is no other way to find a payment: found by key, or UNKNOWN."""
        source = [CreatePaymentItem(amount=Decimal(5), currency="NOK")]
        for finds, expected in ((True, 1), (False, 0)):
            amili = FakeAmili([Plan(error=LOST, acts=True)], finds_batches=finds, finds_invoices=True)
            report = run(Bulk(amili).submit_payments(ORGANIZATION, source))
            assert (report.accepted, report.unknown) == (expected, 1 - expected)
            assert {operation for operation, _ in amili.asked} == {"GetBatchesByOrganization"}

    def test_a_chunk_with_gaps_that_never_arrived_is_cut_anew(self) -> None:
        """If the source has lost records of it, the rest goes with a key of its own, since the body is another."""
        amili = FakeAmili([Plan(), Plan(latency_s=100)], finds_batches=True)
        journal = killed_after(10, amili, KeptJournal(), invoices(6), chunk_size=3, concurrency=1)
        outcomes, _ = submit(amili, journal, [*invoices(4), invoice(5)])
        assert statuses(outcomes) == [ACCEPTED] * 5
        assert amili.numbers()[-1] == ["3", "5"]
        assert amili.sent[-1].key != amili.sent[1].key
        outcomes, _ = submit(amili, journal, invoices(6))
        assert statuses(outcomes) == [ACCEPTED] * 6
        assert set(amili.acted_on.values()) == {1}

    def test_the_end_of_the_run_sends_nothing_again(self) -> None:
        """What certainly never arrived, and may not be sent any more, is UNSENT."""
        forbidden = ForbiddenError("no", status=403)
        amili = FakeAmili([Plan(), Plan(error=LOST), Plan(latency_s=1, error=forbidden)], finds_batches=True)
        outcomes, _ = submit(amili, None, invoices(3), chunk_size=1, concurrency=1)
        assert statuses(outcomes) == [ACCEPTED, UNSENT, UNSENT]
        assert len(amili.sent) == 3


class TestThrottling:
    """Answers that say: not now."""

    def test_a_chunk_that_is_turned_away_goes_again(self) -> None:
        """429 is not acted on, so the chunk goes again with its key; the journal says so at every moment."""
        turned_away = RateLimitedError("slower", status=429)
        turned_away.retry_after_s = 30.0
        journal = KeptJournal()
        amili = FakeAmili([Plan(error=turned_away, passing=True)])
        _, report = submit(amili, journal, invoices(1))
        assert [type(event) for event in journal.events] == [Began, Held, Sent, Opened, Settled]
        assert (report.accepted, report.throttled, report.retries) == (1, 1, 1)
        assert report.elapsed_s >= 30
        assert amili.sent[0].key == amili.sent[1].key

    def test_one_retry_after_pauses_all(self) -> None:
        """While the API has asked for time, nobody sends."""
        turned_away = RateLimitedError("slower", status=429)
        turned_away.retry_after_s = 30.0
        amili = FakeAmili([Plan(latency_s=0.2, error=turned_away, passing=True)])
        submit(amili, None, invoices(20), chunk_size=1, concurrency=2)
        times = [sent.at for sent in amili.sent]
        assert [at for at in times if 0.2 < at < 30.2] == []
        assert max(times) > 30

    def test_it_pauses_the_others_also_if_the_chunk_does_not_go_again(self) -> None:
        """The last attempt is told to wait like any other: the next chunk does not leave before."""

        def always(_: list[dict[str, Any]]) -> Plan:
            turned_away = RateLimitedError("slower", status=429)
            turned_away.retry_after_s = 30.0
            return Plan(error=turned_away)

        amili = FakeAmili(plan_for=always)
        amili.config = evolve(amili.config, max_attempts=1)
        _, report = submit(amili, None, invoices(3), chunk_size=1, concurrency=1)
        assert report.unsent == 3
        assert [int(sent.at) // 30 for sent in amili.sent] == [0, 1, 2]

    def test_killed_while_it_was_held_is_sent_like_a_new_one(self) -> None:
        """The API said that it did not act, so the next run need not look it up."""
        turned_away = RateLimitedError("slower", status=429)
        turned_away.retry_after_s = 30.0
        amili = FakeAmili([Plan(error=turned_away, passing=True)])
        journal = killed_after(10, amili, KeptJournal(), invoices(2))
        outcomes, _ = submit(amili, journal, invoices(2))
        assert statuses(outcomes) == [ACCEPTED, ACCEPTED]
        assert amili.asked == []

    def test_a_wait_that_is_too_long_ends_the_run(self) -> None:
        """Nothing else would get through either: the rest is UNSENT, and the report says how long to wait."""
        turned_away = RateLimitedError("slower", status=429)
        turned_away.retry_after_s = 3600.0
        amili = FakeAmili([Plan(), Plan(error=turned_away)])
        outcomes, report = submit(amili, None, invoices(100), chunk_size=1, concurrency=1)
        assert (report.accepted, len(amili.sent)) == (1, 2)
        assert "3600 s" in str(report.stopped)
        assert set(statuses(outcomes[1:])) == {UNSENT}

    def test_stopping_does_not_wait_for_a_pause(self) -> None:
        """Chunks that wait for their turn are UNSENT at once when the run is to end."""
        turned_away = RateLimitedError("slower", status=429)
        turned_away.retry_after_s = 100.0

        async def scenario() -> tuple[BulkReport, float]:
            amili = FakeAmili(plan_for=lambda _: Plan(error=turned_away, passing=True))
            async with Bulk(amili).stream_invoices(ORGANIZATION, invoices(99), chunk_size=1, concurrency=2) as bulk_run:
                await asyncio.sleep(5)
            return bulk_run.report, amili.clock.monotonic()

        report, ended = run(scenario())
        assert report.unsent == report.taken > 4
        assert ended == pytest.approx(5)

    def test_no_host_is_tried_for_a_while(self) -> None:
        """A failure to connect is repeated with growing waits; if it goes away, nothing is lost."""
        amili = FakeAmili([Plan(error=TransportError("no route", sent=False), passing=True)] * 3)
        _, report = submit(amili, None, invoices(1))
        assert (report.accepted, report.retries, report.throttled) == (1, 3, 0)

    def test_a_fixed_rate_is_kept(self) -> None:
        """`rate_limit` is in records per second, whatever the chunks; the first one goes at once."""
        amili = FakeAmili()
        _, report = submit(amili, None, invoices(100), chunk_size=10, rate_limit=20)
        times = [sent.at for sent in amili.sent]
        assert times == pytest.approx([0.5 * number for number in range(10)])
        assert report.accepted == 100


class TestCancelling:
    """Runs that are ended on purpose."""

    @pytest.mark.parametrize("grace_s", [0, 30])
    @pytest.mark.parametrize("seconds", [0, 0.05, 0.15, 1.05, 1.15, 2])
    def test_a_cancelled_run_is_taken_up(self, seconds: float, grace_s: float) -> None:
        """Cut off at any time, with time to finish or none, it leaves a journal with which all is sent once."""
        amili, journal = FakeAmili(finds_batches=True), KeptJournal()

        async def scenario() -> BulkReport:
            bulk_run = Bulk(amili).stream_invoices(
                ORGANIZATION, invoices(40), journal=journal, chunk_size=3, concurrency=2, grace_s=grace_s
            )
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(seconds), bulk_run:
                    await asyncio.sleep(1000)
            return bulk_run.report

        report = run(scenario())
        assert journal.closed == 1
        assert (report.unknown == 0) or grace_s == 0
        outcomes, report = submit(amili, journal, invoices(40), chunk_size=4)
        assert statuses(outcomes) == [ACCEPTED] * 40
        assert set(amili.acted_on.values()) == {1}


class TestJournalTrouble:
    """Journals that fail."""

    def test_nothing_is_sent_that_is_not_written_down(self) -> None:
        """When the disk is full the run ends with a clear error, and what was not durable has not left."""
        amili, journal = FakeAmili(), KeptJournal(room=1)
        with pytest.raises(JournalError, match="cannot be written") as caught:
            submit(amili, journal, invoices(100), chunk_size=1, concurrency=1)
        assert len(amili.sent) == 1
        assert journal.closed == 1
        assert isinstance(caught.value.__cause__, OSError)

    def test_a_journal_that_makes_no_sense_is_refused(self) -> None:
        """Events that no run can have written mean damage; nothing is sent, and the journal is let go of."""
        amili, journal = FakeAmili(), KeptJournal(events=[Opened(chunk=7, batch_id=UUID(int=7))])
        with pytest.raises(JournalError, match="damaged"):
            submit(amili, journal, invoices(1))
        assert (amili.sent, journal.closed) == ([], 1)

    def test_a_run_is_in_the_journal_before_it_leaves(self) -> None:
        """The request waits until the journal is durable."""
        amili, journal = FakeAmili(), KeptJournal(latency_s=3)
        submit(amili, journal, invoices(1))
        assert amili.sent[0].at == pytest.approx(3)

    def test_a_failure_file_that_cannot_be_made_lets_go_of_the_journal(self, tmp_path: Path) -> None:
        """The next run can have it."""
        journal = KeptJournal()
        with pytest.raises(BulkError, match="missing"):
            submit(FakeAmili(), journal, invoices(1), failures=tmp_path / "missing" / "rest.jsonl")
        assert journal.closed == 1


def test_failure_files_of_the_earlier_run_are_set_aside(tmp_path: Path) -> None:
    """A run that takes up another tells of all records again, in new files; what is there is kept under a number."""
    path, journal = tmp_path / "rest.jsonl", KeptJournal()
    submit(FakeAmili([Plan(status="FAILED"), Plan(error=LOST)]), journal, invoices(4), chunk_size=2, failures=path)
    submit(FakeAmili(), journal, invoices(5), chunk_size=2, failures=path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "rest.1.jsonl",
        "rest.jsonl",
        "rest.unknown.1.jsonl",
        "rest.unknown.jsonl",
    ]
    assert path.read_text() == (tmp_path / "rest.1.jsonl").read_text()
    assert len((tmp_path / "rest.unknown.jsonl").read_text().splitlines()) == 2


def test_runs_of_one_client_share_its_limit() -> None:
    """Two runs at once have no more requests under way than one may."""
    amili = FakeAmili()

    async def scenario() -> None:
        bulk = Bulk(amili)
        await asyncio.gather(
            *(bulk.submit_invoices(ORGANIZATION, invoices(50), chunk_size=1, concurrency=3) for _ in range(3))
        )

    run(scenario())
    assert amili.most_sending == 3


seconds = st.sampled_from([0.0, 0.1, 1.0, 7.0])
errors: list[tuple[AmiliError, bool]] = [
    (LOST, False),
    (LOST, True),
    (RateLimitedError("slower", status=429), False),
    (TransportError("no route", sent=False), False),
]
plans = st.one_of(
    st.builds(
        Plan,
        latency_s=seconds,
        batch_s=seconds,
        status=st.sampled_from(["SUCCESS", "PARTIAL", "FAILED"]),
        failed=st.frozensets(st.integers(0, 5)),
    ),
    st.builds(
        lambda latency_s, error: Plan(latency_s=latency_s, error=error[0], acts=error[1], passing=True),
        seconds,
        st.sampled_from(errors),
    ),
    # Lost, and acted on later: while the run that lost it waits, or the next one, or nobody.
    st.builds(
        lambda latency_s, late_s: Plan(latency_s=latency_s, error=LOST, late_s=late_s, passing=True),
        seconds,
        st.sampled_from([0.5, 4.0, 9.5]),
    ),
)


@given(
    st.lists(plans, max_size=10),
    st.lists(st.sampled_from([0.0, 0.05, 0.1, 0.15, 0.5, 1.05, 3.0, 12.0, 25.0]), min_size=1, max_size=4),
    st.lists(st.integers(1, 4), min_size=9, max_size=9),
    st.sampled_from(["look-ups", "key", "both", "neither"]),
    st.sampled_from([0.0, 0.05]),
    st.randoms(use_true_random=False),
)
def test_killed_at_any_time_nothing_is_lost_or_sent_twice(
    given_plans: list[Plan], kills: list[float], chunk_sizes: list[int], regime: str, latency_s: float, dice: Any
) -> None:
    """In each regime, whenever it is killed: no record twice; and where its end can be known, each once.

    In whatever order the records come the next time, in whatever chunks, and however late a lost request arrives.
    """
    amili = FakeAmili(given_plans, finds_batches=regime in ("look-ups", "both"), honours_keys=regime in ("key", "both"))
    amili.config = evolve(amili.config, trust_idempotency_key=regime in ("key", "both"))
    events: list[Event] = []
    source: list[CreateInvoiceItem] = [invoice(number, unique_source_invoice_id=f"s{number}") for number in range(13)]
    for kill in kills:
        journal = KeptJournal(events=events, latency_s=latency_s)
        events = killed_after(kill, amili, journal, source, chunk_size=chunk_sizes.pop(), concurrency=2).events
        amili.forget_what_is_under_way()
        dice.shuffle(source)
    for _ in range(4):  # chunks that were turned away too often are UNSENT, and go with the next run
        journal = KeptJournal(events=events)
        outcomes, report = submit(amili, journal, source, chunk_size=chunk_sizes.pop(), concurrency=2)
        events = journal.events
    LoopClock.past_s += 100
    run(arrived(amili))
    assert report.unsent == 0
    assert max(amili.acted_on.values(), default=0) <= 1
    for outcome in outcomes:
        acted = amili.acted_on[str(source[outcome.index].invoice_number)]
        if outcome.status is ACCEPTED:
            assert acted == 1
        elif outcome.status is REJECTED:
            assert acted == 0
        elif regime != "neither":
            # The one case left open: nothing was ever accepted on which to try the look-up.
            assert regime == "look-ups"
            assert not amili._by_key


async def arrived(amili: FakeAmili) -> None:
    """Let everything arrive that is on its way."""
    amili.arrive_due()
    assert amili._on_the_way == []
