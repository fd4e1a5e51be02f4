"""What may be set for a single call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, cast

from attrs import field, frozen

from amili_async.errors import RequestError

__all__ = ["RequestOptions", "is_header_text", "is_unicode"]

_HEADER_TEXT: Final = re.compile(r"[!-~]([ -~]*[!-~])?")


def is_header_text(text: object) -> bool:
    """Whether this can stand in a request header: visible ASCII, no line breaks, no blanks around it."""
    return isinstance(text, str) and _HEADER_TEXT.fullmatch(text) is not None


def is_unicode(text: str) -> bool:
    """Whether this can be sent at all; bytes read with the wrong charset are kept as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:  # it holds the text, which may be a secret, so it is not passed on
        return False
    return True


@frozen(kw_only=True)
class RequestOptions:
    """Settings for one call; what is given here wins over the `Config`.

    Attributes:
        deadline_s: Seconds for the call as a whole, retries and waits between them included.
        max_attempts: How often the request may be sent at most, not counting one replay with a new token after a 401.
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
        if self.idempotency_key is not None and not is_header_text(self.idempotency_key):
            raise RequestError(
                "idempotency_key must be text of visible ASCII characters, and not empty", path="idempotency_key"
            )
        for kind, pairs in (("headers", self.headers), ("query", self.query)):
            for name, value in cast("Mapping[object, object]", pairs).items():
                if not isinstance(name, str) or not isinstance(value, str):
                    raise RequestError(f"{kind}[{name!r}] must be text, not {type(value).__name__}", path=str(name))
