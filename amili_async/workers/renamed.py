"""Invoices that are there under their number, and come again with an id: the same ones, under another key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
        by_number: dict[bytes, list[int]] = {}
        for at, entry in new.items():
            names = dict(entry.names)
            if len(names) > 1:  # else it has no id, or nothing but that
                key = self.digester.record(names["invoiceNumber"], b"")[:KEY_BYTES]
                by_number.setdefault(key, []).append(at)
        taken = await bodies_taken(connection, scope, list(by_number))
        # The number alone does not tell: another record's id may read like it.
        return [at for key, body in taken.items() for at in by_number[key] if self._former(new[at]) == key + body]

    def _former(self, entry: Entry) -> bytes:
        """What stood for it before it had an id."""
        kind = self.kind
        former: Any = kind.without_id(codec.decode(entry.content, kind.item)) if kind.without_id is not None else None
        number = kind.own_key(former) if former is not None and kind.own_key is not None else None
        return self.digester.record(number, kind.encode(former)) if number is not None else b""
