"""What the error of a chunk's request means for its records and for the run."""

from __future__ import annotations

import pytest

from amili_async.bulk.outcomes import OutcomeStatus
from amili_async.bulk.verdicts import attempts_of, is_too_much, verdict
from amili_async.errors import (
    AmiliError,
    AuthError,
    ConfigError,
    DecodeError,
    OutcomeUnknownError,
    RateLimitedError,
    RequestError,
    ResponseError,
    ServerError,
    TransportError,
    TransportTimeoutError,
    UnverifiedOperationError,
    response_error,
)


def server_error(status: int, retry_after_s: float | None) -> ServerError:
    error = ServerError("failed", status=status)
    error.retry_after_s = retry_after_s
    return error


@pytest.mark.parametrize(
    ("error", "status", "stops", "reached"),
    [
        (OutcomeUnknownError("who knows"), OutcomeStatus.UNKNOWN, False, True),
        (DecodeError("no batch id", status=202), OutcomeStatus.UNKNOWN, False, True),
        (TransportError("broke off", sent=True), OutcomeStatus.UNKNOWN, False, True),
        (ResponseError("too slow", status=408), OutcomeStatus.UNKNOWN, False, True),
        (server_error(500, None), OutcomeStatus.UNKNOWN, False, True),
        (server_error(503, None), OutcomeStatus.UNKNOWN, False, True),
        (server_error(503, 5.0), OutcomeStatus.UNSENT, False, True),
        (server_error(501, None), OutcomeStatus.UNSENT, True, False),
        (RateLimitedError("slower", status=429), OutcomeStatus.UNSENT, False, True),
        *((response_error(s)("no", status=s), OutcomeStatus.REJECTED, False, True) for s in (400, 409, 413, 415, 422)),
        *((response_error(s)("no", status=s), OutcomeStatus.UNSENT, True, False) for s in (307, 401, 403, 404, 405)),
        (AuthError("no token", refused=True), OutcomeStatus.UNSENT, True, False),
        (ConfigError("no url"), OutcomeStatus.UNSENT, True, False),
        (RequestError("no such id"), OutcomeStatus.UNSENT, True, False),
        (UnverifiedOperationError("not allowed"), OutcomeStatus.UNSENT, True, False),
        (TransportError("no route", sent=False), OutcomeStatus.UNSENT, True, False),
        (TransportTimeoutError("no connection", sent=False), OutcomeStatus.UNSENT, True, False),
        (AmiliError("something new"), OutcomeStatus.UNKNOWN, False, True),
    ],
)
def test_each_error_has_its_verdict(error: AmiliError, status: OutcomeStatus, stops: bool, reached: bool) -> None:  # noqa: FBT001  # a table
    """Only what certainly was not acted on is UNSENT or REJECTED; only what the next chunk would meet too stops."""
    judged = verdict(error, 3)
    assert (judged.status, judged.stops, judged.reached) == (status, stops, reached)


def test_a_refusal_of_the_whole_request_says_so() -> None:
    """The reason names the status and that nothing was acted on, and repeats what the API told."""
    error = ResponseError("no", status=422, request_id="r-1")
    problem = verdict(error, 200, "$.invoices[3].dueDate is missing").problem
    assert "whole request of 200 records" in problem
    assert "422" in problem
    assert "acted on nothing" in problem
    assert "r-1" in problem
    assert problem.endswith("$.invoices[3].dueDate is missing")


def test_a_request_that_is_too_large_gets_advice() -> None:
    """413 is about the chunk: the settings that make it smaller are named."""
    assert "chunk_size" in verdict(ResponseError("no", status=413), 200).problem
    assert "chunk_size" not in verdict(ResponseError("no", status=413), 1).problem


def test_attempts_are_known_where_the_error_carries_them() -> None:
    """Errors that never concerned a request count as none."""
    assert attempts_of(OutcomeUnknownError("?", attempts=3)) == 3
    assert attempts_of(ConfigError("no url")) == 0


def because(error: AmiliError, cause: Exception) -> AmiliError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RateLimitedError("slow down", status=429), True),
        (server_error(503, None), True),
        (server_error(500, None), False),
        (TransportTimeoutError("no answer", sent=True), True),
        (because(TransportTimeoutError("no connection", sent=False), TimeoutError()), True),
        (because(TransportError("broke off"), ConnectionResetError()), False),
        (because(OutcomeUnknownError("who knows"), TransportTimeoutError("no answer")), True),
        (because(OutcomeUnknownError("who knows"), server_error(503, None)), True),
        (because(OutcomeUnknownError("who knows"), TransportError("broke off")), False),
    ],
)
def test_what_says_that_it_is_too_much(error: AmiliError, expected: bool) -> None:  # noqa: FBT001
    """Throttling and silence, and that an outcome is unknown because of them; not hidden by what lies below."""
    assert is_too_much(error) is expected
