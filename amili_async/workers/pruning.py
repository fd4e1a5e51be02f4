"""Forgetting runs that are long over."""

from __future__ import annotations

from typing import Final, LiteralString

from psycopg.types.numeric import Int4

from amili_async.workers.database import connect, speaking

__all__ = ["prune"]

# Not one that is not over, nor one of which a younger run tells outcomes.
_OLD: Final[LiteralString] = """
SELECT r.id FROM amili_run r
WHERE r.created_at < now() - make_interval(days => %(days)s)
AND NOT EXISTS (SELECT FROM amili_portion p WHERE p.run = r.id AND p.state = 'open')
AND NOT EXISTS (
    SELECT FROM amili_portion p JOIN amili_link l ON l.of_portion = p.id JOIN amili_run other ON other.id = l.run
    WHERE p.run = r.id AND other.created_at >= now() - make_interval(days => %(days)s)
)
ORDER BY r.created_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED
"""
_RECORDS: Final[LiteralString] = """
DELETE FROM amili_record WHERE portion IN (SELECT id FROM amili_portion WHERE run = %(run)s)
"""
_JOURNALS: Final[LiteralString] = """
DELETE FROM amili_journal WHERE id IN (SELECT id FROM amili_portion WHERE run = %(run)s)
"""


async def prune(url: str, days: int) -> int:
    """Delete runs that were begun longer ago than this and are over, with all that is known of their records.

    A record that comes again after that is a new one, and is sent.

    Args:
        url: The database.
        days: How long to keep them.

    Returns:
        How many runs were deleted.

    Raises:
        JournalError: The database cannot be used.
    """
    connection, count = await connect(url), 0
    try:
        with speaking(url):
            while True:
                async with connection.transaction():
                    row = await (await connection.execute(_OLD, {"days": Int4(days)})).fetchone()
                    if row is None:
                        return count
                    for statement in (_RECORDS, _JOURNALS, "DELETE FROM amili_run WHERE id = %(run)s"):
                        await connection.execute(statement, {"run": row[0]})
                    count += 1
    finally:
        await connection.close()
