"""Pushing files of invoices: from the files through the submission engine to what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from attrs import define, field, frozen

from amili_async.bulk.outcomes import Progress
from amili_async.bulk.report import BulkReport
from amili_async.cli.reading import Reading
from amili_async.cli.reasons import Reasons
from amili_async.cli.statuses import ExitStatus
from amili_async.client import AmiliClient
from amili_async.config import Config
from amili_async.errors import ConfigError
from amili_async.models.collection import CreateInvoiceItem

__all__ = ["PushResult", "PushSettings", "organization_of", "push_invoices"]

CHUNK_SIZE = 200
CONCURRENCY = 16


@frozen(kw_only=True)
class PushSettings:
    """How to push.

    Attributes:
        organization_id: Whose invoices these are.
        chunk_size: Invoices in one request at most.
        concurrency: Requests under way at the same time at most.
        failures: Where to write the invoices that did not get through.
    """

    organization_id: UUID | str
    chunk_size: int = CHUNK_SIZE
    concurrency: int = CONCURRENCY
    failures: Path | None = None


@define
class PushResult:
    """What came of a push; filled while it goes on, so that it can be told of a push that was broken off.

    Attributes:
        reading: What was read.
        settings: How it was pushed.
        report: What the submission engine says; None until it has said something.
        reasons: Why invoices were not accepted.
        interrupted: Somebody pressed Ctrl-C.
    """

    reading: Reading
    settings: PushSettings
    report: BulkReport | None = None
    reasons: Reasons = field(factory=Reasons)
    interrupted: bool = False

    @property
    def status(self) -> ExitStatus:
        """The exit status it stands for."""
        if self.interrupted:
            return ExitStatus.INTERRUPTED
        report = self.report
        if report is None or report.unsent or report.unknown or report.stopped:
            return ExitStatus.OPEN
        if report.rejected or self.reading.unreadable:
            return ExitStatus.REJECTED
        return ExitStatus.OK


def organization_of(config: Config, given: str | None) -> str:
    """The organization to work for.

    Raises:
        ConfigError: None is named.
    """
    organization_id = given or config.organization_id
    if organization_id is None:
        raise ConfigError("no organization named: give --organization-id, or set organization_id (AMILI_ORGANIZATION_ID)")
    return organization_id


async def push_invoices(
    amili: AmiliClient, result: PushResult, *, watch: Callable[[Progress], object] | None = None
) -> None:
    """Submit all invoices that can be read, and note in `result` what becomes of them.

    Args:
        amili: The client.
        result: Where to read from, how to push, and where to note the outcome.
        watch: Called as the push goes on.

    Raises:
        AmiliError: The push could not begin: the API was not reached, or refused us.
    """
    settings, under_way = result.settings, _UnderWay(result.reading)
    stream = amili.bulk.stream_invoices(
        settings.organization_id,
        under_way,
        chunk_size=settings.chunk_size,
        concurrency=settings.concurrency,
        failures=settings.failures,
        progress=watch,
    )
    async with stream as run:
        try:
            async for outcome in run:
                result.reasons.add(outcome, under_way.number_of(outcome.index))
        except asyncio.CancelledError:
            result.interrupted = True
            raise
        finally:
            result.report = run.report
    result.report = run.report


class _UnderWay:
    """Invoices on their way to the engine; remembers the numbers of those that have no outcome yet."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._numbers: dict[int, str | None] = {}

    def __iter__(self) -> Iterator[CreateInvoiceItem]:
        for index, invoice in enumerate(self._reading):
            self._numbers[index] = invoice.invoice_number
            yield invoice

    def number_of(self, index: int) -> str | None:
        """The invoice number of a record that has its outcome now."""
        return self._numbers.pop(index, None)
