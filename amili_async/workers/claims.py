"""Which records are new: every key of a scope stands in the database once, however many runs bring it.

What becomes of a record that comes from a source follows the table in docs/resuming.md. Where another run has it, its
own run does not send it, and tells what becomes of it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from attrs import frozen

from amili_async.bulk.digests import KEY_BYTES
from amili_async.bulk.register import Known
from amili_async.workers.database import Connection

__all__ = ["Elsewhere", "bodies_taken", "claim", "give_back"]

_INSERT: Final = """
INSERT INTO amili_record (scope, key, body, portion, at)
SELECT %(scope)s, key, body, %(portion)s, at
FROM unnest(%(keys)s::bytea[], %(bodies)s::bytea[], %(ats)s::integer[]) AS new (key, body, at)
ORDER BY key  -- in one order everywhere, so that two transactions do not wait for each other
ON CONFLICT DO NOTHING
RETURNING at
"""
_LOOK: Final = """
SELECT r.key, r.body, r.portion, r.at, p.run,
       CASE WHEN p.id IS NULL THEN 'A' WHEN p.state = 'final' THEN chr(get_byte(p.letters, r.at)) ELSE '?' END
FROM amili_record r LEFT JOIN amili_portion p ON p.id = r.portion
WHERE r.scope = %s AND r.key = ANY(%s)
ORDER BY r.key
FOR UPDATE OF r
"""
_TAKE_OVER: Final = """
UPDATE amili_record r SET body = new.body, portion = %(portion)s, at = new.at
FROM unnest(%(keys)s::bytea[], %(bodies)s::bytea[], %(ats)s::integer[]) AS new (key, body, at)
WHERE r.scope = %(scope)s AND r.key = new.key
"""


_GIVE_BACK: Final = "DELETE FROM amili_record WHERE scope = %s AND portion = %s AND key = ANY(%s)"


@frozen
class Elsewhere:
    """A record that another run has.

    Attributes:
        portion: Of that run.
        at: Its position there.
    """

    portion: int
    at: int


async def claim(
    connection: Connection, scope: int, run: UUID, portion: int, records: Mapping[int, bytes]
) -> dict[int, Known | Elsewhere]:
    """Say of each record of a portion what it is, and take the new ones for the portion.

    Args:
        connection: In a transaction.
        scope: What the records are about.
        run: Whose they are.
        portion: Where they are to be.
        records: By position in the portion, what stands for them; no key comes twice.

    Returns:
        By position: `NEW`, `SAME`, `CHANGED` or `CHANGED_SINCE`, or where it is.
    """
    if not records:
        return {}
    cursor = await connection.execute(_INSERT, _arguments(scope, portion, records, list(records)))
    found: dict[int, Known | Elsewhere] = {at: Known.NEW for (at,) in await cursor.fetchall()}
    rest = {record[:KEY_BYTES]: at for at, record in records.items() if at not in found}
    if not rest:
        return found
    free = []
    looked = await (await connection.execute(_LOOK, (scope, list(rest)))).fetchall()
    if gone := rest.keys() - {bytes(key) for key, *_ in looked}:
        # Pruned between the two statements, so they are new ones by now.
        again = {rest[key]: records[rest[key]] for key in gone}
        found.update(await claim(connection, scope, run, portion, again))
    for key, body, its_portion, its_at, its_run, letter in looked:
        at = rest[bytes(key)]
        is_same = bytes(body) == records[at][KEY_BYTES:]
        if its_run == run:
            found[at] = Known.SAME if is_same else Known.CHANGED
        elif letter == "U" or (letter == "R" and not is_same):
            found[at] = Known.NEW
            free.append(at)
        else:
            found[at] = Elsewhere(its_portion, its_at) if is_same else Known.CHANGED_SINCE
    if free:
        await connection.execute(_TAKE_OVER, _arguments(scope, portion, records, free))
    return found


async def bodies_taken(connection: Connection, scope: int, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """What stands for the bodies under these keys, of records that Amili has, or may get or have."""
    looked = await (await connection.execute(_LOOK, (scope, list(keys)))).fetchall() if keys else []
    return {bytes(key): bytes(body) for key, body, *_, letter in looked if letter not in ("U", "R")}


async def give_back(connection: Connection, scope: int, portion: int, keys: Sequence[bytes]) -> None:
    """Let go of records that were taken for a portion, as if they had not come."""
    await connection.execute(_GIVE_BACK, (scope, portion, list(keys)))


def _arguments(scope: int, portion: int, records: Mapping[int, bytes], ats: Sequence[int]) -> dict[str, object]:
    return {
        "scope": scope,
        "portion": portion,
        "keys": [records[at][:KEY_BYTES] for at in ats],
        "bodies": [records[at][KEY_BYTES:] for at in ats],
        "ats": list(ats),
    }
