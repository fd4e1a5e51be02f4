"""Pushing records: from the files through the submission engine to what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from attrs import define, field, frozen

from amili_async.bulk import BulkReport, BulkRun, Progress
from amili_async.cli.earlier import Earlier
from amili_async.cli.push_checks import Checked
from amili_async.cli.push_journal import DatabaseJournal
from amili_async.cli.push_source import PushSource
from amili_async.cli.reasons import Reasons
from amili_async.cli.refusals import Refusals
from amili_async.cli.statuses import ExitStatus
from amili_async.client import AmiliClient
from amili_async.errors import AmiliError, BulkError
from amili_async.importers.kinds import KindName
from amili_async.importers.reading import Reading
from amili_async.importers.resolving import InvoiceNumbers

__all__ = ["PushResult", "PushSettings", "push_records", "why"]


@frozen(kw_only=True)
class PushSettings:
    """How to push.

    Attributes:
        organization_id: Whose records these are.
        chunk_size: Records in one request at most.
        concurrency: Requests under way at the same time at most.
        rate_limit: Records per second at most.
        max_wait_s: Seconds to wait for each batch; None waits for as long as it takes.
        limit: Records to take from the files at most.
        failures: Where to write the records that did not get through.
        journal: Where to note how far it is, so that the same push can be taken up.
        failures_share_journal: A push of `failures` has that journal too, without being told.
    """

    organization_id: UUID | str
    chunk_size: int = 200
    concurrency: int = 16
    rate_limit: float | None = None
    max_wait_s: float | None = None
    limit: int | None = None
    failures: Path | None = None
    journal: Path | DatabaseJournal | None = None
    failures_share_journal: bool = False


@define
class PushResult:
    """What came of a push. Filled while it goes on, so that one that was broken off can be told of too.

    Attributes:
        reading: What was read.
        settings: How it was pushed.
        report: What the submission engine says; None if it did not start.
        reasons: Why records were not accepted.
        refused_here: Those of them that were refused here and not sent.
        earlier: Those that an earlier run had settled.
        takes_up: There was a journal already, so what is told may be about requests of an earlier run.
        error: What it broke off with after it had begun.
        interrupted: It was cancelled.
        terminated: It was SIGTERM that cancelled it.
        host_url: The API it went to, once it has begun.
        checked: What the checks found.
        looked_up: How many invoice numbers were looked up.
        source: Says what was taken of the files.
    """

    reading: Reading[Any]
    settings: PushSettings
    report: BulkReport | None = None
    reasons: Reasons = field(factory=Reasons)
    refused_here: Refusals = field(factory=Refusals)
    earlier: Earlier = field(factory=Earlier)
    takes_up: bool = False
    error: AmiliError | None = None
    interrupted: bool = False
    terminated: bool = False
    host_url: str | None = None
    checked: Checked = field(factory=Checked)
    looked_up: int = 0
    source: PushSource = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.source = PushSource(self.reading, self.checked, self.settings.limit)

    @property
    def kind(self) -> KindName:
        """What was pushed, in the plural."""
        return self.reading.kind.name

    @property
    def expected(self) -> int:
        """About how many records there are to push."""
        expected, limit = self.reading.expected, self.settings.limit
        return expected if limit is None else min(expected, limit)

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


async def push_records(
    amili: AmiliClient,
    result: PushResult,
    *,
    watch: Callable[[Progress], object] | None = None,
    on_cancel: Callable[[], object] | None = None,
) -> None:
    """Submit all records that can be read, and note in `result` what becomes of them.

    Args:
        amili: The client.
        result: Where to read from, how to push, and where to note what came of it.
        watch: Called as the push goes on.
        on_cancel: Called when the push is cancelled, before what is under way is waited for.

    Raises:
        BulkError: A file of failures or the journal cannot be used, or an invoice could not be looked up (its cause).
            If the push had begun by then, `result` has its report.
        AmiliError: Nothing got through to the API, for the reason given.
    """
    result.host_url = amili.config.host_url
    settings = result.settings
    result.takes_up = settings.journal is not None and _may_be_written(settings.journal)
    numbers = None if result.kind == "invoices" else InvoiceNumbers(amili, settings.organization_id)
    run = _run(amili, result, numbers, watch)
    started, outcomes = False, 0

    def ended(outcome: Any) -> None:
        nonlocal outcomes
        outcomes += 1
        _note(result, outcome)

    try:
        async with run:
            started = True
            try:
                async for outcome in run:
                    ended(outcome)
            except asyncio.CancelledError:
                result.interrupted = True
                if on_cancel is not None:
                    on_cancel()
                raise
    finally:
        if started:
            result.report = run.report
            result.looked_up = numbers.looked_up if numbers is not None else 0
            while outcomes < result.report.taken:  # a push that was cancelled goes on to its outcomes
                ended(await anext(run))


def _run(
    amili: AmiliClient,
    result: PushResult,
    numbers: InvoiceNumbers | None,
    watch: Callable[[Progress], object] | None,
) -> BulkRun:
    settings = result.settings
    streams: dict[KindName, Callable[..., BulkRun]] = {
        "invoices": amili.bulk.stream_invoices,
        "payments": amili.bulk.stream_payments,
        "corrections": amili.bulk.stream_corrections,
    }
    return streams[result.kind](
        settings.organization_id,
        result.source.records(numbers),
        chunk_size=settings.chunk_size,
        concurrency=settings.concurrency,
        rate_limit=settings.rate_limit,
        max_wait_s=settings.max_wait_s,
        failures=settings.failures,
        journal=settings.journal.open() if isinstance(settings.journal, DatabaseJournal) else settings.journal,
        progress=watch,
    )


def why(error: BulkError) -> AmiliError:
    """What is to be told of a push that could not go on: what its source failed with, if that was it.

    Args:
        error: What the push ended with.
    """
    return error.__cause__ if type(error) is BulkError and isinstance(error.__cause__, AmiliError) else error


def _note(result: PushResult, outcome: Any) -> None:
    label, amount, currency = result.source.ended(outcome.index)
    result.reasons.add(outcome, label)
    result.refused_here.add(outcome, amount, currency)
    result.earlier.add(outcome, amount, currency)


def _may_be_written(journal: Path | DatabaseJournal) -> bool:
    try:
        return isinstance(journal, DatabaseJournal) or journal.stat().st_size > 0
    except OSError:
        return False  # the engine says what is wrong with it
