"""A submission from the source to the report, against a client without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal, localcontext
from typing import Any
from uuid import UUID

import pytest

from amili_async import codec
from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Progress, Refusal
from amili_async.errors import (
    BatchTimeoutError,
    BulkError,
    DecodeError,
    ForbiddenError,
    OutcomeUnknownError,
    RateLimitedError,
    TransportError,
    UnprocessableError,
)
from amili_async.models.collection import CreateInvoiceItem, CreateInvoicesRequest
from amili_async.options import RequestOptions
from tests.bulk.fake_amili import ORGANIZATION, FakeAmili, Plan, invoice, invoices, plain
from tests.bulk.virtual_time import run
from tests.fakes import turns_during

ACCEPTED, REJECTED, UNSENT, UNKNOWN = (
    OutcomeStatus.ACCEPTED,
    OutcomeStatus.REJECTED,
    OutcomeStatus.UNSENT,
    OutcomeStatus.UNKNOWN,
)


def submit(amili: FakeAmili, source: Any, **settings: Any) -> BulkReport:
    return run(Bulk(amili).submit_invoices(ORGANIZATION, source, **settings))


def stream(amili: FakeAmili, source: Any, **settings: Any) -> tuple[list[Outcome], BulkReport]:
    async def scenario() -> tuple[list[Outcome], BulkReport]:
        async with Bulk(amili).stream_invoices(ORGANIZATION, source, **settings) as bulk_run:
            outcomes = [outcome async for outcome in bulk_run]
        return outcomes, bulk_run.report

    return run(scenario())


def counts(report: BulkReport) -> tuple[int, int, int, int]:
    return report.accepted, report.rejected, report.unsent, report.unknown


class Money(Decimal):
    """An amount that adds up with its like only."""

    def __add__(self, other: Any) -> Money:
        if not isinstance(other, Money):
            raise TypeError("this is no money")
        return Money(Decimal.__add__(self, other))

    __radd__ = __add__


class TestSources:
    """Where records come from."""

    def test_every_record_is_sent_once(self) -> None:
        """All records of an iterable reach Amili, in order, each once, and are ACCEPTED."""
        amili = FakeAmili()
        report = submit(amili, invoices(1001), chunk_size=100)
        assert [number for chunk in amili.numbers() for number in chunk] == plain(invoices(1001))
        assert counts(report) == (1001, 0, 0, 0)
        assert report.batches == 11
        assert report.stopped is None
        assert amili.organizations == {ORGANIZATION}

    def test_async_iterables_do_as_well(self) -> None:
        """An async generator is read to its end, and closed."""
        closed = []

        async def source() -> AsyncIterator[CreateInvoiceItem]:
            try:
                for number in range(5):
                    yield invoice(number)
            finally:
                closed.append(True)

        assert counts(submit(FakeAmili(), source(), chunk_size=2)) == (5, 0, 0, 0)
        assert closed == [True]

    def test_nothing_is_sent_of_an_empty_source(self) -> None:
        """An empty source ends in an empty report."""
        amili = FakeAmili()
        report = submit(amili, [])
        assert counts(report) == (0, 0, 0, 0)
        assert amili.sent == []

    @pytest.mark.parametrize("source", ["invoices.json", {"invoices": []}, b"", 7, invoice(1)])
    def test_what_is_no_source_is_refused(self, source: Any) -> None:
        """A file name, a dict or a single model is not taken for records."""
        with pytest.raises(BulkError, match="iterable"):
            submit(FakeAmili(), source)

    def test_a_source_may_use_one_object_again(self) -> None:
        """Records are taken as they are when they come, also if the source changes them afterwards."""

        def source() -> Iterator[CreateInvoiceItem]:
            record = invoice(0)
            for number in range(5):
                record.invoice_number = str(number)
                yield record

        amili = FakeAmili()
        submit(amili, source(), chunk_size=2)
        assert amili.numbers() == [["0", "1"], ["2", "3"], ["4"]]

    def test_a_source_that_fails_ends_the_run(self) -> None:
        """What was taken before is accounted for in a note; what was not sent yet is not sent."""

        def source() -> Iterator[CreateInvoiceItem]:
            yield from invoices(5)
            raise ValueError("line 6 names Fiktiva Testesen")

        amili = FakeAmili()
        with pytest.raises(BulkError, match="ValueError") as caught:
            submit(amili, source(), chunk_size=2)
        assert isinstance(caught.value.__cause__, ValueError)
        assert "Fiktiva" not in str(caught.value)
        assert caught.value.__notes__[0].startswith("5 invoices")
        assert "unsent" in caught.value.__notes__[0]

    def test_a_source_that_never_waits_leaves_room_for_others(self) -> None:
        """Other tasks run on while a long list is read, also if nothing of it is sent."""

        async def scenario() -> int:
            bad: Any = ["no invoice"] * 6400
            return await turns_during(Bulk(FakeAmili()).submit_invoices(ORGANIZATION, bad, concurrency=1))

        assert run(scenario()) > 50

    def test_memory_does_not_grow_with_the_source(self) -> None:
        """Records are taken only as fast as they leave: what is under way is bounded by the settings."""
        taken = 0

        def source() -> Iterator[CreateInvoiceItem]:
            nonlocal taken
            for number in range(5000):
                taken += 1
                yield invoice(number)

        most = 0

        def progress(now: Progress) -> None:
            nonlocal most
            most = max(most, now.in_flight, taken - now.done)

        submit(FakeAmili(), source(), chunk_size=5, concurrency=2, progress=progress)
        # 2 cut and waiting, 2 sending, 2 accepted and waiting, 8 followed, one being filled, one beside it.
        assert most <= 5 * (2 + 2 + 2 + 8 + 2)


class TestRequests:
    """What goes out."""

    def test_each_chunk_has_a_key_of_its_own(self) -> None:
        """No idempotency key is used for two chunks; the other options go along."""
        keys = iter(["k1", "k2", "k3"])
        amili = FakeAmili()
        run(
            Bulk(amili, new_key=lambda: next(keys)).submit_invoices(
                ORGANIZATION, invoices(5), chunk_size=2, options=RequestOptions(max_attempts=2)
            )
        )
        assert sorted(sent.key for sent in amili.sent) == ["k1", "k2", "k3"]

    def test_one_key_for_all_chunks_is_refused(self) -> None:
        """An idempotency key in `options` would make the API take all chunks but the first for repetitions."""
        with pytest.raises(BulkError, match="idempotency_key"):
            submit(FakeAmili(), invoices(1), options=RequestOptions(idempotency_key="k"))

    def test_bodies_respect_both_limits(self) -> None:
        """No request holds more records or bytes than allowed, as measured on what is sent."""
        amili = FakeAmili()
        submit(amili, invoices(50), chunk_size=7, max_chunk_bytes=700)
        assert max(sent.size for sent in amili.sent) <= 700
        assert max(len(sent.records) for sent in amili.sent) < 7
        submit(amili := FakeAmili(), invoices(50), chunk_size=7)
        assert max(len(sent.records) for sent in amili.sent) == 7

    def test_concurrency_is_a_limit_and_is_used(self) -> None:
        """As many requests as allowed are under way, and never more."""
        amili = FakeAmili()
        submit(amili, invoices(40), chunk_size=1, concurrency=4)
        assert amili.most_sending == 4

    def test_slow_batches_do_not_hold_up_sending(self) -> None:
        """Waiting for batches does not occupy those who send: more batches are open than requests may be."""
        amili = FakeAmili(plan_for=lambda _: Plan(latency_s=0.1, batch_s=100))
        report = submit(amili, invoices(8), chunk_size=1, concurrency=2)
        assert amili.most_waiting == 8
        assert report.elapsed_s < 101

    def test_the_number_of_open_batches_is_bounded(self) -> None:
        """At most four times `concurrency` batches are waited for."""
        amili = FakeAmili(plan_for=lambda _: Plan(batch_s=100))
        submit(amili, invoices(50), chunk_size=1, concurrency=2)
        assert amili.most_waiting == 8

    def test_the_time_to_wait_is_passed_on(self) -> None:
        """`max_wait_s` is for each batch; None waits for as long as it takes."""
        amili = FakeAmili()
        submit(amili, invoices(1), max_wait_s=7)
        submit(amili, invoices(1))
        assert amili.waits == [7, None]


class TestOutcomes:
    """What becomes of records when the API does not simply accept them."""

    def test_a_partial_batch(self) -> None:
        """Each record gets what the batch says of it, with ids or the reason."""
        amili = FakeAmili([Plan(status="PARTIAL", failed=frozenset({1}))])
        outcomes, report = stream(amili, invoices(3))
        assert [outcome.status for outcome in outcomes] == [ACCEPTED, REJECTED, ACCEPTED]
        assert isinstance(outcomes[0].invoice_id, UUID)
        assert outcomes[0].case_id is not None
        assert outcomes[1].problem == "Amili rejected it: the due date is missing"
        assert outcomes[1].batch_id == outcomes[0].batch_id
        assert counts(report) == (2, 1, 0, 0)
        assert report.rejected_locally == 0

    def test_a_chunk_refused_as_a_whole(self) -> None:
        """All its records are REJECTED, with the API's reason stripped of personal data; the run goes on."""
        refusal = UnprocessableError("no", status=422, body={"errors": {"$.invoices[0]": ["Fiktiva is unknown"]}})
        outcomes, report = stream(FakeAmili([Plan(error=refusal)]), invoices(4), chunk_size=2, concurrency=1)
        assert [outcome.status for outcome in outcomes] == [REJECTED, REJECTED, ACCEPTED, ACCEPTED]
        problem = outcomes[0].problem
        assert problem is not None
        assert "whole request of 2 records with HTTP 422" in problem
        assert problem.endswith("$.invoices[0]: *** is unknown")
        assert report.batches == 1

    def test_an_unclear_answer(self) -> None:
        """Records of a chunk that may have been acted on are UNKNOWN, and its key is named to look it up by."""
        lost = Plan(error=OutcomeUnknownError("lost", attempts=2), acts=True)
        amili = FakeAmili([lost])
        outcomes, report = stream(amili, invoices(3), chunk_size=2, concurrency=1)
        outcomes.sort(key=lambda outcome: outcome.index)
        assert [outcome.status for outcome in outcomes] == [UNKNOWN, UNKNOWN, ACCEPTED]
        assert outcomes[0].problem is not None
        assert amili.sent[0].key in outcomes[0].problem
        assert len(amili.sent) == 2
        assert report.retries == 1

    def test_an_answer_that_cannot_be_read(self) -> None:
        """A 202 without a readable batch id was acted on, but its records cannot be followed: UNKNOWN."""
        report = submit(FakeAmili([Plan(error=DecodeError("no batchId", status=202), acts=True)]), invoices(1))
        assert counts(report) == (0, 0, 0, 1)

    def test_throttling_that_outlasts_the_client(self) -> None:
        """A chunk that the API turned away in the end is UNSENT; the run goes on, and the report counts it."""
        amili = FakeAmili([Plan(error=RateLimitedError("slower", status=429, attempts=5))])
        report = submit(amili, invoices(4), chunk_size=2, concurrency=1)
        assert counts(report) == (2, 0, 2, 0)
        assert (report.throttled, report.retries) == (1, 4)

    def test_a_batch_that_takes_too_long(self) -> None:
        """Its records are UNKNOWN, and say which batch to wait for."""
        late = BatchTimeoutError("still running", organization_id=ORGANIZATION, batch_id="b", waited_s=5)
        outcomes, report = stream(FakeAmili([Plan(batch_error=late)]), invoices(1), max_wait_s=5)
        assert counts(report) == (0, 0, 0, 1)
        assert outcomes[0].batch_id is not None
        assert str(outcomes[0].batch_id) in str(outcomes[0].problem)

    def test_outcomes_come_as_they_are_known(self) -> None:
        """A slow batch does not hold back the outcomes of a quick one; the index tells the record."""
        amili = FakeAmili([Plan(batch_s=50), Plan(batch_s=1)])
        outcomes, _ = stream(amili, invoices(4), chunk_size=2)
        assert [outcome.index for outcome in outcomes] == [2, 3, 0, 1]
        assert [outcome.key for outcome in outcomes] == ["2", "3", "0", "1"]

    def test_a_defect_costs_no_record(self) -> None:
        """An error that nobody foresaw ends the run, is raised, and leaves its records UNKNOWN."""
        amili = FakeAmili([Plan(error=ZeroDivisionError("?"))])
        with pytest.raises(BulkError, match="ZeroDivisionError") as caught:
            submit(amili, invoices(6), chunk_size=2, concurrency=1)
        assert "2 unknown" in caught.value.__notes__[0]


