"""What may be sent again, and when: pure decisions, no I/O.

The rule behind everything here: an invoice that is sent twice is a person dunned twice. So a failure is sorted first by
what is known of the request:

- *not acted on*: the connection could not be opened, or the server said so (429; 503 with Retry-After). Any operation
  may be repeated.
- *unclear*: bytes may have left and no clear word came back (time-out, dropped connection, other 5xx). Only reads and
  operations that are repeatable by nature are repeated. Writes end as `OutcomeUnknownError`, unless the user has said
  that the API honours the idempotency key.
- *final*: the server understood and refused. Nothing is repeated.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final

from attrs import frozen

from amili_async.operations import Idempotency

__all__ = ["Budget", "Decision", "Failure", "Knowledge", "RetryPolicy", "parse_retry_after", "status_failure"]


#: The wait has met its bound long before, and a float ends at some thousand.
_MOST_DOUBLINGS: Final = 100


class Knowledge(Enum):
    """What is known of a request that failed."""

    NOT_ACTED_ON = "not acted on"
    UNCLEAR = "unclear"
    FINAL = "final"


@frozen
class Failure:
    """One failed attempt, as far as the decision needs it.

    Attributes:
        knowledge: What is known of the request.
        retry_after_s: What the server asked to wait.
        pointless: The next attempt would end the same way, whatever it may be worth otherwise.
    """

    knowledge: Knowledge
    retry_after_s: float | None = None
    pointless: bool = False


@frozen
class Decision:
    """What to do after a failed attempt: wait and send again, or give up.

    Attributes:
        delay_s: Seconds to wait before the next attempt; None to give up.
        outcome_unknown: When giving up: the request may have been acted on, and repeating it is not harmless.
    """

    delay_s: float | None
    outcome_unknown: bool = False


@frozen(kw_only=True)
class Budget:
    """What one call may spend: sends, and seconds."""

    max_attempts: int
    deadline_s: float


@frozen(kw_only=True)
class RetryPolicy:
    """Exponential backoff with full jitter, and Retry-After up to a ceiling.

    Attributes:
        trust_key: Whether a repeated idempotency key is known not to be acted on twice.
        max_retry_after_s: A longer Retry-After is not waited for.
        base_s: Upper bound of the first wait; it doubles with each attempt.
        cap_s: Upper bound of any wait that the server did not ask for.
    """

    trust_key: bool = False
    max_retry_after_s: float = 120.0
    base_s: float = 0.5
    cap_s: float = 20.0

    def may_repeat(self, idempotency: Idempotency) -> bool:
        """Whether a request may be repeated although it may have been acted on already."""
        return idempotency in ("safe", "upsert") or (idempotency == "keyed" and self.trust_key)

    def decide(
        self,
        failure: Failure,
        *,
        idempotency: Idempotency,
        attempt: int,
        elapsed_s: float,
        budget: Budget,
        was_unclear: bool,
        rng: random.Random,
    ) -> Decision:
        """Decide after the failure of attempt number `attempt`, counted from 1.

        Args:
            failure: What went wrong.
            idempotency: Of the operation.
            attempt: How often the request has been sent.
            elapsed_s: Seconds since the call began.
            budget: Its limits.
            was_unclear: Whether an earlier attempt of the same call ended unclear. Then even a plain refusal of a later
                attempt does not tell what became of the first.
            rng: Source of the jitter.
        """
        unclear = was_unclear or failure.knowledge is Knowledge.UNCLEAR
        give_up = Decision(None, outcome_unknown=unclear and idempotency not in ("safe", "upsert"))
        if failure.knowledge is Knowledge.FINAL or failure.pointless or attempt >= budget.max_attempts:
            return give_up
        if failure.knowledge is Knowledge.UNCLEAR and not self.may_repeat(idempotency):
            return give_up
        delay = self._delay(failure, attempt, rng)
        if delay is None or elapsed_s + delay >= budget.deadline_s:
            return give_up
        return Decision(delay)

    def _delay(self, failure: Failure, attempt: int, rng: random.Random) -> float | None:
        if failure.retry_after_s is None:
            return rng.uniform(0, min(self.cap_s, self.base_s * 2.0 ** min(attempt - 1, _MOST_DOUBLINGS)))
        if failure.retry_after_s > self.max_retry_after_s:
            return None
        # Never earlier than asked; a little later, so that a fleet does not come back in the same instant.
        return failure.retry_after_s + rng.uniform(0, 0.1 * failure.retry_after_s)


def status_failure(status: int, retry_after_s: float | None) -> Failure:
    """Sort an error status."""
    if status == 429 or (status == 503 and retry_after_s is not None):
        return Failure(Knowledge.NOT_ACTED_ON, retry_after_s)
    # 501 is a plain no; the other 5xx, and 408, say nothing of how far the server got. What is no final status at all
    # (101, or 000) says nothing of anything.
    if status == 408 or status < 200 or (status >= 500 and status != 501):
        return Failure(Knowledge.UNCLEAR, retry_after_s)
    return Failure(Knowledge.FINAL)


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that `Retry-After` asks for, in either of its forms; None where it is absent or nonsense.

    Args:
        headers: Response headers, names in lower case.
        now: The current instant, aware; for a date, where the answer has no `Date` of its own.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 10 else float("inf")
    at = _http_date(text)
    if at is None:
        return None
    # Held against the server's own clock, where it told the time: ours may differ by more than it asks to wait.
    return max(0.0, (at - (_http_date(headers.get("date", "")) or now)).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
