"""Payments without keys of their own: their journal belongs to one list, and another one is refused."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Refused
from amili_async.bulk import holding as holding_module
from amili_async.bulk.chunks import Entry
from amili_async.bulk.holding import Holding
from amili_async.bulk.journal import Ended
from amili_async.errors import AnotherListError, BulkError, JournalError, OutcomeUnknownError, RateLimitedError
from amili_async.models.collection import CreatePaymentItem
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan
from tests.bulk.kept_journal import KeptJournal
from tests.bulk.virtual_time import run

ACCEPTED, REJECTED, UNSENT, UNKNOWN = OutcomeStatus


def paid(amount: int) -> CreatePaymentItem:
    return CreatePaymentItem(amount=Decimal(amount), currency="NOK")


def pay(amili: FakeAmili, journal: Any, source: Any, **settings: Any) -> tuple[list[Outcome], BulkReport]:
    async def scenario() -> tuple[list[Outcome], BulkReport]:
        async with Bulk(amili).stream_payments(ORGANIZATION, source, journal=journal, **settings) as bulk_run:
            outcomes = [outcome async for outcome in bulk_run]
        return sorted(outcomes, key=lambda outcome: outcome.index), bulk_run.report

    return run(scenario())


def told_until_it_failed(
    journal: Any, source: Any, *, match: str = "could not be held back"
) -> tuple[list[Outcome], BulkReport]:
    async def scenario() -> tuple[list[Outcome], BulkReport]:
        outcomes: list[Outcome] = []
        async with Bulk(FakeAmili()).stream_payments(ORGANIZATION, source, journal=journal) as bulk_run:
            with pytest.raises(BulkError, match=match):  # noqa: PT012  # the loop raises after the last outcome
                async for outcome in bulk_run:
                    outcomes.append(outcome)  # noqa: PERF401  # as above
        return sorted(outcomes, key=lambda outcome: outcome.index), bulk_run.report

    return run(scenario())


def map_paid(*amounts: int) -> list[CreatePaymentItem]:
    return [paid(amount) for amount in amounts]


def amounts(amili: FakeAmili) -> list[int]:
    return [int(record["amount"]) for chunk in amili.sent for record in chunk.records]


def broken_off(*plans: Plan, source: Sequence[Any], **settings: Any) -> tuple[FakeAmili, KeptJournal]:
    """A first run of which some chunks ended as planned."""
    amili, journal = FakeAmili(list(plans)), KeptJournal()
    pay(amili, journal, source, chunk_size=1, concurrency=1, **settings)
    return amili, journal


class TestAnotherList:
    """What is evidently not the journal's list."""

    @pytest.mark.parametrize("amounts_of_it", [[5, 9], [9], [6, 5], []])
    def test_it_is_refused_before_anything_is_sent(self, amounts_of_it: list[int]) -> None:
        """The next day's list, the rest of this one, no list at all: an error that says what to do, and no request."""
        _, journal = broken_off(source=[paid(5), paid(6), paid(7)])
        amili, written = FakeAmili(), list(journal.events)
        with pytest.raises(JournalError, match=r"another list than the journal's: .* journal of its own"):
            pay(amili, journal, [paid(amount) for amount in amounts_of_it])
        assert amili.sent == []
        assert journal.events == written

    def test_nothing_of_it_is_called_accepted(self, tmp_path: Path) -> None:
        """One that looks like an accepted one is UNKNOWN, and a new one UNSENT; both are in the files for that."""
        _, journal = broken_off(source=[paid(5), paid(6)])
        told: list[Outcome] = []

        async def scenario() -> BulkReport:
            source, path = [paid(5), paid(9)], tmp_path / "rest.jsonl"
            async with Bulk(FakeAmili()).stream_payments(ORGANIZATION, source, journal=journal, failures=path) as again:
                told.extend([await anext(again), await anext(again)])
                with pytest.raises(JournalError):
                    await anext(again)
            return again.report

        report = run(scenario())
        assert [outcome.status for outcome in told] == [UNKNOWN, UNSENT]
        assert (report.taken, report.accepted, report.resumed) == (2, 0, 0)
        assert '"amount":9' in (tmp_path / "rest.jsonl").read_text()
        assert '"amount":5' in (tmp_path / "rest.unknown.jsonl").read_text()

    def test_the_file_of_failures_with_the_same_journal_is_refused(self) -> None:
        """One of two equal instalments that was not sent must not be taken for the other."""
        _, journal = broken_off(Plan(), Plan(status="FAILED"), source=[paid(5), paid(6), paid(5)])
        amili = FakeAmili()
        with pytest.raises(JournalError):
            pay(amili, journal, [paid(6)])
        assert amili.sent == []

    def test_open_ones_have_to_come_as_well(self) -> None:
        """What may be with Amili counts like what is."""
        _, journal = broken_off(Plan(error=OutcomeUnknownError("lost")), source=[paid(5)])
        with pytest.raises(JournalError, match="1 payments"):
            pay(FakeAmili(), journal, [paid(6)])

    def test_with_keys_one_journal_does_for_all_lists(self) -> None:
        """A key says which payment it is, whatever list it is in."""
        journal = KeptJournal()
        amili = FakeAmili()
        for source in ([paid(5), paid(6)], [paid(6), paid(9)]):
            pay(amili, journal, source, key=lambda payment: payment.amount)
        assert amounts(amili) == [5, 6, 9]


