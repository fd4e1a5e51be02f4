"""Cutting records into requests."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk.chunks import Chunk, Chunker, Entry

OVERHEAD = 15


def entry(index: int, size: int, name: str | None) -> Entry:
    names = (("invoiceNumber", name),) if name is not None else ()
    return Entry(index=index, key=str(index), names=names, content=b"x" * size)


records = st.lists(st.tuples(st.integers(2, 60), st.one_of(st.none(), st.sampled_from("abcdef"))), max_size=60)


def cut(entries: list[Entry], max_records: int, max_bytes: int) -> list[Chunk]:
    chunker = Chunker(max_records=max_records, max_bytes=max_bytes, overhead=OVERHEAD)
    full = [chunk for each in entries if (chunk := chunker.add(each)) is not None]
    last = chunker.flush()
    return full if last is None else [*full, last]


def body_size(chunk: Chunk) -> int:
    return OVERHEAD + len(b",".join(each.content for each in chunk.entries))


@given(records, st.integers(1, 20), st.integers(OVERHEAD + 60, 300))
def test_chunks_hold_every_record_within_both_limits(
    given_records: list[tuple[int, str | None]], max_records: int, max_bytes: int
) -> None:
    """Chunks joined are the input in its order; none is empty, holds too many records, or has too large a body."""
    entries = [entry(index, size, name) for index, (size, name) in enumerate(given_records)]
    chunks = cut(entries, max_records, max_bytes)
    assert [each for chunk in chunks for each in chunk.entries] == entries
    assert all(1 <= len(chunk) <= max_records for chunk in chunks)
    assert all(body_size(chunk) <= max_bytes for chunk in chunks)


@given(records, st.integers(1, 20), st.integers(OVERHEAD + 60, 300))
def test_records_of_one_name_never_share_a_chunk(
    given_records: list[tuple[int, str | None]], max_records: int, max_bytes: int
) -> None:
    """Two records that an answer would call by the same name are never in one request."""
    entries = [entry(index, size, name) for index, (size, name) in enumerate(given_records)]
    for chunk in cut(entries, max_records, max_bytes):
        names = [name for each in chunk.entries for name in each.names]
        assert len(names) == len(set(names))


@given(records, st.integers(1, 20), st.integers(OVERHEAD + 60, 300))
def test_no_chunk_is_smaller_than_it_must_be(
    given_records: list[tuple[int, str | None]], max_records: int, max_bytes: int
) -> None:
    """A chunk ends only where its next record would not have fitted."""
    entries = [entry(index, size, name) for index, (size, name) in enumerate(given_records)]
    chunks = cut(entries, max_records, max_bytes)
    for chunk, after in itertools.pairwise(chunks):
        first = after.entries[0]
        names = {name for each in chunk.entries for name in each.names}
        assert (
            len(chunk) == max_records
            or body_size(chunk) + 1 + len(first.content) > max_bytes
            or not names.isdisjoint(first.names)
        )


@given(
    st.lists(st.dictionaries(st.sampled_from(["invoiceNumber", "uniqueSourceInvoiceId"]), st.sampled_from("abc"))),
    st.integers(1, 5),
)
def test_a_chunk_knows_the_names_of_its_records_and_no_others(given_names: list[dict[str, str]], most: int) -> None:
    """What an answer says under a wire name that only the next record has is nothing to the records before it."""
    entries = [
        Entry(index=index, key=str(index), names=tuple(names.items()), content=b"{}")
        for index, names in enumerate(given_names)
    ]
    for chunk in cut(entries, most, 1000):
        assert chunk.places_of_names() == Chunk(entries=chunk.entries).places_of_names()


def test_nothing_personal_is_shown_of_a_record() -> None:
    """Neither `repr` nor Rich, which has a way of its own, shows the body or what stands for it."""
    shown = Entry(index=7, key="k", names=(("invoiceNumber", "7"),), content=b"Testesen", record=b"digest")
    assert repr(shown) == "Entry(index=7, key='k', names=(('invoiceNumber', '7'),))"
    assert shown.__rich_repr__() == [("index", 7), ("key", "k"), ("names", (("invoiceNumber", "7"),))]


def test_flushing_nothing_gives_nothing() -> None:
    """An empty source makes no request."""
    assert Chunker(max_records=1, max_bytes=100, overhead=OVERHEAD).flush() is None
