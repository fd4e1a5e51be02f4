"""From the error a chunk's request ended with to what became of its records: pure.

| the error                                              | its records | the run |
|--------------------------------------------------------|-------------|---------|
| `OutcomeUnknownError`, an answer that cannot be read   | UNKNOWN (*) | goes on |
| 429; 503 with Retry-After: the API did not act         | UNSENT      | goes on |
| 400, 409, 413, 422 …: the API refused the whole request | REJECTED    | goes on |
| 401, 403, 404 …, no token, host not reached, settings  | UNSENT      | stops   |

(*) unless a look-up tells, see `resolver.py`.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.errors import (
    AmiliError,
    AuthError,
    ClientStateError,
    ConfigError,
    RateLimitedError,
    RequestError,
    ResponseError,
    ServerError,
    TransportError,
    TransportTimeoutError,
    UnverifiedOperationError,
)
from amili_async.retry import Failure, Knowledge

__all__ = ["Verdict", "attempts_of", "failure_of", "is_too_much", "verdict"]

# Not about the records: address, credentials or permission are wrong, and the next chunk would fare no better.
_STOPPING: Final = frozenset({401, 403, 404, 405, 407, 410, 501})


@frozen(kw_only=True)
class Verdict:
    """What a failed request means.

    Attributes:
        status: Outcome of every record of the chunk.
        problem: Why, for each of them.
        stops: The run cannot go on.
        reached: The API has seen the request, or may have.
    """

    status: OutcomeStatus
    problem: str
    stops: bool = False
    reached: bool = True


def verdict(error: AmiliError, records: int, told: str | None = None) -> Verdict:
    """Judge the error that sending a chunk ended with.

    Args:
        error: What was raised.
        records: How many records the chunk holds.
        told: What the API gave as its reason, fit to be shown.
    """
    match error:
        case ServerError(status=503, retry_after_s=float() | int()) | RateLimitedError():
            return Verdict(
                status=OutcomeStatus.UNSENT,
                problem=f"The API turned the request away (HTTP {error.status}) and did not act on it; send it later",
            )
        case ResponseError(status=status) if status in _STOPPING or 300 <= status < 400:
            return Verdict(status=OutcomeStatus.UNSENT, problem=str(error), stops=True, reached=False)
        case ResponseError(status=status) if 400 <= status < 500 and status != 408:
            return Verdict(status=OutcomeStatus.REJECTED, problem=_refused(error, records, told))
        case (
            TransportError(sent=False)
            | AuthError()
            | ClientStateError()
            | ConfigError()
            | RequestError()
            | UnverifiedOperationError()
        ):
            return Verdict(status=OutcomeStatus.UNSENT, problem=str(error), stops=True, reached=False)
        case _:
            return Verdict(status=OutcomeStatus.UNKNOWN, problem=str(error))


def attempts_of(error: AmiliError) -> int:
    """How often a request was sent that ended with this error; 0 where that is not known."""
    attempts = getattr(error, "attempts", 0)
    return attempts if isinstance(attempts, int) else 0


def failure_of(error: AmiliError, judged: Verdict, *, pointless: bool) -> Failure:
    """The same, as far as repeating it goes.

    Args:
        error: What was raised.
        judged: What it means for the records.
        pointless: Sending an unclear one again would end the same way.
    """
    match error:
        case RateLimitedError(retry_after_s=seconds):
            return Failure(Knowledge.NOT_ACTED_ON, seconds)
        case ServerError(status=503, retry_after_s=float() | int() as seconds):
            return Failure(Knowledge.NOT_ACTED_ON, seconds)
        case TransportError(sent=False):
            return Failure(Knowledge.NOT_ACTED_ON)
        case _ if judged.status is OutcomeStatus.UNKNOWN:
            return Failure(Knowledge.UNCLEAR, pointless=pointless)
        case _:
            return Failure(Knowledge.FINAL)


def is_too_much(error: AmiliError) -> bool:
    """Whether the API, or its silence, says that it gets too much."""
    # Where the outcome is unknown, the cause says why; the cause of a time-out is one of the lower layers.
    return any(
        isinstance(reason, (RateLimitedError, TransportTimeoutError))
        or (isinstance(reason, ServerError) and reason.status == 503)
        for reason in (error, error.__cause__)
    )


def _refused(error: ResponseError, records: int, told: str | None) -> str:
    whole = "the request" if records == 1 else f"the whole request of {records} records"
    advice = "; a smaller chunk_size or max_chunk_bytes may help" if error.status == 413 and records > 1 else ""
    number = f" (request {error.request_id})" if error.request_id else ""
    reason = f": {told}" if told else ""
    return f"The API refused {whole} with HTTP {error.status}{number}, and acted on nothing in it{advice}{reason}"
