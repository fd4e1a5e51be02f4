"""Reading and writing a page of invoices, and a CreateInvoices body."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from benchmarks import sample
from benchmarks.contenders import Codec, ours
from benchmarks.measure import rounds, timed
from benchmarks.report import Section, Target, section

__all__ = ["measure", "request_text", "targets"]

_PYDANTIC = "pydantic v2"
_BODIES = 5
"""Bodies written at a time: one alone is too short a time to measure."""
_FRESH = "Each round reads anew what it then writes: how values lie in memory makes a third of a difference."
_NOTES = (
    "Amounts: amili-async and msgspec keep every digit, pydantic those that a float has; the other two use floats.",
    "Unknown fields: amili-async, pydantic (extra=allow) and openapi-python-client keep them, the others drop them.",
    "pydantic writes a Decimal as text, which the API does not take, unless told otherwise: a row of its own.",
)


def request_text(invoices: int) -> bytes:
    """A CreateInvoices body."""
    return msgspec.json.Encoder(decimal_format="number").encode(sample.request(invoices))


def measure(codecs: Sequence[Codec], *, invoices: int, count: int, rng: random.Random) -> Iterator[Section]:
    """Let all codecs read and write the same."""
    page, body = sample.page(invoices), request_text(max(1, invoices // _BODIES))

    def take_part(key: str, title: str, runs: Mapping[str, Callable[[], float]], notes: tuple[str, ...]) -> Section:
        samples = rounds(runs, count, rng)
        return section(key, title, samples, unit="ms", base=_PYDANTIC, more_is_better=False, scale=1000, notes=notes)

    readers = {codec.name: partial(timed, partial(codec.read_page, page)) for codec in codecs if not codec.writes_only}
    yield take_part("decode", f"Read a page of {invoices:,} invoices ({len(page) / 1e6:.1f} MB)", readers, _NOTES)
    writers = {codec.name: partial(_written, codec.read_page, page, codec.write_page) for codec in codecs}
    yield take_part("encode", f"Write a page of {invoices:,} invoices", writers, (_FRESH,))
    body_writers = {codec.name: partial(_written, codec.read_body, body, _repeated(codec)) for codec in codecs}
    title = f"Write {_BODIES} CreateInvoices bodies of {max(1, invoices // _BODIES):,} invoices"
    yield take_part("encode body", title, body_writers, (_FRESH,))
    # What the documentation hid: one field more, in each invoice, claim, debtor and address.
    unseen = page.replace(b'"currency":', b'"unseen":"x","currency":').replace(b'"street":', b'"unseen":1,"street":')
    readers = {
        codec.name: partial(timed, partial(codec.read_page, unseen)) for codec in codecs if not codec.writes_only
    }
    title = "Read the same page with fields that the spec does not name"
    yield take_part("decode unseen", title, readers, ("An unknown field in each invoice, claim and address.",))


def _written(read: Callable[[bytes], object], data: bytes, write: Callable[[Any], object]) -> float:
    """Seconds for writing what was read just now.

    Read anew each time, since it matters by a third where in memory the values lie: those of a contender who read them
    first of all, when the heap was full of holes, are scattered.
    """
    model = read(data)
    return timed(lambda: write(model))


def _repeated(codec: Codec) -> Callable[[Any], None]:
    def write(model: Any) -> None:
        for _ in range(_BODIES):
            codec.write_body(model)

    return write


def targets(sections: dict[str, Section]) -> list[Target]:
    """The design's limits."""
    texts = {
        "decode": "Read a page, to pydantic v2",
        "encode": "Write a page, to pydantic v2",
        "encode body": "Write a CreateInvoices body, to pydantic v2",
    }
    return [
        Target(what=what, value=sections[key].ratio(ours.NAME) if key in sections else None, limit=0.9, at_least=False)
        for key, what in texts.items()
    ]
