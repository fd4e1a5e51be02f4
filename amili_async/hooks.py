"""Looking on: what the client does, as events. The one extension point.

    client = AmiliClient(config, hooks=[Hooks(on_retry=lambda event: metrics.count("amili.retry", event.operation))])

Hooks are plain functions, called on the event loop, so they must be quick. One that raises is logged and otherwise
ignored: looking on must not lose an invoice. Events hold no body, no token, no query value and no path value.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, Final

import attrs
from attrs import frozen

from amili_async.types import OpenIntEnum, OpenStrEnum

__all__ = ["HookSet", "Hooks", "RequestEvent", "ResponseEvent", "RetryEvent", "SchemaDriftEvent", "drift_in"]

#: A field that only seems to be an enum may hold another value in each answer, for as long as a service runs.
_MOST_DRIFT: Final = 1000

log = logging.getLogger("amili_async")


@frozen(kw_only=True)
class RequestEvent:
    """A request is about to be sent.

    Attributes:
        id: Number of this attempt, unique in the process; the `ResponseEvent` of the same attempt has it too.
        operation: operationId, or None for `send`.
        method: HTTP method.
        host: Where it goes.
        route: The path's template (`/collection/v1/orgs/{organizationId}/cases`), without values.
        attempt: How often the request has been sent, this time included.
    """

    id: int
    operation: str | None
    method: str
    host: str
    route: str | None
    attempt: int


@frozen(kw_only=True)
class ResponseEvent:
    """An attempt has ended: with an answer, or without.

    Attributes:
        id: Number of the attempt.
        operation: operationId, or None for `send`.
        attempt: Which attempt of the call.
        status: HTTP status, or None if there was no answer.
        error: Name of the error's class if there was no answer.
        request_id: The server's id of the request, where it sent one.
        elapsed_s: Seconds of this attempt.
    """

    id: int
    operation: str | None
    attempt: int
    status: int | None
    error: str | None
    request_id: str | None
    elapsed_s: float


@frozen(kw_only=True)
class RetryEvent:
    """A request will be sent again.

    Attributes:
        operation: operationId, or None for `send`.
        attempt: The attempt that failed.
        delay_s: Seconds until the next one.
        reason: What is known of the failed one: `not acted on` or `unclear`.
        status: Its HTTP status, or None if there was no answer.
    """

    operation: str | None
    attempt: int
    delay_s: float
    reason: str
    status: int | None


@frozen(kw_only=True)
class SchemaDriftEvent:
    """An answer held something that the spec does not name: the API has moved. Told once per place and client.

    No client tells of more than a thousand.

    Attributes:
        operation: operationId.
        model: Name of the model.
        field: Wire name of the field.
        value: For an unknown enum value, the value; None for an unknown field.
    """

    operation: str
    model: str
    field: str
    value: str | int | None = None


@frozen(kw_only=True)
class Hooks:
    """Functions to be told. Any of them may be left out.

    Attributes:
        on_request: Before each attempt.
        on_response: After each attempt.
        on_retry: When a request will be sent again.
        on_schema_drift: When an answer holds an unknown field or enum value.
    """

    on_request: Callable[[RequestEvent], object] | None = None
    on_response: Callable[[ResponseEvent], object] | None = None
    on_retry: Callable[[RetryEvent], object] | None = None
    on_schema_drift: Callable[[SchemaDriftEvent], object] | None = None


class HookSet:
    """Several `Hooks`, told one after the other."""

    def __init__(self, hooks: Iterable[Hooks] = ()) -> None:
        self._hooks = tuple(hooks)
        self._drift_told: set[SchemaDriftEvent] = set()
        self.wants_drift: Final = any(hook.on_schema_drift is not None for hook in self._hooks)

    def __bool__(self) -> bool:
        return bool(self._hooks)

    def request(self, event: RequestEvent) -> None:
        """Tell of a request."""
        for hook in self._hooks:
            _tell(hook.on_request, event)

    def response(self, event: ResponseEvent) -> None:
        """Tell of the end of an attempt."""
        for hook in self._hooks:
            _tell(hook.on_response, event)

    def retry(self, event: RetryEvent) -> None:
        """Tell of a repetition."""
        for hook in self._hooks:
            _tell(hook.on_retry, event)

    def look_for_drift(self, operation: str, answer: Any) -> None:
        """Tell of what an answer holds beyond the spec, each thing once."""
        for event in drift_in(operation, answer):
            if event not in self._drift_told and len(self._drift_told) < _MOST_DRIFT:
                self._drift_told.add(event)
                for hook in self._hooks:
                    _tell(hook.on_schema_drift, event)


def _tell(hook: Callable[[Any], object] | None, event: Any) -> None:
    if hook is None:
        return
    try:
        hook(event)
    except Exception:
        log.exception("a hook failed on %s", type(event).__name__)


def drift_in(operation: str, answer: Any) -> Iterator[SchemaDriftEvent]:
    """What a model holds that the spec does not name."""
    if isinstance(answer, list):
        for item in answer:
            yield from drift_in(operation, item)
    elif attrs.has(type(answer)):
        model = type(answer).__name__
        for name in getattr(answer, "additional_properties", ()):
            yield SchemaDriftEvent(operation=operation, model=model, field=name)
        for attribute in attrs.fields(type(answer)):
            if attribute.name == "additional_properties":
                continue
            value = getattr(answer, attribute.name)
            if isinstance(value, Enum):
                if isinstance(value, OpenStrEnum | OpenIntEnum) and not value.is_known:
                    wire = attribute.metadata.get("wire", attribute.name)
                    yield SchemaDriftEvent(operation=operation, model=model, field=wire, value=value.value)
            elif isinstance(value, list) or attrs.has(type(value)):
                yield from drift_in(operation, value)
