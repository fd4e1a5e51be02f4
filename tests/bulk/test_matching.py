"""What the final state of a batch says of its records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async import codec
from amili_async.bulk.chunks import Chunk, Chunker, Entry
from amili_async.bulk.matching import accepted, all_accepted, match
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.plain_batches import PlainBatch
from amili_async.models.collection import Batch, BatchItem, BatchStatus, BatchStatusDetail, BatchStatusError

ACCEPTED, REJECTED, UNKNOWN = OutcomeStatus.ACCEPTED, OutcomeStatus.REJECTED, OutcomeStatus.UNKNOWN
BATCH = UUID(int=1, version=4)
INVOICE = UUID(int=2, version=4)


def chunk_of(count: int) -> Chunk:
    return Chunk(
        entries=[
            Entry(
                index=100 + at,
                key=f"key-{at}",
                names=(("invoiceNumber", f"F-{at}"), ("uniqueSourceInvoiceId", f"erp-{at}")),
                content=b"{}",
            )
            for at in range(count)
        ]
    )


def item(number: str | None = None, **extra: Any) -> BatchItem:
    return BatchItem(invoice_number=number, additional_properties=extra)


def outcomes(batch: Batch, count: int = 3) -> list[Outcome]:
    """What comes of a batch, which has to be the same whether its items are models or plain values."""
    found = match(batch, BATCH, chunk_of(count), clean=lambda entry, text: text)
    assert told_of(plain(batch), chunk_of(count)) == found
    return found


def told_of(batch: PlainBatch, chunk: Chunk) -> list[Outcome]:
    """The same of plain values. What is seen at a glance, if it is, has to be what the closer look finds."""
    told = match(batch, BATCH, chunk, clean=lambda entry, text: text)
    seen = all_accepted(batch, chunk)
    if seen is not None:
        assert [accepted(entry, each, BATCH) for entry, each in zip(chunk.entries, seen, strict=True)] == told
    return told


def plain(batch: Batch) -> PlainBatch:
    """A batch as the engine reads it."""
    return PlainBatch(
        status=batch.status,
        succeeded=codec.unstructure(batch.succeeded),
        failed=codec.unstructure(batch.failed),
        additional_properties=batch.additional_properties,
    )


def statuses(batch: Batch, count: int = 3) -> list[OutcomeStatus]:
    return [outcome.status for outcome in outcomes(batch, count)]


def batch_of(
    status: str | BatchStatusDetail | None,
    good: list[BatchItem] | None = None,
    bad: list[BatchItem | None] | None = None,
    **extra: Any,
) -> Batch:
    return Batch(
        status=BatchStatus(status) if isinstance(status, str) else status,
        succeeded=good,
        failed=bad,
        additional_properties=extra,
    )


class TestWholeBatches:
    """SUCCESS and FAILED speak for all records."""

    @pytest.mark.parametrize("good", [None, [], [BatchItem()], [item("F-0")]])
    def test_success_accepts_all(self, good: list[BatchItem] | None) -> None:
        """After SUCCESS every record is ACCEPTED, however little the answer lists."""
        assert statuses(batch_of("SUCCESS", good, [None])) == [ACCEPTED] * 3

    def test_failed_rejects_all(self) -> None:
        """After FAILED every record is REJECTED, and says so where the answer gives no reason."""
        found = outcomes(batch_of("FAILED"))
        assert [outcome.status for outcome in found] == [REJECTED] * 3
        assert all(outcome.problem is not None and "FAILED" in outcome.problem for outcome in found)

    def test_the_reason_of_a_failed_batch_reaches_its_records(self) -> None:
        """A reason that is given for the batch goes to records that have none of their own."""
        batch = batch_of("FAILED", None, [item("F-1", message="no debtor")], errors=[{"message": "no agreement"}])
        assert [outcome.problem for outcome in outcomes(batch)] == [
            "Amili rejected it: no agreement",
            "Amili rejected it: no debtor",
            "Amili rejected it: no agreement",
        ]

    def test_ids_come_from_the_answer(self) -> None:
        """A record has the ids that the answer holds of it; others have none."""
        listed = BatchItem(invoice_number="F-1", invoice_id=INVOICE, case_id="4711")
        found = outcomes(batch_of("SUCCESS", [listed]))
        assert (found[1].invoice_id, found[1].case_id) == (INVOICE, "4711")
        assert (found[0].invoice_id, found[0].case_id) == (None, None)
        assert {outcome.batch_id for outcome in found} == {BATCH}
        assert [outcome.index for outcome in found] == [100, 101, 102]


class TestPartial:
    """PARTIAL speaks only for the records it names."""

    def test_by_invoice_number(self) -> None:
        """Each record is where its number is listed; one that is listed nowhere is UNKNOWN."""
        found = outcomes(batch_of("PARTIAL", [item("F-2")], [item("F-0", message="too old")]))
        assert [outcome.status for outcome in found] == [REJECTED, UNKNOWN, ACCEPTED]
        assert found[0].problem == "Amili rejected it: too old"
        assert found[1].problem is not None
        assert "look it up" in found[1].problem
        assert found[2].problem is None

    def test_by_source_id(self) -> None:
        """The caller's own id serves as well as the number, also in fields that the spec does not name."""
        batch = batch_of("PARTIAL", [item(uniqueSourceInvoiceId="erp-0")], [item(uniqueSourceInvoiceId="erp-2")])
        assert statuses(batch) == [ACCEPTED, UNKNOWN, REJECTED]

    def test_a_trimmed_number_is_the_same_number(self) -> None:
        """Blanks around a number do not hide the record."""
        assert statuses(batch_of("PARTIAL", [item(" F-1 ")])) == [UNKNOWN, ACCEPTED, UNKNOWN]

    def test_a_record_on_both_sides_is_unknown(self) -> None:
        """What contradicts itself is not believed."""
        assert statuses(batch_of("PARTIAL", [item("F-0"), item("F-1")], [item("F-0")]))[:2] == [UNKNOWN, ACCEPTED]

    @pytest.mark.parametrize("status", ["SUCCESS", "FAILED"])
    def test_both_sides_are_not_believed_in_whole_batches_either(self, status: str) -> None:
        """Also where the status speaks for all, a record that is on both sides is UNKNOWN."""
        assert statuses(batch_of(status, [item("F-0")], [item("F-0")]))[0] is UNKNOWN

    def test_an_item_of_another_name_says_nothing_by_its_index(self) -> None:
        """An index beside a number that is none of ours is not believed."""
        assert statuses(batch_of("PARTIAL", None, [item("F-9", index=0)])) == [UNKNOWN] * 3

    def test_names_of_two_records_in_one_item_say_nothing(self) -> None:
        """An item that names one record's number and another's id is not taken for either."""
        assert statuses(batch_of("PARTIAL", None, [item("F-0", uniqueSourceInvoiceId="erp-1")])) == [UNKNOWN] * 3


