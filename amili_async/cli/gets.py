"""Reading a single thing: by its id, or by the number that people know."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any, Final

from amili_async import codec
from amili_async.cli.batch_wait import as_tables
from amili_async.cli.card import card
from amili_async.cli.state import UUID_TEXT, Format, State
from amili_async.client import AmiliClient
from amili_async.errors import AmiliError, ConfigError
from amili_async.models.collection import Batch
from amili_async.pagination import Pager

__all__ = ["NotThereError", "run_get"]


class NotThereError(AmiliError):
    """A list that was asked for one number did not hold exactly one such thing."""


def run_get(state: State, kind: str, wanted: str, organization_id: str | None, output: Format) -> None:
    """Show one thing.

    Args:
        state: The run of the command.
        kind: `case`, `invoice`, `batch` or `settlement`.
        wanted: Its id; of a case its number, of an invoice either.
        organization_id: The organization, if one was named.
        output: How to show it.

    Raises:
        AmiliError: It could not be read.
    """
    config = state.settings()
    organization = state.organization(organization_id)
    is_uuid = UUID_TEXT.fullmatch(wanted) is not None
    if kind in ("batch", "settlement") and not is_uuid:
        raise ConfigError(f"{wanted!r} is not the id of a {kind}, a UUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6")
    if kind == "case" and is_uuid:
        raise ConfigError(
            "the API has no operation that reads a case by its id: give the case number (amili cases list shows it)"
        )

    async def read() -> Any:
        async with AmiliClient(config) as amili:
            return await _READERS[kind](amili, organization, wanted)

    found = asyncio.run(read())
    if output is Format.JSON:
        state.terminal.write(codec.encode(found) + b"\n")
    elif isinstance(found, Batch):
        state.terminal.show(*as_tables(found))
    else:
        state.terminal.show(card(found))


async def _case(amili: AmiliClient, organization: str, wanted: str) -> Any:
    pager = amili.paginate(amili.collection.get_cases_by_organization, organization, case_number=wanted)
    found = await _those(pager, lambda case: str(case.case_number) == wanted)
    return _single(found, f"case number {wanted}", "amili cases list")


async def _invoice(amili: AmiliClient, organization: str, wanted: str) -> Any:
    if UUID_TEXT.fullmatch(wanted):
        return (await amili.collection.get_invoice_by_id(organization, wanted)).data
    pager = amili.paginate(amili.collection.get_invoices_by_organization, organization, invoice_number=wanted)
    found = await _those(pager, lambda invoice: invoice.invoice_number == wanted)
    return _single(found, f"invoice number {wanted}", f"amili invoices list --invoice-number {wanted}")


async def _batch(amili: AmiliClient, organization: str, wanted: str) -> Any:
    return (await amili.collection.get_batch_by_id(organization, wanted)).data


async def _settlement(amili: AmiliClient, organization: str, wanted: str) -> Any:
    return (await amili.collection.get_settlement_by_id(organization, wanted)).data


_READERS: Final[dict[str, Callable[[AmiliClient, str, str], Awaitable[Any]]]] = {
    "case": _case,
    "invoice": _invoice,
    "batch": _batch,
    "settlement": _settlement,
}


async def _those(pager: Pager[Any], fits: Callable[[Any], bool]) -> list[Any]:
    """The first two that fit: whether the API looks for the very number or for a part of it is not documented."""
    found: list[Any] = []
    async with aclosing(aiter(pager)) as items:
        async for item in items:
            if fits(item):
                found.append(item)
            if len(found) > 1:
                break
    return found


def _single(found: list[Any], what: str, where: str) -> Any:
    if not found:
        raise NotThereError(f"there is no {what} in this organization")
    if len(found) > 1:
        raise NotThereError(f"more than one has {what}: {where} shows them, get reads them by id")
    return found[0]
