"""What a creditor decides about a case, carried out later as a batch; and the deprecated actions on invoices.

Of all these only ResumeInvoice was seen, and that it answers 202 without a body. That the others answer with a batch is
concluded from the list of batches, which can be filtered by a subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amili_async.sandbox.call import Answer, Call, Handler, accepted
from amili_async.sandbox.problems import not_found

__all__ = ["HANDLERS"]


def _on_case(action: str, subject: str | None = None) -> Handler:
    def handle(call: Call) -> Answer:
        case = call.books.cases.get(call.path["caseId"])
        if case is None:
            raise not_found("the case")
        return _submit(call, {"action": action, "subject": subject, "caseId": case.id})

    return handle


def _on_invoice(action: str) -> Handler:
    def handle(call: Call) -> Answer:
        invoice = call.books.invoices.get(call.path["invoiceId"])
        if invoice is None:
            raise not_found("the invoice")
        return _submit(call, {"action": action, "subject": None, "caseId": invoice.case.id, "invoiceId": invoice.id})

    return handle


def resume_invoice(call: Call) -> Answer:
    """Let the case of an invoice go on; the documentation shows no body in the answer."""
    _on_invoice("resume")(call)
    return Answer(202)


def call_banqsoft(call: Call) -> Answer:
    """Keep what was sent; only the operation's name is known."""
    path = call.location
    call.state.records.put(path, call.state.new_id(), call.body)
    return Answer(202, {"summary": {"status": "SUCCESS"}})


def _submit(call: Call, item: Mapping[str, Any]) -> Answer:
    organization = call.books.organization.id
    batch = call.state.submit(organization, "actions", [item], key=call.idempotency_key, subject_id=item["caseId"])
    return accepted(call, organization, batch.id)


HANDLERS: Final[Mapping[str, Handler]] = {
    "PauseCase": _on_case("pause"),
    "ResumeCase": _on_case("resume"),
    "WithdrawCase": _on_case("withdraw"),
    "AcceptDebtCollectionList": _on_case("accept", "debt collection list"),
    "RejectDebtCollectionList": _on_case("reject", "debt collection list"),
    "AcceptEvictionRequest": _on_case("accept", "eviction request"),
    "RejectEvictionRequest": _on_case("reject", "eviction request"),
    "AcceptEvictionConfirmation": _on_case("accept", "eviction confirmation"),
    "RejectEvictionConfirmation": _on_case("reject", "eviction confirmation"),
    "PauseInvoice": _on_invoice("pause"),
    "WithdrawInvoice": _on_invoice("withdraw"),
    "ResumeInvoice": resume_invoice,
    "CallBanqSoft": call_banqsoft,
}