class TestIndexes:
    """Whether indexes count from 0 or 1 is not documented, so the rest of the answer has to tell."""

    def test_zero_shows_that_they_count_from_zero(self) -> None:
        """An index 0 exists only if the first is 0."""
        assert statuses(batch_of("PARTIAL", None, [item(index=0), item(index=1)])) == [REJECTED, REJECTED, UNKNOWN]

    def test_the_length_shows_that_they_count_from_one(self) -> None:
        """An index as large as the chunk exists only if the first is 1."""
        assert statuses(batch_of("PARTIAL", None, [item(objectindex=3)])) == [UNKNOWN, UNKNOWN, REJECTED]

    def test_the_index_may_stand_in_the_errors(self) -> None:
        """An item whose errors all give one index is that record; one whose errors differ is nobody."""
        at_0 = item(errors=[{"objectindex": 0, "message": "a"}, {"objectindex": 0, "message": "b"}])
        assert statuses(batch_of("PARTIAL", None, [at_0])) == [REJECTED, UNKNOWN, UNKNOWN]
        both = item(errors=[{"objectindex": 0}, {"objectindex": 1}])
        assert statuses(batch_of("PARTIAL", None, [both])) == [UNKNOWN] * 3

    def test_numbers_beside_them_show_how_they_count(self) -> None:
        """Items that have both a number and an index settle it for those that have the index only."""
        assert statuses(batch_of("PARTIAL", [item("F-0", index=1)], [item(index=2)])) == [ACCEPTED, REJECTED, UNKNOWN]

    def test_the_other_side_shows_how_they_count(self) -> None:
        """An index that would fall on a record of the other side is not counted that way."""
        assert statuses(batch_of("PARTIAL", [item("F-1"), item("F-2")], [item(index=1)])) == [
            REJECTED,
            ACCEPTED,
            ACCEPTED,
        ]

    def test_what_may_be_either_is_unknown(self) -> None:
        """Where both ways of counting fit, the index is not used: it could reject an accepted record."""
        assert statuses(batch_of("PARTIAL", None, [item(index=1)])) == [UNKNOWN] * 3

    def test_what_can_be_neither_is_unknown(self) -> None:
        """Indexes that fit no way of counting are not used."""
        assert statuses(batch_of("PARTIAL", None, [item(index=0), item(index=3)])) == [UNKNOWN] * 3


