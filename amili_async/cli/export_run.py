"""Listing item by item into a target: in constant memory, and with a checkpoint in a way that can be taken up."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import aclosing
from hashlib import blake2b
from typing import Any, Final

from attrs import define, frozen

from amili_async import codec
from amili_async.cli.export_checkpoint import Checkpoint, CheckpointFile, Run
from amili_async.cli.export_rows import RowWriter
from amili_async.cli.export_target import Target
from amili_async.cli.lists import Listing
from amili_async.cli.since import as_instant, before
from amili_async.errors import PaginationError, ResponseError
from amili_async.pagination import Pager

__all__ = ["Counts", "Since", "export", "export_on"]

# A page token that nobody remembers any more is refused with one of these, presumably: no page says so.
_TOKEN_REFUSED: Final = frozenset({400, 404, 410, 422})
_SECONDS_BETWEEN_SAVES: Final = 1.0


@frozen
class Since:
    """Where a list is cut, if that is done here and not by the API.

    Attributes:
        first: Items before this are left out.
        last: Items after this are left out.
    """

    first: dt.date | dt.datetime | None = None
    last: dt.date | dt.datetime | None = None

    def holds(self, moment: dt.datetime | None) -> bool:
        """Whether an item of this time belongs to the list. One without a time does: nothing is lost silently."""
        if moment is None:
            return True
        if self.first is not None and moment < as_instant(self.first):
            return False
        if self.last is None:
            return True
        if isinstance(self.last, dt.datetime):
            return moment <= self.last
        return moment.astimezone(dt.UTC).date() <= self.last


@define
class Counts:
    """What an export did.

    Attributes:
        rows: Items written, by this run and by the ones it took up.
        cut: Items left out because of their date.
        again: Items left out because an earlier run has written them.
    """

    rows: int = 0
    cut: int = 0
    again: int = 0


async def export(
    pager: Pager[Any],
    writer: RowWriter,
    listing: Listing,
    since: Since,
    counts: Counts,
    watch: Callable[[int], object],
    limit: int | None = None,
) -> None:
    """Write a list from end to end.

    Args:
        pager: The list.
        writer: Takes the items.
        listing: What it is.
        since: Where it is cut.
        counts: What was done is noted here.
        watch: Called with the number of rows, now and then.
        limit: How many items at most, counted after the cut.
    """
    async with aclosing(aiter(pager)) as items:
        async for item in items:
            if not since.holds(listing.time(item)):
                counts.cut += 1
                continue
            writer.write(item)
            counts.rows += 1
            if counts.rows % 100 == 0:
                watch(counts.rows)
            if counts.rows == limit:
                return


async def export_on(
    pager: Pager[Any],
    writer: RowWriter,
    listing: Listing,
    since: Since,
    counts: Counts,
    watch: Callable[[int], object],
    *,
    target: Target,
    file: CheckpointFile,
    checkpoint: Checkpoint,
    overlap: dt.timedelta,
    resumable: bool,
) -> None:
    """Write a list and note how far it is, page by page; see `export` for the other arguments.

    What is noted is always the beginning of a page, together with the size of the file at that moment: a run that is
    taken up fetches that page again and writes over what came after. So nothing is left out, and nothing stands twice
    in a file; what goes to stdout may come twice.

    Args:
        pager: The list.
        writer: Takes the items.
        listing: What it is.
        since: Where it is cut.
        counts: What was done is noted here.
        watch: Called with the number of rows, now and then.
        target: Where the writer writes to.
        file: The checkpoint's file.
        checkpoint: What it says; its run is the one under way.
        overlap: How long before the latest item the next run begins.
        resumable: Whether another run can go on in the middle, which not all formats allow.
    """
    run = checkpoint.run
    assert run is not None  # noqa: S101  # whoever calls has made one
    book = _Book(run, listing, overlap)
    if run.pager is not None:
        pager = pager.resume_from(run.pager)
    counts.rows, saved_at = run.rows, time.monotonic()
    answered = within_page = False
    try:
        async with aclosing(pager.pages()) as pages:
            async for page in pages:
                # All pages before this one are written.
                within_page = answered = True
                # First of all, and it may fail: what is noted must never be ahead of what is written.
                size = target.settle() if resumable else 0
                book.turn()
                run.pager, run.rows, run.size = pager.checkpoint(), counts.rows, size
                if resumable and time.monotonic() - saved_at >= _SECONDS_BETWEEN_SAVES:
                    file.save(checkpoint)
                    saved_at = time.monotonic()
                for item in page.page_items():
                    moment = listing.time(item)
                    if not since.holds(moment):
                        counts.cut += 1
                        continue
                    digest = _digest(item)
                    book.note(digest, moment)
                    if digest in checkpoint.seen:
                        counts.again += 1
                        continue
                    writer.write(item)
                    counts.rows += 1
                watch(counts.rows)
                within_page = False
    except BaseException as error:
        if resumable and answered:
            if not within_page:
                size = target.settle()
                book.turn()
                run.pager, run.rows, run.size = pager.checkpoint(), counts.rows, size
            file.save(checkpoint)
        if isinstance(error, ResponseError) and run.pager is not None and not answered:
            raise _lost(error) from error
        raise
    book.turn()
    writer.finish()
    run.size, run.rows = target.settle(), counts.rows
    checkpoint.latest = book.latest(checkpoint.latest)
    checkpoint.seen = frozenset(book.young(checkpoint.latest))
    run.whole, run.pager, run.fresh = True, None, {}


def _lost(error: ResponseError) -> Exception:
    if error.status not in _TOKEN_REFUSED:
        return error
    return PaginationError(
        f"the page at which the earlier run broke off is not to be had any more (the API answered {error.status}): "
        "add --restart to begin that run anew"
    )


class _Book:
    """Which items the next run may meet again. What belongs to a page counts only when the page is done."""

    def __init__(self, run: Run, listing: Listing, overlap: dt.timedelta) -> None:
        self._run = run
        self._listing = listing
        self._overlap = overlap
        self._page: list[tuple[str, dt.datetime]] = []
        self._prune_at = 10_000

    def note(self, digest: str, moment: dt.datetime | None) -> None:
        """Take note of an item of this page. One without a time is written again and again, rather than lost."""
        if moment is not None:
            self._page.append((digest, moment))

    def turn(self) -> None:
        """The page is done."""
        run = self._run
        for digest, moment in self._page:
            run.fresh[digest] = moment
            run.latest = moment if run.latest is None else max(run.latest, moment)
        self._page.clear()
        if len(run.fresh) > self._prune_at:
            run.fresh = self.young(self.latest(None))
            self._prune_at = 2 * len(run.fresh) + 10_000

    def latest(self, earlier: dt.datetime | None) -> dt.datetime | None:
        """Up to when all is written: the latest item, but nothing that lies in the future."""
        found = self._run.latest
        if found is None:
            return earlier
        found = min(found, self._run.started)
        return found if earlier is None else max(found, earlier)

    def young(self, latest: dt.datetime | None) -> dict[str, dt.datetime]:
        """The items that may come again."""
        if latest is None:
            return dict(self._run.fresh)
        begin = before(latest, self._overlap)
        if self._listing.cut.days:
            begin = dt.datetime.combine(begin.astimezone(dt.UTC).date(), dt.time(), tzinfo=dt.UTC)
        return {digest: moment for digest, moment in self._run.fresh.items() if moment >= begin}


def _digest(item: Any) -> str:
    # Of the whole item: one that has changed since comes again, which an id would hide.
    return blake2b(codec.encode(item), digest_size=8).hexdigest()
