"""Requests and answers as plain values, without I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

__all__ = ["RawResponse", "Request", "Response"]

T = TypeVar("T")


@frozen(kw_only=True)
class Request:
    """One HTTP request to the API, before authentication.

    Attributes:
        method: HTTP method.
        path: Path on the API host, already quoted, product prefix included (`/collection/v1/orgs/...`).
        query: Name-value pairs; a name may come more than once.
        headers: Request headers.
        content: The body's bytes.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)

    def at(self, path: str) -> Request:
        """The same request to another path."""
        return evolve(self, path=path)

    def with_header(self, name: str, value: str) -> Request:
        """The same request with one header set."""
        return evolve(self, headers={**self.headers, name: value})


@frozen
class RawResponse:
    """An answer before anything is made of it. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


@frozen(kw_only=True)
class Response(Generic[T]):
    """An answer with everything around it.

    Attributes:
        status: HTTP status.
        headers: Response headers, names in lower case.
        request_id: The server's id of the request, where it sent one. Quote it to Amili's support.
        attempts: How often the request was sent.
        elapsed_s: Seconds from the call to the answer, waits included.
        content: The body's bytes. May hold personal data, so it is left out of `repr`.
        parsed: The body as a model.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    request_id: str | None
    attempts: int
    elapsed_s: float
    content: bytes = field(repr=False)
    parsed: T = field(repr=False)
