"""How long the API is taken to remember an idempotency key, and the batch that was made with it: pure.

How long it does is documented nowhere. A key that it has forgotten is a new one to it: the same request would be acted
on a second time. And of a batch that it does not list any more, that it is not found proves nothing.
"""

from __future__ import annotations

from typing import Final

from attrs import define

from amili_async.bulk.flight import Flight
from amili_async.clock import Clock

__all__ = ["KeyMemory"]

_SET_BACK_S: Final = 300.0
"""How far a wall clock may have been set back in between."""


@define
class KeyMemory:
    """What one run takes for granted.

    Attributes:
        clock: Tells the wall clock's time.
        lifetime_s: How long a key is remembered.
        trusted: The user has said that the API honours the key.
        latest: The latest time in the journal. A clock that is far behind that was set back, and tells no ages.
    """

    clock: Clock
    lifetime_s: float
    trusted: bool
    latest: float = 0.0

    def now(self) -> float:
        """The wall clock's time, in seconds since 1970."""
        return self.clock.now().timestamp()

    def lasts(self, flight: Flight) -> bool:
        """Whether the key of a chunk is young enough to be remembered."""
        now = self.now()
        return now >= max(self.latest, flight.began_at) - _SET_BACK_S and now - flight.began_at <= self.lifetime_s

    def vouches(self, flight: Flight) -> bool:
        """Whether the very same request may be sent again without knowing what became of the first."""
        return self.trusted and flight.whole and not flight.disputed and self.lasts(flight)
