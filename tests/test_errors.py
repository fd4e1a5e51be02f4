"""Errors: one root, attributes that survive a pickle, and nothing private in any text."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import amili_async
from amili_async import errors
from amili_async.errors import AmiliError, response_error

MADE: list[AmiliError] = [
    errors.ConfigError("m"),
    errors.RequestError("m", path="$.invoices[0]"),
    errors.TransportError("m", operation="Op", attempts=2, sent=False),
    errors.TransportTimeoutError("m"),
    errors.AuthError("m", status=401, refused=True),
    errors.NotFoundError("m", status=404, operation="Op", request_id="r-1", body={"name": "Kari"}, headers={"a": "b"}),
    errors.RateLimitedError("m", status=429),
    errors.DecodeError("m", path="$.data", operation="Op", status=200, request_id="r-1"),
    errors.OutcomeUnknownError("m", operation="Op", idempotency_key="k", attempts=3),
    errors.BatchTimeoutError("m", organization_id="o", batch_id="b", waited_s=3.0, last_status="QUEUED"),
    errors.PaginationError("m"),
    errors.ClientStateError("m"),
    errors.BulkError("m"),
    errors.JournalError("m"),
    errors.WebhookError("m"),
    errors.UnverifiedOperationError("m"),
]


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_errors_survive_pickling(error: AmiliError) -> None:
    """They cross process borders with their attributes, except those that may hold personal data."""
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == "m"
    expected: dict[str, Any] = {k: None if k in {"body", "headers"} else v for k, v in vars(error).items()}
    assert vars(copy) == expected


def test_bodies_stay_out_of_texts_and_pickles() -> None:
    """A body may name a debtor; it is there to be read and nowhere else."""
    error = errors.ResponseError("refused", status=400, body={"name": "Kari Nordmann"})
    assert error.body == {"name": "Kari Nordmann"}
    assert "Kari" not in f"{error} {error!r}"
    assert b"Kari" not in pickle.dumps(error)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "UnauthorizedError"),
        (403, "ForbiddenError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (422, "UnprocessableError"),
        (429, "RateLimitedError"),
        (500, "ServerError"),
        (520, "ServerError"),
        (599, "ServerError"),
        (418, "ResponseError"),
        (302, "ResponseError"),
    ],
)
def test_each_status_has_its_class(status: int, name: str) -> None:
    """Statuses that no standard knows included."""
    assert response_error(status).__name__ == name


def test_every_error_is_exported_and_has_one_root() -> None:
    """What a user may catch can be imported from the package and is caught by `except AmiliError`."""
    named = {name for name in errors.__all__ if name != "response_error"}
    assert named <= set(amili_async.__all__)
    classes = [getattr(errors, name) for name in named]
    assert all(issubclass(c, AmiliError) for c in classes if not issubclass(c, Warning))


def test_the_tree_in_the_docstring_is_complete() -> None:
    """Every class stands in the picture at the top of the module."""
    assert errors.__doc__ is not None
    missing = [name for name in errors.__all__ if name.endswith("Error") and name not in errors.__doc__]
    assert missing == []
