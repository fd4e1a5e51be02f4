"""Submission of many records: chunked, concurrent, and honest about what became of each one.

    report = await amili.bulk.submit_invoices(organization_id, invoices)

Reached as `amili.bulk`. The engine is in `engine.py`; what it decides (what shares a chunk, what an answer says of a
record, what an error means) is in pure modules beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterable, Callable, Iterable
from typing import TYPE_CHECKING, Any, Unpack
from uuid import UUID

from amili_async.bulk import kinds
from amili_async.bulk.client import BulkClient
from amili_async.bulk.journal import Journal
from amili_async.bulk.journal_sqlite import SqliteJournal
from amili_async.bulk.kinds import Kind
from amili_async.bulk.limiter import Limiter
from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Progress, Refusal
from amili_async.bulk.report import BulkReport
from amili_async.bulk.run import BulkRun
from amili_async.bulk.settings import BulkSettings, EnqueueOptions, Settings, workers_extra
from amili_async.bulk.source import Refused, check_source
from amili_async.errors import AmiliError, BulkError

if TYPE_CHECKING:  # the models load with the first submission, and the workers if there are any
    from amili_async.models.collection import CreateCorrectionItem, CreateInvoiceItem, CreatePaymentItem
    from amili_async.workers.watch import Watch

__all__ = [
    "Bulk",
    "BulkReport",
    "BulkRun",
    "BulkSettings",
    "Journal",
    "Outcome",
    "OutcomeStatus",
    "Progress",
    "Refusal",
    "Refused",
    "SqliteJournal",
]


def _random_key() -> str:
    return str(uuid.uuid4())


class Bulk:
    """Concurrent submission, as `amili.bulk`.

    Args:
        client: Sends the requests and waits for the batches.
        new_key: Makes the idempotency key of each chunk, for tests.
    """

    def __init__(self, client: BulkClient, *, new_key: Callable[[], str] = _random_key) -> None:
        self._client = client
        self._new_key = new_key
        self._limiter = Limiter(client.clock)

    async def submit_invoices(
        self,
        organization_id: UUID | str,
        invoices: Iterable[CreateInvoiceItem | Refused] | AsyncIterable[CreateInvoiceItem | Refused],
        **settings: Unpack[BulkSettings[CreateInvoiceItem]],
    ) -> BulkReport:
        """Send invoices for collection, and wait until it is known what became of each.

        They are sent in chunks, several at a time. Every record ends as exactly one of ACCEPTED, REJECTED, UNSENT and
        UNKNOWN. Where an answer is lost, the API is asked before anything is sent again; what it cannot tell is
        UNKNOWN, and never sent again by itself.

        Args:
            organization_id: The creditor.
            invoices: Any iterable or async iterable. It is read only as fast as records are sent, so it may be of any
                length. Records are encoded when they are taken. A chunk leaves when it is full or the source has ended.
                Instead of a record that is not to be sent it may give `Refused(record, reason)`.
            **settings: By keyword:

                journal: File in which the run notes how far it is, or a `Journal` of your own. Call again with the same
                    records and the same journal, and a run that broke off is taken up: what was accepted is not sent
                    again. It holds digests, keys of requests, batches and outcomes, and no personal data. One
                    organization and kind of record each; for payments and corrections without `key=`, one list of
                    records each, since equal records of two lists are not told apart: another list is refused. Default
                    None: the run cannot be taken up.
                key: Gives a record's key, text that no other record of this run has. By default
                    `unique_source_invoice_id`, else `invoice_number`. A key that comes twice is REJECTED the second
                    time.
                chunk_size: Records in a request at most. Default 200.
                max_chunk_bytes: Bytes of a request body at most. Default 1,000,000. Larger records are REJECTED.
                concurrency: Requests at a time. Default 16. Up to four times as many batches are waited for meanwhile.
                rate_limit: Records per second at most, on average. Default None. Besides, all runs of a client share a
                    limit on requests under way that falls when the API answers 429, 503 or too late.
                max_wait_s: Seconds to wait for each batch. Default None: for as long as it takes. Records whose batch
                    takes longer are UNKNOWN.
                grace_s: Seconds that what is under way may take to finish when the run is cancelled. Default 30.
                settle_s: Seconds after which a request whose answer was lost is no longer on its way. Default 10.
                key_lifetime_s: Seconds for which Amili is taken to remember an idempotency key and to list the batch
                    made with it; how long it does is not documented. Older requests are not sent again on the word of
                    `trust_idempotency_key`, nor because a look-up does not find them. Default 86,400: a day.
                on_invalid: `"reject"` (default) goes on after a record that cannot be sent; `"raise"` ends the run.
                failures: File for REJECTED and UNSENT records, as JSON Lines, written as they come; a valid input for
                    another run once mended. UNKNOWN ones go to `<stem>.unknown<suffix>` beside it, to be looked up
                    first. Neither may exist with something in it, unless the run takes up an earlier one by its
                    journal: then the earlier files are set aside (`rest.1.jsonl`). Left out are records that have no
                    JSON form, and exact repetitions of another record of the run.
                progress: Called with a `Progress` as outcomes come.
                options: For every request that submits a chunk. No idempotency key: each chunk has its own.

        Returns:
            What came of it. If the run could not go on (no access, wrong address, host not reached) after some chunks
            got through, `stopped` says why; no exception is raised, because part of it has happened.

        Raises:
            JournalError: The journal is in use, damaged, about something else or another list, or cannot be written.
            BulkError: A setting makes no sense, a file cannot be written, the source failed, or a record is invalid and
                `on_invalid="raise"`. What was under way has finished, and a note on the error holds the report.
            AmiliError: No chunk got through to the API, for the reason given.
            asyncio.CancelledError: Cancelled; what was under way had `grace_s` to finish. To have a report then as
                well, use `stream_invoices`.
        """
        return await self._submit(kinds.invoices(), organization_id, invoices, settings)

    def stream_invoices(
        self,
        organization_id: UUID | str,
        invoices: Iterable[CreateInvoiceItem | Refused] | AsyncIterable[CreateInvoiceItem | Refused],
        **settings: Unpack[BulkSettings[CreateInvoiceItem]],
    ) -> BulkRun:
        """Send invoices for collection, and get the outcome of each as it is known.

            async with amili.bulk.stream_invoices(organization_id, invoices) as run:
                async for outcome in run:
                    ...
            print(run.report)

        Takes and raises what `submit_invoices` does; the loop raises after the last outcome.
        """
        return self._run(kinds.invoices(), organization_id, invoices, settings, streamed=True)

    async def submit_payments(
        self,
        organization_id: UUID | str,
        payments: Iterable[CreatePaymentItem | Refused] | AsyncIterable[CreatePaymentItem | Refused],
        **settings: Unpack[BulkSettings[CreatePaymentItem]],
    ) -> BulkReport:
        """Report payments, and wait until it is known what became of each.

        As `submit_invoices`, but a payment has no number of its own: by default its key is a digest of what it says and
        how often that was said in this run, so two equal instalments are two payments.
        """
        return await self._submit(kinds.payments(), organization_id, payments, settings)

    def stream_payments(
        self,
        organization_id: UUID | str,
        payments: Iterable[CreatePaymentItem | Refused] | AsyncIterable[CreatePaymentItem | Refused],
        **settings: Unpack[BulkSettings[CreatePaymentItem]],
    ) -> BulkRun:
        """Report payments, and get the outcome of each as it is known; see `stream_invoices` and `submit_payments`."""
        return self._run(kinds.payments(), organization_id, payments, settings, streamed=True)

    async def submit_corrections(
        self,
        organization_id: UUID | str,
        corrections: Iterable[CreateCorrectionItem | Refused] | AsyncIterable[CreateCorrectionItem | Refused],
        **settings: Unpack[BulkSettings[CreateCorrectionItem]],
    ) -> BulkReport:
        """Report corrections, and wait until it is known what became of each; as `submit_payments`."""
        return await self._submit(kinds.corrections(), organization_id, corrections, settings)

    def stream_corrections(
        self,
        organization_id: UUID | str,
        corrections: Iterable[CreateCorrectionItem | Refused] | AsyncIterable[CreateCorrectionItem | Refused],
        **settings: Unpack[BulkSettings[CreateCorrectionItem]],
    ) -> BulkRun:
        """Report corrections, and get the outcome of each as it is known; see `stream_invoices`."""
        return self._run(kinds.corrections(), organization_id, corrections, settings, streamed=True)

    async def enqueue_invoices(
        self,
        organization_id: UUID | str,
        invoices: Iterable[CreateInvoiceItem | Refused] | AsyncIterable[CreateInvoiceItem | Refused],
        **settings: Unpack[EnqueueOptions[CreateInvoiceItem]],
    ) -> UUID:
        """Put invoices into a PostgreSQL queue, for workers (`amili worker`) to send; see docs/workers.md.

        The source is read once, portion by portion. What is in the queue is sent, whatever becomes of this process;
        killed, it goes on when it is called again with the same records and `run_id`. Records that another run has are
        not sent again, and their outcomes are told in this run as well.

        Args:
            organization_id: The creditor.
            invoices: Any iterable or async iterable, of any length.
            **settings: By keyword:

                database: URL of the database. Its tables are made by `amili worker --migrate`.
                run_id: UUID of the run. Default: a new one. Payments and corrections without `key=` need one.
                key: As for `submit_invoices`.
                portion_size: Records in a job. Default 1,000.
                chunk_size: Records in a request at most. Default 200.
                max_chunk_bytes: Bytes of a request body at most. Default 1,000,000.
                resolve_for_s: Seconds for which workers try to find out what became of a record, before it is told as
                    UNKNOWN or UNSENT. Default 21,600 (6 hours).
                queue: Procrastinate's queue. Default `amili`.

        Returns:
            The run's id, for `watch`.

        Raises:
            BulkError: A setting makes no sense, the source failed, or is another one than the run was begun with.
            JournalError: The database cannot be used.
            RequestError: The organization's id cannot stand in an address.
        """
        return await self._enqueue(kinds.invoices(), organization_id, invoices, settings)

    async def enqueue_payments(
        self,
        organization_id: UUID | str,
        payments: Iterable[CreatePaymentItem | Refused] | AsyncIterable[CreatePaymentItem | Refused],
        **settings: Unpack[EnqueueOptions[CreatePaymentItem]],
    ) -> UUID:
        """Put payments into a PostgreSQL queue; as `enqueue_invoices`.

        Without `key=`, payments are told apart by what they say, within one run: give each list a `run_id` of its own.
        """
        return await self._enqueue(kinds.payments(), organization_id, payments, settings)

    async def enqueue_corrections(
        self,
        organization_id: UUID | str,
        corrections: Iterable[CreateCorrectionItem | Refused] | AsyncIterable[CreateCorrectionItem | Refused],
        **settings: Unpack[EnqueueOptions[CreateCorrectionItem]],
    ) -> UUID:
        """Put corrections into a PostgreSQL queue; as `enqueue_payments`."""
        return await self._enqueue(kinds.corrections(), organization_id, corrections, settings)

    def watch(self, run_id: UUID | str, *, database: str) -> Watch:
        """Look on at a run that was enqueued, from any process: outcomes as they are known, and the report.

            watch = amili.bulk.watch(run_id, database=DATABASE)
            async for outcome in watch:
                ...
            print(watch.report)

        Args:
            run_id: As `enqueue_invoices` returned it.
            database: URL of the PostgreSQL database.
        """
        with workers_extra():
            from amili_async.workers.watch import Watch

        return Watch(run_id, database)

    async def _enqueue(self, kind: Kind, organization_id: UUID | str, source: Any, settings: Any) -> UUID:
        check_source(source)
        with workers_extra():
            from amili_async.workers.enqueue import EnqueueSettings, enqueue

        host = self._client.config.host_url
        return await enqueue(host, kind, organization_id, source, EnqueueSettings(**settings))

    async def _submit(self, kind: Kind, organization_id: UUID | str, source: Any, settings: Any) -> BulkReport:
        async with self._run(kind, organization_id, source, settings, streamed=False) as run:
            try:
                await run.finish()
            except AmiliError as error:
                if isinstance(error, BulkError):
                    error.report = run.report
                error.add_note(str(run.report))
                raise
        return run.report

    def _run(self, kind: Kind, organization_id: UUID | str, source: Any, settings: Any, *, streamed: bool) -> BulkRun:
        check_source(source)
        return BulkRun(
            self._client,
            kind,
            organization_id,
            source,
            Settings(**settings),
            limiter=self._limiter,
            new_key=self._new_key,
            streamed=streamed,
        )