class TestRunsThatCannotGoOn:
    """Wrong credentials, no permission, no host."""

    def test_the_first_chunk_tells(self) -> None:
        """If no chunk gets through, the error itself is raised: one clear message."""
        refused = ForbiddenError("this client may not do that", status=403)
        amili = FakeAmili(plan_for=lambda _: Plan(error=refused))
        with pytest.raises(ForbiddenError, match="may not") as caught:
            submit(amili, invoices(1000), chunk_size=1, concurrency=3)
        assert caught.value is refused
        assert len(amili.sent) == 3

    def test_after_some_got_through_the_report_tells(self) -> None:
        """What got through is reported; the rest of what was taken is UNSENT, and the source is not read on."""
        unreached = TransportError("no route", sent=False)
        amili = FakeAmili([Plan(), Plan(error=unreached)])
        report = submit(amili, invoices(1000), chunk_size=2, concurrency=1)
        assert report.accepted == 2
        assert report.unsent == report.taken - 2
        assert 0 < report.unsent < 20
        assert report.stopped == "no route"
        assert f"Records from number {report.taken} on were not taken" in str(report)
        assert len(amili.sent) == 2

    def test_a_refusal_is_an_answer(self) -> None:
        """A chunk that was refused has reached the API, so the report tells, and not an error."""
        amili = FakeAmili(
            [Plan(error=UnprocessableError("no", status=422)), Plan(error=ForbiddenError("no", status=403))]
        )
        report = submit(amili, invoices(1000), chunk_size=2, concurrency=1)
        assert report.rejected == 2
        assert report.stopped == "no"

    def test_an_async_source_is_closed(self) -> None:
        """A source that is not read to its end is closed, whoever else still holds it."""
        closed = []

        async def endless() -> AsyncIterator[CreateInvoiceItem]:
            try:
                for number in range(1_000_000):
                    yield invoice(number)
            finally:
                closed.append(True)

        amili = FakeAmili(plan_for=lambda _: Plan(error=ForbiddenError("no", status=403)))
        source = endless()

        async def scenario() -> list[bool]:
            with pytest.raises(ForbiddenError):
                await Bulk(amili).submit_invoices(ORGANIZATION, source, chunk_size=1)
            return list(closed)

        assert run(scenario()) == [True]

    def test_the_stream_yields_all_outcomes_before_it_raises(self) -> None:
        """A reader gets the UNSENT records, and then the reason."""
        amili = FakeAmili(plan_for=lambda _: Plan(error=ForbiddenError("no", status=403)))

        async def scenario() -> tuple[list[Outcome], BulkReport]:
            seen = []
            async with Bulk(amili).stream_invoices(ORGANIZATION, invoices(6), chunk_size=2) as bulk_run:
                try:
                    async for outcome in bulk_run:
                        seen.append(outcome)  # noqa: PERF401  # the loop raises
                except ForbiddenError:
                    return seen, bulk_run.report
            pytest.fail("the reason was not raised")

        outcomes, report = run(scenario())
        assert {outcome.status for outcome in outcomes} == {UNSENT}
        assert len(outcomes) == report.unsent == report.taken


