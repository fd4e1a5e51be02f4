"""Every error this library raises.

    AmiliError
    ├── ConfigError                settings are missing or do not fit together
    ├── UnverifiedOperationError   a write whose path is only assumed, and nobody allowed it
    ├── RequestError               an argument or a request body cannot be sent
    ├── TransportError             the API was not reached, or the answer broke off
    │   └── TransportTimeoutError  ... because a time limit ran out
    ├── AuthError                  no token: refused, or the token service failed
    ├── ResponseError              the API answered with an error status
    │   ├── BadRequestError 400 · UnauthorizedError 401 · ForbiddenError 403 · NotFoundError 404
    │   ├── ConflictError 409 · UnprocessableError 422 · RateLimitedError 429
    │   └── ServerError 5xx
    ├── DecodeError                an answer has another shape than the spec says
    ├── PaginationError            a list that leads nowhere
    ├── OutcomeUnknownError        a write may or may not have been acted on
    ├── BatchTimeoutError          a batch was not finished in time; wait again
    ├── ClientStateError           a client that is not open, closed, or of another event loop
    ├── BulkError                  a bulk run could not start or go on
    │   └── JournalError           its journal cannot be used
    │       └── AnotherListError   it is about another list
    └── WebhookError               a webhook could not be trusted or understood

Messages say what to do next. None holds a body, a token or personal data; `ResponseError.body` is there to be read, and
is left out of `str`, `repr` and pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the engine imports this module
    from amili_async.bulk.report import BulkReport

__all__ = [
    "AmiliError",
    "AnotherListError",
    "AuthError",
    "BadRequestError",
    "BatchTimeoutError",
    "BulkError",
    "ClientStateError",
    "ConfigError",
    "ConflictError",
    "DecodeError",
    "ForbiddenError",
    "JournalError",
    "NotFoundError",
    "OutcomeUnknownError",
    "PaginationError",
    "RateLimitedError",
    "RequestError",
    "ResponseError",
    "ServerError",
    "TransportError",
    "TransportTimeoutError",
    "UnauthorizedError",
    "UnprocessableError",
    "UnverifiedOperationError",
    "UnverifiedOperationWarning",
    "WebhookError",
    "response_error",
]


class UnverifiedOperationWarning(UserWarning):
    """A read was made whose method or path is only assumed from its siblings."""


class AmiliError(Exception):
    """Root of all errors of this library.

    Attributes:
        message: One sentence on what happened and what to do.
    """

    #: Attributes that are left out when the error is pickled.
    _private: tuple[str, ...] = ()

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        # Subclasses take keyword arguments, which the default protocol cannot replay.
        state = {k: None if k in self._private else v for k, v in self.__dict__.items()}
        return (_restore, (type(self), self.message, state))


def _restore(cls: type[AmiliError], message: str, state: dict[str, Any]) -> AmiliError:
    error = cls.__new__(cls)
    error.args = (message,)
    error.__dict__.update(state)
    return error


class ConfigError(AmiliError):
    """Settings are missing or do not fit together. The message names the setting and its environment variable."""


class UnverifiedOperationError(AmiliError):
    """A write whose method or path is only assumed, and neither the Config nor the call allows those."""


class RequestError(AmiliError):
    """An argument or a request body cannot be sent. Nothing has left.

    Attributes:
        path: Where in the body, in wire names (`$.invoices[3].dueDate`), or the name of the argument.
    """

    def __init__(self, message: str, *, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path


class TransportError(AmiliError):
    """The API was not reached, or the answer broke off.

    Attributes:
        operation: operationId, where the request belonged to one.
        attempts: How often the request was sent.
        sent: False if it is certain that no byte of the request left.
        pointless: True if another attempt would end the same way, as with an answer that is too long.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        attempts: int = 0,
        sent: bool = True,
        pointless: bool = False,
    ) -> None:
        super().__init__(message)
        self.pointless = pointless
        self.operation = operation
        self.attempts = attempts
        self.sent = sent


class TransportTimeoutError(TransportError):
    """A time limit ran out: connecting, waiting for the answer, or the deadline of the call."""


