"""Waiting for a batch, and showing how it went."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import Final

from rich.console import RenderableType

from amili_async import codec
from amili_async.cli.list_tables import minute, state_of, styled
from amili_async.cli.state import UUID_TEXT, Format, State
from amili_async.cli.statuses import ExitStatus, sentence
from amili_async.cli.tables import counted, plain, table, titled
from amili_async.client import AmiliClient
from amili_async.errors import BatchTimeoutError, ConfigError
from amili_async.models.collection import Batch, BatchItem

__all__ = ["as_tables", "run_wait", "status_of"]

_MOST_SHOWN: Final = 20


def run_wait(
    state: State, batch_id: str, organization_id: str | None, max_wait_s: float | None, output: Format
) -> ExitStatus:
    """Wait for a batch and show it.

    Args:
        state: The run of the command.
        batch_id: The batch.
        organization_id: The organization, if one was named.
        max_wait_s: Seconds at most; None for as long as it takes.
        output: How to show it.

    Raises:
        AmiliError: It could not be read.
    """
    config = state.settings()
    organization = state.organization(organization_id)
    if not UUID_TEXT.fullmatch(batch_id):
        raise ConfigError(f"{batch_id!r} is not the id of a batch, a UUID such as 3fa85f64-5717-4562-b3fc-2c963f66afa6")

    async def wait() -> Batch:
        async with AmiliClient(config) as amili:
            return await amili.wait_for_batch(organization, batch_id, max_wait_s=max_wait_s)

    terminal = state.terminal
    spinner = terminal.err.status(f"Waiting for batch {batch_id} …") if terminal.err.is_terminal else nullcontext()
    try:
        with spinner:
            batch = asyncio.run(wait())
    except BatchTimeoutError as error:
        terminal.fail(sentence(error, config))
        return ExitStatus.OPEN
    except KeyboardInterrupt:
        terminal.say("Stopped waiting; the batch goes on at Amili's side.")
        return ExitStatus.INTERRUPTED
    if output is Format.JSON:
        terminal.write(codec.encode(batch) + b"\n")
    else:
        terminal.show(*as_tables(batch))
    status = status_of(batch)
    if status is ExitStatus.OPEN:
        terminal.say("It has ended, but not with a status that tells how: look at its items.", style="open")
    return status


def status_of(batch: Batch) -> ExitStatus:
    """The exit status for a batch that has ended."""
    if batch.status == "SUCCESS":
        return ExitStatus.OK
    if batch.status in ("PARTIAL", "FAILED") or batch.failed:
        return ExitStatus.REJECTED
    # The object of 2025-09 has no word for it; its lists do.
    return ExitStatus.OK if batch.succeeded and batch.failed == [] else ExitStatus.OPEN


def as_tables(batch: Batch) -> list[RenderableType]:
    """A batch and what became of its items: all facts, and of the items those that failed first."""
    facts = table("Batch")
    facts.add_column(plain(batch.batch_id))
    facts.add_row("Type", plain(batch.type))
    facts.add_row("Status", styled(state_of(batch)))
    facts.add_row("Created (UTC)", minute(batch.created_at))
    facts.add_row("Finished (UTC)", minute(batch.finished_at))
    facts.add_row("Succeeded", _count(batch.succeeded))
    facts.add_row("Failed", _count(batch.failed))
    parts: list[RenderableType] = [facts]
    if batch.failed:
        parts.append(_failures(batch.failed))
    if batch.succeeded:
        parts.append(_successes(batch.succeeded))
    return parts


def _failures(items: list[BatchItem | None]) -> RenderableType:
    grid = table("Invoice")
    grid.add_column("What Amili says", overflow="fold")
    for item in items[:_MOST_SHOWN]:
        # What a failed item looks like is not documented, so all of it is shown.
        says = codec.unstructure(item) if item is not None else {}
        number = says.pop("invoiceNumber", None)
        grid.add_row(plain(number), plain("; ".join(f"{name}: {_short(value)}" for name, value in says.items())))
    return titled(f"{counted(len(items), 'item')} failed{_first(len(items))}", grid)


def _successes(items: list[BatchItem]) -> RenderableType:
    grid = table("Invoice")
    grid.add_column("Invoice id", no_wrap=True)
    for item in items[:_MOST_SHOWN]:
        grid.add_row(plain(item.invoice_number), plain(item.invoice_id))
    return titled(f"{counted(len(items), 'item')} succeeded{_first(len(items))}", grid)


def _first(count: int) -> str:
    return f" (the first {_MOST_SHOWN}; --format json shows all)" if count > _MOST_SHOWN else ""


def _short(value: object) -> str:
    return value if isinstance(value, str) else codec.encode(value).decode()


def _count(items: list[BatchItem] | list[BatchItem | None] | None) -> str:
    return "–" if items is None else f"{len(items):,}"
