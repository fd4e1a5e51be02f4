"""Finding out what became of a chunk whose request or answer was lost, before anything is sent again.

1. The batch is looked up by the idempotency key. Found: it is followed like any other.
2. Not found, and the look-up has been seen to work, and the settling time has passed, and no record of the chunk shows
   a sign of having arrived: the chunk never arrived, and goes again with the same key. It goes as well if the user has
   said that the API honours the key (`trust_idempotency_key`), and the key is not so old that it may be forgotten.
3. Else each invoice is looked up by the creditor's own id of it. Found: accepted.
4. What is open still is UNKNOWN. It stays open in the journal, so another run asks again.
"""

from __future__ import annotations

import asyncio
from typing import Final
from uuid import UUID

from amili_async.bulk.chunks import Entry
from amili_async.bulk.courier import Courier, End
from amili_async.bulk.desk import Desk
from amili_async.bulk.flight import Flight, Stage
from amili_async.bulk.kinds import Kind
from amili_async.bulk.lookups import LookUps, Word
from amili_async.bulk.memory import KeyMemory
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.clock import Clock
from amili_async.errors import AmiliError

__all__ = ["Resolver"]

_MOST_ROUNDS: Final = 5
_ASK_AGAIN_S: Final = 1.0
_INVOICES_AT_A_TIME: Final = 8


class Resolver:
    """Resolves the unclear chunks of one run.

    Args:
        clock: The client's.
        kind: What the records are.
        desk: Keeps the chunks.
        courier: Sends them again.
        lookups: Asks.
        memory: Says for how long a key can be relied on.
        settle_s: How long a request may be on its way.
    """

    def __init__(
        self,
        clock: Clock,
        kind: Kind,
        *,
        desk: Desk,
        courier: Courier,
        lookups: LookUps,
        memory: KeyMemory,
        settle_s: float,
    ) -> None:
        self._clock = clock
        self._kind = kind
        self._desk = desk
        self._courier = courier
        self._lookups = lookups
        self._memory = memory
        self._settle_s = settle_s
        self._ready = asyncio.Event()

    def hurry(self) -> None:
        """There is a batch to try the look-up on now; or there will be none."""
        self._ready.set()

    async def resolve(self, flight: Flight) -> Flight | None:
        """Find out, and send again what certainly or by the user's word may be. Returns a chunk that is OPEN now."""
        for _ in range(_MOST_ROUNDS):
            on_trust = self._memory.vouches(flight)  # asked once: it may end while the look-up is under way
            word = await self._look_up(flight, settled=not on_trust)
            if isinstance(word, UUID):
                self._desk.tally.resolved += len(flight.entries)
                self._desk.opened(flight, word, found=True)
                return flight
            told = 0
            if on_trust:
                # Its denial was not waited for, so it proves nothing: the chunk stays unclear whatever comes now.
                if self._desk.stopped is not None:
                    break
            else:
                never_arrived = word is Word.NONE and await self._never_arrived(flight)
                if never_arrived is None:
                    await self._clock.sleep(_ASK_AGAIN_S)
                    continue
                if not never_arrived:
                    break
                told = len(flight.entries)
                flight = self._to_go_again(flight)
            end = await self._courier.send(flight)
            if end is not End.UNCLEAR:
                self._desk.tally.resolved += told
                return flight if end is End.OPEN else None
        await self._by_invoice(flight)
        return None

    async def batch_is_gone(self, flight: Flight, problem: str) -> None:
        """The API accepted a chunk and does not know its batch any more: only its invoices can tell."""
        flight.unclear = problem
        await self._by_invoice(flight)

    def _to_go_again(self, flight: Flight) -> Flight:
        flight.unclear, flight.stage = None, Stage.CUT
        return flight if flight.whole else self._desk.recut(flight)

    async def _look_up(self, flight: Flight, *, settled: bool) -> UUID | Word:
        """The chunk's batch; if `settled`, after the time in which it may still turn up."""
        assert flight.key is not None  # noqa: S101  # for the type checker: it was sent
        word = await self._lookups.batch_of(flight.key)
        if isinstance(word, UUID) or not settled:
            return word
        # It may still be on its way, or being worked on.
        await self._clock.sleep(max(0.0, flight.since_s + self._settle_s - self._clock.monotonic()))
        if word is Word.NONE:
            await self._ready.wait()
        return await self._lookups.batch_of(flight.key)

    async def _never_arrived(self, flight: Flight) -> bool | None:
        """Whether it is certain, now that no batch was found. None: ask again.

        Any sign that it did arrive outweighs the denial.
        """
        if flight.arrived:
            return False
        await self._ready.wait()
        counts = await self._lookups.denial_counts(flight, is_young=self._memory.lasts(flight))
        return counts and await self._denied(flight)

    async def _denied(self, flight: Flight) -> bool:
        """Whether none of its invoices is there, as far as they have an id to ask for."""
        if self._kind.name != "invoices":
            return True
        entries = flight.entries
        for at in range(0, len(entries), _INVOICES_AT_A_TIME):
            asked = map(self._lookups.denies_invoice, entries[at : at + _INVOICES_AT_A_TIME])
            told = await asyncio.gather(*asked, return_exceptions=True)
            for answer in told:
                if isinstance(answer, BaseException) and not isinstance(answer, AmiliError):
                    raise answer
            if not all(answer is True for answer in told):
                return False
        return True

    async def _by_invoice(self, flight: Flight) -> None:
        entries = flight.entries
        found = [False] * len(entries)
        # With the key trusted, a whole chunk can be sent again by the next run; one half settled could not.
        goes_again = self._memory.vouches(flight) and flight.batch_id is None
        if self._kind.name == "invoices" and not goes_again:
            for at in range(0, len(entries), _INVOICES_AT_A_TIME):
                some = entries[at : at + _INVOICES_AT_A_TIME]
                told = await asyncio.gather(*map(self._lookups.has_invoice, some), return_exceptions=True)
                found[at : at + len(some)] = [answer is True for answer in told]
                failed = [answer for answer in told if isinstance(answer, BaseException)]
                for answer in failed:
                    if not isinstance(answer, AmiliError):
                        raise answer
                if failed:
                    break  # the rest would fare no better, and is open all the same
        self._desk.tally.resolved += sum(found)
        self._desk.settle(
            flight, [self._outcome(flight, entry, there=there) for entry, there in zip(entries, found, strict=True)]
        )

    @staticmethod
    def _outcome(flight: Flight, entry: Entry, *, there: bool) -> Outcome:
        if there:
            return Outcome(index=entry.index, key=entry.key, status=OutcomeStatus.ACCEPTED, batch_id=flight.batch_id)
        return Outcome(
            index=entry.index,
            key=entry.key,
            status=OutcomeStatus.UNKNOWN,
            batch_id=flight.batch_id,
            problem=f"{flight.unclear} (idempotency key {flight.key})",
        )