class TestInvalidRecords:
    """Records that cannot be sent."""

    RECORDS = (
        invoice(0),
        {"invoiceNumber": "1"},
        CreateInvoiceItem(original_invoice_amount=Decimal(5)),
        invoice(3, original_invoice_amount=1.5),
        invoice(4, description="x" * 1000),
        invoice(0),
        invoice(0, amount="7.00"),
        invoice(7),
        invoice(8, debtors=["Fiktiva Testesen"]),
    )

    def test_each_is_rejected_with_its_reason_while_the_rest_goes_on(self) -> None:
        """Wrong type, no key, not to be encoded, too large, repeated: refused here, with index and reason."""
        amili = FakeAmili()
        outcomes, report = stream(amili, self.RECORDS, max_chunk_bytes=900)
        problems = {outcome.index: outcome.problem or "" for outcome in outcomes if outcome.status is REJECTED}
        assert sorted(problems) == [1, 2, 3, 4, 5, 6, 8]
        assert "dict" in problems[1]
        assert "unique_source_invoice_id" in problems[2]
        assert "originalInvoiceAmount" in problems[3]
        assert "max_chunk_bytes is 900" in problems[4]
        assert "same record" in problems[5]
        assert "Another record with this key" in problems[6]
        assert "debtors" in problems[8]
        assert "Fiktiva" not in str(problems)
        assert amili.numbers() == [["0", "7"]]
        assert (report.accepted, report.rejected, report.rejected_locally) == (2, 7, 7)
        refusals = {outcome.index: outcome.refusal for outcome in outcomes if outcome.refused_here}
        assert sorted(refusals) == sorted(problems)
        assert {index for index, refusal in refusals.items() if refusal is Refusal.REPEATED} == {5}

    @pytest.mark.parametrize(("less", "status"), [(0, OutcomeStatus.ACCEPTED), (1, OutcomeStatus.REJECTED)])
    def test_a_record_that_fills_a_request_exactly_fits(self, less: int, status: OutcomeStatus) -> None:
        """The limit itself is allowed, one byte more is not."""
        body = len(codec.encode(CreateInvoicesRequest(invoices=[invoice(0)])))
        outcomes, _ = stream(FakeAmili(), [invoice(0)], max_chunk_bytes=body - less)
        assert [outcome.status for outcome in outcomes] == [status]

    def test_raise_ends_the_run_before_its_chunk_is_sent(self) -> None:
        """With `on_invalid="raise"` the first bad record ends the run; its chunk and later ones do not leave."""
        amili = FakeAmili()
        with pytest.raises(BulkError, match="record 3 is invalid"):
            submit(amili, [*invoices(3), "F-3", *invoices(9)[4:]], chunk_size=2, on_invalid="raise", concurrency=1)
        assert all(number in ("0", "1") for chunk in amili.numbers() for number in chunk)

    def test_keys_of_the_caller(self) -> None:
        """`key=` decides what is the same record; what it cannot do rejects the record."""

        def key(record: CreateInvoiceItem) -> object:
            return {"boom": 1 / 0} if record.invoice_number == "2" else record.description

        outcomes, _ = stream(
            FakeAmili(), [invoice(0, description="a"), invoice(1, description="a"), invoice(2), invoice(3)], key=key
        )
        found = {outcome.index: outcome for outcome in outcomes}
        assert (found[0].status, found[0].key) == (ACCEPTED, "a")
        assert "Another record" in str(found[1].problem)
        assert "ZeroDivisionError" in str(found[2].problem)
        assert "key=" in str(found[3].problem)

    def test_the_source_id_is_the_key_before_the_number(self) -> None:
        """Two invoices of one number are two records if the caller's own ids differ, and never share a chunk."""
        amili = FakeAmili()
        outcomes, _ = stream(
            amili,
            [invoice(1, unique_source_invoice_id="a"), invoice(1, unique_source_invoice_id="b")],
        )
        assert sorted(outcome.key or "" for outcome in outcomes) == ["a", "b"]
        assert amili.numbers() == [["1"], ["1"]]


