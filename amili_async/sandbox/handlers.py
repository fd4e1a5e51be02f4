"""Which function answers which operation. An operation that is not here answers 501."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox import (
    handlers_batches,
    handlers_cases,
    handlers_invoices,
    handlers_settlements,
    handlers_token,
    handlers_writes,
)
from amili_async.sandbox.call import Handler

__all__ = ["HANDLERS"]

HANDLERS: Final[Mapping[str, Handler]] = {
    **handlers_token.HANDLERS,
    **handlers_writes.HANDLERS,
    **handlers_invoices.HANDLERS,
    **handlers_batches.HANDLERS,
    **handlers_cases.HANDLERS,
    **handlers_settlements.HANDLERS,
}
