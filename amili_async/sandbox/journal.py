"""What was asked of the sandbox: one line per request, without queries and bodies, so without personal data."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from attrs import define, fields

__all__ = ["Entry", "Journal"]


@define(kw_only=True, eq=False)
class Entry:
    """One request.

    Attributes:
        number: Counted from 1.
        at: When it came, on the sandbox's clock.
        method: HTTP method.
        path: Path, without the query.
        operation: The operation's id; None where no operation has this path.
        idempotency_key: As sent.
        status: Status of the answer; None while there is none and for good where the connection was dropped.
        fault: The fault that struck it.
    """

    number: int
    at: datetime
    method: str
    path: str
    operation: str | None
    idempotency_key: str | None
    status: int | None = None
    fault: str | None = None


_FIELDS: Final = tuple(attribute.name for attribute in fields(Entry))


class Journal:
    """The requests, oldest first.

    Args:
        keep: How many are kept; the oldest go first.

    Attributes:
        listener: Is told of every request when it has ended.
    """

    def __init__(self, keep: int = 100_000) -> None:
        self.listener: Callable[[Entry], None] | None = None
        self._entries: deque[Entry] = deque(maxlen=keep)
        self._count = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, position: int) -> Entry:
        return self._entries[position]

    def add(self, **values: Any) -> Entry:
        """Write down a request; its status follows."""
        self._count += 1
        entry = Entry(number=self._count, **values)
        self._entries.append(entry)
        return entry

    def finish(self, entry: Entry, status: int | None) -> None:
        """Write down how a request ended; None if its connection was dropped."""
        entry.status = status
        if self.listener is not None:
            self.listener(entry)

    def last(self, count: int) -> list[Entry]:
        """The last requests, newest first."""
        return list(itertools.islice(reversed(self._entries), count))

    def where(self, **values: Any) -> list[Entry]:
        """The requests with these values, e.g. `where(operation="CreateInvoices", status=202)`.

        Raises:
            AttributeError: An entry has no such field.
        """
        for name in values:
            if name not in _FIELDS:  # also while there are no entries: a misspelt one would count none for ever
                raise AttributeError(f"requests have no field {name}; there are {', '.join(_FIELDS)}")
        return [entry for entry in self._entries if all(getattr(entry, n) == v for n, v in values.items())]

    def count(self, **values: Any) -> int:
        """How many requests have these values."""
        return len(self.where(**values))

    def clear(self) -> None:
        """Forget what was asked so far."""
        self._entries.clear()
