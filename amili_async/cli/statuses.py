"""What the exit status says, and how an error is told: one sentence, no traceback."""

from __future__ import annotations

from enum import IntEnum

from amili_async.config import Config
from amili_async.errors import (
    AmiliError,
    AuthError,
    BulkError,
    ClientStateError,
    ConfigError,
    DecodeError,
    OutcomeUnknownError,
    RequestError,
    ResponseError,
    TransportError,
    UnverifiedOperationError,
)
from amili_async.importers.problems import SourceError

__all__ = ["ExitStatus", "sentence", "status_for"]


class ExitStatus(IntEnum):
    """Exit statuses of the command."""

    OK = 0
    """Everything was accepted."""

    REJECTED = 1
    """Some records were rejected, or some rows could not be read."""

    USAGE = 2
    """The command was used wrongly, a setting is missing, or an input file cannot be used."""

    API = 3
    """The API could not be reached, or refused us."""

    OPEN = 4
    """Some records were not sent, or it is not known what became of them."""

    INTERRUPTED = 130
    """Ctrl-C."""

    TERMINATED = 143
    """SIGTERM, with which systemd and Kubernetes stop a job."""


_OURS = (SourceError, ConfigError, UnverifiedOperationError, RequestError, ClientStateError, BulkError)


def status_for(error: AmiliError) -> ExitStatus:
    """The exit status of a command that ended with this error."""
    if isinstance(error, AuthError) and isinstance(error.__cause__, ConfigError):
        return ExitStatus.USAGE
    if isinstance(error, OutcomeUnknownError):
        return ExitStatus.OPEN
    return ExitStatus.USAGE if isinstance(error, _OURS) else ExitStatus.API


def sentence(error: AmiliError, config: Config | None) -> str:
    """What happened and what to do, as a sentence.

    Args:
        error: What was raised.
        config: The settings in force, to say which host it was about.
    """
    text = error.message.strip()
    if not text.endswith((".", "!", "?")):
        text += "."
    if config is not None and _may_be_the_wrong_host(error):
        text += f" The API host is {config.host_url}, from {_setting(config, 'base_url')}."
    if config is not None and isinstance(error, AuthError) and not error.refused:
        text += f" The token service is {config.token_service_url}, from {_setting(config, 'token_url')}."
    return text


def _may_be_the_wrong_host(error: AmiliError) -> bool:
    if isinstance(error, ResponseError):
        return error.status in (404, 405, 501) or 300 <= error.status < 400
    return isinstance(error, DecodeError | TransportError)


def _setting(config: Config, name: str) -> str:
    if getattr(config, name) is not None:
        return f"{name} (AMILI_{name.upper()})"
    return f"environment {config.environment!r} (AMILI_ENVIRONMENT)"
