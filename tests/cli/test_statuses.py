"""Exit statuses and the sentence of an error."""

from __future__ import annotations

import pytest

from amili_async.cli.statuses import ExitStatus, sentence, status_for
from amili_async.config import Config
from amili_async.errors import (
    AmiliError,
    AuthError,
    BulkError,
    ConfigError,
    DecodeError,
    ForbiddenError,
    NotFoundError,
    OutcomeUnknownError,
    PaginationError,
    RequestError,
    ServerError,
    TransportError,
    UnauthorizedError,
    UnprocessableError,
)
from amili_async.importers.problems import SourceError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SourceError("x"), ExitStatus.USAGE),
        (ConfigError("x"), ExitStatus.USAGE),
        (RequestError("x"), ExitStatus.USAGE),
        (BulkError("x"), ExitStatus.USAGE),
        (AuthError("x"), ExitStatus.API),
        (TransportError("x"), ExitStatus.API),
        (UnauthorizedError("x", status=401), ExitStatus.API),
        (ForbiddenError("x", status=403), ExitStatus.API),
        (NotFoundError("x", status=404), ExitStatus.API),
        (ServerError("x", status=500), ExitStatus.API),
        (DecodeError("x"), ExitStatus.API),
        (PaginationError("x"), ExitStatus.API),
        (OutcomeUnknownError("x"), ExitStatus.OPEN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, AmiliError) else None,
)
def test_statuses(error: AmiliError, status: ExitStatus) -> None:
    """2 is for what the user has to mend, 3 for the API, 4 for what is open."""
    assert status_for(error) == status


def test_an_error_that_may_be_a_wrong_address_names_it() -> None:
    """Not found, unreadable and unreachable name the host and the setting it comes from; a refusal does not."""
    config = Config(base_url="https://api.example.com", environment="staging")
    for error in (NotFoundError("x", status=404), DecodeError("x"), TransportError("x")):
        told = sentence(error, config)
        assert told == "x. The API host is https://api.example.com, from base_url (AMILI_BASE_URL)."
    assert sentence(UnprocessableError("x", status=422), config) == "x."
    assert "environment 'staging' (AMILI_ENVIRONMENT)" in sentence(TransportError("x"), Config(environment="staging"))


def test_a_token_service_that_failed_is_named() -> None:
    """Where no token could be had, the token service and its setting are named, unless it refused the credentials."""
    config = Config(environment="staging")
    assert "https://auth.staging.amili.no/token, from environment" in sentence(AuthError("x"), config)
    assert sentence(AuthError("x", refused=True), config) == "x."


def test_a_sentence_ends() -> None:
    """A message gets a full stop where it has none."""
    assert sentence(AmiliError("why?"), None) == "why?"
    assert sentence(AmiliError("no"), None) == "no."
