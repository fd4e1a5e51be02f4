"""Invoices that are there under their number, and come again with an id: the same ones, under another key."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from amili_async import codec
from amili_async.bulk.chunks import Entry
from amili_async.bulk.digests import KEY_BYTES, Digester
from amili_async.bulk.kinds import Kind
from amili_async.workers.claims import bodies_taken
from amili_async.workers.database import Connection

__all__ = ["Renamed"]


@frozen
class Renamed:
    """Finds them.

    Attributes:
        kind: What the records are.
        digester: Makes what stands for a record.
    """

    kind: Kind
    digester: Digester

    async def among(self, connection: Connection, scope: int, new: Mapping[int, Entry]) -> list[int]:
        """Which of the new records are there without their id.

        Args:
            connection: In a transaction.
            scope: What the records are about.
            new: By position, records whose keys were not there.
        """
        without_id = self.kind.without_id
        if without_id is None:
            return []
        by_number: dict[bytes, list[int]] = {}
        for at, entry in new.items():
            # As it is encoded: the names of the entry are trimmed, and its key was not.
            number = codec.decode_json(entry.content).get("invoiceNumber")
            if number and number != entry.key:
                by_number.setdefault(self.digester.record(number, b"")[:KEY_BYTES], []).append(at)
        taken = await bodies_taken(connection, scope, list(by_number))
        # The number alone does not tell: another record's id may read like it.
        return [
            at
            for key, body in taken.items()
            for at in by_number[key]
            if self.digester.record("", without_id(new[at].content))[KEY_BYTES:] == body
        ]
