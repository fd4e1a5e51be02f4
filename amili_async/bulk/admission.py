"""Taking a record in: checked, keyed and encoded, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from amili_async.bulk.chunks import Chunker, Entry
from amili_async.bulk.digests import Digester
from amili_async.bulk.keys import Occurrences
from amili_async.bulk.kinds import Kind
from amili_async.bulk.outcomes import Refusal
from amili_async.bulk.register import Known, Register
from amili_async.bulk.source import Refused
from amili_async.errors import AmiliError

__all__ = ["REASONS", "WITHOUT_ID", "Admission", "Recalled", "Rejected"]

WITHOUT_ID: Final = (
    "This very record was sent before without its unique_source_invoice_id, and it was not rejected; leave it out, or "
    "its id alone, but keep the ids of records that were sent with theirs, or those are sent twice"
)
REASONS: Final = {
    Known.SAME: ("The same record came before in this run; it is sent once", Refusal.REPEATED),
    Known.CHANGED: (
        (
            "Another record with this key (its id or number) came before in this run and says something else; "
            "keep the right one, or give each a key of its own"
        ),
        Refusal.INVALID,
    ),
    Known.CHANGED_SINCE: (
        (
            "An earlier run with this journal sent this key (its id or number) with another body, and it was "
            "not rejected; correct what Amili has instead, or give it a key of its own if it is another record"
        ),
        Refusal.CHANGED,
    ),
}
"""Why a record is not sent that came before."""


@frozen(kw_only=True)
class Rejected:
    """A record that is not sent.

    Attributes:
        index: Position in the source.
        key: The record's key, if it got one.
        problem: Why, and what to do.
        refusal: The kind of reason.
        entry: What it would have been sent as, if it got that far.
        taken: Amili has this key already, or may have it: a person has to decide.
    """

    index: int
    key: str | None
    problem: str
    refusal: Refusal = Refusal.INVALID
    entry: Entry | None = None
    taken: bool = False


@frozen
class Recalled:
    """A record that an earlier run has sent."""

    entry: Entry
    known: Known


class Admission:
    """Decides on records one by one.

    Args:
        kind: What the records are.
        key: The caller's own `key=`.
        chunker: Knows what is too large.
        register: Knows which records came before, in this run and in earlier ones.
        digester: Makes what stands for a record there.
    """

    def __init__(
        self,
        kind: Kind,
        *,
        key: Callable[[Any], Any] | None,
        chunker: Chunker,
        register: Register,
        digester: Digester,
    ) -> None:
        self._kind = kind
        self._item = kind.item
        self._key = key
        self._chunker = chunker
        self._register = register
        self._digester = digester
        self._occurrences = Occurrences()
        self._no_keys = key is None and kind.own_key is None

    def admit(self, index: int, record: Any) -> Entry | Recalled | Rejected:
        """Take one record, or say why not."""
        if not isinstance(record, self._item):
            return self._refused(index, record) if isinstance(record, Refused) else self._foreign(index, record)
        try:
            content = self._kind.encode(record)
        except AmiliError as error:
            return Rejected(index=index, key=None, problem=f"It cannot be encoded: {error}")
        except Exception as error:  # noqa: BLE001  # a field of a foreign type can fail in any way; the rest goes on
            return Rejected(
                index=index, key=None, problem=f"It cannot be encoded ({type(error).__name__}); check its fields' types"
            )
        try:
            key = self._occurrences.key(content) if self._no_keys else self._own_key(record)
        except Exception as error:  # noqa: BLE001  # the caller's function
            return Rejected(index=index, key=None, problem=f"key= failed on it with {type(error).__name__}")
        entry = self._entry(index, key, record, content)
        if not key:
            advice = "key= gave nothing for it" if self._key is not None else self._kind.key_advice
            return Rejected(
                index=index, key=None, problem=f"It has no key, so it could not be told apart: {advice}", entry=entry
            )
        # What was sent by an earlier run with other limits is not to be sent, so its size does not matter.
        if len(content) > self._chunker.largest and not self._register.recalls(entry.record):
            size = f"{len(content):,} bytes, and max_chunk_bytes is {self._chunker.max_bytes:,}"
            return Rejected(index=index, key=key, problem=f"It is too large to be sent: {size}", entry=entry)
        if self._register.is_old and self._was_sent_without_id(entry, record):
            return Rejected(index=index, key=key, problem=WITHOUT_ID, refusal=Refusal.CHANGED, entry=entry, taken=True)
        known = self._register.meet(entry.record)
        return entry if known is Known.NEW else self._known(entry, known)

    def _was_sent_without_id(self, entry: Entry, record: Any) -> bool:
        """Whether an earlier run sent this very record before it was given its id, and so under its number."""
        kind, register = self._kind, self._register
        if self._key is not None or kind.former_key is None or kind.without_id is None:
            return False
        number = kind.former_key(record)
        if number is None or not register.is_taken(self._digester.record(number, b"")):
            return False
        # One that is known by its id as well is told of by that. The number alone does not tell: another record's id
        # may read like it.
        return register.is_new(entry.record) and register.has_sent(
            self._digester.record(number, kind.without_id(entry.content))
        )

    def _foreign(self, index: int, record: Any) -> Rejected:
        problem = f"It is a {type(record).__name__}, not a {self._item.__name__}; nothing was sent"
        return Rejected(index=index, key=None, problem=problem)

    def _refused(self, index: int, refused: Refused) -> Rejected:
        """What the source itself says is not to be sent."""
        entry = self._incomplete(index, refused.record)
        return Rejected(
            index=index,
            key=entry.key or None if entry is not None else None,
            problem=refused.reason,
            refusal=Refusal.BY_SOURCE,
            entry=entry,
            taken=entry is not None and bool(entry.key) and self._register.is_taken(entry.record),
        )

    def _incomplete(self, index: int, record: Any) -> Entry | None:
        """As much of a record as there is. Its source has given the reason to tell, so nothing here is one."""
        if not isinstance(record, self._item):
            return None
        try:
            content = self._kind.encode(record)
        except Exception:  # noqa: BLE001  # as in `admit`
            return None
        try:
            # Not counted as an occurrence: mended, it says something else, and those after it must keep their keys.
            key = self._own_key(record)
        except Exception:  # noqa: BLE001  # the caller's function
            key = None
        return self._entry(index, key, record, content)

    def _entry(self, index: int, key: str | None, record: Any, content: bytes) -> Entry:
        kind = self._kind
        amount, currency = kind.money(record)
        return Entry(
            index=index,
            key=key or "",
            names=kind.names(record),
            content=content,
            amount=amount,
            currency=currency,
            record=self._digester.record(key, content) if key else b"",
        )

    def _known(self, entry: Entry, known: Known) -> Recalled | Rejected:
        if known not in REASONS:
            return Recalled(entry, known)
        problem, refusal = REASONS[known]
        return Rejected(
            index=entry.index,
            key=entry.key,
            problem=problem,
            refusal=refusal,
            entry=entry,
            taken=known is Known.CHANGED_SINCE,
        )

    def _own_key(self, record: Any) -> str | None:
        if self._key is not None:
            given = self._key(record)
            return None if given is None else str(given)
        return self._kind.own_key(record) if self._kind.own_key is not None else None
