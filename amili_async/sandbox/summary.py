"""How much the sandbox knows, in numbers: for the control API, and for tests that look at nothing else."""

from __future__ import annotations

from typing import Any

from amili_async.sandbox.arm.books import ClientBooks
from amili_async.sandbox.books import Books
from amili_async.sandbox.entities import timestamp
from amili_async.sandbox.state import State

__all__ = ["summary_of"]


def summary_of(state: State) -> dict[str, Any]:
    """Count everything; nobody is named."""
    return {
        "now": timestamp(state.now),
        "organizations": [_organization(books) for books in state.all_books],
        "clients": [_client(client) for client in state.clients],
        "records": state.records.counts(),
        "under_way": state.under_way,
    }


def _organization(books: Books) -> dict[str, Any]:
    return {
        "organizationId": books.organization.id,
        "invoices": len(books.invoices),
        "cases": len(books.cases),
        "batches": len(books.batches),
        "settlements": len(books.settlements),
    }


def _client(client: ClientBooks) -> dict[str, Any]:
    return {
        "clientNo": client.number,
        "customers": len(client.customers),
        "documents": len(client.documents),
        "arItems": len(client.ar_items),
        "glItems": len(client.gl_items),
        "files": len(client.files),
        "reservations": len(client.reservations),
    }
