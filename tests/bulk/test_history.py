"""From events to where a run goes on."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from amili_async.bulk.digests import RECORD_BYTES, Digester
from amili_async.bulk.history import History
from amili_async.bulk.journal import Began, Disputed, Ended, Event, Held, Opened, Sent, Settled
from amili_async.bulk.register import Known
from amili_async.errors import JournalError

DIGESTER = Digester(b"salt")
KEYS = [str(number) for number in range(8)]
LETTERS = {"A": Known.ACCEPTED, "R": Known.REJECTED, "U": Known.NEW, "?": Known.PENDING}


def digest(key: str, body: int) -> bytes:
    return DIGESTER.record(key, str(body).encode())


def replayed(events: list[Event]) -> History:
    history = History()
    for event in events:
        history.apply(event)
    history.finish()
    return history


class JournalMachine(RuleBasedStateMachine):
    """A run that may be killed and started again at any time, against a plain model of each key's fate."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.history = replayed([])
        self.number = 1
        # By key: the body that was last sent, and the letter it ended with.
        self.fates: dict[str, tuple[int, str]] = {}
        # What the run knows of its chunks: their keys and bodies, and their stage.
        self.flying: dict[int, tuple[list[tuple[str, int]], str]] = {}
        self.disputed: set[int] = set()
        # Chunks that became batches, in that order; and by chunk, the last that was one when it was sent.
        self.opened: list[int] = []
        self.there_before: dict[int, int | None] = {}

    def write(self, event: Event) -> None:
        self.events.append(event)

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True), body=st.integers(0, 1))
    def send(self, keys: list[str], body: int) -> None:
        """Send what the register lets through."""
        records = []
        for key in keys:
            known = self.history.register.meet(digest(key, body))
            if known is Known.NEW:
                records.append((key, body))
        if records:
            joined = b"".join(digest(*record) for record in records)
            self.write(Began(chunk=self.number, key=f"k{self.number}", records=joined, at=0.0))
            self.flying[self.number] = (records, "sending")
            self.there_before[self.number] = self.opened[-1] if self.opened else None
            self.number += 1

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """A chunk gets one step further."""
        chunk = data.draw(st.sampled_from(sorted(self.flying)))
        records, stage = self.flying[chunk]
        step = data.draw(st.sampled_from({"sending": "hosd", "held": "as", "open": "s"}[stage]))
        if step == "d":
            self.write(Disputed(chunk=chunk))
            self.disputed.add(chunk)
        elif step == "h":
            self.write(Held(chunk=chunk))
            self.flying[chunk] = (records, "held")
        elif step == "a":
            self.write(Sent(chunk=chunk))
            self.flying[chunk] = (records, "sending")
        elif step == "o":
            self.write(Opened(chunk=chunk, batch_id=UUID(int=chunk)))
            self.flying[chunk] = (records, "open")
            self.opened.append(chunk)
        else:
            letters = data.draw(
                st.text("ARU?" if stage != "held" else "U", min_size=len(records), max_size=len(records))
            )
            self.write(Settled(chunk=chunk, outcomes=letters.encode()))
            for (key, body), letter in zip(records, letters, strict=True):
                self.fates[key] = (body, letter)
            del self.flying[chunk]

    @rule()
    def kill(self) -> None:
        """Everything in memory is gone."""
        for records, stage in self.flying.values():
            for key, body in records:
                if stage != "held":
                    self.fates[key] = (body, "?")
                # Held: as it was before, free or rejected, since nobody acted on it.
        self.flying = {}
        self.history = replayed(self.events)

    @invariant()
    def a_new_run_would_know_every_fate(self) -> None:
        """What the events say now is what happened, whenever one looks."""
        fates = dict(self.fates)
        for records, stage in self.flying.values():
            fates.update({key: (body, "?") for key, body in records if stage != "held"})
        history = replayed(self.events)
        for key in KEYS:
            body, letter = fates.get(key, (0, "U"))
            same = history.register.meet(digest(key, body))
            assert same is LETTERS[letter], (key, letter)
            if same is Known.PENDING:
                chunk, at = history.place(digest(key, body))
                assert chunk.records[at * RECORD_BYTES : (at + 1) * RECORD_BYTES] == digest(key, body)
                assert not chunk.held
                assert chunk.disputed == (chunk.number in self.disputed)
                before = self.there_before[chunk.number]
                assert (None if chunk.older is None else chunk.older.batch_id.int) == before
                after = self.opened[0 if before is None else self.opened.index(before) + 1 :]
                assert (None if chunk.younger is None else chunk.younger.batch_id.int) == next(iter(after), None)
            assert history.register.meet(digest(key, body)) is Known.SAME  # and nothing comes twice
        other = replayed(self.events)
        assert other.register.missing == sum(letter in "A?" for _, letter in fates.values())
        for key in KEYS:
            body, letter = fates.get(key, (0, "U"))
            changed = other.register.meet(digest(key, 1 - body))
            assert changed is (Known.NEW if letter in "UR" else Known.CHANGED_SINCE), (key, letter)


JournalMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestJournalMachine = JournalMachine.TestCase


@pytest.mark.parametrize(
    "events",
    [
        [Opened(chunk=1, batch_id=UUID(int=1))],
        [Began(chunk=1, key="k", records=b"short", at=0.0)],
        [Began(chunk=1, key="k", records=b"", at=0.0)],
        [Began(chunk=2, key="k", records=b"r" * 20, at=0.0), Began(chunk=2, key="k", records=b"r" * 20, at=0.0)],
        [Began(chunk=2, key="k", records=b"r" * 20, at=0.0), Settled(chunk=2, outcomes=b"AA")],
        [Began(chunk=2, key="k", records=b"r" * 20, at=0.0), Settled(chunk=2, outcomes=b"X")],
        [Began(chunk=2, key="k", records=b"r" * 20, at=0.0), Settled(chunk=2, outcomes=b"A"), Held(chunk=2)],
    ],
)
def test_what_no_run_can_have_written_is_damage(events: list[Event]) -> None:
    """A journal that contradicts itself is refused, not interpreted."""
    with pytest.raises(JournalError, match="damaged"):
        replayed(events)


def began(number: int) -> Began:
    return Began(chunk=number, key=f"k{number}", records=digest(str(number), 0), at=number * 10.0)


def opened(number: int) -> Opened:
    return Opened(chunk=number, batch_id=UUID(int=number))


def test_each_open_chunk_knows_batches_to_try_the_look_up_on() -> None:
    """The latest that was there before it was sent, so that it is at least as old; and the first that came after."""
    history = replayed([began(1), opened(1), began(2), opened(2), began(3), began(4), opened(4), began(5), opened(5)])
    chunk, _ = history.place(digest("3", 0))
    assert (chunk.older, chunk.younger) == (("k2", UUID(int=2)), ("k4", UUID(int=4)))
    assert (chunk.began_at, chunk.disputed) == (30.0, False)
    assert history.next_number == 6
    assert not history.empty


def test_the_first_and_the_last_chunk_have_one_side_only() -> None:
    """Nothing was there before the first; nothing came after the last; a batch adopted later is still an older one."""
    history = replayed([began(1), began(2), opened(2), began(3)])
    first, last = (history.place(digest(number, 0))[0] for number in "13")
    assert (first.older, first.younger) == (None, ("k2", UUID(int=2)))
    assert (last.older, last.younger) == (("k2", UUID(int=2)), None)


def test_a_dispute_and_the_length_of_a_list_are_remembered() -> None:
    """A 409 to a key that had been sent before; and how long the list was when it was read to its end."""
    history = replayed([began(1), Disputed(chunk=1), Ended(taken=7)])
    assert history.place(digest("1", 0))[0].disputed
    assert history.listed == 7