class TestContradictions:
    """An answer that contradicts its own status is not believed where it does."""

    def test_a_failure_in_a_success(self) -> None:
        """A record that a SUCCESS lists as failed is UNKNOWN."""
        assert statuses(batch_of("SUCCESS", None, [item("F-1")])) == [ACCEPTED, UNKNOWN, ACCEPTED]

    def test_a_nameless_failure_in_a_success(self) -> None:
        """A failure that could be anybody's makes all UNKNOWN that are not listed as succeeded."""
        assert statuses(batch_of("SUCCESS", [item("F-0")], [item(message="?")])) == [ACCEPTED, UNKNOWN, UNKNOWN]

    def test_a_success_in_a_failure(self) -> None:
        """A record that a FAILED batch lists as succeeded is UNKNOWN."""
        assert statuses(batch_of("FAILED", [item("F-1")])) == [REJECTED, UNKNOWN, REJECTED]

    def test_a_nameless_success_in_a_failure(self) -> None:
        """A success that could be anybody's makes all UNKNOWN that are not listed as failed."""
        assert statuses(batch_of("FAILED", [item(ledgerref="1")], [item("F-0")])) == [REJECTED, UNKNOWN, UNKNOWN]


class TestOtherStatuses:
    """A final state that is not known speaks only for the records it names."""

    @pytest.mark.parametrize("status", [None, "CANCELLED", BatchStatusDetail(statuscode=0)])
    def test_unknown_unless_named(self, status: str | BatchStatusDetail | None) -> None:
        """Named records are believed, the others are UNKNOWN."""
        assert statuses(batch_of(status, [item("F-0")], [item("F-1")])) == [ACCEPTED, REJECTED, UNKNOWN]

    def test_errors_of_the_2025_09_status(self) -> None:
        """The status object of 2025-09 lists errors by index; they reject, with their text."""
        detail = BatchStatusDetail(
            statuscode=1, errors=[BatchStatusError(objectname="invoices", objectindex=0, message="no due date")]
        )
        found = outcomes(batch_of(detail, [item("F-1"), item("F-2")]))
        assert [outcome.status for outcome in found] == [REJECTED, ACCEPTED, ACCEPTED]
        assert found[0].problem == "Amili rejected it: no due date"


class TestPlainItems:
    """The engine reads items as plain values, of which less is certain."""

    def test_nearly_every_answer_is_settled_at_a_glance(self) -> None:
        """An answer that names each record once, in any order, and nothing else needs no closer look."""
        listed = [item("F-2"), item("F-0", uniqueSourceInvoiceId="erp-0"), item(uniqueSourceInvoiceId="erp-1")]
        found = all_accepted(plain(batch_of("SUCCESS", listed)), chunk_of(3))
        assert found is not None
        assert [each.get("invoiceNumber") for each in found] == ["F-0", None, "F-2"]

    @pytest.mark.parametrize(
        ("status", "good", "bad"),
        [
            ("FAILED", [item("F-0"), item("F-1")], None),
            ("SUCCESS", [item("F-0"), item("F-1")], [item("F-1")]),
            ("SUCCESS", [item("F-0")], None),
            ("SUCCESS", [item("F-0"), item("F-0")], None),
            ("SUCCESS", [item("F-0"), item("F-1"), item("F-1")], None),
            ("SUCCESS", [item("F-0"), item("F-9")], None),
            ("SUCCESS", [item("F-0"), item("F-1", uniqueSourceInvoiceId="erp-0")], None),
            ("SUCCESS", [item("F-0"), BatchItem()], None),
            (BatchStatusDetail(statuscode=0), [item("F-0"), item("F-1")], None),
        ],
    )
    def test_others_get_a_closer_look(
        self, status: str | BatchStatusDetail, good: list[BatchItem], bad: list[BatchItem | None] | None
    ) -> None:
        """What is left out, said twice, or contradicted is nothing for a glance."""
        assert all_accepted(plain(batch_of(status, good, bad)), chunk_of(2)) is None

    def test_what_is_no_object_names_nobody(self) -> None:
        """Texts and numbers in place of items do not say whose they are: a failure among them leaves all UNKNOWN."""
        batch = PlainBatch(status=BatchStatus.PARTIAL, succeeded=["F-0", item("F-2"), None], failed=[17])
        told = told_of(batch, chunk_of(3))
        assert [outcome.status for outcome in told] == [UNKNOWN, UNKNOWN, ACCEPTED]
        batch = PlainBatch(status=BatchStatus.SUCCESS, succeeded=["F-0"], failed=[17])
        told = told_of(batch, chunk_of(3))
        assert {outcome.status for outcome in told} == {UNKNOWN}

    def test_a_name_that_none_of_the_records_gave_says_nothing(self) -> None:
        """A number that the server gave is no contradiction, also where the next record has one of its own."""
        chunker = Chunker(max_records=9, max_bytes=1000, overhead=0)
        chunker.add(Entry(index=0, key="S", names=(("uniqueSourceInvoiceId", "S"),), content=b"{}"))
        names = (("invoiceNumber", "1"), ("uniqueSourceInvoiceId", "S"))
        chunk = chunker.add(Entry(index=1, key="T", names=names, content=b"{}"))
        assert chunk is not None
        batch = PlainBatch(
            status=BatchStatus.PARTIAL, succeeded=[{"uniqueSourceInvoiceId": "S", "invoiceNumber": "A-17"}]
        )
        told = told_of(batch, chunk)
        assert [outcome.status for outcome in told] == [ACCEPTED]

    @pytest.mark.parametrize("wire", ["invoiceNumber", "uniqueSourceInvoiceId"])
    def test_a_number_is_no_name(self, wire: str) -> None:
        """It may have lost zeros in front: taken for a name, it could accept the record that was rejected."""
        chunk = Chunk(
            entries=[
                Entry(index=at, key=name, names=((wire, name),), content=b"{}")
                for at, name in enumerate(["17", "0017"])
            ]
        )
        batch = PlainBatch(status=BatchStatus.PARTIAL, succeeded=[{wire: 17}], failed=[{"message": "?"}])
        told = told_of(batch, chunk)
        assert [outcome.status for outcome in told] == [UNKNOWN, UNKNOWN]

    @pytest.mark.parametrize("spelling", [str(INVOICE), str(INVOICE).upper(), INVOICE.hex])
    def test_an_id_is_known_in_any_spelling(self, spelling: str) -> None:
        """Payments are known by the id of their invoice, which a server may write in capitals or without hyphens."""
        payment = Entry(index=0, key="k", names=(("invoiceId", str(INVOICE)),), content=b"{}")
        batch = PlainBatch(status=BatchStatus.PARTIAL, succeeded=[{"invoiceId": spelling}])
        told = told_of(batch, Chunk(entries=[payment]))
        assert [(outcome.status, outcome.invoice_id) for outcome in told] == [(ACCEPTED, INVOICE)]

    def test_ids_of_another_shape_cost_nothing_but_themselves(self) -> None:
        """An id that is no UUID, or a number where a text should be, is left out; the record was accepted."""
        listed = [{"invoiceNumber": "F-0", "invoiceId": "17", "caseId": 17}]
        told = told_of(PlainBatch(status=BatchStatus.SUCCESS, succeeded=listed), chunk_of(1))
        assert [(each.status, each.invoice_id, each.case_id) for each in told] == [(ACCEPTED, None, None)]


