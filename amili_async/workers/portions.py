"""A portion as it stands in the database: read, left open, or finished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from attrs import define, evolve
from psycopg import sql

from amili_async import codec
from amili_async.bulk import kinds
from amili_async.bulk.digests import Digester
from amili_async.bulk.history import History
from amili_async.bulk.journal_rows import COLUMNS, event_of
from amili_async.bulk.kinds import Kind
from amili_async.bulk.outcomes import Outcome, OutcomeStatus
from amili_async.bulk.register import Register, Standing
from amili_async.workers.counts import Counts
from amili_async.workers.names import CHANNEL, storable
from amili_async.workers.vault import Body, Vault

__all__ = ["Portion", "finish", "is_held", "leave_open", "load", "note_work", "register_of"]

_KINDS: Final = {"invoices": kinds.invoices, "payments": kinds.payments, "corrections": kinds.corrections}
_LETTERS: Final = {
    OutcomeStatus.ACCEPTED: "A",
    OutcomeStatus.REJECTED: "R",
    OutcomeStatus.UNSENT: "U",
    OutcomeStatus.UNKNOWN: "?",
}
_STOPPED: Final = "Its worker stopped before it was known what became of it"
_NOT_BEGUN: Final = "It was not sent: its worker stopped before that"
_LONG_REJECTED: Final = "Rejected in an earlier attempt, of which the reason is not kept"
_BY_JOURNAL: Final = {
    Standing.FREE: (OutcomeStatus.UNSENT, _NOT_BEGUN),
    Standing.ACCEPTED: (OutcomeStatus.ACCEPTED, None),
    Standing.REJECTED: (OutcomeStatus.REJECTED, _LONG_REJECTED),
    Standing.PENDING: (OutcomeStatus.UNKNOWN, _STOPPED),
}
_EVENTS: Final = sql.SQL("SELECT {} FROM amili_event WHERE journal = %s ORDER BY number").format(
    sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
)


@define
class Portion:
    """An open portion.

    Attributes:
        id: Its number, and that of its journal.
        run: The run it belongs to.
        taken: Records of the source that it stands for.
        bodies: Those of them that are to be sent.
        models: What these say.
        outcomes: What is known already of any of them.
        counts: Of the records that were not to be sent, and of the work so far.
        attempts: How often it was left open.
        organization_id: The creditor.
        kind: What the records are.
        salt: Of their digests.
        settings: Of the run.
    """

    id: int
    run: UUID
    taken: int
    bodies: list[Body]
    models: list[Any]
    outcomes: list[Outcome]
    counts: Counts
    attempts: int
    organization_id: str
    kind: Kind
    salt: bytes
    settings: dict[str, Any]

    def told(self, by_place: Mapping[int, Outcome], register: Register) -> dict[int, Outcome]:
        """All outcomes, by position in the run's source.

        Args:
            by_place: What an attempt has told, by position among the bodies.
            register: What the journal says, for those of which it has told nothing.
        """
        told, digester = {outcome.index: outcome for outcome in self.outcomes}, Digester(self.salt)
        for place, body in enumerate(self.bodies):
            now, before = by_place.get(place), told.get(body.index)
            if now is None:
                told[body.index] = _untold(body, register.standing(digester.record(body.key, body.content)), before)
            elif not (now.resumed and before is not None and before.status is now.status):
                told[body.index] = evolve(now, index=body.index, resumed=False)
            # Otherwise as an earlier attempt told it: that holds Amili's ids.
        return told


def _untold(body: Body, standing: Standing, before: Outcome | None) -> Outcome:
    """The outcome of a record that an attempt did not come to, by the journal.

    What stands there is later than what an earlier attempt told: one in between may have been killed. And what does not
    stand there has never left, so that it may be sent.
    """
    status, problem = _BY_JOURNAL[standing]
    if before is not None and before.status is status:
        return before
    return Outcome(index=body.index, key=body.key, status=status, problem=problem)


async def load(connection: Any, number: int, vault: Vault) -> Portion | None:
    """Read a portion to work on it; None if it is done with or gone.

    Raises:
        JournalError: What stands there cannot be read.
    """
    cursor = await connection.execute(
        "UPDATE amili_portion p SET started_at = coalesce(started_at, now()) "
        "FROM amili_run r, amili_scope s "
        "WHERE p.id = %s AND p.state = 'open' AND r.id = p.run AND s.id = r.scope "
        "RETURNING p.run, p.taken, p.bodies, p.outcomes, p.counts, p.attempts, s.organization_id, s.kind, s.salt, "
        "r.settings",
        (number,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    run, taken, bodies, outcomes, counts, attempts, organization_id, kind, salt, settings = row
    unpacked, of_kind = vault.unpack_bodies(bytes(bodies)), _KINDS[kind]()
    return Portion(
        id=number,
        run=run,
        taken=taken,
        bodies=unpacked,
        models=[codec.decode(body.content, of_kind.item) for body in unpacked],
        outcomes=vault.unpack_outcomes(bytes(outcomes)),
        counts=Counts.from_jsonb(counts),
        attempts=attempts,
        organization_id=organization_id,
        kind=of_kind,
        salt=bytes(salt),
        settings=settings,
    )


async def is_held(connection: Any, number: int, epoch: int) -> bool:
    """Whether nobody has taken the portion's journal over; nobody can until the transaction is through."""
    cursor = await connection.execute(
        "SELECT FROM amili_journal WHERE id = %s AND epoch = %s FOR SHARE", (number, epoch)
    )
    return bool(cursor.rowcount == 1)


