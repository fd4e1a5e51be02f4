"""From the final state of a batch to what became of each of its records: pure.

The answer is believed only as far as it goes. A record that it does not name, names on both sides, or names against its
own status is UNKNOWN: to call a record REJECTED that was accepted is to have somebody dunned twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from attrs import define, field, has

from amili_async import codec
from amili_async.bulk.chunks import Chunk, Entry
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.reasons import reason_in, wire_fields
from amili_async.errors import DecodeError

__all__ = ["FinalBatch", "accepted", "all_accepted", "match"]

# Position of a record in the request, where an answer gives it. Whether it counts from 0 or 1 is not documented.
_INDEX_NAMES = ("objectindex", "objectIndex", "index")
_BASES = (0, 1)
_INVOICE_ID = "invoiceId"
_NO_HIT = frozenset({None})
_INDEXED = frozenset((*_INDEX_NAMES, "errors"))


class FinalBatch(Protocol):
    """What is read of a batch."""

    @property
    def status(self) -> Any:
        """SUCCESS, PARTIAL, FAILED; something new; or the object of the 2025-09 API."""
        ...

    @property
    def succeeded(self) -> Sequence[Any] | None:
        """Items that went well."""
        ...

    @property
    def failed(self) -> Sequence[Any] | None:
        """Items that did not."""
        ...

    @property
    def additional_properties(self) -> Mapping[str, Any]:
        """Fields that the spec does not name."""
        ...


@define(eq=False)
class _Item:
    """One item of an answer: which side it is on, what it holds, and the record it names, if that is certain."""

    good: bool
    found: Mapping[str, Any] = field(repr=False)
    position: int | None
    index: int | None


def all_accepted(batch: FinalBatch, chunk: Chunk) -> list[Mapping[str, Any]] | None:
    """What the answer holds of each record, in the chunk's order, if it is as it nearly always is.

    That is: it names each record once, among the succeeded, and says nothing else. `match` says the same of such an
    answer, in five times the time.

    Returns:
        None if it is another answer; `match` has to look at it.
    """
    listed, status = batch.succeeded, batch.status
    if not isinstance(status, str) or status == "FAILED" or batch.failed or len(listed or ()) != len(chunk):
        return None
    places = tuple(chunk.places_of_names().items())
    found: list[Any] = [None] * len(chunk)
    for item in listed or ():
        if item.__class__ is not dict:
            return None
        at = None
        for wire, by_name in places:
            name = item.get(wire)
            if name is None:
                continue
            place = by_name.get(name) if name.__class__ is str else None
            if place is None or (at is not None and at != place):
                return None
            at = place
        if at is None or found[at] is not None:
            return None
        found[at] = item
    return found


def accepted(entry: Entry, item: Mapping[str, Any], batch_id: UUID | None) -> Outcome:
    """The outcome of a record that `all_accepted` has found: what `match` says of it, without looking for it.

    Args:
        entry: The record.
        item: What the answer holds of it.
        batch_id: The batch it was sent in.
    """
    case_id = item.get("caseId")
    return Outcome(
        index=entry.index,
        key=entry.key,
        status=OutcomeStatus.ACCEPTED,
        batch_id=batch_id,
        invoice_id=_uuid_in(item.get(_INVOICE_ID)),
        case_id=case_id if isinstance(case_id, str) else None,
    )


def match(
    batch: FinalBatch, batch_id: UUID | None, chunk: Chunk, *, clean: Callable[[Entry, str], str]
) -> list[Outcome]:
    """Say what became of each record of a chunk, in the chunk's order.

    Args:
        batch: The final batch.
        batch_id: Its id.
        chunk: The records it was made of.
        clean: Makes a server's text about a record fit to be shown.
    """
    status = batch.status if isinstance(batch.status, str) else None
    items = _placed(list(_items(batch, chunk)), len(chunk))
    sides: list[list[_Item]] = [[] for _ in chunk.entries]
    stray = {True: False, False: False}
    for item in items:
        if item.position is None:
            stray[item.good] = True
        else:
            sides[item.position].append(item)
    overall = reason_in(batch.additional_properties) if status == "FAILED" else None
    outcomes = []
    for entry, named in zip(chunk.entries, sides, strict=True):
        verdict, why = _verdict(status, named, stray)
        if verdict is OutcomeStatus.REJECTED:
            told = next(filter(None, (reason_in(item.found) for item in named)), overall)
            why = f"Amili rejected it: {clean(entry, told)}" if told else why
        elif verdict is OutcomeStatus.UNKNOWN:
            why = f"{why}; look it up before sending it again"
        outcomes.append(_outcome(entry, verdict, [item.found for item in named], batch_id, why))
    return outcomes


def _outcome(
    entry: Entry,
    status: OutcomeStatus,
    items: Sequence[Mapping[str, Any]],
    batch_id: UUID | None,
    problem: str | None = None,
) -> Outcome:
    invoice_ids = (_uuid_in(item.get(_INVOICE_ID)) for item in items)
    case_ids = (case_id for item in items if isinstance(case_id := item.get("caseId"), str))
    return Outcome(
        index=entry.index,
        key=entry.key,
        status=status,
        batch_id=batch_id,
        invoice_id=next(filter(None, invoice_ids), None),
        case_id=next(case_ids, None),
        problem=problem,
    )


def _verdict(
    status: str | None, named: Sequence[_Item], stray: Mapping[bool, bool]
) -> tuple[OutcomeStatus, str | None]:
    if len(named) == 1 and named[0].good and status != "FAILED":
        return OutcomeStatus.ACCEPTED, None  # nearly all of them
    sides = {item.good for item in named}
    if len(sides) == 2:
        return OutcomeStatus.UNKNOWN, "The batch names it both among the succeeded and the failed"
    if sides == {True}:
        if status == "FAILED":
            return OutcomeStatus.UNKNOWN, "The batch is FAILED, and yet names it among the succeeded"
        return OutcomeStatus.ACCEPTED, None
    if sides == {False}:
        if status == "SUCCESS":
            return OutcomeStatus.UNKNOWN, "The batch is a SUCCESS, and yet names it among the failed"
        return OutcomeStatus.REJECTED, "Amili rejected it and gave no reason"
    if status == "SUCCESS":
        if stray[False]:
            return (
                OutcomeStatus.UNKNOWN,
                "The batch is a SUCCESS, and yet lists a failure without saying of which record",
            )
        return OutcomeStatus.ACCEPTED, None
    if status == "FAILED":
        if stray[True]:
            return OutcomeStatus.UNKNOWN, "The batch is FAILED, and yet lists a success without saying of which record"
        return OutcomeStatus.REJECTED, "Amili rejected the whole batch (FAILED) and gave no reason"
    shown = status if status is not None else "without a status that is known"
    return OutcomeStatus.UNKNOWN, f"The batch is {shown} and does not say what became of this record"


def _items(batch: FinalBatch, chunk: Chunk) -> Iterator[_Item]:
    places = chunk.places_of_names()
    # Errors of the 2025-09 status object say what failed; its `responses` do not say that they went well.
    detail = getattr(batch.status, "errors", None)
    for good, listed in ((True, batch.succeeded), (False, batch.failed), (False, detail)):
        for item in listed or ():
            found = _found_in(item)
            hits: set[int | None] = set()
            for wire, by_name in places.items():
                name = found.get(wire)
                if name is not None:
                    text = _name(wire, name)
                    hits.add(None if text is None else by_name.get(text))
            if hits <= _NO_HIT and not any(value not in (None, "", [], {}) for value in found.values()):
                continue  # null and {} stand for shapes the documentation does not expand: they say nothing
            index = _index_in(found)
            if not hits:
                yield _Item(good=good, found=found, position=None, index=index)
            else:
                # All its names must stand for one record of ours; where they do not, its index proves nothing either.
                position = hits.pop() if len(hits) == 1 else None
                yield _Item(good=good, found=found, position=position, index=None if position is None else index)


def _index_in(found: Mapping[str, Any]) -> int | None:
    """The position that an item gives, itself or in all of its errors alike."""
    if _INDEXED.isdisjoint(found):
        return None
    errors = found.get("errors")
    places = (
        [found, *(error for error in errors if isinstance(error, Mapping))] if isinstance(errors, list) else [found]
    )
    given = {place[name] for place in places for name in _INDEX_NAMES if type(place.get(name)) is int}
    return given.pop() if len(given) == 1 else None


def _placed(items: list[_Item], size: int) -> list[_Item]:
    """Place the items that are known by their index only.

    Indexes count if just one way of counting fits everything else the answer says; else the item stays unplaced.
    """
    if not any(item.index is not None and item.position is None for item in items):
        return items
    bases = [base for base in _BASES if _fits(items, size, base)]
    if len(bases) != 1:
        return items
    base = bases[0]
    return [
        _Item(item.good, item.found, item.index - base, item.index)
        if item.position is None and item.index is not None
        else item
        for item in items
    ]


def _fits(items: Sequence[_Item], size: int, base: int) -> bool:
    named = {(item.position, item.good) for item in items if item.position is not None}
    for item in items:
        if item.index is None:
            continue
        at = item.index - base
        if not 0 <= at < size:
            return False
        if item.position is not None and item.position != at:
            return False
        if item.position is None and (at, not item.good) in named:
            return False
    return True


def _found_in(item: Any) -> Mapping[str, Any]:
    """What an item holds, by wire name; items of other shapes than an object hold something without a name."""
    if item is None:
        return {}
    if isinstance(item, Mapping):
        return item
    return wire_fields(item) if has(type(item)) else {"": item}


def _name(wire: str, value: Any) -> str | None:
    """A value as records are named; None if it cannot be a name. A number is none: 17 may have been 0017."""
    if wire == _INVOICE_ID:
        value = str(_uuid_in(value) or value)
    return value.strip() if isinstance(value, str) else None


def _uuid_in(value: Any) -> UUID | None:
    if value is None or isinstance(value, UUID):
        return value
    try:
        return codec.structure(value, UUID)
    except DecodeError:
        return None