class TestSettings:
    """Settings that make no sense are refused before anything is read."""

    @pytest.mark.parametrize(
        "setting",
        [
            {"chunk_size": 0},
            {"max_chunk_bytes": 0},
            {"concurrency": 0},
            {"concurrency": 2.0},
            {"chunk_size": 1.5},
            {"max_chunk_bytes": "1000"},
            {"max_wait_s": 0},
            {"grace_s": -1},
            {"on_invalid": "ignore"},
        ],
    )
    def test_the_setting_is_named(self, setting: dict[str, Any]) -> None:
        """The message names the setting."""
        with pytest.raises(BulkError, match=next(iter(setting))):
            submit(FakeAmili(), invoices(1), **setting)

    def test_unknown_settings_are_refused(self) -> None:
        """A setting that does not exist is an error, not ignored."""
        with pytest.raises(TypeError, match="chunksize"):
            submit(FakeAmili(), invoices(1), chunksize=10)

    def test_a_run_is_started_with_async_with_and_once(self) -> None:
        """What has not started has neither outcomes nor a report, and nothing starts twice."""

        async def scenario() -> None:
            bulk_run = Bulk(FakeAmili()).stream_invoices(ORGANIZATION, invoices(1))
            with pytest.raises(BulkError, match="async with"):
                await anext(bulk_run)
            with pytest.raises(BulkError, match="async with"):
                _ = bulk_run.report
            async with bulk_run:
                pass
            with pytest.raises(BulkError, match="already"):
                await bulk_run.__aenter__()

        run(scenario())


