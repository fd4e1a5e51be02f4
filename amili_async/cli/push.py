"""Pushing invoices: from the files through the submission engine to what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from attrs import define, field, frozen

from amili_async.bulk import BulkReport, Outcome, Progress
from amili_async.cli.earlier import Earlier
from amili_async.cli.reasons import Reasons
from amili_async.cli.refusals import Refusals
from amili_async.cli.statuses import ExitStatus
from amili_async.client import AmiliClient
from amili_async.errors import BulkError
from amili_async.importers.reading import Reading
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["PushResult", "PushSettings", "push_invoices"]


@frozen(kw_only=True)
class PushSettings:
    """How to push.

    Attributes:
        organization_id: Whose invoices these are.
        chunk_size: Invoices in one request at most.
        concurrency: Requests under way at the same time at most.
        rate_limit: Invoices per second at most.
        failures: Where to write the invoices that did not get through.
        journal: Where to note how far it is, so that the same push can be taken up.
    """

    organization_id: UUID | str
    chunk_size: int = 200
    concurrency: int = 16
    rate_limit: float | None = None
    failures: Path | None = None
    journal: Path | None = None


@define
class PushResult:
    """What came of a push. Filled while it goes on, so that one that was broken off can be told of too.

    Attributes:
        reading: What was read.
        settings: How it was pushed.
        report: What the submission engine says; None if it did not start.
        reasons: Why invoices were not accepted.
        refused_here: Those of them that were refused here and not sent.
        earlier: Those that an earlier run had settled.
        takes_up: There was a journal already, so what is told may be about requests of an earlier run.
        error: What it broke off with after it had begun.
        interrupted: It was cancelled.
        terminated: It was SIGTERM that cancelled it.
        host_url: The API it went to, once it has begun.
    """

    reading: Reading[CreateInvoiceItem]
    settings: PushSettings
    report: BulkReport | None = None
    reasons: Reasons = field(factory=Reasons)
    refused_here: Refusals = field(factory=Refusals)
    earlier: Earlier = field(factory=Earlier)
    takes_up: bool = False
    error: BulkError | None = None
    interrupted: bool = False
    terminated: bool = False
    host_url: str | None = None

    @property
    def status(self) -> ExitStatus:
        """The exit status it stands for."""
        report = self.report
        if self.terminated:
            return ExitStatus.TERMINATED
        if self.interrupted:
            return ExitStatus.INTERRUPTED
        if report is None or report.unsent or report.unknown or report.stopped is not None:
            return ExitStatus.OPEN
        if report.rejected or self.reading.unreadable:
            return ExitStatus.REJECTED
        return ExitStatus.OK


async def push_invoices(
    amili: AmiliClient,
    result: PushResult,
    *,
    watch: Callable[[Progress], object] | None = None,
    on_cancel: Callable[[], object] | None = None,
) -> None:
    """Submit all invoices that can be read, and note in `result` what becomes of them.

    Args:
        amili: The client.
        result: Where to read from, how to push, and where to note what came of it.
        watch: Called as the push goes on.
        on_cancel: Called when the push is cancelled, before what is under way is waited for.

    Raises:
        BulkError: A file of failures or the journal cannot be used. If the push had begun by then, `result` has its
            report.
        AmiliError: Nothing got through to the API, for the reason given.
    """
    result.host_url = amili.config.host_url
    settings, under_way = result.settings, _UnderWay(result)
    result.takes_up = settings.journal is not None and _is_written(settings.journal)
    run = amili.bulk.stream_invoices(
        settings.organization_id,
        under_way,
        chunk_size=settings.chunk_size,
        concurrency=settings.concurrency,
        rate_limit=settings.rate_limit,
        failures=settings.failures,
        journal=settings.journal,
        progress=watch,
    )
    started = False
    try:
        async with run:
            started = True
            try:
                async for outcome in run:
                    under_way.ended(outcome)
            except asyncio.CancelledError:
                result.interrupted = True
                if on_cancel is not None:
                    on_cancel()
                raise
    finally:
        if started:
            result.report = run.report
            while under_way.outcomes < result.report.taken:  # a push that was cancelled goes on to its outcomes
                under_way.ended(await anext(run))


def _is_written(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False  # the engine says what is wrong with it


class _UnderWay:
    """Invoices on their way to the engine; remembers what is told of those that have no outcome yet."""

    def __init__(self, result: PushResult) -> None:
        self._result = result
        self._invoices: dict[int, tuple[str | None, Decimal | None, str | None]] = {}
        self.outcomes = 0

    def __iter__(self) -> Iterator[CreateInvoiceItem]:
        for index, invoice in enumerate(self._result.reading):
            self._invoices[index] = invoice.invoice_number, invoice.original_invoice_amount, invoice.currency
            yield invoice

    def ended(self, outcome: Outcome) -> None:
        """An invoice has its outcome."""
        number, amount, currency = self._invoices.pop(outcome.index)
        self.outcomes += 1
        self._result.reasons.add(outcome, number)
        self._result.refused_here.add(outcome, amount, currency)
        self._result.earlier.add(outcome, amount, currency)
