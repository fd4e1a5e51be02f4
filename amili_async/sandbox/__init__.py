"""A local Amili for people who have no account, and for tests.

    async with Sandbox(seed=1) as sandbox, AmiliClient(sandbox.config()) as amili:
        ...

It is a real HTTP server on loopback with a token service. Requests are checked against the same OpenAPI documents that
the library is generated from, and so are its own answers. It keeps state: invoices are taken in as a batch, open cases,
are paid and corrected; payments give settlements; lists filter and page.

What Amili does is documented in part only. The paths, names and shapes here are the documentation's; **the following is
the sandbox's own**, and no evidence of what Amili does:

- Only the organization of the settings is there, and those that `sandbox.state.add_organization` adds; others answer
  404.
- Invoices are rejected whose number is missing or was used before in the organization (`reject_duplicates=False` lets
  them in), that have no debtor, whose amount is missing or not more than 0, whose currency is not three letters, or
  that are due before their date. Payments and corrections are rejected whose invoice is unknown, whose amount is
  missing or 0 (payments: or less), or whose currency is not the invoice's.
- A rejected item names its invoice (`invoiceNumber` and `uniqueSourceInvoiceId`, or `invoiceId`) and its `errors`, a
  list of `{"objectname", "objectindex", "message"}`: no rejected item was ever seen, so this is the one error shape
  that was.
- A batch stays QUEUED for `batch_delay_s`, then it is SUCCESS (also when empty), PARTIAL or FAILED. Batches of
  payments and corrections have the types PAYMENT and CORRECTION, and list the invoice, its number and its case per
  item.
- Every invoice opens a case of its own, of the invoice's type (PAYMENT_REMINDER if it has none), with the claims that
  were sent or else one PRINCIPAL over the invoice's amount. Case numbers count up from 5000001. A case has no account
  number, since one that looks real could be paid to.
- A payment reduces the claims in their order; what is paid too much counts as paid and leaves 0 to pay. A correction
  reduces by a positive amount and raises by a negative one. A case with nothing left to pay is CLOSED, and its
  invoice with it; a correction can open it again. `currentAmount` is the amount after corrections, before payments.
- Every payment is a settlement at once, of type COLLECTOR_PAYMENT (the only known one). Principal and interest go to
  the creditor; what is booked on claims with FEE in their type goes to the collector.
- Lists are oldest first; batches turn round with a `SortDirection` that begins with "desc". A page has 50 items, 200
  at most; both summaries are filled. A page token is good for the same filters only; another one answers 400. `From`
  and `To` look at `createdAt`, `fromDate` and `toDate` at `settlementDate`; a plain date is the whole day in UTC.
  `SubjectId` is a batch's `createdBy`. `SearchTerm` looks at numbers, names and descriptions.
- An idempotency key (header `IdempotencyKey`) that comes again in an organization with the same items gives the same
  batch, with others 409. `honour_idempotency_keys=False` acts again; `store_idempotency_keys=False` makes it
  unfindable.
- Errors are `{"title", "status", "errors": [{"path", "message"}]}`: 400 for what cannot be read, for parameters that
  do not fit or are unknown, and for more than 1000 items; 401 without a valid token; 404; 409; 413 over 4 MB; 415;
  422 for a body that breaks the spec; 501 for operations that the sandbox does not have yet; 500 if its own answer
  breaks the spec. Errors of the token service are those of OAuth 2.0 (`{"error": "invalid_client"}`).
- Every answer has an `X-Request-Id`, the number of the request in `sandbox.requests`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from amili_async.sandbox.clock import VirtualClock
    from amili_async.sandbox.entities import LedgerEntry
    from amili_async.sandbox.fault_files import load_faults
    from amili_async.sandbox.faults import Faults, Rule
    from amili_async.sandbox.foreground import run
    from amili_async.sandbox.server import Sandbox
    from amili_async.sandbox.settings import Settings

__all__ = ["Faults", "LedgerEntry", "Rule", "Sandbox", "Settings", "VirtualClock", "load_faults", "run"]

# Loaded on first use: the pytest plugin stands in this package, and must not cost every test run a web server.
_HOMES: Final = {
    "Faults": "faults",
    "LedgerEntry": "entities",
    "Rule": "faults",
    "Sandbox": "server",
    "Settings": "settings",
    "VirtualClock": "clock",
    "load_faults": "fault_files",
    "run": "foreground",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "jsonschema_rs":
            raise
        message = "the sandbox needs jsonschema-rs: pip install 'amili-async[sandbox]'"
        raise ModuleNotFoundError(message, name=error.name) from error


def __dir__() -> list[str]:
    return sorted(__all__)