items = st.builds(
    BatchItem,
    invoice_number=st.one_of(st.none(), st.sampled_from(["F-0", "F-1", "F-2", "F-3", "F-9"])),
    additional_properties=st.dictionaries(
        st.sampled_from(["index", "objectindex", "uniqueSourceInvoiceId", "message"]),
        st.one_of(st.none(), st.integers(-1, 5), st.sampled_from(["erp-0", "erp-1", "x"])),
    ),
)


@given(
    st.sampled_from(["SUCCESS", "PARTIAL", "FAILED", "QUEUED", "NEW", None]),
    st.one_of(st.none(), st.lists(items, max_size=6)),
    st.one_of(st.none(), st.lists(st.one_of(st.none(), items), max_size=6)),
    st.integers(1, 4),
)
def test_every_record_has_exactly_one_outcome(
    status: str | None, good: list[BatchItem] | None, bad: list[BatchItem | None] | None, count: int
) -> None:
    """Whatever an answer holds, each record ends once, in order; and never against what the answer says of it."""
    found = outcomes(batch_of(status, good, bad), count)
    assert [outcome.index for outcome in found] == [100 + at for at in range(count)]
    assert {outcome.status for outcome in found} <= {ACCEPTED, REJECTED, UNKNOWN}
    good_numbers = {each.invoice_number for each in good or []}
    bad_numbers = {each.invoice_number for each in bad or [] if each is not None}
    for at, outcome in enumerate(found):
        assert (outcome.problem is None) == (outcome.status is ACCEPTED)
        if outcome.status is ACCEPTED:
            assert status != "FAILED"
            assert f"F-{at}" not in bad_numbers or _other_id(bad, at)
        if outcome.status is REJECTED:
            assert status != "SUCCESS"
            assert f"F-{at}" not in good_numbers or _other_id(good, at)
        if outcome.status is ACCEPTED and status != "SUCCESS":
            assert good


def _other_id(listed: Any, at: int) -> bool:
    """Whether an item with this record's number names another record as well, so that it says nothing."""
    return any(
        each is not None
        and each.invoice_number == f"F-{at}"
        and each.additional_properties.get("uniqueSourceInvoiceId") not in (None, f"erp-{at}")
        for each in listed or []
    )