class TestTheSameList:
    """What is not refused."""

    @given(st.lists(st.integers(1, 4), max_size=12), st.randoms(use_true_random=False), st.data())
    def test_the_whole_list_in_any_order(self, source: list[int], dice: Any, data: st.DataObject) -> None:
        """Whatever became of its records, shuffled and in other chunks: taken up, and each is there once."""
        fates = st.sampled_from(
            [Plan(), Plan(status="FAILED"), Plan(error=OutcomeUnknownError("lost"), acts=True, passing=True)]
        )
        amili = FakeAmili(data.draw(st.lists(fates, max_size=12)), finds_batches=True)
        journal = KeptJournal()
        pay(amili, journal, map(paid, source), chunk_size=1, concurrency=1)
        again = list(source)
        dice.shuffle(again)
        amili.plans = []
        outcomes, report = pay(amili, journal, map(paid, again), chunk_size=3)
        assert report.taken == len(source)
        assert report.stopped is None
        rejected = sum(outcome.status is REJECTED for outcome in outcomes)
        assert report.accepted + rejected + report.unknown == len(source)
        assert len(amounts(amili)) == len(source)  # nothing went twice: a lost one is found

    def test_a_rejected_one_may_be_mended_or_taken_away(self) -> None:
        """Amili does not have it, so that it does not come again says nothing."""
        for again in ([5, 8], [5]):
            _, journal = broken_off(Plan(), Plan(status="FAILED"), source=[paid(5), paid(6)])
            amili = FakeAmili()
            outcomes, _ = pay(amili, journal, map(paid, again))
            assert outcomes[0].resumed
            assert amounts(amili) == again[1:]

    def test_more_may_be_added_and_is_warned_about(self, caplog: pytest.LogCaptureFixture) -> None:
        """A list that was read to its end and is longer now may be another one: said aloud."""
        _, journal = broken_off(source=[paid(5)])
        assert Ended(taken=1) in journal.events
        pay(FakeAmili(), journal, [paid(5)])
        assert caplog.records == []
        amili = FakeAmili()
        _, report = pay(amili, journal, [paid(9), paid(5)])
        assert (report.accepted, report.resumed, amounts(amili)) == (2, 1, [9])
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert "has 2 payments, and the journal's list had 1" in caplog.text

    def test_one_that_the_source_refuses_now_may_be_a_missing_one(self, tmp_path: Path) -> None:
        """Its invoice was found then and is not now: no other list; and it goes to the file for a person to look up."""
        _, journal = broken_off(source=[paid(5), paid(6)])
        source = [paid(5), Refused(paid(0), "no such invoice"), paid(7)]
        amili = FakeAmili()
        outcomes, _ = pay(amili, journal, source, failures=tmp_path / "rest.jsonl")
        assert [outcome.status for outcome in outcomes] == [ACCEPTED, REJECTED, ACCEPTED]
        assert amounts(amili) == [7]
        assert (tmp_path / "rest.jsonl").read_text() == ""
        assert '"amount":0' in (tmp_path / "rest.unknown.jsonl").read_text()

    def test_a_changed_one_does_not_hide_behind_a_refused_one(self) -> None:
        """Amili has the payment as it was, and would have it twice: refused, though one that is missing was refused."""
        refused = Refused(paid(0), "no such invoice")
        _, journal = broken_off(source=[paid(5), refused, paid(6)])
        amili = FakeAmili()
        with pytest.raises(AnotherListError, match=r"1 payments .* and 1 have come .* changed") as caught:
            pay(amili, journal, [paid(50), refused, paid(6)])
        assert caught.value.changed
        assert amili.sent == []
        outcomes, _ = pay(amili, journal, [paid(5), refused, paid(6)])
        assert [outcome.status for outcome in outcomes] == [ACCEPTED, REJECTED, ACCEPTED]
        assert amili.sent == []

    def test_nothing_is_sent_before_the_list_is_known_for_the_journals(self) -> None:
        """New ones wait until those of the journal have come, however long the source takes."""
        _, journal = broken_off(source=[paid(5)])
        amili = FakeAmili()
        seen: list[int] = []

        def source() -> Any:
            yield from (paid(number) for number in range(6, 40))
            seen.append(len(amili.sent))
            yield paid(5)

        _, report = pay(amili, journal, source(), chunk_size=2)
        assert (seen, report.accepted) == ([0], 35)

    @pytest.mark.parametrize("wait_s", [0, 1, 5])
    def test_a_run_that_ends_while_it_waits_settles_all(self, wait_s: float) -> None:
        """Cancelled before or after the list was known: each record ends once, and the next run takes all up."""
        _, journal = broken_off(source=[paid(5), paid(6)])
        amili = FakeAmili()

        async def source() -> Any:
            for number, amount in enumerate([5, 7, 6, 8]):
                await amili.clock.sleep(number)
                yield paid(amount)

        async def scenario() -> BulkReport:
            async with Bulk(amili).stream_payments(ORGANIZATION, source(), journal=journal, grace_s=0) as again:
                await amili.clock.sleep(wait_s)
            return again.report

        report = run(scenario())
        assert report.taken == report.accepted + report.rejected + report.unsent + report.unknown
        assert report.accepted == (2 if wait_s == 5 else 0)
        amili = FakeAmili()
        _, report = pay(amili, journal, map(paid, [5, 7, 6, 8]))
        assert (report.accepted, sorted(amounts(amili))) == (4, [7, 8])

    def test_on_invalid_raise_does_not_wait(self) -> None:
        """A bad record ends the run at once; what was held back is settled."""
        _, journal = broken_off(source=[paid(5)])
        with pytest.raises(BulkError, match="record 1 is invalid"):
            pay(FakeAmili(), journal, [paid(6), object(), paid(5)], on_invalid="raise")