class AuthError(AmiliError):
    """No access token could be had.

    Attributes:
        status: What the token service answered, or None if there was no answer.
        refused: True if it said no to these credentials; False if it failed or was not reached.
    """

    def __init__(self, message: str, *, status: int | None = None, refused: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.refused = refused


class ResponseError(AmiliError):
    """The API answered with an error status.

    Attributes:
        status: HTTP status.
        operation: operationId, where the request belonged to one.
        request_id: The server's id of the request, where it sent one. Quote it to Amili's support.
        attempts: How often the request was sent.
        headers: Response headers, names in lower case.
        body: The answer's body, decoded from JSON where it was JSON, else bytes. It may hold personal data.
    """

    _private = ("body", "headers")

    def __init__(
        self,
        message: str,
        *,
        status: int,
        operation: str | None = None,
        request_id: str | None = None,
        attempts: int = 1,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.operation = operation
        self.request_id = request_id
        self.attempts = attempts
        self.headers = headers
        self.body = body


class BadRequestError(ResponseError):
    """400: the request is malformed."""


class UnauthorizedError(ResponseError):
    """401: the token was not accepted, also after a fresh one was fetched."""


class ForbiddenError(ResponseError):
    """403: the client may not do this, or not for this organization."""


class NotFoundError(ResponseError):
    """404: there is no such thing, or not for this client."""


class ConflictError(ResponseError):
    """409: it contradicts what is there already."""


class UnprocessableError(ResponseError):
    """422: the request is well-formed but its content is refused."""


class RateLimitedError(ResponseError):
    """429: too many requests.

    Attributes:
        retry_after_s: Seconds the server asked to wait, if it said so.
    """

    retry_after_s: float | None = None


class ServerError(ResponseError):
    """5xx: the API failed.

    Attributes:
        retry_after_s: Seconds the server asked to wait, if it said so.
    """

    retry_after_s: float | None = None


class DecodeError(AmiliError):
    """Data has another shape than the spec says.

    Attributes:
        path: Where, in wire names: `$.data[3].invoiceDate`.
        operation: operationId, if it was an answer.
        status: HTTP status of the answer.
        request_id: The server's id of the request.
        idempotency_key: The key of the request, if it was a write that carries one. It has been accepted, so do not
            send it again; `GetBatchesByOrganization` can be asked for the key.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str = "$",
        operation: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        super().__init__(message)
        self.idempotency_key = idempotency_key
        self.path = path
        self.operation = operation
        self.status = status
        self.request_id = request_id


class PaginationError(AmiliError):
    """The pages of a list lead nowhere: a cursor came twice, or there is more but no way to ask for it."""


class ClientStateError(AmiliError, RuntimeError):
    """The client was used before `async with`, after it was closed, or from another event loop."""


class OutcomeUnknownError(AmiliError):
    """A write may or may not have been acted on. Look it up before sending it again.

    Attributes:
        operation: operationId.
        idempotency_key: The key it was sent with; `GetBatchesByOrganization` can be asked for it.
        attempts: How often the request was sent.
    """

    def __init__(
        self, message: str, *, operation: str | None = None, idempotency_key: str | None = None, attempts: int = 1
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.idempotency_key = idempotency_key
        self.attempts = attempts


class BatchTimeoutError(AmiliError):
    """A batch was not finished in time. It goes on at Amili's side: wait again with the same ids.

    Attributes:
        organization_id: Owner of the batch.
        batch_id: The batch.
        waited_s: Seconds waited.
        last_status: The status last seen, if any.
    """

    def __init__(
        self, message: str, *, organization_id: str, batch_id: str, waited_s: float, last_status: str | None = None
    ) -> None:
        super().__init__(message)
        self.organization_id = organization_id
        self.batch_id = batch_id
        self.waited_s = waited_s
        self.last_status = last_status


class BulkError(AmiliError):
    """A bulk run could not start or go on.

    Attributes:
        report: What had become of the records by then, if the run had started: a `BulkReport`.
    """

    report: BulkReport | None = None


class JournalError(BulkError):
    """The journal of a bulk run cannot be used."""


class AnotherListError(JournalError):
    """The journal of a bulk run is about another list of such records. Nothing was sent.

    Attributes:
        reason: How that shows, without what to do about it.
        changed: It may be the same list, in which records were changed that Amili has, or may have.
    """

    def __init__(self, message: str, *, reason: str, changed: bool = False) -> None:
        super().__init__(message)
        self.reason = reason
        self.changed = changed


class WebhookError(AmiliError):
    """A webhook could not be trusted or understood."""


_BY_STATUS: Mapping[int, type[ResponseError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableError,
    429: RateLimitedError,
}


def response_error(status: int) -> type[ResponseError]:
    """The error class for a status; statuses that no standard knows (520) included."""
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, ResponseError)
