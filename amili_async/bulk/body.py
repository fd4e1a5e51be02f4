"""Request bodies that were encoded before: sent byte for byte, and not encoded twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from amili_async import codec
from amili_async._codec.hooks import Writer

__all__ = ["encoded_body"]


@cache
def encoded_body(model: Any) -> Callable[[bytes], Any]:
    """Make a function from bytes to something that is a `model` and encodes as those bytes."""
    encoded: Any = type(f"Encoded{model.__name__}", (model,), {"__slots__": ("content",)})

    def wrap(content: bytes) -> Any:
        body = encoded.__new__(encoded)  # its other fields stay unset: nobody reads them
        body.content = content
        return body

    codec.converter.register_unstructure_hook(
        encoded,
        Writer(lambda body: codec.decode_json(body.content), lambda body: msgspec.Raw(body.content)),
    )
    return wrap