class TestEqualRecords:
    """Equal payments of one list: their keys say only which of them came first, and it is not to matter which."""

    def test_one_of_them_may_be_mended(self) -> None:
        """The first of two was rejected and is mended: the second, which Amili has, is not missing."""
        _, journal = broken_off(Plan(status="FAILED"), Plan(), source=[paid(5), paid(5)])
        amili = FakeAmili()
        outcomes, _ = pay(amili, journal, [paid(8), paid(5)])
        assert [outcome.resumed for outcome in outcomes] == [False, True]
        assert amounts(amili) == [8]

    @pytest.mark.parametrize("fate", [Plan(status="FAILED"), Plan(error=RateLimitedError("no", status=429))])
    def test_one_is_refused_now_and_the_other_is_not_sent_twice(self, fate: Plan) -> None:
        """The first was not accepted, and its invoice is not found now; Amili has the second."""
        _, journal = broken_off(fate, Plan(), source=[paid(5), paid(5)])
        amili = FakeAmili()
        outcomes, _ = pay(amili, journal, [Refused(paid(5), "no such invoice"), paid(5)])
        assert [outcome.status for outcome in outcomes] == [REJECTED, ACCEPTED]
        assert amili.sent == []

    def test_an_open_one_is_found_again_by_its_equal(self) -> None:
        """The chunk it went in is followed up, whichever of its equals comes."""
        lost = Plan(error=OutcomeUnknownError("lost"), acts=True)
        first, journal = broken_off(Plan(status="FAILED"), lost, source=[paid(5), paid(5)])
        first.finds_batches = True
        outcomes, _ = pay(first, journal, [paid(8), paid(5)])
        assert [outcome.status for outcome in outcomes] == [ACCEPTED, ACCEPTED]
        assert amounts(first) == [5, 5, 8]

    @pytest.mark.parametrize("fates", [[Plan(), Plan(status="FAILED")], [Plan(status="FAILED"), Plan()]])
    def test_a_shorter_list_is_rather_what_was_left_of_it(self, fates: list[Plan]) -> None:
        """The file of failures holds one that was not accepted: it is not called accepted because its equal was."""
        _, journal = broken_off(*fates, source=[paid(5), paid(5), paid(7)])
        with pytest.raises(JournalError, match="another list"):
            pay(FakeAmili(), journal, [paid(5)])

    def test_another_list_is_not_taken_for_this_one(self) -> None:
        """One equal stands for one missing record, and not for two."""
        fates = [Plan(status="FAILED"), Plan(status="FAILED"), Plan(), Plan(), Plan()]
        _, journal = broken_off(*fates, source=map_paid(5, 5, 5, 5, 5))
        with pytest.raises(JournalError, match="1 payments"):
            pay(FakeAmili(), journal, map_paid(5, 5, 8, 8, 8))

    def test_what_did_not_come_is_warned_about(self, caplog: pytest.LogCaptureFixture) -> None:
        """As many were refused, so it is taken for the journal's list; that it may be another one is said aloud."""
        _, journal = broken_off(source=[paid(5), paid(6)])
        pay(FakeAmili(), journal, [paid(5), Refused(None, "no such invoice")])
        assert "1 of the journal's payments did not come, and 1 were refused" in caplog.text


