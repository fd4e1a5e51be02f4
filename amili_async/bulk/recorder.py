"""Where outcomes go: the counts, the files, the reader of the stream, the progress callable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from amili_async.bulk.admission import Rejected
from amili_async.bulk.chunks import Entry
from amili_async.bulk.failures import FailureFiles
from amili_async.bulk.outbox import Outbox
from amili_async.bulk.outcomes import Outcome, OutcomeStatus, Progress, Refusal
from amili_async.bulk.report import Tally
from amili_async.errors import BulkError

__all__ = ["Recorder"]

log = logging.getLogger("amili_async")


class Recorder:
    """Takes outcomes at once and without waiting, so that none is lost when the run is cancelled.

    Args:
        tally: Counts them.
        outbox: Where the reader of the stream gets them, if there is one.
        progress: Told after every chunk.
    """

    def __init__(
        self,
        tally: Tally,
        *,
        outbox: Outbox | None = None,
        progress: Callable[[Progress], object] | None = None,
    ) -> None:
        self._tally = tally
        self._files: FailureFiles | None = None
        self._outbox = outbox
        self._progress = progress
        self.trouble: BulkError | None = None
        """The files could not be written. The run should not go on; the outcomes are counted all the same."""

    def write_to(self, files: FailureFiles) -> None:
        """Write records that do not get through to these files from now on."""
        self._files = files

    def settle(self, entries: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        """Record what became of some records."""
        for entry, outcome in zip(entries, outcomes, strict=True):
            self._tally.add(outcome, entry)
            if outcome.status is not OutcomeStatus.ACCEPTED:
                self._write(entry, outcome.status)
        self._told(lambda: outcomes)

    def accept(self, entries: Sequence[Entry], outcomes: Callable[[], Iterable[Outcome]]) -> None:
        """Record that a chunk's records were accepted, all of them. Outcomes are made only if somebody reads them."""
        self._tally.add_accepted(entries)
        self._told(outcomes)

    def refuse(self, rejected: Rejected) -> None:
        """Record that a record was not sent at all."""
        outcome = Outcome(
            index=rejected.index,
            key=rejected.key,
            status=OutcomeStatus.REJECTED,
            problem=rejected.problem,
            refusal=rejected.refusal,
        )
        self._tally.add(outcome, rejected.entry)
        self._tally.rejected_locally += 1
        if rejected.entry is not None and rejected.refusal is not Refusal.REPEATED:
            # What Amili may have already must not be the input of another run, whatever this run calls it.
            self._write(rejected.entry, OutcomeStatus.UNKNOWN if rejected.taken else outcome.status)
        self._told(lambda: [outcome])

    def close(self) -> None:
        """No more will come."""
        if self._files is not None:
            self._guarded(self._files.close)
        if self._outbox is not None:
            self._outbox.close()

    def _told(self, outcomes: Callable[[], Iterable[Outcome]]) -> None:
        if self._files is not None:
            self._guarded(self._files.flush)
        if self._outbox is not None:
            self._outbox.put(outcomes())
        if self._progress is not None:
            try:
                self._progress(self._tally.progress())
            except Exception:  # the caller's function must not cost an outcome
                self._progress = None
                log.warning("progress= failed and is not called again", exc_info=True)

    def _write(self, entry: Entry, status: OutcomeStatus) -> None:
        files = self._files
        if files is not None:
            self._guarded(lambda: files.write(entry, status))

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except BulkError as error:
            self.trouble = self.trouble or error
        except OSError as error:
            self.trouble = self.trouble or BulkError(f"failures: writing failed ({error.strerror}); see the outcomes")
