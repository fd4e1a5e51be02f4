"""Which function answers which operation. One that is not here is answered by the spec alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox import (
    handlers_actions,
    handlers_batches,
    handlers_cases,
    handlers_deprecated,
    handlers_invoices,
    handlers_legacy,
    handlers_settlements,
    handlers_token,
    handlers_writes,
)
from amili_async.sandbox.arm import customers, documents, files, items, postings
from amili_async.sandbox.call import Handler

__all__ = ["HANDLERS"]

HANDLERS: Final[Mapping[str, Handler]] = {
    **handlers_token.HANDLERS,
    **handlers_writes.HANDLERS,
    **handlers_invoices.HANDLERS,
    **handlers_batches.HANDLERS,
    **handlers_cases.HANDLERS,
    **handlers_settlements.HANDLERS,
    **handlers_actions.HANDLERS,
    **handlers_deprecated.HANDLERS,
    **handlers_legacy.HANDLERS,
    **customers.HANDLERS,
    **documents.HANDLERS,
    **items.HANDLERS,
    **postings.HANDLERS,
    **files.HANDLERS,
}
