"""Payments without keys of their own: their journal belongs to one list, and another one is refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Refused
from amili_async.bulk.chunks import Entry
from amili_async.bulk.holding import Holding
from amili_async.bulk.journal import Ended
from amili_async.errors import AnotherListError, BulkError, JournalError, OutcomeUnknownError
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


class TestHolding:
    """Where records wait."""

    @given(st.lists(st.binary(max_size=50)), st.integers(0, 20))
    def test_all_come_back_in_order(self, contents: list[bytes], stop_at: int) -> None:
        """Also if one stops half-way, and goes on."""
        holding = Holding()
        for index, content in enumerate(contents):
            holding.put(Entry(index=index, key=str(index), content=content))
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
