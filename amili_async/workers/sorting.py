"""What of a portion is new: the rest was refused, came before, or is another run's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from attrs import define, field

from amili_async.bulk.admission import REASONS, WITHOUT_ID, Recalled, Rejected
from amili_async.bulk.chunks import Entry
from amili_async.bulk.digests import KEY_BYTES, RECORD_BYTES
from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Refusal
from amili_async.bulk.register import Known
from amili_async.workers.claims import Elsewhere, claim, give_back
from amili_async.workers.counts import Counts
from amili_async.workers.database import Connection
from amili_async.workers.names import storable
from amili_async.workers.renamed import Renamed
from amili_async.workers.vault import Body

__all__ = ["Collected", "sort"]

_NOTHING: Final = bytes(RECORD_BYTES)
_CHANGED: Final = (
    "An earlier run sent this key (its id or number) with another body, and it was not rejected; correct what Amili "
    "has instead, or give it a key of its own if it is another record"
)
_REASONS: Final = {**REASONS, Known.CHANGED_SINCE: (_CHANGED, Refusal.CHANGED)}


@define
class Collected:
    """Records that are collected for the next portion.

    Attributes:
        first: Position of the first one in the source.
        admitted: What was taken from the source.
        chain: Stands for all of the source up to here.
    """

    first: int
    admitted: list[Entry | Rejected] = field(factory=list)
    chain: bytes = b""

    def add(self, admitted: Entry | Recalled | Rejected) -> None:
        """Take what the source gave next."""
        assert not isinstance(admitted, Recalled)  # noqa: S101  # for the type checker: nothing is recalled here
        self.admitted.append(admitted)
        entry = admitted if isinstance(admitted, Entry) else admitted.entry
        record = (entry.record if entry is not None else b"") or _NOTHING
        self.chain = hashlib.blake2b(self.chain + record, digest_size=RECORD_BYTES).digest()


async def sort(
    connection: Connection, scope: int, run: UUID, number: int, portion: Collected, renamed: Renamed | None
) -> tuple[list[Body], list[Outcome], Counts]:
    """What of a portion is to be sent, and what is known already.

    Args:
        connection: In a transaction.
        scope: What the records are about.
        run: Whose they are.
        number: Of the portion.
        portion: Its records.
        renamed: Finds those that are there under another key; None where keys are the caller's.
    """
    told, counts = [], Counts()

    def refuse(rejected: Rejected) -> None:
        outcome = Outcome(
            index=rejected.index,
            key=None if rejected.key is None else storable(rejected.key),
            status=OutcomeStatus.REJECTED,
            problem=rejected.problem,
            refusal=rejected.refusal,
        )
        told.append(outcome)
        counts.add(outcome, rejected.entry)

    new: dict[int, Entry] = {}
    seen: dict[bytes, bytes] = {}
    for at, admitted in enumerate(portion.admitted):
        if isinstance(admitted, Rejected):
            refuse(admitted)
            continue
        key, body = admitted.record[:KEY_BYTES], admitted.record[KEY_BYTES:]
        if key in seen:
            refuse(_refused(admitted, Known.SAME if seen[key] == body else Known.CHANGED))
            continue
        seen[key] = body
        new[at] = admitted
    claims = await claim(connection, scope, run, number, {at: entry.record for at, entry in new.items()})
    if renamed is not None:
        again = await renamed.among(
            connection, scope, {at: new[at] for at, known in claims.items() if known is Known.NEW}
        )
        if again:
            await give_back(connection, scope, number, [new[at].record[:KEY_BYTES] for at in again])
        for at in again:
            refuse(_rejected(new.pop(at), WITHOUT_ID, Refusal.CHANGED))
    links = {at: known for at, known in claims.items() if isinstance(known, Elsewhere)}
    linked = await _link(connection, run, number, [(new[at], known) for at, known in links.items()])
    bodies = []
    for at, entry in new.items():
        known = claims[at]
        if known is Known.NEW:
            bodies.append(Body(entry.index, at, storable(entry.key), entry.content))
        elif isinstance(known, Known):
            refuse(_refused(entry, known))
        elif entry.index not in linked:
            refuse(_refused(entry, Known.SAME))
    return bodies, told, counts


async def _link(connection: Connection, run: UUID, number: int, links: Sequence[tuple[Entry, Elsewhere]]) -> set[int]:
    """Tell of records what becomes of them in another run. Those of which that was said before are left out."""
    if not links:
        return set()
    cursor = await connection.execute(
        "INSERT INTO amili_link (run, portion, index, of_portion, of_at, amount, currency) "
        "SELECT %s, %s, new.* FROM unnest(%s::bigint[], %s::integer[], %s::integer[], %s::text[], %s::text[]) new "
        "ON CONFLICT DO NOTHING RETURNING index",
        (
            run,
            number,
            [entry.index for entry, _ in links],
            [there.portion for _, there in links],
            [there.at for _, there in links],
            [None if entry.amount is None else format(entry.amount, "f") for entry, _ in links],
            [None if entry.currency is None else storable(entry.currency) for entry, _ in links],
        ),
    )
    return {index for (index,) in await cursor.fetchall()}


def _refused(entry: Entry, known: Known) -> Rejected:
    return _rejected(entry, *_REASONS[known])


def _rejected(entry: Entry, problem: str, refusal: Refusal) -> Rejected:
    return Rejected(index=entry.index, key=entry.key, problem=problem, refusal=refusal, entry=entry)