class TestReport:
    """What is told at the end."""

    def test_counts_and_sums_add_up(self) -> None:
        """Sent is accepted + rejected + unknown; sums are exact, by currency and outcome."""
        amili = FakeAmili([Plan(status="PARTIAL", failed=frozenset({0})), Plan(error=OutcomeUnknownError("lost"))])
        records = [
            invoice(0, amount="0.10"),
            invoice(1, amount="0.20"),
            invoice(2, amount="1000000000000.01"),
            invoice(3, amount="5", currency="EUR"),
            invoice(4, amount="7", currency=None),
        ]
        report = submit(amili, [*records, invoice(0, amount="0.10")], chunk_size=2, concurrency=1)
        assert counts(report) == (2, 2, 0, 2)
        assert report.total_sent == 6
        zero = Decimal(0)
        assert report.totals == {
            "NOK": {
                ACCEPTED: Decimal("0.20"),
                REJECTED: Decimal("0.20"),
                UNSENT: zero,
                UNKNOWN: Decimal("1000000000000.01"),
            },
            "EUR": {ACCEPTED: zero, REJECTED: zero, UNSENT: zero, UNKNOWN: Decimal(5)},
            "(none)": {ACCEPTED: Decimal(7), REJECTED: zero, UNSENT: zero, UNKNOWN: zero},
        }
        assert report.elapsed_s > 0

    def test_sums_are_exact_whatever_the_caller_rounds_to(self) -> None:
        """The precision that an application has set for its own sums is not that of the report."""
        with localcontext(prec=6):
            report = submit(FakeAmili(), [invoice(1, amount="12345678.90"), invoice(2, amount="1.11")])
        assert report.totals["NOK"][ACCEPTED] == Decimal("12345680.01")

    def test_sums_are_decimals_whatever_amounts_are(self) -> None:
        """A Decimal of the caller's own, which adds up with its like only, costs neither the sums nor the outcomes."""
        records = [invoice(number, original_invoice_amount=Money("1.50")) for number in range(3)]
        outcomes, report = stream(FakeAmili(), [*records, invoice(3, original_invoice_amount=2)])
        assert [outcome.status for outcome in outcomes] == [ACCEPTED] * 4
        total = report.totals["NOK"][ACCEPTED]
        assert (total, type(total)) == (Decimal("6.50"), Decimal)

    def test_json_holds_the_same(self) -> None:
        """`to_json` gives the counts, and sums as exact text."""
        report = submit(FakeAmili([Plan(status="FAILED")]), [invoice(0, amount="0.10")])
        data = json.loads(report.to_json())
        assert (data["total_sent"], data["rejected"], data["kind"]) == (1, 1, "invoices")
        assert data["totals"]["NOK"]["REJECTED"] == "0.10"
        assert data["problems"][0]["problem"] == report.problems[0].problem

    def test_text_is_for_people(self) -> None:
        """The text names what was not accepted, and why."""
        text = str(submit(FakeAmili([Plan(status="FAILED")]), invoices(20)))
        assert "0 accepted, 20 rejected" in text
        assert "record 0 (0) REJECTED: Amili rejected it: the due date is missing" in text
        assert "and 10 more" in text

    def test_it_does_not_grow_with_the_source(self) -> None:
        """Only the first hundred problems are kept."""
        assert len(submit(FakeAmili(), ["x"] * 1000).problems) == 100


