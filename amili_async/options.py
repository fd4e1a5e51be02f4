"""What may be set for a single call."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from amili_async.errors import RequestError

__all__ = ["RequestOptions"]


@frozen(kw_only=True)
class RequestOptions:
    """Settings for one call; what is given here wins over the `Config`.

    Attributes:
        deadline_s: Seconds for the call as a whole, retries and waits between them included.
        max_attempts: How often the request may be sent at most.
        headers: Extra request headers. `Authorization` cannot be set here.
        query: Extra query parameters, for those that the documentation hides.
        idempotency_key: Key to send instead of a fresh random one, for operations that carry a key.
        allow_unverified: Permit a write whose method or path is only assumed.
    """

    deadline_s: float | None = None
    max_attempts: int | None = None
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    query: Mapping[str, str] = field(factory=dict, repr=False)
    idempotency_key: str | None = None
    allow_unverified: bool | None = None

    def __attrs_post_init__(self) -> None:
        if self.max_attempts is not None and self.max_attempts < 1:
            raise RequestError(f"max_attempts is {self.max_attempts}; it must be at least 1", path="max_attempts")
        if self.deadline_s is not None and not self.deadline_s > 0:
            raise RequestError(f"deadline_s is {self.deadline_s}; it must be more than 0 seconds", path="deadline_s")
