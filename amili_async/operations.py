"""What is known of every operation of the API, as data.

The tables themselves are generated from `openapi/` into `amili_async/endpoints/<product>/_operations.py`; this module
defines their vocabulary and offers them as one lazy mapping, `OPERATIONS`. The client, the command line and the sandbox
all read the same rows, so that what may be repeated, how a list is paged and how sure the documentation is of an
operation are written down once, in the spec.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from attrs import field, frozen

from amili_async.options import RequestOptions
from amili_async.request import Response

__all__ = [
    "OPERATIONS",
    "Body",
    "Evidence",
    "Operation",
    "Pagination",
    "Param",
    "Requester",
    "operation",
    "operation_of",
]

T = TypeVar("T")
FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

EvidenceLevel = Literal["documented", "partial", "assumed"]
Idempotency = Literal["safe", "upsert", "keyed", "unsafe"]
Location = Literal["path", "query", "header"]


@frozen(kw_only=True)
class Evidence:
    """How sure the spec is of an operation, and why.

    Attributes:
        level: `documented` (method, path and body shape are printed), `partial` (path printed, body seen in part) or
            `assumed` (the name is known; method or path are by analogy).
        pages: Slugs of the documentation pages it was read from.
        modified: The page's own "Modified at" date, where one was seen.
        note: What is missing or was concluded.
    """

    level: EvidenceLevel
    pages: tuple[str, ...] = ()
    modified: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class Pagination:
    """How a list operation is paged.

    Attributes:
        style: `cursor` (a token in the answer), `skip` (page numbers) or `query` (a stored query and page numbers).
        items: Wire name of the list in the answer.
        token: Wire name of the request parameter that takes the cursor; for `query`, that of the stored query.
        size: Wire name of the request parameter for the page size, where there is one.
        page: Wire name of the request parameter that takes the page number, where there is one.
    """

    style: Literal["cursor", "skip", "query"]
    items: str
    token: str | None = None
    size: str | None = None
    page: str | None = None


@frozen(kw_only=True)
class Param:
    """One path, query or header parameter: its Python name, its wire name and where it goes."""

    name: str
    wire: str
    location: Location
    required: bool = False


@frozen(kw_only=True)
class Body:
    """The request body of an operation. `model` is None where only its existence is known."""

    model: Any
    content_type: str = "application/json"
    required: bool = True


@frozen(kw_only=True, eq=False)  # rows are compared and hashed as the objects they are
class Operation(Generic[T]):
    """One operation of the API. `T` is what a successful call gives.

    Attributes:
        id: The documentation's own name (`CreateInvoices`).
        method: HTTP method.
        path: Path template without the product's prefix (`/orgs/{organizationId}/invoices`).
        prefix: What goes before the path on the API host (`/collection/v1`).
        product: `collection`, `receivables`, `legacy` or `identity`.
        tag: Group of the operation; the module its function stands in.
        summary: One line.
        deprecated: The documentation has dropped it or marked it for removal.
        idempotency: `safe` (a read), `upsert` (repeatable by nature), `keyed` (carries an idempotency key), `unsafe`.
        evidence: How sure the spec is of it.
        since: First edition of the documentation that has it (`2025-09`, `2026-03`, `2026-spring` or `2026-05`).
        pagination: For lists, how they are paged.
        batch: For writes that are processed later, the kind of batch they create.
        params: Path parameters in the order of the path, then the others.
        request_body: The body, if there is one.
        responses: Success status to model; None where the shape is open or there is no body.
        secured: Whether a token is needed.
    """

    id: str
    method: str
    path: str
    prefix: str
    product: str
    tag: str
    summary: str
    idempotency: Idempotency
    evidence: Evidence
    since: str | None = None
    deprecated: bool = False
    pagination: Pagination | None = None
    batch: str | None = None
    params: tuple[Param, ...] = ()
    request_body: Body | None = None
    responses: Mapping[int, Any] = field(factory=dict)
    secured: bool = True

    @property
    def body(self) -> Any:
        """The model of the request body, or None."""
        return self.request_body.model if self.request_body is not None else None

    @property
    def is_read(self) -> bool:
        """Whether the operation changes nothing."""
        return self.idempotency == "safe"

    @property
    def path_params(self) -> tuple[Param, ...]:
        """The path parameters, in the order of the path."""
        return tuple(p for p in self.params if p.location == "path")

    def param_named(self, wire: str) -> Param:
        """The parameter with this wire name.

        Raises:
            KeyError: There is none.
        """
        for param in self.params:
            if param.wire == wire:
                return param
        raise KeyError(wire)


class Requester(Protocol):
    """What the generated functions need of a client."""

    async def call(
        self,
        operation: Operation[T],
        /,
        *path_args: Any,
        body: Any = None,
        options: RequestOptions | None = None,
        **params: Any,
    ) -> Response[T]:
        """Send one request and decode its answer."""
        ...


def operation(row: Operation[Any]) -> Callable[[FunctionT], FunctionT]:
    """Tie a generated function to its row, so that `paginate` and the command line can go from one to the other."""

    def attach(function: FunctionT) -> FunctionT:
        function.__amili_operation__ = row  # type: ignore[attr-defined]  # an attribute of our own
        return function

    return attach


def operation_of(function: Callable[..., Any]) -> Operation[Any]:
    """The row behind a generated function or namespace method.

    Raises:
        TypeError: The function is not a generated one.
    """
    row = getattr(function, "__amili_operation__", None)
    if not isinstance(row, Operation):
        name = getattr(function, "__qualname__", repr(function))
        raise TypeError(
            f"{name} is not an operation of this library; pass e.g. amili.collection.get_cases_by_organization"
        )
    return row


class _Operations(Mapping[str, Operation[Any]]):
    """All operations by operationId; the tables are loaded on first use, so that importing the library stays light."""

    def __init__(self) -> None:
        self._rows: dict[str, Operation[Any]] | None = None

    def _load(self) -> dict[str, Operation[Any]]:
        if self._rows is None:
            products: tuple[str, ...] = importlib.import_module("amili_async.endpoints").PRODUCTS
            tables = (importlib.import_module(f"amili_async.endpoints.{name}._operations") for name in products)
            self._rows = {row.id: row for table in tables for row in table.TABLE}
        return self._rows

    def __getitem__(self, operation_id: str) -> Operation[Any]:
        return self._load()[operation_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def __repr__(self) -> str:
        return f"<OPERATIONS: {len(self)} operations>"


OPERATIONS: Final[Mapping[str, Operation[Any]]] = _Operations()