class TestProgress:
    """The callable that is told how far a run is."""

    def test_it_ends_with_everything_done(self) -> None:
        """Counts only grow; in the end all that was taken is done."""
        told: list[Progress] = []
        submit(FakeAmili([Plan(status="FAILED")]), invoices(10), chunk_size=3, progress=told.append)
        assert [now.done for now in told] == sorted(now.done for now in told)
        assert told[-1] == Progress(done=10, accepted=7, rejected=3, unsent=0, unknown=0, in_flight=0)

    def test_its_failure_costs_no_record(self, caplog: pytest.LogCaptureFixture) -> None:
        """A callable that raises is left alone from then on, and the run goes on."""
        calls = []

        def progress(now: Progress) -> None:
            calls.append(now)
            raise RuntimeError("the terminal is gone")

        assert counts(submit(FakeAmili(), invoices(10), chunk_size=2, progress=progress)) == (10, 0, 0, 0)
        assert len(calls) == 1
        assert "progress= failed" in caplog.text


def most_within(amili: FakeAmili, seconds: float) -> int:
    """The most records that left in any stretch of so many seconds."""
    return max(
        sum(len(other.records) for other in amili.sent if first.at <= other.at < first.at + seconds)
        for first in amili.sent
    )


class TestRate:
    """`rate_limit=` holds for all that leaves."""

    def test_what_is_sent_again_counts(self) -> None:
        """Turned away without being told how long to wait, records wait for their turn like any others."""
        amili = FakeAmili(
            plan_for=lambda _: Plan(latency_s=0.001, error=RateLimitedError("no", status=429), passing=True)
        )
        submit(amili, invoices(8), chunk_size=1, rate_limit=0.2, concurrency=8)
        assert len(amili.sent) > 8
        assert most_within(amili, 4.9) == 1

    def test_nothing_is_saved_up_during_a_pause(self) -> None:
        """After a Retry-After, those who waited leave one by one."""
        throttled = RateLimitedError("slower", status=429)
        throttled.retry_after_s = 50.0
        amili = FakeAmili([Plan(error=throttled, passing=True)])
        assert submit(amili, invoices(100), chunk_size=10, rate_limit=10, concurrency=16).accepted == 100
        assert amili.sent[-1].at > 50
        assert most_within(amili, 0.95) == 10

    def test_who_waits_for_the_turn_is_unsent_at_once_when_the_run_ends(self) -> None:
        """Leaving early does not wait for turns an hour away."""

        async def scenario() -> BulkReport:
            amili = FakeAmili()
            async with Bulk(amili).stream_invoices(
                ORGANIZATION, invoices(5), chunk_size=1, concurrency=4, rate_limit=1 / 3600
            ) as bulk_run:
                await asyncio.sleep(10)
            return bulk_run.report

        report = run(scenario())
        assert counts(report) == (1, 0, 4, 0)
        assert report.elapsed_s < 20
