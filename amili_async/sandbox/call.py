"""What a handler gets and gives: a checked request, and an answer, both without HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import Factory, frozen

from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.books import Books
from amili_async.sandbox.paging import Page
from amili_async.sandbox.problems import Flaw, Problem
from amili_async.sandbox.settings import Settings
from amili_async.sandbox.spec import OperationSpec
from amili_async.sandbox.state import State
from amili_async.sandbox.tokens import TokenService

_PAGING = frozenset({"pagetoken", "pagesize"})

__all__ = ["Answer", "Call", "Handler", "accepted", "listed", "single"]


@frozen(kw_only=True)
class Call:
    """A request that has passed the spec.

    Attributes:
        operation: Which operation was asked for.
        path: Path parameters.
        query: Query parameters, converted to their types.
        body: The decoded body; None where there is none.
        idempotency_key: As sent.
        state: What the sandbox knows.
        settings: How it behaves.
        tokens: The token service.
        url: Where the sandbox is.
        location: The path as it was asked for.
    """

    operation: OperationSpec
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    idempotency_key: str | None
    state: State
    settings: Settings
    tokens: TokenService
    url: str
    location: str

    @property
    def books(self) -> Books:
        """The books of the organization in the path.

        Raises:
            Problem: There is no such organization.
        """
        return self.state.books(self.path["organizationId"])

    @property
    def client(self) -> ClientBooks:
        """The books of the ARM client in the path.

        Raises:
            Problem: There is no such client.
        """
        return self.state.client(self.path["clientno"])

    @property
    def scope(self) -> list[Any]:
        """What a page token is good for: this operation with these filters, whatever the size of the pages."""
        filters = sorted((name, value) for name, value in self.query.items() if name.lower() not in _PAGING)
        return [self.operation.id, sorted(self.path.items()), filters]

    def page_size(self, parameter: str = "PageSize") -> int:
        """How many rows the page gets.

        Raises:
            Problem: Less than one was asked for.
        """
        wish = self.query.get(parameter, self.settings.default_page_size)
        if wish < 1:
            raise Problem(400, "the page size cannot be used", [Flaw(parameter, "it must be at least 1")])
        return min(int(wish), self.settings.max_page_size)


@frozen
class Answer:
    """What is answered. `body` is None where there is none."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = Factory(dict)


Handler = Callable[[Call], Answer]


def accepted(call: Call, organization_id: str, batch_id: str) -> Answer:
    """A write that will be carried out by a batch."""
    url = f"{call.url}/collection/v1/orgs/{organization_id}/batches/{batch_id}"
    return Answer(202, {"summary": {"status": "SUCCESS"}, "data": {"batchId": batch_id, "batchUrl": url}})


def single(data: Mapping[str, Any]) -> Answer:
    """One thing, in the envelope of one thing."""
    return Answer(200, {"summary": {"status": "SUCCESS"}, "data": data})


def listed(page: Page[Any], view: Callable[[Any], Mapping[str, Any]]) -> Answer:
    """A page of a list, in the envelope of the newest lists."""
    return Answer(200, {"data": [view(item) for item in page.items], **page.summaries()})