async def note_work(connection: Any, portion: Portion) -> None:
    """Write down what an attempt has asked of the API, of which nothing else is concluded."""
    await connection.execute(
        "UPDATE amili_portion SET counts = %s WHERE id = %s AND state = 'open' AND attempts = %s",
        (portion.counts.to_jsonb(), portion.id, portion.attempts),
    )


async def leave_open(
    connection: Any,
    portion: Portion,
    told: Mapping[int, Outcome],
    *,
    vault: Vault,
    delay_s: float,
    problem: str | None,
) -> bool:
    """Write down what an attempt came to, unless the run's time for it is over.

    Returns:
        Whether it is left open.
    """
    cursor = await connection.execute(
        "UPDATE amili_portion SET outcomes = %s, counts = %s, problem = %s, attempts = attempts + 1, "
        "due_at = now() + make_interval(secs => %s) "
        "WHERE id = %s AND now() < started_at + make_interval(secs => %s)",
        (
            vault.pack_outcomes(told.values()),
            portion.counts.to_jsonb(),
            None if problem is None else storable(problem),
            delay_s,
            portion.id,
            portion.settings["resolve_for_s"],
        ),
    )
    return bool(cursor.rowcount == 1)


async def finish(
    connection: Any,
    portion: Portion,
    told: Mapping[int, Outcome],
    register: Register,
    *,
    vault: Vault,
    problem: str | None,
) -> None:
    """Write down what became of all records, and delete their bodies."""
    digester = Digester(portion.salt)
    letters = bytearray(b"-" * portion.taken)
    for body, model in zip(portion.bodies, portion.models, strict=True):
        outcome = told[body.index]
        letter = _LETTERS[outcome.status]
        if letter == "R" and not register.recalls(digester.record(body.key, body.content)):
            letter = "U"  # refused with its whole request: nobody has judged this record
        letters[body.at] = ord(letter)
        portion.counts.count(outcome, *portion.kind.money(model))
    await connection.execute(
        "UPDATE amili_portion SET state = 'final', bodies = NULL, outcomes = %s, letters = %s, counts = %s, "
        "problem = %s, ended_at = now() WHERE id = %s",
        (
            vault.pack_outcomes(sorted(told.values(), key=lambda outcome: outcome.index)),
            bytes(letters),
            portion.counts.to_jsonb(),
            None if problem is None else storable(problem),
            portion.id,
        ),
    )
    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(portion.run)))


async def register_of(connection: Any, number: int) -> Register:
    """How the records of a portion stand by its journal."""
    history = History()
    for row in await (await connection.execute(_EVENTS, (number,))).fetchall():
        history.apply(event_of(*row))
    history.finish()
    return history.register