class TestHolding:
    """Where records wait."""

    @given(st.lists(st.binary(max_size=50)), st.integers(0, 20), st.integers(0, 2000))
    def test_all_come_back_in_order(self, contents: list[bytes], stop_at: int, in_memory: int) -> None:
        """From memory and from the file; also if one looks before, or stops half-way, and goes on."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(holding_module, "_BYTES_IN_MEMORY", in_memory)
            holding = Holding()
        for index, content in enumerate(contents):
            holding.put(Entry(index=index, key=str(index), content=content))
        assert [entry.content for entry in holding.look() if isinstance(entry, Entry)] == contents
        some = [entry for entry, _ in zip(holding.take_all(), range(stop_at), strict=False)]
        # zip takes one more than it gives when the second ends first, as a caller that breaks off has taken its last.
        rest = list(holding.take_all())
        given = [entry.index for entry in (*some, *rest) if isinstance(entry, Entry)]
        lost = stop_at < len(contents)
        assert given == [index for index in range(len(contents)) if not (lost and index == stop_at)]
        holding.close()

    def test_a_full_disk_ends_the_run_and_loses_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every record that was taken has its outcome."""
        _, journal = broken_off(source=[paid(5)])

        def full(_self: Holding, _admitted: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Holding, "put", full)
        with pytest.raises(BulkError, match="held back") as caught:
            pay(FakeAmili(), journal, [paid(6), paid(5)])
        assert not isinstance(caught.value, JournalError)

    @pytest.mark.parametrize("room", [0, 20_000, 50_001])
    def test_what_was_kept_before_the_disk_was_full_is_told_as_well(
        self, monkeypatch: pytest.MonkeyPatch, room: int
    ) -> None:
        """Wherever in the file the room ends: each record that was taken has its outcome."""
        monkeypatch.setattr(holding_module, "_BYTES_IN_MEMORY", 30_000)
        _, journal = broken_off(source=[paid(5)])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            outcomes, report = told_until_it_failed(journal, map_paid(*range(6, 1000), 5))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert [outcome.index for outcome in outcomes] == list(range(len(outcomes)))
        assert 50 < report.taken == len(outcomes) < 995
        assert {outcome.status for outcome in outcomes} == {UNSENT}

    def test_what_cannot_be_kept_has_its_outcome(self) -> None:
        """A reason of a class that only this process knows, say: it ends the run, and the record is told of."""

        class Lazy(str):
            __slots__ = ()

        _, journal = broken_off(source=[paid(5)])
        outcomes, report = told_until_it_failed(journal, [paid(7), Refused(paid(6), Lazy("no")), paid(5)])
        assert [outcome.status for outcome in outcomes] == [UNSENT, REJECTED]
        assert report.taken == 2

    def test_a_file_that_cannot_be_read_again_costs_only_what_is_in_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It ends the run with an error; what had been read before has its outcome."""
        _, journal = broken_off(source=[paid(5)])
        monkeypatch.setattr(holding_module, "_BYTES_IN_MEMORY", 700)  # two records
        monkeypatch.setattr(Holding, "_content", torn)
        outcomes, _ = told_until_it_failed(journal, map_paid(7, 8, 9, 5), match="Input/output error|OSError")
        assert [(outcome.index, outcome.status) for outcome in outcomes] == [(0, UNSENT), (1, UNSENT)]


def torn(_self: Holding, _at: int) -> bytes:
    raise OSError(5, "Input/output error")
